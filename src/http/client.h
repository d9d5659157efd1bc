// Asking other servers: one request, one answer, within limits. libcurl stands behind client.cc and nowhere else.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http {

struct Asked {
    std::string url;                     // "https://…", or "http://…" to this very machine: see fetchable()
    std::string content_type;            // of the body
    std::string body;                    // POST when there is one, else GET
    int milliseconds = 5000;             // for everything from the name's lookup to the last byte
    std::size_t most_bytes = 64 * 1024;  // of the answer's body
    // Further headers of a POST, of our own making: a control character in one is answered with a fault.
    std::vector<std::pair<std::string, std::string>> headers = {};
    // A name that leads to an address of this machine or of an inner network is not asked; a number is, as it was
    // meant.
    bool outside_only = false;
    // On a connection of its own: on a kept one that died meanwhile libcurl sends a second time by itself.
    bool sent_once = false;
};
struct Answered {
    int status = 0;            // 0: no whole answer came
    std::string content_type;  // as sent; "" when there is none
    std::string body;
    std::string fault;     // why there is no answer: a short fixed phrase of libcurl, without address or content
    bool reached = false;  // something of the request has left: without an answer, it may have been done
    std::int64_t retry_after = 0;  // seconds, of the answer's header; 0: it names none
};

// https anywhere; plain http only to 127.0.0.1, [::1] and localhost. No user name, no password, no fragment, no control
// character or space.
bool fetchable(std::string_view url);

// Keeps its connection for the next request. One thread at a time.
class Client {
public:
    Client();
    ~Client();
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;
    // Follows no redirect, uses no proxy (whatever the environment says), keeps no cookie, sends no password, and
    // believes only certificates that the system's authorities signed for that name. Never throws for what the other
    // side does; an address that is not fetchable() is answered with a fault.
    Answered send(const Asked&);

private:
    struct Handle;
    std::unique_ptr<Handle> handle_;
};

}  // namespace http

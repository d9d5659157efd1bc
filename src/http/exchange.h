// One request on its way to its answer, and the dispatcher that decides what becomes of it.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "address.h"
#include "body.h"
#include "fault.h"
#include "http.h"
#include "rate.h"
#include "server.h"
#include "wire.h"
#include "work.h"

namespace http {

// How the request's bytes are framed, as its header says (RFC 9112 section 6).
struct Framing {
    bool http_1_0 = false;
    bool keep_alive = true;
    bool chunked = false;
    bool expects_continue = false;
    bool expects_other = false;  // an Expect that nobody knows
    std::optional<std::uint64_t> length;
    bool has_body() const { return chunked || length.value_or(0) > 0; }
};

// Belongs to one thread at a time: the I/O thread until the body is in, then a worker, then the I/O thread again.
struct Exchange {
    Request request;  // method, target and headers by the parser, the rest by the dispatcher
    Framing framing;
    Router::Match match;
    std::string moved_to;        // the address without its trailing slash: 308
    std::optional<Fault> fault;  // instead of the handler
    std::unique_ptr<Body> body;  // when there is one and no fault
    double began = 0;            // seconds of kernel::stopwatch()
};

// What one connection knows of who is at its other end.
struct Peer {
    Address address;
    Address client;  // for which `name` was made
    kernel::Hash name{};
    std::int64_t era = -1;
};

class Dispatcher {
public:
    Dispatcher(const Router&, const Settings&, Server::Hooks);

    // The header is in: target, cookies, client, route, limits, rate. Leaves a fault, or a body to be filled. I/O
    // thread.
    void open(Exchange&, Peer&);
    // Faults that show the shell of a signed-in reader are left to the workers; all others are answered beside them.
    static bool for_worker(const Exchange&);
    // Identity, CSRF, the handler, the page of a fault; never throws. A worker; it may block.
    Wire answer(Exchange&) noexcept;
    // The page of a fault, without identity. Any thread.
    Wire refuse(Exchange&) noexcept;
    // The plain page, for when there is no request or no time. Any thread.
    Wire plain(const Exchange&, const Fault&) noexcept;
    // A stream has ended: whole, or cut off. Any thread.
    void record_stream(const Exchange&, std::uint64_t bytes, bool whole) const;

    // A full disk is said so (507); nothing for what is broken. Any thread.
    std::optional<Fault> meaning_of(const std::exception&) const;

private:
    std::optional<Fault> find_route(Exchange&);
    void know_client(Exchange&, Peer&);
    std::optional<Fault> too_often(const Exchange&);
    void check_form(Exchange&);
    std::optional<Response> ask_for_work(Exchange&);
    Response respond(Exchange&);
    Response page_of(const Exchange&) const;
    Wire finish(Exchange&, Response);
    void record(const Exchange&, const Wire&) const;
    void record_quietly(int status) const;

    const Router& router_;
    const Settings& settings_;
    const Server::Hooks hooks_;
    const Proxies proxies_;
    ClientNames names_;
    Rates rates_;
    Work work_;
    GzipCache packed_;
    mutable std::atomic<int> refused_quietly_ = 0;
};

// The type of an exception, and its text where that is known to hold no personal words: for the log.
struct Broken {
    std::string type, text;
};
Broken describe(const std::exception&);
void log_exception(const char* event, std::string_view route, const std::exception*);  // null: it was no std::exception

}  // namespace http

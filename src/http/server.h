// Serves a Router on a TCP port: limits for each route, a time for each step, an answer to every fault, drain on stop.
#pragma once
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http.h"

namespace kernel {
class Clock;
}

namespace http {

struct Settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;   // 0: any free one
    int workers = 64;            // threads that run handlers
    std::size_t waiting = 1024;  // requests waiting for a worker; more: 503 with Retry-After
    std::size_t connections = 4096;
    std::size_t header_bytes = 16 * 1024;  // more, or more than 100 fields: 431; a target of more than 8,000 bytes: 414
    int header_seconds = 10;               // then 408
    int idle_seconds = 60;                 // between requests, then closed
    int write_seconds = 30;                // in which the client must take the next 16 KiB, else closed
    int rate_per_minute = 600;        // state-changing requests of one client; 0: no rate at all, also not of routes
    std::size_t event_clients = 512;  // event streams at once; more: 503
    // Addresses or prefixes ("10.0.0.0/8") whose Forwarded, or X-Forwarded-For and X-Forwarded-Proto, are believed.
    // When a request carries both kinds and they differ, neither is. Throws std::invalid_argument at start for anything
    // else.
    std::vector<std::string> trusted_proxies;
    std::string spool;                     // folder for uploads, made with mode 0700; "": no route takes files
    const kernel::Clock* clock = nullptr;  // for the header Date; none: no such header
    bool access_log = true;                // one line for each request: method, route, status, bytes, ms
    // Submissions a minute, on all routes with Limits::work together, above which work is asked for; 0: never.
    int work_from_per_minute = 0;
    int io_threads = 1;  // that move bytes; 1 or 2
};

// What is asked for before an anonymous submission, when too many come: `parts` numbers, each making
// SHA-256(challenge ":" part ":" number) begin with `bits` zero bits; or, without a script, `wait` seconds. Forms send
// "work" and "work_proof" (the numbers joined by dots, empty for who waited); others the header X-Work:
// challenge ":" proof. Good for five minutes, for this route, once.
struct WorkAsked {
    std::string challenge;
    int parts = 0, bits = 0, wait = 0;
};

class Server {
public:
    // `faults` makes the page for an error that no handler answered (400 … 505), in the reader's language. Its message
    // keys are http.*, each with a title http.*_title. Not asked when the header itself could not be read, or when
    // there is no time for it: the answer then is a plain page in three languages. Any thread.
    // `identify` fills Request::who from the cookies or from Authorization; runs on the worker thread before the
    // handler, also for 404 and 405. Under /api/ cookies count only as far as it lets them (csrf_valid()).
    struct Hooks {
        std::function<Response(const Request&, int status, const kernel::Error&)> faults;
        std::function<Identity(const Request&)> identify;
        // The page that does the work, with everything that was sent still in it; for forms only. Without it, and
        // under /api/, 429 with http.work and the headers Work-Challenge, Work-Parts, Work-Bits, Retry-After.
        std::function<Response(const Request&, const WorkAsked&)> work = {};
        // What an exception of a handler means, where it is one that a reader should be told: a full disk.
        std::function<std::optional<kernel::Error>(const std::exception&)> meaning = {};
    };
    // The router must outlive the server. Throws std::system_error when the port is taken. A handler's exception is
    // answered with 500 and logged by its type, its text only where that holds no personal words.
    static std::unique_ptr<Server> start(const Router&, const Settings&, Hooks);
    virtual ~Server() = default;  // drains for no time
    virtual std::uint16_t port() const = 0;
    // No new requests; those in flight are answered with Connection: close (at most `seconds`), then everything is
    // closed. Event streams end at once: browsers come back by themselves. Once, from one thread.
    virtual void drain(int seconds) = 0;
};

}  // namespace http

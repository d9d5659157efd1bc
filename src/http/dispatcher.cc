#include <algorithm>
#include <cerrno>
#include <system_error>

#include <kernel/clock.h>
#include <watch/watch.h>

#include "exchange.h"
#include "target.h"

namespace http {
namespace {

constexpr std::size_t visitor_size = 22;  // base64url of 128 bits

bool is_visitor_token(std::string_view text) {
    return text.size() == visitor_size && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                      c == '_';
           });
}

std::string allow_list(const std::vector<Method>& methods) {
    std::string out;
    for (Method method : methods) {
        out.append(name(method)).append(", ");
        if (method == Method::get) out += "HEAD, ";
    }
    return out + "OPTIONS";
}

// "/x/?q" becomes "/x?q"; nothing for an address that does not end in one slash.
std::string without_trailing_slash(std::string_view target) {
    const std::size_t question = std::min(target.find('?'), target.size());
    const std::string_view path = target.substr(0, question);
    if (path.size() < 2 || path.back() != '/') return {};
    return std::string(path.substr(0, path.size() - 1)).append(target.substr(question));
}

// Whoever is told to come back is told when; 0: for the other statuses.
int come_back_in(int status) {
    switch (status) {
        case 429:
            return 60;
        case 503:
            return 2;
        case 507:
            return 30;
        default:
            return 0;
    }
}

void count_status(int status) {
    watch::count("huiyin_http_requests_total");
    if (status >= 500)
        watch::count("huiyin_http_responses_5xx_total");
    else if (status >= 400)
        watch::count("huiyin_http_responses_4xx_total");
    else if (status >= 300)
        watch::count("huiyin_http_responses_3xx_total");
    else
        watch::count("huiyin_http_responses_2xx_total");
}

}  // namespace

Dispatcher::Dispatcher(const Router& router, const Settings& settings, Server::Hooks hooks)
    : router_(router),
      settings_(settings),
      hooks_(std::move(hooks)),
      proxies_(settings.trusted_proxies),
      work_(settings.work_from_per_minute) {}

void Dispatcher::open(Exchange& x, Peer& peer) {
    Request& request = x.request;
    know_client(x, peer);
    request.cookies = parse_cookies(request.header("cookie"), request.secure);
    if (const std::string_view token = request.cookie("visitor"); is_visitor_token(token)) request.visitor = token;
    kernel::Result<Target> target = parse_target(request.target, request.header("host"));
    if (!target) {
        request.path = request.target = "/";
        x.fault = fault(target.error());
        return;
    }
    request.target = std::move(target->origin);
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    x.fault = find_route(x);
    if (!x.fault && x.framing.expects_other) x.fault = fault(417);
    if (!x.fault) x.fault = too_often(x);
    if (x.fault || !x.framing.has_body()) return;
    // What a body of these would mean, readers disagree about.
    if (!changes_state(request.method)) {
        x.fault = fault(400);
        return;
    }
    x.body = std::make_unique<Body>(x.match.limits ? *x.match.limits : Limits{}, settings_.spool);
    if (auto opened = x.body->open(request, x.framing.length); !opened) x.fault = fault(opened.error());
}

void Dispatcher::know_client(Exchange& x, Peer& peer) {
    const Request& request = x.request;
    const Proxies::Claims claims{request.header("forwarded"), request.header("x-forwarded-for"),
                                 request.header("x-forwarded-proto")};
    const Origin origin = proxies_.origin(peer.address, claims);
    const std::int64_t era = names_.era(x.began);
    if (peer.era != era || peer.client != origin.client) {
        peer.name = names_.of(origin.client, x.began);
        peer.client = origin.client;
        peer.era = era;
    }
    x.request.client = peer.name;
    x.request.secure = origin.secure;
}

std::optional<Fault> Dispatcher::find_route(Exchange& x) {
    const Request& request = x.request;
    x.match = router_.find(request.method, request.path);
    if (x.match.handler) {
        x.request.params = std::move(x.match.params);
        return std::nullopt;
    }
    if (request.path == "*" && request.method == Method::options) return std::nullopt;
    if (!x.match.allowed.empty()) {
        if (request.method == Method::options) return std::nullopt;
        Fault out = fault(405);
        out.headers = {{"Allow", allow_list(x.match.allowed)}};
        return out;
    }
    const std::string shorter = without_trailing_slash(request.target);
    if (!shorter.empty() &&
        router_.find(request.method, std::string_view(request.path).substr(0, request.path.size() - 1)).handler)
        x.moved_to = shorter;
    return x.moved_to.empty() ? std::optional(fault(404)) : std::nullopt;
}

std::optional<Fault> Dispatcher::too_often(const Exchange& x) {
    if (settings_.rate_per_minute <= 0 || !x.match.limits || !changes_state(x.request.method)) return std::nullopt;
    const int own = x.match.limits->rate;
    const int wait = own > 0 ? rates_.take(x.request.client, x.match.pattern, own, x.began)
                             : rates_.take(x.request.client, {}, settings_.rate_per_minute, x.began);
    return wait == 0 ? std::nullopt : std::optional(too_many(wait));
}

bool Dispatcher::for_worker(const Exchange& x) { return !x.fault || x.fault->status == 404 || x.fault->status == 405; }

void Dispatcher::check_form(Exchange& x) {
    if (x.body)
        if (auto closed = x.body->close(x.request); !closed) x.fault = fault(closed.error());
    x.body.reset();
    if (x.fault || !x.match.limits || !x.match.limits->csrf || !changes_state(x.request.method) ||
        x.request.under_api())
        return;
    if (!csrf_valid(x.request)) x.fault = fault(kernel::refuse(kernel::Code::forbidden, "http.csrf"));
}

std::optional<Response> Dispatcher::ask_for_work(Exchange& x) {
    const std::optional<WorkAsked> asked = work_.ask(x.request, x.match.pattern, x.began);
    if (!asked) return std::nullopt;
    watch::count("huiyin_http_work_asked_total");
    if (hooks_.work && !x.request.wants_json()) {
        Response page = hooks_.work(x.request, *asked);
        page.status = 429;
        page.set("Retry-After", std::to_string(asked->wait));
        return page;
    }
    x.fault = too_many(asked->wait);
    x.fault->error.key = "http.work";
    x.fault->headers.emplace_back("Work-Challenge", asked->challenge);
    x.fault->headers.emplace_back("Work-Parts", std::to_string(asked->parts));
    x.fault->headers.emplace_back("Work-Bits", std::to_string(asked->bits));
    return std::nullopt;
}

Response Dispatcher::respond(Exchange& x) {
    if (hooks_.identify) x.request.who = hooks_.identify(x.request);
    if (!x.fault) check_form(x);
    if (!x.fault && x.match.limits && x.match.limits->work)
        if (std::optional<Response> asked = ask_for_work(x)) return std::move(*asked);
    if (x.fault) return page_of(x);
    if (x.match.handler) return (*x.match.handler)(x.request);
    Response out;
    out.content_type.clear();
    if (!x.moved_to.empty()) {
        out.status = 308;
        out.set("Location", x.moved_to);
        return out;
    }
    out.status = 204;
    const std::vector<Method> any = {Method::get, Method::post, Method::put, Method::patch, Method::del};
    out.set("Allow", allow_list(x.request.path == "*" ? any : x.match.allowed));
    return out;
}

Response Dispatcher::page_of(const Exchange& x) const {
    if (!hooks_.faults) return plain_page(*x.fault);
    Response out = hooks_.faults(x.request, x.fault->status, x.fault->error);
    out.status = x.fault->status;
    out.cacheable = false;
    for (const auto& [name, value] : x.fault->headers) out.set(name, value);
    return out;
}

std::optional<Fault> Dispatcher::meaning_of(const std::exception& error) const {
    const auto* system = dynamic_cast<const std::system_error*>(&error);
    if (system && (system->code() == std::errc::no_space_on_device || system->code().value() == EDQUOT))
        return fault(507);
    const std::optional<kernel::Error> meaning = hooks_.meaning ? hooks_.meaning(error) : std::nullopt;
    return meaning ? std::optional(fault(*meaning)) : std::nullopt;
}

Wire Dispatcher::answer(Exchange& x) noexcept {
    try {
        return finish(x, respond(x));
    } catch (const std::exception& error) {
        log_exception("http.exception", x.match.pattern, &error);
        x.fault = meaning_of(error);
    } catch (...) { log_exception("http.exception", x.match.pattern, nullptr); }
    if (!x.fault) x.fault = fault(500);
    return refuse(x);
}

Wire Dispatcher::refuse(Exchange& x) noexcept {
    try {
        return finish(x, page_of(x));
    } catch (const std::exception& error) { log_exception("http.fault_page", x.match.pattern, &error); } catch (...) {
        log_exception("http.fault_page", x.match.pattern, nullptr);
    }
    return plain(x, *x.fault);
}

Wire Dispatcher::plain(const Exchange& x, const Fault& fault) noexcept {
    Wire out = make_wire(plain_page(fault), x.request, x.framing.http_1_0, packed_);
    record(x, out);
    return out;
}

Wire Dispatcher::finish(Exchange& x, Response response) {
    if (const int seconds = come_back_in(response.status); seconds > 0) {
        const bool said = std::any_of(response.headers.begin(), response.headers.end(),
                                      [](const auto& header) { return header.first == "Retry-After"; });
        if (!said) response.set("Retry-After", std::to_string(seconds));
    }
    Wire out = make_wire(std::move(response), x.request, x.framing.http_1_0, packed_);
    record(x, out);
    return out;
}

void Dispatcher::record_stream(const Exchange& x, std::uint64_t bytes, bool whole) const {
    if (!settings_.access_log) return;
    watch::info("http.stream", {{"route", x.match.pattern},
                                {"bytes", static_cast<std::int64_t>(bytes)},
                                {"whole", whole ? "yes" : "no"},
                                {"ms", static_cast<std::int64_t>((kernel::stopwatch() - x.began) * 1000)}});
}

// Who types a code wrongly types it again, and then the ballot comes: its line would tell when. Whoever tries codes is
// refused more often than that.
void Dispatcher::record_quietly(int status) const {
    constexpr int together = 20;
    if (status < 400 || status >= 500 || ++refused_quietly_ % together != 0) return;
    watch::warn("http.refused_quietly", {{"times", together}});
}

void Dispatcher::record(const Exchange& x, const Wire& wire) const {
    const double seconds = x.began > 0 ? kernel::stopwatch() - x.began : 0;
    count_status(wire.status);
    watch::observe("huiyin_http_request_seconds", seconds);
    if (!settings_.access_log) return;
    if (x.match.limits && x.match.limits->quiet) return record_quietly(wire.status);
    watch::info("http.request", {{"method", name(x.request.method)},
                                 {"route", x.match.pattern.empty() ? std::string_view("-") : x.match.pattern},
                                 {"status", wire.status},
                                 {"bytes", static_cast<std::int64_t>(wire.content().size())},
                                 {"ms", static_cast<std::int64_t>(seconds * 1000)}});
}

}  // namespace http

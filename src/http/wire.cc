#include "wire.h"

#include <algorithm>
#include <stdexcept>

#include <kernel/id.h>

#include "header_value.h"

namespace http {
namespace {

constexpr std::size_t worth_compressing = 1024;
constexpr std::int64_t visitor_seconds = 180 * 86'400;
constexpr std::size_t tag_bytes = 16;

// Each is left out where the handler set its own: no script or style but our files, no frame, no form elsewhere.
constexpr std::pair<std::string_view, std::string_view> security_headers[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
     "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()"},
};

constexpr std::pair<int, std::string_view> reasons[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
    {507, "Insufficient Storage"},
    {505, "HTTP Version Not Supported"},
};

std::string_view reason(int status) {
    const auto found =
        std::find_if(std::begin(reasons), std::end(reasons), [&](const auto& one) { return one.first == status; });
    return found == std::end(reasons) ? std::string_view() : found->second;
}

std::string* find_header(Response& response, std::string_view name) {
    for (auto& [key, value] : response.headers)
        if (equal_ignoring_case(key, name)) return &value;
    return nullptr;
}

bool compressible(std::string_view content_type) {
    const std::string type = lower(content_type.substr(0, content_type.find(';')));
    return type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml") ||
           type == "application/json" || type == "application/javascript" || type == "application/xml";
}

void vary(Response& response, std::string_view on) {
    std::string* present = find_header(response, "vary");
    if (!present)
        response.headers.emplace_back("Vary", on);
    else if (*present != "*" && lower(*present).find(lower(on)) == present->npos)
        present->append(", ").append(on);
}

void drop(Response& response, std::string_view name) {
    std::erase_if(response.headers, [&](const auto& header) { return equal_ignoring_case(header.first, name); });
}

// How the bytes travel is the session's matter alone.
bool is_about_transfer(std::string_view name) {
    return equal_ignoring_case(name, "connection") || equal_ignoring_case(name, "transfer-encoding") ||
           equal_ignoring_case(name, "keep-alive") || equal_ignoring_case(name, "date");
}

void check_headers(const Response& response) {
    for (const auto& [name, value] : response.headers)
        if (!is_token(name) || !is_field_value(value) || is_about_transfer(name))
            throw std::logic_error("http: a handler's header cannot be sent: " + lower(name));
    if (!is_field_value(response.content_type)) throw std::logic_error("http: no such content type");
}

std::string_view strong_part(std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; }

bool has_no_body(int status) { return status == 204 || status == 304 || status < 200; }

// For a cacheable response: the tag of its content, and whether the client has it.
struct Freshness {
    std::string tag;  // without quotation marks
    bool unchanged = false;
};

bool can_be_packed(Response& response, std::string_view body) {
    return body.size() >= worth_compressing && compressible(response.content_type) &&
           !find_header(response, "content-encoding");
}

Freshness freshness(Response& response, const Request& request) {
    Freshness out;
    const std::string* own = find_header(response, "etag");
    // With a tag of its own, only the packed body is kept under the content's.
    if (!own || can_be_packed(response, response.body)) {
        const kernel::Hash hash = kernel::sha256(kernel::view(response.body));
        out.tag = kernel::base64url(kernel::View(hash).first(tag_bytes));
    }
    const std::string_view asked = request.header("if-none-match");
    if (asked.empty()) return out;
    const std::string plain = '"' + out.tag + '"';
    const std::string packed = '"' + out.tag + "-gz\"";
    out.unchanged = own ? names_tag(asked, strong_part(*own), {}) : names_tag(asked, plain, packed);
    return out;
}

class Finishing {
public:
    Finishing(Response& response, const Request& request, bool http_1_0, GzipCache& cache)
        : response_(response), request_(request), http_1_0_(http_1_0), cache_(cache) {}

    Wire finish() {
        check_headers(response_);
        settle_visitor();
        settle_caching();
        if (response_.stream || response_.events)
            settle_stream();
        else
            settle_body();
        settle_security();
        write_head();
        if (request_.method == Method::head) {
            wire_.body.clear();
            wire_.shared.reset();
            wire_.stream = nullptr;
            wire_.events = nullptr;
        }
        return std::move(wire_);
    }

private:
    void settle_visitor() {
        if (!request_.fresh_visitor.empty())
            response_.set_cookie(request_, "visitor", request_.fresh_visitor, visitor_seconds);
    }

    void settle_caching() {
        const bool plain = !response_.stream && !response_.events && response_.status == 200;
        const bool reading = request_.method == Method::get || request_.method == Method::head;
        const bool personal = request_.personal || find_header(response_, "set-cookie");
        cacheable_ = response_.cacheable && plain && reading && !personal;
        if (!cacheable_) {
            if (personal || !find_header(response_, "cache-control")) response_.set("Cache-Control", "no-store");
            return;
        }
        fresh_ = freshness(response_, request_);
        if (!find_header(response_, "cache-control")) response_.headers.emplace_back("Cache-Control", "no-cache");
        if (fresh_.unchanged) response_.status = 304;
    }

    void settle_stream() {
        if (response_.events) {
            response_.content_type = "text/event-stream";
            response_.headers.emplace_back("X-Accel-Buffering", "no");  // nginx would hold events back
        }
        wire_.stream = std::move(response_.stream);
        wire_.events = std::move(response_.events);
        if (const std::string* announced = find_header(response_, "content-length")) {
            const auto length = kernel::parse_index(*announced);
            if (!length || wire_.events) throw std::logic_error("http: a stream announced a length it cannot have");
            wire_.length = static_cast<std::uint64_t>(*length);
        } else if (!http_1_0_) {
            wire_.chunked = true;
            response_.headers.emplace_back("Transfer-Encoding", "chunked");
        }
    }

    void settle_body() {
        wire_.body = std::move(response_.body);
        const bool packs = can_be_packed(response_, wire_.body);
        if (packs) vary(response_, "Accept-Encoding");
        const bool pack = packs && weight(request_.header("accept-encoding"), "gzip") > 0;
        if (cacheable_) settle_tag(pack);
        if (has_no_body(response_.status)) {
            wire_.body.clear();
            drop(response_, "content-length");
            return;
        }
        if (pack) {
            response_.headers.emplace_back("Content-Encoding", "gzip");
            if (cacheable_)
                wire_.shared = cache_.get(fresh_.tag, wire_.body);
            else
                wire_.body = gzip(wire_.body, Effort::fast);
        }
        response_.set("Content-Length", std::to_string(wire_.content().size()));
    }

    // A strong tag names one representation: packed and plain differ.
    void settle_tag(bool pack) {
        std::string* own = find_header(response_, "etag");
        if (!own)
            response_.headers.emplace_back("ETag", '"' + fresh_.tag + (pack ? "-gz\"" : "\""));
        else if (pack && !own->starts_with("W/"))
            own->insert(0, "W/");
    }

    void settle_security() {
        for (const auto& [name, value] : security_headers)
            if (!find_header(response_, name)) response_.headers.emplace_back(name, value);
        if (request_.secure && !find_header(response_, "strict-transport-security"))
            response_.headers.emplace_back("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }

    void write_head() {
        wire_.status = response_.status;
        std::string& out = wire_.head;
        out.reserve(1024);
        out.append("HTTP/1.1 ").append(std::to_string(response_.status)).append(" ").append(reason(response_.status));
        out += "\r\n";
        if (!response_.content_type.empty() && !has_no_body(response_.status))
            line("Content-Type", response_.content_type);
        for (const auto& [name, value] : response_.headers) line(name, value);
    }

    void line(std::string_view name, std::string_view value) {
        wire_.head.append(name).append(": ").append(value).append("\r\n");
    }

    Response& response_;
    const Request& request_;
    const bool http_1_0_;
    GzipCache& cache_;
    bool cacheable_ = false;
    Freshness fresh_;
    Wire wire_;
};

std::string two_digits(std::int64_t n) { return {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)}; }

}  // namespace

std::string http_date(kernel::Instant t) {
    static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::int64_t seconds = t.ms / 1000;
    const kernel::Day day{seconds / 86'400};
    const kernel::Date date = kernel::date(day);
    const std::int64_t of_day = seconds % 86'400;
    return std::string(days[kernel::weekday(day)]) + ", " + two_digits(date.day) + ' ' + months[date.month - 1] + ' ' +
           std::to_string(date.year) + ' ' + two_digits(of_day / 3600) + ':' + two_digits(of_day / 60 % 60) + ':' +
           two_digits(of_day % 60) + " GMT";
}

Wire make_wire(Response response, const Request& request, bool http_1_0, GzipCache& cache) {
    if (response.status < 200 || response.status > 599) throw std::logic_error("http: no such status");
    return Finishing(response, request, http_1_0, cache).finish();
}

}  // namespace http

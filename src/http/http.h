// Our own Request and Response, the router and the limits. Beast stands behind parser.cc and nowhere else.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <kernel/bytes.h>
#include <kernel/result.h>

namespace http {

enum class Method { get, head, post, put, patch, del, options, other };
std::string_view name(Method);  // "GET"; "OTHER" for what no route can have
bool changes_state(Method);     // all but GET, HEAD and OPTIONS

// One uploaded file, spooled to disk while it streamed in (mode 0600). The spool file goes with the last shared_ptr
// that the request made: who wants to keep it copies or renames it before.
struct Upload {
    std::string field, filename, content_type;  // as claimed: neither is believed; a filename is no path
    std::string path;                           // of the spool file
    std::uint64_t size = 0;
};

// Who is signed in, as far as the shell and the routes need to know; filled by the identity hook (people/).
struct Identity {
    std::int64_t officer = 0;  // 0: nobody
    std::string label;         // the post, as the shell shows it
    std::vector<std::string> roles;
    std::int64_t unit = 0;
    bool has(std::string_view role) const;
};

// A value of one thread at a time.
struct Request {
    Method method = Method::get;
    // Decoded, valid UTF-8, starts with '/'; no dot segments, no encoded slash, no backslash, no control characters.
    std::string path;
    std::string target;                                      // as sent: origin form, path and query
    std::map<std::string, std::string, std::less<>> params;  // of the route: "/voices/{id}"
    std::vector<std::pair<std::string, std::string>> query;  // decoded, valid UTF-8
    // Decoded urlencoded or multipart text fields; valid UTF-8, but control characters are the field's own matter.
    std::vector<std::pair<std::string, std::string>> form;
    std::vector<std::shared_ptr<Upload>> uploads;
    std::map<std::string, std::string, std::less<>> headers;  // lower-case names; repeated ones joined by ", "
    // Under the plain names that set_cookie() was given. Over TLS cookies travel as "__Host-" + name and only those are
    // read, so that no subdomain and no plain connection can plant one.
    std::map<std::string, std::string, std::less<>> cookies;
    std::string body;  // raw, for JSON; empty when it was parsed as a form
    // The browser's random token: the cookie "visitor", 128 bits in base64url, empty when it sent none. Reading a page
    // never sets it, so that reading leaves no trace and stays cacheable. A request that passed the CSRF check has one.
    std::string visitor;
    // The same; made when there was none, and then the server sets the cookie with this response.
    const std::string& need_visitor() const;
    // Left by need_visitor() and csrf_token() for the server: the token made, and that the response is for this browser
    // alone (never cacheable, whatever the handler says).
    mutable std::string fresh_visitor;
    mutable bool personal = false;
    kernel::Hash client{};  // daily-rotating keyed hash of the network address's prefix: for rate limits, never stored
    bool secure = false;    // TLS here or at a trusted proxy
    Identity who;

    std::string_view header(std::string_view lower_case_name) const;
    std::string_view cookie(std::string_view name) const;
    std::string_view param(std::string_view name) const;
    std::optional<std::string_view> asked(std::string_view query_name) const;  // first of that name
    std::optional<std::string_view> field(std::string_view form_name) const;
    std::vector<std::string_view> fields(std::string_view form_name) const;
    bool under_api() const;   // "/api" or "/api/…"
    bool wants_json() const;  // under /api/, or Accept prefers application/json to text/html
};

// Pulls the next piece of a streamed body; false at the end (what `piece` then holds is still sent). Runs on a worker
// thread, piece by piece, only when the client has taken the one before; a slow client holds no thread. When it throws,
// the connection is cut, so that nobody takes a part for the whole.
using Stream = std::function<bool(std::string& piece)>;
// Server-sent events, polled: asked about twice a second on a small pool of its own, it appends what there is since the
// last time as whole "event:…\ndata:…\n\n" blocks, or nothing, and returns at once; false ends it. It is not asked
// while the client has not taken what was sent before. The server itself sends a comment after 15 s of silence.
using Events = std::function<bool(std::string& blocks)>;

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string content_type = "text/html; charset=utf-8";
    std::string body;
    Stream stream;  // instead of body; chunked, or with the Content-Length that the handler set
    Events events;  // instead of body: text/event-stream
    // The server adds a strong ETag, answers If-None-Match, and sends Cache-Control: no-cache unless the handler set
    // one. Without it: no-store. A response that is personal or sets a cookie is never cacheable.
    bool cacheable = false;

    // Replaces a header of that name. Throws std::logic_error when name or value could not stand in a header.
    Response& set(std::string name, std::string value);
    // HttpOnly, SameSite=Lax, Path=/; over TLS also Secure and with the prefix "__Host-". Any value: it is
    // percent-encoded here and decoded in Request::cookies. max_age 0 deletes, -1 lasts for the session.
    Response& set_cookie(const Request&, std::string_view name, std::string_view value, std::int64_t max_age_seconds);
};
Response redirect(std::string location);                // 303; bytes that no URL may hold are percent-encoded
Response json(int status, std::string canonical_json);  // application/json
int status_of(kernel::Code);

using Handler = std::function<Response(const Request&)>;  // on a worker thread; may block for the ledger

// Of one route. What is taken: urlencoded and multipart forms (not under /api/, but for multipart with files) and JSON;
// any other Content-Type is 415.
struct Limits {
    std::size_t body = 64 * 1024;  // bytes without the files; more: 413
    int seconds = 10;              // in which the body, or the next 16 KiB of it, must arrive; else 408
    int rate = 0;                  // requests a minute from one client (state-changing ones); 0: the server's default
    bool csrf = true;              // state-changing browser forms: token and origin are checked before the handler
    std::size_t fields = 512;      // of a form; more: 413
    std::size_t field_bytes = 64 * 1024;  // of one text field of a multipart form
    std::size_t files = 0;                // uploads of a multipart form
    std::uint64_t file_bytes = 8u << 20;  // of each
    bool any_type = false;                // the body stays raw, whatever its Content-Type: signed notes, CSV …
    // From whoever is not signed in, work is asked for when too many come (Settings::work_from_per_minute).
    bool work = false;
    // No line in the log: when a ballot came is nobody's business. Refused ones (4xx) have one for twenty together.
    bool quiet = false;
};

class Router {
public:
    // "/voices/{id}/answer": segments in braces match one segment, which is not empty; a fixed segment goes before one
    // in braces. GET also serves HEAD; OPTIONS is the server's. A second route for the same method and pattern, or one
    // that can never be reached, throws std::logic_error at start.
    void on(Method, std::string_view pattern, Handler, Limits = {});
    void get(std::string_view pattern, Handler h) { on(Method::get, pattern, std::move(h)); }
    void post(std::string_view pattern, Handler h, Limits l = {}) { on(Method::post, pattern, std::move(h), l); }

    struct Match {
        const Handler* handler = nullptr;
        const Limits* limits = nullptr;
        std::string_view pattern;  // lives as long as the router
        std::map<std::string, std::string, std::less<>> params;
        std::vector<Method> allowed;  // when the path exists under other methods: 405 with Allow
    };
    Match find(Method, std::string_view path) const;
    std::vector<std::string> list() const;  // "GET /voices/{id}", sorted: docs/routes.txt

    Router();
    ~Router();

private:
    struct Node;
    std::unique_ptr<Node> root_;
};

// The anti-forgery token of this browser: HMAC of its visitor token (which it makes when there is none), under a mask
// of its own each time, so that compression tells nothing of it. Every form carries it in the field "csrf", scripts in
// the header "X-CSRF-Token". Requests under /api/ need none: no cookie is an authority there, unless csrf_valid() says
// so.
std::string csrf_token(const Request&);
// The request carries the token, and nothing in it (Sec-Fetch-Site, Origin, Referer) speaks of another site. For the
// identity hook under /api/, where the server itself does not ask for a token.
bool csrf_valid(const Request&);
// A page of this very site sent it, for certain: the browser says so (Sec-Fetch-Site, which browsers send over TLS and
// to localhost, and which no page can write). False says nothing. For forms on pages that are kept for everybody and so
// carry no token.
bool from_own_page(const Request&);
void set_csrf_key(kernel::View key32);  // once, at start, before the first request; a random one until then

}  // namespace http

#include "parser.h"

#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

#include "exchange.h"
#include "header_value.h"

namespace http {
namespace {

namespace beast = boost::beast::http;
using boost::beast::error_code;
using boost::beast::string_view;

// A chunked body never ends with less to come than "0\r\n\r\n". Beast 1.74 aborts (an assertion) when it is given
// the last chunk in pieces smaller than that.
constexpr std::size_t shortest_end = 5;

std::string_view view_of(string_view text) { return {text.data(), text.size()}; }

Method method_of(beast::verb verb) {
    switch (verb) {
        case beast::verb::get: return Method::get;
        case beast::verb::head: return Method::head;
        case beast::verb::post: return Method::post;
        case beast::verb::put: return Method::put;
        case beast::verb::patch: return Method::patch;
        case beast::verb::delete_: return Method::del;
        case beast::verb::options: return Method::options;
        default: return Method::other;
    }
}

// Fields of which two would leave open which one counts.
bool only_once(beast::field field) {
    switch (field) {
        case beast::field::host:
        case beast::field::content_length:
        case beast::field::transfer_encoding:
        case beast::field::content_type:
        case beast::field::content_encoding:
        case beast::field::authorization:
        case beast::field::origin:
        case beast::field::referer:
        case beast::field::expect: return true;
        default: return false;
    }
}

std::optional<std::uint64_t> plain_number(std::string_view text) {
    std::uint64_t out = 0;
    const char* end = text.data() + text.size();
    if (text.empty() || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return {};
    const auto [stop, error] = std::from_chars(text.data(), end, out);
    if (error != std::errc() || stop != end) return {};
    return out;
}

// host[:port], where host is a name, an IPv4 address or an IPv6 address in brackets.
bool is_authority(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
               c == '_' || c == ':' || c == '[' || c == ']';
    });
}

}  // namespace

class Parser::Reader final : public beast::basic_parser<true> {
public:
    void begin(Request* request, Framing* framing) {
        request_ = request;
        framing_ = framing;
        body_limit(~std::uint64_t{0});    // until it is known; Beast 1.74 takes "none" for less than any length
        header_limit(~std::uint32_t{0});  // HeadWatch has measured it
    }
    bool acceptable() const { return acceptable_; }
    std::string* out = nullptr;

private:
    void refuse() { acceptable_ = false; }

    void on_request_impl(beast::verb verb, string_view, string_view target, int version, error_code&) override {
        request_->method = method_of(verb);
        request_->target = view_of(target);
        framing_->http_1_0 = version == 10;
    }

    void on_field_impl(beast::field field, string_view name, string_view value, error_code&) override {
        if (is_header_done()) return;  // a trailer
        const std::string_view text = view_of(value);
        if (field == beast::field::transfer_encoding && !equal_ignoring_case(text, "chunked")) refuse();
        if (field == beast::field::content_length && !(framing_->length = plain_number(text))) refuse();
        if (field == beast::field::host && !is_authority(text)) refuse();
        if (field == beast::field::expect) {
            framing_->expects_continue = equal_ignoring_case(text, "100-continue");
            framing_->expects_other = !framing_->expects_continue;
        }
        const auto [at, first] = request_->headers.try_emplace(lower(view_of(name)), text);
        if (first) return;
        if (only_once(field)) return refuse();
        at->second.append(field == beast::field::cookie ? "; " : ", ").append(text);
    }

    void on_header_impl(error_code&) override {
        framing_->chunked = chunked();
        framing_->keep_alive = keep_alive();
        const bool host = request_->headers.contains("host");
        const bool encoded = request_->headers.contains("transfer-encoding");
        if (!host && !framing_->http_1_0) refuse();
        if (encoded && (framing_->http_1_0 || framing_->length)) refuse();
        // Beast takes the last coding for the framing; nothing but "chunked" has come this far.
        if (encoded != framing_->chunked) refuse();
    }

    std::size_t on_body_impl(string_view body, error_code&) override { return take(body); }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code&) override { return take(body); }
    std::size_t take(string_view body) {
        out->append(body.data(), body.size());
        return body.size();
    }

    void on_response_impl(int, string_view, int, error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
    void on_finish_impl(error_code&) override {}

    Request* request_ = nullptr;
    Framing* framing_ = nullptr;
    bool acceptable_ = true;
};

Parser::Parser() = default;
Parser::~Parser() = default;

bool Parser::header(std::string_view header, Request& request, Framing& framing) {
    reader_ = std::make_unique<Reader>();  // Beast's parsers are for one message
    reader_->begin(&request, &framing);
    error_code error;
    const std::size_t used = reader_->put(boost::asio::const_buffer(header.data(), header.size()), error);
    return !error && used == header.size() && reader_->is_header_done() && reader_->acceptable();
}

void Parser::limit(std::uint64_t body_bytes) { reader_->body_limit(body_bytes); }

Parser::Step Parser::body(std::string_view bytes, std::size_t& used, std::string& out) {
    reader_->out = &out;
    used = 0;
    const std::size_t least = reader_->chunked() ? shortest_end : 1;
    while (!reader_->is_done() && bytes.size() - used >= least) {
        error_code error;
        used += reader_->put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), error);
        if (error == beast::error::need_more) return Step::more;
        if (error == beast::error::body_limit) return Step::too_large;
        if (error) return Step::malformed;
    }
    return reader_->is_done() ? Step::done : Step::more;
}

}  // namespace http

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

std::string_view view_of(string_view text) { return {text.data(), text.size()}; }

Method method_of(beast::verb verb) {
    switch (verb) {
        case beast::verb::get:
            return Method::get;
        case beast::verb::head:
            return Method::head;
        case beast::verb::post:
            return Method::post;
        case beast::verb::put:
            return Method::put;
        case beast::verb::patch:
            return Method::patch;
        case beast::verb::delete_:
            return Method::del;
        case beast::verb::options:
            return Method::options;
        default:
            return Method::other;
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
        case beast::field::expect:
            return true;
        default:
            return false;
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

// Beast's parsers are for one message.
class Reader final : public beast::basic_parser<true> {
public:
    Reader(Request& request, Framing& framing) : request_(request), framing_(framing) {
        body_limit(~std::uint64_t{0});    // the dispatcher's matter; Beast 1.74 takes "none" for less than any length
        header_limit(~std::uint32_t{0});  // HeadWatch has measured it
    }
    bool acceptable() const { return acceptable_; }

private:
    void refuse() { acceptable_ = false; }

    void on_request_impl(beast::verb verb, string_view, string_view target, int version, error_code&) override {
        request_.method = method_of(verb);
        request_.target = view_of(target);
        framing_.http_1_0 = version == 10;
    }

    void on_field_impl(beast::field field, string_view name, string_view value, error_code&) override {
        const std::string_view text = view_of(value);
        if (field == beast::field::transfer_encoding && !equal_ignoring_case(text, "chunked")) refuse();
        if (field == beast::field::content_length && !(framing_.length = plain_number(text))) refuse();
        if (field == beast::field::host && !is_authority(text)) refuse();
        if (field == beast::field::expect) {
            framing_.expects_continue = equal_ignoring_case(text, "100-continue");
            framing_.expects_other = !framing_.expects_continue;
        }
        const auto [at, first] = request_.headers.try_emplace(lower(view_of(name)), text);
        if (first) return;
        if (only_once(field)) return refuse();
        at->second.append(field == beast::field::cookie ? "; " : ", ").append(text);
    }

    void on_header_impl(error_code&) override {
        framing_.chunked = chunked();
        framing_.keep_alive = keep_alive();
        const bool host = request_.headers.contains("host");
        const bool encoded = request_.headers.contains("transfer-encoding");
        if (!host && !framing_.http_1_0) refuse();
        if (encoded && (framing_.http_1_0 || framing_.length)) refuse();
        // Beast takes the last coding for the framing; nothing but "chunked" has come this far.
        if (encoded != framing_.chunked) refuse();
    }

    std::size_t on_body_impl(string_view, error_code&) override { return 0; }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view, error_code&) override { return 0; }
    void on_response_impl(int, string_view, int, error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
    void on_finish_impl(error_code&) override {}

    Request& request_;
    Framing& framing_;
    bool acceptable_ = true;
};

}  // namespace

bool parse_header(std::string_view header, Request& request, Framing& framing) {
    Reader reader(request, framing);
    error_code error;
    const std::size_t used = reader.put(boost::asio::const_buffer(header.data(), header.size()), error);
    return !error && used == header.size() && reader.is_header_done() && reader.acceptable();
}

}  // namespace http

#include "fault.h"

#include <array>
#include <string_view>

#include <kernel/embedded.h>
#include <kernel/text.h>

namespace http {
namespace {

struct Kind {
    int status;
    kernel::Code code;  // what comes nearest: the status is said apart
    std::string_view key;
};

constexpr Kind kinds[] = {
    {400, kernel::Code::malformed, "http.malformed"},        {404, kernel::Code::not_found, "http.not_found"},
    {405, kernel::Code::unsupported, "http.method"},         {408, kernel::Code::unavailable, "http.slow"},
    {413, kernel::Code::too_large, "http.too_large"},        {414, kernel::Code::too_large, "http.target_too_long"},
    {417, kernel::Code::unsupported, "http.expectation"},    {429, kernel::Code::too_many, "http.too_many"},
    {431, kernel::Code::too_large, "http.header_too_large"}, {500, kernel::Code::unavailable, "http.broken"},
    {503, kernel::Code::unavailable, "http.busy"},           {505, kernel::Code::unsupported, "http.version"},
    {507, kernel::Code::no_space, "http.no_space"},
};

struct Words {
    std::string_view lang, text;
};

const std::array<Words, 3>& all_words() {
    static const std::array<Words, 3> words = {
        Words{"zh-Hans", kernel::embedded_file("http/messages.zh-Hans.txt")},
        Words{"zh-Hant", kernel::embedded_file("http/messages.zh-Hant.txt")},
        Words{"en", kernel::embedded_file("http/messages.en.txt")},
    };
    return words;
}

std::string say(const Words& words, std::string_view key, const kernel::Error& error) {
    for (std::string_view line : kernel::split(words.text, '\n')) {
        if (!line.starts_with(key) || !line.substr(key.size()).starts_with(" = ")) continue;
        std::string out(line.substr(key.size() + 3));
        for (const auto& [name, value] : error.args)
            if (const std::size_t at = out.find('{' + name + '}'); at != out.npos)
                out.replace(at, name.size() + 2, value);
        return out;
    }
    return std::string(key);
}

Fault with_wait(int status, int seconds) {
    Fault out = fault(status);
    out.error.args = {{"seconds", std::to_string(seconds)}};
    out.headers = {{"Retry-After", std::to_string(seconds)}};
    return out;
}

}  // namespace

Fault fault(kernel::Error error) {
    const int status = status_of(error.code);
    return {status, std::move(error), {}};
}

Fault fault(int status) {
    for (const Kind& kind : kinds)
        if (kind.status == status) return {status, kernel::refuse(kind.code, std::string(kind.key)), {}};
    return fault(500);
}

Fault busy(int seconds) { return with_wait(503, seconds); }
Fault too_many(int seconds) { return with_wait(429, seconds); }

Response plain_page(const Fault& fault) {
    const std::string status = std::to_string(fault.status);
    Response out;
    out.status = fault.status;
    out.body = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>" + status + "</title>\n<h1>" +
               status + "</h1>\n";
    for (const Words& words : all_words())
        out.body.append("<p lang=\"")
            .append(words.lang)
            .append("\"><strong>")
            .append(say(words, fault.error.key + "_title", fault.error))
            .append("</strong> ")
            .append(say(words, fault.error.key, fault.error))
            .append("</p>\n");
    out.body += "</html>\n";
    out.headers = fault.headers;
    return out;
}

}  // namespace http

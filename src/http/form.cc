#include "form.h"

#include <algorithm>

#include <kernel/text.h>

namespace http {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// The byte that "%xx" at `at` stands for; -1 when it stands for none.
int encoded_byte(std::string_view text, std::size_t at) {
    if (at + 2 >= text.size()) return -1;
    const int high = hex_digit(text[at + 1]);
    const int low = hex_digit(text[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

bool unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

std::string form_decode(std::string_view text) {
    if (text.find('+') == text.npos) return percent_decode(text);
    std::string blanks(text);
    std::replace(blanks.begin(), blanks.end(), '+', ' ');
    return percent_decode(blanks);
}

}  // namespace

std::optional<std::string> percent_decode_strictly(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        const int byte = encoded_byte(text, i);
        if (byte < 0) return std::nullopt;
        out += static_cast<char>(byte);
        i += 2;
    }
    return out;
}

std::string percent_decode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int byte = text[i] == '%' ? encoded_byte(text, i) : -1;
        out += byte < 0 ? text[i] : static_cast<char>(byte);
        if (byte >= 0) i += 2;
    }
    return out;
}

std::string percent_encode(std::string_view text, std::string_view kept) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (char c : text) {
        if (unreserved(c) || kept.find(c) != kept.npos) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return out;
}

kernel::Result<Pairs> parse_urlencoded(std::string_view text, std::size_t max_fields) {
    Pairs out;
    while (!text.empty()) {
        const std::string_view pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        if (pair.empty()) continue;
        if (out.size() == max_fields)
            return kernel::refuse(kernel::Code::too_large, "http.too_many_fields",
                                  {{"max", std::to_string(max_fields)}});
        const std::size_t equals = std::min(pair.find('='), pair.size());
        std::string name = form_decode(pair.substr(0, equals));
        std::string value = form_decode(pair.substr(std::min(pair.size(), equals + 1)));
        if (!kernel::valid_utf8(name) || !kernel::valid_utf8(value))
            return kernel::refuse(kernel::Code::malformed, "http.not_utf8");
        out.emplace_back(std::move(name), std::move(value));
    }
    return out;
}

std::map<std::string, std::string, std::less<>> parse_cookies(std::string_view header, bool secure) {
    std::map<std::string, std::string, std::less<>> out;
    while (!header.empty()) {
        std::string_view pair = header.substr(0, header.find(';'));
        header.remove_prefix(std::min(header.size(), pair.size() + 1));
        while (pair.starts_with(' ')) pair.remove_prefix(1);
        while (pair.ends_with(' ')) pair.remove_suffix(1);
        const std::size_t equals = pair.find('=');
        if (equals == pair.npos || equals == 0) continue;
        std::string_view name = pair.substr(0, equals);
        if (secure) {
            if (!name.starts_with(secure_cookie_prefix)) continue;
            name.remove_prefix(secure_cookie_prefix.size());
        }
        out.try_emplace(std::string(name), percent_decode(pair.substr(equals + 1)));
    }
    return out;
}

}  // namespace http

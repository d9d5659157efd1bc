#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "json.h"
#include "json_format.h"
#include "text.h"

namespace kernel {
namespace {

// 0: as it is; 'u': as \u00xx; else the letter after the backslash (RFC 8785 section 3.2.2.2).
constexpr std::array<char, 256> escapes = [] {
    std::array<char, 256> out{};
    for (int c = 0; c < 0x20; ++c) out[c] = 'u';
    out['\b'] = 'b';
    out['\t'] = 't';
    out['\n'] = 'n';
    out['\f'] = 'f';
    out['\r'] = 'r';
    out['"'] = '"';
    out['\\'] = '\\';
    return out;
}();

void append_string(std::string& out, std::string_view text) {
    if (!valid_utf8(text)) throw std::range_error("JSON: a string that is not UTF-8 cannot be written");
    out += '"';
    std::size_t plain = 0;  // where the run of bytes not yet copied begins
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned char c = static_cast<unsigned char>(text[i]);
        const char escape = escapes[c];
        if (escape == 0) continue;
        out.append(text, plain, i - plain);
        plain = i + 1;
        out += '\\';
        out += escape;
        if (escape != 'u') continue;
        out += "00";
        out += "0123456789abcdef"[c >> 4];
        out += "0123456789abcdef"[c & 15];
    }
    out.append(text, plain);
    out += '"';
}

void append_integer(std::string& out, std::int64_t value) {
    if (value > json_format::largest_integer || value < -json_format::largest_integer)
        throw std::range_error("JSON: an integer beyond 2^53 - 1 cannot be written");
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

void append_value(std::string& out, const Json& value, int depth);

void append_array(std::string& out, const Json::Array& items, int depth) {
    out += '[';
    bool more = false;
    for (const Json& item : items) {
        if (more) out += ',';
        more = true;
        append_value(out, item, depth);
    }
    out += ']';
}

void append_object(std::string& out, const Json::Object& members, int depth) {
    out += '{';
    bool more = false;
    for (const auto& [name, value] : members) {  // the map keeps them in the order to be written
        if (more) out += ',';
        more = true;
        append_string(out, name);
        out += ':';
        append_value(out, value, depth);
    }
    out += '}';
}

void append_value(std::string& out, const Json& value, int depth) {
    const Json::Array* items = value.array();
    const Json::Object* members = value.object();
    if ((items || members) && depth == json_format::deepest)
        throw std::range_error("JSON: nested deeper than our own reader accepts");
    if (const std::string* text = value.string())
        append_string(out, *text);
    else if (const std::int64_t* integer = value.integer())
        append_integer(out, *integer);
    else if (members)
        append_object(out, *members, depth + 1);
    else if (items)
        append_array(out, *items, depth + 1);
    else if (const bool* boolean = value.boolean())
        out += *boolean ? "true" : "false";
    else if (const double* real = value.real())
        json_format::append_number(out, *real);
    else
        out += "null";
}

}  // namespace

void json_format::append_number(std::string& out, double value) {
    if (!std::isfinite(value)) throw std::range_error("JSON: a number that is not finite cannot be written");
    if (value == 0) {
        out += '0';  // -0 too
        return;
    }
    if (value < 0) out += '-';
    // The shortest digits that read back as the same number, as "d.ddde+xx"; of those the nearest.
    std::array<char, 32> text;
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), std::fabs(value), std::chars_format::scientific).ptr;
    const std::string_view scientific(text.data(), static_cast<std::size_t>(end - text.data()));
    const std::size_t e = scientific.find('e');
    int exponent = 0;
    const std::size_t exponent_at = scientific[e + 1] == '+' ? e + 2 : e + 1;
    std::from_chars(scientific.data() + exponent_at, end, exponent);
    std::string digits(1, scientific[0]);
    if (e > 2) digits.append(scientific, 2, e - 2);

    const int k = static_cast<int>(digits.size()), n = exponent + 1;  // k, n as ECMA-262 names them
    if (k <= n && n <= 21) {
        out.append(digits).append(static_cast<std::size_t>(n - k), '0');
    } else if (0 < n && n <= 21) {
        out.append(digits, 0, static_cast<std::size_t>(n)).append(1, '.').append(digits, static_cast<std::size_t>(n));
    } else if (-6 < n && n <= 0) {
        out.append("0.").append(static_cast<std::size_t>(-n), '0').append(digits);
    } else {
        out += digits[0];
        if (k > 1) out.append(1, '.').append(digits, 1);
        out.append(exponent < 0 ? "e-" : "e+").append(std::to_string(std::abs(exponent)));
    }
}

std::string canonical(const Json& value) {
    std::string out;
    out.reserve(256);
    append_value(out, value, 0);
    return out;
}

}  // namespace kernel

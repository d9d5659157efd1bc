#include "code.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "words.h"

namespace kernel {
namespace {

constexpr std::size_t digit_count = 25, word_count = 8;
constexpr std::uint32_t word_base = 2'048;

// The number behind a code is carried as its decimal digits, most significant first, each 0..9.
using Digits = std::array<std::uint8_t, digit_count>;

std::uint32_t divide(Digits& number, std::uint32_t by) {  // returns the remainder
    std::uint32_t rest = 0;
    for (std::uint8_t& digit : number) {
        rest = rest * 10 + digit;
        digit = static_cast<std::uint8_t>(rest / by);
        rest %= by;
    }
    return rest;
}

bool multiply_and_add(Digits& number, std::uint32_t by, std::uint32_t carry) {  // false when it no longer fits
    for (auto digit = number.rbegin(); digit != number.rend(); ++digit) {
        carry += *digit * by;
        *digit = static_cast<std::uint8_t>(carry % 10);
        carry /= 10;
    }
    return carry == 0;
}

std::string decimal(const Digits& number) {
    std::string out;
    for (std::uint8_t digit : number) out += static_cast<char>('0' + digit);
    return out;
}

bool starts_with_any(std::string_view typed, std::initializer_list<std::string_view> these, std::size_t& length) {
    for (std::string_view one : these) {
        if (!typed.starts_with(one)) continue;
        length = one.size();
        return true;
    }
    return false;
}

// How many bytes of a space or hyphen `typed` starts with, in the forms keyboards and input methods make; else 0.
std::size_t separator_at(std::string_view typed) {
    std::size_t length = 0;
    starts_with_any(typed,
                    {" ", "\t", "\r", "\n", "-", "\u00A0", "\u3000",                         // spaces
                     "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212", "\uFF0D"},  // hyphens and dashes
                    length);
    return length;
}

std::optional<std::string> digits_typed(std::string_view typed) {
    constexpr std::string_view full_width = "\uFF10";  // the digits follow each other in the last byte
    std::string out;
    while (!typed.empty()) {
        std::size_t length = separator_at(typed);
        if (length == 0 && typed[0] >= '0' && typed[0] <= '9') {
            out += typed[0];
            length = 1;
        } else if (length == 0 && typed.size() >= 3 && typed.starts_with(full_width.substr(0, 2)) &&
                   typed[2] >= full_width[2] && typed[2] <= full_width[2] + 9) {
            out += static_cast<char>('0' + (typed[2] - full_width[2]));
            length = 3;
        }
        if (length == 0) return std::nullopt;
        typed.remove_prefix(length);
    }
    if (out.size() != digit_count) return std::nullopt;
    return out;
}

std::optional<std::string> words_typed(std::string_view typed) {
    std::vector<std::string> words;
    bool inside = false;
    while (!typed.empty()) {
        const char lower = static_cast<char>(typed[0] | 0x20);
        if (lower >= 'a' && lower <= 'z') {
            if (!inside) words.emplace_back();
            words.back() += lower;
            inside = true;
            typed.remove_prefix(1);
            continue;
        }
        const std::size_t length = typed[0] == '.' ? 1 : separator_at(typed);
        if (length == 0) return std::nullopt;
        inside = false;
        typed.remove_prefix(length);
    }
    if (words.size() != word_count) return std::nullopt;
    Digits number{};
    for (const std::string& word : words) {
        const auto found = std::lower_bound(code_words.begin(), code_words.end(), word);
        if (found == code_words.end() || *found != word) return std::nullopt;
        if (!multiply_and_add(number, word_base, static_cast<std::uint32_t>(found - code_words.begin())))
            return std::nullopt;
    }
    return decimal(number);
}

}  // namespace

Code25 Code25::random() {
    Digits number{};
    std::size_t made = 0;
    while (made < number.size())  // one call to the system gives nearly always enough
        for (std::uint8_t byte : random_bytes(32))
            if (byte < 250 && made < number.size()) number[made++] = byte % 10;  // 250..255 would favour 0..5
    return Code25(decimal(number));
}

std::optional<Code25> Code25::parse(std::string_view typed) {
    std::optional<std::string> digits = digits_typed(typed);
    if (!digits) digits = words_typed(typed);
    if (!digits) return std::nullopt;
    return Code25(std::move(*digits));
}

std::string Code25::in_fives() const {
    std::string out;
    for (std::size_t i = 0; i < digits_.size(); i += 5) {
        if (i > 0) out += ' ';
        out.append(digits_, i, 5);
    }
    return out;
}

std::string Code25::words() const {
    Digits number;
    std::transform(digits_.begin(), digits_.end(), number.begin(), [](char c) { return c - '0'; });
    std::array<std::string_view, word_count> words;
    for (auto word = words.rbegin(); word != words.rend(); ++word) *word = code_words[divide(number, word_base)];
    std::string out;
    for (std::string_view word : words) {
        if (!out.empty()) out += ' ';
        out += word;
    }
    return out;
}

Hash Code25::stored(View server_key, std::string_view scope) const {
    std::string message = "huiyin code v1";
    message += '\0';
    message += scope;
    message += '\0';
    message += digits_;
    return hmac_sha256(server_key, view(message));
}

}  // namespace kernel

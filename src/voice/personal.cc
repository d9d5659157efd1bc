#include "personal.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace voice {
namespace {

// One character of the text: full-width forms are looked at as what they stand for.
struct Letter {
    char32_t c = 0;
    std::uint32_t at = 0;  // its first byte
};

std::vector<Letter> letters_of(std::string_view text) {
    std::vector<Letter> all;
    all.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        char32_t c = length == 1 ? first : first & (0xFFu >> (length + 1));
        for (std::size_t k = 1; k < length; ++k) c = c << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFF01 - 0x21;
        all.push_back({c, static_cast<std::uint32_t>(i)});
        i += length;
    }
    return all;
}

bool digit(char32_t c) { return c >= '0' && c <= '9'; }
bool latin(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool separator(char32_t c) {
    return c == ' ' || c == '-' || c == '(' || c == ')' || c == 0xA0 || c == 0x3000 || (c >= 0x2010 && c <= 0x2014);
}
char upper(char32_t c) { return static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c); }

int two(std::string_view digits) { return (digits[0] - '0') * 10 + digits[1] - '0'; }

bool possible_birthday(std::string_view yyyymmdd) {
    const int century = two(yyyymmdd), month = two(yyyymmdd.substr(4)), day = two(yyyymmdd.substr(6));
    return century >= 18 && century <= 20 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

bool mainland_identity(std::string_view id) {
    if (id.size() != 18 || id[0] == '0' || !possible_birthday(id.substr(6, 8))) return false;
    int sum = 0, weight = 1;  // 2^(17-i) mod 11, from the right
    for (int i = 16; i >= 0; --i) {
        weight = weight * 2 % 11;
        sum += (id[static_cast<std::size_t>(i)] - '0') * weight;
    }
    return id[17] == "10X98765432"[sum % 11];
}

bool taiwan_identity(char letter, std::string_view nine) {
    // The letters' numbers 10..35 in the order of the law's table.
    constexpr std::string_view order = "ABCDEFGHJKLMNPQRSTUVXYWZIO";
    const int n = static_cast<int>(order.find(letter)) + 10;
    if (nine.size() != 9 || nine[0] < '1' || nine[0] > '2') return false;
    int sum = n / 10 + n % 10 * 9;
    for (int i = 0; i < 8; ++i) sum += (nine[static_cast<std::size_t>(i)] - '0') * (8 - i);
    return (sum + nine[8] - '0') % 10 == 0;
}

bool telephone(std::string_view d, bool plus) {
    if (plus) return d.size() >= 8 && d.size() <= 15;
    const auto mobile = [](std::string_view n) { return n.size() == 11 && n[0] == '1' && n[1] >= '3'; };
    if (mobile(d)) return true;
    if (d.starts_with("86") && mobile(d.substr(2))) return true;
    if (d.starts_with("00")) return d.size() >= 11 && d.size() <= 16 && d[2] != '0';
    return d[0] == '0' && d[1] != '0' && d.size() >= 9 && d.size() <= 12;
}

struct Match {
    Personal what;
    std::size_t from, to;  // letters, end excluded
};

// Groups of digits that stand close together, tried as one number: the longest that means something.
std::optional<Match> number_at(const std::vector<Letter>& all, std::size_t from) {
    const bool plus = from > 0 && all[from - 1].c == '+';
    std::string digits;
    std::optional<Match> best;
    for (std::size_t i = from; i < all.size() && digits.size() < 18;) {
        while (i < all.size() && digit(all[i].c)) digits += static_cast<char>(all[i++].c);
        if (digits.size() > 18) break;
        if (digits.size() == 17 && i < all.size() && upper(all[i].c) == 'X' && mainland_identity(digits + 'X'))
            best = Match{Personal::identity, from, i + 1};
        if (mainland_identity(digits))
            best = Match{Personal::identity, from, i};
        else if (digits.size() >= 8 && telephone(digits, plus))
            best = Match{Personal::telephone, plus ? from - 1 : from, i};
        std::size_t next = i;
        while (next < all.size() && next < i + 2 && separator(all[next].c)) ++next;
        if (next == i || next == all.size() || !digit(all[next].c)) break;
        i = next;
    }
    return best;
}

std::optional<Match> taiwan_identity_at(const std::vector<Letter>& all, std::size_t from) {
    if (all.size() - from < 10 || (from + 10 < all.size() && digit(all[from + 10].c))) return std::nullopt;
    std::string nine;
    for (std::size_t i = from + 1; i < from + 10; ++i) {
        if (!digit(all[i].c)) return std::nullopt;
        nine += static_cast<char>(all[i].c);
    }
    if (!taiwan_identity(upper(all[from].c), nine)) return std::nullopt;
    return Match{Personal::identity, from, from + 10};
}

std::optional<Match> plate_at(const std::vector<Letter>& all, std::size_t from) {
    constexpr std::u32string_view provinces = U"京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
    constexpr std::u32string_view last = U"挂学警港澳";
    if (provinces.find(all[from].c) == std::u32string_view::npos) return std::nullopt;
    std::size_t i = from + 1;
    if (i == all.size() || !latin(all[i].c)) return std::nullopt;
    ++i;
    constexpr std::u32string_view dots = U"·•.・‧";
    if (i < all.size() && (separator(all[i].c) || dots.find(all[i].c) != std::u32string_view::npos)) ++i;
    std::string serial;
    while (i < all.size() && serial.size() < 7 && (digit(all[i].c) || latin(all[i].c))) serial += upper(all[i++].c);
    const bool ending = serial.size() == 4 && i < all.size() && last.find(all[i].c) != std::u32string_view::npos;
    const bool green =
        serial.size() == 6 && (serial[0] == 'D' || serial[0] == 'F' || serial[5] == 'D' || serial[5] == 'F');
    const bool any_digit =
        std::any_of(serial.begin(), serial.end(), [](char c) { return digit(static_cast<char32_t>(c)); });
    if (!any_digit || !(ending || serial.size() == 5 || green)) return std::nullopt;
    return Match{Personal::plate, from, ending ? i + 1 : i};
}

bool local_part(char32_t c) { return digit(c) || latin(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-'; }

// Around an @: as much as can belong to an address.
std::optional<Match> email_at(const std::vector<Letter>& all, std::size_t at, std::size_t not_before) {
    std::size_t from = at, to = at + 1, dot = 0;
    while (from > not_before && local_part(all[from - 1].c)) --from;
    while (to < all.size() && (digit(all[to].c) || latin(all[to].c) || all[to].c == '-' || all[to].c == '.')) {
        if (all[to].c == '.' && to + 2 < all.size() && latin(all[to + 1].c) && latin(all[to + 2].c) && to > at + 1)
            dot = to;
        ++to;
    }
    while (to > at + 1 && (all[to - 1].c == '.' || all[to - 1].c == '-')) --to;
    if (from == at || dot == 0) return std::nullopt;
    return Match{Personal::email, from, to};
}

std::optional<Match> match_at(const std::vector<Letter>& all, std::size_t i, std::size_t not_before) {
    const char32_t before = i > 0 ? all[i - 1].c : 0;
    if (all[i].c == '@') return email_at(all, i, not_before);
    if (digit(all[i].c) && !digit(before)) return number_at(all, i);
    if (latin(all[i].c) && !latin(before) && !digit(before)) return taiwan_identity_at(all, i);
    return all[i].c < 0x80 ? std::nullopt : plate_at(all, i);
}

}  // namespace

std::string_view name(Personal what) {
    switch (what) {
        case Personal::telephone:
            return "telephone";
        case Personal::identity:
            return "identity";
        case Personal::plate:
            return "plate";
        case Personal::email:
            return "email";
    }
    return "";
}

std::vector<Found> find_personal(std::string_view text) {
    // Everything that is looked for has a digit, in one of two widths (U+FF10 and on begin with EF), or an @.
    if (text.find_first_of("0123456789@\xEF") == std::string_view::npos) return {};
    const std::vector<Letter> all = letters_of(text);
    std::vector<Found> found;
    std::size_t done = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::optional<Match> match = match_at(all, i, done);
        if (!match) continue;
        const std::size_t end = match->to < all.size() ? all[match->to].at : text.size();
        found.push_back({match->what, std::string(text.substr(all[match->from].at, end - all[match->from].at))});
        done = match->to;
        i = match->to - 1;
    }
    return found;
}

}  // namespace voice

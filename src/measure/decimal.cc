#include <algorithm>
#include <array>
#include <cstdlib>

#include "measure.h"

namespace measure {
namespace {

constexpr std::size_t most_digits = 12;
constexpr int most_decimals = 6;

constexpr std::array<std::string_view, 4> kind_names = {"fix", "rule", "goal", "pledge"};
constexpr std::array<std::string_view, 7> state_names = {"adopted",  "under_way", "reported", "verified",
                                                         "accepted", "returned",  "closed"};

bool digit(char c) { return c >= '0' && c <= '9'; }

// In millionths: 12 digits and 6 more stay below 2^63.
std::int64_t millionths(const Decimal& d) {
    std::int64_t value = d.value;
    for (int i = d.decimals; i < most_decimals; ++i) value *= 10;
    return value;
}

template <class Enum, std::size_t n>
std::optional<Enum> named(const std::array<std::string_view, n>& names, std::string_view text) {
    for (std::size_t i = 0; i < n; ++i)
        if (names[i] == text) return static_cast<Enum>(i);
    return std::nullopt;
}

}  // namespace

std::string_view name(Kind kind) { return kind_names.at(static_cast<std::size_t>(kind)); }
std::string_view name(State state) { return state_names.at(static_cast<std::size_t>(state)); }
std::optional<Kind> parse_kind(std::string_view text) { return named<Kind>(kind_names, text); }
std::optional<State> parse_state(std::string_view text) { return named<State>(state_names, text); }

std::string Decimal::text() const {
    std::string digits = std::to_string(std::abs(value));
    const auto behind = static_cast<std::size_t>(decimals);
    if (digits.size() <= behind) digits.insert(0, behind + 1 - digits.size(), '0');
    if (behind > 0) digits.insert(digits.size() - behind, ".");
    return value < 0 ? "-" + digits : digits;
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const std::string_view before = text.substr(0, point);
    const std::string_view behind = point == text.npos ? std::string_view() : text.substr(point + 1);
    if (before.empty() || (point != text.npos && behind.empty())) return std::nullopt;
    if (before.size() + behind.size() > most_digits || behind.size() > static_cast<std::size_t>(most_decimals))
        return std::nullopt;
    Decimal d;
    for (std::string_view part : {before, behind})
        for (char c : part) {
            if (!digit(c)) return std::nullopt;
            d.value = d.value * 10 + (c - '0');
        }
    if (negative) d.value = -d.value;
    d.decimals = static_cast<int>(behind.size());
    return d;
}

std::strong_ordering compare(const Decimal& a, const Decimal& b) { return millionths(a) <=> millionths(b); }

int percent_of_way(const Decimal& baseline, const Decimal& target, const Decimal& now) {
    std::int64_t whole = millionths(target) - millionths(baseline), part = millionths(now) - millionths(baseline);
    if (whole < 0) whole = -whole, part = -part;
    if (whole == 0 || part >= whole) return part >= whole ? 100 : 0;
    if (part <= 0) return 0;
    // part * 100 may pass 2^63: hundredths are taken off one after another.
    int percent = 0;
    std::int64_t rest = 0;
    for (int i = 0; i < 100; ++i) {
        rest += part;
        if (rest >= whole) rest -= whole, ++percent;
    }
    return percent;
}

}  // namespace measure

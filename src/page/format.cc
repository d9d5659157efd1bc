#include "page.h"

namespace page {
namespace {

const char* const months[] = {"January", "February", "March",     "April",   "May",      "June",
                              "July",    "August",   "September", "October", "November", "December"};

std::string two(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }

// Tenths of a percent, cut off.
std::string with_tenths(std::int64_t tenths) { return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10); }

std::string percent_digits(std::int64_t part, std::int64_t whole) {
    // In __int128: counts may be as large as the ledger is long.
    const auto scaled = [&](std::int64_t scale) { return static_cast<__int128>(part) * scale; };
    const auto rounded = static_cast<std::int64_t>((scaled(200) + whole) / (2 * static_cast<__int128>(whole)));
    if (rounded == 100 && part < whole) return with_tenths(static_cast<std::int64_t>(scaled(1000) / whole));
    if (rounded == 0 && part > 0) {
        const auto up = static_cast<std::int64_t>((scaled(1000) + whole - 1) / whole);
        return with_tenths(up);
    }
    return std::to_string(rounded);
}

}  // namespace

std::string full_date(Lang lang, kernel::Day day) {
    const kernel::Date d = kernel::date(day);
    switch (lang) {
        case Lang::zh_hans:
        case Lang::zh_hant:
            return std::to_string(d.year) + "年" + std::to_string(d.month) + "月" + std::to_string(d.day) + "日";
        case Lang::en:
            return std::to_string(d.day) + " " + months[d.month - 1] + " " + std::to_string(d.year);
    }
    return {};
}

std::string date_time(Lang lang, kernel::Instant at) {
    const int minutes = kernel::local_minutes(at);
    const std::string clock = two(minutes / 60) + ":" + two(minutes % 60);
    return full_date(lang, kernel::local_day(at)) + (lang == Lang::en ? ", " : " ") + clock;
}

std::string number(Lang, std::int64_t n) {
    std::string digits = std::to_string(n);
    const std::size_t first = digits[0] == '-' ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) {
        at -= 3;
        digits.insert(digits.begin() + static_cast<std::ptrdiff_t>(at), ',');
    }
    return digits;
}

std::string percent(Lang lang, std::int64_t part, std::int64_t whole) {
    if (whole <= 0) return "–";
    return percent_digits(part, whole) + (lang == Lang::en ? "\xC2\xA0%" : "%");
}

}  // namespace page

// Days and dates are converted by days_from_civil and civil_from_days of Howard Hinnant's "chrono-Compatible Low-Level
// Date Algorithms": years are counted from 1 March, in eras of 400 years.
#include "time.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <stdexcept>

namespace kernel {
namespace {

constexpr std::int64_t seconds_a_day = 86'400;

constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

std::tm local_time(std::int64_t seconds) {
    const std::time_t t = seconds;
    std::tm out{};
    if (!localtime_r(&t, &out)) throw std::range_error("an instant that no local time can show");
    return out;
}

std::int64_t local_day_at(std::int64_t seconds) {
    const std::tm t = local_time(seconds);
    return day(Date{t.tm_year + 1900, t.tm_mon + 1, t.tm_mday}).days;
}

// The number in the `n` digits at `at`, or -1.
int digits_at(std::string_view text, std::size_t at, std::size_t n) {
    if (text.size() < at + n) return -1;
    int value = 0;
    for (char c : text.substr(at, n)) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

// The milliseconds in ".5", ".25", ".123456789"; nothing for anything else.
std::optional<int> parse_fraction(std::string_view text) {
    if (text.size() < 2 || text.size() > 10 || text[0] != '.') return std::nullopt;
    int ms = 0;
    for (std::size_t i = 1; i < std::max<std::size_t>(text.size(), 4); ++i) {
        const char c = i < text.size() ? text[i] : '0';
        if (c < '0' || c > '9') return std::nullopt;
        if (i <= 3) ms = ms * 10 + (c - '0');
    }
    return ms;
}

}  // namespace

Day day(Date d) {
    const std::int64_t y = std::int64_t{d.year} - (d.month <= 2 ? 1 : 0);
    const std::int64_t era = floor_divide(y, 400);
    const std::int64_t year_of_era = y - era * 400;
    const std::int64_t day_of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return {era * 146'097 + day_of_era - 719'468};
}

Date date(Day d) {
    const std::int64_t z = d.days + 719'468;
    const std::int64_t era = floor_divide(z, 146'097);
    const std::int64_t day_of_era = z - era * 146'097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
    const std::int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
    return {static_cast<int>(year), static_cast<int>(month),
            static_cast<int>(day_of_year - (153 * month_from_march + 2) / 5 + 1)};
}

int weekday(Day d) {
    const std::int64_t shifted = d.days + 4;  // 1970-01-01 was a Thursday
    return static_cast<int>(shifted - floor_divide(shifted, 7) * 7);
}

std::string iso(Day d) {
    const Date parts = date(d);
    char out[40];
    std::snprintf(out, sizeof out, "%04d-%02d-%02d", parts.year, parts.month, parts.day);
    return out;
}

std::string iso(Instant t) {
    const std::int64_t seconds = floor_divide(t.ms, 1'000);
    const std::int64_t days = floor_divide(seconds, seconds_a_day);
    const int rest = static_cast<int>(seconds - days * seconds_a_day);
    char out[40];  // more than is written: gcc does not see that the numbers are small
    std::snprintf(out, sizeof out, "T%02d:%02d:%02dZ", rest / 3'600, rest / 60 % 60, rest % 60);
    return iso(Day{days}) + out;
}

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const Date asked{digits_at(text, 0, 4), digits_at(text, 5, 2), digits_at(text, 8, 2)};
    if (asked.year < 1900 || asked.year > 2200 || asked.month < 1 || asked.month > 12 || asked.day < 1)
        return std::nullopt;
    const Day found = day(asked);
    if (date(found).day != asked.day) return std::nullopt;  // 30 February is a day of March
    return found;
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text.back() != 'Z')
        return std::nullopt;
    const std::optional<Day> on = parse_day(text.substr(0, 10));
    const int hour = digits_at(text, 11, 2), minute = digits_at(text, 14, 2), second = digits_at(text, 17, 2);
    if (!on || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return std::nullopt;
    std::optional<int> ms = 0;
    if (text.size() > 20) ms = parse_fraction(text.substr(19, text.size() - 20));
    if (!ms) return std::nullopt;
    return Instant{((on->days * 24 + hour) * 60 + minute) * 60'000 + second * 1'000 + *ms};
}

Day local_day(Instant t) { return {local_day_at(floor_divide(t.ms, 1'000))}; }

int local_minutes(Instant t) {
    const std::tm local = local_time(floor_divide(t.ms, 1'000));
    return local.tm_hour * 60 + local.tm_min;
}

Instant start_of(Day d) {
    const std::int64_t utc = d.days * seconds_a_day;
    std::int64_t before = utc - 26 * 3'600, after = utc + 26 * 3'600;  // no zone was ever further from UTC
    // Midnight by each offset in force around that day. Where clocks are set back just after midnight the day begins
    // twice, and the first beginning is meant.
    std::optional<std::int64_t> first;
    for (std::int64_t around : {before, utc, after}) {
        const std::int64_t midnight = utc - local_time(around).tm_gmtoff;
        if (local_day_at(midnight) == d.days && local_day_at(midnight - 1) < d.days)
            first = std::min(first.value_or(midnight), midnight);
    }
    if (first) return {*first * 1'000};
    // Midnight was skipped, or the whole day was: the first instant that is not before it.
    while (after - before > 1) {
        const std::int64_t middle = before + (after - before) / 2;
        (local_day_at(middle) < d.days ? before : after) = middle;
    }
    return {after * 1'000};
}

}  // namespace kernel

// Time as values. Rules take `now`; only kernel/clock.h reads a clock.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kernel {

// Milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
    std::int64_t ms = 0;
    friend constexpr auto operator<=>(Instant, Instant) = default;
};
constexpr Instant operator+(Instant t, std::int64_t ms) { return {t.ms + ms}; }
constexpr std::int64_t operator-(Instant a, Instant b) { return a.ms - b.ms; }
constexpr Instant whole_minute(Instant t) { return {t.ms - ((t.ms % 60'000) + 60'000) % 60'000}; }

// "2026-11-23T08:05:00Z"; milliseconds are cut.
std::string iso(Instant t);
// That form, with a fraction of up to nine digits before the Z if need be (cut to milliseconds); years 1900..2200, no
// leap second.
std::optional<Instant> parse_instant(std::string_view iso_utc);

// A calendar day without a zone: days since 1970-01-01.
struct Day {
    std::int64_t days = 0;
    friend constexpr auto operator<=>(Day, Day) = default;
};
constexpr Day operator+(Day d, std::int64_t n) { return {d.days + n}; }
constexpr std::int64_t operator-(Day a, Day b) { return a.days - b.days; }

struct Date {  // proleptic Gregorian; month 1..12, day 1..31
    int year = 1970, month = 1, day = 1;
};
Date date(Day day);
Day day(Date date);
int weekday(Day day);  // 0 Sunday .. 6 Saturday

std::string iso(Day day);                            // "2026-11-23"
std::optional<Day> parse_day(std::string_view iso);  // exactly that form, an existing day, years 1900..2200

// The day on which `t` falls in the organisation's zone, and the wall-clock minutes since midnight.
// The zone is the process's TZ, set once by main() before any thread starts.
Day local_day(Instant t);
int local_minutes(Instant t);
// The first instant of `day` in that zone; where midnight was skipped (or the whole day), the first one after it.
Instant start_of(Day day);

}  // namespace kernel

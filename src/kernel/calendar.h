// Working days. A deadline in working days is computed once, in the act, with the calendar then in force, and recorded
// in the Change; replay never asks a calendar.
// Parameters and real calendars: "Clock model" of the deadline presets (start event, first day counted, make-up days).
#pragma once
#include <optional>
#include <set>
#include <string>

#include "result.h"
#include "time.h"

namespace kernel {

struct Calendar {
    std::string name;                // shown beside every due day it computed
    std::set<Day> holidays;          // closed although a weekday
    std::set<Day> makeup_days;       // open although a weekend day (调休)
    std::set<int> weekend = {0, 6};  // weekday numbers, 0 Sunday
    // The days for which its holidays are known; nothing: for all that may come, such as where there are none.
    std::optional<Day> covers_from = {}, covers_to = {};

    bool works(Day day) const;
};

enum class FirstDay { next_day, same_day };  // does counting start on the day of the event or the day after?

// The n-th working day counted from `start`; n >= 1, or std::invalid_argument. FirstDay::next_day: the first day
// counted is the first working day after `start`. FirstDay::same_day: `start` itself counts when it is a working day.
// std::logic_error for a calendar that closes for ten years on end.
Day add_working_days(const Calendar&, Day start, int n, FirstDay first = FirstDay::next_day);

// Working days in (from, to]; negative when to < from.
int working_days_between(const Calendar&, Day from, Day to);

// Text form, one item a line: "2026-10-01 holiday", "2026-10-10 works", "weekend Sat Sun", "covers 2025-01-01
// 2026-12-31"; '#' starts a comment. Refuses with the line number: unknown words, a day twice, a second, empty or
// seven-day weekend, a second cover or one that ends before it begins. A holiday on a weekend day is allowed.
// Refusals: kernel.calendar_line {line, text}, kernel.calendar_twice {line, text}; and for more than 60 closed days in
// a row, because what counts in working days would then end in no foreseeable time, kernel.calendar_closed {from}; code
// invalid, field "calendar".
Result<Calendar> parse_calendar(std::string_view name, std::string_view text);

}  // namespace kernel

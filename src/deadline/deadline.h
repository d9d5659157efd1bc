// How long an institution has, and on which days that ends: the clock model of its deadlines, as data. Pure: no clock,
// no database. What was counted is recorded whole in the Change that starts a duty, so that replay asks no calendar.
// The parameters are those that the deadlines of real institutions need (start event, first day counted, what an end on
// a closed day means, stops, extension, bounce, steps before and after); see README.md for which rule needs which.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <kernel/calendar.h>
#include <kernel/result.h>

namespace deadline {

// Names as they stand in presets and facts: "working_days", "next_working_day" …; nothing for any other word.
enum class Unit { working_days, days, weeks, months };
enum class First { same_day, next_day, next_working_day };
enum class Ending { as_it_falls, next_working_day };
std::string_view name(Unit);
std::string_view name(First);
std::string_view name(Ending);
std::optional<Unit> parse_unit(std::string_view);
std::optional<First> parse_first(std::string_view);
std::optional<Ending> parse_ending(std::string_view);

// The most that anybody may be given. A span of 0 ends on the day it begins.
inline constexpr int longest[] = {1'000, 3'660, 520, 120};  // by Unit

struct Term {
    Unit unit = Unit::working_days;
    int n = 0;
    // Which day counts as the first. Of working days the first is always one: same_day counts the day of the event when
    // it is one itself.
    First first = First::next_day;
    // Where a span of days, weeks or months would end on a day without work.
    Ending ending = Ending::as_it_falls;
    friend bool operator==(const Term&, const Term&) = default;
};
// Refusals: deadline.span {most}, at the field "n".
kernel::Checked check(const Term&);

struct Counted {
    kernel::Day from;  // of the event that it counts from
    Term term;
    std::string calendar;             // its name
    std::set<int> weekend;            // weekday numbers, 0 Sunday
    std::vector<kernel::Day> closed;  // weekdays from `from` to `late` that were closed
    std::vector<kernel::Day> worked;  // weekend days there that were worked
    kernel::Day due;                  // the last day in time
    kernel::Day late;                 // the first working day after it
    // The calendar does not say which days of that time are holidays: `due` may turn out to be another day than people
    // expect, and pages say so.
    bool beyond = false;
    friend bool operator==(const Counted&, const Counted&) = default;
};
// `term` must pass check(). A month that has no such day ends on its last one (31 January + 1 month: 28 or 29
// February).
Counted count(const kernel::Calendar&, kernel::Day from, const Term& term);

// The clock stood from the day `stopped` and goes on from the day `again` (not before `stopped`): what was left on
// `stopped` is left on `again`. What was left of working days is counted in them, of all else in days. A duty that was
// late already stays so: its day does not move.
Counted resumed(const kernel::Calendar&, const Counted& before, kernel::Day stopped, kernel::Day again);
// `more` added at the end: working days from the day after `due`, all else from `due`.
Counted extended(const kernel::Calendar&, const Counted& before, const Term& more);

// ---- steps ---------------------------------------------------------------------------------------------------------
enum class Level { reminder, due, overdue, far_overdue };
enum class Whom { handler, head, unit_above, inspector };
std::string_view name(Level);
std::string_view name(Whom);
std::optional<Level> parse_level(std::string_view);
std::optional<Whom> parse_whom(std::string_view);

// What is entered so many working days after the due day, or before it, and who is told.
struct Step {
    int at = 0;  // -60 … 250; 0 is the due day itself, or the last working day before one that is none
    Level level = Level::due;
    std::vector<Whom> to;    // nobody: only entered
    bool is_public = false;  // stands on the page of what is overdue
    friend bool operator==(const Step&, const Step&) = default;
};
using Ladder = std::vector<Step>;
// Refusals, at the field "ladder": deadline.ladder_order (not rising), deadline.ladder_level {at} (a reminder after the
// due day, overdue before it, a level below the one before), deadline.ladder_range, deadline.ladder_long (more than
// 20).
kernel::Checked check(const Ladder&);

// The day on which a step is entered; one before the due day is never earlier than `from`, when counting began.
kernel::Day day_of(const kernel::Calendar&, kernel::Day from, kernel::Day due, const Step&);

}  // namespace deadline

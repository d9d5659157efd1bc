#include <algorithm>

#include "deadline.h"

namespace deadline {
namespace {

using kernel::Calendar;
using kernel::Day;

Day months_later(Day from, int n) {
    kernel::Date date = kernel::date(from);
    const int months = date.year * 12 + date.month - 1 + n;
    const Day first = kernel::day({months / 12, months % 12 + 1, 1});
    const Day after = kernel::day({(months + 1) / 12, (months + 1) % 12 + 1, 1});
    return std::min(first + (date.day - 1), after + -1);
}

Day open_from(const Calendar& calendar, Day day) {
    return calendar.works(day) ? day : kernel::add_working_days(calendar, day, 1);
}

Day working_end(const Calendar& calendar, Day from, const Term& term) {
    if (term.n == 0) return from;
    return kernel::add_working_days(
        calendar, from, term.n,
        term.first == First::same_day ? kernel::FirstDay::same_day : kernel::FirstDay::next_day);
}

// The day before the first that counts: as if the event had been on it, and the day after it were the first.
Day before_first(const Calendar& calendar, Day from, First first) {
    if (first == First::same_day) return from + -1;
    return first == First::next_day ? from : open_from(calendar, from + 1) + -1;
}

Day end_of(const Calendar& calendar, Day from, const Term& term) {
    if (term.unit == Unit::working_days) return working_end(calendar, from, term);
    if (term.n == 0) return term.ending == Ending::as_it_falls ? from : open_from(calendar, from);
    const Day begin = before_first(calendar, from, term.first);
    const Day end =
        term.unit == Unit::months ? months_later(begin, term.n) : begin + term.n * (term.unit == Unit::weeks ? 7 : 1);
    return term.ending == Ending::as_it_falls ? end : open_from(calendar, end);
}

Counted ending(const Calendar& calendar, Day from, const Term& term, Day due) {
    Counted c;
    c.from = from;
    c.term = term;
    c.calendar = calendar.name;
    c.weekend = calendar.weekend;
    c.due = due;
    c.late = kernel::add_working_days(calendar, due, 1);
    for (Day day = from; day <= c.late; day = day + 1) {
        const bool weekend = calendar.weekend.contains(kernel::weekday(day));
        if (weekend && calendar.works(day)) c.worked.push_back(day);
        if (!weekend && !calendar.works(day)) c.closed.push_back(day);
    }
    c.beyond = calendar.covers_to && c.late > *calendar.covers_to;
    return c;
}

}  // namespace

kernel::Checked check(const Term& term) {
    const int most = longest[static_cast<int>(term.unit)];
    if (term.n >= 0 && term.n <= most) return {};
    return kernel::invalid("n", "deadline.span", {{"most", std::to_string(most)}});
}

Counted count(const Calendar& calendar, Day from, const Term& term) {
    return ending(calendar, from, term, end_of(calendar, from, term));
}

Counted resumed(const Calendar& calendar, const Counted& before, Day stopped, Day again) {
    if (stopped >= before.due || again <= stopped) return before;
    Day due = before.due + (again - stopped);
    if (before.term.unit == Unit::working_days) {
        const int left = kernel::working_days_between(calendar, stopped, before.due);
        due = left > 0 ? kernel::add_working_days(calendar, again, left) : open_from(calendar, again);
    } else if (before.term.ending == Ending::next_working_day) {
        due = open_from(calendar, due);
    }
    return ending(calendar, before.from, before.term, due);
}

Counted extended(const Calendar& calendar, const Counted& before, const Term& more) {
    Term after = more;
    after.first = First::next_day;
    return ending(calendar, before.from, before.term, end_of(calendar, before.due, after));
}

}  // namespace deadline

// The last days of cases, counted again out of what their own entries say.
#include <stdexcept>

#include "world.h"

namespace audit {
namespace {

// A term as the facts have it: "days" alone are working days from the day after.
struct Span {
    std::string unit = "working_days", first = "next_day", ending = "as_it_falls";
    int n = 0;
};

Span span_in(const Json& reply) {
    Span s;
    if (reply["days"].integer()) {
        s.n = static_cast<int>(reply.need_integer("days"));
    } else {
        const Json& term = reply["term"];
        s = {term.need_string("unit"), term.need_string("first"), term.need_string("ending"),
             static_cast<int>(term.need_integer("n"))};
    }
    if (s.n < 0 || s.n > 3660) throw std::runtime_error("no term that anybody could count");
    return s;
}

Day open_from(const kernel::Calendar& own, Day day) {
    return own.works(day) ? day : kernel::add_working_days(own, day, 1);
}

Day months_after(Day from, int n) {
    const kernel::Date d = kernel::date(from);
    const int month = d.year * 12 + d.month - 1 + n;
    Day day = kernel::day({month / 12, month % 12 + 1, 1}) + (d.day - 1);
    while (kernel::date(day).month != month % 12 + 1) day = day + -1;  // a month without such a day: its last one
    return day;
}

Day end_of(const kernel::Calendar& own, Day from, const Span& s) {
    if (s.unit == "working_days") {
        if (s.n == 0) return from;
        return kernel::add_working_days(
            own, from, s.n, s.first == "same_day" ? kernel::FirstDay::same_day : kernel::FirstDay::next_day);
    }
    Day end = from;
    if (s.n > 0) {
        if (s.first == "same_day") end = from + -1;
        if (s.first == "next_working_day") end = open_from(own, from + 1) + -1;
        end = s.unit == "months" ? months_after(end, s.n) : end + s.n * (s.unit == "weeks" ? 7 : 1);
    }
    return s.ending == "next_working_day" ? open_from(own, end) : end;
}

}  // namespace

// The due day says of itself how it was counted: from a day on, over these closed days.
void set_due(World& w, Index entry, Index id, Case& c, const Json& reply) {
    c.due = Event::day_in(reply, "due"), c.late_from = Event::day_in(reply, "late");
    kernel::Calendar own;
    own.weekend.clear();
    for (const Json& one : reply.need_array("weekend"))
        if (one.integer()) own.weekend.insert(static_cast<int>(*one.integer()));
    for (const auto& [member, into] : {std::pair{"closed", &own.holidays}, {"worked", &own.makeup_days}})
        for (const Json& one : reply.need_array(member))
            into->insert(kernel::parse_day(one.string() ? *one.string() : "").value_or(Day{}));
    if (own.weekend.size() > 6) throw std::runtime_error("no week that anybody could count");
    const Day from = Event::day_in(reply, "from");
    const Span span = span_in(reply);
    const Day due = end_of(own, from, span);
    if (due != c.due)
        w.fault("voice", id, entry,
                "due " + kernel::iso(c.due) + ", but " + std::to_string(span.n) + " " +
                    (span.unit == "working_days" ? "working days" : span.unit) + " from " + kernel::iso(from) +
                    " end on " + kernel::iso(due));
    if (kernel::add_working_days(own, c.due, 1) != c.late_from)
        w.fault("voice", id, entry,
                "late from " + kernel::iso(c.late_from) + ", which is not the first working day after " +
                    kernel::iso(c.due));
}

}  // namespace audit

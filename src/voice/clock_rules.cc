// Days: how the last one is counted and moved, and what the clock enters around it.
#include <algorithm>

#include "rules.h"

namespace voice::rules {
namespace {

using deadline::Level;
using deadline::Step;

change::Counted with_look(deadline::Counted counted, Today today) {
    change::Counted c{std::move(counted), {}};
    const auto look = next_look(today.casework.reply, c.from, c.due, today);
    // Without one it is looked at when it is late, which is what most say.
    if (look && *look < c.late) c.look = look;
    return c;
}

// One of the two things that a unit owes, as far as the clock sees it.
struct Owed {
    change::Duty duty;
    const deadline::Duty& rule;
    kernel::Day from, due;
};

std::optional<Owed> looked_at(const Case& c, Today today) {
    const bool runs = c.state == State::received || c.state == State::assigned || c.state == State::joined;
    if (!runs || !c.due) return std::nullopt;
    const kernel::Day from = kernel::local_day(c.received);
    if (c.reply_next && today.day >= *c.reply_next)
        return Owed{change::Duty::reply, today.casework.reply, from, *c.due};
    // Only what no unit has is looked at before its answer is.
    if (c.unit || !c.accept_next || today.day < *c.accept_next) return std::nullopt;
    const kernel::Day due = deadline::count(today.calendar, from, today.casework.accept.term).due;
    return Owed{change::Duty::accept, today.casework.accept, from, due};
}

// The newest step whose day has come: after a time without the clock the older ones are not entered any more.
std::optional<Step> step_today(const Owed& owed, Today today) {
    std::optional<Step> found;
    for (const Step& step : ladder_of(owed.rule))
        if (deadline::day_of(today.calendar, owed.from, owed.due, step) <= today.day) found = step;
    if (!found || found->at < 1) return found;
    const int late = kernel::working_days_between(today.calendar, owed.due, today.day);
    // What comes again after the last step has its level and its receivers.
    if (const int every = owed.rule.then_every; every > 0 && late / every * every > found->at)
        found->at = late / every * every;
    return found;
}

change::Rung rung_of(const Step& step) { return {step.level, step.to, step.is_public}; }

}  // namespace

preset::Casework casework_of(const change::Terms& t) {
    const auto working_days = [](int n) {
        return deadline::Term{deadline::Unit::working_days, n, deadline::First::next_day,
                              deadline::Ending::as_it_falls};
    };
    preset::Casework c = preset::neutral_casework();
    c.reply.term = working_days(t.reply_days);
    c.reply_of.clear();
    c.reply_again.reset();
    c.stops = {{deadline::Reason::author_asked, working_days(t.ask_back_days)}};
    c.extension.most = t.extension_days > 0 ? 1 : 0;
    c.extension.longest = working_days(t.extension_days);
    c.rating = working_days(t.rating_days);
    c.superior_at = t.superior_at;
    return c;
}

change::Counted counted(Today today, kernel::Day from, const deadline::Term& term) {
    return with_look(deadline::count(today.calendar, from, term), today);
}

change::Counted moved(const Case& c, kernel::Day due, Today today) {
    deadline::Term term = today.casework.reply_term(name(c.kind));
    term.first = deadline::First::next_day;
    if (term.unit == deadline::Unit::working_days) {
        term.n = std::max(0, kernel::working_days_between(today.calendar, *c.due, due));
    } else {
        term.unit = deadline::Unit::days;
        term.n = static_cast<int>(std::max<std::int64_t>(0, due.days - c.due->days));
    }
    return with_look(deadline::count(today.calendar, *c.due, term), today);
}

change::Counted gone_on(const Case& c, Today today) {
    const kernel::Day until = c.next_day.value() + -1;  // while it stands the clock looks on the day after
    const kernel::Day again = std::min(today.day, until);
    if (*c.asked_on > *c.due || again <= *c.asked_on) return moved(c, *c.due, today);
    if (today.casework.reply_term(name(c.kind)).unit != deadline::Unit::working_days)
        return moved(c, *c.due + (again.days - c.asked_on->days), today);
    const int stood = kernel::working_days_between(today.calendar, *c.asked_on, again);
    if (stood < 1) return moved(c, *c.due, today);
    return moved(c, kernel::add_working_days(today.calendar, *c.due, stood), today);
}

deadline::Ladder ladder_of(const deadline::Duty& duty) {
    deadline::Ladder ladder = duty.ladder;
    const auto after = std::find_if(ladder.begin(), ladder.end(), [](const Step& s) { return s.at >= 1; });
    if (after != ladder.end() && after->at == 1) return ladder;
    const bool is_public = after == ladder.end() || after->is_public;
    ladder.insert(after, {1, Level::overdue, {deadline::Whom::handler}, is_public});
    return ladder;
}

std::optional<kernel::Day> next_look(const deadline::Duty& duty, kernel::Day from, kernel::Day due, Today today) {
    const deadline::Ladder ladder = ladder_of(duty);
    for (const Step& step : ladder)
        if (const kernel::Day day = deadline::day_of(today.calendar, from, due, step); day > today.day) return day;
    const int late = kernel::working_days_between(today.calendar, due, today.day);
    const auto again = deadline::step_after(ladder, duty.then_every, std::max(late, ladder.back().at));
    return again ? std::optional(deadline::day_of(today.calendar, from, due, *again)) : std::nullopt;
}

std::optional<change::DueSoon> due_soon(const Case& c, Today today) {
    const auto owed = looked_at(c, today);
    if (!owed || today.day > owed->due) return std::nullopt;
    const auto step = step_today(*owed, today);
    if (!step) return std::nullopt;
    const int left = kernel::working_days_between(today.calendar, today.day, owed->due);
    return change::DueSoon{c.id, owed->duty, left, rung_of(*step), next_look(owed->rule, owed->from, owed->due, today)};
}

std::optional<change::Late> late(const Case& c, Today today) {
    const auto owed = looked_at(c, today);
    if (!owed || today.day <= owed->due) return std::nullopt;
    const auto step = step_today(*owed, today);
    const int days = kernel::working_days_between(today.calendar, owed->due, today.day);
    // The first working day after it was one of the calendar then in force.
    if (!step || step->at < 1 || days < 1) return std::nullopt;
    // What no unit has is said to wait since it came.
    const int said =
        owed->duty == change::Duty::reply ? days : kernel::working_days_between(today.calendar, owed->from, today.day);
    return change::Late{c.id, owed->duty, said, next_look(owed->rule, owed->from, owed->due, today), rung_of(*step)};
}

std::optional<change::Resumed> resume_over(const Case& c, Today today) {
    if (c.state != State::asked_back || !c.next_day || today.day < *c.next_day) return std::nullopt;
    return change::Resumed{c.id, gone_on(c, today), {}};
}

}  // namespace voice::rules

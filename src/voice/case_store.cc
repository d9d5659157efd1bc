#include <stdexcept>

#include "rows.h"
#include "store.h"

namespace voice {
namespace {

using ledger::Entry;

Step happened(const Entry& entry, What what, std::optional<people::OfficerId> officer = {}) {
    Step step;
    step.entry = entry.index;
    step.what = what;
    step.minute = entry.time;
    if (officer && *officer) step.officer = officer;
    return step;
}

Case existing(db::Connection& db, VoiceId id) {
    std::optional<Case> found = find_case(db, id);
    if (!found) throw std::runtime_error("an entry about voice " + std::to_string(id.value()) + ", which is none");
    return *std::move(found);
}

// A new due day; what was late before stays late, and the clock counts on from the new one.
void set_due(db::Connection& db, VoiceId voice, const change::Counted& reply) {
    db.run(
        "update voice set overdue = case when due = $2 then overdue else 0 end, told = case when due = $2 then told "
        "else "
        "0 end, due = $2, late_from = $3, reply_next = "
        "$4 where id = $1",
        voice.value(), reply.due.days, reply.late.days, reply.look.value_or(reply.late).days);
    look_again(db, voice);
}

void stop_clock(db::Connection& db, VoiceId voice, deadline::Reason reason, kernel::Day day, kernel::Day until) {
    db.run(
        "update voice set state = 2, pause = $2, paused_for = paused_for | $3, asked_on = $4, next_day = $5 where id = "
        "$1",
        voice.value(), number(reason), std::int64_t{1} << number(reason), day.days, (until + 1).days);
}

void go_on(db::Connection& db, VoiceId voice, const change::Counted& reply) {
    db.run("update voice set state = 1, pause = null where id = $1", voice.value());
    set_due(db, voice, reply);
}

// An agreement without a day, as answers once had it, can be neither kept nor broken.
std::optional<std::int64_t> offered(Answer answer, std::optional<kernel::Day> promised) {
    if (answer != Answer::agreed || !promised) return std::nullopt;
    return number(Agreement::offered);
}

void enter_look(db::Connection& db, VoiceId voice, change::Duty duty, std::optional<kernel::Day> next) {
    if (duty == change::Duty::reply)
        db.run("update voice set reply_next = $2 where id = $1", voice.value(), days(next));
    else
        db.run("update voice set accept_next = null where id = $1", voice.value());
    look_again(db, voice);
}

// How it stands on the page of what is overdue; a ladder may say that it is not there yet.
int overdue_by(const change::Late& c) {
    if (!c.rung) return c.days < far_overdue ? 1 : 2;
    if (!c.rung->is_public) return 0;
    return c.rung->level == deadline::Level::far_overdue ? 2 : 1;
}

// A bit for each post that the step goes to.
std::int64_t told_by(const change::Late& c) {
    std::int64_t bits = 0;
    if (c.rung)
        for (deadline::Whom one : c.rung->to) bits |= std::int64_t{1} << number(one);
    return bits;
}

void add_one(db::Connection& db, people::CycleId cycle, db::Sql update) {
    if (db.change(update, cycle.value()) != 1) throw std::runtime_error("a cycle with voices and no figures");
}

}  // namespace

void look_again(db::Connection& db, VoiceId voice) {
    // While no unit has it, the clock looks at that too.
    db.run(
        "update voice set next_day = case when unit is null and (reply_next is null or accept_next < reply_next) then "
        "accept_next else reply_next end where id = $1 and state in (0, 1, 9)",
        voice.value());
}

void record(db::Connection& db, VoiceId voice, const Step& s) {
    db.run(
        "insert into voice_step (entry, voice, what, minute, officer, unit, number, day, text) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        s.entry, voice.value(), number(s.what), s.minute.ms, value(s.officer), value(s.unit), s.number, days(s.day),
        s.text);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Assigned& c) {
    // While the case waits for a unit, the clock looks at that; from now on it looks at the answer.
    db.run(
        "update voice set unit = $2, officer = $3, assigned_on = $4, assigned_at = $5, returnable = $6, state = 1, "
        "accept_next = null where id = $1",
        c.voice.value(), c.unit.value(), value(c.officer), c.day.days, entry.time.ms, flag(c.returnable));
    look_again(db, c.voice);
    Step step = happened(entry, c.table ? What::routed : What::assigned, c.by);
    step.unit = c.unit;
    step.number = c.table ? c.table : value(c.officer);
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Bounced& c) {
    db.run("update voice set unit = null, officer = null, state = 0, bounced = bounced + 1 where id = $1",
           c.voice.value());
    Step step = happened(entry, What::bounced, c.by);
    step.unit = c.unit;
    step.text = c.reason;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::AskedBack& c) {
    stop_clock(db, c.voice, deadline::Reason::author_asked, c.day, c.until);
    Step step = happened(entry, What::asked_back, c.by);
    step.day = c.until;
    step.text = c.question;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Paused& c) {
    stop_clock(db, c.voice, c.reason, c.day, c.until);
    Step step = happened(entry, What::paused, c.by);
    step.number = number(c.reason);
    step.day = c.until;
    step.text = c.text;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Resumed& c) {
    go_on(db, c.voice, c.reply);
    Step step = happened(entry, c.by ? What::resumed_by_officer : What::resumed, c.by);
    step.day = c.reply.due;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Answered& c) {
    const Case before = existing(db, c.voice);
    db.run(
        "update voice set state = 3, overdue = 0, answer = $2, answer_entry = $3, answered_by = $4, promised = $5, "
        "term = $6, "
        "next_day = $7, agreement = $8, pause = null where id = $1",
        c.voice.value(), number(c.answer), entry.index, value(std::optional(c.by)), days(c.promised), c.term.days,
        (c.term + 1).days, offered(c.answer, c.promised));
    if (!before.answer) add_one(db, before.cycle, "update voice_count set answered = answered + 1 where cycle = $1");
    Step step = happened(entry, What::answered, c.by);
    step.unit = before.unit;
    step.number = number(c.answer);
    step.day = c.promised;
    step.text = c.text;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Extended& c) {
    db.run("update voice set extended = extended + 1 where id = $1", c.voice.value());
    set_due(db, c.voice, c.reply);
    Step step = happened(entry, What::extended, c.by);
    if (c.reply.term.unit == deadline::Unit::working_days) step.number = c.reply.term.n;
    step.day = c.reply.due;
    step.text = c.reason;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::DueSoon& c) {
    enter_look(db, c.voice, c.duty, c.next);
    Step step = happened(entry, c.rung.level == deadline::Level::due ? What::due_today : What::reminder);
    const Case now = existing(db, c.voice);
    step.unit = now.unit;
    step.number = c.left;
    step.day = now.due;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Late& c) {
    const Case before = existing(db, c.voice);
    const bool reply = c.duty == change::Duty::reply;
    if (reply) {
        db.run("update voice set late_days = $2, overdue = $3, told = told | $4 where id = $1", c.voice.value(), c.days,
               overdue_by(c), told_by(c));
        // What is said of the answer need not be said of the unit that nobody gave it to.
        db.run("update voice set accept_next = null where id = $1", c.voice.value());
        if (before.late_days == 0) add_one(db, before.cycle, "update voice_count set late = late + 1 where cycle = $1");
    }
    enter_look(db, c.voice, c.duty, c.next);
    Step step = happened(entry, reply ? What::late_reply : What::late_accept);
    step.unit = before.unit;
    step.number = c.days;
    step.day = before.due;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Closed& c) {
    db.run("update voice set state = $2, next_day = null, closed_entry = $3 where id = $1", c.voice.value(),
           number(c.rated ? State::closed : State::closed_unrated), entry.index);
    if (!c.rated)
        add_one(db, existing(db, c.voice).cycle, "update voice_count set silent = silent + 1 where cycle = $1");
    record(db, c.voice, happened(entry, c.rated ? What::closed : What::closed_unrated));
}

void apply_one(db::Connection& db, const Entry& entry, const change::Corrected& c) {
    const What what = c.category ? What::place_corrected : c.kind ? What::kind_corrected : What::answer_corrected;
    Step step = happened(entry, what, c.by);
    if (c.category)
        db.run("update voice set category = $2, district = $3 where id = $1", c.voice.value(), *c.category,
               c.district.value_or(""));
    step.text = c.reason;
    if (c.kind) {
        db.run("update voice set kind = $2 where id = $1", c.voice.value(), number(*c.kind));
        step.number = number(*c.kind);
    }
    if (c.answer) {
        db.run("update voice set answer = $2, promised = $3, agreement = $4 where id = $1", c.voice.value(),
               number(*c.answer), days(c.promised), offered(*c.answer, c.promised));
        step.number = number(*c.answer);
        step.day = c.promised;
    }
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::WordAdded& c) {
    Step step = happened(entry, c.resumed ? What::word_given : What::word_added);
    step.text = c.text;
    if (c.resumed) {
        go_on(db, c.voice, *c.resumed);
        step.day = c.resumed->due;
    }
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Rated& c) {
    db.run("update voice set state = 4, rating = $2, solved = $3, term = $4, next_day = $5 where id = $1",
           c.voice.value(), c.stars, flag(c.solved), c.term.days, (c.term + 1).days);
    add_one(db, c.cycle, "update voice_count set rated = rated + 1 where cycle = $1");
    Step step = happened(entry, What::rated);
    step.number = c.solved ? c.stars : -c.stars;
    step.text = c.text;
    record(db, c.voice, step);
}

void take_up_again(db::Connection& db, const Case& before, int nth, std::optional<people::UnitId> superior,
                   const change::Counted& reply) {
    // The judgement was of the answer that is now redone; the history keeps it, the figures wait for the next one.
    db.run(
        "update voice set state = $2, reopened = $3, unit = $4, officer = $5, rating = null, solved = null, term = "
        "null, overdue = 0, agreement = null, accept_next = null, call_tries = 0, rating_unit = null, closed_entry = "
        "null where id = $1",
        before.id.value(), number(before.unit || superior ? State::assigned : State::received), nth,
        value(superior ? superior : before.unit), superior ? std::nullopt : value(before.officer));
    set_due(db, before.id, reply);
    if (before.rating) add_one(db, before.cycle, "update voice_count set rated = rated - 1 where cycle = $1");
    if (before.rating_unit)
        add_one(db, before.cycle, "update voice_count set called_back = called_back - 1 where cycle = $1");
    if (before.state == State::closed_unrated)
        add_one(db, before.cycle, "update voice_count set silent = silent - 1 where cycle = $1");
    if (before.reopened == 0)
        add_one(db, before.cycle, "update voice_count set reopened = reopened + 1 where cycle = $1");
}

void apply_one(db::Connection& db, const Entry& entry, const change::Reopened& c) {
    take_up_again(db, existing(db, c.voice), c.nth, c.superior, c.reply);
    Step step = happened(entry, c.superior ? What::reopened_superior : What::reopened);
    step.unit = c.superior;
    step.number = c.nth;
    step.day = c.reply.due;
    step.text = c.reason;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Withdrawn& c) {
    db.run("update voice set state = 7, overdue = 0, next_day = null, pause = null where id = $1", c.voice.value());
    add_one(db, c.cycle, "update voice_count set withdrawn = withdrawn + 1 where cycle = $1");
    record(db, c.voice, happened(entry, c.unit_asked ? What::withdrawn_asked : What::withdrawn));
}

void forget_step(db::Connection& db, std::int64_t index) {
    db.run("update voice_step set text = null where entry = $1", index);
}

}  // namespace voice

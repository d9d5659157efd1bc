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
        "update voice set overdue = case when due = $2 then overdue else 0 end, due = $2, late_from = $3, next_day = "
        "$3 where id = $1",
        voice.value(), reply.due.days, reply.late.days);
}

// An agreement without a day, as answers once had it, can be neither kept nor broken.
std::optional<std::int64_t> offered(Answer answer, std::optional<kernel::Day> promised) {
    if (answer != Answer::agreed || !promised) return std::nullopt;
    return number(Agreement::offered);
}

void add_one(db::Connection& db, people::CycleId cycle, db::Sql update) {
    if (db.change(update, cycle.value()) != 1) throw std::runtime_error("a cycle with voices and no figures");
}

}  // namespace

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
        "update voice set unit = $2, officer = $3, assigned_on = $4, state = 1, "
        "next_day = case when late_days > 0 then next_day else late_from end where id = $1",
        c.voice.value(), c.unit.value(), value(c.officer), c.day.days);
    Step step = happened(entry, What::assigned, c.by);
    step.unit = c.unit;
    step.number = value(c.officer);
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
    db.run("update voice set state = 2, asked_on = $2, next_day = $3 where id = $1", c.voice.value(), c.day.days,
           (c.until + 1).days);
    Step step = happened(entry, What::asked_back, c.by);
    step.day = c.until;
    step.text = c.question;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Resumed& c) {
    db.run("update voice set state = 1 where id = $1", c.voice.value());
    set_due(db, c.voice, c.reply);
    Step step = happened(entry, What::resumed);
    step.day = c.reply.due;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Answered& c) {
    const Case before = existing(db, c.voice);
    db.run(
        "update voice set state = 3, overdue = 0, answer = $2, answer_entry = $3, answered_by = $4, promised = $5, "
        "term = $6, "
        "next_day = $7, agreement = $8 where id = $1",
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
    db.run("update voice set extended = 1 where id = $1", c.voice.value());
    set_due(db, c.voice, c.reply);
    Step step = happened(entry, What::extended, c.by);
    step.number = c.reply.days;
    step.day = c.reply.due;
    step.text = c.reason;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Late& c) {
    const Case before = existing(db, c.voice);
    const bool reply = c.duty == change::Duty::reply;
    db.run("update voice set next_day = $2 where id = $1", c.voice.value(), c.next.days);
    if (reply) {
        db.run("update voice set late_days = $2, overdue = $3 where id = $1", c.voice.value(), c.days,
               c.days < far_overdue ? 1 : 2);
        if (before.late_days == 0) add_one(db, before.cycle, "update voice_count set late = late + 1 where cycle = $1");
    }
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
    Step step = happened(entry, c.kind ? What::kind_corrected : What::answer_corrected, c.by);
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
        db.run("update voice set state = 1 where id = $1", c.voice.value());
        set_due(db, c.voice, *c.resumed);
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

void apply_one(db::Connection& db, const Entry& entry, const change::Reopened& c) {
    const Case before = existing(db, c.voice);
    // The judgement was of the answer that is now redone; the history keeps it, the figures wait for the next one.
    db.run(
        "update voice set state = $2, reopened = $3, unit = $4, officer = $5, rating = null, solved = null, term = "
        "null, overdue = 0, agreement = null, closed_entry = null "
        "where id = $1",
        c.voice.value(), number(before.unit || c.superior ? State::assigned : State::received), c.nth,
        value(c.superior ? c.superior : before.unit), c.superior ? std::nullopt : value(before.officer));
    set_due(db, c.voice, c.reply);
    if (before.rating) add_one(db, c.cycle, "update voice_count set rated = rated - 1 where cycle = $1");
    if (before.reopened == 0) add_one(db, c.cycle, "update voice_count set reopened = reopened + 1 where cycle = $1");
    Step step = happened(entry, c.superior ? What::reopened_superior : What::reopened);
    step.unit = c.superior;
    step.number = c.nth;
    step.day = c.reply.due;
    step.text = c.reason;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Withdrawn& c) {
    db.run("update voice set state = 7, overdue = 0, next_day = null where id = $1", c.voice.value());
    add_one(db, c.cycle, "update voice_count set withdrawn = withdrawn + 1 where cycle = $1");
    record(db, c.voice, happened(entry, c.unit_asked ? What::withdrawn_asked : What::withdrawn));
}

void forget_step(db::Connection& db, std::int64_t index) {
    db.run("update voice_step set text = null where entry = $1", index);
}

std::optional<Case> find_case(db::Connection& db, VoiceId id) {
    const std::optional<db::Row> found = db.one(
        "select id, cycle, kind, audience, shown, state, way, by_staff, sample, typist, author, received, photos, "
        "source, unit, officer, "
        "assigned_on, due, late_from, next_day, late_days, reopened, bounced, extended, asked_on, answer, "
        "answer_entry, answered_by, "
        "promised, rating, solved, term, ground, held_until, held_once, hidden_by, hidden_entry, appeal, appealed_of, "
        "master, "
        "reply_days, extension_days, ask_back_days, rating_days, superior_at, overdue, joined_to, apart, agreement "
        "from voice "
        "where id = $1",
        id.value());
    if (!found) return std::nullopt;
    const db::Row& row = *found;
    Case c;
    c.id = VoiceId(row.integer(0));
    c.cycle = people::CycleId(row.integer(1));
    c.kind = static_cast<Kind>(row.integer(2));
    c.audience = static_cast<Audience>(row.integer(3));
    c.shown = static_cast<Shown>(row.integer(4));
    c.state = static_cast<State>(row.integer(5));
    c.way = static_cast<Way>(row.integer(6));
    c.by_staff = row.integer(7) != 0;
    c.sample = row.integer(8) != 0;
    c.typist = id_or_none<people::OfficerId>(row, 9);
    c.author = id_or_none<people::ParticipantId>(row, 10);
    c.received = {row.integer(11)};
    c.photos = static_cast<int>(row.integer(12));
    c.source = row.text_or_null(13).value_or("");
    c.unit = id_or_none<people::UnitId>(row, 14);
    c.officer = id_or_none<people::OfficerId>(row, 15);
    c.assigned_on = day_or_none(row, 16);
    c.due = day_or_none(row, 17);
    c.late_from = day_or_none(row, 18);
    c.next_day = day_or_none(row, 19);
    c.late_days = static_cast<int>(row.integer(20));
    c.reopened = static_cast<int>(row.integer(21));
    c.bounced = static_cast<int>(row.integer(22));
    c.extended = row.integer(23) != 0;
    c.asked_on = day_or_none(row, 24);
    c.answer = case_or_none<Answer>(row, 25);
    c.answer_entry = row.integer_or_null(26);
    c.answered_by = id_or_none<people::OfficerId>(row, 27);
    c.promised = day_or_none(row, 28);
    c.rating = int_or_none(row, 29);
    c.solved = flag_or_none(row, 30);
    c.term = day_or_none(row, 31);
    c.ground = case_or_none<Ground>(row, 32);
    c.held_until = day_or_none(row, 33);
    c.held_once = row.integer(34) != 0;
    c.hidden_by = id_or_none<people::OfficerId>(row, 35);
    c.hidden_entry = row.integer_or_null(36);
    c.appeal = row.integer_or_null(37);
    c.appealed_of = row.integer_or_null(38);
    c.master = id_or_none<VoiceId>(row, 39);
    c.terms = {int_or_none(row, 40).value_or(0), int_or_none(row, 41).value_or(0), int_or_none(row, 42).value_or(0),
               int_or_none(row, 43).value_or(0), int_or_none(row, 44).value_or(0)};
    c.overdue = static_cast<int>(row.integer(45));
    c.joined_to = id_or_none<VoiceId>(row, 46);
    c.apart = row.integer(47) != 0;
    c.agreement = case_or_none<Agreement>(row, 48);
    return c;
}

Voice public_view(const Case& c, const std::optional<change::Words>& words) {
    Voice v;
    v.id = c.id;
    v.cycle = c.cycle;
    v.kind = c.kind;
    v.audience = c.audience;
    v.shown = c.shown;
    v.state = c.state;
    v.way = c.way;
    v.received = c.received;
    v.unit = c.unit;
    v.officer = c.officer;
    v.due = c.due;
    v.late_days = c.late_days;
    v.overdue = c.overdue;
    v.reopened = c.reopened;
    v.rating = c.rating;
    v.solved = c.solved;
    v.ground = c.ground;
    v.master = c.master;
    v.joined_to = c.joined_to;
    v.agreement = c.agreement;
    v.answered = c.answer;
    v.by_staff = c.by_staff;
    v.photos = c.photos;
    v.source = c.source;
    v.sample = c.sample;
    if (!words || !c.is_public()) return v;
    v.title = words->title;
    v.text = words->text;
    v.place = words->place;
    v.lang = words->lang;
    return v;
}

namespace {

Step step_of(const db::Row& row) {
    return {row.integer(0),
            static_cast<What>(row.integer(1)),
            {row.integer(2)},
            id_or_none<people::OfficerId>(row, 3),
            id_or_none<people::UnitId>(row, 4),
            row.integer_or_null(5),
            day_or_none(row, 6),
            row.text_or_null(7)};
}

}  // namespace

std::vector<Step> steps(db::Connection& db, VoiceId voice) {
    std::vector<Step> all;
    for (const db::Row& row : db.query("select entry, what, minute, officer, unit, number, day, text from voice_step "
                                       "where voice = $1 order by entry",
                                       voice.value()))
        all.push_back(step_of(row));
    return all;
}

std::int64_t newest_act(db::Connection& db, VoiceId voice) {
    // 7 reported; 16 and 17 late: neither changes what is to be decided.
    const std::optional<db::Row> row =
        db.one("select entry from voice_step where voice = $1 and what not in (7, 16, 17) order by entry desc limit 1",
               voice.value());
    return row ? row->integer(0) : voice.value();
}

std::optional<Step> step(db::Connection& db, std::int64_t entry, VoiceId* of) {
    const std::optional<db::Row> row = db.one(
        "select entry, what, minute, officer, unit, number, day, text, voice from voice_step where entry = $1", entry);
    if (!row) return std::nullopt;
    if (of) *of = VoiceId(row->integer(8));
    return step_of(*row);
}

}  // namespace voice

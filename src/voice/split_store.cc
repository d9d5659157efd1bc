// A message that holds several matters, and its parts: each is a case of its own in all that is counted of cases, with
// what the whole had by then (its days, its lateness, its extensions), and nothing begins anew.
#include <stdexcept>

#include "figures.h"
#include "lists.h"
#include "rows.h"
#include "store.h"

namespace voice {
namespace {

Step parts_line(const ledger::Entry& entry, What what, std::optional<people::OfficerId> by = {}) {
    Step step;
    step.entry = entry.index;
    step.what = what;
    step.minute = entry.time;
    step.officer = by;
    return step;
}

Case whole_of(db::Connection& db, VoiceId id) {
    std::optional<Case> found = find_case(db, id);
    if (!found) throw std::runtime_error("parts of voice " + std::to_string(id.value()) + ", which is none");
    return *std::move(found);
}

// What the whole's words leave of the part's: none once they were erased, whatever title it was given.
void insert_passages(db::Connection& db, VoiceId part, const change::SplitOff& c) {
    const std::optional<change::Words> words = find_words(db, c.whole);
    if (!words) return;
    std::string text;
    for (const change::Passage& p : c.passages) {
        const auto from = static_cast<std::size_t>(p.from), to = static_cast<std::size_t>(p.to);
        if (to > words->text.size()) throw std::runtime_error("a passage that its message does not have");
        text += (text.empty() ? "" : "\n\n") + words->text.substr(from, to - from);
    }
    db.run("insert into voice_words (voice, title, text, place, position, lang) values ($1, $2, $3, $4, $5, $6)",
           part.value(), c.title.value_or(""), text, words->place, words->position, words->lang);
}

void put_together(db::Connection& db, VoiceId id, bool for_good) {
    const Case whole = whole_of(db, id);
    std::int64_t parts = 0, late = 0;
    for (VoiceId part : part_ids(db, id)) {
        const Case c = whole_of(db, part);
        if (c.state == State::put_back) continue;  // of a split before this one
        ++parts, late += flag(c.late_days > 0);
        db.run(
            "update voice set state = 11, overdue = 0, next_day = null, pause = null, counted_day = -counted_day where "
            "id = $1",
            part.value());
    }
    // The clock says again how late it is, by the day it always had.
    db.run(
        "update voice set state = case when unit is null then 0 else 1 end, counted_day = -counted_day, whole = $2 "
        "where id = $1",
        id.value(), flag(for_good));
    look_again(db, id);
    db.run("update voice_count set split = split - 1, parts = parts - $2, late = late - $3 where cycle = $1",
           whole.cycle.value(), parts, late - flag(whole.late_days > 0));
}

}  // namespace

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Split& c) {
    const Case whole = whole_of(db, c.voice);
    db.run("update voice set state = 10, overdue = 0, next_day = null, counted_day = -counted_day where id = $1",
           c.voice.value());
    db.run("update voice_count set split = split + 1, late = late - $2 where cycle = $1", whole.cycle.value(),
           flag(whole.late_days > 0));
    Step step = parts_line(entry, What::split, c.by);
    step.number = c.parts;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::SplitOff& c) {
    const Case whole = whole_of(db, c.whole);
    const bool same_day = whole.due == c.reply.due;
    const std::optional<std::int64_t> on = c.unit ? std::optional(c.day.days) : std::nullopt;
    db.run(
        "insert into voice (id, cycle, kind, audience, shown, state, way, by_staff, sample, typist, author, received, "
        "photos, unit, assigned_on, assigned_at, due, late_from, late_days, reopened, bounced, extended, asked_on, "
        "paused_for, ground, held_once, reply_days, extension_days, ask_back_days, rating_days, superior_at, "
        "counted_unit, counted_day, outcome, accept_next, reply_next, preset, routed_by, category, district, "
        "contracted, part_of, overdue, told) "
        "select $1, cycle, $2, audience, shown, $3, way, by_staff, sample, typist, author, received, 0, $4, $5, $6, "
        "$7, $8, late_days, 0, 0, extended, asked_on, paused_for, ground, 0, reply_days, extension_days, "
        "ask_back_days, rating_days, superior_at, case when outcome = 0 then $9 else counted_unit end, -counted_day, "
        "outcome, case when $10 = 1 then null else accept_next end, case when $11 = 1 then reply_next else $12 end, "
        "preset, routed_by, $13, $14, contracted, id, $16, told from voice where id = $15",
        entry.index, number(c.kind), number(c.unit ? State::assigned : State::received), value(c.unit), on,
        c.unit ? std::optional(entry.time.ms) : std::nullopt, c.reply.due.days, c.reply.late.days,
        c.unit ? c.unit->value() : std::int64_t{0}, flag(c.unit.has_value()), flag(same_day),
        c.reply.look.value_or(c.reply.late).days, c.category, c.district, c.whole.value(), std::int64_t{c.overdue});
    const VoiceId part(entry.index);
    look_again(db, part);
    insert_passages(db, part, c);
    begin_figures(db, part);
    db.run("update voice_count set parts = parts + 1, late = late + $2 where cycle = $1", whole.cycle.value(),
           flag(whole.late_days > 0));
    Step step = parts_line(entry, What::split_off, c.by);
    step.unit = c.unit;
    step.number = c.whole.value();
    record(db, part, step);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::KeptWhole& c) {
    put_together(db, c.voice, true);
    Step step = parts_line(entry, What::kept_whole);
    step.text = c.reason;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::PutTogether& c) {
    put_together(db, c.voice, false);
    Step step = parts_line(entry, What::put_together, c.by);
    step.text = c.reason;
    record(db, c.voice, step);
}

void forget_title(db::Connection& db, std::int64_t index) {
    db.run("update voice_words set title = '' where voice = $1", index);
}

std::vector<VoiceId> part_ids(db::Connection& db, VoiceId whole) {
    std::vector<VoiceId> all;
    for (const db::Row& row : db.query("select id from voice where part_of = $1 order by id", whole.value()))
        all.emplace_back(row.integer(0));
    return all;
}

std::vector<Voice> parts_of(db::Connection& db, VoiceId whole) {
    db::Query query = list_query();
    query.where("v.part_of = ?", whole.value()).then("order by v.id limit ?", 1000);
    std::vector<Voice> all;
    for (const db::Row& row : db.query(query)) all.push_back(listed(row, true));
    return all;
}

std::optional<kernel::Instant> over_since(db::Connection& db, VoiceId id) {
    const std::optional<Voice> v = voice(db, id);
    if (!v || !is_over(db, *v)) return std::nullopt;
    std::optional<kernel::Instant> since;
    std::vector<VoiceId> these = v->state == State::split ? part_ids(db, id) : std::vector<VoiceId>();
    these.push_back(id);
    if (v->state == State::put_back) these.push_back(v->part_of.value());  // said there
    for (VoiceId one : these) {
        db::Query ends("select max(minute) from voice_step");
        ends.where("voice = ?", one.value());
        ends.where_in("what", {number(What::closed), number(What::closed_unrated), number(What::withdrawn),
                               number(What::withdrawn_asked), number(What::kept_whole), number(What::put_together)});
        const std::optional<std::int64_t> ms = db.query(ends).at(0).integer_or_null(0);
        if (ms && (!since || since->ms < *ms)) since = kernel::Instant{*ms};
    }
    return since;
}

bool is_over(db::Connection& db, const Voice& v) {
    switch (v.state) {
        case State::closed:
        case State::closed_unrated:
        case State::withdrawn:
        case State::noted:
        case State::put_back:
            return true;
        case State::received:
        case State::assigned:
        case State::asked_back:
        case State::answered:
        case State::rated:
        case State::joined:
            return false;
        case State::split:
            break;
    }
    return !db.one("select id from voice where part_of = $1 and state in (0, 1, 2, 3, 4, 9) limit 1", v.id.value());
}

}  // namespace voice

#include "found.h"
#include "rows.h"
#include "store.h"

namespace voice {

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::FoundOpen& c) {
    const Case before = find_case(db, c.voice).value();
    // As when the author reopens: the judgement was of the answer that is now redone.
    db.run(
        "update voice set state = $2, unit = $3, officer = $4, rating = null, solved = null, term = null, overdue = 0, "
        "told = 0, "
        "agreement = null, accept_next = null, call_tries = 0, rating_unit = null, closed_entry = null, due = $5, "
        "late_from = $6, reply_next = $7 where id "
        "= $1",
        c.voice.value(), number(c.unit ? State::assigned : State::received), value(c.unit),
        c.unit ? value(before.officer) : std::nullopt, c.reply.due.days, c.reply.late.days,
        c.reply.look.value_or(c.reply.late).days);
    look_again(db, c.voice);
    if (before.rating)
        db.run("update voice_count set rated = rated - 1 where cycle = $1", before.cycle.value());
    else if (before.state == State::closed_unrated)
        db.run("update voice_count set silent = silent - 1 where cycle = $1", before.cycle.value());
    if (before.rating_unit)
        db.run("update voice_count set called_back = called_back - 1 where cycle = $1", before.cycle.value());
    Step step;
    step.entry = entry.index;
    step.what = What::found_open;
    step.minute = entry.time;
    step.unit = c.unit;
    step.number = c.look;
    step.day = c.reply.due;
    record(db, c.voice, step);
}

std::vector<ClosedCase> closed_between(db::Connection& db, people::UnitId unit, std::int64_t from, std::int64_t to) {
    std::vector<ClosedCase> all;
    for (const db::Row& row :
         db.query("select id, closed_entry from voice where unit = $1 and closed_entry >= $2 and closed_entry < $3 "
                  "and audience = 0 order by closed_entry",
                  unit.value(), from, to))
        all.push_back({VoiceId(row.integer(0)), row.integer(1)});
    return all;
}

std::int64_t closed_count(db::Connection& db, people::UnitId unit, std::int64_t from, std::int64_t to) {
    return db
        .one("select count(*) from voice where unit = $1 and closed_entry >= $2 and closed_entry < $3 and audience = 0",
             unit.value(), from, to)
        ->integer(0);
}

std::optional<std::int64_t> first_closed(db::Connection& db, people::UnitId unit, std::int64_t from) {
    const auto row = db.one(
        "select closed_entry from voice where unit = $1 and closed_entry >= $2 and audience = 0 "
        "order by closed_entry limit 1",
        unit.value(), from);
    return row ? std::optional(row->integer(0)) : std::nullopt;
}

bool had_a_hand(db::Connection& db, VoiceId voice, people::OfficerId officer) {
    const std::optional<Case> c = find_case(db, voice);
    if (!c) return false;
    if (c->officer == officer || c->answered_by == officer || c->typist == officer) return true;
    // 10: assigned, with the handler as its number.
    static_assert(number(What::assigned) == 10);
    return db
        .one("select 1 from voice_step where voice = $1 and (officer = $2 or (what = 10 and number = $2)) limit 1",
             voice.value(), officer.value())
        .has_value();
}

}  // namespace voice

#include <stdexcept>

#include "call_back.h"
#include "rows.h"
#include "store.h"

namespace voice {
namespace {

void add_to_count(db::Connection& db, people::CycleId cycle, db::Sql update) {
    if (db.change(update, cycle.value()) != 1) throw std::runtime_error("a cycle with calls and no figures");
}

}  // namespace

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::CalledBack& c) {
    const std::optional<Case> before = find_case(db, c.voice);
    if (!before) throw std::runtime_error("a call about a voice that is none");
    Step step;
    step.entry = entry.index;
    step.minute = entry.time;
    step.officer = c.by;
    step.unit = c.unit;
    step.text = c.text;
    if (c.again) {
        take_up_again(db, *before, c.again->nth, c.again->superior, c.again->reply);
        step.what = c.again->superior ? What::called_reopened_superior : What::called_reopened;
        step.number = c.stars;
        step.day = c.again->reply.due;
    } else if (c.outcome == Call::rated) {
        db.run(
            "update voice set state = 4, rating = $2, solved = $3, term = $4, next_day = $5, rating_unit = $6, "
            "call_tries = $7 where id = $1",
            c.voice.value(), c.stars, flag(c.solved), c.term.value().days, (c.term.value() + 1).days, c.unit.value(),
            c.nth);
        add_to_count(db, before->cycle,
                     "update voice_count set rated = rated + 1, called_back = called_back + 1 where cycle = $1");
        step.what = What::called_rated;
        step.number = c.solved ? c.stars : -c.stars;
    } else {
        const bool refused = c.outcome == Call::refused;
        db.run("update voice set call_tries = $2 where id = $1", c.voice.value(), refused ? most_calls : c.nth);
        step.what = refused ? What::called_refused : What::called_not_reached;
        step.number = c.nth;
    }
    record(db, c.voice, step);
}

std::vector<ToCall> to_call(db::Connection& db, std::optional<ToCall> after, int at_most) {
    db::Query query("select term, id from voice");
    query.where("state = 3").where("typist is not null").where("call_tries < 3");
    if (after) query.where("(term, id) > (?, ?)", after->until.days, after->voice.value());
    query.then("order by term, id limit ?", at_most);
    std::vector<ToCall> all;
    for (const db::Row& row : db.query(query)) all.push_back({kernel::Day{row.integer(0)}, VoiceId(row.integer(1))});
    return all;
}

}  // namespace voice

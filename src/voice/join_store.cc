#include <stdexcept>

#include "rows.h"
#include "store.h"

namespace voice {
namespace {

Step line_of(const ledger::Entry& entry, What what, people::OfficerId officer = {}) {
    Step step;
    step.entry = entry.index;
    step.what = what;
    step.minute = entry.time;
    if (officer) step.officer = officer;
    return step;
}

void stand_alone(db::Connection& db, VoiceId voice, bool for_good) {
    db.run(
        "update voice set state = case when unit is null then 0 else 1 end, joined_to = null, apart = $2 where id = $1",
        voice.value(), flag(for_good));
}

}  // namespace

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Joined& c) {
    // While no unit has either, the clock goes on looking at that; else at the answer alone.
    db.run(
        "update voice set state = 9, joined_to = $2, unit = $3, officer = null, accept_next = case when $4 = 1 then "
        "accept_next else null end where id = $1",
        c.voice.value(), c.master.value(), value(c.unit), flag(!c.unit));
    look_again(db, c.voice);
    Step step = line_of(entry, What::joined, c.by);
    step.unit = c.unit;
    step.number = c.master.value();
    step.text = c.reason;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::DueSooner& c) {
    // Where the clock stands it goes on from the new day when it goes on.
    db.run("update voice set overdue = 0, told = 0, due = $2, late_from = $3, reply_next = $4 where id = $1",
           c.voice.value(), c.reply.due.days, c.reply.late.days, c.reply.look.value_or(c.reply.late).days);
    look_again(db, c.voice);
    Step step = line_of(entry, What::due_sooner, c.by);
    step.number = c.joined.value();
    step.day = c.reply.due;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Parted& c) {
    stand_alone(db, c.voice, false);
    Step step = line_of(entry, What::parted, c.by);
    step.text = c.reason;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::KeptApart& c) {
    stand_alone(db, c.voice, true);
    Step step = line_of(entry, What::kept_apart);
    step.text = c.reason;
    record(db, c.voice, step);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::AnsweredWith& c) {
    const std::optional<Case> before = find_case(db, c.voice), master = find_case(db, c.master);
    if (!before || !master) throw std::runtime_error("an answer with a voice that is none");
    db.run(
        "update voice set state = 3, overdue = 0, unit = $2, answer = $3, answer_entry = $4, answered_by = $5, "
        "promised = $6, term = $7, next_day = $8 where id = $1",
        c.voice.value(), value(c.unit), number(c.answer), entry.index, value(master->answered_by), days(c.promised),
        c.term.days, (c.term + 1).days);
    if (!before->answer)
        db.run("update voice_count set answered = answered + 1 where cycle = $1", before->cycle.value());
    Step step = line_of(entry, What::answered_with);
    step.unit = c.unit;
    step.number = c.master.value();
    step.day = c.promised;
    record(db, c.voice, step);
}

std::vector<Pair> waiting_with(db::Connection& db, Pair after, int at_most) {
    std::vector<Pair> all;
    for (const db::Row& row : db.query("select joined_to, id from voice where state = 9 and (joined_to, id) > ($1, $2) "
                                       "order by joined_to, id limit $3",
                                       after.master.value(), after.voice.value(), at_most))
        all.push_back({VoiceId(row.integer(0)), VoiceId(row.integer(1))});
    return all;
}

bool has_joined(db::Connection& db, VoiceId master) {
    return db.one("select id from voice where joined_to = $1 and state = 9 limit 1", master.value()).has_value();
}

std::vector<VoiceId> joined_with(db::Connection& db, VoiceId master, VoiceId after, int at_most) {
    std::vector<VoiceId> all;
    for (const db::Row& row : db.query("select id from voice where joined_to = $1 and id > $2 order by id limit $3",
                                       master.value(), after.value(), at_most))
        all.emplace_back(row.integer(0));
    return all;
}

}  // namespace voice

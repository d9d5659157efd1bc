#include "store.h"

#include <algorithm>
#include <stdexcept>

namespace decision {
namespace {

std::int64_t bit(bool b) { return b ? 1 : 0; }

void record(db::Connection& db, const ledger::Entry& entry, std::int64_t about, What what, people::OfficerId by,
            const std::string& words) {
    db.run("insert into decision_event (entry, about, minute, what, officer, words) values ($1, $2, $3, $4, $5, $6)",
           entry.index, about, entry.time.ms, static_cast<std::int64_t>(what), by.value(), words);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::SetUp& c) {
    db.run(
        "insert into decision_body (id, name, unit, seats, filled, rules, sample) values ($1, $2, $3, $4, 0, $5, $6)",
        entry.index, c.name, c.unit.value(), c.seats, kernel::canonical(as_json(c.rules)), bit(c.sample));
    record(db, entry, entry.index, What::set_up, c.by, "");
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::RulesSet& c) {
    db.run("update decision_body set rules = $2 where id = $1", c.body.value(), kernel::canonical(as_json(c.rules)));
    record(db, entry, c.body.value(), What::rules_set, c.by, c.reason);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Seated& c) {
    db.run("insert into decision_member (body, officer, name, chair, entry) values ($1, $2, $3, $4, $5)",
           c.body.value(), c.member.officer.value(), c.member.name, bit(c.member.chair), entry.index);
    db.run("update decision_body set filled = filled + 1 where id = $1", c.body.value());
    record(db, entry, c.body.value(), What::seated, c.by, c.member.name);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Unseated& c) {
    db.run("delete from decision_member where body = $1 and officer = $2", c.body.value(), c.member.value());
    db.run("update decision_body set filled = filled - 1 where id = $1", c.body.value());
    record(db, entry, c.body.value(), What::unseated, c.by, c.reason);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::ClerksNamed& c) {
    db.run("delete from decision_clerk where body = $1", c.body.value());
    for (people::OfficerId each : c.clerks)
        db.run("insert into decision_clerk (body, officer) values ($1, $2)", c.body.value(), each.value());
    record(db, entry, c.body.value(), What::clerks_named, c.by, c.reason);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Called& c) {
    db.run(
        "insert into decision_sitting (id, body, cycle, state, day, place, seats, rules, roll, present, minutes, "
        "minutes_entry, minutes_by, sample) values ($1, $2, $3, 0, $4, $5, $6, $7, $8, 0, '', null, null, $9)",
        entry.index, c.body.value(), c.cycle.value(), c.day.days, c.where, c.seats,
        kernel::canonical(as_json(c.frozen)), static_cast<std::int64_t>(c.roll.size()), bit(c.sample));
    for (const Member& m : c.roll)
        db.run("insert into decision_roll (sitting, officer, name, chair, present) values ($1, $2, $3, $4, 0)",
               entry.index, m.officer.value(), m.name, bit(m.chair));
    record(db, entry, entry.index, What::called, c.by, "");
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Tabled& c) {
    const MotionDraft& m = c.draft;
    db.run(
        "insert into decision_motion (id, sitting, issue, kind, title, reason, lang, secret, state, measures, "
        "measure_words, yes, no, abstain, quorum, base, needed, sample) values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, "
        "$10, 0, 0, 0, 0, 0, 0, $11)",
        entry.index, c.sitting.value(), m.issue.value(), static_cast<std::int64_t>(m.kind), m.title, m.reason, m.lang,
        bit(m.secret), kernel::canonical(measure_facts(m.measures)),
        entry.words ? kernel::canonical(measure_words(m.measures)) : std::string(), bit(c.sample));
    record(db, entry, entry.index, What::tabled, c.by, "");
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Stepped& c) {
    const auto [state, what] = [&] {
        switch (c.step) {
            case change::Step::agenda:
                return std::pair(SittingState::agenda, What::agenda);
            case change::Step::open:
                return std::pair(SittingState::open, What::opened);
            case change::Step::signed_:
                return std::pair(SittingState::signed_, What::signed_);
        }
        throw std::logic_error("a step of a sitting that there is not");
    }();
    db.run("update decision_sitting set state = $2 where id = $1", c.sitting.value(), static_cast<std::int64_t>(state));
    record(db, entry, c.sitting.value(), what, c.by, "");
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Attended& c) {
    db.run("update decision_roll set present = $3 where sitting = $1 and officer = $2", c.sitting.value(),
           c.member.value(), bit(c.here));
    db.run("update decision_sitting set present = present + $2 where id = $1", c.sitting.value(),
           std::int64_t{c.here ? 1 : -1});
    record(db, entry, c.sitting.value(), c.here ? What::came : What::left, c.member, "");
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Put& c) {
    db.run("update decision_motion set state = $2 where id = $1", c.motion.value(),
           static_cast<std::int64_t>(MotionState::voting));
    record(db, entry, c.motion.value(), What::put, c.by, "");
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Voted& c) {
    db.run(
        "insert into decision_vote (motion, officer, vote, remark, entry) values ($1, $2, $3, $4, $5) on conflict "
        "(motion, officer) do update set vote = excluded.vote, remark = excluded.remark, entry = excluded.entry",
        c.motion.value(), c.by.value(), static_cast<std::int64_t>(c.vote), c.remark, entry.index);
    record(db, entry, c.motion.value(), What::voted, c.by, "");
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Counted& c) {
    const std::int64_t id = c.motion.value();
    db.run(
        "update decision_motion set state = $2, yes = $3, no = $4, abstain = $5, quorum = $6, base = $7, needed = $8 "
        "where id = $1",
        id, static_cast<std::int64_t>(c.state), c.tally.yes, c.tally.no, c.tally.abstain, bit(c.outcome.quorum),
        c.outcome.base, c.outcome.needed);
    for (people::OfficerId voter : c.voters)
        db.run("insert into decision_voter (motion, officer) values ($1, $2)", id, voter.value());
    db.run("delete from decision_spent where motion = $1", id);
    db.run("delete from decision_box where motion = $1", id);
    const std::int64_t sitting = db.one("select sitting from decision_motion where id = $1", id).value().integer(0);
    // Tabled or voting.
    if (!db.one("select id from decision_motion where sitting = $1 and state < 2 limit 1", sitting))
        db.run("update decision_sitting set state = $2 where id = $1", sitting,
               static_cast<std::int64_t>(SittingState::voted));
    record(db, entry, id, What::counted, c.by, "");
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Minuted& c) {
    db.run("update decision_sitting set state = $2, minutes = $3, minutes_entry = $4, minutes_by = $5 where id = $1",
           c.sitting.value(), static_cast<std::int64_t>(SittingState::minutes), c.text, entry.index, c.by.value());
    record(db, entry, c.sitting.value(), What::minuted, c.by, "");
}

Rules stored_rules(const std::string& text) {
    const auto json = kernel::parse_json(text, kernel::Numbers::canonical);
    if (!json) throw std::runtime_error("stored rules of procedure cannot be read");
    return rules_of(*json);
}

Body body_of(const db::Row& row) {
    Body b;
    b.id = BodyId(row.integer(0)), b.name = row.text(1), b.unit = people::UnitId(row.integer(2));
    b.seats = row.integer(3), b.filled = row.integer(4), b.rules = stored_rules(row.text(5)),
    b.sample = row.integer(6) != 0;
    return b;
}

}  // namespace

void apply(db::Connection& db, const ledger::Entry& entry) {
    std::visit([&](const auto& c) { apply_one(db, entry, c); }, change::decode(entry));
}

void forget(db::Connection& db, std::int64_t index) {
    db.run("update decision_body set name = '' where id = $1", index);
    db.run("update decision_member set name = '' where entry = $1", index);
    db.run("update decision_sitting set place = '' where id = $1", index);
    db.run("update decision_sitting set minutes = '' where minutes_entry = $1", index);
    db.run("update decision_roll set name = '' where sitting = $1", index);
    db.run("update decision_motion set title = '', reason = '', measure_words = '' where id = $1", index);
    db.run("update decision_vote set remark = '' where entry = $1", index);
    db.run("update decision_event set words = '' where entry = $1", index);
}

// ---- the ballot box ------------------------------------------------------------------------------------------------

bool has_voted_secretly(db::Connection& db, MotionId id, people::OfficerId officer) {
    return db.one("select motion from decision_spent where motion = $1 and officer = $2", id.value(), officer.value())
        .has_value();
}

void drop_ballot(db::Connection& db, MotionId id, people::OfficerId officer, Vote vote) {
    if (!db.one("select motion from decision_box where motion = $1 limit 1", id.value()))
        for (Vote each : {Vote::yes, Vote::no, Vote::abstain})
            db.run("insert into decision_box (motion, vote, ballots) values ($1, $2, 0)", id.value(),
                   static_cast<std::int64_t>(each));
    // All three rows are written, whatever was chosen: PostgreSQL shows which transaction wrote a row last, and the
    // voter's row is of the same one.
    db.run("update decision_box set ballots = ballots + case when vote = $2 then 1 else 0 end where motion = $1",
           id.value(), static_cast<std::int64_t>(vote));
    db.run("insert into decision_spent (motion, officer) values ($1, $2)", id.value(), officer.value());
}

std::vector<Cast> ballots(db::Connection& db, MotionId id) {
    std::vector<Cast> all;
    for (const db::Row& row :
         db.query("select vote, ballots from decision_box where motion = $1 order by vote", id.value()))
        all.insert(all.end(), static_cast<std::size_t>(row.integer(1)),
                   Cast{{}, static_cast<Vote>(row.integer(0)), ""});
    return all;
}

std::vector<people::OfficerId> secret_voters(db::Connection& db, MotionId id) {
    std::vector<people::OfficerId> all;
    for (const db::Row& row : db.query("select officer from decision_spent where motion = $1 union select officer from "
                                       "decision_voter where motion = $1 order by 1",
                                       id.value()))
        all.emplace_back(row.integer(0));
    return all;
}

// ---- reading -------------------------------------------------------------------------------------------------------

std::vector<Member> members(db::Connection& db, BodyId id) {
    std::vector<Member> all;
    for (const db::Row& row :
         db.query("select officer, name, chair from decision_member where body = $1 order by officer limit 10000",
                  id.value()))
        all.push_back({people::OfficerId(row.integer(0)), row.text(1), row.integer(2) != 0, false});
    return all;
}

std::vector<Member> roll(db::Connection& db, SittingId id) {
    std::vector<Member> all;
    for (const db::Row& row : db.query(
             "select officer, name, chair, present from decision_roll where sitting = $1 order by officer limit 10000",
             id.value()))
        all.push_back({people::OfficerId(row.integer(0)), row.text(1), row.integer(2) != 0, row.integer(3) != 0});
    return all;
}

std::vector<Cast> named_votes(db::Connection& db, MotionId id) {
    std::vector<Cast> all;
    for (const db::Row& row :
         db.query("select officer, vote, remark from decision_vote where motion = $1 order by officer limit 10000",
                  id.value()))
        all.push_back({people::OfficerId(row.integer(0)), static_cast<Vote>(row.integer(1)), row.text(2)});
    return all;
}

std::optional<people::OfficerId> minutes_by(db::Connection& db, SittingId id) {
    const auto row = db.one("select minutes_by from decision_sitting where id = $1", id.value());
    const auto by = row ? row->integer_or_null(0) : std::nullopt;
    return by ? std::optional(people::OfficerId(*by)) : std::nullopt;
}

std::optional<Body> body(db::Connection& db, BodyId id) {
    const auto row =
        db.one("select id, name, unit, seats, filled, rules, sample from decision_body where id = $1", id.value());
    if (!row) return std::nullopt;
    Body found = body_of(*row);
    for (const db::Row& each :
         db.query("select officer from decision_clerk where body = $1 order by officer", id.value()))
        found.clerks.emplace_back(each.integer(0));
    return found;
}

std::vector<Body> bodies(db::Connection& db, BodyId after, int at_most) {
    std::vector<Body> all;
    for (const db::Row& row : db.query(
             "select id, name, unit, seats, filled, rules, sample from decision_body where id > $1 order by id limit "
             "$2",
             after.value(), at_most))
        all.push_back(body_of(row));
    if (all.empty()) return all;
    const auto by_id = [](const Body& b, std::int64_t id) { return b.id.value() < id; };
    for (const db::Row& row :
         db.query("select body, officer from decision_clerk where body > $1 and body <= $2 order by body, officer",
                  after.value(), all.back().id.value()))
        if (const auto at = std::lower_bound(all.begin(), all.end(), row.integer(0), by_id);
            at != all.end() && at->id.value() == row.integer(0))
            at->clerks.emplace_back(row.integer(1));
    return all;
}

std::vector<Happened> history(db::Connection& db, std::int64_t about) {
    std::vector<Happened> all;
    for (const db::Row& row : db.query("select entry, minute, what, officer, words from decision_event where about = "
                                       "$1 order by entry",
                                       about))
        all.push_back({row.integer(0),
                       {row.integer(1)},
                       static_cast<What>(row.integer(2)),
                       people::OfficerId(row.integer(3)),
                       row.text(4)});
    return all;
}

std::optional<std::string> link_of_entry(db::Connection& db, std::int64_t entry) {
    const auto row = db.one("select about from decision_event where entry = $1", entry);
    if (!row) return std::nullopt;
    const std::int64_t about = row->integer(0);
    const std::string number = std::to_string(about);
    if (motion(db, MotionId(about))) return "/motions/" + number;
    if (sitting(db, SittingId(about))) return "/sittings/" + number;
    return "/bodies/" + number;
}

}  // namespace decision

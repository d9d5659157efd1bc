// Reading sittings and motions.
#include <stdexcept>

#include "store.h"

namespace decision {
namespace {

kernel::Json stored_json(const std::string& text) {
    auto json = kernel::parse_json(text, kernel::Numbers::canonical);
    if (!json) throw std::runtime_error("a stored sitting or motion cannot be read");
    return *std::move(json);
}

Sitting sitting_of(const db::Row& row) {
    Sitting s;
    s.id = SittingId(row.integer(0)), s.body = BodyId(row.integer(1)), s.cycle = people::CycleId(row.integer(2));
    s.state = static_cast<SittingState>(row.integer(3)), s.day = kernel::Day{row.integer(4)}, s.where = row.text(5),
    s.seats = row.integer(6);
    s.frozen = rules_of(stored_json(row.text(7))), s.roll = row.integer(8), s.present = row.integer(9),
    s.minutes = row.text(10);
    s.sample = row.integer(11) != 0;
    s.quorum = outcome(s.frozen, s.seats, s.roll, s.present, {}, {}).quorum;
    return s;
}

Motion motion_of(const db::Row& row) {
    Motion m;
    m.id = MotionId(row.integer(0)), m.sitting = SittingId(row.integer(1)), m.issue = issue::IssueId(row.integer(2));
    m.kind = static_cast<MotionKind>(row.integer(3)), m.title = row.text(4), m.reason = row.text(5),
    m.lang = row.text(6);
    m.secret = row.integer(7) != 0, m.state = static_cast<MotionState>(row.integer(8));
    const std::string& texts = row.text(10);
    const kernel::Json words = texts.empty() ? kernel::Json() : stored_json(texts);
    m.measures = measures_of(stored_json(row.text(9)), &words);
    m.tally = {row.integer(11), row.integer(12), row.integer(13)};
    m.outcome = {row.integer(14) != 0, m.state == MotionState::carried, row.integer(15), row.integer(16)};
    m.sample = row.integer(17) != 0;
    return m;
}

std::vector<Motion> motions_in(const db::Rows& rows) {
    std::vector<Motion> all;
    for (const db::Row& row : rows) all.push_back(motion_of(row));
    return all;
}

}  // namespace

std::optional<Sitting> sitting(db::Connection& db, SittingId id) {
    const auto row = db.one(
        "select id, body, cycle, state, day, place, seats, rules, roll, present, minutes, sample from decision_sitting "
        "where id = $1",
        id.value());
    return row ? std::optional(sitting_of(*row)) : std::nullopt;
}

std::vector<Sitting> sittings(db::Connection& db, std::optional<BodyId> of, std::optional<people::CycleId> cycle,
                              std::optional<SittingId> before, int at_most) {
    db::Query q(
        "select id, body, cycle, state, day, place, seats, rules, roll, present, minutes, sample from "
        "decision_sitting");
    if (of) q.where("body = ?", of->value());
    if (cycle) q.where("cycle = ?", cycle->value());
    if (before) q.where("id < ?", before->value());
    q.then("order by id desc limit ?", at_most);
    std::vector<Sitting> all;
    for (const db::Row& row : db.query(q)) all.push_back(sitting_of(row));
    return all;
}

std::optional<Motion> motion(db::Connection& db, MotionId id) {
    const auto row = db.one(
        "select id, sitting, issue, kind, title, reason, lang, secret, state, measures, measure_words, yes, no, "
        "abstain, quorum, base, needed, sample from decision_motion where id = $1",
        id.value());
    return row ? std::optional(motion_of(*row)) : std::nullopt;
}

std::vector<Motion> motions(db::Connection& db, SittingId id) {
    return motions_in(db.query(
        "select id, sitting, issue, kind, title, reason, lang, secret, state, measures, measure_words, yes, no, "
        "abstain, quorum, base, needed, sample from decision_motion where sitting = $1 order by id limit 500",
        id.value()));
}

std::vector<Motion> motions_of(db::Connection& db, issue::IssueId id) {
    return motions_in(db.query(
        "select id, sitting, issue, kind, title, reason, lang, secret, state, measures, measure_words, yes, no, "
        "abstain, quorum, base, needed, sample from decision_motion where issue = $1 order by id limit 500",
        id.value()));
}

std::string_view name(What what) {
    switch (what) {
        case What::set_up:
            return "set_up";
        case What::seated:
            return "seated";
        case What::unseated:
            return "unseated";
        case What::called:
            return "called";
        case What::tabled:
            return "tabled";
        case What::agenda:
            return "agenda";
        case What::opened:
            return "opened";
        case What::signed_:
            return "signed";
        case What::came:
            return "came";
        case What::left:
            return "left";
        case What::put:
            return "put";
        case What::voted:
            return "voted";
        case What::counted:
            return "counted";
        case What::minuted:
            return "minuted";
        case What::rules_set:
            return "rules_set";
        case What::clerks_named:
            return "clerks_named";
    }
    return {};
}

}  // namespace decision

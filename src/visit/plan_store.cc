// The rows of plans.
#include "store.h"

namespace visit {
namespace {

enum class PlanIs { open, kept, called_off };  // numbers are stored

std::int64_t number(PlanIs what) { return static_cast<std::int64_t>(what); }

Plan plan_from(const db::Row& row) {
    Plan p;
    p.id = PlanId(row.integer(0));
    if (row.integer(1) != 0) p.issue = issue::IssueId(row.integer(1));
    p.cycle = people::CycleId(row.integer(2));
    p.unit = people::UnitId(row.integer(3));
    p.made = {row.integer(4)};
    p.day = {row.integer(5)};
    p.announced = row.integer(6) != 0;
    p.posts = row.text(7);
    p.where = row.text(8);
    p.why = row.text(9);
    p.lang = row.text(10);
    p.called_off = static_cast<PlanIs>(row.integer(11)) == PlanIs::called_off;
    if (const auto visit = row.integer_or_null(12)) p.visit = VisitId(*visit);
    p.reason = row.text(13);
    p.sample = row.integer(14) != 0;
    return p;
}

}  // namespace

void apply_plan(db::Connection& db, const ledger::Entry& entry, const change::Planned& c) {
    db.run(
        "insert into visit_plan (id, issue, cycle, unit, made, day, announced, posts, place, why, lang, what, visit, "
        "ended_entry, reason, sample) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, null, null, '', $12)",
        entry.index, c.issue ? c.issue->value() : 0, c.cycle.value(), c.unit.value(), c.made.days, c.day.days,
        c.announced ? 1 : 0, c.posts, c.where, c.why, c.lang, c.sample ? 1 : 0);
    count_plan(db, c.unit, c.day, 1, 0);
}

void apply_plan(db::Connection& db, const ledger::Entry& entry, const change::CalledOff& c) {
    const Plan was = plan(db, c.plan).value();
    db.run("update visit_plan set what = $2, ended_entry = $3, reason = $4 where id = $1", c.plan.value(),
           number(PlanIs::called_off), entry.index, c.reason);
    count_plan(db, was.unit, was.day, 0, 1);
}

void keep_plan(db::Connection& db, PlanId plan, VisitId visit) {
    db.run("update visit_plan set what = $2, visit = $3, ended_entry = $3 where id = $1", plan.value(),
           number(PlanIs::kept), visit.value());
}

void forget_plan(db::Connection& db, std::int64_t index) {
    db.run("update visit_plan set posts = '', place = '', why = '' where id = $1", index);
    db.run("update visit_plan set reason = '' where ended_entry = $1", index);
}

std::optional<Plan> plan(db::Connection& db, PlanId id) {
    const auto row = db.one(
        "select id, issue, cycle, unit, made, day, announced, posts, place, why, lang, what, visit, reason, sample "
        "from visit_plan where id = $1",
        id.value());
    return row ? std::optional(plan_from(*row)) : std::nullopt;
}

std::vector<Plan> plans(db::Connection& db, const PlanFilter& f) {
    db::Query q(
        "select id, issue, cycle, unit, made, day, announced, posts, place, why, lang, what, visit, reason, sample "
        "from visit_plan");
    if (f.unit) q.where("unit = ?", f.unit->value());
    if (f.open_only) q.where("what = ?", number(PlanIs::open));
    if (f.before) q.where("id < ?", f.before->value());
    q.then("order by id desc limit ?", f.at_most);
    std::vector<Plan> all;
    for (const db::Row& row : db.query(q)) all.push_back(plan_from(row));
    return all;
}

std::optional<PlanId> plan_of_entry(db::Connection& db, std::int64_t entry) {
    const auto row = db.one("select id from visit_plan where id = $1 or (ended_entry = $1 and what = 2)", entry);
    return row ? std::optional(PlanId(row->integer(0))) : std::nullopt;
}

}  // namespace visit

// Counters of units by month.
#include "store.h"

namespace visit {
namespace {

std::int64_t month_of(kernel::Day day) {
    const kernel::Date d = kernel::date(day);
    return std::int64_t{d.year} * 12 + d.month - 1;
}

void begin_month(db::Connection& db, people::UnitId unit, std::int64_t month) {
    db.run(
        "insert into visit_unit_month (unit, month, visits, by_deciders, planned, unplanned, issues_seen, met, plans, "
        "called_off, sample) values ($1, $2, 0, 0, 0, 0, 0, 0, 0, 0, 0) on conflict (unit, month) do nothing",
        unit.value(), month);
}

// By how much the number of distinct issues grows: -1, 0 or 1.
std::int64_t count_issue(db::Connection& db, const Visit& v, std::int64_t month, std::int64_t sign) {
    if (!v.issue) return 0;
    const auto row = db.one("select visits from visit_unit_issue where unit = $1 and month = $2 and issue = $3",
                            v.unit.value(), month, v.issue->value());
    const std::int64_t before = row ? row->integer(0) : 0, after = before + sign;
    if (after == 0)
        db.run("delete from visit_unit_issue where unit = $1 and month = $2 and issue = $3", v.unit.value(), month,
               v.issue->value());
    else
        db.run(
            "insert into visit_unit_issue (unit, month, issue, visits) values ($1, $2, $3, $4) "
            "on conflict (unit, month, issue) do update set visits = excluded.visits",
            v.unit.value(), month, v.issue->value(), after);
    return (after > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
}

}  // namespace

void count_visit(db::Connection& db, const Visit& v, std::int64_t sign) {
    const std::int64_t month = month_of(v.day);
    begin_month(db, v.unit, month);
    const std::int64_t issues = count_issue(db, v, month, sign);
    db.run(
        "update visit_unit_month set visits = visits + $3, by_deciders = by_deciders + $4, planned = planned + $5, "
        "unplanned = unplanned + $6, issues_seen = issues_seen + $7, met = met + $8, sample = sample + $9 "
        "where unit = $1 and month = $2",
        v.unit.value(), month, sign, v.may_decide ? sign : 0, v.planned == true ? sign : 0,
        v.planned == false ? sign : 0, issues, sign * v.met, v.sample ? sign : 0);
}

void count_plan(db::Connection& db, people::UnitId unit, kernel::Day day, std::int64_t plans, std::int64_t called_off) {
    begin_month(db, unit, month_of(day));
    db.run(
        "update visit_unit_month set plans = plans + $3, called_off = called_off + $4 where unit = $1 and month = $2",
        unit.value(), month_of(day), plans, called_off);
}

UnitCounts unit_counts(db::Connection& db, const std::vector<people::UnitId>& units, kernel::Day from, kernel::Day to) {
    db::Query q(
        "select visits, by_deciders, met, planned, unplanned, issues_seen, plans, called_off, sample "
        "from visit_unit_month");
    std::vector<std::int64_t> ids;
    for (people::UnitId unit : units) ids.push_back(unit.value());
    q.where_in("unit", ids);
    q.where("month between ? and ?", month_of(from), month_of(to));
    UnitCounts n;
    for (const db::Row& row : db.query(q)) {
        n.visits += row.integer(0), n.by_deciders += row.integer(1), n.met += row.integer(2);
        n.planned += row.integer(3), n.unplanned += row.integer(4), n.issues_seen += row.integer(5);
        n.plans += row.integer(6), n.called_off += row.integer(7), n.sample += row.integer(8);
    }
    return n;
}

}  // namespace visit

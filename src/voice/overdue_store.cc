// What is overdue now: numbers kept by each entry, and the list behind them by an index of units and days.
#include "lists.h"
#include "rows.h"

namespace voice {
namespace {

kernel::Day oldest_of(db::Connection& db, std::int64_t unit) {
    db::Query query("select due from voice");
    query.where("overdue > 0");
    if (unit != 0)
        query.where("unit = ?", unit);
    else
        query.where("unit is null");
    query.then("order by due, id limit ?", 1);
    const db::Rows rows = db.query(query);
    return rows.empty() ? kernel::Day{} : kernel::Day{rows.front().integer(0)};
}

}  // namespace

std::vector<Overdue> overdue(db::Connection& db) {
    std::vector<Overdue> all;
    for (const db::Row& row : db.query("select unit, sum(n), sum(case when level = 2 then n else 0 end) from "
                                       "voice_overdue group by unit having sum(n) > 0 order by unit")) {
        const std::int64_t unit = row.integer(0);
        Overdue one{{}, row.integer(1), row.integer(2), oldest_of(db, unit)};
        if (unit != 0) one.unit = people::UnitId(unit);
        all.push_back(one);
    }
    return all;
}

std::vector<Voice> overdue_of(db::Connection& db, std::optional<people::UnitId> unit, std::optional<Place> after,
                              int at_most) {
    db::Query query = list_query();
    query.where("v.overdue > 0");
    if (unit)
        query.where("v.unit = ?", unit->value());
    else
        query.where("v.unit is null");
    if (after) query.where("(v.due, v.id) > (?, ?)", after->day.days, after->voice.value());
    query.then("order by v.due, v.id limit ?", at_most);
    std::vector<Voice> all;
    for (const db::Row& row : db.query(query)) all.push_back(listed(row, true));
    return all;
}

}  // namespace voice

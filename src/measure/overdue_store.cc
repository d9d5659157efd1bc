// What is overdue now: numbers kept by each entry, and the list behind them by an index of units and days.
#include "figures.h"

namespace measure {
namespace {

void count_one(db::Connection& db, const OverdueNow& one, std::int64_t sign) {
    if (one.level == 0) return;
    db.run(
        "insert into measure_overdue (unit, level, n) values ($1, $2, $3) on conflict (unit, level) do update set n = "
        "measure_overdue.n + excluded.n",
        one.unit, one.level, sign);
}

}  // namespace

OverdueNow overdue_now(db::Connection& db, MeasureId id) {
    const std::optional<db::Row> row = db.one("select owner_unit, overdue from measure where id = $1", id.value());
    return row ? OverdueNow{row->integer(0), row->integer(1)} : OverdueNow{};
}

void count_overdue(db::Connection& db, const OverdueNow& before, const OverdueNow& after) {
    if (before == after) return;
    count_one(db, before, -1);
    count_one(db, after, 1);
}

std::vector<Overdue> overdue(db::Connection& db) {
    std::vector<Overdue> all;
    for (const db::Row& row : db.query("select unit, sum(n), sum(case when level = 2 then n else 0 end) from "
                                       "measure_overdue group by unit having sum(n) > 0 order by unit")) {
        const std::optional<db::Row> oldest = db.one(
            "select due from measure where owner_unit = $1 and overdue > 0 order by due, id limit 1", row.integer(0));
        all.push_back({people::UnitId(row.integer(0)), row.integer(1), row.integer(2),
                       oldest ? kernel::Day{oldest->integer(0)} : kernel::Day{}});
    }
    return all;
}

}  // namespace measure

#include "figures.h"
#include "found.h"
#include "store.h"

namespace measure {

std::vector<ClosedMeasure> closed_between(db::Connection& db, people::UnitId unit, std::int64_t from, std::int64_t to) {
    std::vector<ClosedMeasure> all;
    for (const db::Row& row :
         db.query("select id, closed_entry from measure where owner_unit = $1 and closed_entry >= $2 and "
                  "closed_entry < $3 order by closed_entry",
                  unit.value(), from, to))
        all.push_back({MeasureId(row.integer(0)), row.integer(1)});
    return all;
}

std::int64_t closed_count(db::Connection& db, people::UnitId unit, std::int64_t from, std::int64_t to) {
    return db
        .one("select count(*) from measure where owner_unit = $1 and closed_entry >= $2 and closed_entry < $3",
             unit.value(), from, to)
        ->integer(0);
}

std::optional<std::int64_t> first_closed(db::Connection& db, people::UnitId unit, std::int64_t from) {
    const auto row = db.one(
        "select closed_entry from measure where owner_unit = $1 and closed_entry >= $2 order by closed_entry limit 1",
        unit.value(), from);
    return row ? std::optional(row->integer(0)) : std::nullopt;
}

std::vector<issue::IssueId> issues_due(db::Connection& db, const std::vector<people::UnitId>& units, kernel::Day from,
                                       kernel::Day to) {
    db::Query query("select distinct m.issue from measure m");
    where_counted(query, {units, from, to, Figure::due});
    query.where("m.issue is not null").then("order by m.issue");
    std::vector<issue::IssueId> all;
    for (const db::Row& row : db.query(query)) all.emplace_back(row.integer(0));
    return all;
}

}  // namespace measure

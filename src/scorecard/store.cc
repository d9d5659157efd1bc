#include "store.h"

#include "change.h"

namespace scorecard {
namespace {

Published from_row(db::Connection& db, const db::Row& row) {
    Published p;
    p.entry = row.integer(0);
    p.unit = people::UnitId(row.integer(1));
    p.from = {row.integer(2)}, p.to = {row.integer(3)};
    p.minute = {row.integer(4)};
    p.k = row.integer(5);
    p.sample = row.integer(6) != 0;
    for (const db::Row& one :
         db.query("select name, part, whole from scorecard_figure where entry = $1 order by n", p.entry))
        p.values.push_back({one.text(0), one.integer(1), one.integer(2)});
    return p;
}

}  // namespace

void apply(db::Connection& db, const ledger::Entry& entry) {
    const change::CardPublished c = change::decode(entry);
    db.run(
        "insert into scorecard_published (entry, unit, from_day, to_day, minute, k, sample) values ($1, $2, $3, $4, "
        "$5, $6, $7)",
        entry.index, c.unit.value(), c.from.days, c.to.days, entry.time.ms, c.k, c.sample ? 1 : 0);
    std::int64_t n = 0;
    for (const Published::Value& v : c.values)
        db.run("insert into scorecard_figure (entry, n, name, part, whole) values ($1, $2, $3, $4, $5)", entry.index,
               ++n, v.key, v.part, v.whole);
}

std::optional<Published> published_at(db::Connection& db, std::int64_t entry) {
    const auto row = db.one(
        "select entry, unit, from_day, to_day, minute, k, sample from scorecard_published where entry = $1", entry);
    return row ? std::optional(from_row(db, *row)) : std::nullopt;
}

std::vector<Published> published(db::Connection& db, people::UnitId unit, kernel::Day from, kernel::Day to) {
    std::vector<Published> all;
    for (const db::Row& row : db.query("select entry, unit, from_day, to_day, minute, k, sample from "
                                       "scorecard_published where unit = $1 and from_day = $2 and to_day = $3 "
                                       "order by entry limit 100",
                                       unit.value(), from.days, to.days))
        all.push_back(from_row(db, row));
    return all;
}

}  // namespace scorecard

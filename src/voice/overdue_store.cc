// What is overdue now: numbers kept by each entry, and the list behind them by an index of units and days.
#include <algorithm>

#include <kernel/text.h>

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

db::Query escalated_query(deadline::Whom post, std::optional<people::UnitId> unit, std::optional<Ringing> after,
                          int at_most) {
    db::Query query = list_query();
    query.where("v.told > 1").where("v.state < 3");
    if (unit) query.where("v.unit = ?", unit->value());
    query.where("(v.told & ?) > 0", std::int64_t{1} << number(post));
    if (after) query.where("(v.due, v.id) > (?, ?)", after->day.days, after->voice.value());
    query.then("order by v.due, v.id limit ?", at_most);
    return query;
}

std::vector<Waiting> escalated(db::Connection& db, const Escalated& to, int at_most) {
    std::vector<Waiting> all;
    const auto add = [&](deadline::Whom post, std::optional<people::UnitId> unit) {
        for (const db::Row& row : db.query(escalated_query(post, unit, to.after, at_most))) {
            Waiting one{listed(row, false), {}};
            one.excerpt =
                one.voice.title.empty() ? std::string(kernel::first_code_points(one.voice.text, 80)) : one.voice.title;
            all.push_back(std::move(one));
        }
    };
    if (to.of_unit) add(deadline::Whom::head, to.of_unit);
    for (people::UnitId unit : to.from_below) add(deadline::Whom::unit_above, unit);
    if (to.inspector) add(deadline::Whom::inspector, {});
    const auto place = [](const Waiting& w) { return std::pair(w.voice.due.value_or(kernel::Day{}), w.voice.id); };
    std::sort(all.begin(), all.end(), [&](const Waiting& a, const Waiting& b) { return place(a) < place(b); });
    all.erase(std::unique(all.begin(), all.end(),
                          [](const Waiting& a, const Waiting& b) { return a.voice.id == b.voice.id; }),
              all.end());
    if (static_cast<int>(all.size()) > at_most) all.erase(all.begin() + at_most, all.end());
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

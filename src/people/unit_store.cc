#include <map>
#include <set>

#include <db/db.h>

#include "change.h"
#include "store.h"

namespace people {
namespace {

Unit unit_of(const db::Row& row) {
    Unit unit{UnitId(row.integer(0)), {}, row.text(2), row.integer(3) != 0, row.integer(4) == 0};
    if (const std::optional<std::int64_t> parent = row.integer_or_null(1)) unit.parent = UnitId(*parent);
    return unit;
}

}  // namespace

void apply(db::Connection& db, const ledger::Entry& entry, const UnitMade& change) {
    std::optional<std::int64_t> parent;
    if (change.parent) parent = change.parent->value();
    db.run("insert into unit (id, parent, name, sample, closed) values ($1, $2, $3, $4, 0)", entry.index, parent,
           change.name, change.sample ? 1 : 0);
    write_history(db, entry, UnitId(entry.index), change.name, change.by, {});
}

void apply(db::Connection& db, const ledger::Entry& entry, const UnitRenamed& change) {
    db.run("update unit set name = $2 where id = $1", change.unit.value(), change.name);
    write_history(db, entry, change.unit, change.name, change.by, change.reason);
}

void apply(db::Connection& db, const ledger::Entry& entry, const UnitMoved& change) {
    db.run("update unit set parent = $2 where id = $1", change.unit.value(), change.parent.value());
    const std::optional<Unit> parent = unit(db, change.parent);
    write_history(db, entry, change.unit, parent ? parent->name : "", change.by, change.reason);
}

void apply(db::Connection& db, const ledger::Entry& entry, const UnitClosed& change) {
    db.run("update unit set closed = 1 where id = $1", change.unit.value());
    write_history(db, entry, change.unit, "", change.by, change.reason);
}

std::optional<Unit> unit(db::Connection& db, UnitId id) {
    const std::optional<db::Row> row =
        db.one("select id, parent, name, sample, closed from unit where id = $1", id.value());
    if (!row) return std::nullopt;
    return unit_of(*row);
}

std::vector<Unit> units(db::Connection& db) {
    std::map<std::int64_t, std::vector<Unit>> below;  // by parent; 0: the roots
    for (const db::Row& row : db.query("select id, parent, name, sample, closed from unit order by id")) {
        Unit unit = unit_of(row);
        below[unit.parent ? unit.parent->value() : 0].push_back(std::move(unit));
    }
    // Depth first: a unit is followed by what is under it.
    std::vector<Unit> tree, waiting(below[0].rbegin(), below[0].rend());
    while (!waiting.empty()) {
        tree.push_back(waiting.back());
        waiting.pop_back();
        const std::vector<Unit>& next = below[tree.back().id.value()];
        waiting.insert(waiting.end(), next.rbegin(), next.rend());
    }
    return tree;
}

std::vector<UnitId> all_units_under(db::Connection& db, UnitId top) {
    std::set<UnitId> within = {top};
    std::vector<UnitId> all;
    for (const Unit& each : units(db))
        if (each.parent && within.contains(*each.parent)) {
            within.insert(each.id);
            all.push_back(each.id);
        }
    return all;
}

bool is_under(db::Connection& db, UnitId unit, UnitId ancestor) {
    return db
        .one(
            "with recursive up (id, parent) as ("
            "select id, parent from unit where id = $1 "
            "union select u.id, u.parent from unit u join up on u.id = up.parent) "
            "select id from up where id = $2",
            unit.value(), ancestor.value())
        .has_value();
}

bool independent(db::Connection& db, UnitId checker, UnitId owner) { return !is_under(db, checker, owner); }

bool own_unit(db::Connection& db, const Actor& actor, UnitId of) {
    if (actor.unit == of) return true;
    const std::optional<Unit> found = unit(db, of);
    return found && found->parent && is_under(db, actor.unit, of);
}

bool unit_name_taken(db::Connection& db, std::optional<UnitId> parent, std::string_view name) {
    if (!parent)
        return db.one("select id from unit where parent is null and name = $1 and closed = 0", name).has_value();
    return db.one("select id from unit where parent = $1 and name = $2 and closed = 0", parent->value(), name)
        .has_value();
}

bool has_open_units(db::Connection& db, UnitId unit) {
    return db.one("select id from unit where parent = $1 and closed = 0 limit 1", unit.value()).has_value();
}

std::vector<Unit> units_under(db::Connection& db, UnitId parent) {
    std::vector<Unit> all;
    for (const db::Row& row : db.query("select id, parent, name, sample, closed from unit "
                                       "where parent = $1 and closed = 0 order by id",
                                       parent.value()))
        all.push_back(unit_of(row));
    return all;
}

std::vector<UnitEvent> history(db::Connection& db, UnitId unit, std::optional<std::int64_t> before, int at_most) {
    db::Query q(
        "select h.entry, h.at, h.what, h.about, h.reason, o.post, c.name from unit_history h "
        "left join officer o on o.id = h.by_officer left join contractor c on c.id = o.contractor");
    q.where("h.unit = ?", unit.value());
    if (before) q.where("h.entry < ?", *before);
    const db::Rows rows = db.query(q.then("order by h.entry desc limit ?", at_most));
    std::vector<UnitEvent> events;
    for (auto row = rows.rbegin(); row != rows.rend(); ++row)
        events.push_back({row->integer(0),
                          {row->integer(1)},
                          row->text(2),
                          row->text(3),
                          shown_post(row->text_or_null(5).value_or(""), row->text_or_null(6).value_or("")),
                          row->text_or_null(4)});
    return events;
}

}  // namespace people

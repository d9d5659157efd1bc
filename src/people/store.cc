#include "store.h"

#include <db/db.h>

#include "change.h"

namespace people {
namespace {

struct Applier {
    db::Connection& db;
    const ledger::Entry& entry;
    template <class C>
    void operator()(const C& change) const {
        apply(db, entry, change);
    }
};

}  // namespace

void apply(db::Connection& db, const ledger::Entry& entry) { std::visit(Applier{db, entry}, decode(entry)); }

// The words of an entry stand in at most one row of each of these tables, found by the entry's number.
void forget(db::Connection& db, std::int64_t entry) {
    db.run("update officer set login = null, name = null where id = $1", entry);
    db.run("update unit_history set reason = null where entry = $1", entry);
    db.run("update setting set reason = null where entry = $1", entry);
    db.run("update calendar set reason = null where entry = $1", entry);
    db.run("update contractor set reason = null where ended_entry = $1", entry);
}

void apply(db::Connection& db, const ledger::Entry& entry, const Installed& change) {
    db.run("insert into organisation (entry, name) values ($1, $2)", entry.index, change.organisation);
}

std::string organisation(db::Connection& db) {
    const std::optional<db::Row> row = db.one("select name from organisation order by entry limit 1");
    return row ? row->text(0) : "";
}

void write_history(db::Connection& db, const ledger::Entry& entry, UnitId unit, std::string_view about, OfficerId by,
                   const std::optional<std::string>& reason) {
    db.run(
        "insert into unit_history (entry, unit, at, what, about, by_officer, reason) values ($1, $2, $3, $4, $5, $6, "
        "$7)",
        entry.index, unit.value(), entry.time.ms, entry.kind, about, by.value(), reason);
}

void add_kinds(std::vector<ledger::Kind>& kinds) {
    using Apply = void (*)(db::Connection&, const ledger::Entry&);
    for (std::string_view name : {"people.installed", "people.unit_made", "people.password_given", "people.code_reset",
                                  "people.contractor_made"})
        kinds.push_back({name, static_cast<Apply>(apply), {}});
    for (std::string_view name :
         {"people.unit_renamed", "people.unit_moved", "people.unit_closed", "people.officer_made",
          "people.officer_changed", "people.setting_changed", "people.calendar_set", "people.contractor_ended"})
        kinds.push_back({name, static_cast<Apply>(apply), forget});
}

}  // namespace people

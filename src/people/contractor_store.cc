#include <db/db.h>

#include "change.h"
#include "store.h"

namespace people {
namespace {

std::vector<Contractor> contractors_of(const db::Rows& rows) {
    std::vector<Contractor> all;
    for (const db::Row& row : rows) {
        Contractor one{ContractorId(row.integer(0)), row.text(1), {row.integer(2)}};
        if (const auto ended = row.integer_or_null(3)) one.ended = kernel::Instant{*ended};
        one.ended_entry = row.integer_or_null(4);
        one.reason = row.text_or_null(5).value_or("");
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace

void apply(db::Connection& db, const ledger::Entry& entry, const ContractorMade& change) {
    db.run("insert into contractor (id, name, since) values ($1, $2, $3)", entry.index, change.name, entry.time.ms);
}

void apply(db::Connection& db, const ledger::Entry& entry, const ContractorEnded& change) {
    db.run(
        "update contractor set ended = $2, ended_entry = $3, reason = $4 "
        "where id = $1",
        change.contractor.value(), entry.time.ms, entry.index, change.reason);
}

std::optional<Contractor> contractor(db::Connection& db, ContractorId id) {
    std::vector<Contractor> found =
        contractors_of(db.query("select id, name, since, ended, ended_entry, "
                                "reason from contractor where id = $1",
                                id.value()));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<Contractor> contractors(db::Connection& db, bool open_only) {
    db::Query q("select id, name, since, ended, ended_entry, reason from contractor");
    if (open_only) q.where("ended is null");
    return contractors_of(db.query(q.then("order by id")));
}

bool contractor_name_taken(db::Connection& db, std::string_view name) {
    return db.one("select id from contractor where name = $1 and ended is null limit 1", name).has_value();
}

bool has_officers(db::Connection& db, ContractorId contractor) {
    return db.one("select id from officer where contractor = $1 and active = 1 limit 1", contractor.value())
        .has_value();
}

std::vector<std::pair<UnitId, std::int64_t>> posts_by_unit(db::Connection& db, ContractorId contractor) {
    std::vector<std::pair<UnitId, std::int64_t>> all;
    for (const db::Row& row : db.query("select unit, count(*) from officer where "
                                       "contractor = $1 and active = 1 "
                                       "group by unit order by unit",
                                       contractor.value()))
        all.emplace_back(row.integer(0), row.integer(1));
    return all;
}

// Posts carry no language: the mark says it in each.
std::string shown_post(const std::string& post, const std::string& firm) {
    return firm.empty() ? post : post + " (外包 · contractor: " + firm + ")";
}

}  // namespace people

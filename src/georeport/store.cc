#include "store.h"

#include "change.h"

namespace georeport {
namespace {

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::ClientAdmitted& c) {
    db.run(
        "insert into georeport_client (id, name, key, per_minute, for_authors, by_officer, at, reason) "
        "values ($1, $2, $3, $4, $5, $6, $7, '')",
        entry.index, c.name, c.key, c.per_minute, c.for_authors ? 1 : 0, c.by.value(), entry.time.ms);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::ClientEnded& c) {
    db.run("update georeport_client set ended = $2, ended_entry = $3, reason = $4 where id = $1", c.client.value(),
           entry.time.ms, entry.index, c.reason);
}

constexpr db::Sql select =
    "select id, name, per_minute, for_authors, by_officer, at, ended, ended_entry, reason from georeport_client";

Client from_row(const db::Row& row) {
    Client c;
    c.id = ClientId(row.integer(0));
    c.name = row.text(1);
    c.per_minute = static_cast<int>(row.integer(2));
    c.for_authors = row.integer(3) != 0;
    c.by = people::OfficerId(row.integer(4));
    c.since = {row.integer(5)};
    if (const auto at = row.integer_or_null(6)) c.ended = kernel::Instant{*at};
    c.ended_entry = row.integer_or_null(7);
    c.reason = row.text(8);
    return c;
}

std::optional<Client> first(const db::Rows& rows) {
    return rows.empty() ? std::nullopt : std::optional(from_row(rows.front()));
}

}  // namespace

void apply(db::Connection& db, const ledger::Entry& entry) {
    std::visit([&](const auto& c) { apply_one(db, entry, c); }, change::decode(entry));
}

void forget(db::Connection& db, std::int64_t index) {
    db.run("update georeport_client set name = '' where id = $1", index);
    db.run("update georeport_client set reason = '' where ended_entry = $1", index);
}

std::optional<Client> client(db::Connection& db, ClientId id) {
    db::Query q(select);
    return first(db.query(q.where("id = ?", id.value())));
}

std::optional<Client> client_by_key(db::Connection& db, const kernel::Hash& key) {
    db::Query q(select);
    return first(db.query(q.where("key = ?", key).where("ended is null")));
}

std::vector<Client> clients(db::Connection& db, bool admitted_only) {
    db::Query q(select);
    if (admitted_only) q.where("ended is null");
    std::vector<Client> all;
    for (const db::Row& row : db.query(q.then("order by id"))) all.push_back(from_row(row));
    return all;
}

// Names are sealed on PostgreSQL, so no statement compares them; there are few.
bool name_taken(db::Connection& db, std::string_view name) {
    for (const Client& one : clients(db, true))
        if (one.name == name) return true;
    return false;
}

std::int64_t admitted_count(db::Connection& db) {
    return db.one("select count(*) from georeport_client where ended is null")->integer(0);
}

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    const auto leaf = ledger::entry(db, entry);
    if (!leaf || !leaf->kind.starts_with("georeport.")) return std::nullopt;
    return Slip{"georeport.slip", "/rules#open311"};
}

}  // namespace georeport

#include "store.h"

#include <kernel/json.h>
#include <kernel/lru.h>
#include <ledger/payload.h>

#include "change.h"

namespace routing {
namespace {

constexpr std::size_t kept_bytes = 16u << 20, bytes_of_row = 256, bytes_of_name = 512;

// By the digest of their lists: whoever has it means these lists, in whatever database and at whatever entry they
// stand, also when the act that set them is undone.
kernel::Lru<Sheet>& kept_sheets() {
    static kernel::Lru<Sheet> kept(kept_bytes);
    return kept;
}

std::shared_ptr<const Sheet> sheet_of(db::Connection& db, std::int64_t entry, kernel::View digest) {
    const std::string key(kernel::text(digest));
    if (auto kept = kept_sheets().find(key)) return kept;
    const auto row = db.one("select lists from routing_table where entry = $1", entry);
    const auto json = kernel::parse_json(row.value().text(0), kernel::Numbers::canonical);
    auto sheet = std::make_shared<const Sheet>(change::lists_of(*json));
    const Lists& lists = sheet->lists();
    kept_sheets().keep(
        key, sheet,
        lists.rows.size() * bytes_of_row + (lists.categories.size() + lists.districts.size()) * bytes_of_name);
    return sheet;
}

std::optional<Table> from_row(db::Connection& db, const std::optional<db::Row>& row) {
    if (!row) return std::nullopt;
    return Table{TableId(row->integer(0)), row->integer(1), kernel::Instant{row->integer(2)},
                 people::OfficerId(row->integer(3)), sheet_of(db, row->integer(0), row->bytes(4))};
}

std::vector<Version> found(db::Connection& db, const db::Query& q) {
    std::vector<Version> all;
    for (const db::Row& row : db.query(q))
        all.push_back({TableId(row.integer(0)), row.integer(1), kernel::Instant{row.integer(2)},
                       people::OfficerId(row.integer(3)), row.text(4)});
    return all;
}

constexpr db::Sql select_version = "select entry, version, at, by_officer, reason from routing_table";

}  // namespace

void apply(db::Connection& db, const ledger::Entry& entry) {
    const change::TableSet c = change::decode(entry);
    const std::string lists = kernel::canonical(change::json_of(c.lists));
    db.run(
        "insert into routing_table (entry, version, at, by_officer, lists, digest, reason) values ($1, $2, $3, $4, $5,"
        " $6, $7)",
        entry.index, c.version, entry.time.ms, c.by.value(), lists, kernel::sha256(kernel::view(lists)), c.reason);
}

void forget(db::Connection& db, std::int64_t index) {
    db.run("update routing_table set reason = '' where entry = $1", index);
}

std::optional<Table> in_force(db::Connection& db) {
    return from_row(
        db, db.one("select entry, version, at, by_officer, digest from routing_table order by entry desc limit 1"));
}

std::optional<Table> table(db::Connection& db, TableId id) {
    return from_row(
        db, db.one("select entry, version, at, by_officer, digest from routing_table where entry = $1", id.value()));
}

std::optional<Version> version(db::Connection& db, TableId id) {
    db::Query q(select_version);
    q.where("entry = ?", id.value());
    const auto one = found(db, q);
    return one.empty() ? std::nullopt : std::optional(one.front());
}

std::vector<Version> versions(db::Connection& db, std::optional<TableId> before, int at_most) {
    db::Query q(select_version);
    if (before) q.where("entry < ?", before->value());
    return found(db, q.then("order by entry desc limit ?", at_most));
}

}  // namespace routing

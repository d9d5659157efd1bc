#include "store.h"

#include "change.h"

namespace claim {
namespace {

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Filed& c) {
    db.run("insert into claim (id, about, ground, remark, at, reason) values ($1, $2, $3, $4, $5, '')", entry.index,
           c.about, people::name(c.ground), c.remark, entry.time.ms);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Decided& c) {
    std::optional<std::int64_t> erasure;
    if (c.erasure) erasure = c.erasure->value();
    db.run(
        "update claim set outcome = $2, decided_entry = $3, decided_by = $4, decided_at = $5, erasure = $6, reason = $7"
        " where id = $1",
        c.claim.value(), static_cast<std::int64_t>(c.outcome), entry.index, c.by.value(), entry.time.ms, erasure,
        c.reason);
}

constexpr db::Sql select =
    "select id, about, ground, remark, at, outcome, decided_entry, decided_by, decided_at, erasure, reason from claim";

Claim from_row(const db::Row& row) {
    Claim c;
    c.id = ClaimId(row.integer(0));
    c.about = row.integer(1);
    c.ground = people::parse_ground(row.text(2)).value();
    c.remark = row.text(3);
    c.at = {row.integer(4)};
    if (const auto outcome = row.integer_or_null(5)) c.outcome = static_cast<Outcome>(*outcome);
    c.decided_entry = row.integer_or_null(6);
    c.decided_by = people::OfficerId(row.integer_or_null(7).value_or(0));
    if (const auto at = row.integer_or_null(8)) c.decided_at = kernel::Instant{*at};
    if (const auto erasure = row.integer_or_null(9)) c.erasure = erasure::ErasureId(*erasure);
    c.reason = row.text(10);
    return c;
}

std::vector<Claim> found(db::Connection& db, const db::Query& q) {
    std::vector<Claim> all;
    for (const db::Row& row : db.query(q)) all.push_back(from_row(row));
    return all;
}

}  // namespace

void apply(db::Connection& db, const ledger::Entry& entry) {
    std::visit([&](const auto& c) { apply_one(db, entry, c); }, change::decode(entry));
}

void forget(db::Connection& db, std::int64_t index) {
    db.run("update claim set remark = '' where id = $1", index);
    db.run("update claim set reason = '' where decided_entry = $1", index);
}

std::optional<Claim> claim(db::Connection& db, ClaimId id) {
    db::Query q(select);
    q.where("id = ?", id.value());
    const std::vector<Claim> one = found(db, q);
    return one.empty() ? std::nullopt : std::optional(one.front());
}

std::vector<Claim> claims_about(db::Connection& db, std::int64_t entry, std::optional<ClaimId> before, int at_most) {
    db::Query q(select);
    q.where("about = ?", entry);
    if (before) q.where("id < ?", before->value());
    return found(db, q.then("order by id desc limit ?", at_most));
}

std::int64_t count_about(db::Connection& db, std::int64_t entry) {
    return db.one("select count(*) from claim where about = $1", entry)->integer(0);
}

std::vector<Claim> open_claims(db::Connection& db, std::optional<ClaimId> after, int at_most) {
    db::Query q(select);
    q.where("outcome is null");
    if (after) q.where("id > ?", after->value());
    return found(db, q.then("order by id limit ?", at_most));
}

std::int64_t open_count(db::Connection& db) {
    return db.one("select count(*) from claim where outcome is null")->integer(0);
}

std::vector<Claim> claims(db::Connection& db, std::optional<ClaimId> before, int at_most) {
    db::Query q(select);
    if (before) q.where("id < ?", before->value());
    return found(db, q.then("order by id desc limit ?", at_most));
}

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    const auto leaf = ledger::entry(db, entry);
    if (!leaf || !leaf->kind.starts_with("claim.")) return std::nullopt;
    const auto filed = claim(db, ClaimId(leaf->subject));
    if (!filed) return std::nullopt;
    return Slip{"claim.slip", "/entries/" + std::to_string(filed->about) + "#claims"};
}

}  // namespace claim

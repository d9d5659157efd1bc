#include "store.h"

#include <algorithm>
#include <stdexcept>

#include "change.h"

namespace erasure {
namespace {

constexpr std::int64_t number(State state) { return static_cast<std::int64_t>(state); }

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Proposed& c) {
    const std::optional<std::int64_t> by = c.by ? std::optional(c.by.value()) : std::nullopt;
    db.run("insert into erasure (id, basis, by_officer, at, state) values ($1, $2, $3, $4, 0)", entry.index,
           name(c.basis), by, entry.time.ms);
    for (std::int64_t target : c.targets)
        db.run("insert into erasure_target (target, erasure) values ($1, $2)", target, entry.index);
}

void decide(db::Connection& db, const ledger::Entry& entry, State state, people::OfficerId by,
            const std::optional<std::string>& ground) {
    const std::optional<std::int64_t> officer = by ? std::optional(by.value()) : std::nullopt;
    db.run(
        "update erasure set state = $2, decided_entry = $3, decided_by = $4, decided_at = $5, ground = $6 where id = "
        "$1",
        entry.subject, number(state), entry.index, officer, entry.time.ms, ground);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Approved& c) {
    decide(db, entry, State::approved, c.by, {});
}
void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Refused& c) {
    decide(db, entry, State::refused, c.by, std::string(name(c.ground)));
}
void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Withdrawn& c) {
    decide(db, entry, State::withdrawn, c.by, {});
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::TermOver& c) {
    db.run(
        "insert into erasure (id, basis, at, state, decided_entry, decided_at, rule) values ($1, $2, $3, $4, $1, $3, "
        "$5)",
        entry.index, name(Basis::term_over), entry.time.ms, number(State::approved), c.rule);
    for (std::int64_t target : c.targets)
        db.run("insert into erasure_target (target, erasure) values ($1, $2)", target, entry.index);
}

Erasure from_row(db::Connection& db, const db::Row& row) {
    Erasure e;
    e.id = ErasureId(row.integer(0));
    e.basis = parse_basis(row.text(1)).value();
    e.by = people::OfficerId(row.integer_or_null(2).value_or(0));
    e.at = {row.integer(3)};
    e.state = static_cast<State>(row.integer(4));
    e.decided_entry = row.integer_or_null(5);
    e.decided_by = people::OfficerId(row.integer_or_null(6).value_or(0));
    if (const auto at = row.integer_or_null(7)) e.decided_at = kernel::Instant{*at};
    if (const auto ground = row.text_or_null(8)) e.ground = parse_ground(*ground);
    e.rule = row.text_or_null(9);
    for (const db::Row& target :
         db.query("select target from erasure_target where erasure = $1 order by target", e.id.value()))
        e.targets.push_back(target.integer(0));
    return e;
}

// The first: of what two people decided on, a part can have been erased by the clock before.
std::optional<Erasure> about(db::Connection& db, std::int64_t entry, State state) {
    const auto row = db.one(
        "select e.id, e.basis, e.by_officer, e.at, e.state, e.decided_entry, e.decided_by, e.decided_at, e.ground, "
        "e.rule"
        " from erasure_target t join erasure e on e.id = t.erasure where t.target = $1 and e.state = $2"
        " order by coalesce(e.decided_entry, e.id) limit 1",
        entry, number(state));
    return row ? std::optional(from_row(db, *row)) : std::nullopt;
}

}  // namespace

void apply(db::Connection& db, const ledger::Entry& entry) {
    std::visit([&](const auto& c) { apply_one(db, entry, c); }, change::decode(entry));
}

std::optional<Erasure> erasure(db::Connection& db, ErasureId id) {
    const auto row = db.one(
        "select id, basis, by_officer, at, state, decided_entry, decided_by, decided_at, ground, rule from "
        "erasure where id = $1",
        id.value());
    return row ? std::optional(from_row(db, *row)) : std::nullopt;
}

std::vector<Erasure> erasures(db::Connection& db, State state, std::optional<ErasureId> before, int at_most, By by) {
    db::Query q(
        "select id, basis, by_officer, at, state, decided_entry, decided_by, decided_at, ground, rule from erasure");
    q.where("state = ?", number(state));
    if (by == By::people) q.where("rule is null");
    if (by == By::clock) q.where("rule is not null");
    if (before) q.where("id < ?", before->value());
    q.then("order by id desc limit ?", at_most);
    std::vector<Erasure> all;
    for (const db::Row& row : db.query(q)) all.push_back(from_row(db, row));
    return all;
}

std::optional<Erasure> erased_by(db::Connection& db, std::int64_t entry) { return about(db, entry, State::approved); }

std::optional<Erasure> proposed_about(db::Connection& db, std::int64_t entry) {
    return about(db, entry, State::proposed);
}

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    auto row = db.one("select id from erasure where id = $1", entry);
    if (!row) {
        const auto leaf = ledger::entry(db, entry);
        if (!leaf || !leaf->kind.starts_with("erasure.")) return std::nullopt;
        return Slip{"erasure.slip", "/erasures/" + std::to_string(leaf->subject)};
    }
    return Slip{"erasure.slip", "/erasures/" + std::to_string(entry)};
}

// ---- what this place has yet to scrub ------------------------------------------------------------------------------

void add_scrub(db::Connection& db, ErasureId id, const std::vector<kernel::Hash>& blobs) {
    db.run("insert into erasure_scrub (erasure, gone) values ($1, null)", id.value());
    for (const kernel::Hash& blob : blobs)
        db.run("insert into erasure_scrub_blob (erasure, blob) values ($1, $2) on conflict (erasure, blob) do nothing",
               id.value(), blob);
}

std::vector<ErasureId> to_scrub(db::Connection& db) {
    std::vector<ErasureId> all;
    for (const db::Row& row :
         db.query("select erasure from erasure_scrub where gone is null order by erasure limit 100"))
        all.emplace_back(row.integer(0));
    return all;
}

std::vector<kernel::Hash> blobs_to_scrub(db::Connection& db, ErasureId id) {
    std::vector<kernel::Hash> all;
    for (const db::Row& row : db.query("select blob from erasure_scrub_blob where erasure = $1", id.value())) {
        const kernel::View bytes = row.bytes(0);
        kernel::Hash blob{};
        if (bytes.size() != blob.size()) throw std::runtime_error("erasure: a blob's name is damaged");
        std::copy(bytes.begin(), bytes.end(), blob.begin());
        all.push_back(blob);
    }
    return all;
}

void scrubbed(db::Connection& db, ErasureId id, kernel::Instant when) {
    db.run("delete from erasure_scrub_blob where erasure = $1", id.value());
    db.run("update erasure_scrub set gone = $2 where erasure = $1", id.value(), when.ms);
}

Scrub scrub(db::Connection& db, ErasureId id) {
    const auto row = db.one("select gone from erasure_scrub where erasure = $1", id.value());
    if (!row) return {};
    Scrub s{true, {}};
    if (const auto gone = row->integer_or_null(0)) s.gone = kernel::Instant{*gone};
    return s;
}

}  // namespace erasure

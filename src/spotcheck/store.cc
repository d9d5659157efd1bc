#include "store.h"

#include <algorithm>

#include "change.h"

namespace spotcheck {
namespace {

using ledger::Entry;

constexpr std::int64_t flag(bool set) { return set ? 1 : 0; }

std::int64_t month_in(kernel::Day day) {
    const kernel::Date d = kernel::date(day);
    return std::int64_t{d.year} * 12 + d.month - 1;
}

void count(db::Connection& db, std::int64_t unit, kernel::Day announced, const UnitCounts& add) {
    db.run(
        "insert into spotcheck_month (unit, month, drawn, looked, as_said, not_as_said, could_not_see, on_site, "
        "overdue, sample) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (unit, month) do update set "
        "drawn = spotcheck_month.drawn + excluded.drawn, looked = spotcheck_month.looked + excluded.looked, "
        "as_said = spotcheck_month.as_said + excluded.as_said, "
        "not_as_said = spotcheck_month.not_as_said + excluded.not_as_said, "
        "could_not_see = spotcheck_month.could_not_see + excluded.could_not_see, "
        "on_site = spotcheck_month.on_site + excluded.on_site, overdue = spotcheck_month.overdue + excluded.overdue, "
        "sample = spotcheck_month.sample + excluded.sample",
        unit, month_in(announced), add.drawn, add.looked, add.as_said, add.not_as_said, add.could_not_see, add.on_site,
        add.overdue, add.sample);
}

Check existing(db::Connection& db, CheckId id) {
    std::optional<Check> found = check(db, id);
    if (!found) throw std::runtime_error("an entry about spot check " + std::to_string(id.value()) + ", which is none");
    return *std::move(found);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Announced& c) {
    const std::optional<std::int64_t> quarter = c.quarter ? std::optional(c.quarter->days) : std::nullopt;
    db.run(
        "insert into spotcheck (id, unit, ordered_by, day, minute, quarter, from_entry, to_entry, n, look_days, "
        "population, drawn, looked, sample) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, 0, $11)",
        entry.index, c.unit.value(), c.by.value(), c.day.days, entry.time.ms, quarter, c.from, c.to, c.n, c.look_days,
        flag(c.sample));
}

void apply_one(db::Connection& db, const Entry& entry, const change::WasDrawn& c) {
    const Check of = existing(db, c.check);
    db.run("update spotcheck set drawn_entry = $2, root = $3, population = $4, due = $5, drawn = $6 where id = $1",
           c.check.value(), entry.index, c.root, c.population, c.due.days, static_cast<std::int64_t>(c.drawn.size()));
    std::int64_t nth = 0;
    for (const Candidate& one : c.drawn)
        db.run(
            "insert into spotcheck_matter (spotcheck, nth, kind, matter, overdue, seen, reopened) "
            "values ($1, $2, $3, $4, 0, '', 0)",
            c.check.value(), ++nth, static_cast<std::int64_t>(one.kind), one.matter);
    UnitCounts add;
    add.drawn = nth, add.sample = of.sample ? nth : 0;
    if (nth > 0) count(db, of.unit.value(), of.announced, add);
}

void apply_one(db::Connection& db, const Entry& entry, const change::Looked& c) {
    const Check of = existing(db, c.check);
    const std::int64_t changed = db.change(
        "update spotcheck_matter set look_entry = $3, outcome = $4, day = $5, on_site = $6, officer = $7, unit = $8, "
        "seen = $9, reopened = $10 where spotcheck = $1 and matter = $2 and look_entry is null",
        c.check.value(), c.matter, entry.index, static_cast<std::int64_t>(c.outcome), c.day.days, flag(c.on_site),
        c.by.value(), c.unit.value(), c.seen, flag(c.reopens));
    if (changed != 1) throw std::runtime_error("looked at what was not drawn, or twice");
    db.run("update spotcheck set looked = looked + 1 where id = $1", c.check.value());
    UnitCounts add;
    add.looked = 1, add.on_site = flag(c.on_site);
    add.as_said = flag(c.outcome == Outcome::as_said), add.not_as_said = flag(c.outcome == Outcome::not_as_said);
    add.could_not_see = flag(c.outcome == Outcome::could_not_see);
    count(db, of.unit.value(), of.announced, add);
}

void apply_one(db::Connection& db, const Entry& entry, const change::NotLooked& c) {
    const Check of = existing(db, c.check);
    for (const std::int64_t matter : c.matters)
        db.run("update spotcheck_matter set overdue = 1 where spotcheck = $1 and matter = $2", c.check.value(), matter);
    db.run("update spotcheck set overdue_entry = $2 where id = $1", c.check.value(), entry.index);
    UnitCounts add;
    add.overdue = std::ssize(c.matters);
    count(db, of.unit.value(), of.announced, add);
}

constexpr db::Sql select_checks =
    "select id, unit, ordered_by, day, minute, from_entry, to_entry, n, look_days, drawn_entry, root, population, due, "
    "overdue_entry, drawn, looked, sample from spotcheck";
constexpr db::Sql select_drawn =
    "select spotcheck, nth, kind, matter, overdue, look_entry, outcome, day, on_site, officer, unit, seen, reopened "
    "from spotcheck_matter";

Check check_in(const db::Row& row) {
    Check c;
    c.id = CheckId(row.integer(0));
    c.unit = people::UnitId(row.integer(1));
    if (row.integer(2) != 0) c.by = people::OfficerId(row.integer(2));
    c.announced = {row.integer(3)}, c.minute = {row.integer(4)};
    c.from = row.integer(5), c.to = row.integer(6);
    c.n = static_cast<int>(row.integer(7)), c.look_days = static_cast<int>(row.integer(8));
    c.drawn_entry = row.integer_or_null(9);
    if (!row.null(10)) {
        const kernel::View root = row.bytes(10);
        std::copy_n(root.begin(), std::min(root.size(), c.root.size()), c.root.begin());
    }
    c.population = row.integer(11);
    if (const auto due = row.integer_or_null(12)) c.due = kernel::Day{*due};
    c.overdue_entry = row.integer_or_null(13);
    c.drawn = static_cast<int>(row.integer(14)), c.looked = static_cast<int>(row.integer(15));
    c.sample = row.integer(16) != 0;
    return c;
}

Drawn drawn_in(const db::Row& row) {
    Drawn d;
    d.check = CheckId(row.integer(0));
    d.nth = static_cast<int>(row.integer(1));
    d.kind = static_cast<Matter>(row.integer(2)), d.matter = row.integer(3);
    d.overdue = row.integer(4) != 0;
    if (row.null(5)) return d;
    d.look = {row.integer(5),
              static_cast<Outcome>(row.integer(6)),
              {row.integer(7)},
              row.integer(8) != 0,
              people::OfficerId(row.integer(9)),
              people::UnitId(row.integer(10)),
              row.text(11),
              row.integer(12) != 0};
    return d;
}

std::vector<Drawn> all_drawn(db::Connection& db, const db::Query& query) {
    std::vector<Drawn> all;
    for (const db::Row& row : db.query(query)) all.push_back(drawn_in(row));
    return all;
}

}  // namespace

void apply(db::Connection& db, const Entry& entry) {
    std::visit([&](const auto& c) { apply_one(db, entry, c); }, change::decode(entry));
}

void forget(db::Connection& db, std::int64_t index) {
    db.run("update spotcheck_matter set seen = '' where look_entry = $1", index);
}

std::optional<Check> check(db::Connection& db, CheckId id) {
    db::Query query(select_checks);
    const db::Rows rows = db.query(query.where("id = ?", id.value()));
    return rows.empty() ? std::nullopt : std::optional(check_in(rows.front()));
}

std::vector<Check> checks(db::Connection& db, const Filter& f) {
    db::Query query(select_checks);
    if (f.unit) query.where("unit = ?", f.unit->value());
    if (f.counted) {
        std::vector<std::int64_t> units;
        for (people::UnitId unit : people::spread(db, *f.counted).units) units.push_back(unit.value());
        query.where_in("unit", units).where("day >= ?", f.counted->from.days).where("day <= ?", f.counted->to.days);
    }
    if (f.open_only) query.where("looked < drawn");
    if (f.before) query.where("id < ?", f.before->value());
    std::vector<Check> all;
    for (const db::Row& row : db.query(query.then("order by id desc limit ?", f.at_most))) all.push_back(check_in(row));
    return all;
}

std::vector<Drawn> drawn(db::Connection& db, CheckId id) {
    db::Query query(select_drawn);
    return all_drawn(db, query.where("spotcheck = ?", id.value()).then("order by nth"));
}

std::vector<Drawn> looks_of(db::Connection& db, Matter kind, std::int64_t matter) {
    db::Query query(select_drawn);
    query.where("matter = ?", matter).where("kind = ?", static_cast<std::int64_t>(kind));
    return all_drawn(db, query.then("order by spotcheck desc limit 20"));
}

UnitCounts unit_counts(db::Connection& db, const std::vector<people::UnitId>& units, kernel::Day from, kernel::Day to) {
    std::vector<std::int64_t> ids;
    for (people::UnitId unit : units) ids.push_back(unit.value());
    db::Query query(
        "select coalesce(sum(drawn), 0), coalesce(sum(looked), 0), coalesce(sum(as_said), 0), "
        "coalesce(sum(not_as_said), 0), coalesce(sum(could_not_see), 0), coalesce(sum(on_site), 0), "
        "coalesce(sum(overdue), 0), coalesce(sum(sample), 0) from spotcheck_month");
    query.where_in("unit", ids).where("month >= ?", month_in(from)).where("month <= ?", month_in(to));
    const db::Row row = db.query(query).at(0);
    return {row.integer(0), row.integer(1), row.integer(2), row.integer(3),
            row.integer(4), row.integer(5), row.integer(6), row.integer(7)};
}

std::vector<CheckId> undrawn(db::Connection& db) {
    std::vector<CheckId> all;
    for (const db::Row& row : db.query("select id from spotcheck where drawn_entry is null order by id"))
        all.emplace_back(row.integer(0));
    return all;
}

std::vector<CheckId> due_before(db::Connection& db, kernel::Day today) {
    std::vector<CheckId> all;
    for (const db::Row& row : db.query("select id from spotcheck where overdue_entry is null and looked < drawn and "
                                       "due < $1 order by due, id",
                                       today.days))
        all.emplace_back(row.integer(0));
    return all;
}

Last last_of(db::Connection& db, people::UnitId unit) {
    Last last;
    const auto newest =
        db.one("select to_entry, drawn_entry, drawn, looked from spotcheck where unit = $1 order by id desc limit 1",
               unit.value());
    if (!newest) return last;
    last.to = newest->integer(0);
    last.open = newest->null(1) || newest->integer(3) < newest->integer(2);
    const auto quarter = db.one(
        "select quarter from spotcheck where unit = $1 and quarter is not null order by id desc limit 1", unit.value());
    if (quarter) last.quarter = kernel::Day{quarter->integer(0)};
    return last;
}

std::optional<CheckId> check_of_entry(db::Connection& db, std::int64_t entry) {
    if (const auto row =
            db.one("select id from spotcheck where id = $1 or drawn_entry = $1 or overdue_entry = $1", entry))
        return CheckId(row->integer(0));
    const auto look = look_in(db, entry);
    return look ? std::optional(look->check) : std::nullopt;
}

std::optional<Drawn> look_in(db::Connection& db, std::int64_t entry) {
    db::Query query(select_drawn);
    const db::Rows rows = db.query(query.where("look_entry = ?", entry));
    return rows.empty() ? std::nullopt : std::optional(drawn_in(rows.front()));
}

}  // namespace spotcheck

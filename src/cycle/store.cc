#include "store.h"

#include <stdexcept>

#include "change.h"

namespace cycle {
namespace {

constexpr int desk_phase = static_cast<int>(Phase::consult);

void record(db::Connection& db, const ledger::Entry& entry, CycleId cycle, What what, std::optional<Phase> phase,
            std::optional<people::OfficerId> by, const std::string& remark) {
    std::optional<std::int64_t> stored_phase, officer;
    if (phase) stored_phase = static_cast<std::int64_t>(*phase);
    if (by) officer = by->value();
    db.run(
        "insert into cycle_event (entry, cycle, minute, what, phase, officer, remark) values ($1, $2, $3, $4, $5, $6, "
        "$7)",
        entry.index, cycle.value(), entry.time.ms, static_cast<std::int64_t>(what), stored_phase, officer, remark);
}

void insert(db::Connection& db, const ledger::Entry& entry, bool standing, const Opened& c) {
    std::optional<std::int64_t> inherits;
    if (c.inherits) inherits = c.inherits->value();
    db.run(
        "insert into cycle (id, standing, name, lang, organiser, phase, phase_ends, touches, promised, means, limits, "
        "context_filled, context_entry, inherits, source, sample) "
        "values ($1, $2, $3, $4, $5, $6, null, '', '', '', '', 0, null, $7, $8, $9)",
        entry.index, standing ? 1 : 0, c.name, c.lang, c.organiser.value(), standing ? desk_phase : 0, inherits,
        c.source, c.sample ? 1 : 0);
}

void forget_remark(db::Connection& db, std::int64_t index) {
    db.run("update cycle_event set remark = '' where entry = $1", index);
}

Cycle from_row(const db::Row& row) {
    Cycle c;
    c.id = CycleId(row.integer(0));
    c.standing = row.integer(1) != 0;
    c.name = row.text(2);
    c.lang = row.text(3);
    c.organiser = people::UnitId(row.integer(4));
    c.phase = static_cast<Phase>(row.integer(5));
    if (auto ends = row.integer_or_null(6)) c.phase_ends = kernel::Day{*ends};
    c.context = {row.text(7), row.text(8), row.text(9), row.text(10)};
    c.context_complete = row.integer(11) == all_filled;
    if (auto inherits = row.integer_or_null(12)) c.inherits = CycleId(*inherits);
    c.source = row.text(13);
    c.sample = row.integer(14) != 0;
    return c;
}

std::vector<Criterion> criteria_of(db::Connection& db, CycleId cycle) {
    std::vector<Criterion> all;
    for (const db::Row& row :
         db.query("select id, text from cycle_criterion where cycle = $1 and replaced_by is null order by id",
                  cycle.value()))
        all.push_back({CriterionId(row.integer(0)), row.text(1)});
    return all;
}

std::vector<Cycle> with_criteria(db::Connection& db, const db::Rows& rows) {
    std::vector<Cycle> all;
    for (const db::Row& row : rows) {
        all.push_back(from_row(row));
        all.back().criteria = criteria_of(db, all.back().id);
    }
    return all;
}

Happened happened(const db::Row& row) {
    Happened h;
    h.entry = row.integer(0);
    h.minute = {row.integer(1)};
    h.what = static_cast<What>(row.integer(2));
    if (auto phase = row.integer_or_null(3)) h.phase = static_cast<Phase>(*phase);
    if (auto officer = row.integer_or_null(4)) h.by = people::OfficerId(*officer);
    h.remark = row.text(5);
    return h;
}

}  // namespace

void apply_opened(db::Connection& db, const ledger::Entry& entry) {
    const auto c = std::get<Opened>(decode(entry));
    insert(db, entry, false, c);
    record(db, entry, CycleId(entry.index), What::opened, Phase::prepare, c.by, "");
}

void apply_desk_opened(db::Connection& db, const ledger::Entry& entry) {
    const auto c = std::get<DeskOpened>(decode(entry));
    Opened desk;
    desk.organiser = c.organiser;
    desk.name = c.name;
    desk.lang = c.lang;
    insert(db, entry, true, desk);
    record(db, entry, CycleId(entry.index), What::desk_opened, std::nullopt, std::nullopt, "");
}

void apply_criterion_set(db::Connection& db, const ledger::Entry& entry) {
    const auto c = std::get<CriterionSet>(decode(entry));
    db.run("insert into cycle_criterion (id, cycle, text, replaced_by) values ($1, $2, $3, null)", entry.index,
           c.cycle.value(), c.text);
    if (c.replaces)
        db.run("update cycle_criterion set replaced_by = $2 where id = $1", c.replaces->value(), entry.index);
    record(db, entry, c.cycle, c.replaces ? What::criterion_corrected : What::criterion_set, std::nullopt, c.by,
           c.reason);
}

void apply_context_set(db::Connection& db, const ledger::Entry& entry) {
    const auto c = std::get<ContextSet>(decode(entry));
    db.run(
        "update cycle set touches = $2, promised = $3, means = $4, limits = $5, context_filled = $6, context_entry = "
        "$7 where id = $1",
        c.cycle.value(), c.context.touches, c.context.promised, c.context.means, c.context.limits, c.filled,
        entry.index);
    record(db, entry, c.cycle, c.replaces ? What::context_corrected : What::context_set, std::nullopt, c.by, c.reason);
}

void apply_phase_entered(db::Connection& db, const ledger::Entry& entry) {
    const auto c = std::get<PhaseEntered>(decode(entry));
    std::optional<std::int64_t> ends;
    if (c.ends) ends = c.ends->days;
    db.run("update cycle set phase = $2, phase_ends = $3 where id = $1", c.cycle.value(),
           static_cast<std::int64_t>(c.phase), ends);
    record(db, entry, c.cycle, What::phase_entered, c.phase, c.by, c.remark);
}

void forget_opened(db::Connection& db, std::int64_t index) {
    db.run("update cycle set name = '' where id = $1", index);
}

void forget_criterion_set(db::Connection& db, std::int64_t index) {
    db.run("update cycle_criterion set text = '' where id = $1", index);
    forget_remark(db, index);
}

void forget_context_set(db::Connection& db, std::int64_t index) {
    // Only while this sheet is the one in force: a later one has put its own words there.
    db.run(
        "update cycle set touches = '', promised = '', means = '', limits = '' where context_entry = $1 "
        "and id = (select cycle from cycle_event where entry = $1)",
        index);
    forget_remark(db, index);
}

void forget_phase_entered(db::Connection& db, std::int64_t index) { forget_remark(db, index); }

// ---- reading -------------------------------------------------------------------------------------------------------

std::optional<Cycle> cycle(db::Connection& db, CycleId id) {
    auto row = db.one(
        "select id, standing, name, lang, organiser, phase, phase_ends, touches, promised, means, limits, "
        "context_filled, inherits, source, sample from cycle where id = $1",
        id.value());
    if (!row) return std::nullopt;
    Cycle c = from_row(*row);
    c.criteria = criteria_of(db, id);
    return c;
}

std::vector<Cycle> cycles(db::Connection& db, std::optional<CycleId> before, int at_most) {
    db::Query q(
        "select id, standing, name, lang, organiser, phase, phase_ends, touches, promised, means, limits, "
        "context_filled, inherits, source, sample from cycle");
    q.where("standing = 0");
    if (before) q.where("id < ?", before->value());
    q.then("order by id desc limit ?", at_most);
    return with_criteria(db, db.query(q));
}

std::vector<Cycle> newer_cycles(db::Connection& db, CycleId after, int at_most) {
    std::vector<Cycle> all = with_criteria(
        db,
        db.query(
            "select id, standing, name, lang, organiser, phase, phase_ends, touches, promised, means, limits, "
            "context_filled, inherits, source, sample from cycle where standing = 0 and id > $1 order by id limit $2",
            after.value(), at_most));
    return {all.rbegin(), all.rend()};
}

std::optional<Cycle> find_standing_desk(db::Connection& db) {
    const auto row = db.one("select id from cycle where standing = 1");
    if (!row) return std::nullopt;
    return cycle(db, CycleId(row->integer(0)));
}

Cycle standing_desk(db::Connection& db) {
    auto desk = find_standing_desk(db);
    if (!desk) throw std::runtime_error("this data has no standing desk: it was not made by init");
    return *std::move(desk);
}

std::optional<Criterion> criterion(db::Connection& db, CriterionId id, CycleId* of) {
    const auto row = db.one("select cycle, text from cycle_criterion where id = $1", id.value());
    if (!row) return std::nullopt;
    if (of) *of = CycleId(row->integer(0));
    return Criterion{id, row->text(1)};
}

std::optional<std::int64_t> context_entry(db::Connection& db, CycleId id) {
    const auto row = db.one("select context_entry from cycle where id = $1", id.value());
    return row ? row->integer_or_null(0) : std::nullopt;
}

std::vector<CycleId> heirs(db::Connection& db, CycleId id) {
    std::vector<CycleId> all;
    for (const db::Row& row : db.query("select id from cycle where inherits = $1 order by id", id.value()))
        all.emplace_back(row.integer(0));
    return all;
}

std::optional<Door> door(db::Connection& db, CycleId id) {
    const auto row = db.one("select standing, phase from cycle where id = $1", id.value());
    if (!row) return std::nullopt;
    return Door{row->integer(0) != 0, static_cast<Phase>(row->integer(1))};
}

std::vector<Happened> history(db::Connection& db, CycleId id) {
    std::vector<Happened> all;
    for (const db::Row& row :
         db.query("select entry, minute, what, phase, officer, remark from cycle_event where cycle = $1 order by entry",
                  id.value()))
        all.push_back(happened(row));
    return all;
}

std::optional<Event> event(db::Connection& db, std::int64_t entry) {
    const auto row =
        db.one("select entry, minute, what, phase, officer, remark, cycle from cycle_event where entry = $1", entry);
    if (!row) return std::nullopt;
    return Event{CycleId(row->integer(6)), happened(*row)};
}

std::string_view key_of(What what) {
    switch (what) {
        case What::opened:
            return "cycle.event_opened";
        case What::desk_opened:
            return "cycle.event_desk_opened";
        case What::context_set:
            return "cycle.event_context_set";
        case What::context_corrected:
            return "cycle.event_context_corrected";
        case What::criterion_set:
            return "cycle.event_criterion_set";
        case What::criterion_corrected:
            return "cycle.event_criterion_corrected";
        case What::phase_entered:
            return "cycle.event_phase_entered";
    }
    return {};
}

}  // namespace cycle

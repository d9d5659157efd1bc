#include "store.h"

#include <algorithm>
#include <stdexcept>

#include "change.h"

namespace paper {
namespace {

template <class Case>
std::int64_t number(Case one) {
    return static_cast<std::int64_t>(one);
}

Batch must_batch(db::Connection& db, BatchId id) {
    const auto found = batch(db, id);
    if (!found) throw std::runtime_error("paper of a batch that is none");
    return *found;
}
Sheet must_sheet(db::Connection& db, SheetId id) {
    const auto found = sheet(db, id);
    if (!found) throw std::runtime_error("a sheet that is none");
    return *found;
}

int aside(const Batch& b) { return b.unreadable + b.empty + b.elsewhere; }

// The batch as it is now, and what of it changes the counts of its round. It is complete with the entry that settles
// its last sheet, and open again with one that says there are more.
void save(db::Connection& db, const ledger::Entry& entry, const Batch& before, Batch now) {
    if (now.settled() != now.sheets) {
        now.complete_entry.reset();
        now.complete_at.reset();
    } else if (!now.complete_entry) {
        now.complete_entry = entry.index;
        now.complete_at = entry.time;
    }
    db.run(
        "update paper_batch set sheets = $2, highest = $3, waiting = $4, returned = $5, taken = $6, corrected = $7, "
        "unreadable = $8, empty = $9, elsewhere = $10, contracted = $11, codes = $12, complete_entry = $13, "
        "complete_at = $14 where id = $1",
        now.id.value(), now.sheets, now.highest, now.waiting, now.returned, now.taken, now.corrected, now.unreadable,
        now.empty, now.elsewhere, now.contracted, now.codes, now.complete_entry,
        now.complete_at ? std::optional(now.complete_at->ms) : std::nullopt);
    db.run(
        "update paper_count set complete = complete + $2, sheets = sheets + $3, taken = taken + $4, aside = aside + $5 "
        "where cycle = $1",
        now.cycle.value(), static_cast<int>(now.complete()) - static_cast<int>(before.complete()),
        now.sheets - before.sheets, now.taken - before.taken, aside(now) - aside(before));
}

void record(db::Connection& db, const ledger::Entry& entry, BatchId batch, std::optional<SheetId> sheet, Done done,
            people::OfficerId by, std::optional<std::int64_t> count, std::string_view text) {
    db.run(
        "insert into paper_event (entry, batch, sheet, what, by_officer, at, number, text) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8)",
        entry.index, batch.value(), sheet ? std::optional(sheet->value()) : std::nullopt, number(done), by.value(),
        entry.time.ms, count, text);
}

void apply_one(db::Connection& db, const ledger::Entry& e, const change::Opened& c) {
    db.run(
        "insert into paper_batch (id, cycle, unit, by_officer, at, day, place, sheets, highest, waiting, returned, "
        "taken, corrected, unreadable, empty, elsewhere, contracted, codes) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)",
        e.index, c.cycle.value(), c.unit.value(), c.by.value(), e.time.ms, c.day.days, c.place, c.sheets);
    db.run(
        "insert into paper_count (cycle, batches, complete, sheets, taken, aside) values ($1, 1, 0, $2, 0, 0) on "
        "conflict (cycle) do update set batches = paper_count.batches + 1, sheets = paper_count.sheets + "
        "excluded.sheets",
        c.cycle.value(), c.sheets);
    record(db, e, BatchId(e.index), {}, Done::opened, c.by, c.sheets, "");
}

void add_version(db::Connection& db, const ledger::Entry& e, SheetId sheet, const change::SheetTyped& c) {
    const Typed& t = c.typed;
    const bool message = t.what == What::message && e.words;
    db.run(
        "insert into paper_version (entry, sheet, by_officer, at, what, kind, audience, category, district, said_on, "
        "lang, title, text, at_place, remark, gone) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, "
        "$14, $15, $16)",
        e.index, sheet.value(), c.by.value(), e.time.ms, number(t.what),
        message ? voice::name(t.kind) : std::string_view(), message ? voice::name(t.audience) : std::string_view(),
        t.category, t.district, t.said_on ? kernel::iso(*t.said_on) : std::string(), t.lang, t.title, t.text, t.place,
        t.remark, e.words ? 0 : 1);
}

void apply_one(db::Connection& db, const ledger::Entry& e, const change::SheetTyped& c) {
    const Batch before = must_batch(db, c.batch);
    Batch now = before;
    const SheetId id = c.of.value_or(SheetId(e.index));
    if (c.of) {
        db.run("update paper_sheet set state = 0, what = $2, version = $3 where id = $1", id.value(),
               number(c.typed.what), e.index);
        --now.returned;
    } else {
        db.run(
            "insert into paper_sheet (id, batch, n, state, what, version, corrected) values ($1, $2, $3, 0, $4, $1, 0)",
            e.index, c.batch.value(), c.n, number(c.typed.what));
    }
    ++now.waiting;
    now.highest = std::max(now.highest, static_cast<int>(c.n));
    add_version(db, e, id, c);
    save(db, e, before, now);
}

void apply_one(db::Connection& db, const ledger::Entry& e, const change::SheetChecked& c) {
    const Batch before = must_batch(db, c.batch);
    Batch now = before;
    --now.waiting;
    const SheetState state = c.what == What::message ? SheetState::taken : SheetState::aside;
    db.run(
        "update paper_sheet set state = $2, checked_entry = $3, checked_by = $4, corrected = $5, voice = $6 "
        "where id = $1",
        c.sheet.value(), number(state), e.index, c.by.value(), c.corrected ? 1 : 0,
        c.voice ? std::optional(c.voice->value()) : std::nullopt);
    switch (c.what) {
        case What::message: {
            ++now.taken;
            now.corrected += c.corrected ? 1 : 0;
            const auto typed = version(db, must_sheet(db, c.sheet).version);
            const auto typist = typed ? people::officer(db, typed->by) : std::nullopt;
            now.contracted += typist && typist->contractor ? 1 : 0;
            break;
        }
        case What::unreadable:
            ++now.unreadable;
            break;
        case What::empty:
            ++now.empty;
            break;
        case What::elsewhere:
            ++now.elsewhere;
            break;
    }
    save(db, e, before, now);
}

void apply_one(db::Connection& db, const ledger::Entry& e, const change::SentBack& c) {
    const Batch before = must_batch(db, c.batch);
    Batch now = before;
    --now.waiting;
    ++now.returned;
    db.run("update paper_sheet set state = 1 where id = $1", c.sheet.value());
    record(db, e, c.batch, c.sheet, Done::returned, c.by, {}, c.remark);
    save(db, e, before, now);
}

void apply_one(db::Connection& db, const ledger::Entry& e, const change::Recounted& c) {
    const Batch before = must_batch(db, c.batch);
    Batch now = before;
    now.sheets = static_cast<int>(c.sheets);
    record(db, e, c.batch, {}, Done::recounted, c.by, c.sheets, c.reason);
    save(db, e, before, now);
}

void apply_one(db::Connection& db, const ledger::Entry& e, const change::CodesMade& c) {
    const Batch before = must_batch(db, c.batch);
    Batch now = before;
    for (const change::CodesMade::One& one : c.all) {
        people::give_code(db, one.author, one.key);
        db.run("update paper_sheet set code_entry = $2 where id = $1", one.sheet.value(), e.index);
    }
    now.codes += static_cast<int>(c.all.size());
    record(db, e, c.batch, {}, Done::codes, c.by, static_cast<std::int64_t>(c.all.size()), "");
    save(db, e, before, now);
}

}  // namespace

void apply(db::Connection& db, const ledger::Entry& entry) {
    std::visit([&](const auto& c) { apply_one(db, entry, c); }, change::decode(entry));
}

void forget(db::Connection& db, std::int64_t index) {
    db.run("update paper_batch set place = '' where id = $1", index);
    db.run(
        "update paper_version set kind = '', audience = '', category = '', district = '', said_on = '', "
        "lang = '', title = '', text = '', at_place = '', remark = '', gone = 1 where entry = $1",
        index);
    db.run("update paper_event set text = '' where entry = $1", index);
}

}  // namespace paper

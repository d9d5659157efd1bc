#include <algorithm>

#include "store.h"

namespace paper {
namespace {

db::Query batch_query() {
    return db::Query(
        "select id, cycle, unit, by_officer, at, day, place, sheets, highest, waiting, returned, taken, corrected, "
        "unreadable, empty, elsewhere, contracted, codes, complete_entry, complete_at from paper_batch");
}

Batch listed_batch(const db::Row& row) {
    Batch b;
    b.id = BatchId(row.integer(0));
    b.cycle = people::CycleId(row.integer(1));
    b.unit = people::UnitId(row.integer(2));
    b.by = people::OfficerId(row.integer(3));
    b.at = {row.integer(4)};
    b.day = kernel::Day{row.integer(5)};
    b.place = row.text(6);
    int* const counts[] = {&b.sheets,     &b.highest, &b.waiting,   &b.returned,   &b.taken, &b.corrected,
                           &b.unreadable, &b.empty,   &b.elsewhere, &b.contracted, &b.codes};
    int column = 7;
    for (int* one : counts) *one = static_cast<int>(row.integer(column++));
    b.complete_entry = row.integer_or_null(18);
    if (const auto at = row.integer_or_null(19)) b.complete_at = kernel::Instant{*at};
    return b;
}

db::Query sheet_query() {
    return db::Query(
        "select id, batch, n, state, what, version, checked_entry, checked_by, corrected, voice, code_entry "
        "from paper_sheet");
}

Sheet listed_sheet(const db::Row& row) {
    Sheet s;
    s.id = SheetId(row.integer(0));
    s.batch = BatchId(row.integer(1));
    s.n = static_cast<int>(row.integer(2));
    s.state = static_cast<SheetState>(row.integer(3));
    s.what = static_cast<What>(row.integer(4));
    s.version = row.integer(5);
    s.checked_entry = row.integer_or_null(6);
    s.checked_by = people::OfficerId(row.integer_or_null(7).value_or(0));
    s.corrected = row.integer(8) != 0;
    if (const auto id = row.integer_or_null(9)) s.voice = voice::VoiceId(*id);
    s.code_entry = row.integer_or_null(10);
    return s;
}

std::vector<Sheet> listed_sheets(db::Connection& db, const db::Query& query) {
    std::vector<Sheet> all;
    for (const db::Row& row : db.query(query)) all.push_back(listed_sheet(row));
    return all;
}
std::optional<Sheet> one_sheet(db::Connection& db, const db::Query& query) {
    const auto all = listed_sheets(db, query);
    return all.empty() ? std::nullopt : std::optional(all.front());
}

db::Query version_query() {
    return db::Query(
        "select entry, by_officer, at, what, kind, audience, category, district, said_on, lang, title, text, at_place, "
        "remark, gone from paper_version");
}

std::vector<Version> listed_versions(db::Connection& db, const db::Query& query) {
    std::vector<Version> all;
    for (const db::Row& row : db.query(query)) {
        Version v;
        v.entry = row.integer(0);
        v.by = people::OfficerId(row.integer(1));
        v.at = {row.integer(2)};
        Typed& t = v.typed;
        t.what = static_cast<What>(row.integer(3));
        t.kind = voice::parse_kind(row.text(4)).value_or(t.kind);
        t.audience = voice::parse_audience(row.text(5)).value_or(t.audience);
        t.category = row.text(6);
        t.district = row.text(7);
        t.said_on = kernel::parse_day(row.text(8));
        t.lang = row.text(9);
        t.title = row.text(10);
        t.text = row.text(11);
        t.place = row.text(12);
        t.remark = row.text(13);
        v.erased = row.integer(14) != 0;
        all.push_back(std::move(v));
    }
    return all;
}

db::Query event_query() {
    return db::Query("select entry, sheet, what, by_officer, at, number, text from paper_event");
}

std::vector<Event> listed_events(db::Connection& db, const db::Query& query) {
    std::vector<Event> all;
    for (const db::Row& row : db.query(query)) {
        Event e;
        e.entry = row.integer(0);
        if (const auto id = row.integer_or_null(1)) e.sheet = SheetId(*id);
        e.done = static_cast<Done>(row.integer(2));
        e.by = people::OfficerId(row.integer(3));
        e.at = {row.integer(4)};
        e.number = row.integer_or_null(5);
        e.text = row.text(6);
        all.push_back(std::move(e));
    }
    return all;
}

}  // namespace

std::optional<Batch> batch(db::Connection& db, BatchId id) {
    db::Query query = batch_query();
    const db::Rows rows = db.query(query.where("id = ?", id.value()));
    return rows.empty() ? std::nullopt : std::optional(listed_batch(rows.front()));
}

std::vector<Batch> batches(db::Connection& db, std::optional<people::CycleId> cycle, std::optional<BatchId> before,
                           int at_most) {
    db::Query query = batch_query();
    if (cycle) query.where("cycle = ?", cycle->value());
    if (before) query.where("id < ?", before->value());
    query.then("order by id desc limit ?", at_most);
    std::vector<Batch> all;
    for (const db::Row& row : db.query(query)) all.push_back(listed_batch(row));
    return all;
}

std::optional<Sheet> sheet(db::Connection& db, SheetId id) {
    db::Query query = sheet_query();
    query.where("id = ?", id.value());
    return one_sheet(db, query);
}
std::optional<Sheet> sheet_number(db::Connection& db, BatchId batch, int n) {
    db::Query query = sheet_query();
    query.where("batch = ?", batch.value()).where("n = ?", n);
    return one_sheet(db, query);
}
std::optional<Sheet> sheet_of(db::Connection& db, voice::VoiceId voice) {
    db::Query query = sheet_query();
    query.where("voice = ?", voice.value());
    return one_sheet(db, query);
}

std::vector<Sheet> sheets(db::Connection& db, BatchId batch, std::optional<int> after, int at_most) {
    db::Query query = sheet_query();
    query.where("batch = ?", batch.value());
    if (after) query.where("n > ?", *after);
    query.then("order by n limit ?", at_most);
    return listed_sheets(db, query);
}

db::Query sheets_query(BatchId batch, SheetState state, int after, int at_most) {
    db::Query query = sheet_query();
    query.where("batch = ?", batch.value()).where("state = ?", static_cast<std::int64_t>(state)).where("n > ?", after);
    query.then("order by n limit ?", at_most);
    return query;
}
std::vector<Sheet> sheets_in(db::Connection& db, BatchId batch, SheetState state, int after, int at_most) {
    return listed_sheets(db, sheets_query(batch, state, after, at_most));
}

db::Query without_code_query(BatchId batch, int after, int at_most) {
    db::Query query = sheet_query();
    query.where("batch = ?", batch.value()).where("state = 2").where("code_entry is null").where("n > ?", after);
    query.then("order by n limit ?", at_most);
    return query;
}
std::vector<Sheet> without_code(db::Connection& db, BatchId batch, int after, int at_most) {
    return listed_sheets(db, without_code_query(batch, after, at_most));
}

std::vector<Version> versions(db::Connection& db, SheetId sheet) {
    db::Query query = version_query();
    query.where("sheet = ?", sheet.value());
    query.then("order by entry");
    return listed_versions(db, query);
}
std::optional<Version> version(db::Connection& db, std::int64_t entry) {
    db::Query query = version_query();
    query.where("entry = ?", entry);
    const auto all = listed_versions(db, query);
    return all.empty() ? std::nullopt : std::optional(all.front());
}
std::vector<people::OfficerId> typists(db::Connection& db, SheetId sheet) {
    std::vector<people::OfficerId> all;
    for (const db::Row& row :
         db.query("select by_officer from paper_version where sheet = $1 order by entry", sheet.value()))
        all.emplace_back(row.integer(0));
    return all;
}

std::vector<Event> history(db::Connection& db, BatchId batch, std::optional<std::int64_t> after, int at_most) {
    db::Query query = event_query();
    query.where("batch = ?", batch.value());
    if (after) query.where("entry > ?", *after);
    query.then("order by entry limit ?", at_most);
    return listed_events(db, query);
}
std::optional<Event> newest_return(db::Connection& db, SheetId sheet) {
    db::Query query = event_query();
    query.where("sheet = ?", sheet.value());
    query.then("order by entry desc limit 1");
    const auto all = listed_events(db, query);
    return all.empty() ? std::nullopt : std::optional(all.front());
}

people::OfficerId counted_by(db::Connection& db, BatchId batch) {
    const auto row = db.one(
        "select by_officer from paper_event where batch = $1 and what < 2 order by entry desc limit 1", batch.value());
    return people::OfficerId(row ? row->integer(0) : 0);
}

int next_free(db::Connection& db, const Batch& b) {
    if (b.highest < b.sheets && b.settled() + b.waiting + b.returned == b.highest) return b.highest + 1;
    int n = 1;
    for (const Sheet& one : sheets(db, b.id, {}, static_cast<int>(most_sheets))) {
        if (one.n > n) break;
        n = one.n + 1;
    }
    return n <= b.sheets ? n : 0;
}

Sums sums(db::Connection& db, people::CycleId cycle) {
    const auto row =
        db.one("select batches, complete, sheets, taken, aside from paper_count where cycle = $1", cycle.value());
    if (!row) return {};
    Sums s{row->integer(0), row->integer(0) - row->integer(1), row->integer(2), row->integer(3), row->integer(4), 0};
    s.left = s.sheets - s.taken - s.aside;
    return s;
}

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    auto row = db.one("select batch from paper_event where entry = $1", entry);
    if (!row)
        row = db.one("select s.batch from paper_version v join paper_sheet s on s.id = v.sheet where v.entry = $1",
                     entry);
    if (!row) return std::nullopt;
    return Slip{"paper.slip_batch", "/paper/" + std::to_string(row->integer(0))};
}

bool had_part(db::Connection& db, people::OfficerId officer, voice::VoiceId id) {
    const auto found = sheet_of(db, id);
    if (!found) return false;
    const auto typed = typists(db, found->id);
    return found->checked_by == officer || std::find(typed.begin(), typed.end(), officer) != typed.end();
}

bool concerns(db::Connection& db, const people::Actor& actor, std::int64_t entry) {
    const auto row = db.one(
        "select s.voice from paper_version v join paper_sheet s on s.id = v.sheet where v.entry = $1 and s.voice is "
        "not "
        "null",
        entry);
    return row && voice::concerns(db, actor, row->integer(0));
}

std::vector<std::int64_t> of_author(db::Connection& db, voice::VoiceId id) {
    std::vector<std::int64_t> all;
    const auto found = sheet_of(db, id);
    if (!found) return all;
    for (const Version& one : versions(db, found->id)) all.push_back(one.entry);
    for (const db::Row& row :
         db.query("select entry from paper_event where sheet = $1 order by entry", found->id.value()))
        all.push_back(row.integer(0));
    return all;
}

}  // namespace paper

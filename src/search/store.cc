#include "store.h"

#include <algorithm>

namespace search {
namespace {

constexpr int bits_of_hash = 43;

Row from_row(const db::Row& r) {
    Row row;
    row.n = r.integer(0);
    row.matter = {static_cast<Kind>(r.integer(1)), r.integer(2)};
    row.came = {r.integer(3)};
    row.attributes = {r.integer(4), r.integer(5), r.text(6)};
    row.own_print = r.integer(7);
    row.answer_print = r.integer(8);
    row.as_of = r.integer(9);
    return row;
}

}  // namespace

std::optional<Row> row_of(db::Connection& db, const Matter& m) {
    const auto found = db.one(
        "select n, kind, id, came_at, cycle, unit, state, own_print, answer_print, as_of from derived.search_matter "
        "where id = $1 and kind = $2",
        m.id, static_cast<int>(m.kind));
    return found ? std::optional(from_row(*found)) : std::nullopt;
}

std::vector<Row> rows_of(db::Connection& db, const std::vector<std::int64_t>& ns) {
    db::Query query(
        "select n, kind, id, came_at, cycle, unit, state, own_print, answer_print, as_of from derived.search_matter");
    std::map<std::int64_t, Row> by_n;
    for (const db::Row& r : db.query(query.where_in("n", ns))) by_n.emplace(r.integer(0), from_row(r));
    std::vector<Row> out;
    for (const std::int64_t n : ns)
        if (const auto at = by_n.find(n); at != by_n.end()) out.push_back(at->second);
    return out;
}

std::int64_t next_n(db::Connection& db) {
    const auto last = db.one("select n from derived.search_matter order by n desc limit 1");
    return last ? last->integer(0) + 1 : 0;
}

std::int64_t first_since(db::Connection& db, kernel::Instant since) {
    const auto first =
        db.one("select n from derived.search_matter where came_at >= $1 order by came_at, n limit 1", since.ms);
    return first ? first->integer(0) : next_n(db);
}

std::optional<kernel::Instant> came_at(db::Connection& db, std::int64_t n) {
    const auto row = db.one("select came_at from derived.search_matter where n = $1", n);
    return row ? std::optional(kernel::Instant{row->integer(0)}) : std::nullopt;
}

void put(db::Connection& derived, const Row& row) {
    derived.run(
        "insert into derived.search_matter (n, kind, id, came_at, cycle, unit, state, own_print, answer_print, as_of) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (n) do update set cycle = excluded.cycle, "
        "unit = excluded.unit, state = excluded.state, own_print = excluded.own_print, "
        "answer_print = excluded.answer_print, as_of = excluded.as_of",
        row.n, static_cast<int>(row.matter.kind), row.matter.id, row.came.ms, row.attributes.cycle, row.attributes.unit,
        row.attributes.state, row.own_print, row.answer_print, row.as_of);
}

std::int64_t place_of(std::int64_t block, std::int64_t hash) {
    return (block << bits_of_hash) | (hash & ((std::int64_t{1} << bits_of_hash) - 1));
}

std::optional<kernel::Bytes> list_at(db::Connection& db, std::int64_t place) {
    const auto row = db.one("select list from derived.search_word where place = $1", place);
    if (!row) return std::nullopt;
    const kernel::View list = row->bytes(0);
    return kernel::Bytes(list.begin(), list.end());
}

Lists lists_at(db::Connection& db, const std::vector<std::int64_t>& places) {
    constexpr std::size_t at_once = 2048;
    Lists out;
    for (std::size_t from = 0; from < places.size(); from += at_once) {
        const auto first = places.begin() + static_cast<std::ptrdiff_t>(from);
        const auto last = places.begin() + static_cast<std::ptrdiff_t>(std::min(places.size(), from + at_once));
        db::Query query("select place, list from derived.search_word");
        for (const db::Row& r : db.query(query.where_in("place", {first, last}))) {
            const kernel::View list = r.bytes(1);
            out.emplace(r.integer(0), kernel::Bytes(list.begin(), list.end()));
        }
    }
    return out;
}

void put_list(db::Connection& derived, std::int64_t place, const kernel::Bytes& list) {
    derived.run(
        "insert into derived.search_word (place, list) values ($1, $2) on conflict (place) do update set "
        "list = excluded.list",
        place, list);
}

void drop_list(db::Connection& derived, std::int64_t place) {
    derived.run("delete from derived.search_word where place = $1", place);
}

void each_list(db::Connection& db, std::int64_t block, const EachList& each) {
    db.each(
        "select place, list from derived.search_word where place >= $1 and place < $2",
        [&](const db::Row& row) { each(row.integer(0), row.bytes(1)); }, place_of(block, 0), place_of(block + 1, 0));
}

std::optional<Made> made(db::Connection& db) {
    const auto row = db.one("select rules, entries from derived.search_made where id = 0");
    return row ? std::optional(Made{row->text(0), row->integer(1)}) : std::nullopt;
}

void put_made(db::Connection& derived, const Made& m) {
    derived.run(
        "insert into derived.search_made (id, rules, entries) values (0, $1, $2) on conflict (id) do update set "
        "rules = excluded.rules, entries = excluded.entries",
        m.rules, m.entries);
}

void drop_all(db::Connection& derived) {
    derived.run("delete from derived.search_word");
    derived.run("delete from derived.search_matter");
    derived.run("delete from derived.search_made");
}

}  // namespace search

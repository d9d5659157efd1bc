#include "store.h"

#include <algorithm>
#include <stdexcept>

#include <db/db.h>

namespace ledger::store {
namespace {

kernel::Bytes bytes_of(const db::Row& row, int column) {
    const kernel::View view = row.bytes(column);
    return {view.begin(), view.end()};
}

// As 0019_ledger_served.sql says.
constexpr std::int64_t served = 3, kept = 0;

// Whoever finds another value must not take it for leave to serve.
bool is_served(const db::Row& row, int column) {
    const std::int64_t mark = row.integer(column);
    if (mark != served && mark != kept)
        throw std::runtime_error("ledger: entry " + std::to_string(row.integer(0)) + " is damaged");
    return mark == served;
}

Used used_of(const db::Row& row) {
    Used used{row.integer(0), row.integer(1), {}, row.integer(3)};
    const kernel::View token = row.bytes(2);
    if (token.size() != used.token.size()) throw std::runtime_error("ledger: a form's token is damaged");
    std::copy(token.begin(), token.end(), used.token.begin());
    return used;
}

}  // namespace

void add_entry(db::Connection& db, std::int64_t index, std::string_view leaf, std::string_view facts, kernel::View salt,
               bool open) {
    db.run("insert into entry (idx, leaf, facts, facts_salt, facts_open) values ($1, $2, $3, $4, $5)", index, leaf,
           facts, salt, open ? served : kept);
}

void add_words(db::Connection& db, std::int64_t index, std::string_view words, kernel::View salt, bool open) {
    const db::WordsOf sealed(db, index);
    db.run("insert into entry_words (idx, words, salt, open) values ($1, $2, $3, $4)", index, words, salt,
           open ? served : kept);
}

void seal_words(db::Connection& db) {
    if (db.engine() != db::Engine::postgres) return;
    // Canonical JSON begins with a brace, what is sealed does not.
    constexpr db::Sql in_clear =
        "select idx, words, salt from entry_words where idx >= $1 and words like '{%' order by idx limit 500";
    for (db::Rows rows = db.query(in_clear, 0); !rows.empty(); rows = db.query(in_clear, rows.back().integer(0) + 1))
        for (const db::Row& row : rows) {
            const db::WordsOf sealed(db, row.integer(0));
            db.run("update entry_words set words = $2, salt = $3 where idx = $1", row.integer(0), row.text(1),
                   row.bytes(2));
        }
}

bool has_words(db::Connection& db, std::int64_t index) {
    return db.one("select idx from entry_words where idx = $1", index).has_value();
}

std::vector<std::int64_t> with_served_words(db::Connection& db, std::span<const std::int64_t> indices) {
    constexpr std::size_t at_once = 500;  // what one list can name
    std::vector<std::int64_t> out;
    for (; !indices.empty(); indices = indices.subspan(std::min(at_once, indices.size()))) {
        const auto some = indices.first(std::min(at_once, indices.size()));
        db::Query q("select idx, open from entry_words");
        q.where_in("idx", {some.begin(), some.end()}).then("order by idx");
        for (const db::Row& row : db.query(q))
            if (is_served(row, 1)) out.push_back(row.integer(0));
    }
    std::sort(out.begin(), out.end());
    return out;
}

void destroy_words(db::Connection& db, std::int64_t index) { db.run("delete from entry_words where idx = $1", index); }

std::vector<Stored> entries(db::Connection& db, std::int64_t from, std::int64_t before, int at_most) {
    const db::Rows rows = db.query(
        "select e.idx, e.leaf, e.facts, e.facts_salt, e.facts_open, w.words, w.salt, w.open"
        " from entry e left join entry_words w on w.idx = e.idx"
        " where e.idx >= $1 and e.idx < $2 order by e.idx limit $3",
        from, before, at_most);
    std::vector<Stored> out;
    out.reserve(rows.size());
    for (const db::Row& row : rows) {
        Stored entry{row.integer(0), row.text(1), row.text(2), bytes_of(row, 3), is_served(row, 4), {}};
        // Empty: read in a snapshot from before its erasure, after its key was destroyed.
        if (!row.null(5) && !row.text(5).empty()) entry.words = Words{row.text(5), bytes_of(row, 6), is_served(row, 7)};
        out.push_back(std::move(entry));
    }
    return out;
}

std::vector<std::string> leaves(db::Connection& db, std::int64_t from, std::int64_t before) {
    std::vector<std::string> out;
    for (db::Row& row : db.query("select leaf from entry where idx >= $1 and idx < $2 order by idx", from, before))
        out.push_back(row.text(0));
    return out;
}

std::int64_t entry_count(db::Connection& db) {
    const auto row = db.one("select idx from entry order by idx desc limit 1");
    return row ? row->integer(0) + 1 : 0;
}

void put_tile(db::Connection& db, int level, std::int64_t n, kernel::View hashes) {
    db.run(
        "insert into tile (level, n, hashes) values ($1, $2, $3)"
        " on conflict (level, n) do update set hashes = excluded.hashes",
        level, n, hashes);
}

std::optional<kernel::Bytes> tile(db::Connection& db, int level, std::int64_t n) {
    const auto row = db.one("select hashes from tile where level = $1 and n = $2", level, n);
    if (!row) return std::nullopt;
    return bytes_of(*row, 0);
}

std::optional<Head> head(db::Connection& db) {
    const auto row = db.one("select epoch, size, checkpoint, leader from log_head where one = 1");
    if (!row) return std::nullopt;
    return Head{row->integer(0), row->integer(1), row->text(2), row->text(3)};
}

void add_head(db::Connection& db, const Head& head) {
    db.run("insert into log_head (one, epoch, size, checkpoint, leader) values (1, $1, $2, $3, $4)", head.epoch,
           head.size, head.checkpoint, head.leader);
}

bool move_head(db::Connection& db, std::int64_t epoch, std::int64_t from, std::int64_t to,
               std::string_view checkpoint) {
    return db.change("update log_head set size = $1, checkpoint = $2 where one = 1 and epoch = $3 and size = $4", to,
                     checkpoint, epoch, from) == 1;
}

bool take_lead(db::Connection& db, std::int64_t epoch, std::int64_t size, std::string_view leader) {
    return db.change("update log_head set epoch = epoch + 1, leader = $1 where one = 1 and epoch = $2 and size = $3",
                     leader, epoch, size) == 1;
}

void add_used(db::Connection& db, const Used& used) {
    db.run("insert into once (n, day, token, idx) values ($1, $2, $3, $4)", used.n, used.day, used.token, used.index);
}

std::optional<Used> used(db::Connection& db, std::int64_t n) {
    const auto row = db.one("select n, day, token, idx from once where n = $1", n);
    if (!row) return std::nullopt;
    return used_of(*row);
}

void each_used(db::Connection& db, const std::function<void(const Used&)>& each) {
    db.each("select n, day, token, idx from once order by n", [&each](const db::Row& row) { each(used_of(row)); });
}

void drop_used(db::Connection& db, std::int64_t before) { db.run("delete from once where n < $1", before); }

std::int64_t mark(db::Connection& db, std::string_view follower) {
    const auto row = db.one("select idx from derived.mark where name = $1", follower);
    return row ? row->integer(0) : 0;
}

void put_mark(db::Connection& db, std::string_view follower, std::int64_t index) {
    db.run("insert into derived.mark (name, idx) values ($1, $2) on conflict (name) do update set idx = excluded.idx",
           follower, index);
}

}  // namespace ledger::store

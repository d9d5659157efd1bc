#include "store.h"

#include <algorithm>

#include <kernel/json.h>

namespace confidential {
namespace {

using people::OfficerId;

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Named& c) {
    db.run(
        "insert into confidential_officer as o (officer, named) values ($1, $2) on conflict (officer) do update set "
        "named = excluded.named, public_key = null, ready = null, gone = null",
        c.officer.value(), entry.index);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Ready& c) {
    db.run("update confidential_officer set public_key = $2, ready = $3 where officer = $1", c.officer.value(),
           kernel::base64(c.key), entry.index);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Left& c) {
    db.run("update confidential_officer set gone = $2 where officer = $1", c.officer.value(), entry.index);
}

std::int64_t stored(const std::optional<kernel::Day>& day) { return day ? day->days : 0; }
std::optional<kernel::Day> day_at(const db::Row& row, int column) {
    const std::int64_t days = row.integer(column);
    return days > 0 ? std::optional(kernel::Day{days}) : std::nullopt;
}

// Of the matter; the index of the entry that opened it.
std::int64_t apply_matter(db::Connection& db, std::int64_t index, const change::Entered& c) {
    const change::Facts& f = c.facts;
    if (f.act == Act::opened) {
        db.run(
            "insert into confidential_matter (tag, first_entry, n, closed, due, holder, late, author) values ($1, $2, "
            "$3, 0, $4, $5, 0, $6)",
            f.matter, index, f.n, stored(f.due), f.holder, c.words ? kernel::base64(c.words->author) : std::string());
        db.run(
            "insert into confidential_year as y (year, matters) values ($1, 1) on conflict (year) do update set "
            "matters = y.matters + 1",
            f.year);
        return index;
    }
    db.run("update confidential_matter set n = $2, due = $3, holder = $4 where tag = $1", f.matter, f.n, stored(f.due),
           f.holder);
    if (f.act == Act::closed || f.act == Act::word)
        db.run("update confidential_matter set closed = $2 where tag = $1", f.matter, f.act == Act::closed ? 1 : 0);
    if (f.act == Act::late) db.run("update confidential_matter set late = late + 1 where tag = $1", f.matter);
    const auto row = db.one("select first_entry from confidential_matter where tag = $1", f.matter);
    if (!row) throw std::runtime_error("an act of a confidential matter that nobody opened");
    return row->integer(0);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Entered& c) {
    const change::Facts& f = c.facts;
    const std::int64_t first = apply_matter(db, entry.index, c);
    db.run("delete from confidential_receiver where tag = $1", f.matter);
    for (std::size_t i = 0; i < f.receivers.size(); ++i)
        db.run("insert into confidential_receiver (tag, place, officer, first_entry) values ($1, $2, $3, $4)", f.matter,
               static_cast<std::int64_t>(i), f.receivers[i].value(), first);
    db.run("insert into confidential_entry (id, tag, n, act, sealed) values ($1, $2, $3, $4, $5)", entry.index,
           f.matter, f.n, static_cast<std::int64_t>(f.act), c.words ? kernel::base64(c.words->sealed) : std::string());
    if (!c.words) return;
    for (std::size_t place = 0; place <= f.receivers.size(); ++place)
        db.run("insert into confidential_box (entry, place, receiver, box) values ($1, $2, $3, $4)", entry.index,
               static_cast<std::int64_t>(place), place == 0 ? 0 : f.receivers[place - 1].value(),
               kernel::base64(c.words->boxes.at(place)));
}

kernel::Hash hash_of(const std::string& base64) {
    const auto bytes = kernel::parse_base64(base64);
    kernel::Hash hash{};
    if (!bytes || bytes->size() != hash.size()) throw std::runtime_error("a confidential key is not as written");
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    return hash;
}

Waiting waiting_at(const db::Row& row) {
    const auto facts = kernel::parse_json(row.text(2), kernel::Numbers::canonical);
    const auto words = kernel::parse_json(row.text(3), kernel::Numbers::canonical);
    if (!facts || !words) throw std::runtime_error("what waits for its hour is not as written");
    const change::Entered entered = change::entered({}, *facts, *words);
    const kernel::View key = row.bytes(0);
    return {{key.begin(), key.end()}, {row.integer(1)}, entered.facts, *entered.words};
}

std::vector<Part> entered_parts(db::Connection& db, std::string_view tag, const std::string& author) {
    std::vector<Part> parts;
    for (const db::Row& row :
         db.query("select id, n, act, sealed from confidential_entry where tag = $1 order by n", tag)) {
        Part part;
        part.entry = row.integer(0);
        part.facts.matter = tag;
        part.facts.n = static_cast<int>(row.integer(1));
        part.facts.act = static_cast<Act>(row.integer(2));
        if (!row.text(3).empty()) {
            part.words.emplace();
            part.words->sealed = kernel::parse_base64(row.text(3)).value();
            if (!author.empty()) part.words->author = hash_of(author);
        }
        parts.push_back(std::move(part));
    }
    for (const db::Row& row : db.query(
             "select e.n, b.receiver, b.box from confidential_entry e join confidential_box b on b.entry = e.id where "
             "e.tag = $1 order by e.n, b.place",
             tag)) {
        const auto part = std::find_if(parts.begin(), parts.end(),
                                       [&](const Part& p) { return p.facts.n == static_cast<int>(row.integer(0)); });
        if (part == parts.end() || !part->words) continue;
        if (const OfficerId receiver(row.integer(1)); receiver) part->boxed_to.push_back(receiver);
        part->words->boxes.push_back(kernel::parse_base64(row.text(2)).value());
    }
    return parts;
}

}  // namespace

void apply(db::Connection& db, const ledger::Entry& entry) {
    std::visit([&](const auto& c) { apply_one(db, entry, c); }, change::decode(entry));
}

void forget(db::Connection& db, std::int64_t index) {
    db.run("update confidential_entry set sealed = '' where id = $1", index);
    db.run("delete from confidential_box where entry = $1", index);
    db.run("update confidential_matter set author = '' where first_entry = $1", index);
}

std::optional<Matter> matter(db::Connection& db, std::string_view tag) {
    Matter m;
    m.tag = tag;
    if (const auto row = db.one(
            "select first_entry, closed, due, holder, late, author from confidential_matter where tag = $1", tag)) {
        m.id = MatterId(row->integer(0));
        m.closed = row->integer(1) != 0;
        m.late = static_cast<int>(row->integer(4));
        m.parts = entered_parts(db, tag, row->text(5));
        change::Facts& now = m.parts.back().facts;
        now.due = day_at(*row, 2);
        now.holder = static_cast<int>(row->integer(3));
        now.receivers.clear();
        for (const db::Row& one :
             db.query("select officer from confidential_receiver where tag = $1 order by place", tag))
            now.receivers.emplace_back(one.integer(0));
    }
    for (Waiting& one : waiting_of(db, tag)) {
        if (one.facts.act == Act::closed || one.facts.act == Act::word) m.closed = one.facts.act == Act::closed;
        if (one.facts.act == Act::late) ++m.late;
        std::vector<OfficerId> to = one.facts.receivers;
        m.parts.push_back({std::move(one.facts), std::move(one.words), {}, std::move(to)});
    }
    return m.parts.empty() ? std::nullopt : std::optional(std::move(m));
}

std::optional<std::string> tag_of(db::Connection& db, MatterId id) {
    const auto row = db.one("select tag from confidential_matter where first_entry = $1", id.value());
    return row ? std::optional(row->text(0)) : std::nullopt;
}

std::vector<Listed> received_by(db::Connection& db, OfficerId officer, std::optional<MatterId> before, int at_most) {
    db::Query q(
        "select r.first_entry, r.tag, m.closed, m.due, m.holder, m.n, r.place from confidential_receiver r join "
        "confidential_matter m on m.tag = r.tag");
    q.where("r.officer = ?", officer.value());
    if (before) q.where("r.first_entry < ?", before->value());
    std::vector<Listed> all;
    for (const db::Row& row : db.query(q.then("order by r.first_entry desc limit ?", at_most)))
        all.push_back({MatterId(row.integer(0)), row.text(1), row.integer(2) != 0, day_at(row, 3),
                       row.integer(4) == row.integer(6), static_cast<int>(row.integer(5))});
    return all;
}

std::vector<std::string> late_tags(db::Connection& db, kernel::Day today, std::string_view after, int at_most) {
    std::vector<std::string> all;
    for (const db::Row& row :
         db.query("select tag from confidential_matter where due > 0 and due < $1 and tag > $2 order by tag limit $3",
                  today.days, after, at_most))
        all.push_back(row.text(0));
    return all;
}

int last_act(db::Connection& db, std::string_view tag) {
    const auto entered = db.one("select n from confidential_matter where tag = $1", tag);
    const auto waits = db.one("select n from confidential_waiting where tag = $1 order by n desc limit 1", tag);
    return static_cast<int>(std::max(entered ? entered->integer(0) : 0, waits ? waits->integer(0) : 0));
}

std::int64_t waiting_count(db::Connection& db) {
    return db.one("select count(tag) from confidential_waiting")->integer(0);
}

bool waits(db::Connection& db, kernel::View key16) {
    return db.one("select n from confidential_waiting where row_key = $1", key16).has_value();
}

namespace {

// How many rows change their place with every act: an engine that keeps rows as they came would tell the order.
constexpr int moved_together = 12;

std::vector<Waiting> some_waiting(db::Connection& db) {
    std::vector<Waiting> all;
    const kernel::Bytes from = kernel::random_bytes(16);
    for (const db::Row& row :
         db.query("select row_key, enters, facts, words from confidential_waiting where row_key >= "
                  "$1 order by row_key limit $2",
                  from, moved_together))
        all.push_back(waiting_at(row));
    for (const db::Row& row : db.query("select row_key, enters, facts, words from confidential_waiting where row_key < "
                                       "$1 order by row_key limit $2",
                                       from, moved_together - static_cast<int>(all.size())))
        all.push_back(waiting_at(row));
    return all;
}

void insert_waiting(db::Connection& db, const Waiting& w) {
    db.run("insert into confidential_waiting (row_key, enters, tag, n, facts, words) values ($1, $2, $3, $4, $5, $6)",
           w.key, w.enters.ms, w.facts.matter, w.facts.n, kernel::canonical(change::facts_of(w.facts)),
           kernel::canonical(change::words_of(w.words)));
}

}  // namespace

void put_waiting(db::Connection& db, const Waiting& w) {
    std::vector<Waiting> all = some_waiting(db);
    for (const Waiting& one : all) db.run("delete from confidential_waiting where row_key = $1", one.key);
    all.push_back(w);
    std::sort(all.begin(), all.end(), [](const Waiting& a, const Waiting& b) { return a.key < b.key; });
    for (const Waiting& one : all) insert_waiting(db, one);
}

std::optional<Waiting> take_waiting(db::Connection& db, kernel::View key16) {
    const auto row = db.one("select row_key, enters, facts, words from confidential_waiting where row_key = $1", key16);
    if (!row) return std::nullopt;
    Waiting taken = waiting_at(*row);
    db.run("delete from confidential_waiting where row_key = $1", key16);
    return taken;
}

std::vector<Place> due_waiting(db::Connection& db, kernel::Instant now) {
    std::vector<Place> all;
    for (const db::Row& row :
         db.query("select row_key, tag, n from confidential_waiting where enters <= $1 order by row_key", now.ms)) {
        const kernel::View key = row.bytes(0);
        all.push_back({{key.begin(), key.end()}, row.text(1), static_cast<int>(row.integer(2))});
    }
    return all;
}

std::vector<Waiting> waiting_of(db::Connection& db, std::string_view tag) {
    std::vector<Waiting> all;
    for (const db::Row& row :
         db.query("select row_key, enters, facts, words from confidential_waiting where tag = $1 order by n", tag))
        all.push_back(waiting_at(row));
    return all;
}

}  // namespace confidential

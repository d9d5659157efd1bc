#include "store.h"

#include <algorithm>
#include <iterator>

#include <kernel/text.h>

namespace discovery {
namespace {

constexpr std::string_view name = "discovery";

std::string lines(const std::vector<std::string>& all) {
    std::string out;
    for (const std::string& one : all) out += (out.empty() ? "" : "\n") + one;
    return out;
}
std::vector<std::string> from_lines(const std::string& text) {
    std::vector<std::string> all;
    if (!text.empty())
        for (const std::string_view one : kernel::split(text, '\n')) all.emplace_back(one);
    return all;
}

std::optional<issue::IssueId> maybe(std::int64_t id) {
    return id == 0 ? std::nullopt : std::optional(issue::IssueId(id));
}

Group group_in(const db::Row& row) {
    Group g;
    g.id = row.integer(0);
    g.issue = maybe(row.integer(1)), g.resembles = maybe(row.integer(2));
    g.topic = row.integer(3), g.cycle = people::CycleId(row.integer(4)), g.example = row.integer(5);
    g.people = row.integer(6), g.items = row.integer(7), g.texts = row.integer(8);
    g.cohesion = row.integer(9), g.cohesive = row.integer(10) != 0;
    g.keywords = from_lines(row.text(11)), g.districts = from_lines(row.text(12));
    return g;
}
std::vector<Group> groups_in(const db::Rows& rows) {
    std::vector<Group> all;
    for (const db::Row& row : rows) all.push_back(group_in(row));
    return all;
}

void insert(db::Connection& derived, const Group& g) {
    derived.run(
        "insert into derived.discovery_group (id, issue, resembles, topic, cycle, example, people, items, texts, "
        "cohesion, cohesive, keywords, districts) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        g.id, g.issue ? g.issue->value() : 0, g.resembles ? g.resembles->value() : 0, g.topic, g.cycle.value(),
        g.example, g.people, g.items, g.texts, g.cohesion, g.cohesive ? 1 : 0, lines(g.keywords), lines(g.districts));
}

bool erases(const ledger::Entry& entry) { return entry.kind == "ledger.words_erased"; }
bool matters(const ledger::Entry& entry) { return erases(entry) || issue::placed(entry); }

// An item is gathered: its suggestion holds one less, and one of a single item suggests nothing.
void take(db::Connection& derived, Item item) {
    const auto was = grouped(derived, item);
    if (!was || was->group == 0) return;
    derived.run("update derived.discovery_item set grp = 0 where item = $1", item);
    derived.run("update derived.discovery_group set items = items - 1 where id = $1", was->group);
    derived.run("delete from derived.discovery_group where id = $1 and (items < 1 or (items < 2 and issue = 0))",
                was->group);
}

}  // namespace

std::vector<Group> groups(db::Connection& db, std::optional<people::CycleId> cycle, std::optional<Rank> after,
                          int at_most) {
    db::Query q(
        "select id, issue, resembles, topic, cycle, example, people, items, texts, cohesion, cohesive, keywords, "
        "districts from derived.discovery_group");
    if (cycle) q.where("cycle = ?", cycle->value());
    // Ids go down with people, so that one index gives the order.
    if (after) q.where("(people, id) < (?, ?)", after->people, after->id);
    q.then("order by people desc, id desc limit ?", at_most);
    return groups_in(db.query(q));
}

std::optional<Group> group(db::Connection& db, std::int64_t id) {
    const auto row = db.one(
        "select id, issue, resembles, topic, cycle, example, people, items, texts, cohesion, cohesive, keywords, "
        "districts from derived.discovery_group where id = $1",
        id);
    return row ? std::optional(group_in(*row)) : std::nullopt;
}

std::vector<Group> of_topic(db::Connection& db, std::int64_t topic, int at_most) {
    return groups_in(
        db.query("select id, issue, resembles, topic, cycle, example, people, items, texts, cohesion, cohesive, "
                 "keywords, districts from derived.discovery_group where topic = $1 order by id limit $2",
                 topic, at_most));
}

std::vector<Group> for_issue(db::Connection& db, issue::IssueId id, int at_most) {
    return groups_in(
        db.query("select id, issue, resembles, topic, cycle, example, people, items, texts, cohesion, cohesive, "
                 "keywords, districts from derived.discovery_group where issue = $1 order by id limit $2",
                 id.value(), at_most));
}

std::vector<Grouped> grouped(db::Connection& db, std::int64_t group, Item after, int at_most) {
    std::vector<Grouped> all;
    for (const db::Row& row : db.query("select item, grp, first from derived.discovery_item where grp = $1 and item > "
                                       "$2 order by item limit $3",
                                       group, after, at_most))
        all.push_back({row.integer(0), row.integer(1), row.integer(2)});
    return all;
}

std::optional<Grouped> grouped(db::Connection& db, Item item) {
    const auto row = db.one("select item, grp, first from derived.discovery_item where item = $1", item);
    if (!row) return std::nullopt;
    return Grouped{row->integer(0), row->integer(1), row->integer(2)};
}

bool kept_out(db::Connection& db, issue::IssueId id, Item item) {
    return db.one("select item from derived.discovery_kept_out where issue = $1 and item = $2", id.value(), item)
        .has_value();
}

std::set<std::pair<std::int64_t, Item>> all_kept_out(db::Connection& db) {
    std::set<std::pair<std::int64_t, Item>> all;
    for (const db::Row& row : db.query("select issue, item from derived.discovery_kept_out order by issue, item"))
        all.emplace(row.integer(0), row.integer(1));
    return all;
}

std::optional<Run> last_run(db::Connection& db) {
    const auto row = db.one("select at, items, left_out, groups, milliseconds from derived.discovery_run where id = 1");
    if (!row) return std::nullopt;
    return Run{{row->integer(0)}, row->integer(1), row->integer(2), row->integer(3), row->integer(4)};
}

std::int64_t how_many(db::Connection& db, people::CycleId cycle, int at_most) {
    return db
        .one("select count(*) from (select id from derived.discovery_group where cycle = $1 limit $2) some",
             cycle.value(), at_most)
        ->integer(0);
}

void write(db::Connection& derived, const std::vector<Group>& groups, const std::vector<Grouped>& items, const Run& run,
           std::int64_t since) {
    db::Transaction transaction(derived);
    const auto mark = derived.one("select idx from derived.mark where name = $1", name);
    std::vector<ledger::Entry> meanwhile;
    for (std::int64_t next = since; mark && next < mark->integer(0);) {
        auto some = ledger::entries(derived, next, 500);
        if (some.empty()) break;
        next = some.back().index + 1;
        std::copy_if(std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()),
                     std::back_inserter(meanwhile),
                     [&](const ledger::Entry& e) { return e.index < mark->integer(0) && matters(e); });
    }
    // Labels that were made before words were erased never reach the file: it may have been wiped already.
    const bool erased = std::any_of(meanwhile.begin(), meanwhile.end(), erases);
    derived.run("delete from derived.discovery_group");
    derived.run("delete from derived.discovery_item");
    derived.run("delete from derived.discovery_run");
    for (Group g : groups) {
        if (erased) g.keywords.clear(), g.districts.clear();
        insert(derived, g);
    }
    for (const Grouped& one : items)
        derived.run("insert into derived.discovery_item (item, grp, first) values ($1, $2, $3)", one.item, one.group,
                    one.first);
    derived.run(
        "insert into derived.discovery_run (id, at, items, left_out, groups, milliseconds) values (1, $1, $2, $3, $4, "
        "$5)",
        run.at.ms, run.items, run.left_out, run.groups, run.milliseconds);
    for (const ledger::Entry& entry : meanwhile) follow(derived, entry);
    transaction.commit();
}

void follow(db::Connection& derived, const ledger::Entry& entry) {
    if (erases(entry)) {
        derived.run("update derived.discovery_group set keywords = '', districts = ''");
        return;
    }
    const auto placed = issue::placed(entry);
    if (!placed) return;
    const bool out = placed->place == issue::Place::out || placed->place == issue::Place::kept_out;
    for (const Item item : items_of(placed->items)) {
        if (out) {
            derived.run(
                "insert into derived.discovery_kept_out (issue, item) values ($1, $2) on conflict (issue, item) do "
                "nothing",
                placed->issue.value(), item);
            const auto in = grouped(derived, item);
            const auto suggested = in && in->group != 0 ? group(derived, in->group) : std::nullopt;
            if (suggested && suggested->issue == placed->issue) take(derived, item);
            continue;
        }
        derived.run("delete from derived.discovery_kept_out where issue = $1 and item = $2", placed->issue.value(),
                    item);
        if (placed->place == issue::Place::in) take(derived, item);
    }
}

ledger::Follower follower() { return {std::string(name), follow, 500}; }

}  // namespace discovery

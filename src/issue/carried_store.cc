// Issues that a round handed on, and the lists in which they stand with those of the round itself.
#include <algorithm>
#include <stdexcept>

#include "store.h"

namespace issue {
namespace {

void count_carried(db::Connection& db, people::CycleId cycle, std::int64_t unconfirmed, std::int64_t inherited) {
    db.run(
        "insert into issue_carried_count (cycle, unconfirmed, inherited) values ($1, $2, $3) on conflict (cycle) do "
        "update set unconfirmed = issue_carried_count.unconfirmed + excluded.unconfirmed, inherited = "
        "issue_carried_count.inherited + excluded.inherited",
        cycle.value(), unconfirmed, inherited);
}

std::vector<Issue> of_this_round(db::Connection& db, std::optional<people::CycleId> cycle, std::optional<State> state,
                                 std::optional<IssueId> before, int at_most) {
    db::Query q(
        "select id, cycle, state, title, body, lang, marks, voices, statements, people, sitting, motion, sample from "
        "issue");
    if (cycle) q.where("cycle = ?", cycle->value());
    if (state) q.where("state = ?", static_cast<std::int64_t>(*state));
    if (before) q.where("id < ?", before->value());
    q.then("order by id desc limit ?", at_most);
    return all_of(db.query(q));
}

std::vector<Issue> handed_on(db::Connection& db, std::optional<people::CycleId> cycle, std::optional<IssueId> before,
                             int at_most) {
    db::Query q(
        "select i.id, i.cycle, i.state, i.title, i.body, i.lang, i.marks, i.voices, i.statements, i.people, i.sitting, "
        "i.motion, i.sample from issue i");
    if (cycle)
        q.where("i.id in (select issue from issue_carried where cycle = ?)", cycle->value());
    else
        q.where("i.id in (select issue from issue_carried)");
    if (before) q.where("i.id < ?", before->value());
    q.then("order by i.id desc limit ?", at_most);
    return all_of(db.query(q));
}

}  // namespace

void carry(db::Connection& db, std::int64_t entry, IssueId issue, people::CycleId from, State state,
           std::optional<std::int64_t> next) {
    if (!next) throw std::runtime_error("an issue is carried over into no round");
    const people::CycleId to(*next);
    need_count(db, to);
    count(db, from, state, -1);
    count(db, from, State::carried_over, 1);
    count(db, to, state, 1);
    count_carried(db, from, state == State::suggested ? 1 : 0, 0);
    count_carried(db, to, 0, 1);
    db.run("update issue set cycle = $2 where id = $1", issue.value(), to.value());
    db.run("insert into issue_carried (cycle, issue, next_cycle, state, entry) values ($1, $2, $3, $4, $5)",
           from.value(), issue.value(), to.value(), static_cast<std::int64_t>(state), entry);
}

Issue from_row(const db::Row& row) {
    Issue i;
    i.id = IssueId(row.integer(0));
    i.cycle = people::CycleId(row.integer(1));
    i.state = static_cast<State>(row.integer(2));
    i.title = row.text(3);
    i.text = row.text(4);
    i.lang = row.text(5);
    i.marks = static_cast<int>(row.integer(6));
    i.voices = row.integer(7);
    i.statements = row.integer(8);
    i.people = row.integer(9);
    if (auto sitting = row.integer_or_null(10)) i.sitting = *sitting;
    if (auto motion = row.integer_or_null(11)) i.motion = *motion;
    i.sample = row.integer(12) != 0;
    return i;
}

std::vector<Issue> all_of(const db::Rows& rows) {
    std::vector<Issue> all;
    for (const db::Row& row : rows) all.push_back(from_row(row));
    return all;
}

std::vector<Issue> issues(db::Connection& db, std::optional<people::CycleId> cycle, std::optional<State> state,
                          std::optional<IssueId> before, int at_most) {
    if (state == State::carried_over) return handed_on(db, cycle, before, at_most);
    std::vector<Issue> all = of_this_round(db, cycle, state, before, at_most);
    if (!cycle || state) return all;
    const std::vector<Issue> went = handed_on(db, cycle, before, at_most);
    all.insert(all.end(), went.begin(), went.end());
    std::sort(all.begin(), all.end(), [](const Issue& a, const Issue& b) { return b.id < a.id; });
    if (all.size() > static_cast<std::size_t>(at_most)) all.resize(static_cast<std::size_t>(at_most));
    return all;
}

std::vector<Carried> carried(db::Connection& db, IssueId id) {
    std::vector<Carried> all;
    for (const db::Row& row :
         db.query("select cycle, next_cycle, entry from issue_carried where issue = $1 order by cycle", id.value()))
        all.push_back({people::CycleId(row.integer(0)), people::CycleId(row.integer(1)), row.integer(2)});
    return all;
}

std::vector<Issue> inherited(db::Connection& db, people::CycleId cycle, IssueId after, int at_most) {
    return all_of(
        db.query("select i.id, i.cycle, i.state, i.title, i.body, i.lang, i.marks, i.voices, i.statements, i.people, "
                 "i.sitting, i.motion, i.sample from issue_carried c join issue i on i.id = c.issue "
                 "where c.next_cycle = $1 and c.issue > $2 order by c.issue limit $3",
                 cycle.value(), after.value(), at_most));
}

std::vector<IssueId> undecided(db::Connection& db, people::CycleId cycle, int at_most) {
    std::vector<IssueId> all;
    for (const db::Row& row : db.query(
             "select id from issue where cycle = $1 and (state = $2 or state = $3 or state = $4) order by id limit $5",
             cycle.value(), static_cast<std::int64_t>(State::suggested), static_cast<std::int64_t>(State::confirmed),
             static_cast<std::int64_t>(State::before_body), at_most))
        all.emplace_back(row.integer(0));
    return all;
}

std::vector<people::CycleId> with_undecided(db::Connection& db) {
    std::vector<people::CycleId> all;
    for (const db::Row& row :
         db.query("select cycle from issue_count where suggested + confirmed + before_body > 0 order by cycle"))
        all.emplace_back(row.integer(0));
    return all;
}

}  // namespace issue

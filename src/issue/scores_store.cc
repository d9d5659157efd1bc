// The rows of what issues weigh, in derived.db.
#include <set>

#include "scores.h"

namespace issue {
namespace {

std::int64_t list_number(std::optional<people::CycleId> cycle, std::optional<State> state) {
    return (cycle ? cycle->value() : 0) * 16 + (state ? static_cast<std::int64_t>(*state) + 1 : 0);
}

// The lists in which an issue stands; what a round handed on stands in its lists, too.
std::set<std::int64_t> lists_of(const Issue& i, const std::vector<Carried>& went) {
    std::set<std::int64_t> all = {list_number({}, {}), list_number({}, i.state), list_number(i.cycle, {}),
                                  list_number(i.cycle, i.state)};
    for (const Carried& c : went) {
        all.insert(list_number({}, State::carried_over));
        all.insert(list_number(c.from, {}));
        all.insert(list_number(c.from, State::carried_over));
    }
    return all;
}

Score score_from(const db::Row& row) {
    Score s;
    s.issue = IssueId(row.integer(0));
    s.day = {row.integer(1)}, s.next_day = {row.integer(2)};
    s.people = row.integer(3), s.messages = row.integer(4);
    if (const auto day = row.integer_or_null(5)) s.first_day = kernel::Day{*day};
    s.heat = row.integer(6), s.heat_plain = row.integer(7), s.growth = row.integer(8);
    s.heat_people = row.integer(9), s.copying = row.integer(10);
    s.difficulty = row.integer(11), s.oldest_days = row.integer(12), s.reopened = row.integer(13);
    s.extended = row.integer(14), s.units = row.integer(15), s.rounds = row.integer(16);
    s.focus = row.integer(17), s.answers = row.integer(18), s.refused = row.integer(19);
    s.appeals = row.integer(20), s.dissatisfied = row.integer(21);
    s.division = row.integer_or_null(22), s.divided_statements = row.integer(23), s.divided_votes = row.integer(24);
    return s;
}

Week week_from(const db::Row& row) { return {row.integer(1), row.integer(2), row.integer(3)}; }

}  // namespace

void mark(db::Connection& derived, IssueId issue, bool texts) {
    derived.run(
        "insert into derived.issue_marked as t (issue, texts) values ($1, $2) on conflict (issue) do update set texts "
        "= case when excluded.texts > t.texts then excluded.texts else t.texts end",
        issue.value(), texts ? 1 : 0);
}

void mark_of_voice(db::Connection& derived, voice::VoiceId voice, bool texts) {
    for (const db::Row& row : derived.query("select issue from issue_voice where voice = $1", voice.value()))
        mark(derived, IssueId(row.integer(0)), texts);
}

void unmark(db::Connection& derived, IssueId issue) {
    derived.run("delete from derived.issue_marked where issue = $1", issue.value());
}

std::vector<Marked> to_count(db::Connection& db, kernel::Day today, int at_most) {
    std::vector<Marked> all;
    for (const db::Row& row :
         db.query("select issue, texts from derived.issue_marked order by issue limit $1", at_most))
        all.push_back({IssueId(row.integer(0)), row.integer(1) != 0});
    const int left = at_most - static_cast<int>(all.size());
    if (left <= 0) return all;
    // Fewer were marked than fit, so these are all: none is counted twice.
    for (const db::Row& row :
         db.query("select s.issue from derived.issue_score s where s.next_day <= $1 and not exists "
                  "(select 1 from derived.issue_marked m where m.issue = s.issue) order by "
                  "s.next_day, s.issue limit $2",
                  today.days, left))
        all.push_back({IssueId(row.integer(0)), false});
    return all;
}

std::int64_t how_many_to_count(db::Connection& db, kernel::Day today) {
    return db.one("select count(*) from derived.issue_marked")->integer(0) +
           db.one("select count(*) from derived.issue_score where next_day <= $1", today.days)->integer(0);
}

std::vector<voice::VoiceId> copies_of(db::Connection& db, IssueId issue) {
    std::vector<voice::VoiceId> all;
    for (const db::Row& row :
         db.query("select voice from derived.issue_copy where issue = $1 order by voice", issue.value()))
        all.emplace_back(row.integer(0));
    return all;
}

void put_copies(db::Connection& derived, IssueId issue, const std::vector<voice::VoiceId>& copies) {
    derived.run("delete from derived.issue_copy where issue = $1", issue.value());
    for (const voice::VoiceId voice : copies)
        derived.run("insert into derived.issue_copy (issue, voice) values ($1, $2)", issue.value(), voice.value());
}

void put(db::Connection& derived, const Issue& i, const std::vector<Carried>& went, const Weight& weight) {
    const Score& s = weight.score;
    const std::int64_t id = i.id.value();
    const std::optional<std::int64_t> first = s.first_day ? std::optional(s.first_day->days) : std::nullopt;
    derived.run("delete from derived.issue_score where issue = $1", id);
    derived.run(
        "insert into derived.issue_score (issue, day, next_day, people, messages, first_day, heat, heat_plain, growth, "
        "heat_people, copying, difficulty, oldest_days, reopened, extended, units, rounds, focus, answers, refused, "
        "appeals, dissatisfied, division, divided_statements, divided_votes) values ($1, $2, $3, $4, $5, $6, $7, $8, "
        "$9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)",
        id, s.day.days, s.next_day.days, s.people, s.messages, first, s.heat, s.heat_plain, s.growth, s.heat_people,
        s.copying, s.difficulty, s.oldest_days, s.reopened, s.extended, s.units, s.rounds, s.focus, s.answers,
        s.refused, s.appeals, s.dissatisfied, s.division, s.divided_statements, s.divided_votes);
    derived.run("delete from derived.issue_rank where issue = $1", id);
    std::vector<std::pair<Sort, std::int64_t>> figures = {
        {Sort::people, s.people}, {Sort::heat, s.heat}, {Sort::difficulty, s.difficulty}, {Sort::focus, s.focus}};
    if (s.division) figures.emplace_back(Sort::division, *s.division);
    for (const std::int64_t list : lists_of(i, went))
        for (const auto& [figure, value] : figures)
            derived.run("insert into derived.issue_rank (list, figure, value, issue) values ($1, $2, $3, $4)", list,
                        static_cast<std::int64_t>(figure), value, id);
    derived.run("delete from derived.issue_week where issue = $1", id);
    for (const Week& w : weight.weeks)
        derived.run("insert into derived.issue_week (issue, week, messages, people) values ($1, $2, $3, $4)", id,
                    w.week, w.messages, w.people);
    derived.run("delete from derived.issue_district where issue = $1", id);
    for (const District& d : weight.districts)
        derived.run("insert into derived.issue_district (issue, district, messages) values ($1, $2, $3)", id, d.code,
                    d.messages);
}

void counted_once_more(db::Connection& derived) {
    derived.run(
        "insert into derived.issue_counted as t (id, n) values (1, 1) on conflict (id) do update set n = t.n + 1");
}

std::int64_t times_counted(db::Connection& db) {
    const auto row = db.one("select n from derived.issue_counted where id = 1");
    return row ? row->integer(0) : 0;
}

std::map<IssueId, Weight> weights(db::Connection& db, const std::vector<IssueId>& ids) {
    std::vector<std::int64_t> asked;
    for (const IssueId id : ids) asked.push_back(id.value());
    std::map<IssueId, Weight> all;
    db::Query scores(
        "select issue, day, next_day, people, messages, first_day, heat, heat_plain, growth, heat_people, copying, "
        "difficulty, oldest_days, reopened, extended, units, rounds, focus, answers, refused, appeals, dissatisfied, "
        "division, divided_statements, divided_votes from derived.issue_score");
    for (const db::Row& row : db.query(scores.where_in("issue", asked)))
        all[IssueId(row.integer(0))].score = score_from(row);
    db::Query weeks("select issue, week, messages, people from derived.issue_week");
    for (const db::Row& row : db.query(weeks.where_in("issue", asked).then("order by issue, week")))
        if (const auto at = all.find(IssueId(row.integer(0))); at != all.end())
            at->second.weeks.push_back(week_from(row));
    return all;
}

std::optional<Weight> weight(db::Connection& db, IssueId id) {
    auto all = weights(db, {id});
    if (all.empty()) return std::nullopt;
    Weight found = std::move(all.begin()->second);
    for (const db::Row& row : db.query(
             "select district, messages from derived.issue_district where issue = $1 order by district", id.value()))
        found.districts.push_back({row.text(0), row.integer(1)});
    return found;
}

std::vector<Ranked> ranked(db::Connection& db, std::optional<people::CycleId> cycle, std::optional<State> state,
                           Sort sort, std::optional<Ranked> before, int at_most) {
    db::Query q("select value, issue from derived.issue_rank");
    q.where("list = ?", list_number(cycle, state)).where("figure = ?", static_cast<std::int64_t>(sort));
    if (before) q.where("(value, issue) < (?, ?)", before->value, before->issue.value());
    std::vector<Ranked> all;
    for (const db::Row& row : db.query(q.then("order by value desc, issue desc limit ?", at_most)))
        all.push_back({row.integer(0), IssueId(row.integer(1))});
    return all;
}

}  // namespace issue

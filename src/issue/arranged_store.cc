// Answers of surveys in issues, and issues that were merged into others.
#include "change.h"
#include "store.h"

namespace issue {

// One person answers a survey once: who wrote two of an issue's answers counts once.
void put_answers(db::Connection& db, IssueId issue, const std::vector<AnswerId>& answers, bool in) {
    db.run("insert into issue_answer_count (issue, answers, people) values ($1, 0, 0) on conflict (issue) do nothing",
           issue.value());
    const auto of_entry = [&](std::int64_t entry) {
        return db.one("select count(*) from issue_answer where issue = $1 and entry = $2", issue.value(), entry)
            ->integer(0);
    };
    for (const AnswerId& one : answers) {
        if (has(db, issue, one) == in) continue;  // what was never in is put aside too: it is suggested no more
        const std::int64_t before = of_entry(one.entry);
        if (in)
            db.run("insert into issue_answer (issue, entry, question) values ($1, $2, $3)", issue.value(), one.entry,
                   one.question);
        else
            db.run("delete from issue_answer where issue = $1 and entry = $2 and question = $3", issue.value(),
                   one.entry, one.question);
        const std::int64_t step = in ? 1 : -1;
        const bool person = before == (in ? 0 : 1);
        db.run("update issue_answer_count set answers = answers + $2, people = people + $3 where issue = $1",
               issue.value(), step, person ? step : 0);
    }
}

void merged(db::Connection& db, IssueId from, std::optional<std::int64_t> into) {
    db.run("delete from issue_merged where issue = $1", from.value());
    if (into) db.run("insert into issue_merged (issue, into_issue) values ($1, $2)", from.value(), *into);
}

std::optional<IssueId> merged_into(db::Connection& db, IssueId id) {
    const auto row = db.one("select into_issue from issue_merged where issue = $1", id.value());
    return row ? std::optional(IssueId(row->integer(0))) : std::nullopt;
}

std::vector<Issue> issues_of(db::Connection& db, AnswerId answer) {
    return all_of(
        db.query("select i.id, i.cycle, i.state, i.title, i.body, i.lang, i.marks, i.voices, i.statements, i.people, "
                 "i.sitting, i.motion, i.sample "
                 "from issue_answer a join issue i on i.id = a.issue where a.entry = $1 and a.question = $2 order by "
                 "i.id",
                 answer.entry, answer.question));
}

bool has(db::Connection& db, IssueId id, AnswerId answer) {
    return db
        .one("select issue from issue_answer where issue = $1 and entry = $2 and question = $3", id.value(),
             answer.entry, answer.question)
        .has_value();
}

std::vector<AnswerId> answers_of(db::Connection& db, IssueId id, AnswerId after, int at_most) {
    std::vector<AnswerId> all;
    for (const db::Row& row :
         db.query("select entry, question from issue_answer where issue = $1 and (entry > $2 or (entry = $2 and "
                  "question > $3)) order by entry, question limit $4",
                  id.value(), after.entry, after.question, at_most))
        all.push_back({row.integer(0), static_cast<int>(row.integer(1))});
    return all;
}

Answers answers(db::Connection& db, IssueId id) {
    const auto row = db.one("select answers, people from issue_answer_count where issue = $1", id.value());
    return row ? Answers{row->integer(0), row->integer(1)} : Answers{};
}

std::optional<Placed> placed(const ledger::Entry& entry) {
    if (entry.kind != change::gathered_kind && entry.kind != change::answers_gathered_kind &&
        entry.kind != change::kept_out_kind)
        return std::nullopt;
    const change::Change change = change::decode(entry);
    if (const auto* c = std::get_if<change::Gathered>(&change))
        return Placed{c->issue, {c->voices, c->statements, {}}, c->in ? Place::in : Place::out};
    if (const auto* c = std::get_if<change::AnswersGathered>(&change))
        return Placed{c->issue, {{}, {}, c->answers}, c->in ? Place::in : Place::out};
    const auto& c = std::get<change::KeptOut>(change);
    return Placed{c.issue, {c.voices, c.statements, {}}, c.out ? Place::kept_out : Place::free};
}

}  // namespace issue

#include "advice.h"
#include "store.h"

namespace issue {

void put_advice(db::Connection& db, std::int64_t entry, IssueId issue, voice::VoiceId voice) {
    const auto said = voice::voice(db, voice);
    const bool open = said && said->audience == voice::Audience::open;
    db.run("insert into issue_advice (issue, voice, open, entry) values ($1, $2, $3, $4)", issue.value(), voice.value(),
           open ? 1 : 0, entry);
    db.run(
        "insert into issue_advice_count (issue, voices, closed, people) values ($1, 0, 0, 0) on conflict (issue) do "
        "nothing",
        issue.value());
    std::int64_t newcomer = 0;
    if (const auto author = voice::author_of(db, voice)) {
        db.run(
            "insert into issue_adviser as t (issue, participant, voices) values ($1, $2, 1) on conflict (issue, "
            "participant) do update set voices = t.voices + 1",
            issue.value(), author->value());
        newcomer = db.one("select voices from issue_adviser where issue = $1 and participant = $2", issue.value(),
                          author->value())
                       ->integer(0) == 1;
    }
    db.run(
        "update issue_advice_count set voices = voices + 1, closed = closed + $2, people = people + $3 where issue = "
        "$1",
        issue.value(), open ? 0 : 1, newcomer);
}

AdviceCounts advice_counts(db::Connection& db, IssueId issue) {
    const auto row = db.one("select voices, closed, people from issue_advice_count where issue = $1", issue.value());
    return row ? AdviceCounts{row->integer(0), row->integer(1), row->integer(2)} : AdviceCounts();
}

std::vector<voice::VoiceId> advice_of(db::Connection& db, IssueId issue, std::optional<voice::VoiceId> before,
                                      int at_most) {
    db::Query q("select voice from issue_advice");
    q.where("issue = ?", issue.value()).where("open = 1");
    if (before) q.where("voice < ?", before->value());
    std::vector<voice::VoiceId> all;
    for (const db::Row& row : db.query(q.then("order by voice desc limit ?", at_most)))
        all.emplace_back(row.integer(0));
    return all;
}

bool has_advice(db::Connection& db, IssueId issue, voice::VoiceId voice) {
    return db.one("select entry from issue_advice where issue = $1 and voice = $2", issue.value(), voice.value())
        .has_value();
}

bool is_advice(db::Connection& db, voice::VoiceId voice) {
    return db.one("select issue from issue_advice where voice = $1 limit 1", voice.value()).has_value();
}

std::vector<Issue> advised_by(db::Connection& db, voice::VoiceId voice) {
    std::vector<Issue> all;
    for (const db::Row& row : db.query("select issue from issue_advice where voice = $1 order by issue", voice.value()))
        if (auto found = issue::issue(db, IssueId(row.integer(0)))) all.push_back(*std::move(found));
    return all;
}

std::optional<IssueId> issue_of_advice(db::Connection& db, std::int64_t entry) {
    const auto row = db.one("select issue from issue_advice where entry = $1", entry);
    return row ? std::optional(IssueId(row->integer(0))) : std::nullopt;
}

}  // namespace issue

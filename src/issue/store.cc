#include "store.h"

#include "change.h"

namespace issue {
namespace {

// For an issue that led to a measure, or does so no more. A message belongs to its own round: what was said at the
// standing desk counts there, also where it was gathered into a round's issue.
bool leads(State state) { return state == State::adopted || state == State::resolved; }

void count_led(db::Connection& db, voice::VoiceId voice, bool leads_now) {
    db.run("insert into issue_led (voice, issues) values ($1, 0) on conflict (voice) do nothing", voice.value());
    db.run("update issue_led set issues = issues + $2 where voice = $1", voice.value(), leads_now ? 1 : -1);
    const std::int64_t now = db.one("select issues from issue_led where voice = $1", voice.value())->integer(0);
    if (now == 0) db.run("delete from issue_led where voice = $1", voice.value());
    if (now != (leads_now ? 1 : 0)) return;
    const auto said = voice::voice(db, voice);
    if (!said) return;
    db.run("insert into issue_led_count (cycle, voices) values ($1, 0) on conflict (cycle) do nothing",
           said->cycle.value());
    db.run("update issue_led_count set voices = voices + $2 where cycle = $1", said->cycle.value(), leads_now ? 1 : -1);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Suggested& c) {
    db.run(
        "insert into issue (id, cycle, state, title, body, lang, marks, voices, statements, people, sitting, motion, "
        "sample) "
        "values ($1, $2, 0, $3, $4, $5, 0, 0, 0, 0, null, null, $6)",
        entry.index, c.cycle.value(), c.title, c.text, c.lang, c.sample ? 1 : 0);
    need_count(db, c.cycle);
    count(db, c.cycle, State::suggested, 1);
    record(db, entry, IssueId(entry.index), What::suggested, c.by, 0, "");
}

// The issue's people follow each message in and out: one person is one, however many messages they sent.
void put_voice(db::Connection& db, IssueId issue, voice::VoiceId voice, bool in) {
    const auto author = voice::author_of(db, voice);
    if (in) {
        db.run("insert into issue_voice (voice, issue) values ($1, $2)", voice.value(), issue.value());
    } else {
        db.run("delete from issue_voice where voice = $1 and issue = $2", voice.value(), issue.value());
    }
    const std::int64_t step = in ? 1 : -1;
    db.run("update issue set voices = voices + $2 where id = $1", issue.value(), step);
    if (!author) return;
    db.run(
        "insert into issue_person (issue, participant, voices) values ($1, $2, 0) on conflict (issue, participant) do "
        "nothing",
        issue.value(), author->value());
    db.run("update issue_person set voices = voices + $3 where issue = $1 and participant = $2", issue.value(),
           author->value(), step);
    const std::int64_t now =
        db.one("select voices from issue_person where issue = $1 and participant = $2", issue.value(), author->value())
            ->integer(0);
    if (now == 0)
        db.run("delete from issue_person where issue = $1 and participant = $2", issue.value(), author->value());
    if (now == (in ? 1 : 0)) db.run("update issue set people = people + $2 where id = $1", issue.value(), step);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Gathered& c) {
    const auto state = db.one("select state from issue where id = $1", c.issue.value());
    const bool leading = state && leads(static_cast<State>(state->integer(0)));
    for (voice::VoiceId voice : c.voices) {
        put_voice(db, c.issue, voice, c.in);
        if (leading) count_led(db, voice, c.in);
    }
    for (dialogue::StatementId statement : c.statements) {
        if (c.in) {
            db.run("insert into issue_statement (statement, issue) values ($1, $2)", statement.value(),
                   c.issue.value());
        } else {
            db.run("delete from issue_statement where statement = $1 and issue = $2", statement.value(),
                   c.issue.value());
        }
    }
    const std::int64_t moved = static_cast<std::int64_t>(c.statements.size());
    db.run("update issue set statements = statements + $2 where id = $1", c.issue.value(), c.in ? moved : -moved);
    record(db, entry, c.issue, c.in ? What::gathered : What::put_aside, c.by,
           static_cast<std::int64_t>(c.voices.size()) + moved, "");
}

What what_of(State to) {
    switch (to) {
        case State::suggested:
            return What::taken_back;
        case State::confirmed:
            return What::confirmed;
        case State::dismissed:
            return What::dismissed;
        case State::before_body:
            return What::before_body;
        case State::adopted:
            return What::adopted;
        case State::refused:
            return What::refused;
        case State::resolved:
            return What::resolved;
        case State::carried_over:
            return What::carried_over;
    }
    return What::suggested;
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Moved& c) {
    const db::Row was = db.one("select cycle, state from issue where id = $1", c.issue.value()).value();
    const people::CycleId cycle(was.integer(0));
    const State from = static_cast<State>(was.integer(1));
    if (c.to == State::carried_over) {
        carry(db, entry.index, c.issue, cycle, from, c.because);
        return record(db, entry, c.issue, What::carried_over, c.by, 0, c.reason);
    }
    count(db, cycle, from, -1);
    count(db, cycle, c.to, 1);
    db.run("update issue set state = $2, marks = $3 where id = $1", c.issue.value(), static_cast<std::int64_t>(c.to),
           c.marks);
    if (leads(from) != leads(c.to))
        for (const db::Row& row :
             db.query("select voice from issue_voice where issue = $1 order by voice", c.issue.value()))
            count_led(db, voice::VoiceId(row.integer(0)), leads(c.to));
    merged(db, c.issue, c.to == State::dismissed ? c.because : std::nullopt);
    if (c.to == State::before_body) db.run("update issue set sitting = $2 where id = $1", c.issue.value(), c.because);
    if (c.to == State::adopted || c.to == State::refused)
        db.run("update issue set motion = $2 where id = $1", c.issue.value(), c.because);
    record(db, entry, c.issue, c.to == State::dismissed && c.because ? What::merged : what_of(c.to), c.by, 0, c.reason);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::RestListed& c) {
    need_count(db, c.cycle);
    for (voice::VoiceId voice : c.voices)
        db.run("insert into issue_rest (voice, cycle, entry) values ($1, $2, $3)", voice.value(), c.cycle.value(),
               entry.index);
    db.run("update issue_count set rest = rest + $2 where cycle = $1", c.cycle.value(),
           static_cast<std::int64_t>(c.voices.size()));
    db.run("insert into issue_rest_reason (entry, cycle, reason) values ($1, $2, $3)", entry.index, c.cycle.value(),
           c.reason);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::AnswersGathered& c) {
    put_answers(db, c.issue, c.answers, c.in);
    record(db, entry, c.issue, c.in ? What::answers_gathered : What::answers_put_aside, c.by, std::ssize(c.answers),
           "");
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::KeptOut& c) {
    record(db, entry, c.issue, c.out ? What::kept_out : What::let_back, c.by,
           std::ssize(c.voices) + std::ssize(c.statements), "");
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const change::Advised& c) {
    put_advice(db, entry.index, c.issue, c.voice);
}

}  // namespace

void record(db::Connection& db, const ledger::Entry& entry, IssueId issue, What what, people::OfficerId by,
            std::int64_t n, const std::string& reason) {
    const std::optional<std::int64_t> officer = by ? std::optional(by.value()) : std::nullopt;
    db.run(
        "insert into issue_event (entry, issue, minute, what, officer, n, reason) values ($1, $2, $3, $4, $5, $6, $7)",
        entry.index, issue.value(), entry.time.ms, static_cast<std::int64_t>(what), officer, n, reason);
}

void apply(db::Connection& db, const ledger::Entry& entry) {
    std::visit([&](const auto& c) { apply_one(db, entry, c); }, change::decode(entry));
}

void forget(db::Connection& db, std::int64_t index) {
    db.run("update issue set title = '', body = '' where id = $1", index);
    db.run("update issue_event set reason = '' where entry = $1", index);
    db.run("update issue_rest_reason set reason = '' where entry = $1", index);
}

// ---- reading -------------------------------------------------------------------------------------------------------

std::optional<Issue> issue(db::Connection& db, IssueId id) {
    auto row = db.one(
        "select id, cycle, state, title, body, lang, marks, voices, statements, people, sitting, motion, sample from "
        "issue where id = $1",
        id.value());
    if (!row) return std::nullopt;
    return from_row(*row);
}

std::vector<Issue> issues_of(db::Connection& db, voice::VoiceId voice) {
    return all_of(
        db.query("select i.id, i.cycle, i.state, i.title, i.body, i.lang, i.marks, i.voices, i.statements, i.people, "
                 "i.sitting, i.motion, i.sample "
                 "from issue_voice v join issue i on i.id = v.issue where v.voice = $1 order by i.id",
                 voice.value()));
}

std::vector<Issue> issues_of(db::Connection& db, dialogue::StatementId statement) {
    return all_of(
        db.query("select i.id, i.cycle, i.state, i.title, i.body, i.lang, i.marks, i.voices, i.statements, i.people, "
                 "i.sitting, i.motion, i.sample "
                 "from issue_statement s join issue i on i.id = s.issue where s.statement = $1 order by i.id",
                 statement.value()));
}

std::vector<voice::VoiceId> voices_of(db::Connection& db, IssueId id, std::optional<voice::VoiceId> before,
                                      int at_most) {
    db::Query q("select voice from issue_voice");
    q.where("issue = ?", id.value());
    if (before) q.where("voice < ?", before->value());
    q.then("order by voice desc limit ?", at_most);
    std::vector<voice::VoiceId> all;
    for (const db::Row& row : db.query(q)) all.emplace_back(row.integer(0));
    return all;
}

std::vector<dialogue::StatementId> statements_of(db::Connection& db, IssueId id, dialogue::StatementId after,
                                                 int at_most) {
    std::vector<dialogue::StatementId> all;
    for (const db::Row& row : db.query(
             "select statement from issue_statement where issue = $1 and statement > $2 order by statement limit $3",
             id.value(), after.value(), at_most))
        all.emplace_back(row.integer(0));
    return all;
}

namespace {

Happened happened_in(const db::Row& row) {
    Happened h;
    h.entry = row.integer(0);
    h.minute = {row.integer(1)};
    h.what = static_cast<What>(row.integer(2));
    if (auto officer = row.integer_or_null(3)) h.by = people::OfficerId(*officer);
    h.n = row.integer(4);
    h.reason = row.text(5);
    return h;
}

}  // namespace

std::vector<Happened> history(db::Connection& db, IssueId id) {
    std::vector<Happened> all;
    for (const db::Row& row : db.query("select entry, minute, what, officer, n, reason from issue_event where issue = "
                                       "$1 order by entry",
                                       id.value()))
        all.push_back(happened_in(row));
    return all;
}

std::optional<Happened> newest_step(db::Connection& db, IssueId id) {
    const auto row = db.one("select max(entry) from issue_event where issue = $1", id.value());
    if (!row || row->null(0)) return std::nullopt;
    return happened_in(
        *db.one("select entry, minute, what, officer, n, reason from issue_event where entry = $1", row->integer(0)));
}

std::optional<IssueId> issue_of_entry(db::Connection& db, std::int64_t entry) {
    const auto row = db.one("select issue from issue_event where entry = $1", entry);
    return row ? std::optional(IssueId(row->integer(0))) : std::nullopt;
}

bool has(db::Connection& db, IssueId id, voice::VoiceId voice) {
    return db.one("select issue from issue_voice where voice = $1 and issue = $2", voice.value(), id.value())
        .has_value();
}

bool has(db::Connection& db, IssueId id, dialogue::StatementId statement) {
    return db
        .one("select issue from issue_statement where statement = $1 and issue = $2", statement.value(), id.value())
        .has_value();
}

std::vector<Rest> rest(db::Connection& db, people::CycleId cycle, std::optional<voice::VoiceId> after, int at_most) {
    std::vector<Rest> all;
    for (const db::Row& row :
         db.query("select r.voice, r.entry, w.reason from issue_rest r join issue_rest_reason w on w.entry = r.entry "
                  "where r.cycle = $1 and r.voice > $2 order by r.voice limit $3",
                  cycle.value(), after ? after->value() : 0, at_most))
        all.push_back({voice::VoiceId(row.integer(0)), row.integer(1), row.text(2)});
    return all;
}

bool in_rest(db::Connection& db, voice::VoiceId voice) {
    return db.one("select entry from issue_rest where voice = $1", voice.value()).has_value();
}

std::string_view key_of(What what) {
    switch (what) {
        case What::suggested:
            return "issue.event_suggested";
        case What::gathered:
            return "issue.event_gathered";
        case What::put_aside:
            return "issue.event_put_aside";
        case What::confirmed:
            return "issue.event_confirmed";
        case What::dismissed:
            return "issue.event_dismissed";
        case What::before_body:
            return "issue.event_before_body";
        case What::adopted:
            return "issue.event_adopted";
        case What::refused:
            return "issue.event_refused";
        case What::resolved:
            return "issue.event_resolved";
        case What::carried_over:
            return "issue.event_carried_over";
        case What::taken_back:
            return "issue.event_taken_back";
        case What::kept_out:
            return "issue.event_kept_out";
        case What::merged:
            return "issue.event_merged";
        case What::answers_gathered:
            return "issue.event_answers_gathered";
        case What::answers_put_aside:
            return "issue.event_answers_put_aside";
        case What::let_back:
            return "issue.event_let_back";
    }
    return {};
}

}  // namespace issue

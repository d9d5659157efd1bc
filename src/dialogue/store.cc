#include "store.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "votes.h"

namespace dialogue {
namespace {

template <class Case>
constexpr std::int64_t number(Case one) {
    return static_cast<std::int64_t>(one);
}

void count(db::Connection& db, DialogueId dialogue, Bucket bucket, std::int64_t n) {
    const auto in = [&](Bucket b) { return b == bucket ? n : std::int64_t{0}; };
    db.run(
        "update dialogue_figures set accepted = accepted + $2, pending = pending + $3, "
        "never_moderated = never_moderated + $4, set_aside = set_aside + $5 where dialogue = $1",
        dialogue.value(), in(Bucket::accepted), in(Bucket::pending), in(Bucket::never_moderated),
        in(Bucket::set_aside));
}

struct NewStatement {
    DialogueId dialogue;
    State state = State::accepted;
    Origin origin = Origin::participant;
    std::optional<std::int64_t> source_number;
    kernel::Day day;
    std::optional<kernel::Day> until;
    const std::string& text;
    const std::string& lang;
};

void insert(db::Connection& db, const ledger::Entry& entry, const NewStatement& s) {
    std::optional<std::int64_t> ground, until;
    if (s.state == State::set_aside) ground = number(Ground::not_recorded);
    if (s.until) until = s.until->days;
    db.run(
        "insert into dialogue_statement (id, dialogue, state, ground, origin, number, day, until, author, text, lang) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, null, $9, $10)",
        entry.index, s.dialogue.value(), number(s.state), ground, number(s.origin), s.source_number, s.day.days, until,
        s.text, s.lang);
    db.run("insert into dialogue_count (statement, agree, disagree, pass) values ($1, 0, 0, 0)", entry.index);
    count(db, s.dialogue, bucket_of(s.state, s.origin), 1);
}

// Moves a statement to another state, with its dialogue's figures.
void move(db::Connection& db, StatementId id, State to, std::optional<Ground> ground) {
    const auto row = db.one("select dialogue, state, origin from dialogue_statement where id = $1", id.value());
    if (!row) throw std::runtime_error("a statement that nobody made");
    const DialogueId dialogue(row->integer(0));
    const Origin origin = static_cast<Origin>(row->integer(2));
    count(db, dialogue, bucket_of(static_cast<State>(row->integer(1)), origin), -1);
    count(db, dialogue, bucket_of(to, origin), 1);
    std::optional<std::int64_t> stored_ground;
    if (ground) stored_ground = number(*ground);
    db.run("update dialogue_statement set state = $2, ground = $3, until = null where id = $1", id.value(), number(to),
           stored_ground);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const Opened& c) {
    db.run(
        "insert into dialogue (id, cycle, question, about, lang, admission, closed, source, first_day, "
        "last_day, sample) values ($1, $2, $3, $4, $5, $6, null, $7, null, null, $8)",
        entry.index, c.cycle.value(), c.question, c.about, c.lang, number(c.admission), c.source, c.sample ? 1 : 0);
    db.run(
        "insert into dialogue_figures (dialogue, people, imported_people, votes_cast, votes, accepted, pending, "
        "never_moderated, set_aside) values ($1, 0, 0, 0, 0, 0, 0, 0, 0)",
        entry.index);
    if (c.import)
        db.run("insert into dialogue_import (dialogue, files, cycle, statements, votes) values ($1, $2, $3, 0, 0)",
               entry.index, c.import->files, c.import->into.value());
    record(db, entry, entry.index, What::opened, c.by);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const Closed& c) {
    db.run("update dialogue set closed = $2 where id = $1", c.dialogue.value(), entry.index);
    record(db, entry, c.dialogue.value(), What::closed, c.by, c.remark);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const Made& c) {
    const State state = c.until ? State::pending : State::accepted;
    insert(db, entry, {c.dialogue, state, Origin::participant, {}, c.day, c.until, c.text, c.lang});
    record(db, entry, entry.index, What::made, std::nullopt);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const Seeded& c) {
    insert(db, entry, {c.dialogue, State::accepted, Origin::seed, {}, c.day, {}, c.text, c.lang});
    record(db, entry, entry.index, What::seeded, c.by);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const StatementImported& c) {
    insert(db, entry, {c.dialogue, c.state, Origin::imported, c.number, c.day, {}, c.text, c.lang});
    db.run("update dialogue_import set statements = statements + 1 where dialogue = $1", c.dialogue.value());
    record(db, entry, entry.index, What::imported, std::nullopt);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const Accepted& c) {
    move(db, c.statement, State::accepted, std::nullopt);
    end_removal(db, c.statement);
    record(db, entry, c.statement.value(), c.by ? What::accepted : What::accepted_late, c.by, c.remark);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const SetAside& c) {
    move(db, c.statement, State::set_aside, c.ground);
    record_removal(db, entry, c);
    record(db, entry, c.statement.value(), What::set_aside, c.by, c.remark, c.ground);
}

void apply_one(db::Connection& db, const ledger::Entry& entry, const Reported& c) { apply_report(db, entry, c); }
void apply_one(db::Connection& db, const ledger::Entry& entry, const ReportDecided& c) { apply_report(db, entry, c); }
void apply_one(db::Connection& db, const ledger::Entry& entry, const Appealed& c) { apply_appeal(db, entry, c); }
void apply_one(db::Connection& db, const ledger::Entry& entry, const AppealRefused& c) { apply_appeal(db, entry, c); }
void apply_one(db::Connection& db, const ledger::Entry& entry, const VotesCast& c) { apply_votes(db, entry, c); }
void apply_one(db::Connection& db, const ledger::Entry& entry, const VotesImported& c) { apply_votes(db, entry, c); }
void apply_one(db::Connection& db, const ledger::Entry& entry, const Translated& c) { apply_translation(db, entry, c); }

Dialogue dialogue_row(const db::Row& row) {
    Dialogue d;
    d.id = DialogueId(row.integer(0));
    d.cycle = CycleId(row.integer(1));
    d.question = row.text(2);
    d.about = row.text(3);
    d.lang = row.text(4);
    d.admission = static_cast<Admission>(row.integer(5));
    d.closed = !row.null(6);
    d.source = row.text(7);
    if (auto day = row.integer_or_null(8)) d.first = kernel::Day{*day};
    if (auto day = row.integer_or_null(9)) d.last = kernel::Day{*day};
    d.sample = row.integer(10) != 0;
    return d;
}

Statement statement_row(const db::Row& row) {
    Statement s;
    s.id = StatementId(row.integer(0));
    s.dialogue = DialogueId(row.integer(1));
    s.state = static_cast<State>(row.integer(2));
    if (auto ground = row.integer_or_null(3)) s.ground = static_cast<Ground>(*ground);
    s.origin = static_cast<Origin>(row.integer(4));
    s.number = row.integer_or_null(5);
    s.day = kernel::Day{row.integer(6)};
    if (auto until = row.integer_or_null(7)) s.until = kernel::Day{*until};
    s.text = row.text(8);
    s.lang = row.text(9);
    s.counts = {row.integer(10), row.integer(11), row.integer(12)};
    return s;
}

std::vector<Statement> statement_rows(const db::Rows& rows) {
    std::vector<Statement> all;
    for (const db::Row& row : rows) all.push_back(statement_row(row));
    return all;
}

Figures figures_row(const std::optional<db::Row>& row) {
    if (!row || row->null(0)) return {};
    return {row->integer(0), row->integer(1), row->integer(2), row->integer(3),
            row->integer(4), row->integer(5), row->integer(6), row->integer(7)};
}

}  // namespace

void record(db::Connection& db, const ledger::Entry& entry, std::int64_t about, What what,
            std::optional<people::OfficerId> by, const std::string& remark, std::optional<Ground> ground) {
    std::optional<std::int64_t> officer, stored_ground;
    if (by) officer = by->value();
    if (ground) stored_ground = number(*ground);
    db.run(
        "insert into dialogue_event (entry, about, minute, what, ground, officer, remark) values ($1, $2, $3, $4, $5, "
        "$6, $7)",
        entry.index, about, entry.time.ms, number(what), stored_ground, officer, remark);
}

Bucket bucket_of(State state, Origin origin) {
    switch (state) {
        case State::accepted:
            return Bucket::accepted;
        case State::set_aside:
            return Bucket::set_aside;
        case State::pending:
            return origin == Origin::imported ? Bucket::never_moderated : Bucket::pending;
    }
    return Bucket::pending;
}

void apply(db::Connection& db, const ledger::Entry& entry) {
    std::visit([&](const auto& c) { apply_one(db, entry, c); }, decode(entry));
}

void forget_question(db::Connection& db, std::int64_t index) {
    db.run("update dialogue set question = '', about = '' where id = $1", index);
}
void forget_statement(db::Connection& db, std::int64_t index) {
    db.run("update dialogue_statement set text = '' where id = $1", index);
}
void forget_remark(db::Connection& db, std::int64_t index) {
    db.run("update dialogue_event set remark = '' where entry = $1", index);
}

// ---- reading -------------------------------------------------------------------------------------------------------

std::optional<Dialogue> dialogue(db::Connection& db, DialogueId id) {
    const auto row = db.one(
        "select id, cycle, question, about, lang, admission, closed, source, first_day, last_day, sample "
        "from dialogue where id = $1",
        id.value());
    return row ? std::optional(dialogue_row(*row)) : std::nullopt;
}

std::vector<Dialogue> dialogues(db::Connection& db, CycleId cycle) {
    std::vector<Dialogue> all;
    for (const db::Row& row :
         db.query("select id, cycle, question, about, lang, admission, closed, source, first_day, last_day, sample "
                  "from dialogue where cycle = $1 order by id",
                  cycle.value()))
        all.push_back(dialogue_row(row));
    return all;
}

std::optional<Door> door(db::Connection& db, DialogueId id) {
    const auto row = db.one("select cycle, admission, closed from dialogue where id = $1", id.value());
    if (!row) return std::nullopt;
    return Door{CycleId(row->integer(0)), static_cast<Admission>(row->integer(1)), !row->null(2)};
}

Figures figures(db::Connection& db, DialogueId id) {
    return figures_row(
        db.one("select people, imported_people, votes_cast, votes, accepted, pending, never_moderated, set_aside "
               "from dialogue_figures where dialogue = $1",
               id.value()));
}

Figures figures(db::Connection& db, CycleId cycle) {
    return figures_row(
        db.one("select sum(f.people), sum(f.imported_people), sum(f.votes_cast), sum(f.votes), sum(f.accepted), "
               "sum(f.pending), sum(f.never_moderated), sum(f.set_aside) "
               "from dialogue d join dialogue_figures f on f.dialogue = d.id where d.cycle = $1",
               cycle.value()));
}

std::optional<Statement> statement(db::Connection& db, StatementId id) {
    const auto row = db.one(
        "select s.id, s.dialogue, s.state, s.ground, s.origin, s.number, s.day, s.until, s.text, s.lang, "
        "c.agree, c.disagree, c.pass from dialogue_statement s join dialogue_count c on c.statement = s.id "
        "where s.id = $1",
        id.value());
    return row ? std::optional(statement_row(*row)) : std::nullopt;
}

std::vector<Statement> statements(db::Connection& db, const Filter& f) {
    if (f.before) {
        std::vector<Statement> all = statement_rows(db.query(
            "select s.id, s.dialogue, s.state, s.ground, s.origin, s.number, s.day, s.until, s.text, s.lang, "
            "c.agree, c.disagree, c.pass from dialogue_statement s join dialogue_count c on c.statement = s.id "
            "where s.dialogue = $1 and s.state = $2 and s.id < $3 order by s.id desc limit $4",
            f.dialogue.value(), number(f.state), f.before->value(), f.at_most));
        std::reverse(all.begin(), all.end());
        return all;
    }
    return statement_rows(
        db.query("select s.id, s.dialogue, s.state, s.ground, s.origin, s.number, s.day, s.until, s.text, s.lang, "
                 "c.agree, c.disagree, c.pass from dialogue_statement s join dialogue_count c on c.statement = s.id "
                 "where s.dialogue = $1 and s.state = $2 and s.id > $3 order by s.id limit $4",
                 f.dialogue.value(), number(f.state), f.after ? f.after->value() : 0, f.at_most));
}

std::vector<Statement> export_statements(db::Connection& db, DialogueId id, StatementId after, int at_most) {
    std::vector<Statement> all = statement_rows(
        db.query("select s.id, s.dialogue, s.state, s.ground, s.origin, s.number, s.day, s.until, s.text, s.lang, "
                 "c.agree, c.disagree, c.pass from dialogue_statement s join dialogue_count c on c.statement = s.id "
                 "where s.dialogue = $1 and s.id > $2 order by s.id limit $3",
                 id.value(), after.value(), at_most));
    for (Statement& s : all)
        if (s.state != State::accepted) s.text.clear();
    return all;
}

std::optional<people::ParticipantId> author_of(db::Connection& db, StatementId id) {
    const auto row = db.one("select author from dialogue_statement where id = $1", id.value());
    if (!row || row->null(0)) return std::nullopt;
    return people::ParticipantId(row->integer(0));
}

std::vector<Statement> to_moderate(db::Connection& db, DialogueId id, std::optional<StatementId> after, int at_most) {
    db::Query q(
        "select s.id, s.dialogue, s.state, s.ground, s.origin, s.number, s.day, s.until, s.text, s.lang, "
        "c.agree, c.disagree, c.pass from dialogue_statement s join dialogue_count c on c.statement = s.id");
    q.where("s.dialogue = ?", id.value()).where("s.state = 0");
    if (after) q.where("(s.origin, s.id) > (select origin, id from dialogue_statement where id = ?)", after->value());
    return statement_rows(db.query(q.then("order by s.origin, s.id limit ?", at_most)));
}

std::vector<StatementId> waiting_past(db::Connection& db, kernel::Day today, int at_most) {
    std::vector<StatementId> all;
    for (const db::Row& row : db.query("select id from dialogue_statement where until is not null and until < $1 "
                                       "order by until, id limit $2",
                                       today.days, at_most))
        all.emplace_back(row.integer(0));
    return all;
}

std::optional<DialogueId> first_with_pending(db::Connection& db, CycleId cycle) {
    const auto row = db.one(
        "select d.id from dialogue d join dialogue_figures f on f.dialogue = d.id "
        "where d.cycle = $1 and f.pending > 0 order by d.id limit 1",
        cycle.value());
    return row ? std::optional(DialogueId(row->integer(0))) : std::nullopt;
}

std::vector<Happened> history(db::Connection& db, std::int64_t about) {
    std::vector<Happened> all;
    for (const db::Row& row : db.query(
             "select entry, minute, what, ground, officer, remark from dialogue_event where about = $1 order by entry",
             about)) {
        Happened h;
        h.entry = row.integer(0);
        h.minute = {row.integer(1)};
        h.what = static_cast<What>(row.integer(2));
        if (auto ground = row.integer_or_null(3)) h.ground = static_cast<Ground>(*ground);
        if (auto officer = row.integer_or_null(4)) h.by = people::OfficerId(*officer);
        h.remark = row.text(5);
        all.push_back(std::move(h));
    }
    return all;
}

std::optional<std::pair<std::int64_t, What>> event(db::Connection& db, std::int64_t entry) {
    const auto row = db.one("select about, what from dialogue_event where entry = $1", entry);
    if (!row) return std::nullopt;
    return std::pair(row->integer(0), static_cast<What>(row->integer(1)));
}

std::vector<Standing> standings(db::Connection& db, DialogueId id) {
    std::vector<Standing> all;
    for (const db::Row& row : db.query(
             "select id, state, origin, number from dialogue_statement where dialogue = $1 order by id", id.value()))
        all.push_back({StatementId(row.integer(0)), static_cast<State>(row.integer(1)),
                       static_cast<Origin>(row.integer(2)), row.integer_or_null(3)});
    return all;
}

std::vector<DialogueId> all_dialogues(db::Connection& db, DialogueId after, int at_most) {
    std::vector<DialogueId> all;
    for (const db::Row& row :
         db.query("select id from dialogue where id > $1 order by id limit $2", after.value(), at_most))
        all.emplace_back(row.integer(0));
    return all;
}

std::optional<ImportProgress> import_progress(db::Connection& db, const ImportOf& of) {
    const auto row = db.one(
        "select i.dialogue, d.cycle, i.statements, i.votes from dialogue_import i "
        "join dialogue d on d.id = i.dialogue where i.files = $1 and i.cycle = $2",
        of.files, of.into.value());
    if (!row) return std::nullopt;
    return ImportProgress{DialogueId(row->integer(0)), CycleId(row->integer(1)), row->integer(2), row->integer(3)};
}

std::optional<StatementId> by_number(db::Connection& db, DialogueId id, std::int64_t source_number) {
    const auto row =
        db.one("select id from dialogue_statement where dialogue = $1 and number = $2", id.value(), source_number);
    return row ? std::optional(StatementId(row->integer(0))) : std::nullopt;
}

std::vector<std::pair<std::int64_t, StatementId>> numbered(db::Connection& db, DialogueId id) {
    std::vector<std::pair<std::int64_t, StatementId>> all;
    for (const db::Row& row :
         db.query("select number, id from dialogue_statement where dialogue = $1 and number is not null "
                  "order by number",
                  id.value()))
        all.emplace_back(row.integer(0), StatementId(row.integer(1)));
    return all;
}

}  // namespace dialogue

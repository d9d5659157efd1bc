#include <array>

#include "store.h"

namespace dialogue {
namespace {

DialogueId dialogue_of(db::Connection& db, StatementId id) {
    const auto row = db.one("select dialogue from dialogue_statement where id = $1", id.value());
    return row ? DialogueId(row->integer(0)) : DialogueId();
}

Report report_row(const db::Row& row) {
    return {row.integer(0),
            StatementId(row.integer(1)),
            DialogueId(row.integer(2)),
            static_cast<Ground>(row.integer(3)),
            !row.null(4),
            row.text(5)};
}

Removal removal_row(const db::Row& row) {
    return {StatementId(row.integer(0)), row.integer(1),      people::OfficerId(row.integer(2)),
            row.integer_or_null(3),      row.integer(4) != 0, row.text(5)};
}

}  // namespace

void record_removal(db::Connection& db, const ledger::Entry& entry, const SetAside& c) {
    end_removal(db, c.statement);
    db.run(
        "insert into dialogue_removal (statement, dialogue, entry, officer, appeal, waiting, reason) "
        "values ($1, $2, $3, $4, null, 0, '')",
        c.statement.value(), dialogue_of(db, c.statement).value(), entry.index, c.by.value());
}

void end_removal(db::Connection& db, StatementId id) {
    db.run("delete from dialogue_removal where statement = $1", id.value());
}

void apply_report(db::Connection& db, const ledger::Entry& entry, const Reported& c) {
    db.run(
        "insert into dialogue_report (entry, statement, dialogue, ground, decided, remark) "
        "values ($1, $2, $3, $4, null, $5)",
        entry.index, c.statement.value(), dialogue_of(db, c.statement).value(), static_cast<std::int64_t>(c.ground),
        c.remark);
    record(db, entry, c.statement.value(), What::reported, std::nullopt, "", c.ground);
}

void apply_report(db::Connection& db, const ledger::Entry& entry, const ReportDecided& c) {
    db.run("update dialogue_report set decided = $2 where entry = $1", c.report, c.hidden ? 1 : 0);
    record(db, entry, c.statement.value(), c.hidden ? What::report_hidden : What::report_kept, c.by, c.remark);
}

void apply_appeal(db::Connection& db, const ledger::Entry& entry, const Appealed& c) {
    db.run("update dialogue_removal set appeal = $2, waiting = 1, reason = $3 where statement = $1",
           c.statement.value(), entry.index, c.reason);
    record(db, entry, c.statement.value(), What::appealed, std::nullopt);
}

void apply_appeal(db::Connection& db, const ledger::Entry& entry, const AppealRefused& c) {
    db.run("update dialogue_removal set waiting = 0 where statement = $1", c.statement.value());
    record(db, entry, c.statement.value(), What::appeal_refused, c.by, c.remark);
}

void forget_report(db::Connection& db, std::int64_t index) {
    db.run("update dialogue_report set remark = '' where entry = $1", index);
}
void forget_appeal(db::Connection& db, std::int64_t index) {
    db.run("update dialogue_removal set reason = '' where appeal = $1", index);
}

std::optional<Report> find_report(db::Connection& db, std::int64_t entry) {
    const auto row = db.one(
        "select entry, statement, dialogue, ground, decided, remark from dialogue_report where entry = $1", entry);
    return row ? std::optional(report_row(*row)) : std::nullopt;
}

std::optional<Removal> removal(db::Connection& db, StatementId id) {
    const auto row =
        db.one("select statement, entry, officer, appeal, waiting, reason from dialogue_removal where statement = $1",
               id.value());
    return row ? std::optional(removal_row(*row)) : std::nullopt;
}

std::vector<Report> open_reports(db::Connection& db, std::optional<DialogueId> of, std::int64_t after, int at_most) {
    db::Query q("select entry, statement, dialogue, ground, decided, remark from dialogue_report");
    q.where("decided is null").where("entry > ?", after);
    if (of) q.where("dialogue = ?", of->value());
    q.then("order by entry limit ?", at_most);
    std::vector<Report> all;
    for (const db::Row& row : db.query(q)) all.push_back(report_row(row));
    return all;
}

std::vector<Removal> open_appeals(db::Connection& db, std::optional<DialogueId> of, std::int64_t after, int at_most) {
    db::Query q("select statement, entry, officer, appeal, waiting, reason from dialogue_removal");
    q.where("waiting = 1").where("appeal > ?", after);
    if (of) q.where("dialogue = ?", of->value());
    q.then("order by appeal limit ?", at_most);
    std::vector<Removal> all;
    for (const db::Row& row : db.query(q)) all.push_back(removal_row(row));
    return all;
}

Complaining complaining(db::Connection& db, std::optional<DialogueId> of) {
    db::Query reports("select count(*) from dialogue_report"), appeals("select count(*) from dialogue_removal");
    reports.where("decided is null");
    appeals.where("waiting = 1");
    for (db::Query* q : {&reports, &appeals})
        if (of) q->where("dialogue = ?", of->value());
    return {db.query(reports).front().integer(0), db.query(appeals).front().integer(0)};
}

std::string_view key_of(What what) {
    static constexpr std::array<std::string_view, 14> keys = {
        "dialogue.event_opened",         "dialogue.event_closed",        "dialogue.event_made",
        "dialogue.event_seeded",         "dialogue.event_imported",      "dialogue.event_accepted",
        "dialogue.event_accepted_late",  "dialogue.event_set_aside",     "dialogue.event_reported",
        "dialogue.event_report_kept",    "dialogue.event_report_hidden", "dialogue.event_appealed",
        "dialogue.event_appeal_refused", "dialogue.event_translated"};
    return keys.at(static_cast<std::size_t>(what));
}

}  // namespace dialogue

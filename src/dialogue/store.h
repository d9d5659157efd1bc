// The rows of dialogues: what each Change writes, and this feature's queries; the only place with its SQL, parted into
// store.cc (dialogues, statements, lists, figures), report_store.cc (reports, appeals), translation_store.cc and
// vote_store.cc (votes, counts). Reads: any connection; apply and forget: the writer's.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <ledger/ledger.h>

#include "change.h"
#include "dialogue.h"

namespace dialogue {

// ---- writing -------------------------------------------------------------------------------------------------------
void apply(db::Connection&, const ledger::Entry&);  // every kind of change.h
void apply_votes(db::Connection&, const ledger::Entry&, const VotesCast&);
void apply_votes(db::Connection&, const ledger::Entry&, const VotesImported&);
void apply_report(db::Connection&, const ledger::Entry&, const Reported&);
void apply_report(db::Connection&, const ledger::Entry&, const ReportDecided&);
void apply_appeal(db::Connection&, const ledger::Entry&, const Appealed&);
void apply_appeal(db::Connection&, const ledger::Entry&, const AppealRefused&);
void apply_translation(db::Connection&, const ledger::Entry&, const Translated&);
void record_removal(db::Connection&, const ledger::Entry&, const SetAside&);
void end_removal(db::Connection&, StatementId);

void forget_question(db::Connection&, std::int64_t index);   // of dialogue.opened
void forget_statement(db::Connection&, std::int64_t index);  // of the three kinds that make one
void forget_remark(db::Connection&, std::int64_t index);     // of closed, accepted, set aside
void forget_report(db::Connection&, std::int64_t index);     // of statement_reported
void forget_appeal(db::Connection&, std::int64_t index);     // of appealed
void forget_key(db::Connection&, std::int64_t index);        // of votes_cast
void forget_translation(db::Connection&, std::int64_t index);

// What a state counts as, in Figures.
enum class Bucket { accepted, pending, never_moderated, set_aside };
Bucket bucket_of(State, Origin);

// Where the people of an import stand in the vote table: below zero, so that no participant has the same number.
std::int64_t imported_person(DialogueId, std::int64_t number);
inline constexpr std::int64_t max_person = (std::int64_t{1} << 20) - 1;

// ---- reading -------------------------------------------------------------------------------------------------------
struct Door {  // the little that an act of speaking must know
    CycleId cycle;
    Admission admission = Admission::moderated;
    bool closed = false;
};
std::optional<Door> door(db::Connection&, DialogueId);
// How many of these are accepted statements of the dialogue.
std::int64_t count_accepted(db::Connection&, DialogueId, const std::vector<std::int64_t>& statements);

std::optional<Choice> vote_of(db::Connection&, people::ParticipantId, StatementId);
std::int64_t votes_of(db::Connection&, people::ParticipantId, DialogueId);  // how many stand
// Accepted statements this person has not voted on, after `from`, then from the beginning.
std::vector<StatementId> unvoted(db::Connection&, DialogueId, std::optional<people::ParticipantId>, StatementId from,
                                 int at_most);

std::optional<people::ParticipantId> author_of(db::Connection&, StatementId);
// Those that wait for us to moderate (imported ones that nobody looked at come last), oldest first.
std::vector<Statement> to_moderate(db::Connection&, DialogueId, std::optional<StatementId> after, int at_most);
std::vector<StatementId> waiting_past(db::Connection&, kernel::Day today, int at_most);  // the clock's: until < today
std::optional<DialogueId> first_with_pending(db::Connection&, CycleId);

// The numbers are stored.
enum class What {
    opened,
    closed,
    made,
    seeded,
    imported,
    accepted,
    accepted_late,
    set_aside,
    reported,
    report_kept,
    report_hidden,
    appealed,
    appeal_refused,
    translated
};
// A row of the history of a dialogue or of a statement.
void record(db::Connection&, const ledger::Entry&, std::int64_t about, What, std::optional<people::OfficerId>,
            const std::string& remark = {}, std::optional<Ground> = {});
struct Happened {
    std::int64_t entry = 0;
    kernel::Instant minute;
    What what = What::opened;
    std::optional<Ground> ground;
    std::optional<people::OfficerId> by;
    std::string remark;
};
std::vector<Happened> history(db::Connection&, std::int64_t about);  // of a dialogue or of a statement, oldest first
std::string_view key_of(What);                                       // message key, "dialogue.event_opened"
std::optional<std::pair<std::int64_t, What>> event(db::Connection&, std::int64_t entry);  // what it is about

struct Report {
    std::int64_t entry = 0;
    StatementId statement;
    DialogueId dialogue;
    Ground ground = Ground::personal_data;
    bool decided = false;
    std::string remark;  // for moderators alone
};
struct Removal {  // of a statement that was set aside here
    StatementId statement;
    std::int64_t entry = 0;
    people::OfficerId by;
    std::optional<std::int64_t> appeal;  // the one made against it
    bool waiting = false;                // and not decided yet
    std::string reason;                  // for moderators alone
};
std::optional<Report> find_report(db::Connection&, std::int64_t entry);
std::optional<Removal> removal(db::Connection&, StatementId);
// What waits for moderators, oldest first, of one dialogue or of all, after the entry of a report or of an appeal.
std::vector<Report> open_reports(db::Connection&, std::optional<DialogueId>, std::int64_t after, int at_most);
std::vector<Removal> open_appeals(db::Connection&, std::optional<DialogueId>, std::int64_t after, int at_most);
struct Complaining {
    std::int64_t reports = 0, appeals = 0;
};
Complaining complaining(db::Connection&, std::optional<DialogueId>);  // how many of each

struct ImportProgress {
    DialogueId dialogue;
    CycleId cycle;
    std::int64_t statements = 0, votes = 0;  // taken so far, in the order of the files
};
std::optional<ImportProgress> import_progress(db::Connection&, const ImportOf&);
std::optional<StatementId> by_number(db::Connection&, DialogueId, std::int64_t number);
std::vector<std::pair<std::int64_t, StatementId>> numbered(db::Connection&, DialogueId);  // (number, id), by number

// Every statement with its counts, oldest first, after `after`: for exports. Text "" where it is not public.
std::vector<Statement> export_statements(db::Connection&, DialogueId, StatementId after, int at_most);

}  // namespace dialogue

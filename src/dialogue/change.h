// What can happen in a dialogue, as typed values, and its permanent encoding in the ledger. Facts hold ids, states,
// days and, closed, the votes; words hold what people wrote and, closed, the key of whoever votes for the first time.
// Rules and counts read facts only, so that erasing words changes neither.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <ledger/ledger.h>

#include "dialogue.h"

namespace dialogue {

// Which files an import takes, and into which round it was asked to: zero for a new one.
struct ImportOf {
    kernel::Hash files{};
    CycleId into;
    friend bool operator==(const ImportOf&, const ImportOf&) = default;
};
struct Opened {
    CycleId cycle;
    std::string question, about, lang;
    Admission admission = Admission::moderated;
    std::string source;
    bool sample = false;
    std::optional<ImportOf> import;
    people::OfficerId by;
    friend bool operator==(const Opened&, const Opened&) = default;
};
struct Closed {
    DialogueId dialogue;
    std::string remark;
    people::OfficerId by;
    friend bool operator==(const Closed&, const Closed&) = default;
};
// By a participant. Who wrote it is told by the votes_cast that follows: their own vote.
struct Made {
    CycleId cycle;
    DialogueId dialogue;
    std::string text, lang;
    kernel::Day day;
    std::optional<kernel::Day> until;  // pending until a moderator, or after this day the clock; nothing: shown at once
    friend bool operator==(const Made&, const Made&) = default;
};
struct Seeded {
    DialogueId dialogue;
    std::string text, lang;
    kernel::Day day;
    people::OfficerId by;
    friend bool operator==(const Seeded&, const Seeded&) = default;
};
struct StatementImported {
    DialogueId dialogue;
    std::int64_t number = 0;       // the source's own
    State state = State::pending;  // pending: nobody looked at it there
    std::string text, lang;
    kernel::Day day;  // UTC day on which it was said there
    friend bool operator==(const StatementImported&, const StatementImported&) = default;
};
struct Accepted {
    StatementId statement;
    std::string remark;
    people::OfficerId by;  // officer 0: the clock, because nobody looked in time
    friend bool operator==(const Accepted&, const Accepted&) = default;
};
struct SetAside {
    StatementId statement;
    Ground ground = Ground::personal_data;
    std::string remark;
    people::OfficerId by;
    friend bool operator==(const SetAside&, const SetAside&) = default;
};
struct Reported {
    CycleId cycle;
    StatementId statement;
    Ground ground = Ground::personal_data;
    std::string remark;  // for moderators alone
    friend bool operator==(const Reported&, const Reported&) = default;
};
struct ReportDecided {  // hidden: a set_aside follows
    StatementId statement;
    std::int64_t report = 0;
    bool hidden = false;
    std::string remark;
    people::OfficerId by;
    friend bool operator==(const ReportDecided&, const ReportDecided&) = default;
};
struct Appealed {
    CycleId cycle;
    StatementId statement;
    std::int64_t of = 0;  // the entry that set it aside
    std::string reason;   // for moderators alone
    friend bool operator==(const Appealed&, const Appealed&) = default;
};
struct AppealRefused {
    StatementId statement;
    std::int64_t appeal = 0;
    std::string remark;
    people::OfficerId by;
    friend bool operator==(const AppealRefused&, const AppealRefused&) = default;
};
// By staff, into another language. Text "": what stood is taken back.
struct Translated {
    StatementId statement;
    std::string text, lang;
    people::OfficerId by;
    friend bool operator==(const Translated&, const Translated&) = default;
};
struct VotesCast {
    CycleId cycle;
    DialogueId dialogue;
    people::ParticipantId who;        // zero: this entry is where they first speak
    std::optional<kernel::Hash> key;  // then their key, unless it was erased
    std::vector<Vote> votes;
    std::optional<StatementId> wrote;  // the statement whose author this is
    friend bool operator==(const VotesCast&, const VotesCast&) = default;
};
struct ImportedVote {
    std::int64_t person = 0;  // the source's own number, below 2^20
    StatementId statement;
    Choice choice = Choice::pass;
    friend bool operator==(const ImportedVote&, const ImportedVote&) = default;
};
struct VotesImported {
    DialogueId dialogue;
    std::vector<ImportedVote> votes;         // in the order of the source: the last of a person on a statement stands
    std::optional<kernel::Day> first, last;  // UTC days, where the source has times
    friend bool operator==(const VotesImported&, const VotesImported&) = default;
};

using Change = std::variant<Opened, Closed, Made, Seeded, StatementImported, Accepted, SetAside, Reported,
                            ReportDecided, Appealed, AppealRefused, VotesCast, VotesImported, Translated>;

inline constexpr std::string_view opened_kind = "dialogue.opened", closed_kind = "dialogue.closed",
                                  made_kind = "dialogue.statement_made", seeded_kind = "dialogue.seeded",
                                  statement_imported_kind = "dialogue.statement_imported",
                                  accepted_kind = "dialogue.statement_accepted",
                                  set_aside_kind = "dialogue.statement_set_aside",
                                  reported_kind = "dialogue.statement_reported",
                                  report_decided_kind = "dialogue.report_decided", appealed_kind = "dialogue.appealed",
                                  appeal_refused_kind = "dialogue.appeal_refused",
                                  votes_cast_kind = "dialogue.votes_cast",
                                  votes_imported_kind = "dialogue.votes_imported",
                                  translated_kind = "dialogue.statement_translated";

// `index` is the entry it will become, which is the subject of what it makes. Speakers' acts have the round as subject.
ledger::Draft encode(const Change&, std::int64_t index);
// Reads every version ever written; texts are empty and keys absent where the words are gone. Throws std::runtime_error
// when the entry is none of ours or its facts are not what some version wrote: the ledger contradicts itself.
Change decode(const ledger::Entry&);

// "17a18d19p20n": statement and a letter for agree, disagree, pass, none. Throws std::runtime_error for anything else.
std::string votes_text(const std::vector<Vote>&);
std::vector<Vote> parse_votes(std::string_view);
// "12:17a,13:17d": the same with the person before each.
std::string imported_text(const std::vector<ImportedVote>&);
std::vector<ImportedVote> parse_imported(std::string_view);

}  // namespace dialogue

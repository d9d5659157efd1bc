// The rows of issues: what each Change writes, and this feature's queries. Reads: any connection; applies: the
// writer's.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <ledger/ledger.h>

#include "issue.h"

namespace issue {

void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t index);

enum class What {
    suggested,
    gathered,
    put_aside,
    confirmed,
    dismissed,
    before_body,
    adopted,
    refused,
    resolved,
    carried_over,
    taken_back,
    kept_out,
    merged,
    answers_gathered,
    answers_put_aside,
    let_back
};                              // numbers are stored
std::string_view key_of(What);  // message key
struct Happened {
    std::int64_t entry = 0;
    kernel::Instant minute;
    What what = What::suggested;
    std::optional<people::OfficerId> by;
    std::int64_t n = 0;  // messages and statements put in or out
    std::string reason;
};
std::vector<Happened> history(db::Connection&, IssueId);  // oldest first
std::optional<IssueId> issue_of_entry(db::Connection&, std::int64_t entry);

std::optional<Happened> newest_step(db::Connection&, IssueId);

// Parts of apply.
void record(db::Connection&, const ledger::Entry&, IssueId, What, people::OfficerId, std::int64_t n,
            const std::string& reason);
void put_answers(db::Connection&, IssueId, const std::vector<AnswerId>&, bool in);
void merged(db::Connection&, IssueId from, std::optional<std::int64_t> into);
void put_advice(db::Connection&, std::int64_t entry, IssueId, voice::VoiceId);  // advice_store.cc
void need_count(db::Connection&, people::CycleId);                              // makes the row of a round's counters
void count(db::Connection&, people::CycleId, State, std::int64_t by);
void carry(db::Connection&, std::int64_t entry, IssueId, people::CycleId from, State, std::optional<std::int64_t> next);

Issue from_row(const db::Row&);
std::vector<Issue> all_of(const db::Rows&);
std::vector<IssueId> undecided(db::Connection&, people::CycleId, int at_most);
std::vector<people::CycleId> with_undecided(db::Connection&);  // rounds and the desk

bool has(db::Connection&, IssueId, voice::VoiceId);
bool has(db::Connection&, IssueId, dialogue::StatementId);
bool has(db::Connection&, IssueId, AnswerId);
struct Rest {  // an item of the published list of the rest
    voice::VoiceId voice;
    std::int64_t entry = 0;
    std::string reason;
};
std::vector<Rest> rest(db::Connection&, people::CycleId, std::optional<voice::VoiceId> after, int at_most);
bool in_rest(db::Connection&, voice::VoiceId);

}  // namespace issue

// The rows of decisions: what each Change writes, and this feature's queries.
// Reads: any connection; applies and the ballot box: the writer's.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <ledger/ledger.h>

#include "change.h"
#include "decision.h"

namespace decision {

void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t index);

std::vector<Member> members(db::Connection&,
                            BodyId);                       // by officer, at most 10,000
std::vector<Member> roll(db::Connection&, SittingId);      // by officer
std::vector<Cast> named_votes(db::Connection&, MotionId);  // by officer
std::optional<people::OfficerId> minutes_by(db::Connection&, SittingId);

// The ballot box of a secret motion: who has voted, and how many ballots say what; nothing joins them. Both are emptied
// by the count; neither is part of the ledger or of what a rebuild makes.
bool has_voted_secretly(db::Connection&, MotionId, people::OfficerId);
void drop_ballot(db::Connection&, MotionId, people::OfficerId, Vote);
std::vector<Cast> ballots(db::Connection&,
                          MotionId);  // sorted by vote, without voters
std::vector<people::OfficerId> secret_voters(db::Connection&,
                                             MotionId);  // by officer; after the count the recorded ones

enum class What {
    set_up,
    seated,
    unseated,
    called,
    tabled,
    agenda,
    opened,
    signed_,
    came,
    left,
    put,
    voted,
    counted,
    minuted,
    rules_set,
    clerks_named
};  // stored
std::string_view name(What);
struct Happened {
    std::int64_t entry = 0;
    kernel::Instant minute;
    What what = What::set_up;
    people::OfficerId by;
    std::string words;
};
std::vector<Happened> history(db::Connection&, std::int64_t about);  // oldest first, at most 1,000
// The actor without the role of a clerk, unless they keep this body.
people::Actor seen_by(db::Connection&, people::Actor, BodyId);
std::optional<std::string> link_of_entry(db::Connection&, std::int64_t entry);

}  // namespace decision

// What spot checks ask of closed cases: which there are, who had a hand in one, and that one is open again because what
// was seen is not what the unit had said.
#pragma once
#include "voice.h"

namespace voice {

// Closed and still so, open to everybody by their author's choice, of this unit; the entry that closed each stands in
// [from, to). In the order of those entries. Any connection.
struct ClosedCase {
    VoiceId voice;
    std::int64_t entry = 0;
};
std::vector<ClosedCase> closed_between(db::Connection&, people::UnitId, std::int64_t from, std::int64_t to);
std::int64_t closed_count(db::Connection&, people::UnitId, std::int64_t from, std::int64_t to);
std::optional<std::int64_t> first_closed(db::Connection&, people::UnitId, std::int64_t from);  // that entry

// Whether this officer has done anything with the case, was given it, or typed it for a caller.
bool had_a_hand(db::Connection&, VoiceId, people::OfficerId);

// Part of the act that records the finding, whose entry is `look`; made before it. A closed case is assigned again to
// the unit that has it, with a new last day counted from today; where that unit is closed it waits for assignment. It
// counts as none of the author's reopenings and needs none of their terms. voice.unknown, not_found;
// voice.refused_STATE, conflict, for what is not closed.
using Reopening = std::function<kernel::Result<std::int64_t>(ledger::Writing&, VoiceId, std::int64_t look)>;
Reopening reopening(const people::Needs&);

}  // namespace voice

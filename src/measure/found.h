// What spot checks ask of closed measures: which there are, who had a hand in one, and that one is open again because
// what was seen is not what the unit had said; and what scorecards ask: which issues a unit's measures are about.
#pragma once
#include "measure.h"

namespace measure {

// Closed and still so, owned by this unit; the entry that closed each stands in [from, to). In the order of those
// entries. Any connection.
struct ClosedMeasure {
    MeasureId measure;
    std::int64_t entry = 0;
};
std::vector<ClosedMeasure> closed_between(db::Connection&, people::UnitId, std::int64_t from, std::int64_t to);
std::int64_t closed_count(db::Connection&, people::UnitId, std::int64_t from, std::int64_t to);
std::optional<std::int64_t> first_closed(db::Connection&, people::UnitId, std::int64_t from);  // that entry

// Whether this officer has answered for it or checked it at any time.
bool had_a_hand(db::Connection&, MeasureId, people::OfficerId);

// Part of the act that records the finding, whose entry is `look`: a rebound, with a new term. measure.unknown,
// not_found; measure.wrong_state, conflict, for what is not closed.
kernel::Result<std::int64_t> reopen_by_finding(ledger::Writing&, MeasureId, people::OfficerId by, std::int64_t look);

// The issues that the measures due in these whole months answer, each once, by number; as in unit_counts().
std::vector<issue::IssueId> issues_due(db::Connection&, const std::vector<people::UnitId>&, kernel::Day from,
                                       kernel::Day to);

}  // namespace measure

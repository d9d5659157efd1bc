// What acts and pages of this feature ask the state.
#pragma once
#include "rules.h"

namespace spotcheck {

// `actor` as it is in force; of a matter of this unit.
rules::Who who_is(db::Connection&, const people::Actor& actor, people::UnitId);
rules::Who who_is(db::Connection&, const people::Actor& actor, people::UnitId, const Drawn&);
bool still_closed(db::Connection&, const Drawn&);
// All that a check is drawn from, now.
std::vector<Candidate> population(db::Connection&, const Check&);
std::int64_t population_count(db::Connection&, const Check&);
// What an announcement needs to know.
rules::Ground ground(db::Connection&, people::UnitId, std::int64_t next, kernel::Day today);
// The entry that first closed something of the unit, from that one on.
std::optional<std::int64_t> first_closed(db::Connection&, people::UnitId, std::int64_t from);

}  // namespace spotcheck

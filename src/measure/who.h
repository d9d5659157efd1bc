// How whoever asks stands to one measure, and who could check it, as the state has it.
#pragma once
#include "measure.h"
#include "rules.h"

namespace measure {

// `actor` as it is in force: unit and roles of now.
rules::Who who_is(db::Connection&, const people::Actor& actor, const Measure&);
// An active officer or head of a unit that is neither the owner's nor under it, who has not answered for the measure.
bool somebody_independent(db::Connection&, const Measure&);

}  // namespace measure

// For the tests of the features above: a round that is asking.
#pragma once
#include <kernel/testing.h>
#include <people/people.h>

#include "cycle.h"

namespace cycle {

inline Draft draft_for_tests(people::UnitId organiser) {
    Draft draft;
    draft.name = "Buses";
    draft.lang = "en";
    draft.organiser = organiser;
    draft.context = {"Everybody who rides", "A bus every ten minutes", "40 buses", "This year's budget"};
    draft.criteria = {"Waiting is short"};
    return draft;
}

// Opened by this head of the organiser and moved on to its consulting phase.
inline CycleId asking_round(const people::Needs& needs, const people::Actor& head, people::UnitId organiser) {
    const CycleId id = kernel::must(open(needs, head, draft_for_tests(organiser)));
    kernel::must(advance(needs, head, id, Phase::consult, {}, ""));
    return id;
}

}  // namespace cycle

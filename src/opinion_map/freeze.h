// Freezing the map of a dialogue that is over.
#pragma once
#include <functional>

#include "opinion_map.h"

namespace opinion_map {

// Publishes the matrix in entries and then what was computed from it in one more, which names them. Nothing happens,
// and false, where it is frozen, not over, where statements wait for a moderator, or nobody voted. Cut short it begins
// again with another order of rows. Throws nothing of its own; what the ledger refuses is left for the next time.
bool freeze(const people::Needs&, Live&, DialogueId, const std::function<bool()>& go_on);

}  // namespace opinion_map

// Groups everything anew.
#pragma once
#include <functional>
#include <vector>

#include <db/database.h>
#include <kernel/clock.h>

#include "corpus.h"
#include "store.h"

namespace discovery {

struct Suggestions {
    std::vector<Group> groups;
    std::vector<Grouped> items;
};
// What staff are shown of what the engine found. `state_of`: of issues that hold something. A pure function.
Suggestions suggestions(const std::vector<Piece>&, const std::set<std::pair<std::int64_t, Item>>& kept_out,
                        const std::function<issue::State(std::int64_t)>& state_of, people::CycleId desk, int threads);
// Reads, groups and writes. False where it was stopped before it wrote anything.
bool refresh(db::Database&, const kernel::Clock&, const std::function<bool()>& go_on,
             const std::function<void(std::int64_t done, std::int64_t of)>& progress = {});

}  // namespace discovery

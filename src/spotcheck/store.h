// The rows of spot checks. Reads: any connection; applies: the writer's.
#pragma once
#include <db/db.h>
#include <ledger/ledger.h>

#include "spotcheck.h"

namespace spotcheck {

void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t index);

std::vector<CheckId> undrawn(db::Connection&);
std::vector<CheckId> due_before(db::Connection&, kernel::Day today);  // something was to be looked at by then
struct Last {                                                         // of a unit's checks, the newest
    std::int64_t to = 0;                                              // the end of what it was drawn from
    std::optional<kernel::Day> quarter;                               // the newest that the clock announced one for
    bool open = false;  // not drawn yet, or something is still to be looked at
};
Last last_of(db::Connection&, people::UnitId);
std::optional<CheckId> check_of_entry(db::Connection&, std::int64_t entry);  // whatever it did to the check
std::optional<Drawn> look_in(db::Connection&, std::int64_t entry);

}  // namespace spotcheck

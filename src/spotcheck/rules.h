// What may happen to a spot check, as pure functions of what is, who asks and what is asked.
#pragma once
#include <optional>

#include "change.h"
#include "spotcheck.h"

namespace spotcheck::rules {

// Who asks, and how they stand to the unit and the matter.
struct Who {
    people::Actor actor;       // as the state has it
    bool independent = false;  // of a unit that is neither the matter's nor under it
    bool above = false;        // of a unit that the matter's is under, and not the matter's itself
    bool had_a_hand = false;   // in the matter, at any time
};

kernel::Checked may_order(const Who&);
// What is asked when one is announced.
struct Ground {
    people::UnitId unit;
    std::int64_t next = 0;  // the entry that will announce it
    std::int64_t last_to = 0;
    bool still_open = false;  // the unit's last one
    bool anything = false;    // something was closed since
    int n = 0, look_days = 0;
    bool sample = false;
    kernel::Day today;
};
kernel::Result<change::Announced> order(const Who&, const Ground&);
// The clock's, for the quarter that ended on this day.
change::Announced announce(const Ground&, kernel::Day quarter);
kernel::Day last_quarter_end(kernel::Day today);  // of the quarter before today's

kernel::Checked may_look(const Drawn&, const Who&);
// `drawn_on`: the day of the draw. `closed`: the matter still is.
kernel::Result<change::Looked> look(const Drawn&, const Who&, const Look&, kernel::Day drawn_on, bool closed,
                                    kernel::Day today);
// The clock: nothing while its last day is not over, or when all were looked at.
std::optional<change::NotLooked> not_looked(const Check&, const std::vector<Drawn>&, kernel::Day today);

}  // namespace spotcheck::rules

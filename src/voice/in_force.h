// What holds now and is frozen into each case that starts: periods, calendar, where to turn. Read from the state once for
// each ledger position, because every page and every voice needs it.
#pragma once
#include <array>
#include <memory>
#include <string>

#include <kernel/calendar.h>
#include <people/people.h>

#include "change.h"

namespace voice {

struct InForce {
    kernel::Calendar calendar;
    std::array<change::Terms, 5> terms;   // by Kind
    int accept_days = 0, hold_days = 0;   // working days
    std::string contact;                  // where to turn with a complaint about a person; "" when nobody said
    bool places = false;                  // there is a list to choose a place from
    people::CycleId desk;                 // the standing desk
    kernel::Hash seal{};                  // the key speakers are sealed under
};

// Any thread but the ledger's writer. The first call of an installation records the seal's key.
std::shared_ptr<const InForce> in_force(const people::Needs&);

}  // namespace voice

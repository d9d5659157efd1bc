// What holds now and is frozen into each case that starts: periods, calendar, where to turn. Read from the state once
// for each ledger position, because every page and every voice needs it.
#pragma once
#include <array>
#include <memory>
#include <optional>
#include <string>

#include <kernel/calendar.h>
#include <people/people.h>

#include "change.h"

namespace voice {

struct InForce {
    kernel::Calendar calendar;
    std::array<change::Terms, 5> terms;  // by Kind
    int accept_days = 0, hold_days = 0;  // working days
    std::string
        contact;  // where to turn with a complaint about a person; "" when nobody said: then a text that holds anywhere
    bool places = false;               // there is a list to choose a place from
    people::CycleId desk;              // the standing desk
    std::optional<kernel::Hash> seal;  // the key speakers are sealed under, once somebody has spoken
};

// Any thread.
std::shared_ptr<const InForce> in_force(const people::Needs&);
// The seal's key; makes and records it before the first voice of an installation. Any thread but the ledger's writer.
kernel::Result<kernel::Hash> sealing_key(const people::Needs&, const InForce&);

}  // namespace voice

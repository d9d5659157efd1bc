// What holds now and is frozen into each case that starts: periods, calendar, where to turn. Read from the state once
// for each ledger position, because every page and every voice needs it.
#pragma once
#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include <kernel/calendar.h>
#include <people/people.h>

#include "rules.h"
#include "store.h"

namespace voice {

// What cases go by, read once each: a preset by its entry, or terms of their own. Any thread.
class Caseworks {
public:
    std::shared_ptr<const preset::Casework> of(db::Connection&, std::int64_t preset, const change::Terms&);

private:
    std::mutex lock_;
    std::map<std::int64_t, std::shared_ptr<const preset::Casework>> presets_;
    std::map<change::Terms, std::shared_ptr<const preset::Casework>> terms_;
};

// A day as a case of its own rules sees it: keeps them while it lives.
struct Frozen {
    std::shared_ptr<const preset::Casework> casework;
    kernel::Day day;
    const kernel::Calendar& calendar;
    kernel::Instant now;
    rules::Today today() const { return {day, calendar, *casework, now}; }
};

struct InForce {
    kernel::Calendar calendar;
    preset::Preset preset;               // of cases
    std::array<change::Terms, 5> terms;  // by Kind, while no preset is adopted
    std::optional<routing::Table> table;
    int hold_days = 0;                     // working days
    std::shared_ptr<Caseworks> caseworks;  // of this log

    // What a case goes by, as one that came today or as it was frozen into one.
    rules::Today today(kernel::Instant now) const;
    Frozen frozen(db::Connection&, const Case&, kernel::Instant now) const;
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

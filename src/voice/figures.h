// What a case adds to the figures of its unit: kept by each entry, read by scorecards.
#pragma once
#include <db/db.h>
#include <kernel/time.h>
#include <ledger/ledger.h>

#include "change.h"
#include "voice.h"

namespace voice {

// A case begins to count: for no unit yet, on the day of its receipt.
void begin_figures(db::Connection&, kernel::Day received, bool by_staff, bool typed, bool contracted, bool sample);

// A case that begins with figures of another: it counts as its row says.
void begin_figures(db::Connection&, VoiceId);

// What one case adds. Until it is known how it came out, it counts for the unit that has it; then that stands.
struct Share {
    VoiceId voice;
    std::int64_t unit = 0, day = 0,
                 outcome = 0;  // unit 0: none; day 0: not counted (imported); below 0: not now (split, put back)
    std::int64_t solved = 0, unsolved = 0, rated = 0, satisfied = 0, typed = 0, by_staff = 0, sample = 0,
                 called_back = 0;
    std::int64_t contracted = 0;
    std::optional<std::int64_t> agreement;  // what became of it, the worst there was
    std::optional<std::int64_t> hidden;     // its ground
    // What is overdue now, and who has it now: this moves with the case, however it came out.
    std::int64_t overdue = 0, held_by = 0;
    friend bool operator==(const Share&, const Share&) = default;
};
std::optional<Share> share_of(db::Connection&, VoiceId);
// After the entry was applied: moves the case from where `before` counted to where it counts now.
void move_figures(db::Connection&, const Share& before, kernel::Instant entry_time);

// The cases an entry changes, where it can change what they add; asked before it is applied.
std::vector<VoiceId> counted_in(db::Connection&, const change::Change&);
// The conditions of a list of what stands behind a figure.
void where_counted(db::Query&, const Counting&);
void where_before(db::Query&, const Counting&);  // of what was taken over from elsewhere

}  // namespace voice

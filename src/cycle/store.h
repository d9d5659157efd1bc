// The rows of rounds: what each Change writes, and this feature's queries. Reads: any connection; applies: the
// writer's.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include <db/db.h>
#include <ledger/ledger.h>

#include "cycle.h"

namespace cycle {

void apply_opened(db::Connection&, const ledger::Entry&);
void apply_desk_opened(db::Connection&, const ledger::Entry&);
void apply_criterion_set(db::Connection&, const ledger::Entry&);
void apply_context_set(db::Connection&, const ledger::Entry&);
void apply_phase_entered(db::Connection&, const ledger::Entry&);

void forget_opened(db::Connection&, std::int64_t index);
void forget_criterion_set(db::Connection&, std::int64_t index);
void forget_context_set(db::Connection&, std::int64_t index);
void forget_phase_entered(db::Connection&, std::int64_t index);

std::optional<Cycle> find_standing_desk(db::Connection&);
std::optional<std::int64_t> context_entry(db::Connection&, CycleId);  // of the sheet that is in force
std::vector<CycleId> heirs(db::Connection&, CycleId);                 // the rounds that inherit from this one
struct Door {                                                         // the little that an act of speaking must know
    bool standing = false;
    Phase phase = Phase::prepare;
};
std::optional<Door> door(db::Connection&, CycleId);
// Newer than `after`, oldest of them last: the page before a page of cycles().
std::vector<Cycle> newer_cycles(db::Connection&, CycleId after, int at_most);

enum class What {
    opened,
    desk_opened,
    context_set,
    context_corrected,
    criterion_set,
    criterion_corrected,
    phase_entered
};
struct Happened {
    std::int64_t entry = 0;
    kernel::Instant minute;
    What what = What::opened;
    std::optional<Phase> phase;
    std::optional<people::OfficerId> by;
    std::string remark;
};
std::vector<Happened> history(db::Connection&, CycleId);  // oldest first
struct Event {
    CycleId of;
    Happened happened;
};
std::optional<Event> event(db::Connection&, std::int64_t entry);
std::string_view key_of(What);  // message key, "cycle.event_opened"; phase_entered takes {phase}

}  // namespace cycle

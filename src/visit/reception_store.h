// The rows of receptions: what each Change writes, and their queries.
#pragma once
#include <db/db.h>
#include <ledger/ledger.h>

#include "reception_change.h"

namespace visit {

void apply_reception(db::Connection&, const ledger::Entry&);
void forget_reception(db::Connection&, std::int64_t index);

enum class ReceptionStep { announced, moved, called_off, held };  // numbers are stored
struct ReceptionEvent {
    std::int64_t entry = 0;
    kernel::Instant minute;
    ReceptionStep what = ReceptionStep::announced;
    people::OfficerId by;
    kernel::Day day;
    int from = 0;
    std::optional<kernel::Day> from_day;  // moved: from when
    int from_start = 0;
    std::string reason;
};
std::vector<ReceptionEvent> history(db::Connection&, ReceptionId);  // oldest first
std::optional<ReceptionId> reception_of_entry(db::Connection&, std::int64_t entry);
bool is_slot(db::Connection&, std::int64_t entry);  // somebody has it
std::optional<Slot> slot_of(db::Connection&, ReceptionId, people::ParticipantId);
bool slot_gone(db::Connection&, ReceptionId, int slot);

}  // namespace visit

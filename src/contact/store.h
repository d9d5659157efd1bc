// The rows of contact data. Reads: any connection; apply and forget: the writer's.
#pragma once
#include <db/db.h>
#include <ledger/ledger.h>

#include "contact.h"

namespace contact {

void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t index);

// Those still there whose last day is before `today`, the earliest first.
std::vector<std::int64_t> over(db::Connection&, kernel::Day today, int at_most);
std::optional<VoiceId> voice_of(db::Connection&, std::int64_t entry);  // of an entry of either kind

}  // namespace contact

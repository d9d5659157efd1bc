// The rows of presets. Reads: any connection; apply and forget: the writer's.
#pragma once
#include <vector>

#include <db/db.h>
#include <ledger/ledger.h>

#include "preset.h"

namespace preset {

void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t entry);

// Newest first; the newest `at_most` of all, or of those adopted before an entry.
std::vector<Preset> adopted(db::Connection&, std::optional<std::int64_t> before, int at_most);
std::int64_t own_count(db::Connection&, Applies);  // of those, figures of the institution's own

}  // namespace preset

// The rows of published scorecards. Reads: any connection; applies: the writer's.
#pragma once
#include <optional>

#include <db/db.h>
#include <ledger/ledger.h>

#include "scorecard.h"

namespace scorecard {

void apply(db::Connection&, const ledger::Entry&);
std::optional<Published> published_at(db::Connection&, std::int64_t entry);

}  // namespace scorecard

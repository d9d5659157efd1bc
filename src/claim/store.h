// The rows of claims. Reads: any connection; apply and forget: the writer's.
#pragma once
#include <db/db.h>
#include <ledger/ledger.h>

#include "claim.h"

namespace claim {

void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t index);

}  // namespace claim

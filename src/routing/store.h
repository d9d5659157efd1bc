// The rows of tables. Reads: any connection; apply and forget: the writer's.
#pragma once
#include <db/db.h>
#include <ledger/ledger.h>

#include "routing.h"

namespace routing {

void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t index);

}  // namespace routing

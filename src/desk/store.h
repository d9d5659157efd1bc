// The rows of the workbench. Reads: any connection; apply and forget: the writer's.
#pragma once
#include <db/db.h>
#include <ledger/ledger.h>

#include "desk.h"

namespace desk {

void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t index);

std::int64_t templates_in_use(db::Connection&);  // at most most_templates
// The queries of the two lists that are read all day, for the test that they never scan.
db::Query fitting_query(people::UnitId, const std::optional<voice::Kind>&);
db::Query waiting_drafts_query(people::UnitId, std::optional<DraftId> after, int at_most);

}  // namespace desk

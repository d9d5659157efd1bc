// The rows of erasures, and what this place has yet to scrub. Reads: any connection; apply and the local rows: the
// writer's.
#pragma once
#include <optional>
#include <vector>

#include <db/db.h>
#include <ledger/ledger.h>

#include "erasure.h"

namespace erasure {

void apply(db::Connection&, const ledger::Entry&);

void add_scrub(db::Connection&, ErasureId, const std::vector<kernel::Hash>& blobs);
std::vector<ErasureId> to_scrub(db::Connection&);  // oldest first, a hundred at most
std::vector<kernel::Hash> blobs_to_scrub(db::Connection&, ErasureId);
void scrubbed(db::Connection&, ErasureId, kernel::Instant);

}  // namespace erasure

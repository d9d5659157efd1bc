// From the tables to an Entry.
#pragma once
#include "ledger.h"
#include "store.h"

namespace ledger {

Entry entry_of(const store::Stored&);  // std::runtime_error naming the index when leaf or payload are damaged

}  // namespace ledger

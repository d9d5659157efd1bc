// The rows of clients. Reads: any connection; apply and forget: the writer's.
#pragma once
#include <db/db.h>
#include <ledger/ledger.h>

#include "georeport.h"

namespace georeport {

void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t index);

std::optional<Client> client_by_key(db::Connection&, const kernel::Hash& key);  // of those that have not ended
bool name_taken(db::Connection&, std::string_view name);                        // by one that has not ended
std::int64_t admitted_count(db::Connection&);

}  // namespace georeport

// Which maps were frozen. Reads: any connection; apply: the writer's.
#pragma once
#include <memory>
#include <optional>

#include <db/db.h>
#include <ledger/ledger.h>

#include "change.h"

namespace opinion_map {

void apply(db::Connection&, const ledger::Entry&);

std::optional<std::int64_t> frozen_by(db::Connection&, DialogueId);  // the entry
std::optional<change::Frozen> frozen(db::Connection&, std::int64_t entry);
// The matrix that this entry froze. Throws std::runtime_error when the ledger contradicts itself.
PublicMatrix matrix_of(db::Connection&, const change::Frozen&);

}  // namespace opinion_map

// The copy that is kept from before an upgrade.
#pragma once
#include <filesystem>

#include "house.h"

namespace server {

std::filesystem::path before_upgrade(const std::filesystem::path& data);  // its folder
// Before a database is opened whose migrations are missing: keeps a copy, which `huiyin upgrade --roll-back` puts back.
// Nothing to do where none are missing, and on PostgreSQL.
void keep_before_upgrade(const Options&);
// Overwrites every copy that an upgrade or a rehearsal made in the data folder, also one that was stopped: it was
// confirmed, or words that it holds were erased.
void wipe_copies(const std::filesystem::path& data);

}  // namespace server

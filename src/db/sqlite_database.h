// A Database in three SQLite files.
#pragma once
#include <memory>
#include <vector>

#include "database.h"

namespace db {

std::unique_ptr<Database> open_sqlite(const Place& place, const std::vector<Migration>& migrations);
std::unique_ptr<Database> read_sqlite(const Place& place, const std::vector<Migration>& migrations);

}  // namespace db

// A Database in three schemas of one PostgreSQL database.
#pragma once
#include <memory>
#include <vector>

#include "database.h"

namespace db {

std::unique_ptr<Database> open_postgres(const Place& place, const std::vector<Migration>& migrations);
std::unique_ptr<Database> read_postgres(const Place& place, const std::vector<Migration>& migrations);

}  // namespace db

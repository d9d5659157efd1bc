// Running migrations. Which have run is kept in the table `migration` of each schema, in the transaction of the
// migration itself, so that a schema that is dropped is made again.
#pragma once
#include <functional>
#include <string_view>
#include <vector>

#include "database.h"

namespace db {

// Gives the connection on which that schema's tables stand bare and can be made.
using SchemaConnection = std::function<Connection&(std::string_view schema)>;

// Runs what is missing in the order of numbers. Throws Failure newer before running any when one has run that is not
// in the list.
void migrate(const std::vector<Migration>& all, const SchemaConnection& to);

// Throws Failure newer unless just these have run. The connection sees all schemas.
void require_migrated(const std::vector<Migration>& all, Connection& connection);

}  // namespace db

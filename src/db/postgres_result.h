// Reading libpq results: rows in binary format, and which Failure an error is.
#pragma once
#include <string_view>

#include "db.h"

struct pg_result;

namespace db {

void read_row(const pg_result* result, int row, Row& into);
Failure postgres_failure(const pg_result* result, std::string_view sql, bool preparing);

}  // namespace db

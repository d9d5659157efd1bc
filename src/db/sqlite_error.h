// Which Failure an SQLite code is.
#pragma once
#include <string_view>

#include "db.h"

struct sqlite3;

namespace db {

// `preparing`: the engine's sentence is about literal SQL, no value was bound, so it may be repeated.
Failure sqlite_failure(sqlite3* db, int extended_code, std::string_view sql, bool preparing);

}  // namespace db

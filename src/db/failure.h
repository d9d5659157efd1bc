// How a Failure is worded. Values never get here: only codes, names from the schema, and literal SQL.
#pragma once
#include <string>
#include <string_view>

#include "db.h"

namespace db {

std::string_view name(Kind);

// "unique: SQLite 2067, voice.id; in: insert into voice …", the SQL cut at 400 bytes.
Failure failure(Kind kind, const std::string& reason, std::string_view sql = {});

}  // namespace db

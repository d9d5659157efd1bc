// A table as an administrator types it, or as three CSV files hold it: lines of cells as they came, until they are
// lists or are shown again with what is wrong with them.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <http/http.h>

#include "rules.h"

namespace routing {

// The columns of a line, as fields and as CSV headers. Only code and unit are needed of a file, and one of the names.
inline constexpr std::string_view listed_columns[] = {"code", "zh_hans", "zh_hant", "en"};
inline constexpr std::string_view row_columns[] = {"category", "district", "kind", "unit", "returnable"};

using Line = std::vector<std::string>;
struct Typed {
    std::vector<Line> categories, districts, rows;
    std::string reason, seen;  // seen: the entry of the table that was in force, "" for none
};
// Lines left empty are gone.
Typed typed_of(const http::Request&);
Typed typed_of(const Lists&, const std::vector<people::Unit>&);

// Replaces each list of which a file was sent (categories_csv, districts_csv, rows_csv). Refusals stand at the file's
// field: files.csv_*, routing.csv_column {column}, routing.csv_too_many {max}.
std::vector<kernel::Error> read_files(const http::Request&, Typed&);

// Units are taken by number or, of an open one, by a name that no other has. With what is wrong, rules::faults()
// included.
std::pair<Lists, std::vector<kernel::Error>> lists_of(const Typed&, const rules::Known&);

// What to type for a unit: its name where that is enough, else its number.
std::string unit_as_typed(const std::vector<people::Unit>&, people::UnitId);

enum class List { categories, districts, rows };
// A whole file, which read_files() takes as it was: only a name that a spreadsheet would take for a formula has a '
// before.
std::string csv_of(const Lists&, List, const std::vector<people::Unit>&);

}  // namespace routing

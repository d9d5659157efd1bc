// One row of somebody else's table as a Draft.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <files/csv.h>
#include <kernel/result.h>

#include "voice.h"

namespace voice {

struct Columns {
    std::size_t text = 0;
    std::optional<std::size_t> title, kind, place, lang, date;
};
// voice.import_no_column {column, header}: a name of the map that the header has not.
kernel::Result<Columns> columns_of(const files::CsvReader&, const ColumnMap&);

// Way imported; a title without a text is the text; empty where the row has neither. voice.import_row {line, why}: too
// long even for what is imported.
kernel::Result<Draft> draft_of(const std::vector<std::string>& cells, const Columns&, const ColumnMap&,
                               std::int64_t line);

// "2019-02-28…", "2019/2/28", "28/02/2019" (day first), "28.02.2019"; nothing for anything else.
std::optional<kernel::Day> said_on(std::string_view text);
// The names of kinds in the API and in Chinese, both scripts.
std::optional<Kind> kind_said(std::string_view text);
// Control characters, bidi overrides and noncharacters become U+FFFD; CR LF and CR become LF.
std::string readable(std::string_view valid_utf8);

}  // namespace voice

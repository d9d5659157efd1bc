// One row of somebody else's table as a Draft.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <files/csv.h>
#include <kernel/calendar.h>
#include <kernel/result.h>

#include "change.h"
#include "importing.h"

namespace voice {

struct Columns {
    std::size_t text = 0;
    std::optional<std::size_t> title, kind, place, lang, date;
    std::optional<std::size_t> reply, reply_date, unit, rating, number;  // of cases
};
// voice.import_no_column {column, header}: a name of the map that the header has not.
kernel::Result<Columns> columns_of(const files::CsvReader&, const ColumnMap&);

// Way imported; a title without a text is the text; empty where the row has neither. voice.import_row {line, why}: too
// long even for what is imported.
kernel::Result<Draft> draft_of(const std::vector<std::string>& cells, const Columns&, const ColumnMap&,
                               std::int64_t line);

// What a file says of cases, row after row, from its first on.
class Cases {
public:
    Cases(const people::Needs& needs, const Register& how, const std::vector<std::string>& header,
          kernel::Calendar calendar)
        : needs_(needs), how_(how), header_(header), calendar_(std::move(calendar)) {}
    // Adds to the message what the row says of it as a case; the refusals of taken_over.h.
    kernel::Checked take(const std::vector<std::string>& cells, const Columns&, std::int64_t line, change::Imported&);
    // Whether an earlier row has this number and says the same; voice.import_number_twice when it says something else.
    kernel::Result<bool> repeats(const change::Imported&, std::int64_t line);

private:
    change::Counted counted_there(kernel::Day said_on) const;

    const people::Needs& needs_;
    const Register& how_;
    const std::vector<std::string> header_;
    const kernel::Calendar calendar_;
    // The beginnings of SHA-256 of number and row: 16 bytes for a row, however long it is.
    std::unordered_map<std::int64_t, std::int64_t> seen_;
};
std::string header_words(const files::CsvReader&);  // the names of its columns, for whoever looked for another

// "2019-02-28…", "2019/2/28", "28/02/2019" (day first), "28.02.2019"; nothing for anything else.
std::optional<kernel::Day> said_on(std::string_view text);
// The names of kinds in the API and in Chinese, both scripts.
std::optional<Kind> kind_said(std::string_view text);
// Control characters, bidi overrides and noncharacters become U+FFFD; CR LF and CR become LF.
std::string readable(std::string_view valid_utf8);

}  // namespace voice

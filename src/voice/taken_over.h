// Cases of another register, taken over with what it answered: an institution that comes here brings its old ones
// along. Words and days are that register's. Nothing of it counts among what was promised and kept here: it has
// counters, lists and figures of its own, and no duty, no clock and no author who could be asked.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/result.h>

#include "importing.h"

namespace voice {

// "30d" (days), "15wd" (working days by the calendar in force), "3w", "2m"; voice.import_term at the field "term".
kernel::Result<deadline::Term> parse_term(std::string_view);
// "1" to "5", or how Chinese registers put it (非常满意 5 … 非常不满意 1, both scripts); nothing for anything else.
std::optional<int> rating_said(std::string_view);
// How it came out, of facts alone. An answer of a day before the message's own says nothing about time.
struct Outcome {
    bool replied = false;
    std::optional<kernel::Day> said_on, replied_on, due;
};
Before came(const Outcome&);

// The names that a file calls its units by, the most frequent first, each with the one open unit that is called so.
struct NamedUnit {
    std::string name;
    std::int64_t rows = 0;
    std::optional<people::UnitId> unit;
};
kernel::Result<std::vector<NamedUnit>> units_named(const people::Needs&, const std::string& path, const ColumnMap&);
// As a table to be filled in: name, rows, unit; and what such a table says: voice.import_units_open {n, names} for
// names that stand in it without a number, voice.import_unit_unknown {line, unit}, voice.import_no_column, files.csv_*.
std::string units_list(const std::vector<NamedUnit>&);
kernel::Result<std::map<std::string, people::UnitId>> read_units(const people::Needs&, const std::string& path);

// Further refusals of import_csv for cases, all before anything is taken: voice.import_date {line, column, text},
// voice.import_rating {line, text}, voice.import_unit_open {line, unit}, voice.import_number_twice {line, number}: one
// number, and two rows that say different things; voice.import_uncovered {line, from, to}: a term in working days whose
// holidays the calendar does not know.

struct BeforeCounts {
    std::int64_t taken = 0, in_time = 0, late = 0, replied = 0, unanswered = 0, rated = 0, satisfied = 0;
    std::int64_t sample = 0;
};
// The years in which cases of that unit were said, from the first to the last; none where it has none of a day.
std::vector<int> before_years(db::Connection&, people::UnitId);
// By the day they were said there; those of no day are in every period that begins on 1970-01-01. Unit 0: none of ours.
BeforeCounts before_counts(db::Connection&, const std::vector<people::UnitId>&, kernel::Day from, kernel::Day to);

}  // namespace voice

// Messages and cases of elsewhere, out of CSV files: `huiyin import voices` and `huiyin import places`.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <deadline/deadline.h>

#include "voice.h"

namespace voice {

// What a register that cases are taken over from calls its columns, and what it does not say itself.
struct Register {
    std::string reply, reply_date, unit, rating, number;  // `reply` is needed
    std::map<std::string, people::UnitId> units;          // by the register's names; 0: none of ours
    people::UnitId all_of;                                // that answered where no column says which; 0: none of ours
    std::optional<deadline::Term> term;                   // within which an answer was owed there
    bool unit_only = false;                               // the words are not for everybody
};
// `huiyin import voices`: any CSV of messages. Columns are named by their header; `text` is needed.
struct ColumnMap {
    std::string text, title, kind, place, lang, date;
    std::string fixed_lang, encoding;    // encoding: "utf-8" (with or without BOM) or "gb18030"; "" finds out
    std::optional<Register> cases = {};  // the rows are cases of another register, with what it answered
};
// `taken` counts what is in the ledger now, rows of an earlier run of the same file included.
struct Imported {
    std::int64_t read = 0, taken = 0, empty = 0;
    // Of cases: rows that repeat an earlier one of the file and its number; whose number was taken from another file of
    // this source; that are for the unit only because of numbers in them that tell who somebody is.
    std::int64_t twice = 0, known = 0, closed = 0;
};
// Restartable: goes on after the last row taken of the same file (by SHA-256) into the same cycle. A broken file is
// refused with its line before anything of it is taken: files.csv_* {line, column}, voice.import_row {line, column,
// max}; also voice.import_no_column {column, header}, voice.import_no_source, and those of taken_over.h. Control
// characters become U+FFFD; nothing else is changed. Days are read as 2019-02-28, 2019/2/28 or, day first, 28/02/2019.
kernel::Result<Imported> import_csv(const people::Needs&, people::CycleId, const std::string& path, const ColumnMap&,
                                    std::string_view source,
                                    const std::function<void(std::int64_t done, std::int64_t of)>& progress);
// Refuses what import_csv would refuse for the file's sake: asked before a round is opened for it.
kernel::Checked check_csv(const people::Needs&, const std::string& path, const ColumnMap&, std::string_view source);

// `huiyin import places`: the list that the form's place is chosen from, one name a row in the first column (or in the
// one called "place"), at most 5,000. It replaces the list before; none: any words are a place. Returns how many.
kernel::Result<std::int64_t> import_places(const people::Needs&, const std::string& path);

}  // namespace voice

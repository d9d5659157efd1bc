// `huiyin import statements FILE`: statements that somebody wrote elsewhere, as seeds of a dialogue. FILE is CSV whose
// first row names its columns, or JSON Lines (a name that ends with .jsonl): what `/dialogues/{id}/statements.csv` and
// `.jsonl` give is taken back. Of each row `text` is read, `lang` where there is one, and `state`: rows that are not
// "accepted" are passed over, as are those without a text, and the same text a second time. Votes are not taken: they
// were given elsewhere.
#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "dialogue.h"

namespace dialogue {

struct StatementsFile {
    std::string file;
    DialogueId dialogue;
    std::string lang = "en";  // of statements without one of their own
};
struct StatementsTaken {
    std::int64_t taken = 0, passed_over = 0;  // of the file; the same when it is imported again
};
// The whole file is checked before anything is taken. Refusals name {file, line}: those of files::CsvReader,
// dialogue.file_column (no column text), file_json, file_text, file_lang, all malformed;
// files.csv_missing; and those of seeds: dialogue.closed, dialogue.round_past_asking, dialogue.unknown. Where an
// earlier run of the same file into the same dialogue stopped, this one goes on; run again, it changes nothing.
kernel::Result<StatementsTaken> import_statements(const people::Needs&, const StatementsFile&,
                                                  const std::function<void(std::int64_t done, std::int64_t of)>&);

}  // namespace dialogue

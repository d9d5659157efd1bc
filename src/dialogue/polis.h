// `huiyin import polis DIR`: takes a conversation that was exported from Polis, statement by statement and vote by
// vote. DIR holds comments.csv, summary.csv and votes.csv, or participants-votes.csv (the final matrix) where there is
// no votes.csv. Signs as in these files: +1 agree, -1 disagree, 0 pass; moderated 1 accepted, -1 set aside, 0 never
// looked at.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "dialogue.h"

namespace dialogue {

struct PolisImport {
    std::string folder;
    std::optional<CycleId> cycle;  // nothing: a new round with the conversation's topic as its name
    std::string lang = "en";       // of the statements
    std::string source;            // attribution; "" takes the one Polis asks for, with the conversation's address
    bool sample = false;
};
struct PolisTaken {
    CycleId cycle;
    DialogueId dialogue;
    std::int64_t statements = 0, votes_cast = 0;  // taken by this run; 0 when all had been taken before
};

// The whole of the files is checked before anything is taken. A fault is refused with {file, line, column}: those of
// files::CsvReader, and dialogue.polis_column {name}, polis_number, polis_choice, polis_state, polis_twice,
// polis_unknown, polis_text, code malformed. Goes on where an earlier run of the same files into the same round
// stopped; run again, it changes nothing. `progress` is called with (0, total) first, in lines of the files. Not on the
// ledger's writer thread.
kernel::Result<PolisTaken> import_polis(const people::Needs&, const PolisImport&,
                                        const std::function<void(std::int64_t done, std::int64_t of)>& progress);

}  // namespace dialogue

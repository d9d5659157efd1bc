// The whole public log as plain files, under the names it is served by: docs/ledger-format.md section 6.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "proof.h"

namespace db {
class Database;
}

namespace proof {

struct Exported {
    std::int64_t entries = 0;  // of the checkpoint
    std::int64_t files = 0;    // written; what was there already is not written again
};
using Progress = std::function<void(std::int64_t done, std::int64_t of)>;

// Brings `folder` up to the newest checkpoint; it may hold an older export of this log, or one that was interrupted.
// The checkpoint has the lines of the witnesses that have signed it. It is written last, when everything before it is
// on the disk; until then the folder is not an export. Only reads the database, in short transactions, also beside a
// running server. `key`: of the log, `policy`: its witnesses', in their text forms. Throws std::runtime_error for a
// folder that holds anything else, and std::system_error when it cannot be written.
Exported export_log(const Hooks&, db::Database&, const std::string& key, const std::string& policy,
                    const std::filesystem::path& folder, const Progress& progress = {});

}  // namespace proof

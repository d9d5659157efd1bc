// What leaves the installation as files.
#include <db/database.h>
#include <ledger/key.h>
#include <proof/export.h>
#include <iostream>

#include "commands.h"
#include "wiring.h"

namespace server {

int export_log(const Options& options, const std::string& folder) {
    auto database = db::Database::open_to_read({options.data, options.postgres});
    const merkle::VerifierKey key = ledger::load_key(options.data / "log.key").verifier();
    const std::string policy = witnesses::policy_of(key, options.witnesses, options.quorum).text();
    const proof::Exported done =
        proof::export_log(proof_hooks(), *database, key.text(), policy, folder, progress("entries"));
    std::cout << done.entries << " entries in " << folder << ", " << done.files << " files written\n";
    return 0;
}

}  // namespace server

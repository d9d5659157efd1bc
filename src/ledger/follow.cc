#include <db/database.h>

#include "ledger.h"
#include "store.h"

namespace ledger {

std::int64_t catch_up(db::Database& database, const Follower& follower) {
    for (;;) {
        // Lent anew for each transaction, so that other followers get their turn.
        db::Database::Lease derived = database.derived();
        const std::int64_t next = store::mark(*derived, follower.name);
        const std::vector<Entry> found = entries(*derived, next, follower.at_most);
        if (found.empty()) return next;
        db::Transaction transaction(*derived);
        for (const Entry& entry : found) follower.follow(*derived, entry);
        store::put_mark(*derived, follower.name, next + static_cast<std::int64_t>(found.size()));
        transaction.commit();
    }
}

}  // namespace ledger

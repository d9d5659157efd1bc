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
        if (found.empty() || (follower.stopping && follower.stopping())) return next;
        db::Transaction transaction(*derived);
        for (const Entry& entry : found) follower.follow(*derived, entry);
        if (follower.end) follower.end(*derived);
        store::put_mark(*derived, follower.name, next + static_cast<std::int64_t>(found.size()));
        transaction.commit();
    }
}

void begin_again(db::Connection& derived, const std::string& follower) { store::put_mark(derived, follower, 0); }

}  // namespace ledger

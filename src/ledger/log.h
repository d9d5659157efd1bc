// What the writer keeps in memory of the log, always as it was committed last; and its opening and moving on.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include <kernel/time.h>
#include <merkle/merkle.h>
#include <merkle/note.h>

#include "ledger.h"
#include "nodes.h"

namespace db {
class Connection;
}

namespace ledger {

struct Log {
    std::int64_t epoch = 0;
    int format = newest_format;
    merkle::Frontier frontier;
    Nodes nodes;
    kernel::Instant last;  // time of the newest entry
    std::string checkpoint;
};

// Takes the lead: the next epoch, so that a writer which still believes in the last one is stopped at its next commit.
// A place without a log gets an empty one. Throws std::runtime_error saying what does not fit: another key, a root that
// the tiles do not give, entries without a head, another leader that moved meanwhile.
Log open_log(db::Connection& writer, const merkle::SignerKey&, std::string_view address);

// The signed note over a tree.
std::string checkpoint_of(const merkle::Frontier&, const merkle::SignerKey&);

// Writes the tiles that changed between the two sizes.
void put_tiles(db::Connection&, const Nodes&, std::int64_t from, std::int64_t to);

}  // namespace ledger

// Subtrees out of stored tiles, the last tiles read being kept. Those inside a tile are computed when first asked for:
// all of one tile cost 255 hashes and take 16 KiB. One thread.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include <merkle/merkle.h>

namespace db {
class Connection;
}

namespace ledger {

class StoredNodes {
public:
    explicit StoredNodes(db::Connection& db) : db_(db) {}
    // std::out_of_range when the log had no such subtree at the time its tile was read. Only full tiles never change.
    const merkle::Hash& at(int level, std::int64_t index);

private:
    using Rows = std::array<std::vector<merkle::Hash>, 8>;
    struct Held {
        Rows rows;
        std::int64_t used = 0;
    };
    Rows& tile(int tile_level, std::int64_t n);

    db::Connection& db_;
    std::map<std::pair<int, std::int64_t>, Held> tiles_;
    std::int64_t tick_ = 0;
};

}  // namespace ledger

// Hashes of complete subtrees at the right edge of the tree: the newest tile of each level and what a batch adds to it.
// Enough for the inclusion proofs of new leaves and for the tiles to be written; at most some 32 KiB. One thread.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include <merkle/merkle.h>

namespace ledger {

class Nodes {
public:
    using Hash = merkle::Hash;

    // In order: at each level the next index.
    void push(int level, std::int64_t index, const Hash&);
    const Hash* find(int level, std::int64_t index) const;  // null when it is not held
    const Hash& at(int level, std::int64_t index) const;    // std::out_of_range when it is not held
    // The first `fill` hashes of tile n of a level, as its subtrees of all eight heights.
    void load_tile(int tile_level, std::int64_t n, kernel::View hashes);
    kernel::Bytes tile_bytes(int tile_level, std::int64_t n, int fill) const;
    void truncate(std::int64_t size);  // drops what a tree of this size does not have
    void trim(std::int64_t size);      // drops what lies before the newest tiles of a tree of this size

private:
    struct Row {
        std::int64_t first = 0;
        std::vector<Hash> hashes;
    };
    std::array<Row, 64> rows_;
};

}  // namespace ledger

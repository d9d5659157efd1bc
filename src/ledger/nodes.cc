#include "nodes.h"

#include <algorithm>
#include <stdexcept>

#include <merkle/tile.h>

namespace ledger {

void Nodes::push(int level, std::int64_t index, const Hash& hash) {
    Row& row = rows_.at(static_cast<std::size_t>(level));
    if (row.hashes.empty()) row.first = index;
    if (index != row.first + static_cast<std::int64_t>(row.hashes.size()))
        throw std::logic_error("ledger: tree hashes out of order");
    row.hashes.push_back(hash);
}

const Nodes::Hash* Nodes::find(int level, std::int64_t index) const {
    const Row& row = rows_.at(static_cast<std::size_t>(level));
    const std::int64_t at = index - row.first;
    if (at < 0 || at >= static_cast<std::int64_t>(row.hashes.size())) return nullptr;
    return &row.hashes[static_cast<std::size_t>(at)];
}

const Nodes::Hash& Nodes::at(int level, std::int64_t index) const {
    const Hash* hash = find(level, index);
    if (!hash) throw std::out_of_range("ledger: a tree hash that is not held");
    return *hash;
}

void Nodes::load_tile(int tile_level, std::int64_t n, kernel::View hashes) {
    const int bottom = tile_level * merkle::tile_height;
    const std::int64_t first = n * merkle::tile_width;
    const std::int64_t fill = static_cast<std::int64_t>(hashes.size() / sizeof(Hash));
    for (std::int64_t i = 0; i < fill; ++i) {
        Hash hash;
        std::copy_n(hashes.begin() + i * static_cast<std::int64_t>(sizeof(Hash)), sizeof(Hash), hash.begin());
        push(bottom, first + i, hash);
    }
    for (int up = 1; up < merkle::tile_height; ++up)
        for (std::int64_t i = first >> up; i < (first + fill) >> up; ++i)
            push(bottom + up, i, merkle::node_hash(at(bottom + up - 1, 2 * i), at(bottom + up - 1, 2 * i + 1)));
}

kernel::Bytes Nodes::tile_bytes(int tile_level, std::int64_t n, int fill) const {
    kernel::Bytes out;
    out.reserve(static_cast<std::size_t>(fill) * sizeof(Hash));
    for (int i = 0; i < fill; ++i) {
        const Hash& hash = at(tile_level * merkle::tile_height, n * merkle::tile_width + i);
        out.insert(out.end(), hash.begin(), hash.end());
    }
    return out;
}

void Nodes::truncate(std::int64_t size) {
    for (int level = 0; level < 63; ++level) {
        Row& row = rows_[static_cast<std::size_t>(level)];
        const std::int64_t keep = std::max<std::int64_t>(0, (size >> level) - row.first);
        if (static_cast<std::int64_t>(row.hashes.size()) > keep) row.hashes.resize(static_cast<std::size_t>(keep));
    }
}

void Nodes::trim(std::int64_t size) {
    for (int level = 0; level < 63; ++level) {
        Row& row = rows_[static_cast<std::size_t>(level)];
        const int span = merkle::tile_height - level % merkle::tile_height;  // a tile holds 2^span hashes of this level
        const std::int64_t first = size >> level >> span << span;
        const std::int64_t drop = std::min(first - row.first, static_cast<std::int64_t>(row.hashes.size()));
        if (drop <= 0) continue;
        row.hashes.erase(row.hashes.begin(), row.hashes.begin() + drop);
        row.first += drop;
    }
}

}  // namespace ledger

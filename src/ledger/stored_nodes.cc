#include "stored_nodes.h"

#include <algorithm>
#include <stdexcept>

#include <merkle/tile.h>

#include "store.h"

namespace ledger {
namespace {

constexpr std::size_t most_tiles = 64;  // a proof needs at most two of each level

std::vector<merkle::Hash> hashes_in(kernel::View bytes) {
    std::vector<merkle::Hash> out(bytes.size() / sizeof(merkle::Hash));
    for (std::size_t i = 0; i < out.size(); ++i)
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * sizeof(merkle::Hash)), sizeof(merkle::Hash),
                    out[i].begin());
    return out;
}

}  // namespace

const merkle::Hash& StoredNodes::at(int level, std::int64_t index) {
    static_assert(merkle::tile_height == std::tuple_size_v<Rows>);
    const std::size_t inside = static_cast<std::size_t>(level % merkle::tile_height);
    const std::int64_t per_tile = std::int64_t{merkle::tile_width} >> inside;
    Rows& rows = tile(level / merkle::tile_height, index / per_tile);
    for (std::size_t up = 1; up <= inside; ++up)
        for (std::size_t i = rows[up].size(); i < rows[up - 1].size() / 2; ++i)
            rows[up].push_back(merkle::node_hash(rows[up - 1][2 * i], rows[up - 1][2 * i + 1]));
    const std::size_t at = static_cast<std::size_t>(index % per_tile);
    if (index < 0 || at >= rows[inside].size()) throw std::out_of_range("the log has no such subtree");
    return rows[inside][at];
}

StoredNodes::Rows& StoredNodes::tile(int tile_level, std::int64_t n) {
    const auto found = tiles_.find({tile_level, n});
    if (found != tiles_.end()) {
        found->second.used = ++tick_;
        return found->second.rows;
    }
    const auto bytes = store::tile(db_, tile_level, n);
    if (!bytes) throw std::out_of_range("the log has no such subtree");
    if (tiles_.size() >= most_tiles)
        tiles_.erase(std::ranges::min_element(tiles_, {}, [](const auto& held) { return held.second.used; }));
    Held& held = tiles_[{tile_level, n}];
    held.used = ++tick_;
    held.rows[0] = hashes_in(*bytes);
    return held.rows;
}

}  // namespace ledger

#include "tiles.h"

#include <algorithm>
#include <bit>
#include <span>

#include "fault.h"

namespace verify {
namespace {

using merkle::Hash;
constexpr std::size_t hash_bytes = sizeof(Hash);

std::vector<Hash> hashes_in(std::string_view bytes) {
    std::vector<Hash> out(bytes.size() / hash_bytes);
    for (std::size_t i = 0; i < out.size(); ++i)
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * hash_bytes), hash_bytes, out[i].begin());
    return out;
}

// The root over a power of two of hashes.
Hash fold(std::span<const Hash> hashes) {
    if (hashes.size() == 1) return hashes.front();
    const std::size_t half = hashes.size() / 2;
    return merkle::node_hash(fold(hashes.first(half)), fold(hashes.subspan(half)));
}

}  // namespace

void Tiles::append(const Hash& leaf) {
    frontier_.append(leaf, [this](int level, std::int64_t, const Hash& hash) {
        if (level % merkle::tile_height != 0) return;
        const auto at = static_cast<std::size_t>(level / merkle::tile_height);
        if (at == open_.size()) open_.emplace_back(), full_.push_back(0);
        open_[at].push_back(hash);
        if (open_[at].size() < merkle::tile_width) return;
        compare(level / merkle::tile_height, full_[at]++);
        open_[at].clear();
    });
}

void Tiles::finish(const Hash& root) {
    for (std::size_t level = 0; level < open_.size(); ++level)
        if (!open_[level].empty()) compare(static_cast<int>(level), full_[level]);
    if (frontier_.root() != root)
        throw Fault(source_.name("checkpoint"), frontier_.size(), std::nullopt,
                    "the entries and tiles agree with each other, but not with the root that the checkpoint signs");
}

const Hash* Tiles::held(std::int64_t index) const {
    if (open_.empty() || index < full_[0] * merkle::tile_width || index >= size()) return nullptr;
    return &open_[0][static_cast<std::size_t>(index % merkle::tile_width)];
}

void Tiles::compare(int level, std::int64_t n) {
    const std::vector<Hash>& mine = open_[static_cast<std::size_t>(level)];
    const std::string address = merkle::tile_path({level, n, static_cast<int>(mine.size())});
    const auto served = source_.get(address);
    if (!served) throw Fault(source_.name(address), std::nullopt, std::nullopt, "this tile is missing");
    if (served->size() != mine.size() * hash_bytes)
        throw Fault(source_.name(address), std::nullopt,
                    static_cast<std::int64_t>(std::min(served->size(), mine.size() * hash_bytes)),
                    "this tile has " + std::to_string(served->size()) + " bytes, not " +
                        std::to_string(mine.size() * hash_bytes));
    ++compared_;
    for (std::size_t i = 0; i < mine.size(); ++i)
        if (!std::equal(mine[i].begin(), mine[i].end(),
                        reinterpret_cast<const std::uint8_t*>(served->data()) + i * hash_bytes))
            differ(level, n, i, mine[i], *served);
}

void Tiles::expect(const Hash& leaf) {
    const std::int64_t n = size() / merkle::tile_width;
    const auto at = static_cast<std::size_t>(size() % merkle::tile_width);
    const auto served = source_.get(merkle::tile_path({0, n, merkle::tile_fill(0, n, goal_)}));
    if (!served || served->size() < (at + 1) * hash_bytes) return;  // said when the tile is compared
    if (hashes_in(served->substr(at * hash_bytes, hash_bytes))[0] != leaf) differ(0, n, at, leaf, *served);
}

// An entry and its hash in the tile do not agree. Where the tile fits what stands above it, the entry was changed.
void Tiles::differ(int level, std::int64_t n, std::size_t at, const Hash& mine, const std::string& served) {
    const int width = static_cast<int>(served.size() / hash_bytes);
    const auto index = n * merkle::tile_width + static_cast<std::int64_t>(at);
    if (level == 0 && fits(n, served))
        throw Fault(source_.name(merkle::tile_path({-1, n, width})), index, std::nullopt,
                    "this entry is not the one whose hash the tree holds");
    std::size_t byte = at * hash_bytes;
    for (std::uint8_t right : mine) {
        if (static_cast<std::uint8_t>(served[byte]) != right) break;
        ++byte;
    }
    throw Fault(source_.name(merkle::tile_path({level, n, width})), index, static_cast<std::int64_t>(byte),
                "this hash is not that of what stands below it");
}

bool Tiles::fits(std::int64_t n, const std::string& hashes) {
    if (hashes.size() < hash_bytes * merkle::tile_width) return fits_the_edge(hashes);
    const std::int64_t above = n / merkle::tile_width;
    const auto parent = source_.get(merkle::tile_path({1, above, merkle::tile_fill(1, above, goal_)}));
    const Hash folded = fold(hashes_in(hashes));
    const auto at = static_cast<std::size_t>(n % merkle::tile_width) * hash_bytes;
    return parent && parent->size() >= at + hash_bytes && hashes_in(parent->substr(at, hash_bytes))[0] == folded;
}

// The tiles at the right edge hold the peaks of the tree, and so its root.
bool Tiles::fits_the_edge(const std::string& lowest) {
    std::vector<Hash> peaks;
    for (int level = 7; level >= 0; --level) {
        const std::int64_t n = goal_ >> (merkle::tile_height * level) >> merkle::tile_height;
        const int width = merkle::tile_fill(level, n, goal_);
        if (width == 0) continue;
        const auto bytes = level == 0 ? std::optional(lowest) : source_.get(merkle::tile_path({level, n, width}));
        if (!bytes || bytes->size() != static_cast<std::size_t>(width) * hash_bytes) return false;
        const std::vector<Hash> row = hashes_in(*bytes);
        std::span<const Hash> rest(row);
        while (!rest.empty()) {
            const std::size_t most = std::bit_floor(rest.size());
            peaks.push_back(fold(rest.first(most)));
            rest = rest.subspan(most);
        }
    }
    return merkle::Frontier(goal_, std::move(peaks)).root() == goal_root_;
}

}  // namespace verify

// Tiles of C2SP tlog-tiles v0.1.0: height 8, so a full tile holds 256 hashes (8,192 bytes). Tile (level, n) holds the
// hashes of the complete subtrees of 2^(8*level) leaves, from the 256*n-th on.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace merkle {

inline constexpr int tile_height = 8;
inline constexpr int tile_width = 256;

// "x001/x234/067" for 1234067.
std::string tile_number(std::int64_t n);
// How many hashes tile (level, n) has in a tree of `size` leaves: 0 (not there) .. 256.
int tile_fill(int level, std::int64_t n, std::int64_t size);

struct TileAddress {
    int level = 0;  // 0..63; -1 for an entry bundle
    std::int64_t n = 0;
    int width = tile_width;  // 1..256
};
// "tile/0/x001/067", "tile/1/000.p/12", "tile/entries/000.p/3"; nothing for any other spelling.
std::optional<TileAddress> parse_tile_path(std::string_view path);
std::string tile_path(const TileAddress&);

}  // namespace merkle

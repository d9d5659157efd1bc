#include "tile.h"

#include <algorithm>
#include <span>
#include <stdexcept>
#include <vector>

#include <kernel/id.h>
#include <kernel/text.h>

namespace merkle {
namespace {

constexpr int highest_level = 63;

bool three_digits(std::string_view group) {
    return group.size() == 3 && std::all_of(group.begin(), group.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<int> small_number(std::string_view digits, int least, int most) {
    const auto value = kernel::parse_index(digits);
    if (!value || *value < least || *value > most) return std::nullopt;
    return static_cast<int>(*value);
}

// The groups between the level and the end, each "x123" but the last, which is "123" or "123.p".
std::optional<std::int64_t> parse_number(std::span<const std::string_view> groups) {
    constexpr std::size_t most_groups = 5;  // 10^15 tiles: more than an index can need
    if (groups.size() > most_groups) return std::nullopt;
    std::int64_t n = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        std::string_view group = groups[i];
        if (i + 1 < groups.size()) {
            if (!group.starts_with('x')) return std::nullopt;
            group.remove_prefix(1);
        }
        if (!three_digits(group)) return std::nullopt;
        for (char c : group) n = n * 10 + (c - '0');
    }
    return n;
}

}  // namespace

std::string tile_number(std::int64_t n) {
    if (n < 0) throw std::invalid_argument("tiles count from 0");
    std::string digits = std::to_string(n);
    digits.insert(0, (3 - digits.size() % 3) % 3, '0');
    std::string out;
    for (std::size_t i = 0; i < digits.size(); i += 3) {
        if (i + 3 < digits.size()) out += 'x';
        out.append(digits, i, 3);
        if (i + 3 < digits.size()) out += '/';
    }
    return out;
}

int tile_fill(int level, std::int64_t n, std::int64_t size) {
    if (level < 0 || n < 0 || size < 0) return 0;
    const int shift = tile_height * level;
    const std::int64_t hashes = shift > 62 ? 0 : size >> shift;
    if (n > hashes / tile_width) return 0;
    return static_cast<int>(std::min<std::int64_t>(hashes - n * tile_width, tile_width));
}

std::optional<TileAddress> parse_tile_path(std::string_view path) {
    const std::vector<std::string_view> parts = kernel::split(path, '/');
    if (parts.size() < 3 || parts[0] != "tile") return std::nullopt;
    TileAddress tile;
    if (parts[1] == "entries") {
        tile.level = -1;
    } else {
        const auto level = small_number(parts[1], 0, highest_level);
        if (!level) return std::nullopt;
        tile.level = *level;
    }
    std::vector<std::string_view> groups(parts.begin() + 2, parts.end());
    if (groups.size() >= 2 && groups[groups.size() - 2].ends_with(".p")) {
        const auto width = small_number(groups.back(), 1, tile_width - 1);
        if (!width) return std::nullopt;
        tile.width = *width;
        groups.pop_back();
        groups.back().remove_suffix(2);
    }
    const auto n = parse_number(groups);
    if (!n) return std::nullopt;
    tile.n = *n;
    // One address, one spelling: "x000/001" is not tile 1.
    if (tile_path(tile) != path) return std::nullopt;
    return tile;
}

std::string tile_path(const TileAddress& tile) {
    std::string path = "tile/" + (tile.level < 0 ? "entries" : std::to_string(tile.level)) + "/" + tile_number(tile.n);
    if (tile.width < tile_width) path += ".p/" + std::to_string(tile.width);
    return path;
}

}  // namespace merkle

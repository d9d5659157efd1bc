// Pixels, and what is made of them. huiyin-pdf draws with them too.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace photo {

// 8-bit RGBA, rows without padding.
struct Pixels {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgba;
};

// At most so wide and so high, by averaging areas; smaller pictures stay as they are.
Pixels shrink(const Pixels&, int width_at_most, int height_at_most);

// As WebP, lossy, without metadata. `quality`: 0 to 100. Throws when there is no memory for it.
std::string webp(const Pixels&, float quality);

}  // namespace photo

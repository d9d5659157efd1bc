// From a file's bytes to pixels. Everything hostile happens here, inside the sandbox.
#pragma once
#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace photo {

// 8-bit RGBA, rows without padding.
struct Pixels {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgba;
};
struct TooManyPixels : std::runtime_error {
    TooManyPixels() : std::runtime_error("too many pixels") {}
};

// JPEG, PNG or WebP, upright (a JPEG's Exif orientation is applied, because it is not kept). Throws TooManyPixels, or
// std::runtime_error for anything that is no complete picture.
Pixels decode(std::string_view file);
void check_size(std::int64_t width, std::int64_t height);

// At most `side` pixels on the longer side, by averaging areas; smaller pictures stay as they are.
Pixels shrink(const Pixels&, int width_at_most, int height_at_most);

}  // namespace photo

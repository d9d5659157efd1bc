// From a file's bytes to pixels. Everything hostile happens here, inside the sandbox.
#pragma once
#include <cstdint>
#include <stdexcept>
#include <string_view>

#include "pixels.h"

namespace photo {

struct TooManyPixels : std::runtime_error {
    TooManyPixels() : std::runtime_error("too many pixels") {}
};

// JPEG, PNG or WebP, upright (a JPEG's Exif orientation is applied, because it is not kept). Throws TooManyPixels, or
// std::runtime_error for anything that is no complete picture.
Pixels decode(std::string_view file);
void check_size(std::int64_t width, std::int64_t height);

}  // namespace photo

// huiyin-photo: reads a picture on standard input, writes it on standard output as WebP without metadata, twice: at
// most 2,000 pixels wide or high, and as a preview. Runs in a sandbox; whoever starts it decides what it may do.
#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>

#include <files/picture.h>
#include <webp/encode.h>

#include "decode.h"

namespace {

std::string encode(const photo::Pixels& pixels, float quality) {
    std::uint8_t* bytes = nullptr;
    const std::size_t size =
        WebPEncodeRGBA(pixels.rgba.data(), pixels.width, pixels.height, pixels.width * 4, quality, &bytes);
    if (size == 0) throw std::runtime_error("not encoded");
    std::string out(reinterpret_cast<char*>(bytes), size);
    WebPFree(bytes);
    return out;
}

std::string number(std::size_t value) {
    return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
            static_cast<char>(value)};
}

}  // namespace

// The sandbox has no /proc, which looking for leaks needs. Without the address sanitizer nobody asks for this.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() { return "detect_leaks=0"; }

int main() {
    try {
        const std::string file((std::istreambuf_iterator<char>(std::cin)), {});
        const photo::Pixels large = photo::shrink(photo::decode(file), files::largest_side, files::largest_side);
        const photo::Pixels small = photo::shrink(large, files::preview_width, files::preview_width);
        const std::string picture = encode(large, 80), preview = encode(small, 75);
        const std::string out = number(static_cast<std::size_t>(large.width)) +
                                number(static_cast<std::size_t>(large.height)) + number(picture.size()) +
                                number(preview.size()) + picture + preview;
        return std::fwrite(out.data(), 1, out.size(), stdout) == out.size() && std::fflush(stdout) == 0
                   ? 0
                   : files::picture_broken;
    } catch (const photo::TooManyPixels&) { return files::picture_too_many_pixels; } catch (const std::exception&) {
        return files::picture_broken;
    }
}

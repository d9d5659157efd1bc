// huiyin-photo: reads a picture on standard input, writes it on standard output as WebP without metadata, twice: at
// most 2,000 pixels wide or high, and as a preview. Runs in a sandbox; whoever starts it decides what it may do.
#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>

#include <files/framed.h>
#include <files/picture.h>

#include "decode.h"

// The sandbox has no /proc, which looking for leaks needs. Without the address sanitizer nobody asks for this.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() { return "detect_leaks=0"; }

int main() {
    try {
        const std::string file((std::istreambuf_iterator<char>(std::cin)), {});
        const photo::Pixels large = photo::shrink(photo::decode(file), files::largest_side, files::largest_side);
        const photo::Pixels small = photo::shrink(large, files::preview_width, files::preview_width);
        const std::string picture = photo::webp(large, 80), preview = photo::webp(small, 75);
        std::string out;
        for (const std::size_t one : {static_cast<std::size_t>(large.width), static_cast<std::size_t>(large.height),
                                      picture.size(), preview.size()})
            files::add_number(out, one);
        out += picture + preview;
        return std::fwrite(out.data(), 1, out.size(), stdout) == out.size() && std::fflush(stdout) == 0
                   ? 0
                   : files::picture_broken;
    } catch (const photo::TooManyPixels&) { return files::picture_too_many_pixels; } catch (const std::exception&) {
        return files::picture_broken;
    }
}

// What the programs in the sandbox hand over is as hostile as what they were given: it is read as such. Pure.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/text.h>

#include "letters.h"

namespace files {

// Text of anybody's as kernel::admit() takes it, though perhaps longer: what is no UTF-8 is U+FFFD, what admit()
// refuses is left out, and at most `most` bytes.
std::string plain(std::string_view text, kernel::Lines lines, std::size_t most);

struct Size {
    int width = 0, height = 0;
};
// Of a WebP that is one lossy picture and nothing else: no transparency, no metadata, no second frame.
std::optional<Size> size_of_plain_webp(std::string_view);

struct PageRead {
    Size size;
    std::string_view picture, preview;  // within what was read
    std::string text;
};
// Nothing when it is not as pdf.h says.
std::optional<std::vector<PageRead>> read_pages(std::string_view out);

// Nothing when it is not as mail.h says.
std::optional<Letter> read_letter(std::string_view out);

}  // namespace files

// What the server and huiyin-pdf agree on.
#pragma once
#include <cstddef>
#include <string_view>

namespace files {

// By content, never by name: readers look for the mark in the first 1,024 bytes.
inline bool is_pdf(std::string_view start) { return start.substr(0, 1024).find("%PDF-") != start.npos; }

inline constexpr std::size_t most_pdf_bytes = 20u << 20;
inline constexpr int most_pdf_pages = 20;
// A page is drawn as wide as this, whatever size it says it has; one that is very high, as high as that.
inline constexpr int pdf_page_width = 1'000, pdf_page_height = 4'000;
inline constexpr std::size_t most_pdf_text = 200'000;  // bytes of one page

// Exit codes; 0 are the pages on standard output, four parts each (framed.h): width and height in four bytes each, the
// picture, its preview, both WebP, and the text in UTF-8. 1 and 127 are left to bubblewrap.
inline constexpr int pdf_broken = 65;
inline constexpr int pdf_locked = 66;
inline constexpr int pdf_too_many_pages = 67;
inline constexpr int pdf_too_heavy = 68;

}  // namespace files

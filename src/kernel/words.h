// The list in which a secret code is spelled as words. Not part of the face.
#pragma once
#include <array>
#include <string_view>

namespace kernel {

// Sorted; 3 to 7 letters a-z; no two share their first four letters or differ in one letter only. The order is
// permanent: codes written down on paper depend on it. The same as words.txt.
extern const std::array<std::string_view, 2048> code_words;

}  // namespace kernel

// Folding of single characters, and the walk over a text that everything else here is made of.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace text {

// Each traditional or variant character followed by its simplified one, in UTF-8.
extern const std::string_view simplified_pairs;

// What a character is to the walk.
enum class Class : std::uint8_t { separator, letter, alone, mark, apostrophe };

struct Folded {
    char32_t c = 0;
    Class kind = Class::separator;
    std::uint32_t begin = 0;  // bytes of the original that it came from
    std::uint32_t end = 0;
};

// Every character of the folded text, separators too. Writes over `out`.
void fold(std::string_view any_bytes, std::vector<Folded>& out);
void append_utf8(std::string& out, char32_t);

}  // namespace text

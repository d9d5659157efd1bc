// A text cut to what is shown of it, in pieces of which some are hits. Pure.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "words.h"

namespace search {

struct Shown {
    std::string text;
    bool hit = false;
    friend bool operator==(const Shown&, const Shown&) = default;
};
// At most so many code points, from a little before the first mark on; line ends become spaces. "…" where something is
// left out.
std::vector<Shown> excerpt(std::string_view text, const std::vector<Unit>& marks, std::size_t most);

}  // namespace search

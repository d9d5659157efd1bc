// A text as units, which are its characters and words one after another, and the terms that stand at them. What is
// indexed, what is sought and what is checked again before it is shown are read by this alone. Pure.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <text/tokens.h>

#include "query.h"

namespace search {

// Bytes of the text that a unit came from.
struct Unit {
    std::uint32_t begin = 0, end = 0;
    friend bool operator==(const Unit&, const Unit&) = default;
};
struct Placed {
    std::string term;
    std::uint32_t unit = 0;  // where it begins
};
struct Spread {
    std::vector<Unit> units;
    std::vector<Placed> placed;
};
Spread spread(std::string_view text, text::Tokenizer&, text::Language);

// The parts of a matter, each with its own range of places, so that no phrase runs from one into the next.
enum class Part { title, place, text, answer };
inline constexpr std::array all_parts = {Part::title, Part::place, Part::text, Part::answer};
inline constexpr std::array<std::uint32_t, 5> first_place = {0, 512, 1024, 1 << 17, 1 << 18};
inline constexpr std::uint32_t names_end =
    first_place[2];  // a hit before this one is in a title or the name of a place
inline std::uint32_t begin_of(Part p) { return first_place[static_cast<std::size_t>(p)]; }
inline std::uint32_t room_of(Part p) { return first_place[static_cast<std::size_t>(p) + 1] - begin_of(p); }

using Texts = std::array<std::string, 4>;  // by Part
// The language of a part: that of the answer by itself, of the others by all of them, so that an answer that comes
// later changes nothing of what was indexed before.
text::Language language_of(const Texts&, Part, text::Tokenizer&);

// How well a matter fits: for each thing sought 8 when it stands in the title or the place, and how often it stands
// anywhere, up to 4.
int worth(std::size_t times, bool named);

// One matter's texts, to be asked for what a query seeks.
class Words {
public:
    Words(const Texts&, text::Tokenizer&);
    bool matches(const Query&) const;
    int score(const Query&) const;
    // Where they stand in this part, in order, as bytes; those that touch or overlap are one.
    std::vector<Unit> marks(const Query&, Part) const;

private:
    std::vector<std::uint32_t> places(const Sought&) const;
    std::map<std::string, std::vector<std::uint32_t>, std::less<>> places_;
    std::array<std::vector<Unit>, 4> units_;
};

}  // namespace search

// A text as units, which are its characters and words one after another, and the terms that stand at them. What is
// indexed, what is sought and what is checked again before it is shown are read by this alone. Pure.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
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

// The parts of a matter, each with its own range of places, so that no phrase runs from one into the next. That of the
// text begins at 0: its places are the most, and small ones take the least room.
enum class Part { title, place, text, answer };
inline constexpr std::array all_parts = {Part::title, Part::place, Part::text, Part::answer};
struct Range {
    std::uint32_t begin, room;
};
inline constexpr std::array<Range, 4> ranges = {
    {{1 << 17, 512}, {(1 << 17) + 512, 512}, {0, (1 << 17) - 1}, {1 << 18, 1 << 17}}};
constexpr std::uint32_t begin_of(Part p) { return ranges[static_cast<std::size_t>(p)].begin; }
constexpr std::uint32_t room_of(Part p) { return ranges[static_cast<std::size_t>(p)].room; }
constexpr bool in_name(std::uint32_t place) {  // in a title or the name of a place
    return place >= begin_of(Part::title) && place < begin_of(Part::place) + room_of(Part::place);
}

using Texts = std::array<std::string, 4>;  // by Part
// In which its words are read. That of the answer is found by itself, so that an answer that comes later changes
// nothing of what was indexed before.
struct Languages {
    text::Language own, answer;
    text::Language of(Part p) const { return p == Part::answer ? answer : own; }
};
Languages languages_of(const Texts&, text::Tokenizer&);

// How well a matter fits: for each thing sought 8 when it stands in the title or the place, and how often it stands
// anywhere, up to 4.
int worth(std::size_t times, bool named);

// Where what a query seeks stands in the texts of one matter.
class Words {
public:
    Words(const Texts&, const Query&, text::Tokenizer&);
    bool match() const;
    int score() const;
    // Where it stands in this part, in order, as bytes; marks that touch or overlap are one.
    std::vector<Unit> marks(Part) const;

private:
    std::vector<std::uint32_t> places(const Sought&) const;

    const Query& query_;
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> places_;  // of the terms that are sought
    std::array<std::vector<Unit>, 4> units_;
};

}  // namespace search

// What is the same text: copied, edited, written in the other Chinese script, its sentences in another order, or a
// template with words of one's own. Compared by shingles: three neighbouring units of the folded text, a unit being a
// character of Han, Kana … or a word; where a word is among the first two, two units. Spaces, punctuation and scripts
// do not count.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "index.h"
#include "tokens.h"

namespace text {

struct Print {
    using Shingles = std::vector<std::uint32_t>;  // hashes, ascending, each once
    Shingles all;
    // Without what stands between quotation marks; `all` where nothing does, or where fewer than `least_shared` are
    // left.
    const Shingles& own() const { return quotes ? unquoted : all; }
    bool operator==(const Print&) const = default;

    bool quotes = false;
    Shingles unquoted;  // read through own()
};

// Of at most the first 20,000 bytes.
Print print_of(std::string_view any_bytes);
// Share of the smaller one's shingles that both have: 0 for empty ones.
double contained(const Print&, const Print&);
// The rule: at least `least_contained` of the smaller one, and `least_shared` shingles; short texts are the same only
// when they are equal. What one of them quotes is nobody's own: two letters that quote the same law are no copies. So
// what shares less than `contained_anyhow` must share as much of the smaller one without it.
inline constexpr double least_contained = 0.42;
inline constexpr std::size_t least_shared = 16;
inline constexpr double contained_anyhow = 0.75;
bool copies(const Print&, const Print&);
// Equal for texts that are equal in all but separators, case, width and script; 0 for those of nothing else.
std::uint64_t same_text(std::string_view any_bytes);

// Of each message the first that it is a copy of, itself where there is none. Of several earlier ones it copies the one
// it shares most with; whoever copies a copy counts with the first of them, where it is a copy of that one too. `near`:
// for each message those that may be copies of it, ascending (nearest.h). Titles are left out unless the body is empty.
std::vector<Number> first_of_copies(std::span<const Text>, std::span<const std::vector<Number>> near, int threads);
// The same of these alone: who is near whom is found here.
std::vector<Number> first_of_copies(std::span<const Text>, int threads);

}  // namespace text

// What many rows have in common, as candidates for blocs.
#pragma once
#include <vector>

#include "votes.h"

namespace opinion {

using Template = std::vector<Votes::Code>;  // ascending

// The share of codes in common is at least 0.6, of `both` in a row of `a` and one of `b`; 0.4 for around().
inline bool alike(std::size_t both, std::size_t a, std::size_t b) { return 8 * both >= 3 * (a + b); }
inline bool around(std::size_t both, std::size_t a, std::size_t b) { return 7 * both >= 2 * (a + b); }

// Votes on statements that are not hidden.
void shown(const Votes&, Person, Template& out);

// At most 512, and at most so many that their statements have 2,000,000,000 votes; those first of which
// most fell together; none alike with one before it.
inline constexpr std::size_t most_templates = 512, most_votes_beside = 2'000'000'000;
std::vector<Template> templates(const Votes&, std::uint32_t least, int threads);

}  // namespace opinion

// How sure it is that a person stands in the group they were placed in.
#pragma once
#include "picture.h"

namespace opinion {

// The border between the group g and the nearest other one h is the middle between their centres. How far a person
// stands on their own side, the margin, is linear in the place, and the place is a sum over the person's votes: margin
// = u·(y − (g + h) / 2), u = (g − h) / |g − h|, y = the sum of the votes' parts. How much of it hangs on single votes
// the jackknife says (Efron & Stein, Annals of Statistics 9(3), 1981): variance = m / (m − 1) * Σ (b − mean b)², b:
// each of the m votes' part along u, on statements that are not hidden. z = margin / sqrt(variance), −99 … 99; 0 with
// fewer than two such votes, or fewer than two groups.
inline constexpr double surely = z_90, probably = 0.5244;  // one-sided 90 % and 70 %
inline constexpr double most_z = 99;
enum class Certainty : std::uint8_t { open, likely, sure };  // below 70 %, from 70 %, from 90 %
struct Placement {
    double z = 0;
    Certainty certainty = Certainty::open;
    friend bool operator==(const Placement&, const Placement&) = default;
};
struct Placements {
    std::vector<Placement> of;                         // each person; who is nowhere is open
    std::vector<std::array<std::uint32_t, 3>> counts;  // of each group: people by certainty
};
Placements placements(const Votes&, const Picture&, int threads);

}  // namespace opinion

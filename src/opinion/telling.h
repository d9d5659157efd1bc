// Which statements tell a group from the others, and which everybody shares.
#pragma once
#include <span>
#include <vector>

#include "groups.h"

namespace opinion {

using Tally = std::vector<Counts>;  // of each statement

// Each group's votes. `threads` change nothing.
std::vector<Tally> tally(const Votes&, std::span<const std::int8_t> group_of, std::size_t groups, int threads);

inline constexpr double z_90 = 1.2816;  // one-sided 90 %; a test passes above it

struct Telling {
    Statement statement = 0;
    Vote vote = Vote::agree;      // what the group says to it: agree or disagree
    std::uint32_t success = 0;    // votes that say so
    std::uint32_t trials = 0;     // all votes, passes included
    double probability = 0;       // (success + 1) / (trials + 2)
    double probability_test = 0;  // z of it against 1/2: 2 sqrt(n + 1) ((success + 1) / (n + 1) − 1/2)
    double ratio = 0;             // to the probability among the others
    double ratio_test = 0;        // z of two proportions, all four counts + 1
    bool best_agree = false;      // what the group agrees with most, put first
    std::uint32_t agrees = 0;
};

// At most 5 of a group: those of which both tests pass in one direction, by ratio * ratio_test * probability *
// probability_test; that which the group agrees with most before all; agreed ones before others. If none passes, the
// one that is best agreed with, or that comes nearest. Hidden statements never. Of equals the lower number first.
std::vector<Telling> telling(const Votes&, std::span<const Tally>, std::size_t group);

struct Shared {
    Statement statement = 0;
    std::uint32_t success = 0, trials = 0;
    double probability = 0, probability_test = 0;
};
struct Consensus {
    std::vector<Shared> agree, disagree;  // at most 5 each, by probability * probability_test
};
// Over everybody who voted, placed or not: probability above 1/2, test passed.
Consensus consensus(const Votes&);

// Of each statement the product over the groups of (agree + 1) / (seen + 2): large only if all groups agree.
std::vector<double> group_aware_consensus(std::span<const Tally>, std::size_t statements);

// Which statement should be asked next: drawn with a probability in proportion to its priority.
// importance = (1 − (pass + 1) / (seen + 2)) * (extremity + 1) * (agree + 1) / (seen + 2)
// priority = (importance * (1 + 8 * 2^(−seen / 5)))², seen and the rest summed over the groups: what few have seen yet
// comes first. 49 where a statement speaks of the person, not of the matter.
inline constexpr double meta_priority = 49;
double priority(const Counts&, double extremity);

}  // namespace opinion

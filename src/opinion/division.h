// How much groups of opinion differ on one statement, and on several.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace opinion {

// division = sum over statements of votes * spread(statement) / sum of votes
// spread = 2 * sqrt(max(0, sum over groups of share * ((agree - mean)^2 - agree * (1 - agree) / (votes - 1))))
//   Over the groups of opinion of which at least `least_votes` voted on the statement, where there are two such:
//   agree: of a group's votes those that agree, passing counts as a vote; share: a group's part of these votes; mean:
//   the sum of share * agree. What is taken off is what chance alone would give as many votes, so that small groups
//   are not apart because they are small. 0: the groups agree alike; 1: half of all agree and the others do not, each
//   half of one mind.
// Nothing where no statement was voted on by two groups: not known is not 0.
struct GroupVotes {
    std::int64_t agree = 0, disagree = 0, pass = 0;
    std::int64_t votes() const { return agree + disagree + pass; }
};
using Opinions = std::vector<GroupVotes>;  // on one statement, of each group of opinion
struct DivisionRule {
    std::int64_t least_votes = 10;
};
struct Division {
    double division = 0;
    std::int64_t statements = 0;  // that two groups voted on
    std::int64_t votes = 0;       // by such groups on these
};
std::optional<double> spread(const Opinions&, const DivisionRule& = {});
std::optional<Division> division(std::span<const Opinions>, const DivisionRule& = {});

}  // namespace opinion

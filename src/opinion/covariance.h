// The centred matrix of votes as an operator, never made dense: a vote that is missing counts as its statement's mean,
// which is 0 once the mean is taken off. So only votes that were cast are walked over.
#pragma once
#include <vector>

#include "votes.h"

namespace opinion {

// Two numbers that are computed side by side.
using Pair = double __attribute__((vector_size(16)));

class Covariance {
public:
    // Keeps a reference. The same votes give the same numbers, whatever `threads`.
    Covariance(const Votes&, int threads);
    // Mean of a statement's votes, −1 … 1; 0 where it is hidden or nobody voted.
    const std::vector<double>& centre() const { return centre_; }
    int threads() const { return threads_; }
    // Sum of the squares of all centred votes: the sum of all eigenvalues.
    double trace() const { return trace_; }
    // Xᵀ(X v) for two vectors at once, X the centred votes.
    std::vector<Pair> apply(const std::vector<Pair>&) const;
    // X v: one pair for each person.
    std::vector<Pair> project(const std::vector<Pair>&) const;

private:
    // What each code of a vote adds to its row's sum.
    std::vector<Pair> table(const std::vector<Pair>&) const;

    const Votes& votes_;
    int threads_;
    std::vector<double> centre_;
    double trace_ = 0;
    std::vector<Person> parts_;  // where each begins, and the end: shares of about as many votes
};

}  // namespace opinion

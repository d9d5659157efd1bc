// The two directions in which people differ most: principal components of the mean-imputed matrix of votes, exact.
#pragma once
#include <array>
#include <vector>

#include "covariance.h"

namespace opinion {

struct Point {
    double x = 0, y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

// Eigenvectors of XᵀX of the two largest eigenvalues, of length 1, orthogonal, the loading of largest size positive (of
// equals the first). A component that does not exist (people differ in fewer ways) is all 0 with eigenvalue 0.
struct Components {
    std::vector<Pair> loadings;  // of each statement
    std::array<double, 2> eigenvalues{};
    std::array<double, 2> shares{};  // of the sum of all eigenvalues
    double residual = 0;             // the larger ‖XᵀXv − λv‖ / λ₁
    int passes = 0;                  // over all votes
};

// Block Lanczos with full orthogonalisation and thick restarts (Golub & Van Loan §10.3; Wu & Simon, SIAM J. Matrix
// Anal. 22, 2000), until the residual is at most `tolerance`: then each eigenvalue is as near to a true one as that
// (times λ₁), and each vector off by at most residual * λ₁ / (distance to the next eigenvalue) (Davis & Kahan 1970). A
// `start` from a picture of almost the same votes saves passes; the bound is the same. Its length may be another.
inline constexpr double tolerance = 1e-11;
Components components(const Covariance&, std::size_t statements, const std::vector<Pair>* start = nullptr);

}  // namespace opinion

// Eigenvalues of a small symmetric matrix. Ours, because a library that chooses its instructions by the machine gives
// other last digits on another one, and what is published here has to be computed again to the byte.
#pragma once
#include <cstddef>
#include <vector>

namespace opinion {

struct Spectrum {
    std::vector<double> values;                // largest first; of equals the one that stood first in the matrix
    std::vector<std::vector<double>> vectors;  // of length 1, in the same order
};

// By the cyclic Jacobi method (Golub & Van Loan, Matrix Computations, 4th ed., §8.5) until nothing outside the diagonal
// is larger than 1e-17 of the matrix's norm. `matrix`: n rows of n, of which the lower triangle is read.
Spectrum spectrum(std::vector<double> matrix, std::size_t n);

}  // namespace opinion

#include "symmetric.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace opinion {
namespace {

struct Rotation {
    double cosine = 1, sine = 0;
};

Rotation rotation(double pp, double qq, double pq) {
    const double tau = (qq - pp) / (2 * pq);
    const double t = (tau >= 0 ? 1.0 : -1.0) / (std::abs(tau) + std::sqrt(1 + tau * tau));
    const double cosine = 1 / std::sqrt(1 + t * t);
    return {cosine, t * cosine};
}

void rotate(double& a, double& b, Rotation by) {
    const double was = a;
    a = by.cosine * was - by.sine * b;
    b = by.sine * was + by.cosine * b;
}

}  // namespace

Spectrum spectrum(std::vector<double> matrix, std::size_t n) {
    const auto at = [&](std::size_t i, std::size_t j) -> double& { return matrix[i * n + j]; };
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = i + 1; j < n; ++j) at(i, j) = at(j, i);
    std::vector<std::vector<double>> vectors(n, std::vector<double>(n, 0));
    for (std::size_t i = 0; i < n; ++i) vectors[i][i] = 1;
    double norm = 0;
    for (const double one : matrix) norm += one * one;
    const double least = std::sqrt(norm) * 1e-17;

    constexpr int most_sweeps = 60;  // fewer than ten are needed
    bool rotated = true;
    for (int sweep = 0; rotated && sweep < most_sweeps; ++sweep) {
        rotated = false;
        for (std::size_t p = 0; p < n; ++p) {
            for (std::size_t q = p + 1; q < n; ++q) {
                if (std::abs(at(p, q)) <= least) continue;
                rotated = true;
                const Rotation by = rotation(at(p, p), at(q, q), at(p, q));
                for (std::size_t k = 0; k < n; ++k) rotate(at(k, p), at(k, q), by);
                for (std::size_t k = 0; k < n; ++k) rotate(at(p, k), at(q, k), by);
                for (std::size_t k = 0; k < n; ++k) rotate(vectors[p][k], vectors[q][k], by);
                at(p, q) = at(q, p) = 0;
            }
        }
    }

    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return at(a, a) > at(b, b); });
    Spectrum out;
    for (const std::size_t i : order) {
        out.values.push_back(at(i, i));
        out.vectors.push_back(std::move(vectors[i]));
    }
    return out;
}

}  // namespace opinion

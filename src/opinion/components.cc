#include "components.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "scattered.h"
#include "symmetric.h"

namespace opinion {
namespace {

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}
void add(Vector& a, double times, const Vector& b) {
    for (std::size_t i = 0; i < a.size(); ++i) a[i] += times * b[i];
}
double length(const Vector& a) { return std::sqrt(dot(a, a)); }

// Numbers in −1 … 1.
Vector without_pattern(std::size_t n, std::uint64_t seed) {
    Scatter scatter(seed);
    Vector out(n);
    for (double& one : out) one = static_cast<double>(static_cast<std::int64_t>(scatter()) >> 11) * 0x1p-52;
    return out;
}

// A subspace with what the operator makes of it.
struct Space {
    std::vector<Vector> basis, applied;

    // Orthogonal to all that is there and of length 1; false if nothing of it is new.
    bool take_in(Vector vector) {
        const double was = length(vector);
        for (int twice = 0; twice < 2; ++twice)  // once is not enough in floating point (Parlett, §6.9)
            for (const Vector& one : basis) add(vector, -dot(one, vector), one);
        const double is = length(vector);
        if (!(is > was * 1e-10)) return false;
        for (double& one : vector) one /= is;
        basis.push_back(std::move(vector));
        return true;
    }
    // Applies to what was taken in since, two at a time.
    void apply(const Covariance& by, int& passes) {
        while (applied.size() < basis.size()) {
            const std::size_t first = applied.size(), n = basis[first].size();
            const bool two = first + 1 < basis.size();
            std::vector<Pair> pairs(n);
            for (std::size_t i = 0; i < n; ++i) pairs[i] = Pair{basis[first][i], two ? basis[first + 1][i] : 0.0};
            pairs = by.apply(pairs);
            ++passes;
            for (int column = 0; column < (two ? 2 : 1); ++column) {
                Vector out(n);
                for (std::size_t i = 0; i < n; ++i) out[i] = pairs[i][column];
                applied.push_back(std::move(out));
            }
        }
    }
    Spectrum ritz() const {
        const std::size_t n = basis.size();
        Vector matrix(n * n);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j <= i; ++j) matrix[i * n + j] = dot(basis[i], applied[j]);
        return spectrum(std::move(matrix), n);
    }
    static Vector combined(const std::vector<Vector>& of, const Vector& weights) {
        Vector out(of[0].size());
        for (std::size_t i = 0; i < of.size(); ++i) add(out, weights[i], of[i]);
        return out;
    }
    double residual(double value, const Vector& weights) const {
        Vector left = combined(applied, weights);
        add(left, -value, combined(basis, weights));
        return length(left);
    }
    void keep(const Spectrum& ritz, std::size_t most) {
        Space kept;
        for (std::size_t i = 0; i < std::min(most, basis.size()); ++i) {
            kept.basis.push_back(combined(basis, ritz.vectors[i]));
            kept.applied.push_back(combined(applied, ritz.vectors[i]));
        }
        *this = std::move(kept);
    }
};

void begin(Space& space, std::size_t n, const std::vector<Pair>* start) {
    for (int column = 0; column < 2; ++column) {
        Vector vector = without_pattern(n, static_cast<std::uint64_t>(column));
        if (start) {
            // A little of everything stays in it, so that a direction that has become the largest is met.
            for (double& one : vector) one *= 1e-9;
            for (std::size_t i = 0; i < std::min(n, start->size()); ++i) vector[i] += (*start)[i][column];
        }
        space.take_in(std::move(vector));
    }
}

Components from(const Space& space, const Spectrum& ritz, std::size_t n, double trace) {
    Components out;
    out.loadings.assign(n, Pair{});
    for (std::size_t column = 0; column < std::min<std::size_t>(2, ritz.values.size()); ++column) {
        if (!(ritz.values[column] > trace * 1e-13)) break;
        const Vector vector = Space::combined(space.basis, ritz.vectors[column]);
        const auto largest = std::max_element(vector.begin(), vector.end(),
                                              [](double a, double b) { return std::abs(a) < std::abs(b); });
        const double sign = *largest < 0 ? -1 : 1;
        for (std::size_t i = 0; i < n; ++i) out.loadings[i][static_cast<int>(column)] = sign * vector[i];
        out.eigenvalues[column] = ritz.values[column];
        out.shares[column] = ritz.values[column] / trace;
    }
    return out;
}

}  // namespace

Components components(const Covariance& covariance, std::size_t n, const std::vector<Pair>* start) {
    constexpr std::size_t most_vectors = 40, kept_vectors = 12, least_steps = 4, most_passes = 2000;
    if (n == 0 || !(covariance.trace() > 0)) return {.loadings = std::vector<Pair>(n)};
    Space space;
    int passes = 0;
    double worst = 0;
    begin(space, n, start);
    for (std::size_t step = 1;; ++step) {
        const std::size_t newest = space.applied.size();
        space.apply(covariance, passes);
        std::vector<Vector> next(space.applied.begin() + static_cast<std::ptrdiff_t>(newest), space.applied.end());
        const bool full = space.basis.size() + 2 > most_vectors;
        std::optional<Spectrum> ritz;
        if (full || step >= least_steps || space.basis.size() >= n) {
            ritz = space.ritz();
            worst = 0;
            for (std::size_t i = 0; i < std::min<std::size_t>(2, ritz->values.size()); ++i)
                worst = std::max(worst, space.residual(ritz->values[i], ritz->vectors[i]) / ritz->values[0]);
        }
        if (ritz && (worst <= tolerance || static_cast<std::size_t>(passes) >= most_passes)) {
            Components out = from(space, *ritz, n, covariance.trace());
            out.residual = worst;
            out.passes = passes;
            return out;
        }
        // Orthogonal to all of the space, the part of it that is dropped included.
        const std::size_t was = space.basis.size();
        for (Vector& one : next) space.take_in(std::move(one));
        std::vector<Vector> fresh(space.basis.begin() + static_cast<std::ptrdiff_t>(was), space.basis.end());
        space.basis.resize(was);
        if (fresh.empty()) {  // the space is closed: what it holds is exact
            Components out = from(space, space.ritz(), n, covariance.trace());
            out.passes = passes;
            return out;
        }
        if (full) space.keep(*ritz, kept_vectors);
        for (Vector& one : fresh) space.basis.push_back(std::move(one));
    }
}

}  // namespace opinion

// Beside slow ways to the same figures.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "drawn.h"
#include "lloyd.h"
#include "starts.h"

namespace opinion {
namespace {

using Matrix = std::vector<std::vector<double>>;

// The matrix with what is missing filled in by the statement's mean, without the means.
Matrix dense(const Votes& votes) {
    Matrix out(votes.people(), std::vector<double>(votes.statements()));
    for (Statement s = 0; s < votes.statements(); ++s) {
        if (votes.hidden(s)) continue;
        double sum = 0, n = 0;
        for (Person p = 0; p < votes.people(); ++p)
            if (const auto vote = votes.get(p, s)) sum += static_cast<int>(*vote), ++n;
        for (Person p = 0; p < votes.people(); ++p) {
            const auto vote = votes.get(p, s);
            out[p][s] = vote ? static_cast<int>(*vote) - sum / n : 0;
        }
    }
    return out;
}

// The textbook's: the largest element outside the diagonal is turned away until none is left.
struct Plain {
    std::vector<std::pair<double, std::vector<double>>> all;  // largest first

    explicit Plain(Matrix a) {
        const std::size_t n = a.size();
        Matrix v(n, std::vector<double>(n));
        for (std::size_t i = 0; i < n; ++i) v[i][i] = 1;
        for (int turn = 0; turn < 20000; ++turn) {
            std::size_t p = 0, q = 1;
            for (std::size_t i = 0; i < n; ++i)
                for (std::size_t j = i + 1; j < n; ++j)
                    if (std::abs(a[i][j]) > std::abs(a[p][q])) p = i, q = j;
            if (n < 2 || std::abs(a[p][q]) < 1e-13) break;
            const double angle = 0.5 * std::atan2(2 * a[p][q], a[q][q] - a[p][p]);
            const double c = std::cos(angle), s = std::sin(angle);
            for (std::size_t k = 0; k < n; ++k) {
                const double x = a[k][p], y = a[k][q];
                a[k][p] = c * x - s * y, a[k][q] = s * x + c * y;
            }
            for (std::size_t k = 0; k < n; ++k) {
                const double x = a[p][k], y = a[q][k];
                a[p][k] = c * x - s * y, a[q][k] = s * x + c * y;
                const double vx = v[k][p], vy = v[k][q];
                v[k][p] = c * vx - s * vy, v[k][q] = s * vx + c * vy;
            }
        }
        for (std::size_t i = 0; i < n; ++i) {
            std::vector<double> column;
            for (std::size_t k = 0; k < n; ++k) column.push_back(v[k][i]);
            all.emplace_back(a[i][i], std::move(column));
        }
        std::sort(all.begin(), all.end(), [](const auto& x, const auto& y) { return x.first > y.first; });
    }
};

Matrix squared(const Matrix& x, std::size_t n) {
    Matrix out(n, std::vector<double>(n));
    for (const auto& row : x)
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) out[i][j] += row[i] * row[j];
    return out;
}

void compare_components(const Votes& votes) {
    const std::size_t n = votes.statements();
    const Plain plain(squared(dense(votes), n));
    const Components is = components(Covariance(votes, 2), n);
    double trace = 0;
    for (const auto& one : plain.all) trace += one.first;
    for (std::size_t c = 0; c < std::min<std::size_t>(2, n); ++c) {
        const double value = plain.all[c].first, largest = std::max(plain.all[0].first, 1e-300);
        RC_ASSERT(std::abs(is.eigenvalues[c] - value) <= 1e-9 * largest + 1e-12);
        if (trace > 0) RC_ASSERT(std::abs(is.shares[c] - value / trace) < 1e-9);
        double gap = value;
        for (std::size_t i = 0; i < n; ++i)
            if (i != c) gap = std::min(gap, std::abs(plain.all[i].first - value));
        if (gap < 1e-3 * largest) continue;  // a direction that is hardly one
        double dot = 0;
        for (Statement s = 0; s < n; ++s) dot += is.loadings[s][static_cast<int>(c)] * plain.all[c].second[s];
        RC_ASSERT(std::abs(std::abs(dot) - 1) < 1e-9);
    }
}

RC_GTEST_PROP(Twins, ComponentsOfTheDenseMatrix, ()) {
    const auto people = *rc::gen::inRange<std::size_t>(1, 40), statements = *rc::gen::inRange<std::size_t>(1, 22);
    Votes votes = drawn::votes(people, statements, *rc::gen::inRange<std::uint64_t>(5, 100),
                               *rc::gen::arbitrary<std::uint64_t>());
    if (*rc::gen::arbitrary<bool>()) votes.hide(0, true);
    compare_components(votes);
}

std::vector<Point> points(std::size_t n, int kind, Scatter& scatter) {
    const auto number = [&] { return static_cast<double>(scatter.below(1U << 20)) / (1U << 20); };
    std::vector<Point> out;
    for (std::size_t i = 0; i < n; ++i) {
        const double x = number(), y = number();
        switch (kind) {
            case 0:
                out.push_back({x, y});
                break;
            case 1:
                out.push_back({static_cast<double>(i % 7) * 3 + x, static_cast<double>(i % 3) * 5 + y});
                break;
            case 2:
                out.push_back({std::floor(x * 4), std::floor(y * 3)});
                break;  // many the same, many equally near
            case 3:
                out.push_back({x * 10, 2 * x * 10});
                break;  // on one line
            default:
                out.push_back({x, 0});
                break;
        }
    }
    return out;
}

RC_GTEST_PROP(Twins, ManyPointsClusterAsFewDo, ()) {
    Scatter scatter(*rc::gen::arbitrary<std::uint64_t>());
    const auto all = points(*rc::gen::inRange<std::size_t>(1, 700), *rc::gen::inRange(0, 5), scatter);
    const std::vector<Point> start = first_distinct(all, *rc::gen::inRange<std::size_t>(1, 100));
    const std::vector<double> equal(all.size(), 1.0);
    const Clusters slow = cluster(all, equal, start, 101);
    for (const int threads : {1, 3}) {
        const Clusters fast = cluster_many(all, start, 101, threads);
        RC_ASSERT(fast.of == slow.of);
        RC_ASSERT(fast.centres.size() == slow.centres.size());
        for (std::size_t i = 0; i < slow.centres.size(); ++i)
            RC_ASSERT(std::sqrt(apart(fast.centres[i], slow.centres[i])) < 1e-9);
    }
}

RC_GTEST_PROP(Twins, TheJudgeSumsUpTheSameSilhouette, ()) {
    Scatter scatter(*rc::gen::arbitrary<std::uint64_t>());
    const auto all = points(*rc::gen::inRange<std::size_t>(2, 300), *rc::gen::inRange(0, 5), scatter);
    const Clusters bases = cluster_many(all, first_distinct(all, 20), 101, 1);
    const auto k = *rc::gen::inRange<std::uint32_t>(2, 5);
    Clusters groups{std::vector<Point>(k), {}};
    for (std::size_t b = 0; b < bases.centres.size(); ++b)
        groups.of.push_back(static_cast<std::uint32_t>(scatter.below(k)));
    std::vector<std::uint32_t> of;
    for (const std::uint32_t base : bases.of) of.push_back(groups.of[base]);
    const Judge judge(all, bases.of, bases.centres.size(), 2);
    RC_ASSERT(std::abs(judge.silhouette(groups) - silhouette(all, of, k)) < 1e-12);
}

RC_GTEST_PROP(Twins, TalliesAreCounts, ()) {
    const Votes votes = drawn::votes(60, 12, 50, *rc::gen::arbitrary<std::uint64_t>());
    std::vector<std::int8_t> group_of;
    for (Person p = 0; p < votes.people(); ++p) group_of.push_back(static_cast<std::int8_t>(*rc::gen::inRange(-1, 3)));
    const auto is = tally(votes, group_of, 3, 2);
    for (Statement s = 0; s < votes.statements(); ++s)
        for (int g = 0; g < 3; ++g) {
            Counts counts;
            for (Person p = 0; p < votes.people(); ++p) {
                if (group_of[p] != g) continue;
                const auto vote = votes.get(p, s);
                counts.agree += vote == Vote::agree;
                counts.disagree += vote == Vote::disagree;
                counts.pass += vote == Vote::pass;
            }
            RC_ASSERT(counts == is[static_cast<std::size_t>(g)][s]);
        }
}

TEST(Twins, EqualEigenvaluesAndSmallGaps) {
    // Every way to answer four statements once: all directions are the same.
    Votes all;
    all.grow(16, 4);
    for (Person p = 0; p < 16; ++p)
        for (Statement s = 0; s < 4; ++s) all.set(p, s, ((p >> s) & 1U) != 0 ? Vote::agree : Vote::disagree);
    const Components equal = components(Covariance(all, 1), 4);
    EXPECT_NEAR(equal.eigenvalues[0], 16, 1e-12);
    EXPECT_NEAR(equal.eigenvalues[1], 16, 1e-12);
    Pair length{};
    double dot = 0;
    for (const Pair& one : equal.loadings) length += one * one, dot += one[0] * one[1];
    EXPECT_NEAR(length[0], 1, 1e-14);
    EXPECT_NEAR(length[1], 1, 1e-14);
    EXPECT_NEAR(dot, 0, 1e-14);

    // 200 statements that have nothing to do with each other: eigenvalues lie densely.
    Votes noise;
    noise.grow(4000, 200);
    Scatter scatter(3);
    for (Person p = 0; p < 4000; ++p)
        for (Statement s = 0; s < 200; ++s)
            if (scatter.below(4) == 0) noise.set(p, s, scatter.below(2) == 0 ? Vote::agree : Vote::disagree);
    const Components dense_ones = components(Covariance(noise, 2), 200);
    EXPECT_LE(dense_ones.residual, tolerance);
    EXPECT_GT(dense_ones.eigenvalues[1] / dense_ones.eigenvalues[0], 0.9);
    EXPECT_LT(dense_ones.passes, 300);
}

}  // namespace
}  // namespace opinion

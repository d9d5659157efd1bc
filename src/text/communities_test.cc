#include "communities.h"

#include <algorithm>
#include <map>
#include <random>

#include <gtest/gtest.h>

namespace {

using text::Edge;
using Groups = std::vector<std::uint32_t>;

TEST(Communities, table) {
    EXPECT_EQ(text::communities(0, {}, 0.1), Groups());
    EXPECT_EQ(text::communities(3, {}, 0.1), (Groups{0, 1, 2}));
    const std::vector<Edge> two = {{0, 1, 0.5F}, {2, 3, 0.5F}, {1, 2, 0.05F}};
    EXPECT_EQ(text::communities(4, two, 0.1), (Groups{0, 0, 1, 1}));
    EXPECT_EQ(text::communities(4, two, 0.001), (Groups{0, 0, 0, 0}));
    EXPECT_EQ(text::communities(4, two, 0.9), (Groups{0, 1, 2, 3}));
    // As much between the two as one of them weighs: a node that stands for ten is joined only by ten times as much.
    const std::vector<Edge> one = {{0, 1, 0.5F}};
    const double sizes[] = {10, 1};
    EXPECT_EQ(text::communities(2, one, 0.1, sizes), (Groups{0, 1}));
    EXPECT_THROW(text::communities(3, one, 0.1, sizes), std::invalid_argument);
}

double quality(const Groups& group, const std::vector<Edge>& edges, double resolution) {
    double sum = 0;
    for (const Edge& edge : edges) sum += group[edge.a] == group[edge.b] ? edge.weight : 0;
    std::map<std::uint32_t, double> size;
    for (const std::uint32_t g : group) size[g] += 1;
    for (const auto& [g, n] : size) sum -= resolution * n * (n - 1) / 2;
    return sum;
}

// All partitions of seven nodes, of 150 graphs: what is found is as good as the best but for little, and the order of
// edges changes nothing.
TEST(Communities, as_good_as_the_best_of_all_partitions_but_for_little) {
    constexpr std::uint32_t n = 7;
    std::mt19937 random(9);
    double found_in_all = 0, best_of_all = 0;
    for (int graph = 0; graph < 150; ++graph) {
        std::vector<Edge> edges;
        for (std::uint32_t a = 0; a < n; ++a)
            for (std::uint32_t b = a + 1; b < n; ++b)
                if (random() % 2) edges.push_back({a, b, static_cast<float>(1 + random() % 10) / 10});
        const double resolution = static_cast<double>(1 + random() % 8) / 10;
        const Groups found = text::communities(n, edges, resolution);
        double best = 0;
        Groups now(n);
        const auto all = [&](const auto& self, std::uint32_t at, std::uint32_t used) -> void {
            if (at == n) {
                best = std::max(best, quality(now, edges, resolution));
                return;
            }
            for (std::uint32_t g = 0; g <= used; ++g) {
                now[at] = g;
                self(self, at + 1, std::max(used, g + 1));
            }
        };
        all(all, 0, 0);
        found_in_all += quality(found, edges, resolution);
        best_of_all += best;
        std::reverse(edges.begin(), edges.end());
        EXPECT_EQ(text::communities(n, edges, resolution), found);
    }
    EXPECT_GE(found_in_all, 0.95 * best_of_all);
}

TEST(Communities, do_not_disturb_anybody_elses_random_numbers_and_repeat) {
    std::mt19937 random(4);
    std::vector<Edge> edges;
    for (std::uint32_t i = 0; i < 3000; ++i)
        for (int k = 0; k < 5; ++k)
            if (const auto j = static_cast<std::uint32_t>(random() % 3000); i < j)
                edges.push_back({i, j, static_cast<float>(random() % 100) / 100});
    std::sort(edges.begin(), edges.end(),
              [](const Edge& x, const Edge& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });
    edges.erase(
        std::unique(edges.begin(), edges.end(), [](const Edge& x, const Edge& y) { return x.a == y.a && x.b == y.b; }),
        edges.end());
    const Groups first = text::communities(3000, edges, 0.05);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(text::communities(3000, edges, 0.05), first);
}

}  // namespace

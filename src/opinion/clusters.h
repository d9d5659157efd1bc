// Points on a plane in clusters: k-means by Lloyd's steps, and how well clusters are apart.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "components.h"

namespace opinion {

struct Clusters {
    std::vector<Point> centres;
    std::vector<std::uint32_t> of;  // each point's
};

// The first `most` points that differ, in their order.
std::vector<Point> first_distinct(std::span<const Point>, std::size_t most);

// A step takes each point to the nearest centre, of equally near ones to the later, drops centres without points, and
// makes each centre the mean of its points. The last step is the one that moved no centre by `still` or more (both
// lists sorted by x, then y, and as long), or the `most_steps`th. With no points there are no clusters.
inline constexpr double still = 0.01;
// Weighs points in the means. Compares each point with each centre: for few.
Clusters cluster(std::span<const Point>, std::span<const double> weights, std::vector<Point> centres, int most_steps);
// Of equal weight; for many: points are taken together where all of a region go to the same centre (the filtering of
// Kanungo et al., IEEE PAMI 24(7), 2002). Each step takes the same points to the same centres as cluster() would.
Clusters cluster_many(std::span<const Point>, std::vector<Point> centres, int most_steps, int threads);

// Mean over all points of (b − a) / max(a, b): a the mean distance to the others of its cluster, b the least mean
// distance to the points of another one; 0 for who is alone (Rousseeuw 1987). −1 … 1; 0 with fewer than two clusters.
double silhouette(std::span<const Point>, std::span<const std::uint32_t> of, std::size_t clusters);

}  // namespace opinion

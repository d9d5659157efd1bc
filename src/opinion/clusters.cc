#include "clusters.h"

#include <algorithm>
#include <cmath>

#include "lloyd.h"
#include "point_tree.h"

namespace opinion {
namespace {

struct AsGiven {
    std::span<const Point> points;
    std::span<const double> weights;

    std::vector<Sum> sums(std::span<const Point> centres) const {
        std::vector<Sum> out(centres.size());
        for (std::size_t i = 0; i < points.size(); ++i) out[nearest(points[i], centres)].add(points[i], weights[i]);
        return out;
    }
    std::vector<std::uint32_t> labels(std::span<const Point> centres) const {
        std::vector<std::uint32_t> out;
        for (const Point& point : points) out.push_back(nearest(point, centres));
        return out;
    }
};

bool before(const Point& a, const Point& b) { return a.x != b.x ? a.x < b.x : a.y < b.y; }

bool moved(std::vector<Point> a, std::vector<Point> b) {
    if (a.size() != b.size()) return true;
    std::sort(a.begin(), a.end(), before);
    std::sort(b.begin(), b.end(), before);
    for (std::size_t i = 0; i < a.size(); ++i)
        if (!(std::sqrt(apart(a[i], b[i])) < still)) return true;
    return false;
}

template <class Points>
Clusters steps(const Points& points, std::vector<Point> centres, int most_steps) {
    for (int step = 1;; ++step) {
        const std::vector<Sum> sums = points.sums(centres);
        std::vector<Point> means;
        std::vector<std::uint32_t> number(centres.size());  // once those without points are dropped
        for (std::size_t i = 0; i < sums.size(); ++i) {
            number[i] = static_cast<std::uint32_t>(means.size());
            if (sums[i].weight > 0) means.push_back({sums[i].x / sums[i].weight, sums[i].y / sums[i].weight});
        }
        if (step >= most_steps || !moved(centres, means)) {
            Clusters out{std::move(means), points.labels(centres)};
            for (std::uint32_t& one : out.of) one = number[one];
            return out;
        }
        centres = std::move(means);
    }
}

}  // namespace

std::vector<Point> first_distinct(std::span<const Point> points, std::size_t most) {
    std::vector<Point> out;
    for (const Point& point : points) {
        if (out.size() >= most) break;
        if (std::find(out.begin(), out.end(), point) == out.end()) out.push_back(point);
    }
    return out;
}

Clusters cluster(std::span<const Point> points, std::span<const double> weights, std::vector<Point> centres,
                 int most_steps) {
    return steps(AsGiven{points, weights}, std::move(centres), most_steps);
}

Clusters cluster_many(std::span<const Point> points, std::vector<Point> centres, int most_steps, int threads) {
    return steps(PointTree(points, threads), std::move(centres), most_steps);
}

double silhouette(std::span<const Point> points, std::span<const std::uint32_t> of, std::size_t clusters) {
    if (clusters < 2 || points.empty()) return 0;
    std::vector<double> size(clusters), distance(clusters);
    for (const std::uint32_t cluster : of) ++size[cluster];
    double sum = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const std::uint32_t own = of[i];
        if (size[own] < 2) continue;
        std::fill(distance.begin(), distance.end(), 0);
        for (std::size_t j = 0; j < points.size(); ++j) distance[of[j]] += std::sqrt(apart(points[i], points[j]));
        const double a = distance[own] / (size[own] - 1);
        double b = -1;
        for (std::size_t c = 0; c < clusters; ++c)
            if (c != own && size[c] > 0 && (b < 0 || distance[c] / size[c] < b)) b = distance[c] / size[c];
        if (b >= 0 && std::max(a, b) > 0) sum += (b - a) / std::max(a, b);
    }
    return sum / static_cast<double>(points.size());
}

}  // namespace opinion

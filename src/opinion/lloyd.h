// What a step of k-means is made of.
#pragma once
#include <cstdint>
#include <span>

#include "components.h"

namespace opinion {

struct Sum {
    double weight = 0, x = 0, y = 0;
    void add(const Point& point, double by = 1) {
        weight += by;
        x += point.x * by;
        y += point.y * by;
    }
    void add(const Sum& other) {
        weight += other.weight;
        x += other.x;
        y += other.y;
    }
};

// The square of the distance.
inline double apart(const Point& a, const Point& b) {
    const double x = a.x - b.x, y = a.y - b.y;
    return x * x + y * y;
}

inline std::uint32_t nearest(const Point& point, std::span<const Point> centres) {
    std::uint32_t best = 0;
    double least = apart(point, centres[0]);
    for (std::uint32_t i = 1; i < centres.size(); ++i) {
        const double distance = apart(point, centres[i]);
        if (distance > least) continue;
        least = distance;
        best = i;
    }
    return best;
}

}  // namespace opinion

#include "starts.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <kernel/threads.h>

#include "lloyd.h"

namespace opinion {

std::vector<std::vector<Point>> further_starts(std::span<const Point> bases, std::span<const double> weights,
                                               std::size_t k) {
    std::vector<std::vector<Point>> out;
    if (k < 2) return out;
    const auto cut = [&](std::span<const std::uint32_t> order, std::vector<std::size_t> ends) {
        std::vector<Point> start;
        std::size_t at = 0;
        ends.push_back(order.size());
        for (const std::size_t end : ends) {
            Sum sum;
            for (; at < end; ++at) sum.add(bases[order[at]], weights[order[at]]);
            if (!(sum.weight > 0)) return;
            start.push_back({sum.x / sum.weight, sum.y / sum.weight});
        }
        out.push_back(std::move(start));
    };
    std::vector<std::uint32_t> order(bases.size());
    for (const bool along_y : {false, true}) {
        std::iota(order.begin(), order.end(), 0U);
        std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            return along_y ? bases[a].y < bases[b].y : bases[a].x < bases[b].x;
        });
        if (k == 2) {
            for (std::size_t tenth = 1; tenth < 10; ++tenth)
                cut(order, {std::max<std::size_t>(1, bases.size() * tenth / 10)});
        } else {
            std::vector<std::size_t> ends;
            for (std::size_t part = 1; part < k; ++part) ends.push_back(bases.size() * part / k);
            cut(order, std::move(ends));
        }
    }
    return out;
}

double smallest_share(const Clusters& clusters, std::span<const double> weights) {
    std::vector<double> each(clusters.centres.size());
    double all = 0;
    for (std::size_t i = 0; i < clusters.of.size(); ++i) {
        each[clusters.of[i]] += weights[i];
        all += weights[i];
    }
    return *std::min_element(each.begin(), each.end()) / all;
}

Clusters in_order(Clusters of) {
    constexpr auto none = static_cast<std::uint32_t>(-1);
    std::vector<std::uint32_t> number(of.centres.size(), none);
    Clusters out;
    for (const std::uint32_t one : of.of) {
        if (number[one] == none) {
            number[one] = static_cast<std::uint32_t>(out.centres.size());
            out.centres.push_back(of.centres[one]);
        }
        out.of.push_back(number[one]);
    }
    return out;
}

Judge::Judge(std::span<const Point> people, std::span<const std::uint32_t> base_of, std::size_t bases, int threads)
    : bases_(bases), sizes_(bases) {
    const std::size_t n = std::min(people.size(), most_people);
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < n; ++i) chosen.push_back(i * people.size() / n);
    std::stable_sort(chosen.begin(), chosen.end(),
                     [&](std::size_t a, std::size_t b) { return base_of[a] < base_of[b]; });
    std::vector<Point> points;
    for (const std::size_t one : chosen) {
        points.push_back(people[one]);
        base_of_.push_back(base_of[one]);
        ++sizes_[base_of[one]];
    }
    distances_.resize(n * bases);
    kernel::in_threads(
        n, threads,
        [&](std::size_t from, std::size_t to) {
            for (std::size_t i = from; i < to; ++i) {
                double* const to_bases = distances_.data() + i * bases_;
                for (std::size_t j = 0; j < n;) {
                    const std::uint32_t base = base_of_[j];
                    double sum = 0;
                    for (; j < n && base_of_[j] == base; ++j) sum += std::sqrt(apart(points[i], points[j]));
                    to_bases[base] = sum;
                }
            }
        },
        128);
}

double Judge::silhouette(const Clusters& of_bases) const {
    const std::size_t groups = of_bases.centres.size();
    if (groups < 2 || base_of_.empty()) return 0;
    std::vector<double> size(groups), distance(groups);
    for (std::size_t b = 0; b < bases_; ++b) size[of_bases.of[b]] += sizes_[b];
    double sum = 0;
    for (std::size_t i = 0; i < base_of_.size(); ++i) {
        const std::uint32_t own = of_bases.of[base_of_[i]];
        if (size[own] < 2) continue;
        std::fill(distance.begin(), distance.end(), 0);
        for (std::size_t b = 0; b < bases_; ++b) distance[of_bases.of[b]] += distances_[i * bases_ + b];
        const double a = distance[own] / (size[own] - 1);
        double b = -1;
        for (std::size_t g = 0; g < groups; ++g)
            if (g != own && size[g] > 0 && (b < 0 || distance[g] / size[g] < b)) b = distance[g] / size[g];
        if (b >= 0 && std::max(a, b) > 0) sum += (b - a) / std::max(a, b);
    }
    return sum / static_cast<double>(base_of_.size());
}

}  // namespace opinion

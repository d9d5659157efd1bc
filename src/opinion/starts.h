// Further starts of k-means over bases, and how the groups are judged that come of them.
#pragma once
#include "clusters.h"

namespace opinion {

inline constexpr int further_steps = 101;
// Of k groups: means of the bases cut along x, then along y, into parts of as many bases; for two groups at each tenth.
std::vector<std::vector<Point>> further_starts(std::span<const Point> bases, std::span<const double> weights,
                                               std::size_t k);

// The part of all weight that the lightest has.
double smallest_share(const Clusters&, std::span<const double> weights);
// Numbered by the first point of each.
Clusters in_order(Clusters);

// The mean silhouette of people, for any groups of bases: distances are summed up once. Of many people 1000, evenly
// chosen, are looked at.
class Judge {
public:
    static constexpr std::size_t most_people = 1000;
    Judge(std::span<const Point> people, std::span<const std::uint32_t> base_of, std::size_t bases, int threads);
    double silhouette(const Clusters& of_bases) const;

private:
    std::size_t bases_;
    std::vector<std::uint32_t> base_of_;  // of the people looked at, ascending
    std::vector<double> sizes_;           // of bases, among them
    std::vector<double> distances_;       // of each person to all of each base
};

}  // namespace opinion

#include "groups.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include <kernel/threads.h>

#include "starts.h"

namespace opinion {
namespace {

constexpr int base_steps = 101, group_steps = 21;

struct Try {
    Clusters clusters;
    double silhouette = 0;
};

Try try_groups(std::span<const Point> centres, std::span<const double> weights, std::size_t k) {
    Try out{cluster(centres, weights, first_distinct(centres, k), group_steps), 0};
    out.silhouette = silhouette(centres, out.clusters.of, out.clusters.centres.size());
    return out;
}

Clusters from_left(const Clusters& clusters) {
    std::vector<std::uint32_t> order(clusters.centres.size()), number(order.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        const Point &one = clusters.centres[a], &other = clusters.centres[b];
        return std::pair(one.x, one.y) < std::pair(other.x, other.y);
    });
    Clusters out;
    for (std::uint32_t n = 0; n < order.size(); ++n) {
        number[order[n]] = n;
        out.centres.push_back(clusters.centres[order[n]]);
    }
    for (const std::uint32_t of : clusters.of) out.of.push_back(number[of]);
    return out;
}

}  // namespace

std::vector<Point> places(const Votes& votes, const Covariance& covariance, const Components& components) {
    const std::vector<Pair> sums = covariance.project(components.loadings);
    std::vector<Point> out(sums.size());
    const auto columns = static_cast<double>(votes.columns());
    std::vector<std::uint8_t> shown(votes.statements() * 3);  // of each code
    for (std::size_t code = 0; code < shown.size(); ++code)
        shown[code] = votes.hidden(Votes::statement_of(static_cast<Votes::Code>(code))) ? 0 : 1;
    kernel::in_threads(
        out.size(), covariance.threads(),
        [&](std::size_t from, std::size_t to) {
            for (std::size_t p = from; p < to; ++p) {
                std::size_t seen = votes.hidden_columns();
                for (const Votes::Code code : votes.row(static_cast<Person>(p))) seen += shown[code];
                const double scale = std::sqrt(columns / std::max(1.0, static_cast<double>(seen)));
                out[p] = {scale * sums[p][0], scale * sums[p][1]};
            }
        },
        8192);
    return out;
}

std::vector<Point> statement_places(const Votes& votes, const Covariance& covariance, const Components& components) {
    std::vector<Point> out(votes.statements());
    const double scale = std::sqrt(static_cast<double>(votes.columns()));
    for (Statement s = 0; s < out.size(); ++s) {
        const Pair at = components.loadings[s] * (scale * (1 - covariance.centre()[s]));
        out[s] = {at[0], at[1]};
    }
    return out;
}

std::vector<Person> placed(const Votes& votes) {
    const std::size_t least = std::min(least_votes, votes.columns());
    std::vector<Person> out;
    for (Person p = 0; p < votes.people(); ++p)
        if (const std::size_t cast = votes.row(p).size(); cast > 0 && cast >= least) out.push_back(p);
    if (out.size() >= least_placed) return out;
    std::vector<Person> others;
    for (Person p = 0; p < votes.people(); ++p)
        if (const std::size_t cast = votes.row(p).size(); cast > 0 && cast < least) others.push_back(p);
    std::stable_sort(others.begin(), others.end(),
                     [&](Person a, Person b) { return votes.row(a).size() > votes.row(b).size(); });
    others.resize(std::min(others.size(), least_placed - out.size()));
    out.insert(out.end(), others.begin(), others.end());
    std::sort(out.begin(), out.end());
    return out;
}

Grouping group(std::span<const Point> places, std::span<const Person> placed, int threads, Starts starts) {
    Grouping out;
    out.group_of.assign(places.size(), nowhere);
    if (placed.empty()) return out;
    std::vector<Point> points;
    for (const Person person : placed) points.push_back(places[person]);
    const Clusters base = cluster_many(points, first_distinct(points, most_bases), base_steps, threads);
    for (const Point& centre : base.centres) out.bases.push_back({centre, 0});
    for (const std::uint32_t one : base.of) ++out.bases[one].people;

    std::vector<double> weights;
    for (const Base& one : out.bases) weights.push_back(one.people);
    Try best{{{base.centres[0]}, std::vector<std::uint32_t>(base.centres.size(), 0)}, 0};
    bool found = false;
    const std::size_t most = std::min(most_groups, 2 + out.bases.size() / 12);
    for (std::size_t k = 2; k <= most && out.bases.size() >= 2; ++k) {
        Try one = try_groups(base.centres, weights, k);
        if (one.clusters.centres.size() < 2) continue;
        out.silhouettes[static_cast<int>(k)] = one.silhouette;
        if (found && one.silhouette < best.silhouette) continue;
        best = std::move(one);
        found = true;
    }
    if (out.bases.size() >= 2) {
        const Judge judge(points, base.of, out.bases.size(), threads);
        out.silhouette_of_people = judge.silhouette(best.clusters);
        const std::size_t k = best.clusters.centres.size();
        std::set<std::vector<std::uint32_t>> seen{in_order(best.clusters).of};
        for (std::vector<Point>& start : further_starts(base.centres, weights, starts == Starts::several ? k : 0)) {
            Clusters one = in_order(cluster(base.centres, weights, std::move(start), further_steps));
            if (one.centres.size() != k || smallest_share(one, weights) < 1.0 / 20) continue;
            if (!seen.insert(one.of).second) continue;
            const double apart = judge.silhouette(one);
            if (!(apart > out.silhouette_of_people)) continue;
            out.silhouette_of_people = apart;
            best.clusters = std::move(one);
        }
        best.silhouette = silhouette(base.centres, best.clusters.of, best.clusters.centres.size());
    }

    if (starts == Starts::several) best.clusters = from_left(best.clusters);
    out.silhouette = best.silhouette;
    for (const Point& centre : best.clusters.centres) out.groups.push_back({centre, 0, {}});
    for (std::uint32_t b = 0; b < out.bases.size(); ++b) out.groups[best.clusters.of[b]].bases.push_back(b);
    for (std::size_t i = 0; i < placed.size(); ++i) {
        const std::uint32_t one = best.clusters.of[base.of[i]];
        out.group_of[placed[i]] = static_cast<std::int8_t>(one);
        ++out.groups[one].people;
    }
    return out;
}

}  // namespace opinion

#include "placement.h"

#include <algorithm>
#include <cmath>

#include <kernel/threads.h>

#include "lloyd.h"

namespace opinion {
namespace {

// The nearest centre to a place that is not the person's own group's.
const Group* other_group(const Grouping& grouping, std::size_t own, const Point& place) {
    const Group* out = nullptr;
    for (std::size_t g = 0; g < grouping.groups.size(); ++g) {
        const Group& one = grouping.groups[g];
        if (g == own || (out && apart(place, one.centre) >= apart(place, out->centre))) continue;
        out = &one;
    }
    return out;
}

double z_of(const Votes& votes, const Picture& picture, Person person, std::size_t own) {
    const Point place = picture.places[person], g = picture.grouping.groups[own].centre;
    const Group* const other = other_group(picture.grouping, own, place);
    if (!other) return 0;
    const Point h = other->centre;
    const double distance = std::sqrt(apart(g, h));
    if (!(distance > 0)) return 0;
    const Point u{(g.x - h.x) / distance, (g.y - h.y) / distance};
    const double margin = u.x * (place.x - (g.x + h.x) / 2) + u.y * (place.y - (g.y + h.y) / 2);

    double m = 0, mean = 0, squares = 0;
    for (const Votes::Code code : votes.row(person)) {
        const Statement s = Votes::statement_of(code);
        if (votes.hidden(s)) continue;
        const Pair loading = picture.components.loadings[s];
        const double part =
            (static_cast<double>(Votes::vote_of(code)) - picture.centre[s]) * (u.x * loading[0] + u.y * loading[1]);
        ++m;
        const double off = part - mean;  // Welford, Technometrics 4(3), 1962
        mean += off / m;
        squares += off * (part - mean);
    }
    if (m < 2) return 0;
    const double scale =
        static_cast<double>(votes.columns()) / std::max(1.0, m + static_cast<double>(votes.hidden_columns()));
    const double deviation = std::sqrt(scale * m / (m - 1) * squares);
    if (deviation * most_z <= std::abs(margin)) return margin > 0 ? most_z : margin < 0 ? -most_z : 0;
    return margin / deviation;
}

}  // namespace

Placements placements(const Votes& votes, const Picture& picture, int threads) {
    Placements out;
    const std::vector<std::int8_t>& group_of = picture.grouping.group_of;
    out.of.resize(group_of.size());
    out.counts.resize(picture.grouping.groups.size());
    kernel::in_threads(
        group_of.size(), threads,
        [&](std::size_t from, std::size_t to) {
            for (std::size_t p = from; p < to; ++p) {
                if (group_of[p] == nowhere) continue;
                const double z = z_of(votes, picture, static_cast<Person>(p), static_cast<std::size_t>(group_of[p]));
                out.of[p] = {z, z >= surely ? Certainty::sure : z >= probably ? Certainty::likely : Certainty::open};
            }
        },
        4096);
    for (std::size_t p = 0; p < group_of.size(); ++p)
        if (group_of[p] != nowhere)
            ++out.counts[static_cast<std::size_t>(group_of[p])][static_cast<std::size_t>(out.of[p].certainty)];
    return out;
}

}  // namespace opinion

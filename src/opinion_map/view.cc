#include "view.h"

#include <algorithm>
#include <cmath>

namespace opinion_map {
namespace {

constexpr std::size_t most_listed = 5;

Share share_of(const opinion::Counts& counts, bool agree) {
    return {agree ? counts.agree : counts.disagree, counts.seen()};
}

Told told(const Map& map, const opinion::Telling& one, std::size_t group) {
    Told out{map.statements[one.statement], one.vote == opinion::Vote::agree, {}, {}};
    for (std::size_t g = 0; g < map.picture.tallies.size(); ++g) {
        const Share share = share_of(map.picture.tallies[g][one.statement], out.agree);
        Share& into = g == group ? out.group : out.others;
        into.part += share.part, into.whole += share.whole;
    }
    return out;
}

std::vector<std::size_t> shown_groups(const View& view) {
    std::vector<std::size_t> out;
    for (std::size_t g = 0; g < view.groups.size(); ++g)
        if (!view.groups[g].small) out.push_back(g);
    return out;
}

bool listed(const Map& map, opinion::Statement s) { return !map.hidden[s] && map.counts[s].seen() > 0; }

// What more than half of every group say, and what groups together say is beyond chance: by the product over the groups
// of (said + 1) / (seen + 2), which is large only if all do.
void add_shared(const Map& map, const std::vector<std::size_t>& groups, bool agree, View& out) {
    std::vector<std::pair<double, opinion::Statement>> found;
    for (opinion::Statement s = 0; s < map.statements.size(); ++s) {
        if (!listed(map, s)) continue;
        double product = 1, said = 0, seen = 0;
        bool all = true;
        for (const std::size_t g : groups) {
            const Share share = share_of(map.picture.tallies[g][s], agree);
            const double p = (static_cast<double>(share.part) + 1) / (static_cast<double>(share.whole) + 2);
            product *= p;
            all = all && share.whole > 0 && 2 * share.part > share.whole;
            said += static_cast<double>(share.part), seen += static_cast<double>(share.whole);
        }
        const double z = 2 * std::sqrt(seen + 1) * ((said + 1) / (seen + 1) - 0.5);
        if (all && z > opinion::z_90) found.emplace_back(product, s);
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    found.resize(std::min(found.size(), most_listed));
    for (const auto& [product, s] : found) {
        SharedView one{map.statements[s], agree, {}};
        for (const std::size_t g : groups) one.groups.push_back(share_of(map.picture.tallies[g][s], agree));
        out.shared.push_back(std::move(one));
    }
}

void add_divided(const Map& map, const std::vector<std::size_t>& groups, View& out) {
    std::vector<std::pair<double, opinion::Statement>> found;
    for (opinion::Statement s = 0; s < map.statements.size(); ++s)
        if (listed(map, s) && map.picture.spread[s].value_or(0) > 0) found.emplace_back(*map.picture.spread[s], s);
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    found.resize(std::min(found.size(), most_listed));
    for (const auto& [spread, s] : found) {
        DividedView one{map.statements[s], spread, {}};
        for (const std::size_t g : groups) one.groups.push_back(map.picture.tallies[g][s]);
        out.divided.push_back(std::move(one));
    }
}

}  // namespace

View view(const Map& map, std::int64_t least, const Sure* sure) {
    View out;
    out.people = static_cast<std::int64_t>(map.people), out.votes = static_cast<std::int64_t>(map.votes);
    out.placed = static_cast<std::int64_t>(map.picture.placed.size());
    out.statements = static_cast<std::int64_t>(map.shown_columns);
    out.silhouette = map.picture.grouping.silhouette;
    out.share_drawn = map.picture.components.shares[0] + map.picture.components.shares[1];
    for (const opinion::Group& group : map.picture.grouping.groups)
        out.groups.push_back({group.people, group.centre, {}, group.people < least, {}});
    const std::vector<std::size_t> shown = shown_groups(out);
    out.drawn = shown.size() >= 2;
    if (!out.drawn) return out;
    // Of another number of groups, a moment ago, nothing can be said of these.
    if (sure && sure->placed.size() == out.groups.size()) {
        for (std::size_t g = 0; g < out.groups.size(); ++g)
            out.groups[g].surely = sure->placed[g][static_cast<std::size_t>(opinion::Certainty::sure)];
        if (sure->stability.sampled > 0)
            out.stability = *std::min_element(sure->stability.groups.begin(), sure->stability.groups.end());
        for (const std::int64_t people : sure->blocs)
            if (people >= least) out.blocs.push_back(people);
    }
    for (const std::size_t g : shown)
        for (const opinion::Telling& one : map.picture.telling[g]) out.groups[g].telling.push_back(told(map, one, g));
    add_shared(map, shown, true, out);
    add_shared(map, shown, false, out);
    add_divided(map, shown, out);
    return out;
}

Me me(const Map& map, const std::vector<dialogue::Vote>& votes) {
    Me out;
    const std::size_t columns = map.shown_columns + map.hidden_columns;
    out.needed = std::min(opinion::least_votes, columns);
    std::size_t cast = 0;
    for (const dialogue::Vote& vote : votes) {
        const auto found = map.columns.find(vote.statement.value());
        if (found == map.columns.end() || !vote.choice) continue;
        ++cast;
        const opinion::Statement s = found->second;
        if (map.hidden[s]) continue;
        ++out.votes;
        const double off = static_cast<int>(*vote.choice) - map.picture.centre[s];
        out.at.x += off * map.picture.components.loadings[s][0];
        out.at.y += off * map.picture.components.loadings[s][1];
    }
    const double scale =
        std::sqrt(static_cast<double>(columns) / std::max(1.0, static_cast<double>(out.votes + map.hidden_columns)));
    out.at.x *= scale, out.at.y *= scale;
    if (cast == 0 || cast < out.needed) return out;
    double nearest = -1;
    for (std::size_t g = 0; g < map.picture.grouping.groups.size(); ++g) {
        const opinion::Point& centre = map.picture.grouping.groups[g].centre;
        const double x = centre.x - out.at.x, y = centre.y - out.at.y;
        if (nearest >= 0 && x * x + y * y >= nearest) continue;
        nearest = x * x + y * y;
        out.group = static_cast<int>(g);
    }
    return out;
}

}  // namespace opinion_map

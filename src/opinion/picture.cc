#include "picture.h"

#include <cmath>

namespace opinion {

Picture picture(const Votes& votes, int threads, const Picture* before, Starts starts) {
    Picture out;
    const Covariance covariance(votes, threads);
    out.centre = covariance.centre();
    out.components = components(covariance, votes.statements(), before ? &before->components.loadings : nullptr);
    out.places = places(votes, covariance, out.components);
    out.statement_places = statement_places(votes, covariance, out.components);
    out.placed = placed(votes);
    out.grouping = group(out.places, out.placed, threads, starts);
    tell(out, votes, threads);
    return out;
}

void tell(Picture& out, const Votes& votes, int threads) {
    const std::size_t groups = out.grouping.groups.size();
    out.tallies = tally(votes, out.grouping.group_of, groups, threads);
    out.telling.clear();
    for (std::size_t g = 0; g < groups; ++g) out.telling.push_back(telling(votes, out.tallies, g));
    out.consensus = consensus(votes);
    out.group_aware_consensus = group_aware_consensus(out.tallies, votes.statements());
    out.priorities.clear();
    out.spread.clear();
    for (Statement s = 0; s < votes.statements(); ++s) {
        Counts all;
        Opinions said;
        for (const Tally& one : out.tallies) {
            said.push_back({one[s].agree, one[s].disagree, one[s].pass});
            all.agree += one[s].agree;
            all.disagree += one[s].disagree;
            all.pass += one[s].pass;
        }
        const Point& at = out.statement_places[s];
        const double extremity = std::sqrt(at.x * at.x + at.y * at.y);
        out.priorities.push_back(votes.meta(s) ? meta_priority : priority(all, extremity));
        out.spread.push_back(votes.hidden(s) ? std::nullopt : opinion::spread(said));
    }
}

}  // namespace opinion

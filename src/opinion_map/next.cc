#include <algorithm>

#include "live.h"

namespace opinion_map {
namespace {

std::uint64_t scrambled(std::uint64_t z) {  // SplitMix64
    z += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

}  // namespace

std::vector<StatementId> next(Live& live, db::Connection& db, DialogueId id, std::optional<people::ParticipantId> who,
                              std::uint64_t seed, int at_most) {
    const auto map = live.map(id);
    if (!map || map->frozen) return {};
    std::vector<bool> had(map->statements.size());
    if (who)
        for (const dialogue::Vote& vote : dialogue::standing_votes(db, id, *who))
            if (const auto found = map->columns.find(vote.statement.value()); found != map->columns.end())
                had[found->second] = true;
    std::vector<opinion::Statement> left;
    double sum = 0;
    for (opinion::Statement s = 0; s < map->statements.size(); ++s)
        if (!had[s] && !map->hidden[s]) left.push_back(s), sum += map->picture.priorities[s];
    std::vector<StatementId> out;
    while (!left.empty() && sum > 0 && std::ssize(out) < at_most) {
        seed = scrambled(seed);
        double at = static_cast<double>(seed >> 11) * 0x1p-53 * sum;
        std::size_t i = 0;
        while (i + 1 < left.size() && at >= map->picture.priorities[left[i]]) at -= map->picture.priorities[left[i++]];
        out.push_back(map->statements[left[i]]);
        sum -= map->picture.priorities[left[i]];
        left.erase(left.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return out;
}

}  // namespace opinion_map

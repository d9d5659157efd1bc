#include "stability.h"

#include <algorithm>

#include <kernel/threads.h>

#include "scattered.h"

namespace opinion {
namespace {

std::vector<Person> half_of(std::span<const Person> placed, std::size_t n, std::uint64_t number) {
    Scatter scatter(number);
    std::vector<Person> out(placed.begin(), placed.end());
    for (std::size_t i = 0; i < n; ++i) std::swap(out[i], out[i + scatter.below(out.size() - i)]);
    out.resize(n);
    std::sort(out.begin(), out.end());
    return out;
}

Votes rows_of(const Votes& votes, std::span<const Person> people) {
    Votes out;
    out.grow(people.size(), votes.statements());
    for (Statement s = 0; s < votes.statements(); ++s) out.hide(s, votes.hidden(s));
    for (Person p = 0; p < people.size(); ++p) {
        const auto row = votes.row(people[p]);
        if (!row.empty()) out.reserve(p, static_cast<std::uint32_t>(row.size()));
        for (const Votes::Code code : row) out.set(p, Votes::statement_of(code), Votes::vote_of(code));
    }
    return out;
}

Grouping groups_among(const Votes& votes, Starts starts) {
    const Covariance covariance(votes, 1);
    const Components found = components(covariance, votes.statements());
    std::vector<Person> all;
    for (Person p = 0; p < votes.people(); ++p) all.push_back(p);
    return group(places(votes, covariance, found), all, 1, starts);
}

struct Overlaps {
    std::size_t groups = 0;
    std::vector<double> best;  // −1 where nobody of the group is in the sample
};

Overlaps overlaps(std::span<const std::int8_t> of, std::span<const Person> sample, std::size_t groups,
                  const Grouping& found) {
    const std::size_t others = found.groups.size();
    std::vector<double> both(groups * others), mine(groups), theirs(others);
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const auto a = static_cast<std::size_t>(of[sample[i]]), b = static_cast<std::size_t>(found.group_of[i]);
        ++mine[a], ++theirs[b], ++both[a * others + b];
    }
    Overlaps out{others, std::vector<double>(groups, -1)};
    for (std::size_t a = 0; a < groups; ++a)
        for (std::size_t b = 0; b < others && mine[a] > 0; ++b) {
            const double in = both[a * others + b];
            out.best[a] = std::max(out.best[a], in / (mine[a] + theirs[b] - in));
        }
    return out;
}

}  // namespace

Stability stability(const Votes& votes, const Picture& picture, int threads, Starts starts) {
    const std::size_t groups = picture.grouping.groups.size();
    Stability out;
    out.groups.assign(groups, 0);
    if (groups == 0 || picture.placed.size() < 4) return out;
    out.sampled = std::min(most_sampled, picture.placed.size() / 2);
    std::vector<Overlaps> each(resamples);
    kernel::in_threads(
        resamples, threads,
        [&](std::size_t from, std::size_t to) {
            for (std::size_t i = from; i < to; ++i) {
                const std::vector<Person> sample = half_of(picture.placed, out.sampled, i);
                const Grouping found = groups_among(rows_of(votes, sample), starts);
                each[i] = overlaps(picture.grouping.group_of, sample, groups, found);
            }
        },
        1);
    std::vector<double> held(groups);
    for (const Overlaps& one : each) {
        out.same_number += one.groups == groups ? 1.0 / resamples : 0;
        for (std::size_t g = 0; g < groups; ++g)
            if (one.best[g] >= 0) out.groups[g] += one.best[g], ++held[g];
    }
    for (std::size_t g = 0; g < groups; ++g)
        if (held[g] > 0) out.groups[g] /= held[g];
    return out;
}

}  // namespace opinion

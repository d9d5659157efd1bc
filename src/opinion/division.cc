#include "division.h"

#include <algorithm>
#include <cmath>

namespace opinion {
namespace {

std::int64_t counted_votes(const Opinions& of, const DivisionRule& rule) {
    std::int64_t votes = 0;
    for (const GroupVotes& group : of)
        if (group.votes() >= rule.least_votes) votes += group.votes();
    return votes;
}

}  // namespace

std::optional<double> spread(const Opinions& of, const DivisionRule& rule) {
    const auto all = static_cast<double>(counted_votes(of, rule));
    std::int64_t groups = 0;
    double mean = 0, apart = 0;
    const auto each = [&](auto work) {
        for (const GroupVotes& group : of)
            if (group.votes() >= rule.least_votes && group.votes() > 1) {
                const auto n = static_cast<double>(group.votes());
                work(n, n / all, static_cast<double>(group.agree) / n);
            }
    };
    each([&](double, double share, double agree) { ++groups, mean += share * agree; });
    if (groups < 2) return std::nullopt;
    each([&](double n, double share, double agree) {
        apart += share * ((agree - mean) * (agree - mean) - agree * (1 - agree) / (n - 1));
    });
    return std::min(1.0, 2 * std::sqrt(std::max(0.0, apart)));
}

std::optional<Division> division(std::span<const Opinions> statements, const DivisionRule& rule) {
    Division out;
    double sum = 0;
    for (const Opinions& of : statements) {
        const std::optional<double> apart = spread(of, rule);
        if (!apart) continue;
        const std::int64_t votes = counted_votes(of, rule);
        ++out.statements, out.votes += votes;
        sum += *apart * static_cast<double>(votes);
    }
    if (out.statements == 0) return std::nullopt;
    out.division = sum / static_cast<double>(out.votes);
    return out;
}

}  // namespace opinion

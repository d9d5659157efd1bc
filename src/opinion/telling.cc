#include "telling.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <kernel/threads.h>

namespace opinion {
namespace {

// Of a group's votes on one statement, with those of all others.
struct Compared {
    double pa = 0, pd = 0, pat = 0, pdt = 0, ra = 0, rd = 0, rat = 0, rdt = 0;
};

double probability(double success, double n) { return (success + 1) / (n + 2); }
double against_half(double success, double n) { return 2 * std::sqrt(n + 1) * ((success + 1) / (n + 1) - 0.5); }
double against_others(double success, double n, double other, double others) {
    const double p1 = (success + 1) / (n + 1), p2 = (other + 1) / (others + 1);
    const double p = (success + 1 + other + 1) / (n + 1 + others + 1);
    if (p == 1) return 0;
    return (p1 - p2) / std::sqrt(p * (1 - p) * (1 / (n + 1) + 1 / (others + 1)));
}

Compared compare(const Counts& own, const Counts& other) {
    const double n = own.seen(), others = other.seen();
    Compared out;
    out.pa = probability(own.agree, n);
    out.pd = probability(own.disagree, n);
    out.pat = against_half(own.agree, n);
    out.pdt = against_half(own.disagree, n);
    out.ra = out.pa / probability(other.agree, others);
    out.rd = out.pd / probability(other.disagree, others);
    out.rat = against_others(own.agree, n, other.agree, others);
    out.rdt = against_others(own.disagree, n, other.disagree, others);
    return out;
}

Telling entry(Statement statement, const Counts& own, const Compared& c) {
    const bool agree = c.rat > c.rdt;
    return {.statement = statement,
            .vote = agree ? Vote::agree : Vote::disagree,
            .success = agree ? own.agree : own.disagree,
            .trials = own.seen(),
            .probability = agree ? c.pa : c.pd,
            .probability_test = agree ? c.pat : c.pdt,
            .ratio = agree ? c.ra : c.rd,
            .ratio_test = agree ? c.rat : c.rdt};
}

double score(const Telling& one) { return one.ratio * one.ratio_test * one.probability * one.probability_test; }

// What a group agrees with most, met one after another: against the best so far the full score counts once that
// divides, before that agreement alone.
struct BestAgreed {
    std::optional<Telling> kept;
    Compared of_kept;

    void meet(Statement statement, const Counts& own, const Compared& c) {
        if (own.agree == 0 && own.disagree == 0) return;
        bool better = false;
        if (kept && of_kept.ra > 1)
            better = c.ra * c.rat * c.pa * c.pat > of_kept.ra * of_kept.rat * of_kept.pa * of_kept.pat;
        else if (kept)
            better = c.pa * c.pat > of_kept.pa * of_kept.pat;
        else
            better = c.pat > z_90 || (c.ra > 1 && c.pa > 0.5);
        if (!better) return;
        kept = Telling{.statement = statement,
                       .vote = Vote::agree,
                       .success = own.agree,
                       .trials = own.seen(),
                       .probability = c.pa,
                       .probability_test = c.pat,
                       .ratio = c.ra,
                       .ratio_test = c.rat,
                       .best_agree = true,
                       .agrees = own.agree};
        of_kept = c;
    }
};

}  // namespace

std::vector<Tally> tally(const Votes& votes, std::span<const std::int8_t> group_of, std::size_t groups, int threads) {
    constexpr std::size_t piece = 16384;
    std::vector<Tally> out(groups, Tally(votes.statements()));
    const std::size_t codes = votes.statements() * 3;
    std::vector<std::uint32_t> all(groups * codes);
    std::mutex adding;  // whole numbers: the order does not matter
    kernel::in_threads(
        votes.people(), threads,
        [&](std::size_t from, std::size_t to) {
            std::vector<std::uint32_t> here(groups * codes);
            for (std::size_t p = from; p < to; ++p) {
                if (group_of[p] < 0) continue;
                std::uint32_t* const mine = here.data() + static_cast<std::size_t>(group_of[p]) * codes;
                for (const Votes::Code code : votes.row(static_cast<Person>(p))) ++mine[code];
            }
            const std::lock_guard lock(adding);
            for (std::size_t i = 0; i < all.size(); ++i) all[i] += here[i];
        },
        piece);
    for (std::size_t g = 0; g < groups; ++g)
        for (Statement s = 0; s < votes.statements(); ++s) {
            const std::uint32_t* const one = all.data() + g * codes + std::size_t{s} * 3;
            out[g][s] = {one[0], one[1], one[2]};
        }
    return out;
}

std::vector<Telling> telling(const Votes& votes, std::span<const Tally> tallies, std::size_t group) {
    constexpr std::size_t most = 5;
    std::vector<Telling> passing;
    std::optional<Telling> nearest;
    BestAgreed agreed;
    for (Statement s = 0; s < votes.statements(); ++s) {
        if (votes.hidden(s) || votes.counts(s).seen() == 0) continue;
        const Counts& own = tallies[group][s];
        Counts other;
        for (std::size_t g = 0; g < tallies.size(); ++g) {
            if (g == group) continue;
            other.agree += tallies[g][s].agree;
            other.disagree += tallies[g][s].disagree;
            other.pass += tallies[g][s].pass;
        }
        const Compared c = compare(own, other);
        const Telling one = entry(s, own, c);
        const bool passes = (c.rat > z_90 && c.pat > z_90) || (c.rdt > z_90 && c.pdt > z_90);
        if (passes)
            passing.push_back(one);
        else if (passing.empty() && (!nearest || std::max(c.rat, c.rdt) > nearest->ratio_test))
            nearest = one;
        agreed.meet(s, own, c);
    }
    if (passing.empty()) {
        if (agreed.kept) return {*agreed.kept};
        return nearest ? std::vector<Telling>{*nearest} : std::vector<Telling>{};
    }
    std::stable_sort(passing.begin(), passing.end(),
                     [](const Telling& a, const Telling& b) { return score(a) > score(b); });
    if (agreed.kept) {
        std::erase_if(passing, [&](const Telling& one) { return one.statement == agreed.kept->statement; });
        passing.insert(passing.begin(), *agreed.kept);
    }
    passing.resize(std::min(passing.size(), most));
    std::stable_sort(passing.begin(), passing.end(),
                     [](const Telling& a, const Telling& b) { return a.vote > b.vote; });
    return passing;
}

Consensus consensus(const Votes& votes) {
    constexpr std::size_t most = 5;
    Consensus out;
    for (Statement s = 0; s < votes.statements(); ++s) {
        const Counts& counts = votes.counts(s);
        if (votes.hidden(s) || counts.seen() == 0) continue;
        const double n = counts.seen();
        const auto offer = [&](std::uint32_t success, std::vector<Shared>& to) {
            const Shared one{s, success, counts.seen(), probability(success, n), against_half(success, n)};
            if (one.probability > 0.5 && one.probability_test > z_90) to.push_back(one);
        };
        offer(counts.agree, out.agree);
        offer(counts.disagree, out.disagree);
    }
    for (std::vector<Shared>* list : {&out.agree, &out.disagree}) {
        std::stable_sort(list->begin(), list->end(), [](const Shared& a, const Shared& b) {
            return a.probability * a.probability_test > b.probability * b.probability_test;
        });
        list->resize(std::min(list->size(), most));
    }
    return out;
}

std::vector<double> group_aware_consensus(std::span<const Tally> tallies, std::size_t statements) {
    std::vector<double> out(statements, 1);
    for (const Tally& tally : tallies)
        for (Statement s = 0; s < statements; ++s) out[s] *= probability(tally[s].agree, tally[s].seen());
    return out;
}

double priority(const Counts& counts, double extremity) {
    const double seen = counts.seen();
    const double importance = (1 - probability(counts.pass, seen)) * (extremity + 1) * probability(counts.agree, seen);
    // 2^(−seen / 5) without a library's exp2, whose last digit differs between machines.
    constexpr double fifths[] = {1, 0.8705505632961241, 0.757858283255199, 0.6597539553864471, 0.5743491774985174};
    const double newness =
        counts.seen() < 5000 ? std::ldexp(fifths[counts.seen() % 5], -static_cast<int>(counts.seen() / 5)) : 0;
    const double root = importance * (1 + 8 * newness);
    return root * root;
}

}  // namespace opinion

#include "covariance.h"

#include <algorithm>

#include <kernel/threads.h>

namespace opinion {
namespace {

// Sums are made part by part and put together in their order: the parts depend on the votes alone, so the last digit
// does not depend on who computed which.
std::vector<Person> parts_of(const Votes& votes) {
    constexpr std::size_t votes_a_part = 1U << 15, most = 16;
    const std::size_t parts = std::clamp<std::size_t>(votes.votes() / votes_a_part, 1, most);
    std::vector<Person> out{0};
    std::size_t seen = 0;
    for (Person p = 0; p < votes.people(); ++p) {
        if (seen * parts >= votes.votes() * out.size() && out.size() < parts) out.push_back(p);
        seen += votes.row(p).size();
    }
    out.push_back(static_cast<Person>(votes.people()));
    return out;
}

}  // namespace

Covariance::Covariance(const Votes& votes, int threads)
    : votes_(votes), threads_(threads), centre_(votes.statements()), parts_(parts_of(votes)) {
    for (Statement s = 0; s < votes.statements(); ++s) {
        const Counts& counts = votes.counts(s);
        if (votes.hidden(s) || counts.seen() == 0) continue;
        const double mean = (static_cast<double>(counts.agree) - counts.disagree) / counts.seen();
        centre_[s] = mean;
        trace_ += counts.agree + counts.disagree - counts.seen() * mean * mean;
    }
}

std::vector<Pair> Covariance::table(const std::vector<Pair>& vectors) const {
    std::vector<Pair> out(votes_.statements() * 3);
    for (Statement s = 0; s < votes_.statements(); ++s) {
        if (votes_.hidden(s)) continue;
        for (int vote = -1; vote <= 1; ++vote)
            out[s * 3 + static_cast<std::size_t>(vote + 1)] = vectors[s] * (vote - centre_[s]);
    }
    return out;
}

std::vector<Pair> Covariance::apply(const std::vector<Pair>& vectors) const {
    const std::vector<Pair> adds = table(vectors);
    const std::size_t parts = parts_.size() - 1;
    std::vector<std::vector<Pair>> sums(parts);
    kernel::in_threads(
        parts, threads_,
        [&](std::size_t from, std::size_t to) {
            for (std::size_t part = from; part < to; ++part) {
                std::vector<Pair> of_code(adds.size());
                for (Person p = parts_[part]; p < parts_[part + 1]; ++p) {
                    const auto row = votes_.row(p);
                    Pair score{};
                    for (const Votes::Code code : row) score += adds[code];
                    for (const Votes::Code code : row) of_code[code] += score;
                }
                sums[part] = std::move(of_code);
            }
        },
        1);
    for (std::size_t part = 1; part < parts; ++part)
        for (std::size_t i = 0; i < adds.size(); ++i) sums[0][i] += sums[part][i];
    std::vector<Pair> out(votes_.statements());
    for (Statement s = 0; s < votes_.statements(); ++s) {
        if (votes_.hidden(s)) continue;
        for (int vote = -1; vote <= 1; ++vote)
            out[s] += sums[0][s * 3 + static_cast<std::size_t>(vote + 1)] * (vote - centre_[s]);
    }
    return out;
}

std::vector<Pair> Covariance::project(const std::vector<Pair>& vectors) const {
    const std::vector<Pair> adds = table(vectors);
    std::vector<Pair> out(votes_.people());
    kernel::in_threads(
        votes_.people(), threads_,
        [&](std::size_t from, std::size_t to) {
            for (std::size_t p = from; p < to; ++p) {
                Pair score{};
                for (const Votes::Code code : votes_.row(static_cast<Person>(p))) score += adds[code];
                out[p] = score;
            }
        },
        8192);
    return out;
}

}  // namespace opinion

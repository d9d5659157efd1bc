#include "templates.h"

#include <algorithm>
#include <array>

#include <kernel/threads.h>

#include "scattered.h"

namespace opinion {
namespace {

constexpr std::size_t bands = 8, smallest = 6, least_together = 4, most_looked_at = 32;

struct Key {
    std::uint64_t key;
    Person person;
};
struct Candidate {
    Template codes;
    std::size_t together = 0;
};

std::size_t in_both(const Template& a, const Template& b) {
    std::size_t both = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        both += a[i] == b[j];
        const bool left = a[i] <= b[j], right = b[j] <= a[i];
        i += left;
        j += right;
    }
    return both;
}
bool alike(const Template& a, const Template& b) { return opinion::alike(in_both(a, b), a.size(), b.size()); }

std::vector<Key> keys_of(const Votes& votes, std::uint32_t least, std::size_t band) {
    std::vector<std::uint64_t> number(votes.statements() * 3);
    Scatter scatter(band);
    constexpr auto hidden = ~std::uint64_t{0};
    for (std::uint64_t& one : number) one = scatter() >> 1;
    for (Statement s = 0; s < votes.statements(); ++s)
        if (votes.hidden(s)) std::fill_n(number.begin() + s * std::ptrdiff_t{3}, 3, hidden);
    std::vector<Key> out;
    for (Person p = 0; p < votes.people(); ++p) {
        if (votes.row(p).size() < least) continue;
        std::array<std::uint64_t, smallest> lowest;
        lowest.fill(hidden);
        std::size_t n = 0;
        for (const Votes::Code code : votes.row(p)) {
            std::uint64_t one = number[code];
            n += one != hidden;
            if (one >= lowest.back()) continue;
            for (std::uint64_t& kept : lowest)
                if (one < kept) std::swap(one, kept);
        }
        if (n < least) continue;
        std::uint64_t key = 0;
        for (const std::uint64_t one : lowest) key = scattered(key + one);
        out.push_back({key, p});
    }
    std::sort(out.begin(), out.end(),
              [](const Key& a, const Key& b) { return a.key != b.key ? a.key < b.key : a.person < b.person; });
    return out;
}

// What more than half of those who fell together said, if half of them are alike with it.
Template common(const Votes& votes, std::span<const Key> together) {
    const std::size_t n = std::min(together.size(), most_looked_at);
    std::vector<Template> rows(n);
    Template all;
    for (std::size_t i = 0; i < n; ++i) {
        shown(votes, together[i * together.size() / n].person, rows[i]);
        all.insert(all.end(), rows[i].begin(), rows[i].end());
    }
    std::sort(all.begin(), all.end());
    Template out;
    for (std::size_t i = 0; i < all.size();) {
        std::size_t end = i;
        while (end < all.size() && all[end] == all[i]) ++end;
        if (2 * (end - i) > n) out.push_back(all[i]);
        i = end;
    }
    const auto members = static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [&](const Template& row) { return alike(row, out); }));
    if (members < least_together || 2 * members < n) out.clear();
    return out;
}

std::vector<Candidate> of_band(const Votes& votes, std::uint32_t least, std::size_t band) {
    const std::vector<Key> keys = keys_of(votes, least, band);
    std::vector<Candidate> out;
    for (std::size_t from = 0; from < keys.size();) {
        std::size_t to = from;
        while (to < keys.size() && keys[to].key == keys[from].key) ++to;
        if (to - from >= least_together) {
            Template codes = common(votes, {keys.data() + from, to - from});
            if (codes.size() >= least) out.push_back({std::move(codes), to - from});
        }
        from = to;
    }
    return out;
}

}  // namespace

void shown(const Votes& votes, Person person, Template& out) {
    out.clear();
    for (const Votes::Code code : votes.row(person))
        if (!votes.hidden(Votes::statement_of(code))) out.push_back(code);
}

std::vector<Template> templates(const Votes& votes, std::uint32_t least, int threads) {
    std::vector<std::vector<Candidate>> of_bands(bands);
    kernel::in_threads(
        bands, threads,
        [&](std::size_t from, std::size_t to) {
            for (std::size_t band = from; band < to; ++band) of_bands[band] = of_band(votes, least, band);
        },
        1);
    std::vector<Candidate> all;
    for (std::vector<Candidate>& one : of_bands)
        all.insert(all.end(), std::make_move_iterator(one.begin()), std::make_move_iterator(one.end()));
    std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
        return a.together != b.together ? a.together > b.together : a.codes < b.codes;
    });
    std::vector<Template> out;
    std::size_t beside = 0;
    for (Candidate& one : all) {
        if (out.size() >= most_templates || beside > most_votes_beside) break;
        const bool new_one =
            std::none_of(out.begin(), out.end(), [&](const Template& o) { return alike(o, one.codes); });
        if (!new_one) continue;
        for (const Votes::Code code : one.codes) beside += votes.counts(Votes::statement_of(code)).seen();
        out.push_back(std::move(one.codes));
    }
    return out;
}

}  // namespace opinion

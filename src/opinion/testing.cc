#include "testing.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include <kernel/threads.h>

#include "scattered.h"

namespace opinion::made {
namespace {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : scatter_(seed) {}
    std::uint64_t bits() { return scatter_(); }
    double uniform() { return (static_cast<double>(bits() >> 11) + 0.5) * 0x1p-53; }
    double normal(double mean = 0, double deviation = 1) {
        const double r = std::sqrt(-2 * std::log(uniform()));
        return mean + deviation * r * std::cos(2 * std::numbers::pi * uniform());
    }
    double gamma(double shape) {  // Marsaglia & Tsang, ACM TOMS 26 (2000)
        if (shape < 1) return gamma(shape + 1) * std::pow(uniform(), 1 / shape);
        const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
        for (;;) {
            const double x = normal(), v = std::pow(1 + c * x, 3);
            if (v > 0 && std::log(uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
        }
    }
    double beta(double a, double b) {
        const double x = gamma(a), y = gamma(b);
        return x / (x + y);
    }
    bool happens(double probability) { return uniform() < probability; }

private:
    Scatter scatter_;
};

double logit(double p) {
    p = std::clamp(p, 1e-6, 1 - 1e-6);
    return std::log(p / (1 - p));
}
double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

struct Leaning {
    double first = 0, second = 0, acquiescence = 0, pass = 0;
};

Leaning leaning(Dice& dice) {
    const double which = dice.uniform();
    Leaning out;
    if (which < 0.60)
        out = {dice.normal(0.9, 0.55), dice.normal(0.1, 0.55)};
    else if (which < 0.88)
        out = {dice.normal(-1.3, 0.6), dice.normal(-0.5, 0.6)};
    else
        out = {dice.normal(-0.5, 0.8), dice.normal(2.0, 0.8)};
    out.acquiescence = dice.normal(0, 0.7);
    out.pass = logit(dice.beta(0.65, 2.8));
    return out;
}

}  // namespace

Population::Population(const Crowd& crowd)
    : crowd_(crowd), hidden_(crowd.statements), said_(crowd.statements), of_hidden_(1), place_of_(crowd.people) {
    Dice dice(crowd.seed);
    std::vector<double> birth(crowd.statements), weight(crowd.statements);
    for (Statement s = 0; s < crowd.statements; ++s) {
        birth[s] = s < std::max<std::size_t>(1, crowd.statements / 40) ? 0 : dice.beta(0.9, 1.6);
        weight[s] = std::exp(dice.normal(0, 0.45));
        said_[s] = {dice.normal(1.15, 1.15), dice.normal() * (dice.happens(0.35) ? 2.4 : 0.8),
                    dice.normal() * (dice.happens(0.3) ? 2.6 : 0.9), dice.normal(0, 0.25), logit(dice.beta(2.6, 10))};
        hidden_[s] = birth[s] > 0 && dice.happens(0.4);
        if (!hidden_[s]) {
            by_birth_.push_back(s);
            continue;
        }
        for (std::uint64_t n = 1 + dice.bits() % 3; n > 0; --n) {
            std::uint32_t& place = place_of_[dice.bits() % crowd.people];
            if (place == 0) {
                place = static_cast<std::uint32_t>(of_hidden_.size());
                of_hidden_.emplace_back();
            }
            of_hidden_[place].push_back(s);
        }
    }
    std::stable_sort(by_birth_.begin(), by_birth_.end(), [&](Statement a, Statement b) { return birth[a] < birth[b]; });
    double sum = 0;
    for (const Statement s : by_birth_) {
        births_.push_back(birth[s]);
        weights_.push_back(sum += weight[s]);
    }
}

void Population::votes_of(Person person, std::vector<std::pair<Statement, Vote>>& out) const {
    Dice dice(crowd_.seed * 0x2545f4914f6cdd1dU + person + 1);
    const Leaning who = leaning(dice);
    const double arrival = dice.beta(0.8, 1.6);
    const auto seen =
        static_cast<std::size_t>(std::upper_bound(births_.begin(), births_.end(), arrival) - births_.begin());
    std::size_t n = 1;
    if (!dice.happens(0.10)) n = static_cast<std::size_t>(std::max(1.0, std::exp(dice.normal(crowd_.mean_log, 1.30))));
    n = std::min(n, seen);

    // One after another by weight, without what was drawn before: the same as the n smallest of exponential keys.
    std::vector<Statement> drawn;
    if (n * 3 < seen) {
        std::vector<bool> had(seen);
        while (drawn.size() < n) {
            const double at = dice.uniform() * weights_[seen - 1];
            const auto i = static_cast<std::size_t>(
                std::upper_bound(weights_.begin(), weights_.begin() + static_cast<std::ptrdiff_t>(seen) - 1, at) -
                weights_.begin());
            if (had[i]) continue;
            had[i] = true;
            drawn.push_back(by_birth_[i]);
        }
    } else {
        std::vector<std::pair<double, Statement>> keys;
        for (std::size_t i = 0; i < seen; ++i)
            keys.emplace_back(-std::log(dice.uniform()) / (weights_[i] - (i == 0 ? 0 : weights_[i - 1])), by_birth_[i]);
        std::nth_element(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(n) - 1, keys.end());
        for (std::size_t i = 0; i < n; ++i) drawn.push_back(keys[i].second);
    }
    for (const Statement s : of_hidden_[place_of_[person]]) drawn.push_back(s);
    std::sort(drawn.begin(), drawn.end());
    drawn.erase(std::unique(drawn.begin(), drawn.end()), drawn.end());

    out.clear();
    for (const Statement s : drawn) {
        const Said& said = said_[s];
        const double z = said.agree + said.first * who.first + said.second * who.second + said.third * dice.normal() +
                         who.acquiescence;
        if (dice.happens(sigmoid(said.pass + 0.9 * (who.pass + 1.6) - 0.25 * std::abs(z) + 0.15)))
            out.emplace_back(s, Vote::pass);
        else
            out.emplace_back(s, dice.happens(sigmoid(z)) ? Vote::agree : Vote::disagree);
    }
}

Votes Population::all(int threads) const {
    Votes out;
    out.grow(crowd_.people, crowd_.statements);
    for (Statement s = 0; s < crowd_.statements; ++s) out.hide(s, hidden_[s]);
    constexpr std::size_t at_once = 1U << 15;
    std::vector<std::vector<std::pair<Statement, Vote>>> rows(at_once);
    for (std::size_t first = 0; first < crowd_.people; first += at_once) {
        const std::size_t n = std::min(at_once, crowd_.people - first);
        kernel::in_threads(n, threads, [&](std::size_t from, std::size_t to) {
            for (std::size_t i = from; i < to; ++i) votes_of(static_cast<Person>(first + i), rows[i]);
        });
        for (std::size_t i = 0; i < n; ++i) {
            const auto person = static_cast<Person>(first + i);
            if (!rows[i].empty()) out.reserve(person, static_cast<std::uint32_t>(rows[i].size()));
            for (const auto& [statement, vote] : rows[i]) out.set(person, statement, vote);
        }
    }
    return out;
}

namespace {

Vote changed_or_not(Vote vote, const Coordinated& bloc, Scatter& scatter) {
    if (static_cast<int>(scatter.below(100)) >= bloc.changed) return vote;
    return static_cast<Vote>((static_cast<int>(vote) + 2 + static_cast<int>(scatter.below(2))) % 3 - 1);  // another
}

}  // namespace

Person put_copies(Votes& votes, const Coordinated& bloc) {
    Scatter scatter(bloc.seed);
    std::vector<Person> able;
    for (Person p = 0; p < votes.people(); ++p)
        if (votes.shown_votes(p) >= 15 && votes.shown_votes(p) <= 40) able.push_back(p);
    if (able.empty()) throw std::runtime_error("opinion: nobody to copy");
    const Person who = able[scatter.below(able.size())];
    const std::vector<Votes::Code> row(votes.row(who).begin(), votes.row(who).end());
    const auto first = static_cast<Person>(votes.people());
    votes.grow(first + bloc.people, votes.statements());
    for (Person p = first; p < first + bloc.people; ++p)
        for (const Votes::Code code : row)
            if (const Statement s = Votes::statement_of(code); !votes.hidden(s))
                votes.set(p, s, changed_or_not(Votes::vote_of(code), bloc, scatter));
    return who;
}

void put_bloc(Votes& votes, const Coordinated& bloc) {
    Scatter scatter(bloc.seed);
    std::vector<Statement> all;
    for (Statement s = 0; s < votes.statements(); ++s)
        if (!votes.hidden(s) && votes.counts(s).seen() > 0) all.push_back(s);
    std::vector<std::pair<Statement, int>> said;
    while (said.size() < bloc.votes && !all.empty()) {
        const std::size_t at = scatter.below(all.size());
        said.emplace_back(all[at], static_cast<int>(scatter.below(2)) * 2 - 1);
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
    }
    std::sort(said.begin(), said.end());
    const auto first = static_cast<Person>(votes.people());
    votes.grow(first + bloc.people, votes.statements());
    for (Person p = first; p < first + bloc.people; ++p)
        for (const auto& [statement, answer] : said)
            votes.set(p, statement, changed_or_not(static_cast<Vote>(answer), bloc, scatter));
}

}  // namespace opinion::made

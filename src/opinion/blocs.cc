#include "blocs.h"

#include <algorithm>
#include <mutex>

#include <kernel/threads.h>

#include "scattered.h"
#include "templates.h"

namespace opinion {
namespace {

constexpr std::size_t most_sampled_able = 64, most_votes_weighed = 200, least_others = 20;

struct Member {
    Person person;
    std::uint32_t both, size;  // codes in common with the template, and of the row
};
// How alike half of the members are at least with the template.
struct Core {
    std::uint64_t both = 0, either = 1;
    std::size_t people = 0;

    Core(std::vector<Member> members, std::size_t votes) {
        const auto either_of = [&](const Member& one) { return one.size + votes - one.both; };
        std::sort(members.begin(), members.end(),
                  [&](const Member& a, const Member& b) { return a.both * either_of(b) > b.both * either_of(a); });
        const Member& middle = members[(members.size() - 1) / 2];
        both = middle.both;
        either = either_of(middle);
        for (const Member& one : members) people += one.both * either >= both * either_of(one);
    }
    // Codes in common that a row of so many votes needs.
    std::size_t needed(std::size_t row, std::size_t votes) const {
        return (both * (row + votes) + both + either - 1) / (both + either);
    }
};
struct Able {  // could be a member by what they voted on
    std::uint64_t order;
    Person person;
    bool operator<(const Able& other) const {
        return order != other.order ? order < other.order : person < other.person;
    }
};
struct Near {
    std::vector<Member> members, around;
    std::vector<Able> able;  // the first few in a scattered order
    std::size_t all_members = 0, all_around = 0, all_able = 0;

    bool apart() const { return all_members >= least_bloc && 4 * all_around <= all_members; }
    void take(const Near& other) {
        all_members += other.all_members;
        all_around += other.all_around;
        members.insert(members.end(), other.members.begin(), other.members.end());
        around.insert(around.end(), other.around.begin(), other.around.end());
        able.insert(able.end(), other.able.begin(), other.able.end());
        all_able += other.all_able;
    }
    void trim() {
        std::sort(able.begin(), able.end());
        able.resize(std::min(able.size(), most_sampled_able));
    }
};

// Every row beside every template, by way of the statements; counted only, or also listed.
std::vector<Near> near_templates(const Votes& votes, const std::vector<Template>& of, int threads, bool listed) {
    struct Place {
        std::uint32_t number;
        Votes::Code code;
    };
    std::vector<std::vector<Place>> by_statement(votes.statements());
    for (std::uint32_t t = 0; t < of.size(); ++t)
        for (const Votes::Code code : of[t]) by_statement[Votes::statement_of(code)].push_back({t, code});
    std::vector<Near> out(of.size());
    std::mutex adding;
    kernel::in_threads(
        votes.people(), threads,
        [&](std::size_t from, std::size_t to) {
            std::vector<Near> here(of.size());
            std::vector<std::uint32_t> both(of.size()), voted(of.size()), met;
            Template row;
            for (std::size_t p = from; p < to; ++p) {
                const auto person = static_cast<Person>(p);
                if (votes.row(person).size() < least_bloc_votes) continue;
                shown(votes, person, row);
                if (row.size() < least_bloc_votes) continue;
                for (const Votes::Code code : row)
                    for (const Place& one : by_statement[Votes::statement_of(code)]) {
                        if (voted[one.number]++ == 0) met.push_back(one.number);
                        both[one.number] += one.code == code;
                    }
                for (const std::uint32_t t : met) {
                    const std::size_t size = of[t].size();
                    const bool member = alike(both[t], row.size(), size);
                    const bool about = !member && around(both[t], row.size(), size);
                    here[t].all_members += member;
                    here[t].all_around += about;
                    if (listed && alike(voted[t], row.size(), size)) {
                        ++here[t].all_able;
                        here[t].able.push_back({scattered(p), person});
                        if (here[t].able.size() > 4 * most_sampled_able) here[t].trim();
                    }
                    const Member one{person, both[t], static_cast<std::uint32_t>(row.size())};
                    if (listed && member) here[t].members.push_back(one);
                    if (listed && about) here[t].around.push_back(one);
                    both[t] = voted[t] = 0;
                }
                met.clear();
            }
            const std::lock_guard lock(adding);
            for (std::size_t t = 0; t < of.size(); ++t) {
                here[t].trim();
                out[t].take(here[t]);
            }
        },
        8192);
    for (Near& one : out) {
        one.trim();
        const auto first = [](const Member& a, const Member& b) { return a.person < b.person; };
        std::sort(one.members.begin(), one.members.end(), first);
        std::sort(one.around.begin(), one.around.end(), first);
    }
    return out;
}

// The shares of others who said what the template says, among everybody and in each group that is large enough.
class Others {
public:
    Others(const Votes& votes, const Template& codes, const Near& near, std::span<const std::int8_t> group_of,
           std::span<const Tally> tallies, std::span<const std::uint32_t> voters)
        : codes_(codes), shares_(tallies.size() + 1) {
        std::vector<std::uint32_t> left_out(tallies.size() + 1);
        std::vector<std::vector<Counts>> inside(tallies.size() + 1, std::vector<Counts>(codes.size()));
        for (const auto* list : {&near.members, &near.around})
            for (const Member& one : *list) {
                const auto group = static_cast<std::size_t>(group_of[one.person] + 1);
                for (const std::size_t of : {std::size_t{0}, group}) {
                    ++left_out[of];
                    count(votes, one.person, inside[of]);
                    if (group == 0) break;
                }
            }
        const std::size_t least = std::max(least_others, near.members.size() / 5);
        for (std::size_t of = 0; of < shares_.size(); ++of) {
            if (voters[of] - left_out[of] < (of == 0 ? least_others : least)) continue;
            for (std::size_t i = 0; i < codes.size(); ++i) {
                const Statement s = Votes::statement_of(codes[i]);
                const Counts& all = of == 0 ? votes.counts(s) : tallies[of - 1][s];
                const Vote vote = Votes::vote_of(codes[i]);
                shares_[of].push_back((said(all, vote) - said(inside[of][i], vote) + 2.0) /
                                      (all.seen() - inside[of][i].seen() + 4.0));
            }
        }
    }
    bool known() const { return !shares_[0].empty(); }
    // That somebody who voted on what this person voted on is as alike with the template: the likeliest of all shares.
    double chance(const Template& row, const Core& core) const {
        double out = 0;
        for (const std::vector<double>& shares : shares_)
            if (!shares.empty()) out = std::max(out, chance(row, core.needed(row.size(), codes_.size()), shares));
        return out;
    }

private:
    static std::uint32_t said(const Counts& counts, Vote vote) {
        return vote == Vote::agree ? counts.agree : vote == Vote::pass ? counts.pass : counts.disagree;
    }
    template <class Visit>
    void shared(std::span<const Votes::Code> row, const Visit& visit) const {
        std::size_t i = 0;
        for (const Votes::Code code : row) {
            const Statement s = Votes::statement_of(code);
            while (i < codes_.size() && Votes::statement_of(codes_[i]) < s) ++i;
            if (i < codes_.size() && Votes::statement_of(codes_[i]) == s) visit(i, Votes::vote_of(code));
        }
    }
    void count(const Votes& votes, Person person, std::vector<Counts>& into) const {
        shared(votes.row(person), [&](std::size_t i, Vote vote) {
            ++(vote == Vote::agree ? into[i].agree : vote == Vote::pass ? into[i].pass : into[i].disagree);
        });
    }
    double chance(const Template& row, std::size_t least, const std::vector<double>& shares) const {
        std::vector<double> each;
        shared(row, [&](std::size_t i, Vote) { each.push_back(shares[i]); });
        if (least > each.size()) return 0;
        if (each.size() > most_votes_weighed) {  // of many an even part, and as large a part of what is needed
            std::vector<double> part;
            for (std::size_t i = 0; i < most_votes_weighed; ++i)
                part.push_back(each[i * each.size() / most_votes_weighed]);
            least = least * most_votes_weighed / each.size();
            each = std::move(part);
        }
        std::vector<double> of(each.size() + 1);  // the probability of so many
        of[0] = 1;
        for (std::size_t n = 0; n < each.size(); ++n) {
            for (std::size_t k = n + 1; k > 0; --k) of[k] = of[k] * (1 - each[n]) + of[k - 1] * each[n];
            of[0] *= 1 - each[n];
        }
        double out = 0;
        for (std::size_t k = each.size() + 1; k-- > least;) out += of[k];
        return out;
    }

    const Template& codes_;
    std::vector<std::vector<double>> shares_;  // everybody's, then each group's; empty where too few
};

bool one_answer(const Template& codes) {
    std::array<std::size_t, 3> of{};
    for (const Votes::Code code : codes) ++of[code % 3];
    return 20 * *std::max_element(of.begin(), of.end()) >= 19 * codes.size();
}

}  // namespace

std::vector<Bloc> blocs(const Votes& votes, std::span<const std::int8_t> group_of, std::size_t groups, int threads) {
    std::vector<Template> all;  // those with nothing around them: of others the lists would be long
    {
        std::vector<Template> found = templates(votes, least_bloc_votes, threads);
        const std::vector<Near> counted = near_templates(votes, found, threads, false);
        for (std::size_t t = 0; t < found.size(); ++t)
            if (counted[t].apart()) all.push_back(std::move(found[t]));
    }
    if (all.empty()) return {};
    const std::vector<Near> near = near_templates(votes, all, threads, true);
    const std::vector<Tally> tallies = tally(votes, group_of, groups, threads);
    std::vector<std::uint32_t> voters(groups + 1);  // everybody, then of each group
    for (Person p = 0; p < votes.people(); ++p) {
        voters[0] += !votes.row(p).empty();
        if (group_of[p] >= 0) ++voters[static_cast<std::size_t>(group_of[p]) + 1];
    }
    struct Flagged {
        std::size_t of;
        double by_chance;
    };
    std::vector<Flagged> flagged;
    for (std::size_t t = 0; t < all.size(); ++t) {
        const Others others(votes, all[t], near[t], group_of, tallies, voters);
        if (!others.known()) continue;
        const Core core(near[t].members, all[t].size());
        double sum = 0;
        Template row;
        for (const Able& one : near[t].able) {
            shown(votes, one.person, row);
            sum += others.chance(row, core);
        }
        const double by_chance = sum / static_cast<double>(near[t].able.size()) * static_cast<double>(near[t].all_able);
        if (50 * by_chance <= static_cast<double>(core.people)) flagged.push_back({t, by_chance});
    }
    // Who is alike with several is a member of that with which most is shared.
    struct Best {
        std::size_t flagged;
        std::uint64_t both, either;
    };
    std::vector<std::pair<Person, Best>> best;
    for (std::size_t f = 0; f < flagged.size(); ++f)
        for (const Member& one : near[flagged[f].of].members)
            best.push_back({one.person, {f, one.both, one.size + all[flagged[f].of].size() - one.both}});
    std::stable_sort(best.begin(), best.end(), [](const auto& a, const auto& b) {
        if (a.first != b.first) return a.first < b.first;
        return a.second.both * b.second.either > b.second.both * a.second.either;
    });
    std::vector<Bloc> out(flagged.size());
    for (std::size_t i = 0; i < best.size(); ++i)
        if (i == 0 || best[i].first != best[i - 1].first) out[best[i].second.flagged].members.push_back(best[i].first);
    for (std::size_t f = 0; f < flagged.size(); ++f) {
        out[f].votes = all[flagged[f].of];
        out[f].around = near[flagged[f].of].around.size();
        out[f].by_chance = flagged[f].by_chance;
        out[f].one_answer = one_answer(out[f].votes);
    }
    std::erase_if(out, [](const Bloc& one) { return one.members.size() < least_bloc; });
    std::sort(out.begin(), out.end(), [](const Bloc& a, const Bloc& b) {
        return a.members.size() != b.members.size() ? a.members.size() > b.members.size() : a.members[0] < b.members[0];
    });
    return out;
}

Votes without(const Votes& votes, std::span<const Bloc> flagged) {
    std::vector<bool> out_of(votes.people());
    for (const Bloc& one : flagged)
        for (const Person member : one.members) out_of[member] = true;
    Votes out;
    out.grow(votes.people(), votes.statements());
    for (Statement s = 0; s < votes.statements(); ++s) {
        out.mark_meta(s, votes.meta(s));
        out.hide(s, votes.hidden(s));
    }
    for (Person p = 0; p < votes.people(); ++p) {
        const auto row = votes.row(p);
        if (out_of[p] || row.empty()) continue;
        out.reserve(p, static_cast<std::uint32_t>(row.size()));
        for (const Votes::Code code : row) out.set(p, Votes::statement_of(code), Votes::vote_of(code));
    }
    return out;
}

}  // namespace opinion

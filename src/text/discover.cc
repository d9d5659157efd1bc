#include "discover.h"

#include <malloc.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <stdexcept>
#include <unordered_map>

#include <kernel/threads.h>

#include "nearest.h"
#include "places.h"

namespace text {

namespace {

// What the steps hand on. `all` are the messages by id; nodes are different texts.
struct Work {
    const Discovery& how;
    std::vector<Message> all;
    std::vector<Text> texts;          // of messages
    std::vector<Number> node;         // of messages
    std::vector<Number> text_of;      // of nodes: the first message of it
    std::vector<std::int64_t> fixed;  // of nodes: the confirmed issue, or 0
    std::vector<Number> first;        // of messages: what they copy
    std::vector<Edge> joined;         // between nodes

    void step(std::string_view name) const {
        if (how.on_step) how.on_step(name);
    }
};

std::vector<Message> by_id(std::span<const Message> messages) {
    std::vector<Message> all(messages.begin(), messages.end());
    std::sort(all.begin(), all.end(), [](const Message& a, const Message& b) { return a.id < b.id; });
    for (std::size_t i = 1; i < all.size(); ++i)
        if (all[i].id == all[i - 1].id) throw std::invalid_argument("discover: an id stands twice");
    return all;
}

std::vector<std::string> districts_of(const Message& message) {
    if (!message.district.empty()) return {std::string(message.district)};
    return named_districts(message.title);
}

// Whether two messages are one text for the grouping: most of the longer one stands in the shorter one.
bool one_text(const Text& a, const Text& b, double nearly_all) {
    const Print x = print_of(a.body.empty() ? a.title : a.body), y = print_of(b.body.empty() ? b.title : b.body);
    const std::size_t longer = std::max(x.all.size(), y.all.size()), shorter = std::min(x.all.size(), y.all.size());
    return longer > 0 && contained(x, y) * static_cast<double>(shorter) >= nearly_all * static_cast<double>(longer);
}

// A thousand equal posts would be each other's nearest and nobody else's: more than `crowd` of them are one node. So
// are letters that were hardly changed. `equal`: of each message the first that is equal; `place`: of each its place in
// the index, which has a crowd once.
constexpr std::size_t crowd = 15;
void find_nodes(Work& w, const Index& index, Near& near, const std::vector<Number>& equal,
                const std::vector<Number>& place) {
    const std::size_t n = w.all.size();
    std::vector<Number> message(index.size());  // of places: the first
    for (Number i = static_cast<Number>(n); i-- > 0;) message[place[i]] = i;
    std::vector<Text> texts;
    std::vector<std::vector<std::string>> districts;
    for (const Number i : message) texts.push_back(w.texts[i]), districts.push_back(districts_of(w.all[i]));
    const std::vector<Number> copy =
        first_of_copies(texts, may_be_copies(index, near, texts, w.how.threads), w.how.threads);
    w.step("copies");
    w.first.resize(n);
    for (Number i = 0; i < n; ++i) w.first[i] = equal[i] == i ? message[copy[place[i]]] : w.first[equal[i]];

    std::vector<Number> same(message.size());
    std::vector<std::size_t> size(message.size());
    for (Number d = 0; d < message.size(); ++d) {
        const Number f = copy[d];
        same[d] = f != d && !elsewhere(districts[d], districts[f]) && one_text(texts[d], texts[f], w.how.nearly_all)
                      ? same[f]
                      : d;
        ++size[same[d]];
    }
    std::vector<Number> node_of(message.size());
    for (Number d = 0; d < message.size(); ++d) {
        if (size[same[d]] > crowd && same[d] != d) {
            node_of[d] = node_of[same[d]];
            continue;
        }
        node_of[d] = static_cast<Number>(w.text_of.size());
        w.text_of.push_back(message[d]);
    }
    w.node.resize(n);
    w.fixed.assign(w.text_of.size(), 0);
    for (Number i = 0; i < n; ++i) {
        w.node[i] = node_of[place[i]];
        if (w.all[i].confirmed != 0 && w.fixed[w.node[i]] == 0) w.fixed[w.node[i]] = w.all[i].confirmed;
    }
    Districts of_nodes(w.text_of.size());
    for (std::size_t i = 0; i < w.text_of.size(); ++i) of_nodes[i] = districts[place[w.text_of[i]]];
    const Near of = merged(std::move(near), node_of, w.text_of.size(), w.how.nearest);
    w.joined = edges(of, of_nodes, w.how.shared, w.how.issue_resolution / 3, w.how.threads);
    w.step("edges");
}

// The strongest ties of a text to a confirmed issue, on the mean over as many as it can have.
constexpr std::size_t strongest = 5;
struct Ties {
    std::vector<float> weights;
    double strength(std::size_t issue_size) {
        std::sort(weights.begin(), weights.end(), std::greater<>());
        const std::size_t most = std::min(strongest, issue_size), have = std::min(most, weights.size());
        return std::accumulate(weights.begin(), weights.begin() + static_cast<std::ptrdiff_t>(have), 0.0) /
               static_cast<double>(most);
    }
};

struct Grouping {
    std::vector<std::uint32_t> group;     // of nodes
    std::vector<std::int64_t> confirmed;  // of groups
};

// Confirmed issues are one node each, so that no message in them can leave and no two of them can become one.
Grouping group(const Work& w, const Index& index, std::span<const Number> in_index) {
    const auto n = static_cast<std::uint32_t>(w.text_of.size());
    std::map<std::int64_t, std::uint32_t> issues;
    std::map<std::int64_t, std::size_t> issue_size;
    for (const std::int64_t issue : w.fixed)
        if (issue != 0) ++issue_size[issue];
    std::vector<std::int64_t> issue_at;
    for (const auto& [issue, size] : issue_size)
        issues[issue] = static_cast<std::uint32_t>(issue_at.size()), issue_at.push_back(issue);
    const auto k = static_cast<std::uint32_t>(issue_at.size());
    std::vector<std::uint32_t> as(n);  // of nodes: theirs in the graph; issues first
    std::vector<Number> free;
    for (Number i = 0; i < n; ++i) {
        if (w.fixed[i] != 0)
            as[i] = issues[w.fixed[i]];
        else
            as[i] = k + static_cast<std::uint32_t>(free.size()), free.push_back(i);
    }
    std::vector<Edge> graph;
    std::map<std::pair<std::uint32_t, std::uint32_t>, Ties> ties;
    for (const Edge& edge : w.joined) {
        const std::uint32_t a = std::min(as[edge.a], as[edge.b]), b = std::max(as[edge.a], as[edge.b]);
        if (b < k) continue;
        if (a < k)
            ties[{a, b}].weights.push_back(edge.weight);
        else
            graph.push_back({a, b, edge.weight});
    }
    std::map<std::uint32_t, std::pair<double, std::uint32_t>> best;  // of a free node: its issue
    for (auto& [pair, of] : ties) {
        const double strength = of.strength(issue_size[issue_at[pair.first]]);
        graph.push_back({pair.first, pair.second, static_cast<float>(strength)});
        auto& mine = best[pair.second];
        if (strength > mine.first) mine = {strength, pair.first};
    }
    const std::vector<std::uint32_t> found =
        communities(k + static_cast<std::uint32_t>(free.size()), std::move(graph), w.how.issue_resolution);
    w.step("communities");

    std::vector<std::vector<std::uint32_t>> members;  // of communities: nodes of the graph
    for (std::uint32_t i = 0; i < found.size(); ++i) {
        if (found[i] >= members.size()) members.resize(found[i] + 1);
        members[found[i]].push_back(i);
    }
    Grouping out;
    out.group.resize(n);
    out.confirmed = issue_at;
    std::vector<std::uint32_t> of_graph(found.size());
    for (std::uint32_t i = 0; i < k; ++i) of_graph[i] = i;
    std::vector<std::vector<std::vector<std::size_t>>> taken_apart(members.size());
    kernel::in_threads(members.size(), w.how.threads, [&](std::size_t from, std::size_t to) {
        for (std::size_t c = from; c < to; ++c) {
            if (members[c].front() < k || members[c].size() < 3 || members[c].size() > w.how.largest_examined) continue;
            std::vector<Number> numbers;
            for (const std::uint32_t i : members[c]) numbers.push_back(in_index[free[i - k]]);
            taken_apart[c] = parts(index.likenesses(numbers), numbers.size(), w.how.loose);
        }
    });
    for (std::size_t c = 0; c < members.size(); ++c) {
        if (members[c].front() < k) {
            // Issues are the lowest nodes. Without a tie of its own a message goes with the first of them.
            for (const std::uint32_t i : members[c])
                if (i >= k) {
                    const auto own = best.find(i);
                    const bool here = own != best.end() && found[own->second.second] == c;
                    of_graph[i] = here ? own->second.second : members[c].front();
                }
            continue;
        }
        if (taken_apart[c].empty())
            taken_apart[c].emplace_back(members[c].size()),
                std::iota(taken_apart[c][0].begin(), taken_apart[c][0].end(), 0);
        for (const std::vector<std::size_t>& part : taken_apart[c]) {
            for (const std::size_t i : part) of_graph[members[c][i]] = static_cast<std::uint32_t>(out.confirmed.size());
            out.confirmed.push_back(0);
        }
    }
    for (Number i = 0; i < n; ++i) out.group[i] = of_graph[as[i]];
    w.step("parts");
    return out;
}

// New groups that do not hold together are grouped again among themselves, at a resolution half as high again, until
// they do or are pairs: the same complaint from many places keeps together what is of one place.
void tighten(const Work& w, const Index& index, std::span<const Number> in_index, Grouping& grouping) {
    std::vector<std::vector<Number>> nodes(grouping.confirmed.size());
    for (Number i = 0; i < grouping.group.size(); ++i) nodes[grouping.group[i]].push_back(i);
    std::vector<std::vector<Edge>> inside(nodes.size());
    std::vector<std::uint32_t> at(grouping.group.size());  // of nodes: place in their group
    for (const std::vector<Number>& all : nodes)
        for (std::uint32_t i = 0; i < all.size(); ++i) at[all[i]] = i;
    for (const Edge& edge : w.joined)
        if (const std::uint32_t g = grouping.group[edge.a]; g == grouping.group[edge.b] && grouping.confirmed[g] == 0)
            inside[g].push_back({at[edge.a], at[edge.b], edge.weight});
    std::vector<double> resolution(nodes.size(), w.how.issue_resolution);
    for (std::uint32_t g = 0; g < nodes.size(); ++g) {
        if (grouping.confirmed[g] != 0 || nodes[g].size() < 3) continue;
        std::vector<Number> numbers;
        for (const Number i : nodes[g]) numbers.push_back(in_index[i]);
        if (index.mean_likeness(numbers) >= w.how.cohesive) continue;
        const double finer = resolution[g] * 1.5;
        const std::vector<std::uint32_t> part =
            communities(static_cast<std::uint32_t>(numbers.size()), inside[g], finer);
        const std::uint32_t parts = *std::max_element(part.begin(), part.end()) + 1;
        if (parts == numbers.size()) continue;
        // The first part keeps the group's number and is looked at again; the others come behind.
        std::vector<std::uint32_t> name(parts), place(part.size());
        std::vector<std::vector<Number>> members(parts);
        std::vector<std::vector<Edge>> edges_of(parts);
        for (std::uint32_t i = 0; i < part.size(); ++i)
            place[i] = static_cast<std::uint32_t>(members[part[i]].size()), members[part[i]].push_back(nodes[g][i]);
        for (const Edge& edge : inside[g])
            if (part[edge.a] == part[edge.b])
                edges_of[part[edge.a]].push_back({place[edge.a], place[edge.b], edge.weight});
        for (std::uint32_t p = 0; p < parts; ++p) {
            name[p] = p == 0 ? g : static_cast<std::uint32_t>(nodes.size());
            if (p > 0)
                nodes.emplace_back(), inside.emplace_back(), resolution.push_back(0), grouping.confirmed.push_back(0);
            resolution[name[p]] = finer;
            for (const Number i : members[p]) grouping.group[i] = name[p];
            nodes[name[p]] = std::move(members[p]);
            inside[name[p]] = std::move(edges_of[p]);
        }
        --g;
    }
    w.step("tighter");
}

std::vector<std::uint32_t> topics(const Work& w, const Grouping& grouping) {
    std::vector<double> size(grouping.confirmed.size());
    for (const std::uint32_t g : grouping.group) size[g] += 1;
    std::vector<Edge> between;
    for (const Edge& edge : w.joined) {
        const std::uint32_t a = grouping.group[edge.a], b = grouping.group[edge.b];
        if (a != b) between.push_back({std::min(a, b), std::max(a, b), edge.weight});
    }
    std::sort(between.begin(), between.end(), [](const Edge& x, const Edge& y) {
        return x.a != y.a ? x.a < y.a : x.b != y.b ? x.b < y.b : x.weight < y.weight;
    });
    std::size_t last = 0;
    for (std::size_t i = 1; i < between.size(); ++i)
        if (between[i].a == between[last].a && between[i].b == between[last].b)
            between[last].weight += between[i].weight;
        else
            between[++last] = between[i];
    if (!between.empty()) between.resize(last + 1);
    return communities(static_cast<std::uint32_t>(size.size()), std::move(between), w.how.topic_resolution, size);
}

// The message whose text is most like the group's others.
Number most_central(const Index& index, const std::vector<Number>& numbers) {
    constexpr std::size_t looked_at = 200;
    const std::vector<Number> some(numbers.begin(),
                                   numbers.begin() + static_cast<std::ptrdiff_t>(std::min(numbers.size(), looked_at)));
    const std::vector<float> all = index.likenesses(some);
    std::size_t best = 0;
    double most = -1;
    for (std::size_t i = 0; i < some.size(); ++i) {
        const auto row = all.begin() + static_cast<std::ptrdiff_t>(i * some.size());
        const double sum = std::accumulate(row, row + static_cast<std::ptrdiff_t>(some.size()), 0.0);
        if (sum > most) most = sum, best = i;
    }
    return static_cast<Number>(best);
}

}  // namespace

Found discover(std::span<const Message> messages, const Discovery& how) {
    Work w{how, by_id(messages), {}, {}, {}, {}, {}, {}};
    const std::size_t n = w.all.size();
    Found out;
    if (n == 0) return out;
    std::vector<Number> equal(n), place(n);
    std::vector<std::uint64_t> hash(n);
    kernel::in_threads(n, how.threads, [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i)
            hash[i] = same_text(std::string(w.all[i].title) + "\n" + std::string(w.all[i].body));
    });
    Index index({how.title_weight, how.longest_body});
    std::unordered_map<std::uint64_t, std::pair<Number, std::size_t>> met;  // the first, and how many
    for (Number i = 0; i < n; ++i) {
        w.texts.push_back({w.all[i].title, w.all[i].body});
        equal[i] = i;
        if (hash[i] == 0) continue;
        auto& [first, count] = met.try_emplace(hash[i], i, 0).first->second;
        equal[i] = first;
        ++count;
    }
    std::vector<Text> indexed;
    for (Number i = 0; i < n; ++i) {
        const bool once = equal[i] != i && met[hash[i]].second > crowd;
        place[i] = once ? place[equal[i]] : static_cast<Number>(indexed.size());
        if (!once) indexed.push_back(w.texts[i]);
    }
    met = {};
    index.add(indexed, how.threads);
    index.settle();
    w.step("index");
    Near near = nearest_of_all(index, how.nearest, how.least_likeness, how.threads);
    w.step("nearest");
    find_nodes(w, index, near, equal, place);
    index.only_likeness();
    near = Near();
    // A million short lists were let go; what comes next asks for long ones, and would not be given their room.
    ::malloc_trim(0);
    std::vector<Number> in_index;  // of nodes
    for (const Number i : w.text_of) in_index.push_back(place[i]);
    Grouping grouping = group(w, index, in_index);
    tighten(w, index, in_index, grouping);
    const std::vector<std::uint32_t> topic = topics(w, grouping);

    std::vector<std::vector<Number>> nodes(grouping.confirmed.size());
    for (Number i = 0; i < grouping.group.size(); ++i) nodes[grouping.group[i]].push_back(i);
    out.groups.resize(nodes.size());
    kernel::in_threads(nodes.size(), how.threads, [&](std::size_t from, std::size_t to) {
        for (std::size_t g = from; g < to; ++g) {
            std::vector<Number> numbers;
            for (const Number i : nodes[g]) numbers.push_back(in_index[i]);
            Group& group = out.groups[g];
            group.confirmed = grouping.confirmed[g];
            group.topic = topic[g];
            group.cohesion = index.mean_likeness(numbers);
            group.cohesive = group.cohesion >= how.cohesive;
            if (!numbers.empty()) group.example = w.all[w.text_of[nodes[g][most_central(index, numbers)]]].id;
        }
    });
    std::vector<std::set<std::int64_t>> people(nodes.size());
    std::vector<std::set<Number>> different(nodes.size());
    std::map<std::int64_t, std::uint32_t> group_of_issue;
    for (std::uint32_t g = 0; g < grouping.confirmed.size(); ++g)
        if (grouping.confirmed[g] != 0) group_of_issue[grouping.confirmed[g]] = g;
    for (Number i = 0; i < n; ++i) {
        const Message& m = w.all[i];
        std::uint32_t g = grouping.group[w.node[i]];
        if (m.confirmed != 0) {
            // Of one text, but in different issues: people said so.
            const auto mine = group_of_issue.try_emplace(m.confirmed, static_cast<std::uint32_t>(out.groups.size()));
            if (mine.second)
                out.groups.push_back({m.confirmed, {}, {}, m.id, 0, 0, 1, true, out.groups[g].topic}),
                    people.emplace_back(), different.emplace_back();
            g = mine.first->second;
        }
        Group& to = out.groups[g];
        (to.confirmed != 0 && m.confirmed == 0 ? to.suggested : to.messages).push_back(m.id);
        if (different[g].insert(w.first[i]).second) ++to.texts;
        if (m.person == 0)
            ++to.people;
        else if (people[g].insert(m.person).second)
            ++to.people;
        out.copied.push_back({m.id, w.all[w.first[i]].id});
    }
    const auto lowest = [](const Group& g) {
        return std::min(g.messages.empty() ? g.suggested.front() : g.messages.front(),
                        g.suggested.empty() ? g.messages.front() : g.suggested.front());
    };
    std::erase_if(out.groups, [](const Group& g) { return g.messages.empty() && g.suggested.empty(); });
    std::sort(out.groups.begin(), out.groups.end(), [&lowest](const Group& a, const Group& b) {
        const std::size_t x = a.messages.size() + a.suggested.size(), y = b.messages.size() + b.suggested.size();
        return a.people != b.people ? a.people > b.people : x != y ? x > y : lowest(a) < lowest(b);
    });
    w.step("groups");
    return out;
}

}  // namespace text

#include "nearest.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <kernel/threads.h>

#include "places.h"

namespace text {

Near nearest_of_all(const Index& index, std::size_t most, float least, int threads) {
    Near out(index.size());
    kernel::in_threads(out.size(), threads, [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            out[i] = index.neighbours(static_cast<Number>(i), most, least);
            out[i].shrink_to_fit();
        }
    });
    return out;
}

std::vector<std::vector<Number>> may_be_copies(const Index& index, const Near& near, std::span<const Text> texts,
                                               int threads) {
    constexpr std::size_t piece = 800, most_pieces = 8, nearest = 20;
    // Half of what a text has in common with itself after a third of its sentences was dropped on either side.
    constexpr float least = 0.2F;
    std::vector<std::vector<Number>> out(near.size());
    kernel::in_threads(out.size(), threads, [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            for (const Neighbour& one : near[i])
                if (one.likeness >= least) out[i].push_back(one.number);
            const std::string_view body = texts[i].body;
            for (std::size_t n = 1; n < most_pieces && (n + 1) * piece <= body.size() + piece / 2; ++n)
                for (const Neighbour& one : index.neighbours("", body.substr(n * piece, piece), nearest, least))
                    if (one.number != i) out[i].push_back(one.number);
            std::sort(out[i].begin(), out[i].end());
            out[i].erase(std::unique(out[i].begin(), out[i].end()), out[i].end());
        }
    });
    return out;
}

Near merged(Near near, std::span<const Number> node, std::size_t nodes, std::size_t most) {
    Near out(nodes);
    for (std::size_t i = 0; i < near.size(); ++i) {
        std::erase_if(near[i], [&](const Neighbour& one) { return node[one.number] == node[i]; });
        for (Neighbour& one : near[i]) one.number = node[one.number];
        std::vector<Neighbour>& list = out[node[i]];
        if (list.empty())
            list = std::move(near[i]);
        else
            list.insert(list.end(), near[i].begin(), near[i].end());
        near[i] = std::vector<Neighbour>();  // `= {}` would keep its room
    }
    for (std::vector<Neighbour>& list : out) {
        std::sort(list.begin(), list.end(), [](const Neighbour& a, const Neighbour& b) {
            return a.number != b.number ? a.number < b.number : a.likeness > b.likeness;
        });
        list.erase(std::unique(list.begin(), list.end(),
                               [](const Neighbour& a, const Neighbour& b) { return a.number == b.number; }),
                   list.end());
        std::sort(list.begin(), list.end(), [](const Neighbour& a, const Neighbour& b) {
            return a.likeness != b.likeness ? a.likeness > b.likeness : a.number < b.number;
        });
        if (list.size() > most) list.resize(most);
    }
    return out;
}

std::vector<Edge> edges(const Near& near, const Districts& districts, std::size_t shared, double least_weight,
                        int threads) {
    // Of each its nearest and itself, ascending.
    std::vector<std::vector<Number>> circle(near.size());
    for (Number i = 0; i < near.size(); ++i) {
        circle[i].push_back(i);
        for (std::size_t j = 0; j < std::min(shared, near[i].size()); ++j) circle[i].push_back(near[i][j].number);
        std::sort(circle[i].begin(), circle[i].end());
    }
    const auto jaccard = [&circle](Number a, Number b) {
        const std::vector<Number>&x = circle[a], &y = circle[b];
        std::size_t both = 0;
        for (std::size_t i = 0, j = 0; i < x.size() && j < y.size();)
            if (x[i] == y[j])
                ++both, ++i, ++j;
            else if (x[i] < y[j])
                ++i;
            else
                ++j;
        return static_cast<double>(both) / static_cast<double>(x.size() + y.size() - both);
    };
    std::vector<std::vector<Edge>> from_each(near.size());
    kernel::in_threads(near.size(), threads, [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            const auto a = static_cast<Number>(i);
            for (const Neighbour& one : near[i]) {
                const double weight = one.likeness * (0.2 + 0.8 * jaccard(a, one.number));
                if (weight < least_weight || elsewhere(districts[a], districts[one.number])) continue;
                from_each[i].push_back({std::min(a, one.number), std::max(a, one.number), static_cast<float>(weight)});
            }
        }
    });
    std::vector<Edge> out;
    for (std::vector<Edge>& each : from_each) {
        out.insert(out.end(), each.begin(), each.end());
        each = std::vector<Edge>();
    }
    // Each pair may have been named by both, with the same likeness but for rounding.
    std::sort(out.begin(), out.end(), [](const Edge& x, const Edge& y) {
        return x.a != y.a ? x.a < y.a : x.b != y.b ? x.b < y.b : x.weight > y.weight;
    });
    out.erase(
        std::unique(out.begin(), out.end(), [](const Edge& x, const Edge& y) { return x.a == y.a && x.b == y.b; }),
        out.end());
    return out;
}

std::vector<std::vector<std::size_t>> parts(std::span<const float> likenesses, std::size_t n, double loose) {
    struct Branch {
        std::size_t left = 0, right = 0;
        std::vector<std::size_t> members;
        double within = 0;   // sum over its pairs
        double between = 0;  // mean over the pairs of its two branches
        double pairs() const { return static_cast<double>(members.size() * (members.size() - 1)) / 2; }
    };
    std::vector<Branch> tree(n);
    std::vector<std::size_t> open(n);  // roots so far
    std::vector<std::vector<double>> sum(
        n, std::vector<double>(n));  // over pairs between the roots at these places of `open`
    for (std::size_t i = 0; i < n; ++i) {
        open[i] = i;
        tree[i].members = {i};
        for (std::size_t j = 0; j < n; ++j) sum[i][j] = likenesses[i * n + j];
    }
    const auto mean = [&](std::size_t i, std::size_t j) {
        return sum[i][j] / static_cast<double>(tree[open[i]].members.size() * tree[open[j]].members.size());
    };
    // The nearest of each root, kept so that a step costs n and not n².
    std::vector<std::size_t> best(n);
    const auto find_best = [&](std::size_t i) {
        std::size_t found = i;
        for (std::size_t j = 0; j < open.size(); ++j)
            if (j != i && open[j] != n * 2 && (found == i || mean(i, j) > mean(i, found))) found = j;
        return found;
    };
    for (std::size_t i = 0; i < n; ++i) best[i] = find_best(i);
    for (std::size_t left = n; left > 1; --left) {
        std::size_t x = n;
        for (std::size_t i = 0; i < n; ++i)
            if (open[i] != n * 2 && (x == n || mean(i, best[i]) > mean(x, best[x]))) x = i;
        const std::size_t y = best[x];
        Branch joined{open[x], open[y], tree[open[x]].members, tree[open[x]].within + tree[open[y]].within + sum[x][y],
                      mean(x, y)};
        joined.members.insert(joined.members.end(), tree[open[y]].members.begin(), tree[open[y]].members.end());
        for (std::size_t j = 0; j < n; ++j) sum[x][j] += sum[y][j], sum[j][x] += sum[j][y];
        open[y] = n * 2;
        open[x] = tree.size();
        tree.push_back(std::move(joined));
        if (left == 2) break;
        for (std::size_t i = 0; i < n; ++i)
            if (open[i] != n * 2 && (i == x || best[i] == x || best[i] == y || mean(i, x) > mean(i, best[i])))
                best[i] = find_best(i);
    }
    std::vector<std::vector<std::size_t>> out;
    std::vector<std::size_t> look{tree.size() - 1};
    while (!look.empty()) {
        const Branch& branch = tree[look.back()];
        look.pop_back();
        if (branch.members.size() > 2) {
            const Branch &l = tree[branch.left], &r = tree[branch.right];
            const double pairs = l.pairs() + r.pairs();
            if (branch.between < loose * (l.within + r.within) / pairs) {
                look.push_back(branch.left);
                look.push_back(branch.right);
                continue;
            }
        }
        out.push_back(branch.members);
        std::sort(out.back().begin(), out.back().end());
    }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace text

#include "quality.h"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <unordered_map>

namespace text {

namespace {

double f_of(double precision, double recall) {
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}
double pairs(double n) { return n * (n - 1) / 2; }

}  // namespace

Quality quality(std::span<const std::uint32_t> group, std::span<const int> issue) {
    if (group.size() != issue.size()) throw std::invalid_argument("quality: as many groups as issues");
    std::unordered_map<std::uint32_t, std::size_t> group_size;
    std::map<int, std::size_t> issue_size;
    std::map<std::pair<int, std::uint32_t>, std::size_t> both;
    for (std::size_t i = 0; i < group.size(); ++i) {
        ++group_size[group[i]];
        if (issue[i] < 0) continue;
        ++issue_size[issue[i]];
        ++both[{issue[i], group[i]}];
    }
    Quality q;
    for (const auto& [g, n] : group_size) q.largest = std::max(q.largest, n);
    q.issues = static_cast<int>(issue_size.size());
    if (issue_size.empty()) return q;

    double in_issues = 0, right_pairs = 0, said_pairs = 0, all_pairs = 0;
    std::map<int, double> best;
    std::unordered_map<std::uint32_t, double> marked;  // of a group: messages that are in an issue
    for (const auto& [key, n] : both) {
        const auto& [of, g] = key;
        const auto common = static_cast<double>(n), size = static_cast<double>(group_size[g]),
                   whole = static_cast<double>(issue_size[of]);
        in_issues += common;
        q.precision += common * common / size;
        q.recall += common * common / whole;
        best[of] = std::max(best[of], f_of(common / size, common / whole));
        right_pairs += pairs(common);
        marked[g] += common;
    }
    for (const auto& [g, n] : marked)
        said_pairs += pairs(static_cast<double>(group_size[g])) - pairs(static_cast<double>(group_size[g]) - n);
    for (const auto& [of, n] : issue_size) all_pairs += pairs(static_cast<double>(n));
    q.precision /= in_issues;
    q.recall /= in_issues;
    q.f = f_of(q.precision, q.recall);
    q.pair_precision = said_pairs > 0 ? right_pairs / said_pairs : 0;
    q.pair_recall = all_pairs > 0 ? right_pairs / all_pairs : 0;
    q.pair_f = f_of(q.pair_precision, q.pair_recall);
    for (const auto& [of, f] : best) {
        q.issue_f += f / static_cast<double>(best.size());
        q.found += f >= 0.6;
    }
    return q;
}

double macro_f(std::span<const int> is, std::span<const int> said, std::vector<LabelQuality>* each) {
    if (is.size() != said.size()) throw std::invalid_argument("macro_f: as many labels as answers");
    std::map<int, LabelQuality> labels;
    std::map<int, double> right, answers;
    for (std::size_t i = 0; i < is.size(); ++i) {
        ++labels[is[i]].n;
        answers[said[i]] += 1;
        if (is[i] == said[i]) right[is[i]] += 1;
    }
    double sum = 0;
    for (auto& [label, q] : labels) {
        q.label = label;
        q.precision = answers[label] > 0 ? right[label] / answers[label] : 0;
        q.recall = right[label] / q.n;
        q.f = f_of(q.precision, q.recall);
        sum += q.f;
        if (each) each->push_back(q);
    }
    return labels.empty() ? 0 : sum / static_cast<double>(labels.size());
}

}  // namespace text

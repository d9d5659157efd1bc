// How well groups that were found agree with groups that people made.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace text {

struct Quality {
    // B-cubed: over the messages that people put into an issue. Precision: share of the message's group that is of its
    // issue, everything else in the group is an error; recall: share of its issue that is in its group. F of the two
    // means.
    double precision = 0, recall = 0, f = 0;
    // Pairs in one group of which at least one message is in an issue.
    double pair_precision = 0, pair_recall = 0, pair_f = 0;
    double issue_f = 0;  // mean over issues of the best group's F
    int issues = 0;
    int found = 0;            // issues whose best F is at least .6
    std::size_t largest = 0;  // group, of all messages
};

// Of each message its group, and its issue or -1. Throws std::invalid_argument where the lengths differ.
Quality quality(std::span<const std::uint32_t> group, std::span<const int> issue);

// Precision and recall of labels, and the mean of their F over labels: macro F1.
struct LabelQuality {
    int label = 0;
    int n = 0;
    double precision = 0, recall = 0, f = 0;
};
double macro_f(std::span<const int> is, std::span<const int> said, std::vector<LabelQuality>* each = nullptr);

}  // namespace text

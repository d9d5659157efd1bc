#include "quality.h"

#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace {

TEST(Quality, by_hand) {
    // Issue 0: messages 0 1 2; issue 1: 3 4; 5 and 6 are outsiders. Groups: {0, 1, 5}, {2, 3, 4}, {6}.
    const std::uint32_t group[] = {0, 0, 1, 1, 1, 0, 2};
    const int issue[] = {0, 0, 0, 1, 1, -1, -1};
    const text::Quality q = text::quality(group, issue);
    EXPECT_DOUBLE_EQ(q.precision, (2.0 / 3 + 2.0 / 3 + 1.0 / 3 + 2.0 / 3 + 2.0 / 3) / 5);
    EXPECT_DOUBLE_EQ(q.recall, (2.0 / 3 + 2.0 / 3 + 1.0 / 3 + 1 + 1) / 5);
    EXPECT_DOUBLE_EQ(q.pair_precision, 2.0 / 6);  // 01 and 34, of 01 05 15 23 24 34
    EXPECT_DOUBLE_EQ(q.pair_recall, 2.0 / 4);
    EXPECT_DOUBLE_EQ(q.issue_f, (2.0 / 3 + 0.8) / 2);
    EXPECT_EQ(q.found, 2);
    EXPECT_EQ(q.largest, 3U);
    EXPECT_THROW(text::quality(group, std::span(issue).first(3)), std::invalid_argument);
    EXPECT_EQ(text::quality({}, {}).issues, 0);
}

// B-cubed and pairs as they are defined, message by message.
RC_GTEST_PROP(Quality, slow_twin, ()) {
    const auto n = *rc::gen::inRange<std::size_t>(1, 40);
    const auto group = *rc::gen::container<std::vector<std::uint32_t>>(n, rc::gen::inRange<std::uint32_t>(0, 6));
    const auto issue = *rc::gen::container<std::vector<int>>(n, rc::gen::inRange(-1, 4));
    double precision = 0, recall = 0, marked = 0, right = 0, said = 0, all = 0;
    for (std::size_t i = 0; i < n; ++i) {
        double both = 0, in_group = 0, in_issue = 0;
        for (std::size_t j = 0; j < n; ++j) {
            const bool g = group[i] == group[j], s = issue[i] >= 0 && issue[i] == issue[j];
            both += g && s, in_group += g, in_issue += s;
            if (j <= i) continue;
            right += g && s, all += s;
            said += g && (issue[i] >= 0 || issue[j] >= 0);
        }
        if (issue[i] < 0) continue;
        marked += 1, precision += both / in_group, recall += both / in_issue;
    }
    const text::Quality q = text::quality(group, issue);
    const auto near = [](double a, double b) { return std::abs(a - b) < 1e-9; };
    if (marked > 0) RC_ASSERT(near(q.precision, precision / marked) && near(q.recall, recall / marked));
    RC_ASSERT(near(q.pair_precision, said > 0 ? right / said : 0));
    RC_ASSERT(near(q.pair_recall, all > 0 ? right / all : 0));
}

TEST(Labels, macro_f_by_hand) {
    const int is[] = {0, 0, 1, 1, 2}, said[] = {0, 1, 1, 1, 0};
    std::vector<text::LabelQuality> each;
    EXPECT_DOUBLE_EQ(text::macro_f(is, said, &each), (0.5 + 0.8 + 0) / 3);
    ASSERT_EQ(each.size(), 3U);
    EXPECT_DOUBLE_EQ(each[1].precision, 2.0 / 3);
    EXPECT_EQ(text::macro_f({}, {}), 0);
}

}  // namespace

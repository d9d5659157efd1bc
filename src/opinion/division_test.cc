#include "division.h"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace {

TEST(Division, table) {
    using opinion::Opinions;
    EXPECT_FALSE(opinion::spread({}).has_value());
    EXPECT_FALSE(opinion::spread({{100, 0, 0}}).has_value()) << "one group is not apart from anybody";
    EXPECT_FALSE(opinion::spread({{100, 0, 0}, {0, 9, 0}}).has_value()) << "nine votes are too few";
    EXPECT_DOUBLE_EQ(opinion::spread({{100, 0, 0}, {0, 100, 0}}).value(), 1);
    EXPECT_DOUBLE_EQ(opinion::spread({{100, 0, 0}, {200, 0, 0}}).value(), 0);
    EXPECT_DOUBLE_EQ(opinion::spread({{50, 50, 0}, {0, 0, 100}, {0, 3, 0}}).value(),
                     2 * std::sqrt(0.0625 - 0.5 * 0.25 / 99));
    EXPECT_DOUBLE_EQ(opinion::spread({{5, 5, 0}, {6, 4, 0}}).value(), 0) << "by chance alone as far apart";
    EXPECT_LT(opinion::spread({{1000, 0, 0}, {0, 10, 0}}).value(), 0.25) << "a few against many";
    EXPECT_FALSE(opinion::division({}).has_value());
    const Opinions apart{{100, 0, 0}, {0, 100, 0}}, alike{{300, 0, 0}, {300, 0, 0}}, unknown{{7, 0, 0}, {0, 9, 0}};
    const Opinions all[] = {apart, unknown, alike};
    const opinion::Division of = opinion::division(all).value();
    EXPECT_DOUBLE_EQ(of.division, 200.0 / 800);
    EXPECT_EQ(of.statements, 2);
    EXPECT_EQ(of.votes, 800);
    EXPECT_FALSE(opinion::division({&unknown, 1}).has_value()) << "not known, and not 0";
}

RC_GTEST_PROP(Division, lies_between_0_and_1_and_the_order_of_groups_says_nothing, ()) {
    const auto count = rc::gen::inRange<std::int64_t>(0, 200);
    opinion::Opinions all =
        *rc::gen::container<opinion::Opinions>(rc::gen::map(rc::gen::tuple(count, count, count), [](const auto& of) {
            return opinion::GroupVotes{std::get<0>(of), std::get<1>(of), std::get<2>(of)};
        }));
    const auto one = opinion::spread(all);
    const auto other = opinion::spread({all.rbegin(), all.rend()});
    RC_ASSERT(one.has_value() == other.has_value());
    if (one) RC_ASSERT(*one >= 0 && *one <= 1 && std::abs(*one - *other) < 1e-9);
}

}  // namespace

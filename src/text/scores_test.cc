#include "scores.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace {

using text::Said;

constexpr std::int64_t day = 86'400'000;
const kernel::Instant today{20'000 * day};
Said said(std::int64_t person, std::int64_t days_ago, std::int64_t supporters = 0, bool copy = false) {
    return {person, today + -days_ago * day, supporters, copy};
}

TEST(Heat, table) {
    EXPECT_EQ(text::heat({}, today).heat, 0);
    const Said one[] = {said(1, 0)};
    EXPECT_DOUBLE_EQ(text::heat(one, today).heat, 1.25);  // growth of one newcomer after none
    const Said old[] = {said(1, 30), said(2, 30)};
    EXPECT_DOUBLE_EQ(text::heat(old, today).growth, 1 + std::log2(1.0 / 3) / 4);
    EXPECT_DOUBLE_EQ(text::heat(old, today).heat, (1 + std::log2(1.0 / 3) / 4) * 1);
    const Said liked[] = {said(1, 0, 15)};
    EXPECT_DOUBLE_EQ(text::heat(liked, today).heat, 1.25 * 2);
}

TEST(Heat, one_person_is_one_however_often_they_post) {
    std::vector<Said> eleven(11, said(7, 3));
    const Said once[] = {said(7, 3)};
    EXPECT_EQ(text::heat(eleven, today).heat, text::heat(once, today).heat);
    EXPECT_EQ(text::heat(eleven, today).people, 1);
    const Said two_of_whom_nothing_is_known[] = {said(0, 3), said(0, 3)};
    EXPECT_EQ(text::heat(two_of_whom_nothing_is_known, today).people, 2);
}

TEST(Heat, one_message_that_thousands_like_is_not_hotter_than_fifty_people) {
    const Said liked[] = {said(1, 0, 2097)};
    std::vector<Said> fifty;
    for (int i = 0; i < 50; ++i) fifty.push_back(said(i + 1, i));
    EXPECT_GT(text::heat(fifty, today).heat, 4 * text::heat(liked, today).heat);
}

TEST(Heat, the_discount_of_a_campaign_is_shown) {
    std::vector<Said> all{said(1, 0)};
    for (int i = 2; i < 102; ++i) all.push_back(said(i, 0, 0, true));
    const text::Heat heat = text::heat(all, today);
    EXPECT_EQ(heat.copying, 100);
    EXPECT_DOUBLE_EQ(heat.heat / heat.growth, 1 + 100 * 0.25);
    EXPECT_DOUBLE_EQ(heat.without_discount / heat.growth, 101);
    all.push_back(said(2, 0));  // who also used words of their own is no copy
    EXPECT_EQ(text::heat(all, today).copying, 99);
}

RC_GTEST_PROP(Heat, does_not_hang_on_the_order_and_never_falls_with_another_person, ()) {
    auto all = *rc::gen::container<std::vector<Said>>(rc::gen::map(
        rc::gen::tuple(rc::gen::inRange<std::int64_t>(0, 9), rc::gen::inRange<std::int64_t>(-5, 400),
                       rc::gen::inRange<std::int64_t>(-2, 50), rc::gen::arbitrary<bool>()),
        [](const auto& of) { return said(std::get<0>(of), std::get<1>(of), std::get<2>(of), std::get<3>(of)); }));
    const text::Heat one = text::heat(all, today);
    RC_ASSERT(std::isfinite(one.heat));
    RC_ASSERT(one.heat >= 0 && one.heat <= one.without_discount);
    std::vector<Said> turned(all.rbegin(), all.rend());
    RC_ASSERT(text::heat(turned, today).heat == one.heat);
    all.push_back(said(99, 0));
    RC_ASSERT(text::heat(all, today).heat > one.heat);
}

TEST(Difficulty, table) {
    EXPECT_EQ(text::difficulty({}).difficulty, 0);
    EXPECT_DOUBLE_EQ(text::difficulty({30, 0, 0, 0, 0}).difficulty, 1);
    EXPECT_DOUBLE_EQ(text::difficulty({90, 1, 2, 3, 1}).difficulty, 2 + 1 + 1 + 1 + 2);
    EXPECT_DOUBLE_EQ(text::difficulty({0, 0, 0, 1, 0}).difficulty, 0);  // the first way is no fault
    EXPECT_DOUBLE_EQ(text::difficulty({-5, -1, -1, -1, -1}).difficulty, 0);
}

TEST(Focus, table) {
    EXPECT_EQ(text::focus({}), 0);
    EXPECT_DOUBLE_EQ(text::focus({1, 1, 1, 0, 0, 0}), 1.0 / 7);
    EXPECT_DOUBLE_EQ(text::focus({10, 10, 2, 3, 1, 3}), 10.0 / 25);
    EXPECT_EQ(text::focus({0, 0, 100, 100, 100, 100}), 1);
}

}  // namespace

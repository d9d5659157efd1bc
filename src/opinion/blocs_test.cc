// Blocs that were put in are found, and nobody else.
#include "blocs.h"

#include <gtest/gtest.h>

#include "drawn.h"
#include "golden.h"
#include "testing.h"

namespace opinion {
namespace {

std::vector<Bloc> found_in(const Votes& votes, int threads = 2) {
    const Picture is = picture(votes, threads);
    return blocs(votes, is.grouping.group_of, is.grouping.groups.size(), threads);
}

TEST(Blocs, NobodyIsFlaggedInRealConversations) {
    for (const char* name : {"london", "biodiversity", "farmland", "uberx", "bowling-green", "production"})
        EXPECT_TRUE(found_in(golden::votes(name, golden::json(name))).empty()) << name;
}

TEST(Blocs, NorAmongMadePeople) {
    for (const std::uint64_t seed : {1, 2, 3})
        EXPECT_TRUE(found_in(made::Population({2000, 300, seed}).all(2)).empty()) << seed;
    EXPECT_TRUE(found_in(made::Population({20'000, 800, 4}).all(2)).empty());
}

class Put : public ::testing::TestWithParam<std::tuple<std::size_t, int>> {};
INSTANTIATE_TEST_SUITE_P(Of, Put,
                         ::testing::Combine(::testing::Values(20, 100, 1000, 5000), ::testing::Values(0, 5, 10)),
                         [](const auto& of) {
                             return std::to_string(std::get<0>(of.param)) + "With" +
                                    std::to_string(std::get<1>(of.param));
                         });

TEST_P(Put, IsFound) {
    const auto [size, changed] = GetParam();
    Votes votes = made::Population({2000, 600, 7, 3.5}).all(2);
    const auto honest = static_cast<Person>(votes.people());
    made::put_bloc(votes, {size, 20, changed, 3});
    std::size_t members = 0, others = 0;
    const std::vector<Bloc> found = found_in(votes);
    EXPECT_EQ(found.size(), 1U);
    for (const Bloc& one : found)
        for (const Person member : one.members) ++(member < honest ? others : members);
    EXPECT_EQ(others, 0U);
    EXPECT_GE(members, size * 9 / 10);
    for (const Bloc& one : found) {
        EXPECT_LE(50 * one.by_chance, static_cast<double>(one.members.size()));
        EXPECT_FALSE(one.one_answer);
    }
}

// Copies of somebody real are found, and of others that one person alone is taken for one of them.
TEST(Blocs, CopiesOfOnePersonAmongRealOnes) {
    for (const char* name : {"biodiversity", "farmland", "bowling-green"}) {
        Votes votes = golden::votes(name, golden::json(name));
        const auto honest = static_cast<Person>(votes.people());
        const Person who = made::put_copies(votes, {100, 0, 5, 2});
        const std::vector<Bloc> found = found_in(votes);
        ASSERT_EQ(found.size(), 1U) << name;
        std::size_t copies = 0;
        for (const Person one : found[0].members) {
            EXPECT_TRUE(one >= honest || one == who) << name << " " << one;
            copies += one >= honest;
        }
        EXPECT_GE(copies, 95U) << name;
    }
}

TEST(Blocs, SeveralAtOnceStayApart) {
    Votes votes = made::Population({3000, 500, 5}).all(2);
    const auto honest = static_cast<Person>(votes.people());
    for (std::uint64_t i = 0; i < 4; ++i) made::put_bloc(votes, {50 + 30 * i, 15, 0, 10 + i});
    const std::vector<Bloc> found = found_in(votes);
    ASSERT_EQ(found.size(), 4U);
    std::set<Person> seen;
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(found[i].members.size(), 140U - 30 * i) << "the largest first";
        EXPECT_GE(found[i].members[0], honest);
        for (const Person one : found[i].members) EXPECT_TRUE(seen.insert(one).second);
    }
}

TEST(Blocs, ThreadsDoNotChangeThem) {
    Votes votes = made::Population({20'000, 400, 6}).all(2);
    made::put_bloc(votes, {200, 20, 8, 1});
    const Picture is = picture(votes, 2);
    const auto one = blocs(votes, is.grouping.group_of, is.grouping.groups.size(), 1);
    const auto five = blocs(votes, is.grouping.group_of, is.grouping.groups.size(), 5);
    ASSERT_EQ(one.size(), five.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        EXPECT_EQ(one[i].members, five[i].members);
        EXPECT_EQ(one[i].votes, five[i].votes);
        EXPECT_EQ(one[i].by_chance, five[i].by_chance);
    }
}

TEST(Blocs, WithoutThemThePictureIsThatOfTheOthers) {
    const Votes before = made::Population({2000, 300, 9}).all(2);
    Votes votes = without(before, {});
    made::put_bloc(votes, {500, 20, 0, 2});
    const Votes rest = without(votes, found_in(votes));
    EXPECT_EQ(rest.votes(), before.votes());
    const Picture a = picture(before, 2), b = picture(rest, 2);
    for (Person p = 0; p < before.people(); ++p) ASSERT_EQ(a.grouping.group_of[p], b.grouping.group_of[p]);
}

}  // namespace
}  // namespace opinion

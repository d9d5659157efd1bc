// Conversations that are hardly ones.
#include <gtest/gtest.h>

#include "blocs.h"
#include "drawn.h"
#include "placement.h"
#include "stability.h"

namespace opinion {
namespace {

// All that is made of votes, also from a picture of what was before: finite, and the same twice.
Picture all_of(const Votes& votes, const Picture* before = nullptr) {
    const Picture out = picture(votes, 2, before);
    EXPECT_TRUE(drawn::finite(out));
    EXPECT_EQ(drawn::bytes(picture(votes, 5, before)), drawn::bytes(out));
    const Placements placed = placements(votes, out, 2);
    for (const Placement& one : placed.of) EXPECT_TRUE(std::isfinite(one.z));
    for (const double one : stability(votes, out, 2).groups) EXPECT_TRUE(one >= 0 && one <= 1 + 1e-12);
    blocs(votes, out.grouping.group_of, out.grouping.groups.size(), 2);
    return out;
}
Votes filled(std::size_t people, std::size_t statements, Vote vote) {
    Votes out;
    out.grow(people, statements);
    for (Person p = 0; p < people; ++p)
        for (Statement s = 0; s < statements; ++s) out.set(p, s, vote);
    return out;
}

TEST(Robust, NobodyVoted) {
    EXPECT_TRUE(all_of(Votes()).grouping.groups.empty());
    Votes votes;
    votes.grow(30, 20);
    const Picture is = all_of(votes);
    EXPECT_TRUE(is.placed.empty());
    EXPECT_TRUE(is.grouping.groups.empty());
    EXPECT_TRUE(is.consensus.agree.empty());
    EXPECT_EQ(is.components.eigenvalues[0], 0);
    EXPECT_GT(is.priorities[0], 0) << "what nobody saw can be asked";
}

TEST(Robust, OnePersonOneStatement) {
    const Picture person = all_of(filled(1, 10, Vote::agree));
    EXPECT_EQ(person.grouping.groups.size(), 1U);
    EXPECT_EQ(person.grouping.groups[0].people, 1U);
    Votes one = filled(40, 1, Vote::agree);
    for (Person p = 0; p < 20; ++p) one.set(p, 0, Vote::disagree);
    const Picture statement = all_of(one);
    EXPECT_EQ(statement.grouping.groups.size(), 2U);
    EXPECT_EQ(statement.components.eigenvalues[1], 0);
    EXPECT_NEAR(*statement.spread[0], 1, 1e-12);
    all_of(filled(1, 1, Vote::pass));
}

TEST(Robust, EveryonePassesOrSaysTheSame) {
    for (const Vote vote : {Vote::pass, Vote::agree, Vote::disagree}) {
        const Votes votes = filled(200, 30, vote);
        const Picture is = all_of(votes);
        ASSERT_EQ(is.grouping.groups.size(), 1U);
        EXPECT_EQ(is.grouping.groups[0].people, 200U);
        EXPECT_EQ(is.components.eigenvalues[0], 0);
        EXPECT_EQ(is.grouping.silhouette, 0);
        EXPECT_FALSE(is.spread[0].has_value()) << "one group differs from nobody";
        EXPECT_EQ(is.consensus.agree.size(), vote == Vote::agree ? 5U : 0U);
        EXPECT_TRUE(blocs(votes, is.grouping.group_of, 1, 2).empty()) << "there is nobody else to compare with";
    }
}

TEST(Robust, IdenticalRowsInTwoKinds) {
    Votes votes = filled(100, 20, Vote::agree);
    for (Person p = 0; p < 40; ++p)
        for (Statement s = 0; s < 10; ++s) votes.set(p, s, Vote::disagree);
    const Picture is = all_of(votes);
    ASSERT_EQ(is.grouping.groups.size(), 2U);
    EXPECT_NEAR(is.grouping.silhouette_of_people, 1, 1e-12);
    EXPECT_NEAR(is.components.shares[0], 1, 1e-12);
    EXPECT_EQ(is.components.eigenvalues[1], 0);
    const Placements sure = placements(votes, is, 2);
    for (const auto& one : sure.counts) EXPECT_EQ(one[0] + one[1], 0U);
    const Stability stable = stability(votes, is, 2);
    for (const double one : stable.groups) EXPECT_DOUBLE_EQ(one, 1);
    EXPECT_EQ(stable.same_number, 1);
}

TEST(Robust, ABlocThatDisagreesWithEverything) {
    Votes votes = drawn::votes(400, 40, 60, 5);
    votes.grow(480, 40);
    for (Person p = 400; p < 480; ++p)
        for (Statement s = 0; s < 40; ++s) votes.set(p, s, Vote::disagree);
    const Picture is = all_of(votes);
    const auto found = blocs(votes, is.grouping.group_of, is.grouping.groups.size(), 2);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].members.size(), 80U);
    EXPECT_EQ(found[0].members.front(), 400U);
    EXPECT_TRUE(found[0].one_answer);
    const Votes rest = without(votes, found);
    EXPECT_EQ(rest.people(), votes.people());
    EXPECT_TRUE(rest.row(400).empty());
    EXPECT_EQ(rest.votes(), votes.votes() - 80 * 40);
}

TEST(Robust, AHundredThousandWithOneVote) {
    Votes votes = drawn::votes(300, 30, 70, 8);
    const Picture small = picture(votes, 2);
    votes.grow(100'300, 30);
    for (Person p = 300; p < 100'300; ++p) votes.set(p, p % 30, p % 3 == 0 ? Vote::disagree : Vote::agree);
    const Picture is = all_of(votes, &small);
    EXPECT_EQ(is.placed.size(), small.placed.size());
    EXPECT_EQ(is.grouping.group_of[500], nowhere);
}

TEST(Robust, AllModeratedOut) {
    Votes votes = drawn::votes(100, 20, 80, 2);
    const Picture before = picture(votes, 2);
    for (Statement s = 0; s < 20; ++s) votes.hide(s, true);
    const Picture is = all_of(votes, &before);
    EXPECT_EQ(is.grouping.groups.size(), 1U);
    EXPECT_TRUE(is.telling[0].empty());
    EXPECT_TRUE(is.consensus.agree.empty());
    EXPECT_EQ(is.components.eigenvalues[0], 0);
    votes.mark_meta(3, true);
    EXPECT_EQ(all_of(votes).priorities[3], meta_priority);
}

TEST(Robust, AStatementWithOneVote) {
    Votes votes = drawn::votes(100, 20, 80, 2);
    const Picture before = picture(votes, 2);
    votes.grow(100, 21);
    votes.set(7, 20, Vote::agree);
    const Picture is = all_of(votes, &before);
    EXPECT_NEAR(is.components.loadings[20][0], 0, 1e-12) << "one vote is its own mean";
    EXPECT_FALSE(is.spread[20].has_value());
    EXPECT_GT(is.priorities[20], *std::max_element(is.priorities.begin(), is.priorities.begin() + 20) / 100);
}

TEST(Robust, EverythingTakenBack) {
    Votes votes = drawn::votes(60, 15, 80, 4);
    const Picture before = picture(votes, 2);
    for (Person p = 0; p < 60; ++p)
        for (Statement s = 0; s < 15; ++s) votes.set(p, s, std::nullopt);
    EXPECT_EQ(votes.votes(), 0U);
    EXPECT_EQ(votes.columns(), 0U);
    EXPECT_TRUE(all_of(votes, &before).grouping.groups.empty());
}

TEST(Robust, OneGroupIsNotCutApart) {
    // One opinion with noise: groups come out, and their silhouette and stability say what they are worth.
    Votes votes;
    votes.grow(600, 40);
    Scatter scatter(9);
    for (Person p = 0; p < 600; ++p)
        for (Statement s = 0; s < 40; ++s)
            if (scatter.below(2) == 0) votes.set(p, s, scatter.below(10) < 7 ? Vote::agree : Vote::disagree);
    const Picture is = all_of(votes);
    EXPECT_LT(is.grouping.silhouette_of_people, 0.45);
    double least = 1;
    for (const double one : stability(votes, is, 2).groups) least = std::min(least, one);
    EXPECT_LT(least, 0.6);
}

TEST(Robust, TooLargeIsRefused) {
    Votes votes;
    EXPECT_THROW(votes.grow(1, std::size_t{Votes::most_statements} + 1), std::length_error);
    EXPECT_THROW(votes.grow(std::size_t{UINT32_MAX} + 1, 1), std::length_error);
}

}  // namespace
}  // namespace opinion

// What must not change a picture, and what a change may.
#include "picture.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

#include "drawn.h"
#include "golden.h"

namespace opinion {
namespace {

struct Cell {
    Person person;
    Statement statement;
    Vote vote;
};
std::vector<Cell> cells(const Votes& votes) {
    std::vector<Cell> out;
    for (Person p = 0; p < votes.people(); ++p)
        for (const Votes::Code code : votes.row(p)) out.push_back({p, Votes::statement_of(code), Votes::vote_of(code)});
    return out;
}
template <class T>
void shuffle(std::vector<T>& all, Scatter& scatter) {
    for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[scatter.below(i)]);
}
Votes drawn_votes(Scatter& scatter) {
    return drawn::votes(20 + scatter.below(80), 8 + scatter.below(30), 20 + scatter.below(70), scatter());
}
Scatter any() { return Scatter(*rc::gen::arbitrary<std::uint64_t>()); }

RC_GTEST_PROP(Order, OfArrivalDoesNotMatter, ()) {
    Scatter scatter = any();
    const Votes votes = drawn_votes(scatter);
    std::vector<Cell> all = cells(votes);
    shuffle(all, scatter);
    Votes later;
    for (const Cell& one : all) {
        // Some votes come wrong at first, some are cast, taken back and cast again.
        later.grow(votes.people(), votes.statements());
        if (scatter.below(5) == 0) later.set(one.person, one.statement, Vote::pass);
        if (scatter.below(5) == 0) later.set(one.person, one.statement, std::nullopt);
        later.set(one.person, one.statement, one.vote);
    }
    RC_ASSERT(later.votes() == votes.votes());
    RC_ASSERT(later.columns() == votes.columns());
    RC_ASSERT(drawn::bytes(picture(later, 1)) == drawn::bytes(picture(votes, 1)));
}

RC_GTEST_PROP(Order, VotesSetAndTakenBackLeaveNoTrace, ()) {
    Scatter scatter = any();
    Votes votes = drawn_votes(scatter);
    const std::string before = drawn::bytes(picture(votes, 1));
    for (int i = 0; i < 50; ++i) {
        const auto person = static_cast<Person>(scatter.below(votes.people()));
        const auto statement = static_cast<Statement>(scatter.below(votes.statements()));
        const auto was = votes.set(person, statement, static_cast<Vote>(static_cast<int>(scatter.below(3)) - 1));
        RC_ASSERT(votes.get(person, statement).has_value());
        votes.set(person, statement, was);
        votes.hide(statement, true);
        votes.mark_meta(statement, true);
        votes.hide(statement, false);
        RC_ASSERT(votes.hidden(statement));
        votes.mark_meta(statement, false);
    }
    RC_ASSERT(drawn::bytes(picture(votes, 1)) == before);
}

RC_GTEST_PROP(Order, OfRowsAndColumnsPermutesTheComponents, ()) {
    Scatter scatter = any();
    const Votes votes = drawn_votes(scatter);
    std::vector<std::uint32_t> row(votes.people()), column(votes.statements());
    std::iota(row.begin(), row.end(), 0U);
    std::iota(column.begin(), column.end(), 0U);
    shuffle(row, scatter);
    shuffle(column, scatter);
    Votes other;
    other.grow(votes.people(), votes.statements());
    for (const Cell& one : cells(votes)) other.set(row[one.person], column[one.statement], one.vote);
    const Picture a = picture(votes, 1), b = picture(other, 1);
    for (int c = 0; c < 2; ++c)
        RC_ASSERT(std::abs(a.components.eigenvalues[static_cast<std::size_t>(c)] -
                           b.components.eigenvalues[static_cast<std::size_t>(c)]) < 1e-9 * a.components.eigenvalues[0]);
    // The third is not known: where the second stands out little, or two loadings are as large, signs may differ.
    for (int c = 0; c < 2; ++c) {
        double dot = 0;
        for (Statement s = 0; s < votes.statements(); ++s)
            dot += a.components.loadings[s][c] * b.components.loadings[column[s]][c];
        if (a.components.shares[0] - a.components.shares[1] < 0.02 || a.components.shares[1] < 0.12) continue;
        RC_ASSERT(std::abs(std::abs(dot) - 1) < 1e-6);
    }
    RC_ASSERT(a.placed.size() == b.placed.size());
    for (const Person one : a.placed)  // where there are too few, the first of as many votes are placed too
        RC_ASSERT(votes.row(one).size() < least_votes ||
                  std::binary_search(b.placed.begin(), b.placed.end(), row[one]));
}

TEST(Threads, DoNotChangeAByte) {
    for (const char* name : {"uberx", "bowling-green"}) {
        const Votes votes = golden::votes(name, golden::json(name));
        const std::string one = drawn::bytes(picture(votes, 1));
        EXPECT_EQ(drawn::bytes(picture(votes, 2)), one);
        EXPECT_EQ(drawn::bytes(picture(votes, 5)), one);
    }
}

// Warm and cold are both within the bound of the true directions: residual * λ₁ / gap (Davis & Kahan).
TEST(Warm, EqualsColdAfterChanges) {
    for (const char* name : {"london", "farmland", "uberx", "bowling-green"}) {
        Votes votes = golden::votes(name, golden::json(name));
        Scatter scatter(11);
        Picture last = picture(votes, 2);
        for (int round = 0; round < 4; ++round) {
            for (int i = 0; i < 30; ++i) {
                const auto person = static_cast<Person>(scatter.below(votes.people() + 1));
                const auto statement = static_cast<Statement>(scatter.below(votes.statements() + 1));
                votes.grow(person + std::size_t{1}, statement + std::size_t{1});
                votes.set(person, statement, static_cast<Vote>(static_cast<int>(scatter.below(3)) - 1));
            }
            votes.hide(static_cast<Statement>(scatter.below(votes.statements())), round % 2 == 0);
            const Picture cold = picture(votes, 2), warm = picture(votes, 2, &last);
            EXPECT_LE(warm.components.residual, tolerance);
            EXPECT_LE(warm.components.passes, cold.components.passes) << name;
            for (Statement s = 0; s < votes.statements(); ++s)
                for (int c = 0; c < 2; ++c)
                    ASSERT_NEAR(warm.components.loadings[s][c], cold.components.loadings[s][c], 1e-9) << name;
            for (const Person p : cold.placed) {
                ASSERT_NEAR(warm.places[p].x, cold.places[p].x, 1e-8);
                ASSERT_NEAR(warm.places[p].y, cold.places[p].y, 1e-8);
            }
            EXPECT_EQ(warm.grouping.group_of, cold.grouping.group_of) << name;
            last = warm;
        }
    }
}

TEST(Starts, TakeOtherGroupsOnlyIfTheyAreFartherApart) {
    for (const char* name : {"london", "biodiversity", "farmland", "uberx", "bowling-green"}) {
        const Votes votes = golden::votes(name, golden::json(name));
        const Picture cold = picture(votes, 1, nullptr, Starts::cold), several = picture(votes, 1);
        EXPECT_EQ(cold.grouping.groups.size(), several.grouping.groups.size());
        EXPECT_EQ(cold.grouping.silhouettes, several.grouping.silhouettes);
        EXPECT_GE(several.grouping.silhouette_of_people, cold.grouping.silhouette_of_people);
        std::uint32_t people = 0;
        for (const Group& one : several.grouping.groups) people += one.people;
        EXPECT_EQ(people, several.placed.size());
    }
}

TEST(Starts, TheOrderOfPeopleDoesNotNameTheGroups) {
    constexpr Person people = 30;
    const auto camps = [](bool turned) {
        Votes votes;
        votes.grow(people, 12);
        for (Person p = 0; p < people; ++p) {
            const Person who = turned ? people - 1 - p : p;
            for (Statement s = 0; s < 12; ++s)
                votes.set(p, s, (s % 3 == who % 3) != (who % 7 == s) ? Vote::agree : Vote::disagree);
        }
        return picture(votes, 1);
    };
    const Picture one = camps(false), turned = camps(true);
    ASSERT_GE(one.grouping.groups.size(), 2U);
    ASSERT_EQ(one.grouping.groups.size(), turned.grouping.groups.size());
    for (Person p = 0; p < people; ++p)
        EXPECT_EQ(one.grouping.group_of[p], turned.grouping.group_of[people - 1 - p]) << p;
    for (std::size_t g = 1; g < one.grouping.groups.size(); ++g)
        EXPECT_LE(one.grouping.groups[g - 1].centre.x, one.grouping.groups[g].centre.x);
}

}  // namespace
}  // namespace opinion

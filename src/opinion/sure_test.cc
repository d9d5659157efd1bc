// How sure placements and groups are said to be, against what happens when votes or people are left out.
#include <gtest/gtest.h>

#include "blocs.h"
#include "drawn.h"
#include "golden.h"
#include "lloyd.h"
#include "placement.h"
#include "stability.h"

namespace opinion {
namespace {

// By leaving out one vote after another.
double slow_z(const Votes& votes, const Picture& is, Person person) {
    const auto g = static_cast<std::size_t>(is.grouping.group_of[person]);
    const Point place = is.places[person];
    std::size_t h = g == 0 ? 1 : 0;
    for (std::size_t one = 0; one < is.grouping.groups.size(); ++one)
        if (one != g && apart(place, is.grouping.groups[one].centre) < apart(place, is.grouping.groups[h].centre))
            h = one;
    const Point a = is.grouping.groups[g].centre, b = is.grouping.groups[h].centre;
    const double length = std::sqrt(apart(a, b));
    const auto along = [&](const Point& p) {
        return ((p.x - (a.x + b.x) / 2) * (a.x - b.x) + (p.y - (a.y + b.y) / 2) * (a.y - b.y)) / length;
    };
    std::vector<Point> parts;
    for (const Votes::Code code : votes.row(person)) {
        const Statement s = Votes::statement_of(code);
        if (votes.hidden(s)) continue;
        const double off = static_cast<int>(Votes::vote_of(code)) - is.centre[s];
        parts.push_back({off * is.components.loadings[s][0], off * is.components.loadings[s][1]});
    }
    const auto m = static_cast<double>(parts.size());
    const double scale =
        std::sqrt(static_cast<double>(votes.columns()) / (m + static_cast<double>(votes.hidden_columns())));
    std::vector<double> left_out;  // the place from the others, made up for the one that is missing
    double mean = 0;
    for (std::size_t out = 0; out < parts.size(); ++out) {
        Point sum{};
        for (std::size_t i = 0; i < parts.size(); ++i)
            if (i != out) sum.x += parts[i].x, sum.y += parts[i].y;
        left_out.push_back(along({scale * sum.x * m / (m - 1), scale * sum.y * m / (m - 1)}));
        mean += left_out.back() / m;
    }
    double variance = 0;
    for (const double one : left_out) variance += (m - 1) / m * (one - mean) * (one - mean);
    return along(place) / std::sqrt(variance);
}

TEST(Placements, AreTheJackknife) {
    for (const char* name : {"london", "farmland", "uberx"}) {
        const Votes votes = golden::votes(name, golden::json(name));
        const Picture is = picture(votes, 2);
        const Placements all = placements(votes, is, 2);
        EXPECT_EQ(all.of, placements(votes, is, 5).of);
        std::vector<std::uint32_t> counted(is.grouping.groups.size());
        for (const Person one : is.placed) {
            if (votes.shown_votes(one) < 2) continue;
            const double z = slow_z(votes, is, one);
            if (std::abs(z) > 50 || !std::isfinite(z)) continue;
            ASSERT_NEAR(all.of[one].z, z, 1e-8 * std::max(1.0, std::abs(z))) << name << " " << one;
            const Certainty is_said = all.of[one].certainty;
            EXPECT_EQ(is_said == Certainty::sure, all.of[one].z >= 1.2816);
        }
        for (std::size_t g = 0; g < all.counts.size(); ++g)
            EXPECT_EQ(all.counts[g][0] + all.counts[g][1] + all.counts[g][2], is.grouping.groups[g].people);
    }
}

// Placed by half of their votes: of whom that is said to be sure, the other half says so more often than of others.
TEST(Placements, HoldForVotesTheyHaveNotSeen) {
    const Votes votes = golden::votes("bowling-green", golden::json("bowling-green"));
    const Picture is = picture(votes, 2);
    Votes half = without(votes, {});
    Picture by_half = is;
    std::vector<Point> by_other(votes.people());
    Scatter scatter(21);
    const auto group_at = [&](const Point& place) {
        return static_cast<std::int8_t>(
            apart(place, is.grouping.groups[0].centre) < apart(place, is.grouping.groups[1].centre) ? 0 : 1);
    };
    ASSERT_EQ(is.grouping.groups.size(), 2U);
    std::vector<Person> asked;
    for (const Person p : is.placed) {
        const std::vector<Votes::Code> row(votes.row(p).begin(), votes.row(p).end());
        std::array<Point, 2> sum{};
        std::array<double, 2> seen{};
        for (const Votes::Code code : row) {
            const Statement s = Votes::statement_of(code);
            if (votes.hidden(s)) continue;
            const std::size_t side = scatter.below(2);
            if (side == 1) half.set(p, s, std::nullopt);
            const double off = static_cast<int>(Votes::vote_of(code)) - is.centre[s];
            sum[side].x += off * is.components.loadings[s][0];
            sum[side].y += off * is.components.loadings[s][1];
            ++seen[side];
        }
        if (seen[0] < 15 || seen[1] < 15) continue;
        asked.push_back(p);
        for (std::size_t side = 0; side < 2; ++side) {
            const double scale = std::sqrt(static_cast<double>(votes.columns()) /
                                           (seen[side] + static_cast<double>(votes.hidden_columns())));
            sum[side].x *= scale;
            sum[side].y *= scale;
        }
        by_half.places[p] = sum[0];
        by_half.grouping.group_of[p] = group_at(sum[0]);
        by_other[p] = sum[1];
    }
    const Placements said = placements(half, by_half, 2);
    std::array<double, 3> all{}, held{};
    for (const Person p : asked) {
        const auto of = static_cast<std::size_t>(said.of[p].certainty);
        ++all[of];
        held[of] += group_at(by_other[p]) == by_half.grouping.group_of[p];
    }
    EXPECT_GT(held[2] / all[2], 0.9) << held[2] << " of " << all[2];
    EXPECT_GT(held[2] / all[2], held[1] / all[1]);
    EXPECT_GT(held[1] / all[1], held[0] / all[0]);
}

TEST(Stability, HighWhereGroupsAreApart) {
    const Votes votes = golden::votes("uberx", golden::json("uberx"));
    const Picture is = picture(votes, 2);
    const Stability one = stability(votes, is, 1), five = stability(votes, is, 5);
    EXPECT_EQ(one.groups, five.groups);
    EXPECT_EQ(one.same_number, five.same_number);
    EXPECT_EQ(one.sampled, is.placed.size() / 2);
    EXPECT_GT(one.groups[0], 0.9);
    EXPECT_GT(one.groups[1], 0.75);
    EXPECT_GT(one.same_number, 0.9);
}

TEST(Stability, NothingForTooFew) {
    Votes votes = drawn::votes(3, 10, 90, 1);
    EXPECT_EQ(stability(votes, picture(votes, 1), 2).sampled, 0U);
}

}  // namespace
}  // namespace opinion

#include "tally.h"

#include <random>

#include <gtest/gtest.h>
#include <page/page.h>

namespace review {
namespace {

using Ballots = std::vector<std::vector<std::vector<int>>>;

PanelDraft panel(Group group, int weight, Secrecy secrecy = Secrecy::secret) {
    return {group, "p", "lot", weight, secrecy, 1000};
}
Draft asked(std::vector<PanelDraft> panels, int accept = 60, std::int64_t k = 5) {
    Draft d;
    d.questions = {{"overall", {}}};
    d.panels = std::move(panels);
    d.accept_percent = accept;
    d.k = k;
    return d;
}
// So many ballots with each answer to the one question: {answer, how often} …
std::vector<std::vector<int>> said(std::initializer_list<std::pair<int, int>> answers) {
    std::vector<std::vector<int>> all;
    for (const auto& [answer, n] : answers) all.insert(all.end(), static_cast<std::size_t>(n), {answer});
    return all;
}

TEST(ReviewTally, OnePanelAtItsBoundaries) {
    struct {
        const char* what;
        std::vector<std::vector<int>> ballots;
        bool shown, counted, enough, accepted;
        std::optional<int> percent;
    } cases[] = {
        {"nobody", {}, false, false, false, false, {}},
        {"k - 1, all good", said({{5, 4}}), false, false, false, false, {}},
        {"k, all good", said({{5, 5}}), true, true, true, true, 100},
        {"k, nobody knows", said({{0, 5}}), true, false, false, false, {}},
        {"k, one mark only", said({{0, 4}, {4, 1}}), true, true, true, true, 100},
        {"exactly the threshold", said({{4, 3}, {1, 2}}), true, true, true, true, 60},
        {"just below", said({{4, 59}, {3, 41}}), true, true, true, false, 59},
        {"a hair below is not rounded up", said({{5, 599}, {2, 401}}), true, true, true, false, 59},
        {"three is not good", said({{3, 10}}), true, true, true, false, 0},
        {"don't know does not pull down", said({{5, 3}, {1, 2}, {0, 50}}), true, true, true, true, 60},
    };
    for (const auto& c : cases) {
        const Result r = tally(asked({panel(Group::recipients, 100)}), {c.ballots});
        ASSERT_EQ(r.panels.size(), 1u);
        EXPECT_EQ(r.panels[0].cast, static_cast<std::int64_t>(c.ballots.size())) << c.what;
        EXPECT_EQ(r.panels[0].shown, c.shown) << c.what;
        EXPECT_EQ(r.panels[0].counts.empty(), !c.shown) << c.what;
        EXPECT_EQ(r.panels[0].counted, c.counted) << c.what;
        EXPECT_EQ(r.enough, c.enough) << c.what;
        EXPECT_EQ(r.accepted, c.accepted) << c.what;
        EXPECT_EQ(r.percent, c.percent) << c.what;
    }
}

TEST(ReviewTally, WeightsAreSpreadOrTooFewJudged) {
    const auto good = said({{5, 8}, {1, 2}}), bad = said({{5, 1}, {1, 9}}), few = said({{1, 4}});
    struct {
        const char* what;
        std::vector<PanelDraft> panels;
        Ballots ballots;
        bool enough;
        std::optional<int> percent;
    } cases[] = {
        {"both count", {panel(Group::recipients, 60), panel(Group::peers, 40)}, {good, bad}, true, 52},
        {"the small one's weight goes to the other",
         {panel(Group::recipients, 60), panel(Group::peers, 40)},
         {good, few},
         true,
         80},
        {"exactly half of the weight is enough",
         {panel(Group::people, 50), panel(Group::peers, 50)},
         {good, few},
         true,
         80},
        {"less than half is not", {panel(Group::people, 49), panel(Group::peers, 51)}, {good, few}, false, {}},
        {"without those concerned there is no verdict",
         {panel(Group::recipients, 20), panel(Group::media, 80)},
         {few, good},
         false,
         {}},
        {"three panels, one too small",
         {panel(Group::recipients, 50), panel(Group::people, 25), panel(Group::peers, 25)},
         {good, bad, few},
         true,
         56},  // (50 * 80 + 25 * 10) / 75
        {"nobody at all", {panel(Group::recipients, 60), panel(Group::peers, 40)}, {{}, {}}, false, {}},
    };
    for (const auto& c : cases) {
        const Result r = tally(asked(c.panels), c.ballots);
        EXPECT_EQ(r.enough, c.enough) << c.what;
        EXPECT_EQ(r.percent, c.percent) << c.what;
    }
}

TEST(ReviewTally, ThoseWhoSignCountFromTheFirst) {
    const Draft d = asked({panel(Group::recipients, 50), panel(Group::delegates, 50, Secrecy::named)});
    const Result r = tally(d, {said({{5, 5}}), said({{1, 1}})});
    EXPECT_TRUE(r.panels[1].shown);
    EXPECT_TRUE(r.panels[1].counted);
    EXPECT_EQ(r.percent, 50);
    const Result nobody = tally(d, {said({{5, 5}}), {}});
    EXPECT_FALSE(nobody.panels[1].counted);
    EXPECT_EQ(nobody.percent, 100);
}

TEST(ReviewTally, IntervalsAreWilsons) {
    const Result r = tally(asked({panel(Group::people, 100)}), {said({{5, 8}, {4, 7}, {2, 5}, {0, 3}})});
    EXPECT_EQ(r.panels[0].good, 15);
    EXPECT_EQ(r.panels[0].marks, 20);
    // Wilson 95 % for 15 of 20, from the formula by hand.
    EXPECT_NEAR(r.panels[0].low, 0.5313, 0.0001);
    EXPECT_NEAR(r.panels[0].high, 0.8881, 0.0001);
    EXPECT_DOUBLE_EQ(r.panels[0].share, 0.75);
    const auto [low, high] = page::wilson(15, 20);
    EXPECT_EQ(std::pair(r.panels[0].low, r.panels[0].high), std::pair(low, high));
    EXPECT_EQ(r.panels[0].counts[0], (std::vector<std::int64_t>{3, 0, 5, 0, 7, 8}));
}

TEST(ReviewTally, RefusesWhatIsNoBallot) {
    const Draft d = asked({panel(Group::people, 100)});
    EXPECT_THROW(tally(d, {{{6}}}), std::logic_error);
    EXPECT_THROW(tally(d, {{{-1}}}), std::logic_error);
    EXPECT_THROW(tally(d, {{{5, 5}}}), std::logic_error);
    EXPECT_THROW(tally(d, {}), std::logic_error);
}

// The largest draft there may be does not overflow, and the verdict agrees with the percent shown.
TEST(ReviewTally, IsExactAtItsLimits) {
    std::vector<PanelDraft> panels;
    for (int i = 0; i < 8; ++i) panels.push_back(panel(Group::people, i == 0 ? 93 : 1));
    for (int accept : {59, 60, 61}) {
        Ballots ballots(8, said({{5, 5999}, {1, 4000}}));  // 59.996 %
        const Result below = tally(asked(panels, accept), ballots);
        EXPECT_EQ(below.percent, 59);
        EXPECT_EQ(below.accepted, accept <= 59);
        for (auto& one : ballots) one.push_back({5});  // 60 %
        const Result at = tally(asked(panels, accept), ballots);
        EXPECT_EQ(at.percent, 60);
        EXPECT_EQ(at.accepted, accept <= 60);
    }
}

TEST(ReviewTally, NeverContradictsItself) {
    std::mt19937 random(7);
    const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
    for (int round = 0; round < 500; ++round) {
        const int first = 1 + below(98), second = 1 + below(static_cast<unsigned>(99 - first));
        const Draft d = asked({panel(Group::recipients, first), panel(Group::media, second, Secrecy::named),
                               panel(Group::peers, 100 - first - second)},
                              50 + below(51));
        Ballots ballots(3);
        for (auto& one : ballots)
            for (int i = below(12); i > 0; --i) one.push_back({below(6)});
        const Result r = tally(d, ballots);
        EXPECT_EQ(r.accepted, r.enough && *r.percent >= d.accept_percent);
        EXPECT_EQ(r.percent.has_value(), r.enough);
        for (const PanelResult& p : r.panels) {
            EXPECT_LE(p.low, p.share + 1e-12);
            EXPECT_GE(p.high, p.counted ? p.share - 1e-12 : 0);
            if (p.panel.secrecy == Secrecy::secret && p.cast < d.k) {
                EXPECT_FALSE(p.shown || p.counted || p.marks || !p.counts.empty());
            }
        }
    }
}

}  // namespace
}  // namespace review

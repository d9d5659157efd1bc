#include "rules.h"

#include <gtest/gtest.h>

#include <kernel/testing.h>

namespace scorecard {
namespace {

using kernel::on;

rules::Counted counted() {
    rules::Counted c{people::UnitId(20), false, {on("2026-10-01"), on("2026-12-31")}, {}, {}};
    voice::UnitCounts& v = c.voices;
    v.received = 50, v.in_time = 20, v.late = 10, v.withdrawn = 5;
    v.solved = 12, v.unsolved = 6, v.rated = 18, v.satisfied = 9, v.hidden = 3;
    measure::UnitCounts& m = c.measures;
    m.due = 9, m.done_in_time = 4, m.late = 3, m.judged = 8, m.returned = 3;
    m.measures_judged = 5, m.measures_returned = 2;
    v.contracted = 4, v.agreed = 12, v.agreed_kept = 3, v.agreed_broken = 2, v.agreed_denied = 1, v.agreed_unsaid = 2;
    c.checks.drawn = 12, c.checks.looked = 9, c.checks.as_said = 6, c.checks.not_as_said = 2;
    c.checks.could_not_see = 1, c.checks.overdue = 4;
    c.issues = 6, c.issues_seen = 2;
    return c;
}
std::int64_t of(const std::vector<Count>& all, std::string_view key) {
    for (const Count& c : all)
        if (c.key == key) return c.n;
    return -1;
}

TEST(ScorecardRules, DenominatorsHoldTheLateTheWithdrawnAndTheSilent) {
    const auto all = rules::figures(counted(), 5);
    struct {
        const char* key;
        std::int64_t part, whole;
    } expected[] = {{"answered_in_time", 20, 35}, {"solved", 12, 35},    {"satisfied", 9, 18},
                    {"measures_on_time", 4, 7},   {"returned", 2, 5},    {"hidden_share", 3, 50},
                    {"spot_checks", 6, 9},        {"issues_seen", 2, 6}, {"agreements_kept", 3, 8},
                    {"contractor_share", 4, 50}};
    ASSERT_EQ(all.size(), std::size(expected));
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(all[i].key, expected[i].key);
        EXPECT_EQ(all[i].part, expected[i].part) << expected[i].key;
        EXPECT_EQ(all[i].whole, expected[i].whole) << expected[i].key;
        EXPECT_TRUE(all[i].shown) << expected[i].key;
        EXPECT_LT(all[i].low, static_cast<double>(all[i].part) / static_cast<double>(all[i].whole));
        EXPECT_GT(all[i].high, static_cast<double>(all[i].part) / static_cast<double>(all[i].whole));
    }
}

TEST(ScorecardRules, WhatIsInsideAndThePartMakeTheWhole) {
    const auto all = rules::figures(counted(), 5);
    for (const Figure& f : all) {
        if (f.inside.empty()) continue;
        std::int64_t sum = f.part;
        for (const Count& c : f.inside) sum += c.n;
        EXPECT_EQ(sum, f.whole) << f.key;
    }
    EXPECT_EQ(of(all[0].outside, "running"), 15);
    EXPECT_EQ(of(all[1].inside, "silent"), 17);
    EXPECT_EQ(of(all[2].outside, "silent"), 17);
    EXPECT_EQ(of(all[3].outside, "measures_running"), 2);
    EXPECT_EQ(of(all[4].outside, "not_judged"), 4);
    EXPECT_EQ(of(all[6].outside, "not_looked"), 3);
    EXPECT_EQ(of(all[6].outside, "not_looked_in_time"), 4);
    EXPECT_EQ(of(all[8].outside, "agreed_open"), 4);
}

TEST(ScorecardRules, BelowKNothingIsSaid) {
    rules::Counted c = counted();
    c.voices.rated = 4, c.voices.satisfied = 4;
    c.measures.measures_judged = 0, c.measures.measures_returned = 0;
    const auto all = rules::figures(c, 5);
    EXPECT_FALSE(all[2].shown);
    EXPECT_FALSE(all[4].shown);
    EXPECT_EQ(all[4].low, 0);
    EXPECT_EQ(all[4].high, 1);
    EXPECT_TRUE(rules::figures(c, 4)[2].shown);
    EXPECT_TRUE(all[0].shown);
    EXPECT_FALSE(rules::figures(c, 36)[0].shown);
}

TEST(ScorecardRules, EveryNumberLeadsToItsList) {
    const auto all = rules::figures(counted(), 5);
    EXPECT_EQ(all[0].link_part, "/voices?unit=20&from=2026-10-01&to=2026-12-31&figure=in_time");
    EXPECT_EQ(all[0].link, "/voices?unit=20&from=2026-10-01&to=2026-12-31&figure=settled");
    EXPECT_EQ(all[3].link_part, "/measures?unit=20&from=2026-10-01&to=2026-12-31&figure=done_in_time");
    rules::Counted two = counted();
    two.below = true;
    EXPECT_EQ(rules::figures(two, 5)[5].link_part,
              "/voices?unit=20&from=2026-10-01&to=2026-12-31&figure=hidden&below=yes");
}

TEST(ScorecardRules, NothingIsNothing) {
    rules::Counted c = counted();
    EXPECT_FALSE(rules::nothing(rules::figures(c, 5)));
    c.voices = {}, c.measures = {}, c.checks = {}, c.issues = 0;
    EXPECT_TRUE(rules::nothing(rules::figures(c, 5)));
    c.voices.received = 1;  // still within its time
    EXPECT_FALSE(rules::nothing(rules::figures(c, 5)));
}

TEST(ScorecardPeriods, AreWholeMonthsQuartersAndYears) {
    EXPECT_EQ(whole_months(on("2026-11-23"), on("2027-02-03")), (Period{on("2026-11-01"), on("2027-02-28")}));
    EXPECT_EQ(whole_months(on("2028-02-01"), on("2028-02-01")), (Period{on("2028-02-01"), on("2028-02-29")}));
    EXPECT_EQ(year_of(on("2026-11-23")), (Period{on("2026-01-01"), on("2026-12-31")}));
    EXPECT_EQ(quarter_of(on("2026-12-31")), (Period{on("2026-10-01"), on("2026-12-31")}));
    EXPECT_EQ(quarter_of(on("2026-04-01")), (Period{on("2026-04-01"), on("2026-06-30")}));
    const auto four = quarters(on("2026-02-10"), 4);
    ASSERT_EQ(four.size(), 4u);
    EXPECT_EQ(four[0].from, on("2026-01-01"));
    EXPECT_EQ(four[1], (Period{on("2025-10-01"), on("2025-12-31")}));
    EXPECT_EQ(quarter_number(four[1]), 4);
    EXPECT_EQ(years(on("2026-02-10"), 2)[1].to, on("2025-12-31"));
    EXPECT_TRUE(is_quarter(four[3]));
    EXPECT_FALSE(is_year(four[3]));
    EXPECT_FALSE(sound(on("2026-02-01"), on("2026-01-31")));
    EXPECT_FALSE(sound(on("2016-01-01"), on("2026-12-31")));
    EXPECT_TRUE(sound(on("2026-01-01"), on("2026-01-01")));
}

}  // namespace
}  // namespace scorecard

// Which row fits: the table that is looked up against the plain reading of the rule, row by row.
#include <random>

#include <gtest/gtest.h>

#include <page/page.h>

#include "routing.h"

namespace routing {
namespace {

using page::Lang;
using people::UnitId;

Row row(std::string category, std::string district, std::string kind, std::int64_t unit) {
    return {std::move(category), std::move(district), std::move(kind), UnitId(unit), true};
}
std::int64_t unit_of(const Sheet& sheet, std::string_view category, std::string_view district, std::string_view kind) {
    const auto routed = sheet.route(category, district, kind);
    return routed ? routed->unit.value() : 0;
}

TEST(RoutingSheet, TheMostSpecificRowWins) {
    // The later a row stands here, the more goes before it: each is found once those after it are gone.
    const std::vector<Row> all = {row("c", "d", "k", 8), row("c", "d", "", 7), row("c", "", "k", 6),
                                  row("", "d", "k", 5),  row("c", "", "", 4),  row("", "d", "", 3),
                                  row("", "", "k", 2),   row("", "", "", 1)};
    for (std::size_t gone = 0; gone <= all.size(); ++gone) {
        std::vector<Row> rows(all.begin() + static_cast<std::ptrdiff_t>(gone), all.end());
        std::shuffle(rows.begin(), rows.end(), std::mt19937(static_cast<unsigned>(gone)));
        EXPECT_EQ(unit_of(Sheet({{}, {}, rows}), "c", "d", "k"), static_cast<std::int64_t>(8 - gone));
    }
}

TEST(RoutingSheet, WhatIsNotKnownOfAMatterFitsNoConditionOnIt) {
    const Sheet sheet({{}, {}, {row("c", "", "", 4), row("", "d", "", 3), row("", "", "k", 2)}});
    EXPECT_EQ(unit_of(sheet, "", "", "k"), 2);
    EXPECT_EQ(unit_of(sheet, "", "d", ""), 3);
    EXPECT_EQ(unit_of(sheet, "other", "d", "k"), 3);
    EXPECT_EQ(unit_of(sheet, "other", "other", "other"), 0);
    EXPECT_EQ(unit_of(sheet, "", "", ""), 0);
    EXPECT_EQ(unit_of(Sheet({}), "c", "d", "k"), 0);
}

TEST(RoutingSheet, SaysWhichRowAndWhetherItMayBeHandedBack) {
    const Sheet sheet({{}, {}, {row("", "", "", 1), {"c", "", "", UnitId(2), false}}});
    EXPECT_EQ(sheet.route("c", "", "k"), (Routed{UnitId(2), false, 1}));
    EXPECT_EQ(sheet.route("", "", "k"), (Routed{UnitId(1), true, 0}));
}

TEST(RoutingSheet, AgreesWithTheRuleReadRowByRow) {
    std::mt19937 random(20261128);
    const auto some = [&](const char* letter) {
        const auto n = random() % 4;
        return n == 0 ? std::string() : letter + std::to_string(n);
    };
    for (int round = 0; round < 200; ++round) {
        Lists lists;
        for (int i = 0; i < 12; ++i) lists.rows.push_back(row(some("c"), some("d"), some("k"), i + 1));
        const Sheet sheet(lists);
        const std::string c = some("c"), d = some("d"), k = some("k");
        // conditions that hold, and more than any number of them: the category's, then the district's
        int best = -1;
        std::int64_t expected = 0;
        for (const Row& r : lists.rows) {
            if ((!r.category.empty() && r.category != c) || (!r.district.empty() && r.district != d) ||
                (!r.kind.empty() && r.kind != k))
                continue;
            const int conditions = !r.category.empty() + !r.district.empty() + !r.kind.empty();
            const int weight = conditions * 4 + 2 * !r.category.empty() + !r.district.empty();
            if (weight > best) best = weight, expected = r.unit.value();
        }
        EXPECT_EQ(unit_of(sheet, c, d, k), expected);
    }
}

TEST(RoutingSheet, ANameGivenOnceStandsForAll) {
    const Names all{"路灯", "路燈", "Lamps"}, hans{"路灯", "", ""}, hant{"", "路燈", ""}, en{"", "", "Lamps"};
    EXPECT_EQ(name_in(Lang::zh_hant, all).text, "路燈");
    EXPECT_EQ(name_in(Lang::en, all).lang, Lang::en);
    EXPECT_EQ(name_in(Lang::zh_hant, hans).text, "路灯");
    EXPECT_EQ(name_in(Lang::zh_hant, hans).lang, Lang::zh_hans);
    EXPECT_EQ(name_in(Lang::en, hant).text, "路燈");
    for (const Lang lang : page::all_langs) EXPECT_EQ(name_in(lang, en).text, "Lamps");
    EXPECT_EQ(name_in(Lang::en, {"路灯", "路燈", ""}).text, "路灯");
    EXPECT_EQ(name_in(Lang::en, {}).text, "");
}

TEST(RoutingSheet, DifferencesOfTwoTables) {
    const Listed lamps{"lamps", {"路灯", "", ""}}, renamed{"lamps", {"路灯", "", "Lamps"}},
        noise{"noise", {"", "", "N"}};
    const Row any = row("", "", "", 1), to_two = row("lamps", "", "", 2), to_three = row("lamps", "", "", 3);
    const Lists before{{lamps, noise}, {}, {to_two, any}}, after{{noise, renamed}, {lamps}, {any, to_three}};
    const Difference d = difference(before, after);
    EXPECT_EQ(d.categories, (std::vector<Altered<Listed>>{{lamps, renamed}}));
    EXPECT_EQ(d.districts, (std::vector<Altered<Listed>>{{std::nullopt, lamps}}));
    EXPECT_EQ(d.rows, (std::vector<Altered<Row>>{{to_two, to_three}}));
    EXPECT_EQ(difference(after, before).districts, (std::vector<Altered<Listed>>{{lamps, std::nullopt}}));
    EXPECT_TRUE(difference(before, {{noise, lamps}, {}, {any, to_two}}).none());  // the order alone
    Row kept = to_two;
    kept.returnable = false;
    EXPECT_EQ(difference({{}, {}, {to_two}}, {{}, {}, {kept}}).rows.size(), 1u);
}

}  // namespace
}  // namespace routing

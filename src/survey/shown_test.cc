// What may be shown of the counts.
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "answers.h"
#include "test_world.h"

namespace survey {
namespace {

using Row = std::vector<std::int64_t>;

std::string text(const std::vector<std::optional<std::int64_t>>& row) {
    std::string all;
    for (const auto& n : row) all += (all.empty() ? "" : " ") + (n ? std::to_string(*n) : std::string("."));
    return all;
}

Counts counted(std::vector<Row> cells, std::int64_t answered) {
    Counts c;
    c.asked = c.answered = answered, c.cells = std::move(cells);
    return c;
}

TEST(Shown, CellsOfOneChoice) {
    struct Case {
        Row cells;
        std::string shown;
    };
    // k is 5. What is small goes, and of the others the smallest, until two are gone and five people in them.
    for (const Case& c : {Case{{10, 20, 30}, "10 20 30"}, Case{{10, 0, 30}, "10 0 30"}, Case{{4, 20, 30}, ". . 30"},
                          Case{{4, 3, 30}, ". . 30"}, Case{{2, 1, 30}, ". . ."}, Case{{2, 1, 6, 30}, ". . . 30"},
                          Case{{1, 1, 1, 1, 1, 9}, ". . . . . ."}, Case{{1, 40}, ". ."}, Case{{5, 5}, "5 5"},
                          Case{{50, 0, 0}, "50 0 0"}}) {
        std::int64_t n = 0;
        for (std::int64_t one : c.cells) n += one;
        const auto all =
            shown({single("?", std::vector<std::string>(c.cells.size(), "x"))}, {counted({c.cells}, n)}, n, 5);
        EXPECT_EQ(text(all[0].cells.at(0)), c.shown);
        EXPECT_EQ(all[0].answered, n);
    }
}

TEST(Shown, NothingOfFewerThanK) {
    const std::vector<Question> one = {single("?", {"a", "b"})};
    EXPECT_FALSE(shown(one, {counted({{2, 2}}, 4)}, 4, 5)[0].shown);
    EXPECT_FALSE(shown(one, {counted({{2, 2}}, 4)}, 90, 5)[0].shown) << "many came, few answered this";
    EXPECT_TRUE(shown(one, {counted({{5, 0}}, 5)}, 5, 5)[0].shown);
    std::vector<Question> words = {asks(Type::text, "?")};
    EXPECT_FALSE(shown(words, {counted({}, 4)}, 90, 5)[0].shown);
    EXPECT_TRUE(shown(words, {counted({}, 5)}, 90, 5)[0].shown);
}

TEST(Shown, SeveralChoicesStandEachByItself) {
    Question q = asks(Type::multiple, "?");
    q.options = {"a", "b", "c", "d"};
    const auto all = shown({q}, {counted({{50, 98, 3, 0}}, 100)}, 100, 5);
    EXPECT_EQ(text(all[0].cells[0]), "50 . . 0") << "two of a hundred did not choose b";
}

TEST(Shown, RanksAllOrFirstPlacesAlone) {
    Question q = asks(Type::ranking, "?");
    q.options = {"a", "b"};
    auto all = shown({q}, {counted({{60, 40}, {40, 60}}, 100)}, 100, 5);
    ASSERT_EQ(all[0].cells.size(), 3u);
    EXPECT_EQ(text(all[0].cells[0]), "60 40");
    EXPECT_EQ(text(all[0].cells[1]), "60 40");
    all = shown({q}, {counted({{60, 37}, {37, 60}}, 97)}, 97, 5);
    EXPECT_EQ(all[0].cells.size(), 3u);
    all = shown({q}, {counted({{60, 3}, {40, 60}}, 100)}, 100, 5);
    ASSERT_EQ(all[0].cells.size(), 1u) << "three ranked a second: ranks would tell";
    EXPECT_EQ(text(all[0].cells[0]), "60 40");
}

TEST(Shown, WhatHangsOnAHiddenCellIsHidden) {
    std::vector<Question> two = {single("?", {"a", "b", "c"}), single("why?", {"x", "y"}, 2)};
    two[1].when = Condition{1, {3}};
    // b is small, so c goes too: how many were asked the second would tell both.
    auto all = shown(two, {counted({{90, 3, 7}}, 100), counted({{7, 0}}, 7)}, 100, 5);
    EXPECT_EQ(text(all[0].cells[0]), "90 . .");
    EXPECT_FALSE(all[1].shown);
    all = shown(two, {counted({{80, 10, 10}}, 100), counted({{5, 5}}, 10)}, 100, 5);
    EXPECT_TRUE(all[1].shown);
    EXPECT_EQ(all[1].asked, 10);
    two[0].type = Type::multiple;
    two[1].when = Condition{1, {1, 2}};
    all = shown(two, {counted({{60, 60, 20}}, 100), counted({{48, 50}}, 98)}, 100, 5);
    EXPECT_EQ(text(all[0].cells[0]), "60 60 20");
    EXPECT_FALSE(all[1].shown) << "98 were asked: two chose neither";
}

// Whatever was counted: no small cell is shown, and for every small one there are at least two ways in which the cells
// that are gone can have come to their sum. So none of them can be worked out.
TEST(Shown, NoSmallCellCanBeWorkedOut) {
    std::mt19937 random(7);
    int hid = 0;
    for (int round = 0; round < 3000; ++round) {
        const std::int64_t k = 3 + static_cast<std::int64_t>(random() % 6);
        Row row(2 + random() % 5);
        std::int64_t n = 0;
        for (std::int64_t& cell : row) {
            cell = static_cast<std::int64_t>(random() % (random() % 3 == 0 ? 40 : 9));
            n += cell;
        }
        const auto all = shown({single("?", std::vector<std::string>(row.size(), "x"))}, {counted({row}, n)}, n, k);
        if (!all[0].shown) {
            EXPECT_LT(n, k);
            continue;
        }
        std::int64_t people = 0, gone = 0, zeros = 0;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto& cell = all[0].cells[0][i];
            if (cell) {
                EXPECT_EQ(*cell, row[i]);
                EXPECT_TRUE(*cell == 0 || *cell >= k);
            } else {
                people += row[i], ++gone, zeros += row[i] == 0;
            }
        }
        if (gone == 0) continue;
        ++hid;
        EXPECT_GE(gone, 2);
        EXPECT_GE(people, k);
        // Two cells of at least one each that are together k or more can be split in more than one way.
        if (zeros == 0) { EXPECT_GE(people - gone, 1); }
    }
    EXPECT_GT(hid, 1000);
}

}  // namespace
}  // namespace survey

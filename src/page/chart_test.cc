#include "chart.h"

#include <cmath>

#include <gtest/gtest.h>

namespace page {
namespace {

bool says(const Html& html, std::string_view piece) { return html.text().find(piece) != std::string::npos; }

// Every chart: its n and when, a description, the table behind, and neither style nor script.
void expect_whole(const Html& chart, const std::string& counted_line) {
    EXPECT_TRUE(says(chart, counted_line)) << chart.text();
    EXPECT_TRUE(says(chart, "role=\"img\"") && says(chart, "<desc>") && says(chart, "<title>"));
    EXPECT_TRUE(says(chart, "<table>") && says(chart, "<caption>") && says(chart, "scope=\"row\""));
    EXPECT_FALSE(says(chart, "style=") || says(chart, "nan") || says(chart, "inf"));
}

TEST(Bars, the_longest_fills_its_room) {
    const Html chart = bars(Lang::en, "By <channel>", {{"Web", 1200, ""}, {"Paper", 300, "by post"}}, "2 March 2026");
    expect_whole(chart, "n = 1,500 · counted 2 March 2026");
    EXPECT_TRUE(says(chart, "width=\"80%\"") && says(chart, "width=\"20%\""));
    EXPECT_TRUE(says(chart, "By &lt;channel&gt;"));
    EXPECT_TRUE(says(chart, "<td class=\"figure\">by post</td>"));
}

TEST(Bars, nothing_counted) {
    EXPECT_TRUE(says(bars(Lang::en, "x", {}, "today"), "Nothing has been counted yet."));
    EXPECT_TRUE(says(bars(Lang::en, "x", {{"Web", 0, ""}}, "today"), "width=\"0%\""));
}

TEST(Divergence, agree_to_the_right_disagree_to_the_left) {
    const Html chart = divergence(Lang::en, "x", {{"A", 50, 25, 25}, {"nobody", 0, 0, 0}}, "today");
    expect_whole(chart, "n = 100 · counted today");
    EXPECT_TRUE(says(chart, "<rect class=\"disagree\" x=\"34%\"")) << chart.text();
    EXPECT_TRUE(says(chart, "<rect class=\"agree\" x=\"42%\""));
    EXPECT_TRUE(says(chart, "A: 50\xC2\xA0% agree, 25\xC2\xA0% disagree"));
    EXPECT_TRUE(says(chart, "A (n = 100)"));
}

TEST(Whiskers, interval_and_n_in_words_and_in_the_table) {
    const auto [low, high] = wilson(8, 10);
    const Html chart = whiskers(Lang::zh_hans, "x", {{"解决", 8, 10, low, high}, {"没人", 0, 0, 0, 1}}, "今天");
    expect_whole(chart, "n = 10 · 统计于 今天");
    EXPECT_TRUE(says(chart, "80%（可信范围 49% 至 94%），n = 10")) << chart.text();
    EXPECT_TRUE(says(chart, "还没有人作答"));
    EXPECT_EQ(chart.text().find("<circle"), chart.text().rfind("<circle"));
}

TEST(IndicatorLine, points_levels_and_days) {
    const kernel::Day day = kernel::day({2026, 3, 2});
    const Html chart = indicator_line(Lang::en, "x", {{day, 41.5}, {day + 30, -0.25}}, 41.5, 20.0, "minutes");
    expect_whole(chart, "2 measurements, the latest on 1 April 2026");
    EXPECT_TRUE(says(chart, "Target: 20 minutes") && says(chart, "At the start: 41.5 minutes"));
    EXPECT_TRUE(says(chart, "<td class=\"figure\">-0.25</td>"));
    EXPECT_TRUE(says(indicator_line(Lang::en, "x", {}, {}, {}, "m"), "Not measured yet."));
    expect_whole(indicator_line(Lang::en, "x", {{day, 5}}, {}, {}, "m"), "1 measurement, the latest on 2 March 2026");
}

TEST(Funnel, true_numbers_and_no_shares) {
    const Html chart = funnel(Lang::en, "x", {{"people", 1921, ""}, {"issues", 0, "/issues"}}, "today");
    EXPECT_TRUE(says(chart, ">1,921<") && says(chart, ">0<") && says(chart, "width=\"100%\""));
    EXPECT_TRUE(says(chart, "<a href=\"/issues\">issues</a>"));
    EXPECT_TRUE(says(chart, "Counted today"));
}

TEST(SpotMap, each_is_a_link_with_its_name_and_none_covers_another) {
    SpotMap map{"Issues", "2 issues", "heat", "difficulty", {"low", "some", "high"}, "n = 9 · counted today", {}};
    map.spots.push_back({"A <b>", "/issues/1", "heat 3", 1, 3, 2, 9, 2});
    map.spots.push_back({"B", "/issues/2", "heat 3", 2, 3, 2, 1, 0});
    const Html chart = spot_map(Lang::en, map);
    EXPECT_TRUE(says(chart, "<a href=\"/issues/1\"><title>1. A &lt;b&gt;. heat 3</title>")) << chart.text();
    EXPECT_TRUE(says(chart, "n = 9 · counted today") && says(chart, "<desc>2 issues</desc>"));
    EXPECT_TRUE(says(chart, "role=\"group\"")) << "a picture's inside is hidden from who does not see it";
    EXPECT_FALSE(says(chart, "style=") || says(chart, "nan") || says(chart, "inf"));
    // Both belong to one place: the smaller one stands beside the larger one.
    const std::string& text = chart.text();
    const auto place = [&](std::size_t from) { return text.substr(text.find(" x=", from), 40); };
    const std::size_t first = text.find("width=\"1\""), second = text.find("width=\"1\"", first + 1);
    ASSERT_NE(second, std::string::npos);
    EXPECT_NE(place(first), place(second));
    // Forty of one place and size have room on the narrowest screen.
    map.spots.clear();
    for (int n = 1; n <= 40; ++n) map.spots.push_back({"A", "/issues/1", "", n, 3, 2, 9, 0});
    const Html many = spot_map(Lang::en, map);
    std::vector<std::pair<double, double>> at;
    for (std::size_t from = many.text().find("width=\"1\""); from != std::string::npos;
         from = many.text().find("width=\"1\"", from + 1)) {
        const double x = std::stod(many.text().substr(many.text().find(" x=\"", from) + 4)) * 2.88;
        at.emplace_back(x, std::stod(many.text().substr(many.text().find(" y=\"", from) + 4)));
    }
    ASSERT_EQ(at.size(), 40u);
    for (std::size_t i = 0; i < at.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            EXPECT_GT(std::hypot(at[i].first - at[j].first, at[i].second - at[j].second), 31) << i << " and " << j;
    const Html nothing = spot_map(Lang::en, {"x", "0 issues", "a", "b", {"l", "m", "h"}, "", {}});
    EXPECT_FALSE(says(nothing, "<a ") || says(nothing, "nan"));
}

TEST(Trend, in_words_and_never_without_a_line) {
    const Html chart = trend("2 in 3 weeks", {0, 2, 0});
    EXPECT_TRUE(says(chart, "role=\"img\"") && says(chart, "aria-label=\"2 in 3 weeks\""));
    EXPECT_TRUE(says(chart, "height=\"24\"/>") && says(chart, "height=\"1\"/>")) << chart.text();
    EXPECT_FALSE(says(trend("", {}), "nan"));
}

TEST(Sketch, north_is_up_and_one_place_is_a_point) {
    const Html chart = sketch(Lang::en, "Where", {{31.2304, 121.4737, "Message 5"}, {31.2404, 121.4737, "6"}}, "today");
    expect_whole(chart, "n = 2 · counted today");
    const std::size_t south = chart.text().find("cy="), north = chart.text().find("cy=", south + 1);
    EXPECT_GT(std::stod(chart.text().substr(south + 4)), std::stod(chart.text().substr(north + 4)));
    EXPECT_TRUE(says(chart, "31.2304, 121.4737"));
    expect_whole(sketch(Lang::en, "Where", {{-90, 0, "pole"}}, "today"), "n = 1");
    expect_whole(sketch(Lang::en, "Where", {{0, -180, "a"}, {0, 180, "b"}}, "today"), "n = 2");
}

TEST(Label, on_as_many_lines_as_it_needs) {
    EXPECT_EQ(label_lines(""), std::vector<std::string>{""});
    EXPECT_EQ(label_lines("short"), std::vector<std::string>{"short"});
    EXPECT_EQ(label_lines("Visits to people at home and at work, by officers"),
              (std::vector<std::string>{"Visits to people at home and at", "work, by officers"}));
    const std::string han = "一二三四五六七八九十一二三四五六七八九十";
    EXPECT_EQ(label_lines(han), (std::vector<std::string>{"一二三四五六七八九十一二三四五六七八", "九十"}));
    const std::string word(80, 'a');
    EXPECT_EQ(label_lines(word).size(), 3u);
}

}  // namespace
}  // namespace page

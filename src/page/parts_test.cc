#include <gtest/gtest.h>

#include "page.h"

namespace page {
namespace {

bool has(const Html& html, std::string_view piece) { return html.text().find(piece) != std::string::npos; }

int times(const Html& html, std::string_view piece) {
    int n = 0;
    for (std::size_t at = html.text().find(piece); at != std::string::npos; at = html.text().find(piece, at + 1)) ++n;
    return n;
}

TEST(LoopBar, says_every_state_in_words) {
    using S = Station::State;
    const Html bar = loop_bar(Lang::en, Loop::matter,
                              {{S::done, 0, "/a?x=1&y=\""}, {S::done, 0, ""}, {S::here, 0, ""}, {S::ahead, 0, ""}, {}});
    EXPECT_TRUE(has(bar,
                    "<span class=\"hidden\">Step 1, </span><span class=\"station-name\">Heard</span><span "
                    "class=\"hidden\">, complete</span>"));
    EXPECT_TRUE(has(bar, "Decided</span><span class=\"hidden\">, complete")) << bar.text();
    EXPECT_TRUE(has(bar, "class=\"station here\" aria-current=\"step\""));
    EXPECT_TRUE(has(bar, "href=\"/a?x=1&amp;y=&quot;\""));
    EXPECT_EQ(times(bar, "aria-current"), 1);
    EXPECT_EQ(times(bar, "<li "), 5);
    EXPECT_EQ(times(bar, ", not yet"), 2);
}

TEST(LoopBar, late_with_its_days) {
    using S = Station::State;
    const std::vector<Station> five = {{S::done, 0, ""}, {S::done, 0, ""}, {S::late, 3, ""}, {}, {}};
    EXPECT_TRUE(has(loop_bar(Lang::en, Loop::kase, five), "<span class=\"late-by\">3 working days late</span>"));
    EXPECT_TRUE(has(loop_bar(Lang::zh_hans, Loop::kase, five), "<span class=\"late-by\">逾期 3 个工作日</span>"));
    EXPECT_TRUE(has(loop_bar(Lang::zh_hant, Loop::kase, five), "lang=\"zh-Hant\">辦</span>"));
    EXPECT_TRUE(has(loop_bar(Lang::zh_hans, Loop::kase, five), "派定"));
    EXPECT_FALSE(has(loop_bar(Lang::zh_hans, Loop::matter, five), "派定"));
    EXPECT_THROW(loop_bar(Lang::en, Loop::kase, {{}, {}}), std::logic_error);
}

TEST(State, text_with_its_tone) {
    EXPECT_EQ(state(Lang::en, "page.newer", Tone::late).text(), "<span class=\"state late\">Newer</span>");
    EXPECT_EQ(state(Lang::zh_hans, "page.newer", Tone::neutral).text(), "<span class=\"state neutral\">较新</span>");
}

// Ten rows, four to a page, by falling id: what a store gives when it is asked for five.
TEST(Pages, another_is_known_by_one_row_too_many) {
    struct Row {
        int id;
    };
    struct Filter {
        std::optional<int> before, after;
    };
    struct Case {
        Filter filter;
        std::vector<Row> given;
        int first, last;
        bool newer, older;
    };
    for (Case& c : std::vector<Case>{
             {{}, {{9}, {8}, {7}, {6}, {5}}, 9, 6, false, true},
             {{6, {}}, {{5}, {4}, {3}, {2}, {1}}, 5, 2, true, true},
             {{2, {}}, {{1}, {0}}, 1, 0, true, false},
             {{{}, 1}, {{6}, {5}, {4}, {3}, {2}}, 5, 2, true, true},
             {{{}, 5}, {{9}, {8}, {7}, {6}}, 9, 6, false, true},
             {{6, 1}, {{5}, {4}, {3}, {2}}, 5, 2, true, false},
         }) {
        const Further further = cut(c.given, 4, c.filter);
        EXPECT_EQ(c.given.front().id, c.first);
        EXPECT_EQ(c.given.back().id, c.last);
        EXPECT_EQ(further.newer, c.newer) << c.first;
        EXPECT_EQ(further.older, c.older) << c.first;
    }
    std::vector<Row> none;
    const Further further = cut(none, 4, Filter{6, {}});
    EXPECT_FALSE(further.newer || further.older);
    EXPECT_EQ(Query().add("kind", "praise").add("unit", 20).text(), "?kind=praise&unit=20");
    EXPECT_EQ(Query().text(), "");
}

TEST(Pagination, by_key) {
    EXPECT_EQ(pagination(Lang::en, {"/voices", {}, {}}).text(), "");
    const Html both = pagination(Lang::en, {"/voices?kind=help", "120", "9 &"});
    EXPECT_TRUE(has(both, "href=\"/voices?kind=help&amp;after=120\"")) << both.text();
    EXPECT_TRUE(has(both, "href=\"/voices?kind=help&amp;before=9%20%26\"")) << both.text();
    const Html first = pagination(Lang::zh_hant, {"/voices", {}, "96"});
    EXPECT_TRUE(has(first, "href=\"/voices?before=96\""));
    EXPECT_FALSE(has(first, "after"));
}

TEST(Turning, each_list_of_a_page_by_its_own_key) {
    const auto key = [](int row) { return std::to_string(row) + " &"; };
    http::Request first_page, further;
    first_page.headers["accept-language"] = "en";
    further.headers["accept-language"] = "zh-TW";
    further.query = {{"claims-after", "2"}, {"held-after", "x"}};
    std::vector<int> rows = {1, 2, 3};
    const Html first = turning(first_page, {"/desk", "claims"}, rows, 2, key);
    EXPECT_EQ(rows, (std::vector<int>{1, 2}));
    EXPECT_TRUE(has(first, "href=\"/desk?claims-after=2%20%26#claims\">Next page<")) << first.text();
    EXPECT_TRUE(has(first, "aria-labelledby=\"claims-title\""));
    EXPECT_FALSE(has(first, "First page"));
    rows = {1, 2, 3};
    EXPECT_TRUE(
        has(turning(first_page, {"/desk?of=3", "claims"}, rows, 2, key), "\"/desk?of=3&amp;claims-after=2%20%26#"));
    EXPECT_EQ(index_after(further, "claims"), 2);
    EXPECT_EQ(index_after(further, "held"), std::nullopt);
    EXPECT_EQ(asked_after(further, "held"), "x");
    EXPECT_EQ(asked_after(further, "after"), std::nullopt);
    rows = {3, 4};
    const Html last = turning(further, {"/desk", "claims"}, rows, 2, key);
    EXPECT_EQ(rows.size(), 2u);
    EXPECT_TRUE(has(last, "href=\"/desk#claims\">第一頁<")) << last.text();
    EXPECT_FALSE(has(last, "-after="));
    EXPECT_EQ(turning(further, {"/desk", "reports"}, rows, 2, key).text(), "");
}

TEST(Turning, a_list_that_is_all_there) {
    const auto index = [](int row) { return std::int64_t{row}; };
    std::vector<int> seen;
    std::string after;
    for (int page = 0; page < 3; ++page) {
        http::Request r;
        if (page) r.query = {{"history-after", after}};
        std::vector<int> rows = {1, 4, 6, 7, 9};
        const Html html = turning_all(r, {"/issues/1", "history"}, rows, 2, index);
        EXPECT_EQ(rows.size(), page == 2 ? 1u : 2u);
        seen.insert(seen.end(), rows.begin(), rows.end());
        EXPECT_EQ(has(html, "-after="), page != 2);
        after = std::to_string(rows.back());
    }
    EXPECT_EQ(seen, (std::vector<int>{1, 4, 6, 7, 9}));
    http::Request wrong;
    wrong.query = {{"history-after", "x"}};
    std::vector<int> rows = {1, 2, 3};
    turning_all(wrong, {"/issues/1", "history"}, rows, 2, index);
    EXPECT_EQ(rows, (std::vector<int>{1, 2})) << "a key that is none";
}

Slip sample() {
    Slip one;
    one.index = 1417;
    one.kind = "<kind>";
    one.check_address = "/receipts/1417";
    one.leaf = kernel::sha256(kernel::view("x"));
    return one;
}

TEST(Slip, the_part_to_show_holds_no_secret) {
    set_up({});
    const Html shown = slip(Lang::en, sample());
    EXPECT_TRUE(has(shown, "No. 1417"));
    EXPECT_TRUE(has(shown, "&lt;kind&gt;"));
    EXPECT_TRUE(has(shown, seal_name(sample().leaf)));
    EXPECT_FALSE(has(shown, "slip-keep"));
    EXPECT_FALSE(has(shown, "Answer due by"));
    EXPECT_FALSE(has(shown, "<svg class=\"qr\"")) << "without an address that works elsewhere there is nothing to scan";
}

TEST(Slip, the_part_to_keep_is_there_once) {
    page::Setup fixed;
    fixed.address = "https://voices.example.org";
    set_up(fixed);
    Slip one = sample();
    one.code_fives = "31415 92653 58979 32384 62643";
    one.code_words = "a b c d e f g h";
    one.due = kernel::day({2026, 3, 17});
    const Html whole = slip(Lang::en, one);
    EXPECT_EQ(times(whole, "31415 92653"), 1);
    EXPECT_TRUE(has(whole, "17 March 2026"));
    EXPECT_TRUE(has(whole, "href=\"/receipts/1417\">https://voices.example.org/receipts/1417</a>"));
    // What is scanned is the address, to the letter: neither the code nor the language nor anything else.
    EXPECT_TRUE(has(whole, qr_code(say(Lang::en, "page.slip_qr"), "https://voices.example.org/receipts/1417").text()));
    Slip other = one;
    other.code_fives = "00000 11111 22222 33333 44444";
    EXPECT_EQ(whole.text().substr(0, whole.text().find("slip-keep")),
              slip(Lang::en, other).text().substr(0, whole.text().find("slip-keep")));
    fixed.address = "https://" + std::string(300, 'a') + ".example.org";
    set_up(fixed);
    EXPECT_FALSE(has(slip(Lang::en, one), "<svg class=\"qr\""));
    set_up({});
}

TEST(Verdicts, the_gap_is_drawn_when_both_have_a_number) {
    const Html drawn = verdicts(Lang::en, {"Unit", "Done", 95}, {"People", "No", 61}, "A gap of 34 <points>.");
    EXPECT_TRUE(has(drawn, "<line class=\"between\" x1=\"61%\" x2=\"95%\"")) << drawn.text();
    EXPECT_TRUE(has(drawn, "<p class=\"gap-sentence\">A gap of 34 &lt;points&gt;.</p>"));
    const Html silent =
        verdicts(Lang::en, {"Unit", "Done", 95}, {"People", "Nobody was asked", {}}, "Nobody was asked.");
    EXPECT_FALSE(has(silent, "<svg"));
}

TEST(Timeline, each_entry_with_its_number_in_the_order_given) {
    const Html line = timeline(
        Lang::en, {{{0}, "first <b>", "", 17, Tone::neutral}, {{60'000}, "second", "Roads", 1800, Tone::late}});
    EXPECT_TRUE(has(line, "href=\"/receipts/17\">No. 17</a>"));
    EXPECT_TRUE(has(line, "No. 1800"));
    EXPECT_TRUE(has(line, "first &lt;b&gt;"));
    EXPECT_TRUE(has(line, "datetime=\"1970-01-01T00:01:00Z\""));
    EXPECT_LT(line.text().find("first"), line.text().find("second"));
    EXPECT_EQ(times(line, "class=\"who\""), 1);
}

TEST(GroupMark, eight_shapes_in_eight_hues) {
    std::vector<std::string> all;
    for (int i = 0; i < 8; ++i) all.push_back(group_mark(i, 16).text());
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) EXPECT_NE(all[i].substr(all[i].find('>')), all[j].substr(all[j].find('>')));
    EXPECT_EQ(group_mark(8, 16).text(), all[0]);
    EXPECT_EQ(group_mark(-1, 16).text(), all[7]);
}

}  // namespace
}  // namespace page

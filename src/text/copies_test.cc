#include "copies.h"

#include <fstream>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "nearest.h"
#include "testing.h"
#include "testing_edits.h"

namespace {

using text::Number;
using text::testing::Editor;

std::vector<std::string> letters() {
    std::ifstream file(std::string(TESTDATA) + "/letters.txt");
    std::vector<std::string> out;
    for (std::string line; std::getline(file, line);)
        if (!line.empty() && !line.starts_with("#")) out.push_back(line);
    return out;
}

// What each message copies, as discover() finds it.
std::vector<Number> first_of(const std::vector<std::string>& bodies, int threads = 2) {
    std::vector<text::Text> texts;
    for (const std::string& body : bodies) texts.push_back({"", body});
    text::Index index;
    index.add(texts, threads);
    index.settle();
    return text::first_of_copies(
        texts, text::may_be_copies(index, text::nearest_of_all(index, 60, 0.05F, threads), texts, threads), threads);
}

TEST(Copies, edited_letters_are_found_at_every_level_and_nothing_else_is) {
    const std::vector<std::string> templates = letters();
    ASSERT_GE(templates.size(), 10U);
    const text::testing::Made others = text::testing::make(3000, 5);
    std::vector<std::string> own;
    for (std::size_t i = 0; i < 400; ++i)
        for (std::string& one : text::testing::sentences(others.bodies[i * 7])) own.push_back(std::move(one));
    std::vector<std::string> bodies(templates);
    bodies.insert(bodies.end(), others.bodies.begin(), others.bodies.end());
    const std::size_t background = bodies.size();
    Editor editor(3, own);
    std::vector<std::pair<int, Number>> wanted;
    for (int level = 0; level < text::testing::edit_levels; ++level)
        for (Number t = 0; t < templates.size(); ++t)
            for (int n = 0; n < 10; ++n) {
                // Half of what is Han in the templates alone can be mistyped and still be a word: 4 is for Chinese.
                if (level == 4 && static_cast<unsigned char>(templates[t][0]) < 0x80) continue;
                bodies.push_back(editor.edit(templates[t], level));
                wanted.emplace_back(level, t);
            }
    const std::vector<Number> first = first_of(bodies);
    std::vector<int> found(text::testing::edit_levels), all(text::testing::edit_levels);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        ++all[static_cast<std::size_t>(wanted[i].first)];
        found[static_cast<std::size_t>(wanted[i].first)] += first[background + i] == wanted[i].second;
    }
    for (std::size_t level = 0; level < all.size(); ++level)
        EXPECT_GE(found[level], all[level] * 0.95) << "level " << level << ": " << found[level] << " of " << all[level];
    int false_hits = 0;
    for (Number i = 0; i < background; ++i) false_hits += first[i] != i;
    EXPECT_EQ(false_hits, 0);
    EXPECT_EQ(first_of(bodies, 1), first);
}

TEST(Copies, among_these_alone) {
    const std::vector<std::string> all = letters();
    std::vector<text::Text> texts{{"", all[0]}, {"", all[1]}, {"A title is no text", all[0]}, {"", ""}, {"", ""}};
    const std::string longer = "My own words before it. " + all[1];
    texts.push_back({"", longer});
    for (int i = 0; i < 40; ++i) texts.push_back({"", all[0]});  // more than anybody has neighbours, but one text
    std::vector<Number> first = text::first_of_copies(texts, 2);
    EXPECT_EQ(first[0], 0U);
    EXPECT_EQ(first[1], 1U);
    EXPECT_EQ(first[2], 0U);
    EXPECT_EQ(first[3], 3U) << "nothing copies nothing";
    EXPECT_EQ(first[4], 4U);
    EXPECT_EQ(first[5], 1U);
    for (std::size_t i = 6; i < texts.size(); ++i) EXPECT_EQ(first[i], 0U);
    EXPECT_EQ(text::first_of_copies(texts, 1), first);
    EXPECT_TRUE(text::first_of_copies({}, 2).empty());
}

TEST(Copies, what_is_handed_on_in_parts_is_no_copy_of_the_first) {
    const std::string one = "周末去岛上的渡轮排队要一个多小时，老人和孩子在太阳下面晒着等，船来了还挤不上去。",
                      two = "请轮渡公司把平日停着的那条备用船在节假日上午也开出来，再给等船的人搭一个棚。",
                      three = "东码头三号窗口中午没有人值班，买学生票的人只好站着等到下午两点以后才办得成。",
                      four = "码头门前的路灯坏了两个星期，晚上最后一班船到岸的时候台阶一点也看不见。";
    const std::vector<std::string> bodies = {one + two, two + three, three + four, two + three + "谢谢。"};
    ASSERT_TRUE(text::copies(text::print_of(bodies[0]), text::print_of(bodies[1])));
    ASSERT_TRUE(text::copies(text::print_of(bodies[1]), text::print_of(bodies[2])));
    EXPECT_EQ(first_of(bodies), (std::vector<Number>{0, 0, 1, 0}));
}

TEST(Copies, table) {
    const auto same = [](std::string_view a, std::string_view b) {
        return text::copies(text::print_of(a), text::print_of(b));
    };
    EXPECT_TRUE(same("请尽快修复青石桥的路灯", "請盡快修復青石橋的路燈！！"));
    EXPECT_TRUE(same("Please repair the lamp", "PLEASE,  repair the lamp."));
    EXPECT_FALSE(same("请尽快修复青石桥的路灯", "请尽快修复柳溪村的路灯"));  // short: the same only when equal
    EXPECT_FALSE(same("", ""));
    EXPECT_FALSE(same("😀😀", "😀😀"));
    EXPECT_EQ(text::same_text(""), 0U);
    EXPECT_EQ(text::same_text("👍 !"), 0U);
    EXPECT_EQ(text::same_text("同意。"), text::same_text("同 意"));
    EXPECT_NE(text::same_text("同意"), text::same_text("不同意"));
}

TEST(Copies, who_quotes_the_same_rule_copies_nobody) {
    const std::string
        rule = "夜间禁止在居民住宅周围进行产生噪声的施工作业，确因抢修需要连续作业的，应当提前公告附近居民。",
        mill = "柳溪村东头的木料加工厂每天锯到半夜一点，老人睡不着觉，打了几次电话都没有人来看过一眼，请管一管。",
        bridge = "青石桥下面的桩机从上周开始通宵打桩，窗户震得直响，孩子第二天上课打瞌睡，到底是谁批准他们这样干的？";
    const auto same = [](const std::string& a, const std::string& b) {
        return text::copies(text::print_of(a), text::print_of(b));
    };
    ASSERT_TRUE(same(rule + mill, bridge + rule)) << "what nobody marks as quoted is copied";
    for (const auto& [open, close] : std::vector<std::pair<std::string, std::string>>{
             {"“", "”"}, {"「", "」"}, {"『", "』"}, {"«", "»"}, {"\"", "\""}, {"„", "“"}, {"”", "”"}}) {
        const std::string quote = open + rule + close;
        EXPECT_FALSE(same("规定说：" + quote + mill, bridge + "按规定" + quote)) << quote;
        EXPECT_FALSE(same(rule + mill, bridge + "按规定" + quote)) << "one of them marks it: " << quote;
        EXPECT_TRUE(same("规定说：" + quote + mill, mill + "按规定" + quote)) << "and say the same of their own";
        EXPECT_TRUE(same(quote + mill, bridge + quote + mill.substr(0, 90))) << "three quarters of the smaller one";
        EXPECT_TRUE(same(mill, "我同意这封信：" + open + mill + close + bridge)) << "a letter that is quoted whole";
        EXPECT_TRUE(same(quote, quote + "。")) << "nothing of one's own";
        EXPECT_TRUE(same(rule + mill, bridge + open + rule)) << "a mark that nothing closes";
    }
    EXPECT_TRUE(same("「" + rule + "”" + mill, bridge + rule)) << "closed by another kind";
    EXPECT_TRUE(text::print_of("\"\"").all.empty());
}

TEST(Copies, hostile_texts_cost_no_more_than_their_limit) {
    std::string letter(2'000'000, 'a'), spaced;
    for (int i = 0; i < 500'000; ++i) spaced += "a ";
    EXPECT_LE(text::print_of(letter).all.size(), 1U);
    EXPECT_LE(text::print_of(spaced).all.size(), 1U);
    EXPECT_TRUE(text::print_of("\xff\xfe\x01").all.empty());
}

RC_GTEST_PROP(Copies, a_text_with_text_around_it_contains_all_of_it, (const std::string& around)) {
    static const std::vector<std::string> all = letters();
    const std::string letter = *rc::gen::elementOf(all);
    const text::Print one = text::print_of(letter), more = text::print_of(around + "\n" + letter + "\n" + around);
    RC_ASSERT(text::contained(one, more) > 0.99);
    RC_ASSERT(text::contained(one, more) == text::contained(more, one));
    RC_ASSERT(text::copies(one, more));
}

}  // namespace

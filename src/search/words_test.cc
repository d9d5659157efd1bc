#include <gtest/gtest.h>

#include "excerpt.h"
#include "postings.h"
#include "words.h"

namespace search {
namespace {

class FoundWords : public testing::Test {
protected:
    text::Tokenizer tokenizer;

    Query query(const std::string& raw) { return *parse_query(raw, tokenizer); }
    bool has(const Texts& texts, const std::string& raw) {
        const Query asked = query(raw);
        return Words(texts, asked, tokenizer).match();
    }
    std::string marked(const std::string& text, const std::string& raw, std::size_t most = 100) {
        const Query asked = query(raw);
        const Words words({"", "", text, ""}, asked, tokenizer);
        std::string out;
        for (const Shown& one : excerpt(text, words.marks(Part::text), most))
            out += one.hit ? "<" + one.text + ">" : one.text;
        return out;
    }
};

TEST_F(FoundWords, ScriptsStemsAndPhrases) {
    const Texts one = {"搅拌站扰民", "A3区丽发新城", "The petitions about late buses, 噪音扰民。",
                       "Wir haben die Straßen und den Platz mit dem Amt geprüft."};
    for (const char* raw :
         {"搅", "攪拌站", "拌站", "扰民", "a3区", "A3區丽发", "丽发 新城", "petition", "PETITIONS", "buses",
          "\"late buses\"", "\"about late\"", "strasse", "straßen", "bus", "late bus", "buses -train", "噪音 Straße"})
        EXPECT_TRUE(has(one, raw)) << raw;
    for (const char* raw : {"搅站", "站拌", "\"buses late\"", "扰民A3", "train", "bus -扰民", "\"扰民 a3\"", "民噪",
                            "3区", "bus -\"late buses\""})
        EXPECT_FALSE(has(one, raw)) << raw;
}

TEST_F(FoundWords, NoPhraseRunsFromOnePartIntoTheNext) {
    EXPECT_FALSE(has({"搅拌", "站", "", ""}, "搅拌站"));
    EXPECT_TRUE(has({"搅拌", "站", "", ""}, "搅拌 站"));
    EXPECT_FALSE(has({"late", "", "buses", ""}, "\"late buses\""));
}

TEST_F(FoundWords, AHitInATitleOrPlaceCountsMore) {
    const auto score = [&](const Texts& texts, const std::string& raw) {
        const Query asked = query(raw);
        return Words(texts, asked, tokenizer).score();
    };
    EXPECT_EQ(score({"bus", "", "", ""}, "bus"), 9);
    EXPECT_EQ(score({"", "bus", "", ""}, "bus"), 9);
    EXPECT_EQ(score({"", "", "bus", ""}, "bus"), 1);
    EXPECT_EQ(score({"", "", "bus bus bus bus bus bus", "bus"}, "bus"), 4);
    EXPECT_EQ(score({"bus", "", "train", ""}, "bus train"), 10);
}

TEST_F(FoundWords, MarksAreWhereTheyStand) {
    EXPECT_EQ(marked("Late lamps. 攪拌站很吵，搅拌站！", "搅拌站 lamp"), "Late <lamps>. <攪拌站>很吵，<搅拌站>！");
    EXPECT_EQ(marked("搅拌搅拌站", "搅拌"), "<搅拌搅拌>站") << "what touches is one";
    EXPECT_EQ(marked("nothing", "else"), "nothing");
    EXPECT_EQ(marked("one\ntwo\tthree", "two"), "one <two> three");
}

TEST_F(FoundWords, AnExcerptBeginsShortlyBeforeTheFirstMark) {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "前";
    text += "搅拌站";
    for (int i = 0; i < 100; ++i) text += "后";
    const std::string shown = marked(text, "搅拌站", 40);
    EXPECT_TRUE(shown.starts_with("…前前")) << shown;
    EXPECT_NE(shown.find("前<搅拌站>后"), shown.npos) << shown;
    EXPECT_TRUE(shown.ends_with("后…")) << shown;
    EXPECT_EQ(marked("short 搅拌站", "搅拌站", 40), "short <搅拌站>");
}

TEST(Postings, ListsAreReadAsTheyWereWritten) {
    ListWriter writer;
    writer.add(0, {0});
    writer.add(3, {});
    writer.add(4095, {7, 1024, 1 << 17});
    ListReader reader{kernel::View(writer.bytes())};
    std::vector<std::uint32_t> places;
    ASSERT_TRUE(reader.next());
    EXPECT_EQ(reader.slot(), 0u);
    ASSERT_TRUE(reader.next());
    EXPECT_EQ(reader.slot(), 3u);
    EXPECT_EQ(reader.times(), 0u);
    ASSERT_TRUE(reader.next());
    EXPECT_EQ(reader.slot(), 4095u);
    EXPECT_TRUE(reader.named());
    reader.places(places);
    EXPECT_EQ(places, (std::vector<std::uint32_t>{7, 1024, 1 << 17}));
    EXPECT_FALSE(reader.next());

    const kernel::Bytes more = with(kernel::View(writer.bytes()), {{3, {5}}, {9, {1, 2}}, {4095, {8}}});
    std::string shown;
    for (ListReader there{kernel::View(more)}; there.next();) {
        there.places(places);
        shown += std::to_string(there.slot()) + ":";
        for (const std::uint32_t place : places) shown += std::to_string(place) + ",";
        shown += " ";
    }
    EXPECT_EQ(shown, "0:0, 3:5, 9:1,2, 4095:7,8,1024,131072, ");
    EXPECT_FALSE(without(kernel::View(more), {1, 2}));
    EXPECT_EQ(*without(kernel::View(more), {3, 9, 4095}), (kernel::Bytes{2, 0}));
    EXPECT_TRUE(without(kernel::View(more), {0, 3, 9, 4095})->empty());
}

TEST(Postings, WhatIsNoListIsNotTakenForOne) {
    for (const kernel::Bytes& wrong : {kernel::Bytes{1}, kernel::Bytes{1, 2, 5}, kernel::Bytes{0x80},
                                       kernel::Bytes{1, 2, 5, 0x80}, kernel::Bytes(8, 0xFF)}) {
        ListReader reader{kernel::View(wrong)};
        EXPECT_THROW(while (reader.next()){}, std::runtime_error);
    }
}

}  // namespace
}  // namespace search

#include <gtest/gtest.h>

#include "query.h"

namespace search {
namespace {

class Queries : public testing::Test {
protected:
    text::Tokenizer tokenizer;

    std::string key(const std::string& raw) {
        const auto parsed = parse_query(raw, tokenizer);
        if (!parsed) {
            EXPECT_EQ(parsed.error().field, "q");
            return parsed.error().key;
        }
        return "";
    }
    static std::string shown(const std::vector<Sought>& all) {
        std::string out;
        for (const Sought& sought : all) {
            out += out.empty() ? "" : " ";
            out += "[";
            for (const Element& element : sought.elements) {
                out += out.back() == '[' ? "" : " ";
                out += std::to_string(element.offset) + ":";
                for (std::size_t i = 0; i < element.any.size(); ++i) out += (i ? "|" : "") + element.any[i];
            }
            out += "]";
        }
        return out;
    }
    std::string all(const std::string& raw) { return shown((*parse_query(raw, tokenizer)).all); }
    std::string none(const std::string& raw) { return shown((*parse_query(raw, tokenizer)).none); }
};

TEST_F(Queries, ChineseIsAPhraseOfPairsAndOneCharacterAWord) {
    EXPECT_EQ(all("孩"), "[0:孩]");
    EXPECT_EQ(all("搅拌"), "[0:搅拌]");
    EXPECT_EQ(all("攪拌站"), "[0:搅拌 1:拌站]") << "traditional is simplified";
    EXPECT_EQ(all("搅拌站 噪音"), "[0:搅拌 1:拌站] [0:噪音]");
    EXPECT_EQ(all("搅拌站，噪音"), "[0:搅拌 1:拌站] [0:噪音]");
    EXPECT_EQ(all("\"搅拌，站\""), "[0:搅拌 2:站]") << "between quotes punctuation parts nothing";
}

TEST_F(Queries, WordsAskForEveryStemAndScriptsThatTouchStayTogether) {
    EXPECT_EQ(all("petitions"), "[0:petit|petition|petitions]");
    EXPECT_EQ(all("A3区"), "[0:a3区]");
    EXPECT_EQ(all("Ａ３区丽发"), "[0:a3区 1:区丽 2:丽发]") << "wide letters are the same";
    EXPECT_EQ(all("区A3"), "[0:区 1:a3]");
    EXPECT_EQ(all("Wi-Fi"), "[0:wi] [0:fi]");
    EXPECT_EQ(all("Gas GLASS news"), "[0:gas|gase] [0:glass] [0:news]") << "and for what its plural has";
    EXPECT_EQ(all("\"late buses\""), "[0:lat|late 1:bus|buse]");
}

TEST_F(Queries, AMinusExcludesAndNothingElseMeansAnything) {
    EXPECT_EQ(all("bus -train"), "[0:bus|buse]");
    EXPECT_EQ(none("bus -train -\"late night\" －夜间"), "[0:train] [0:lat|late 1:night] [0:夜间]");
    EXPECT_EQ(none("bus a-b - c"), "");
    EXPECT_EQ(all("bus - c"), "[0:bus|buse] [0:c]");
    EXPECT_EQ(none("bus -wi-fi"), "[0:wi 1:fi]") << "excluded together";
    EXPECT_EQ(all("NEAR(bus, 3) AND bus* OR ^bus:x"),
              "[0:near] [0:bus|buse] [0:3] [0:and] [0:bus|buse] [0:or] [0:bus|buse] [0:x]");
    EXPECT_EQ(all("'; drop table voice; --"), "[0:drop] [0:tabl] [0:voic]");
    EXPECT_EQ(all("\"bus"), "[0:bus|buse]") << "the last quote may be missing";
    EXPECT_EQ(all("“late” „bus“ 「夜间」"), "[0:lat|late] [0:bus|buse] [0:夜间]");
    EXPECT_EQ(all("\"\" bus \""), "[0:bus|buse]");
}

TEST_F(Queries, WhatCannotBeSoughtIsRefusedAtItsField) {
    EXPECT_EQ(key(""), "search.nothing_asked");
    EXPECT_EQ(key("  \t "), "search.nothing_asked");
    EXPECT_EQ(key("\xF0\x9F\x98\x80\xF0\x9F\x98\x80"), "search.nothing_to_find");
    EXPECT_EQ(key("\"…\" !? --"), "search.nothing_to_find");
    EXPECT_EQ(key("-bus"), "search.only_excluded");
    EXPECT_EQ(key(std::string(10'000, 'x')), "kernel.text_too_long");
    EXPECT_EQ(key(std::string("bus\x01")), "kernel.text_control");
    EXPECT_EQ(key("bus\xFF"), "kernel.text_not_utf8");
    std::string many;
    for (int i = 0; i < 17; ++i) many += "w" + std::to_string(i) + " ";
    EXPECT_EQ(key(many), "search.too_many");
    EXPECT_EQ(key(many.substr(0, many.find("w16"))), "");
    std::string long_run;
    for (int i = 0; i < 200; ++i) long_run += "站";
    EXPECT_EQ(key(long_run), "");
    EXPECT_EQ(key(long_run + "站"), "kernel.text_too_long");
}

}  // namespace
}  // namespace search

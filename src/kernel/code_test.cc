#include "code.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "words.h"

namespace kernel {
namespace {

std::string read_back(std::string_view typed) {
    const auto code = Code25::parse(typed);
    return code ? code->digits() : "nothing";
}

TEST(Codes, Forms) {
    const std::string digits = "1234567890123456789012345";
    const auto code = Code25::parse(digits);
    ASSERT_TRUE(code);
    EXPECT_EQ(code->in_fives(), "12345 67890 12345 67890 12345");
    for (std::string_view typed :
         {"12345 67890 12345 67890 12345", " 12345-67890-12345-67890-12345\n", "1 2 3 4 5 6 7 8 9 0123456789012345",
          "\uFF11\uFF12\uFF13\uFF14\uFF15\u3000\uFF16\uFF17\uFF18\uFF19\uFF10\u300012345\u300067890\u300012345",
          "12345\u201367890\u201012345\uFF0D67890\u00A012345"})
        EXPECT_EQ(read_back(typed), digits) << typed;
}

TEST(Codes, NothingForAnythingElse) {
    for (std::string_view typed :
         {"", " ", "123456789012345678901234", "12345678901234567890123456", "1234567890123456789012345x",
          "12345.67890.12345.67890.12345", "12345_67890_12345_67890_12345", "+1234567890123456789012345",
          "\uFF0F234567890123456789012345", "\uFF1A234567890123456789012345", "\xFF", "\xEF\xBC"})
        EXPECT_EQ(read_back(typed), "nothing") << typed;
    EXPECT_EQ(read_back(std::string_view("1234567890123456789012345\0", 26)), "nothing");
}

TEST(Codes, WordsAreTheSameNumber) {
    const std::string first(code_words[0]), second(code_words[1]), last(code_words[2047]);
    const auto repeat = [](const std::string& word, int n) {
        std::string out;
        for (int i = 0; i < n; ++i) out += word + " ";
        return out;
    };
    EXPECT_EQ(Code25::parse("0000000000000000000000000")->words() + " ", repeat(first, 8));
    EXPECT_EQ(Code25::parse("0000000000000000000000001")->words(), repeat(first, 7) + second);
    EXPECT_EQ(Code25::parse("0000000000000000000002047")->words(), repeat(first, 7) + last);
    EXPECT_EQ(Code25::parse("0000000000000000000002048")->words(), repeat(first, 6) + second + " " + first);
    EXPECT_EQ(read_back(repeat(first, 6) + second + " " + last), "0000000000000000000004095");
    const std::string largest = Code25::parse("9999999999999999999999999")->words();
    EXPECT_EQ(read_back(largest), "9999999999999999999999999");
    // The words of 10^25 = 5^25 * 2^3 * 2048^2: the last two start again, the third from the end is one further.
    ASSERT_TRUE(largest.ends_with(" " + last + " " + last));
    const std::string six = largest.substr(0, largest.size() - 2 * (last.size() + 1));
    const std::size_t at = six.rfind(' ') + 1;
    const auto word = std::find(code_words.begin(), code_words.end(), six.substr(at));
    ASSERT_LT(word + 1, code_words.end());
    EXPECT_EQ(read_back(six.substr(0, at) + std::string(*(word + 1)) + " " + first + " " + first), "nothing");
    EXPECT_EQ(read_back(repeat(last, 8)), "nothing");
}

TEST(Codes, WordsAsPeopleTypeThem) {
    const std::string digits = "3141592653589793238462643";
    const std::string words = Code25::parse(digits)->words();
    std::string other = " " + words + ".\n";
    std::transform(other.begin(), other.end(), other.begin(), [](unsigned char c) { return std::toupper(c); });
    EXPECT_EQ(read_back(other), digits);
    for (std::string_view between : {"-", ".", "  ", "\u3000", " . ", "\u2013"}) {
        std::string typed;
        for (char c : words) typed += c == ' ' ? std::string(between) : std::string(1, c);
        EXPECT_EQ(read_back(typed), digits) << typed;
    }
    std::string glued = words;
    glued.erase(std::remove(glued.begin(), glued.end(), ' '), glued.end());
    EXPECT_EQ(read_back(glued), "nothing");
    EXPECT_EQ(read_back(words + " " + std::string(code_words[0])), "nothing");
    EXPECT_EQ(read_back(words.substr(0, words.rfind(' '))), "nothing");
    EXPECT_EQ(read_back(words.substr(0, words.rfind(' ') + 1) + "zzzz"), "nothing");
    EXPECT_EQ(read_back(words + ","), "nothing");
    EXPECT_EQ(read_back(words + " 1"), "nothing");
}

RC_GTEST_PROP(CodesProperty, BothFormsReadBack, ()) {
    std::string digits;
    for (int i = 0; i < 25; ++i) digits += static_cast<char>('0' + *rc::gen::inRange(0, 10));
    const auto code = Code25::parse(digits);
    RC_ASSERT(code.has_value());
    RC_ASSERT(code->digits() == digits);
    RC_ASSERT(Code25::parse(code->in_fives())->digits() == digits);
    RC_ASSERT(Code25::parse(code->words())->digits() == digits);
}

TEST(Codes, RandomOnesDiffer) {
    std::set<std::string> seen;
    std::set<char> digits;
    for (int i = 0; i < 200; ++i) {
        const Code25 code = Code25::random();
        ASSERT_EQ(code.digits().size(), 25u);
        seen.insert(code.digits());
        digits.insert(code.digits().begin(), code.digits().end());
    }
    EXPECT_EQ(seen.size(), 200u);
    EXPECT_EQ(digits.size(), 10u);
}

TEST(Codes, StoredUnderKeyAndScope) {
    const Code25 code = *Code25::parse("1234567890123456789012345");
    const std::string message = std::string("huiyin code v1") + '\0' + "voice" + '\0' + "1234567890123456789012345";
    EXPECT_EQ(code.stored(view("key"), "voice"), hmac_sha256(view("key"), view(message)));
    EXPECT_NE(code.stored(view("key"), "voice"), code.stored(view("key"), "roll"));
    EXPECT_NE(code.stored(view("key"), "voice"), code.stored(view("yek"), "voice"));
    // Fixed for ever: what is stored must be found again by every later release.
    EXPECT_EQ(hex(code.stored(view("key"), "voice")),
              "f403ede3779f2d0c0f92a6094adc2649ec961696c586d753556adbba016711d5");
}

TEST(CodeWords, AreGoodToWriteDown) {
    std::set<std::string> beginnings, patterns;
    std::string_view before;
    for (std::string_view word : code_words) {
        EXPECT_GE(word.size(), 3u) << word;
        EXPECT_LE(word.size(), 7u) << word;
        EXPECT_TRUE(std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; })) << word;
        EXPECT_LT(before, word);
        EXPECT_TRUE(beginnings.emplace(word.substr(0, 4)).second) << word;
        for (std::size_t i = 0; i < word.size(); ++i) {
            std::string pattern(word);
            pattern[i] = '?';
            EXPECT_TRUE(patterns.insert(pattern).second) << word << " differs from another in one letter";
        }
        before = word;
    }
}

TEST(CodeWords, NeverChange) {
    std::ifstream file(SOURCE "/src/kernel/words.txt", std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    std::string table;
    for (std::string_view word : code_words) table.append(word).append("\n");
    EXPECT_EQ(text.str(), table);
    EXPECT_EQ(hex(sha256(view(table))), "87cee3635c194b8ba366e07bfdcfe60f3a64c720dbabbc3458993173106d03b1");
}

}  // namespace
}  // namespace kernel

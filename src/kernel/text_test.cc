#include "text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "random_values.h"

namespace kernel {
namespace {

TEST(Utf8, ValidAndWhereItGoesWrong) {
    const std::vector<std::pair<std::string, std::size_t>> wrong = {
        {"\x80", 0},
        {"a\xC0\xAF", 1},         // overlong /
        {"ab\xC1\xBF", 2},        // overlong
        {"\xE0\x80\xAF", 0},      // overlong /
        {"\xE0\x9F\xBF", 0},      // overlong U+07FF
        {"\xF0\x8F\xBF\xBF", 0},  // overlong U+FFFF
        {"\xED\xA0\x80", 0},      // U+D800
        {"\xED\xBF\xBF", 0},      // U+DFFF
        {"\xF4\x90\x80\x80", 0},  // U+110000
        {"\xF5\x80\x80\x80", 0},
        {"\xF8\x88\x80\x80\x80", 0},
        {"\xFE", 0},
        {"\xFF", 0},
        {"12345678\xFF", 8},
        {"1234567\xC3", 7},
        {"\xC3", 0},
        {"\xE4\xBD", 0},
        {"\xF0\x9F\x98", 0},
        {"\xC3\xC3\xA9", 0},
        {"\xE4\xBD\x41", 0},
    };
    for (const auto& [text, at] : wrong) {
        EXPECT_FALSE(valid_utf8(text)) << at;
        EXPECT_EQ(valid_utf8_prefix(text), at);
    }
    for (std::string_view text : {"", "plain", "12345678", "\u0080", "\u07FF", "\u0800", "\uD7FF", "\uE000", "\uFFFF",
                                  "\U00010000", "\U0010FFFF", "\u56DE\u97F3"})
        EXPECT_TRUE(valid_utf8(text)) << text;
    EXPECT_TRUE(valid_utf8(std::string_view("\0", 1)));
}

TEST(Utf8, CountsAndCutsCodePoints) {
    EXPECT_EQ(code_points(""), 0u);
    EXPECT_EQ(code_points("a\u00e9\u56de\U0001F600"), 4u);
    EXPECT_EQ(first_code_points("a\u00e9\u56de\U0001F600", 0), "");
    EXPECT_EQ(first_code_points("a\u00e9\u56de\U0001F600", 2), "a\u00e9");
    EXPECT_EQ(first_code_points("a\u00e9\u56de\U0001F600", 3), "a\u00e9\u56de");
    EXPECT_EQ(first_code_points("a\u00e9\u56de\U0001F600", 9), "a\u00e9\u56de\U0001F600");
}

TEST(Nfc, ComposesAndReorders) {
    EXPECT_EQ(nfc("plain"), "plain");
    EXPECT_EQ(nfc("e\u0301"), "\u00e9");
    EXPECT_EQ(nfc("\u1112\u1161\u11ab"), "\ud55c");
    EXPECT_EQ(nfc("\u212b"), "\u00c5");
    EXPECT_EQ(nfc("q\u0307\u0323"), "q\u0323\u0307");
    EXPECT_EQ(nfc("\uff11\u3000"), "\uff11\u3000");  // compatibility forms stay
    EXPECT_EQ(nfc(""), "");
}

std::string admitted(std::string_view raw, Lines lines = Lines::one, std::size_t max = 20) {
    const auto text = admit(raw, "title", max, lines);
    if (text) return *text;
    EXPECT_EQ(text.error().code, Code::invalid);
    EXPECT_EQ(text.error().field, "title");
    return "!" + text.error().key;
}

TEST(Admit, Cases) {
    struct Case {
        std::string raw;
        std::string one, many;  // what comes of it in each kind of field
    };
    const std::string control = "!kernel.text_control", bytes = "!kernel.text_not_utf8";
    const std::vector<Case> cases = {
        {"", "", ""},
        {" \t\r\n \u3000\u00a0\u2028", "", ""},
        {" a b ", "a b", "a b"},
        {"\u3000\u56de\u97f3\u3000", "\u56de\u97f3", "\u56de\u97f3"},
        {"e\u0301", "\u00e9", "\u00e9"},
        {"a\r\nb\rc\nd\n\re", control, "a\nb\nc\nd\n\ne"},
        {"a\tb", control, "a\tb"},
        {"line\r\n", "line", "line"},
        {std::string("a\0b", 3), control, control},
        {std::string("\0", 1), control, control},
        {"\x1b[31m", control, control},
        {"a\x7f", control, control},
        {"a\u0085b", control, control},
        {"a\u009fb", control, control},
        {"a\u202ab", control, control},
        {"a\u202eb", control, control},
        {"a\u2066b", control, control},
        {"a\u2069b", control, control},
        {"a\u200fb", "a\u200fb", "a\u200fb"},  // marks that Arabic and Hebrew text needs
        {"a\u2065b", "a\u2065b", "a\u2065b"},
        {"\U0001F469\u200D\U0001F52C", "\U0001F469\u200D\U0001F52C", "\U0001F469\u200D\U0001F52C"},
        {"a\uFDD0", control, control},
        {"a\uFDEF", control, control},
        {"a\uFFFE", control, control},
        {"a\uFFFFb", control, control},
        {"\U0001FFFE", control, control},
        {"\U0010FFFF", control, control},
        {"\uFDF0", "\uFDF0", "\uFDF0"},
        {"\uFFFD", "\uFFFD", "\uFFFD"},
        {"\xFF", bytes, bytes},
        {"ok\xED\xA0\x80", bytes, bytes},
    };
    for (const Case& one : cases) {
        EXPECT_EQ(admitted(one.raw, Lines::one), one.one) << one.raw;
        EXPECT_EQ(admitted(one.raw, Lines::many), one.many) << one.raw;
    }
}

TEST(Admit, CountsCodePointsAfterAllElse) {
    EXPECT_EQ(admitted("  12345  ", Lines::one, 5), "12345");
    EXPECT_EQ(admitted("e\u0301e\u0301", Lines::one, 2), "\u00e9\u00e9");
    EXPECT_EQ(admitted("a\r\nb", Lines::many, 3), "a\nb");
    EXPECT_EQ(admitted("\u56de\u97f3\u56de\u97f3\u56de", Lines::one, 5), "\u56de\u97f3\u56de\u97f3\u56de");
    const auto text = admit("123456", "text", 5, Lines::one);
    ASSERT_FALSE(text.has_value());
    EXPECT_EQ(text.error(), invalid("text", "kernel.text_too_long", {{"max", "5"}, {"got", "6"}}));
    // One that grows: U+0958 has no composed form in NFC.
    EXPECT_EQ(admitted("\u0958", Lines::one, 1), "!kernel.text_too_long");
}

TEST(CheckLength, CountsCodePointsAndSaysBoth) {
    EXPECT_TRUE(check_length("", "text", 0));
    EXPECT_TRUE(check_length("\u56de\u97f3", "text", 2));
    const Checked long_one = check_length("\u56de\u97f3\u56de", "text", 2);
    ASSERT_FALSE(long_one);
    EXPECT_EQ(long_one.error(), invalid("text", "kernel.text_too_long", {{"max", "2"}, {"got", "3"}}));
}

TEST(NeedText, RefusesNothingAndTooMuch) {
    EXPECT_TRUE(need_text("a", "title", 1, "voice.title_missing"));
    EXPECT_EQ(need_text("", "title", 1, "voice.title_missing").error(), invalid("title", "voice.title_missing"));
    EXPECT_EQ(need_text("ab", "title", 1, "voice.title_missing").error(),
              invalid("title", "kernel.text_too_long", {{"max", "1"}, {"got", "2"}}));
}

TEST(LanguageTag, IsOfLettersDigitsAndHyphens) {
    for (const char* tag : {"en", "zh-Hant", "es-419", "EN"}) EXPECT_TRUE(language_tag(tag)) << tag;
    EXPECT_TRUE(language_tag(std::string(35, 'a')));
    for (const char* tag : {"", "e", "zh_Hant", "en ", "\u4e2d\u6587"}) EXPECT_FALSE(language_tag(tag)) << tag;
    EXPECT_FALSE(language_tag(std::string(36, 'a')));
}

RC_GTEST_PROP(AdmitProperty, WhatIsAdmittedIsAdmittedAgainAsItIs, ()) {
    const std::string raw = *random_values::text();
    const Lines lines = *rc::gen::element(Lines::one, Lines::many);
    const auto text = admit(raw, "f", 1'000, lines);
    if (!text) return;
    RC_ASSERT(valid_utf8(*text));
    RC_ASSERT(nfc(*text) == *text);
    const auto again = admit(*text, "f", 1'000, lines);
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == *text);
}

RC_GTEST_PROP(Utf8Property, BytesAreJudgedAsBySinglePoints, (const std::string& bytes)) {
    // The plain way: the prefix is what can be written as code points.
    const std::size_t valid = valid_utf8_prefix(bytes);
    std::string rebuilt;
    for (std::size_t at = 0; at < valid;) {
        const unsigned char lead = static_cast<unsigned char>(bytes[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        std::uint32_t c = length == 1 ? lead : lead & (0x7Fu >> length);
        for (std::size_t i = 1; i < length; ++i) c = c << 6 | (static_cast<unsigned char>(bytes[at + i]) & 0x3Fu);
        random_values::append_code_point(rebuilt, c);
        at += length;
    }
    RC_ASSERT(rebuilt == bytes.substr(0, valid));
    const std::string text = *random_values::text();
    RC_ASSERT(valid_utf8(text));
    RC_ASSERT(valid_utf8_prefix(text + "\xFF" + text) == text.size());
}

TEST(Trim, AsciiWhiteSpaceOnly) {
    EXPECT_EQ(trim("  a b\t\r\n"), "a b");
    EXPECT_EQ(trim(" \v\f "), "");
    EXPECT_EQ(trim(""), "");
    EXPECT_EQ(trim("\u3000a"), "\u3000a");
}

TEST(Split, KeepsEmptyPieces) {
    using Pieces = std::vector<std::string_view>;
    EXPECT_EQ(split("", ','), Pieces{""});
    EXPECT_EQ(split("a", ','), Pieces{"a"});
    EXPECT_EQ(split("a,,b,", ','), (Pieces{"a", "", "b", ""}));
    EXPECT_EQ(split(",", ','), (Pieces{"", ""}));
}

}  // namespace
}  // namespace kernel

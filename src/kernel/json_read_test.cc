#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "json.h"
#include "random_values.h"
#include "text.h"

namespace kernel {
namespace {

// The refusal in one line: "kernel.json_malformed at=3", or "read" when there is none.
std::string verdict(std::string_view text, Numbers numbers = Numbers::any) {
    const auto value = parse_json(text, numbers);
    if (value) return "read";
    EXPECT_EQ(value.error().code, Code::malformed);
    std::string out = value.error().key;
    for (const auto& [name, argument] : value.error().args) out += " " + name + "=" + argument;
    return out;
}

std::string malformed_at(std::size_t at) { return "kernel.json_malformed at=" + std::to_string(at); }

TEST(JsonRead, ValuesOfEachKind) {
    EXPECT_EQ(*parse_json(" null "), Json());
    EXPECT_EQ(*parse_json("true"), Json(true));
    EXPECT_EQ(*parse_json("false"), Json(false));
    EXPECT_EQ(*parse_json("[]"), Json(Json::Array{}));
    EXPECT_EQ(*parse_json("{ }"), Json(Json::Object{}));
    EXPECT_EQ(*parse_json("\t[1 ,\r\n\"a\" ] "), Json(Json::Array{1, "a"}));
    EXPECT_EQ(*parse_json(R"({"a":{"b":[null]}})"), Json().set("a", Json().set("b", Json::Array{Json()})));
    EXPECT_EQ(*parse_json(R"("\"\\\/\b\f\n\r\t\u0041\u00e4\u20AC\ud83d\uDE00\u0000")"),
              Json(std::string("\"\\/\b\f\n\r\tA\u00e4\u20ac\U0001F600\0", 19)));
}

TEST(JsonRead, NumbersOfRequests) {
    const std::vector<std::pair<const char*, Json>> cases = {
        {"0", 0},
        {"-0", 0},
        {"-0.0", 0},
        {"0e9", 0},
        {"1.0", 1},
        {"1e2", 100},
        {"1E+2", 100},
        {"-17", -17},
        {"12.50", 12.5},
        {"100e-2", 1},
        {"9007199254740991", std::int64_t{9007199254740991}},
        {"9007199254740992", 9007199254740992.0},
        {"-9007199254740992", -9007199254740992.0},
        {"9007199254740993", 9007199254740992.0},
        {"123456789012345678901234567890", 123456789012345678901234567890.0},
        {"5e-324", 5e-324},
        {"1e308", 1e308},
        {"9007199254740990.0", std::int64_t{9007199254740990}}};
    for (const auto& [text, value] : cases) {
        const auto read = parse_json(text);
        ASSERT_TRUE(read.has_value()) << text;
        EXPECT_EQ(*read, value) << text;
    }
}

TEST(JsonRead, NumbersOfTheLedgerAreCanonical) {
    for (const char* text : {"0", "-1", "10", "1.5", "1e+21", "1e-7", "5e-324", "0.000001", "9007199254740991",
                             "9007199254740992", "100000000000000000000", "-0.0000033333333333333333"})
        EXPECT_EQ(verdict(text, Numbers::canonical), "read") << text;
    for (const char* text : {"1.0", "1e2", "-0", "-0.0", "0.0", "1E+21", "1e21", "1e+2", "1.50", "0.1e1", "0.0000001",
                             "9007199254740993", "1000000000000000000000", "0.30000000000000000001", "10e-1"})
        EXPECT_EQ(verdict(text, Numbers::canonical), malformed_at(0)) << text;
    EXPECT_EQ(verdict("01", Numbers::canonical), malformed_at(1));
    EXPECT_EQ(verdict("[1,2.0]", Numbers::canonical), malformed_at(3));
}

TEST(JsonRead, MalformedAtTheRightByte) {
    const std::vector<std::pair<std::string_view, std::size_t>> cases = {{"", 0},
                                                                         {"  ", 2},
                                                                         {"nul", 3},
                                                                         {"nulL", 3},
                                                                         {"True", 0},
                                                                         {"'a'", 0},
                                                                         {"{a:1}", 1},
                                                                         {"{\"a\" 1}", 5},
                                                                         {"{\"a\":1,}", 7},
                                                                         {"[1,]", 3},
                                                                         {"[1 2]", 3},
                                                                         {"[1", 2},
                                                                         {"]", 0},
                                                                         {"{\"a\":}", 5},
                                                                         {"{1:2}", 1},
                                                                         {"[1]]", 3},
                                                                         {"1 2", 2},
                                                                         {"//1", 0},
                                                                         {"[,1]", 1},
                                                                         {"{,}", 1},
                                                                         {"\xEF\xBB\xBF{}", 0},
                                                                         {"NaN", 0},
                                                                         {"Infinity", 0},
                                                                         {"-", 1},
                                                                         {"+1", 0},
                                                                         {".5", 0},
                                                                         {"1.", 2},
                                                                         {"1.e1", 2},
                                                                         {"1e", 2},
                                                                         {"1e+", 3},
                                                                         {"01", 1},
                                                                         {"-01", 2},
                                                                         {"00", 1},
                                                                         {"0x1", 1},
                                                                         {"1e400", 0},
                                                                         {"-1e400", 0},
                                                                         {"[1e999]", 1},
                                                                         {"1_000", 1},
                                                                         {"\"\t\"", 1},
                                                                         {"\"a\nb\"", 2},
                                                                         {"\"\\a\"", 2},
                                                                         {"\"\\u12G4\"", 5},
                                                                         {"\"\\U0041\"", 2},
                                                                         {"\"\\x41\"", 2},
                                                                         {"\"a", 2},
                                                                         {"\"\\", 2},
                                                                         {"\"\xFF\"", 1},
                                                                         {"\"ab\xC0\xAF\"", 3},
                                                                         {"\"\xED\xA0\x80\"", 1},
                                                                         {"\"\xF4\x90\x80\x80\"", 1},
                                                                         {"\"\\ud800\"", 1},
                                                                         {"\"\\udc00\"", 1},
                                                                         {"\"\\ud800\\u0041\"", 1},
                                                                         {"\"a\\ud83d\\ud83d\"", 2},
                                                                         {"\"\\ude00\\ud83d\"", 1},
                                                                         {"\"\\ud83dx\"", 1},
                                                                         {"\"\\ud83d\\n\"", 1},
                                                                         {"[1]\f", 3},
                                                                         {std::string_view("[1]\0", 4), 3},
                                                                         {std::string_view("\0", 1), 0}};
    for (const auto& [text, at] : cases) EXPECT_EQ(verdict(text), malformed_at(at)) << text;
}

TEST(JsonRead, DuplicatesAreNamed) {
    EXPECT_EQ(verdict(R"({"a":1,"b":2,"a":1})"), "kernel.json_duplicate member=a at=13");
    EXPECT_EQ(verdict(R"({"b":1,"a":{"x":1, "\u0078":2}})"), "kernel.json_duplicate member=x at=19");
    EXPECT_EQ(verdict(R"({"":1,"":2})"), "kernel.json_duplicate member= at=6");
    EXPECT_EQ(verdict(R"([{"a":1},{"a":1}])"), "read");
    // U+00E9 and e with U+0301 look alike, but are two names.
    EXPECT_EQ(verdict("{\"\u00e9\":1,\"e\u0301\":2}"), "read");
}

TEST(JsonRead, NestingEndsAt64) {
    const auto arrays = [](int n) { return std::string(n, '[') + std::string(n, ']'); };
    const auto objects = [](int n) {
        std::string out;
        for (int i = 0; i < n; ++i) out += "{\"a\":";
        return out + "1" + std::string(n, '}');
    };
    EXPECT_EQ(verdict(arrays(64)), "read");
    EXPECT_EQ(verdict(arrays(65)), "kernel.json_too_deep");
    EXPECT_EQ(verdict(objects(64)), "read");
    EXPECT_EQ(verdict(objects(65)), "kernel.json_too_deep");
    EXPECT_EQ(verdict("[" + objects(63) + "," + objects(63) + "]"), "read");
    EXPECT_EQ(verdict(std::string(1'000'000, '[')), "kernel.json_too_deep");
}

TEST(JsonRead, RefusedWhereverItIsCutOff) {
    const std::string whole = "{\"a\":[1,-2.5e-7,true,false,null],\"\\u00e9\\n\":\"\u4f60\U0001F600\\ud83d\\ude00\"}";
    ASSERT_EQ(verdict(whole), "read");
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const std::string cut = verdict(std::string_view(whole).substr(0, length));
        // At the end of what is left, or where the character begins that was cut.
        EXPECT_EQ(cut.substr(0, 21), "kernel.json_malformed") << length;
        const std::size_t at = std::stoul(cut.substr(cut.find('=') + 1));
        EXPECT_LE(at, length);
        EXPECT_GE(at + 3, length);
    }
}

RC_GTEST_PROP(JsonReadProperty, WhatIsWrittenReadsBackTheSame, ()) {
    const Json value = *random_values::json();
    const std::string written = canonical(value);
    const auto strict = parse_json(written, Numbers::canonical);
    RC_ASSERT(strict.has_value());
    RC_ASSERT(*strict == value);
    RC_ASSERT(canonical(*strict) == written);
    RC_ASSERT(*parse_json(written, Numbers::any) == value);
}

RC_GTEST_PROP(JsonReadProperty, AByteChangedNeverBreaksTheReader, ()) {
    std::string text = canonical(*random_values::json(3));
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    text[at] = static_cast<char>(*rc::gen::inRange<int>(-128, 128));
    const auto value = parse_json(text);
    if (value)
        RC_ASSERT(*parse_json(canonical(*value), Numbers::canonical) == *value);
    else
        RC_ASSERT(value.error().code == Code::malformed);
}

}  // namespace
}  // namespace kernel

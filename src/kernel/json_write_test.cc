#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <limits>

#include "json.h"
#include "random_values.h"

namespace kernel {
namespace {

double from_ieee(std::uint64_t bits) {
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

// RFC 8785 appendix B.
TEST(JsonWrite, NumbersOfTheRfc) {
    const std::vector<std::pair<std::uint64_t, const char*>> cases = {
        {0x0000000000000000, "0"},
        {0x8000000000000000, "0"},
        {0x0000000000000001, "5e-324"},
        {0x8000000000000001, "-5e-324"},
        {0x7fefffffffffffff, "1.7976931348623157e+308"},
        {0xffefffffffffffff, "-1.7976931348623157e+308"},
        {0x4340000000000000, "9007199254740992"},
        {0xc340000000000000, "-9007199254740992"},
        {0x4430000000000000, "295147905179352830000"},
        {0x44b52d02c7e14af5, "9.999999999999997e+22"},
        {0x44b52d02c7e14af6, "1e+23"},
        {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
        {0x444b1ae4d6e2ef4e, "999999999999999700000"},
        {0x444b1ae4d6e2ef4f, "999999999999999900000"},
        {0x444b1ae4d6e2ef50, "1e+21"},
        {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
        {0x3eb0c6f7a0b5ed8d, "0.000001"},
        {0x41b3de4355555553, "333333333.3333332"},
        {0x41b3de4355555554, "333333333.33333325"},
        {0x41b3de4355555555, "333333333.3333333"},
        {0x41b3de4355555556, "333333333.3333334"},
        {0x41b3de4355555557, "333333333.33333343"},
        {0xbecbf647612f3696, "-0.0000033333333333333333"},
        {0x43143ff3c1cb0959, "1424953923781206.2"},
    };
    for (const auto& [bits, written] : cases) EXPECT_EQ(canonical(Json(from_ieee(bits))), written);
}

TEST(JsonWrite, MoreNumbers) {
    const std::vector<std::pair<double, const char*>> cases = {{1e21, "1e+21"},
                                                               {1e20, "100000000000000000000"},
                                                               {1e-7, "1e-7"},
                                                               {1e-6, "0.000001"},
                                                               {1.5e-10, "1.5e-10"},
                                                               {5e-324, "5e-324"},
                                                               {-0.0, "0"},
                                                               {4.5, "4.5"},
                                                               {0.002, "0.002"},
                                                               {100.0, "100"},
                                                               {123456.789, "123456.789"},
                                                               {-1e100, "-1e+100"},
                                                               {0.1 + 0.2, "0.30000000000000004"}};
    for (const auto& [value, written] : cases) EXPECT_EQ(canonical(Json(value)), written);
    EXPECT_EQ(canonical(Json(std::int64_t{9007199254740991})), "9007199254740991");
    EXPECT_EQ(canonical(Json(std::int64_t{-9007199254740991})), "-9007199254740991");
    EXPECT_EQ(canonical(Json(0)), "0");
}

TEST(JsonWrite, WhatCannotBeWritten) {
    EXPECT_THROW(canonical(Json(from_ieee(0x7fffffffffffffff))), std::range_error);
    EXPECT_THROW(canonical(Json(from_ieee(0x7ff0000000000000))), std::range_error);
    EXPECT_THROW(canonical(Json(-std::numeric_limits<double>::infinity())), std::range_error);
    EXPECT_THROW(canonical(Json(std::int64_t{9007199254740992})), std::range_error);
    EXPECT_THROW(canonical(Json(std::int64_t{-9007199254740992})), std::range_error);
    EXPECT_THROW(canonical(Json(std::numeric_limits<std::int64_t>::min())), std::range_error);
    EXPECT_THROW(canonical(Json("\xC3")), std::range_error);
    EXPECT_THROW(canonical(Json().set("\xED\xA0\x80", 1)), std::range_error);
    Json nested;
    for (int i = 0; i < 64; ++i) nested = Json(Json::Array{nested});
    EXPECT_TRUE(parse_json(canonical(nested)).has_value());
    EXPECT_THROW(canonical(Json(Json::Array{nested})), std::range_error);
}

// RFC 8785 section 3.2.2 (sample), 3.2.3 (order of members), and two files of the author's test data.
TEST(JsonWrite, DocumentsOfTheRfc) {
    const std::vector<std::pair<const char*, const char*>> cases = {
        {R"({
            "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
            "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
            "literals": [null, true, false]
         })",
         "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
         "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"},
        {R"({
            "\u20ac": "Euro Sign",
            "\r": "Carriage Return",
            "\ufb33": "Hebrew Letter Dalet With Dagesh",
            "1": "One",
            "\ud83d\ude00": "Emoji: Grinning Face",
            "\u0080": "Control",
            "\u00f6": "Latin Small Letter O With Diaeresis"
         })",
         "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xC2\x80\":\"Control\","
         "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
         "\"\U0001F600\":\"Emoji: Grinning Face\",\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"}"},
        {R"({
            "\u20ac": "Euro Sign", "1": "One", "\u0080": "Control\u007f", "\ud83d\ude02": "Smiley",
            "\u00f6": "Latin Small Letter O With Diaeresis", "\ufb33": "Hebrew Letter Dalet With Dagesh",
            "</script>": "Browser Challenge"
         })",
         "{\"1\":\"One\",\"</script>\":\"Browser Challenge\",\"\xC2\x80\":\"Control\x7F\","
         "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\",\"\U0001F602\":\"Smiley\","
         "\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"}"},
        {R"({"1": {"f": {"f": "hi", "F": 5}, "\n": 56.0}, "10": {}, "": "empty", "a": {}, "111": [{}], "A": {}})",
         R"({"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}})"},
    };
    for (const auto& [read, written] : cases) {
        const auto value = parse_json(read);
        ASSERT_TRUE(value.has_value()) << value.error().args[0].second;
        EXPECT_EQ(canonical(*value), written);
    }
}

TEST(JsonWrite, EscapesAsFewAsPossible) {
    std::string all;
    for (int c = 0; c < 0x80; ++c) all += static_cast<char>(c);
    std::string written = "\"";
    const std::string_view short_forms = "btnvfr";  // from U+0008; U+000B has none
    for (int c = 0; c < 0x80; ++c) {
        char hex_form[8];
        std::snprintf(hex_form, sizeof hex_form, "\\u%04x", static_cast<unsigned>(c));
        if (c >= 8 && c <= 13 && c != 11)
            written += std::string("\\") + short_forms[static_cast<std::size_t>(c - 8)];
        else if (c < 0x20)
            written += hex_form;
        else if (c == '"' || c == '\\')
            written += std::string("\\") + static_cast<char>(c);
        else
            written += static_cast<char>(c);
    }
    EXPECT_EQ(canonical(Json(all)), written + "\"");
}

TEST(JsonValue, ReadsAndChangesMembers) {
    Json value;
    value.set("n", 7).set("s", "text").set("b", true).set("a", Json::Array{1, 2});
    EXPECT_EQ(value.need_integer("n"), 7);
    EXPECT_EQ(value.need_string("s"), "text");
    EXPECT_TRUE(value.need_boolean("b"));
    EXPECT_EQ(value.need_array("a").size(), 2u);
    EXPECT_TRUE(value["absent"].is_null());
    EXPECT_TRUE(value["n"]["deeper"].is_null());
    value.set("n", "replaced");
    EXPECT_EQ(*value["n"].string(), "replaced");
    EXPECT_THROW(Json(1).set("x", 2), std::logic_error);
}

TEST(JsonValue, NeededMembersAreNamedInTheComplaint) {
    const Json value = Json().set("n", 7.5);
    for (const char* member : {"n", "absent"}) {
        try {
            value.need_integer(member);
            FAIL() << member;
        } catch (const std::runtime_error& broken) {
            EXPECT_NE(std::string(broken.what()).find(member), std::string::npos);
        }
        EXPECT_THROW(value.need_string(member), std::runtime_error);
        EXPECT_THROW(value.need_array(member), std::runtime_error);
        EXPECT_THROW(value.need_boolean(member), std::runtime_error);
    }
}

// The plain way to the shortest digits: try one digit more until it reads back as the same number.
std::string shortest_digits(double value) {
    for (int precision = 0; precision < 17; ++precision) {
        char text[40];
        std::snprintf(text, sizeof text, "%.*e", precision, value);
        if (std::strtod(text, nullptr) == value) return text;
    }
    return "none";
}

RC_GTEST_PROP(JsonWriteProperty, NumbersAreShortestAndReadBack, ()) {
    const double value = *random_values::finite_double();
    const std::string written = canonical(Json(value));
    RC_ASSERT(std::strtod(written.c_str(), nullptr) == value);
    const auto significant = [](std::string text) {
        text = text.substr(0, text.find('e'));
        std::string digits;
        for (char c : text)
            if (c >= '0' && c <= '9' && !(digits.empty() && c == '0')) digits += c;
        while (!digits.empty() && digits.back() == '0') digits.pop_back();
        return digits;
    };
    RC_ASSERT(significant(written) == significant(shortest_digits(value)));
    const double size = std::fabs(value);
    RC_ASSERT((written.find('e') != written.npos) == (value != 0 && (size >= 1e21 || size < 1e-6)));
}

RC_GTEST_PROP(JsonWriteProperty, MembersAreInUtf16Order, (const std::vector<std::uint16_t>& seeds)) {
    const auto utf16 = [](const std::vector<std::uint32_t>& points) {
        std::u16string out;
        for (std::uint32_t c : points) {
            if (c >= 0x10000) out += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
            out += static_cast<char16_t>(c >= 0x10000 ? 0xDC00 + (c & 0x3FF) : c);
        }
        return out;
    };
    const auto points = rc::gen::container<std::vector<std::uint32_t>>(random_values::code_point());
    std::vector<std::uint32_t> a = *points, b = *points;
    if (seeds.size() % 2 == 0) b.insert(b.begin(), a.begin(), a.end());  // a common beginning
    std::string a8, b8;
    for (std::uint32_t c : a) random_values::append_code_point(a8, c);
    for (std::uint32_t c : b) random_values::append_code_point(b8, c);
    RC_ASSERT(Utf16Less{}(a8, b8) == (utf16(a) < utf16(b)));
    RC_ASSERT(Utf16Less{}(b8, a8) == (utf16(b) < utf16(a)));
}

}  // namespace
}  // namespace kernel

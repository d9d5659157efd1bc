#include "variables.h"

#include <gtest/gtest.h>

namespace desk {
namespace {

std::string key(const kernel::Checked& c) { return c ? "" : c.error().field + ":" + c.error().key; }

TEST(DeskVariables, OnlyKnownOnesInClosedBraces) {
    for (std::string_view name : variables) EXPECT_EQ(key(check_variables("{" + std::string(name) + "}")), "");
    const std::pair<std::string, std::string> rows[] = {
        {"", ""},
        {"No braces } at all", ""},
        {"{number}{due} {number}", ""},
        {"｛number｝ is other brackets", ""},
        {"{Number}", "text:desk.variable_unknown"},
        {"{ number }", "text:desk.variable_unknown"},
        {"{}", "text:desk.variable_unknown"},
        {"{number} {nonsense}", "text:desk.variable_unknown"},
        {"{<script>}", "text:desk.variable_unknown"},
        {"{number", "text:desk.brace_open"},
        {"{num\nber}", "text:desk.brace_open"},
        {"{{number}}", "text:desk.brace_open"},
        {"{number} {", "text:desk.brace_open"},
        {"{x} {", "text:desk.variable_unknown"},
    };
    for (const auto& [text, refused] : rows) EXPECT_EQ(key(check_variables(text)), refused) << text;
    const kernel::Checked refused = check_variables("{" + std::string(5000, 'x') + "}");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().args.front().second, std::string(40, 'x'));
}

TEST(DeskVariables, WhatIsFilledInIsNotLookedAtAgain) {
    const Values values = {{"title", "{due} {title} <b>&amp;"}, {"number", "17"}, {"place", ""}};
    const Filled filled = fill("No. {number}, “{title}”, at {place}; due {due}. {place}", values);
    EXPECT_EQ(filled.text, "No. 17, “{due} {title} <b>&amp;”, at …; due …. …");
    EXPECT_EQ(filled.missing, (std::vector<std::string>{"place", "due"}));
    EXPECT_EQ(fill("", values).text, "");
    EXPECT_EQ(fill("plain }", values).text, "plain }");
}

}  // namespace
}  // namespace desk

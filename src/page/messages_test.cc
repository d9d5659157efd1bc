#include "messages.h"

#include <gtest/gtest.h>

namespace page {
namespace {

TEST(Messages, reading_a_file) {
    Words words;
    read_messages("voice/messages.en.txt", "voice", "# comment\n\nvoice.a = one = two \nvoice.b = {n} left", words);
    EXPECT_EQ(words, (Words{{"voice.a", "one = two"}, {"voice.b", "{n} left"}}));
    for (const char* bad : {"voice.c=x", "issue.c = x", "voice.c =  ", "voice.a = again", "voice.c"})
        EXPECT_THROW(read_messages("f", "voice", bad, words), std::runtime_error) << bad;
    try {
        read_messages("voice/messages.en.txt", "voice", "# x\nvoice.c", words);
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string(error.what()).find("voice/messages.en.txt:2"), std::string::npos);
    }
}

TEST(Messages, arguments_are_put_in) {
    EXPECT_EQ(fill_in("{a} of {b}", {{"a", "1"}, {"b", "{a}"}}), "1 of {a}");
    EXPECT_EQ(fill_in("{n} {n|day|days}", {{"n", "1"}}), "1 day");
    EXPECT_EQ(fill_in("{n} {n|day|days}", {{"n", "2"}}), "2 days");
    EXPECT_EQ(fill_in("{n} {n|day|days}", {}), "{n} days");
    EXPECT_EQ(fill_in("open {n", {{"n", "1"}}), "open {n");
    bool chooses = false;
    EXPECT_EQ(arguments("{b} {a} {b} {n|x|y}", &chooses), (std::vector<std::string>{"a", "b", "n"}));
    EXPECT_TRUE(chooses);
}

TEST(Messages, chinese_punctuation) {
    const std::pair<const char*, const char*> cases[] = {
        {"第 {line} 行:有 {got} 个,首行 {want} 个。", "第 {line} 行：有 {got} 个，首行 {want} 个。"},
        {"最多 {limit},内容没有保存", "最多 {limit}，内容没有保存"},
        {"源代码 (AGPL 3.0 或更高版本)", "源代码（AGPL 3.0 或更高版本）"},
        {"可信范围(95%)", "可信范围(95%)"},
        {"区间(Wilson)很宽", "区间(Wilson)很宽"},
        {"n = {n} · 统计于 {when}", "n = {n} · 统计于 {when}"},
        {"09:05", "09:05"},
        {"还没有, 请稍后", "还没有，请稍后"},
        {"JPEG, PNG", "JPEG, PNG"},
        {"(可不填)", "（可不填）"},
        {"JPEG(不超过 8 MB);再试", "JPEG（不超过 8 MB）；再试"},
        {"", ""}};
    for (const auto& [text, set] : cases) EXPECT_EQ(typeset_han(text), set) << text;
}

TEST(Messages, said_to_the_reader) {
    EXPECT_EQ(say(Lang::en, "page.late_by", {{"n", "1"}}), "1 working day late");
    EXPECT_EQ(say(Lang::zh_hant, "page.late_by", {{"n", "3"}}), "逾期 3 個工作天");
    EXPECT_EQ(say(Lang::en, kernel::invalid("f", "page.entry", {{"n", "17"}})), "No. 17");
    EXPECT_TRUE(has_message("page.entry"));
    EXPECT_FALSE(has_message("page.never_said"));
    EXPECT_THROW(say(Lang::en, "page.never_said"), std::logic_error);
}

}  // namespace
}  // namespace page

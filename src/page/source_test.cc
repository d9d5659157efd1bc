#include "source.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace page {
namespace {

std::string_view fetched(std::string_view path) {
    if (path == "x/field.html") return "<i id=((name))>((#hint))[((hint))]((/hint))((^hint))none((/hint))</i>";
    if (path == "x/outer.html") return "{{> x/field name=((name)) hint=\"two words\"}}";
    if (path == "x/endless.html") return "{{> x/endless}}";
    if (path == "x/nested.html") return "((#a))A((#b))B((/b))((/a))";
    throw std::runtime_error("no file");
}

TEST(Include, parameters_and_conditions) {
    const auto put = [](std::string_view text) { return include("t", text, {}, fetched); };
    EXPECT_EQ(put("a {{> x/field name=title}} b"), "a <i id=title>none</i> b");
    EXPECT_EQ(put("{{>x/field.html\n name=title hint=page.h }}"), "<i id=title>[page.h]</i>");
    EXPECT_EQ(put("{{> x/outer name=k}}"), "<i id=k>[two words]</i>");
    EXPECT_EQ(put("{{> x/nested a=1 b=1}}{{> x/nested a=1}}{{> x/nested b=1}}"), "ABA");
}

TEST(Include, what_is_wrong_is_named) {
    for (const char* bad : {"{{> x/field}}", "{{> x/none name=a}}", "{{> x/endless}}", "{{> x/field name}}",
                            "{{> x/field name=\"a}}", "{{> x/field name=a", "{{>}}", "((#a)) x", "((a))", "(( x"})
        EXPECT_THROW(include("t", bad, {}, fetched), std::runtime_error) << bad;
}

TEST(PutWords, escaped_with_arguments) {
    const auto lookup = [](std::string_view key) -> std::string {
        if (key == "a.plain") return "it's <b>";
        if (key == "a.count") return "{n} of {all}";
        throw std::runtime_error("unknown");
    };
    const auto put = [&](std::string_view text) { return put_words("t", text, lookup); };
    EXPECT_EQ(put("x [[a.plain]] y"), "x it&#39;s &lt;b&gt; y");
    EXPECT_EQ(put("[[a.count n=here all=5000]]"), "{{here}} of 5,000");
    EXPECT_EQ(put("[[a.count]]"), "{n} of {all}");
    EXPECT_THROW(put("[[a.none]]"), std::runtime_error);
    EXPECT_THROW(put("[[a.plain"), std::runtime_error);
    EXPECT_EQ(mentions("[[a.x]] [[b.y n=m]]").at(1).arguments, std::vector<std::string>{"n"});
    EXPECT_TRUE(mentions("<p a=\"[[a.x]]\" data-left=\"[[a.y]]\">").at(1).for_script);
    EXPECT_FALSE(mentions("<p data-left=\"[[a.x]]\" a=\"[[a.y]]\">").at(1).for_script);
}

TEST(RefuseUnsafe, raw_output_and_inline_code) {
    for (const char* bad :
         {"{{{raw}}}", "{{&raw}}", "{{& raw}}", "{{ &raw}}", "{{=<% %>=}}", "<p style=\"x\">", "<P STYLE=x>",
          "<a href=x onclick=\"y\">", "<a\nonclick=y>", "<script>", "<style>", "<a href=\"javascript:x\">", "<iframe>"})
        EXPECT_THROW(refuse_unsafe("t", bad), std::runtime_error) << bad;
    for (const char* good : {"{{name}}", "<p class=\"style=\">", "<p> on=1 style=2</p>", "<p title=\" style=x\">",
                             "<option selected>", "<p on>"})
        EXPECT_NO_THROW(refuse_unsafe("t", good)) << good;
}

TEST(Squeeze, white_space_but_not_in_what_people_typed) {
    EXPECT_EQ(squeeze("\n\n<p>\n   a  b\n\n</p>\n"), "<p>\na  b\n</p>\n");
    EXPECT_EQ(squeeze("<textarea>\n\n  x\n</textarea>\n  <p>"), "<textarea>\n\n  x\n</textarea>\n<p>");
    EXPECT_EQ(squeeze("<pre>\n  a\n</pre>\n\n"), "<pre>\n  a\n</pre>\n");
}

}  // namespace
}  // namespace page

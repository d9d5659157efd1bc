#include "template.h"

#include <thread>

#include <gtest/gtest.h>

namespace page {
namespace {

std::string shown(std::string_view text, const Data& data) { return render_text(Lang::en, text, data).text(); }

TEST(Template, text_is_escaped_and_html_is_not) {
    const Data data = Data().set("text", "<b>\"'&").set("html", trusted("<b>")).set("n", 5000);
    EXPECT_EQ(shown("{{text}}|{{html}}|{{n}}|{{missing}}|", data), "&lt;b&gt;&quot;&#39;&amp;|<b>|5000||");
}

TEST(Template, sections) {
    std::vector<Data> rows;
    for (const char* name : {"a", "", "c"}) rows.push_back(Data().set("name", name));
    Data data;
    data.set("rows", std::move(rows))
        .set("none", std::vector<Data>{})
        .set("yes", true)
        .set("no", false)
        .set("empty", "");
    data.set("one", Data().set("name", "inner"));
    EXPECT_EQ(shown("{{#rows}}<{{name}}>{{/rows}}", data), "<a><><c>");
    EXPECT_EQ(shown("{{#none}}x{{/none}}{{^none}}nothing{{/none}}", data), "nothing");
    EXPECT_EQ(shown("{{#yes}}y{{/yes}}{{#no}}n{{/no}}{{#empty}}e{{/empty}}{{^empty}}-{{/empty}}", data), "y-");
    EXPECT_EQ(shown("{{#one}}{{name}}{{/one}} {{one.name}}", data), "inner inner");
}

TEST(Template, blanks_and_lines_stay_where_they_are) {
    EXPECT_EQ(shown("a b  c {{x}} d\ne", Data().set("x", "1 2\n3")), "a b  c 1 2\n3 d\ne");
    EXPECT_EQ(shown("<textarea>\n{{x}}</textarea>", Data().set("x", "\n a")), "<textarea>\n\n a</textarea>");
}

TEST(Template, a_text_cannot_bring_its_own_tags) {
    EXPECT_EQ(shown("{{x}}", Data().set("x", "{{y}} [[page.tag]] {{{y}}}").set("y", "no")),
              "{{y}} [[page.tag]] {{{y}}}");
}

TEST(Template, copies_are_their_own) {
    Data one = Data().set("x", "1");
    Data two = one;
    two.set("x", "2");
    EXPECT_EQ(shown("{{x}}", one) + shown("{{x}}", two), "12");
    one = two;
    EXPECT_EQ(shown("{{x}}", one), "2");
}

TEST(Template, wrong_ones_are_refused) {
    for (const char* bad : {"{{{x}}}", "{{#open}}", "{{/closed}}", "{{x", "[[page.never_said]]", "{{> page/never}}"})
        EXPECT_THROW(render_text(Lang::en, bad, {}), std::exception) << bad;
    EXPECT_THROW(render(Lang::en, "page/never.html", {}), std::logic_error);
}

TEST(Template, many_threads_render_one_template) {
    std::vector<std::thread> threads;
    std::vector<std::string> results(8);
    for (std::size_t i = 0; i < results.size(); ++i)
        threads.emplace_back([i, &results] {
            const Data data = Data().set("title", std::to_string(i)).set("message", "m").set("then", "t");
            for (int round = 0; round < 50; ++round) results[i] = render(Lang::en, "page/refusal.html", data).text();
        });
    for (std::thread& thread : threads) thread.join();
    for (std::size_t i = 0; i < results.size(); ++i)
        EXPECT_NE(results[i].find("<h1>" + std::to_string(i) + "</h1>"), std::string::npos);
}

}  // namespace
}  // namespace page

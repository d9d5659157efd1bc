#include <gtest/gtest.h>

#include "template.h"

namespace page {
namespace {

std::string form_text(const Form& form, std::string_view text) {
    Data data;
    form.fill(Lang::en, data, {"title", "kind", "sure"});
    return render_text(Lang::en, text, data).text();
}

http::Request posted(std::vector<std::pair<std::string, std::string>> fields, std::string path = "/voices") {
    http::Request request;
    request.method = http::Method::post;
    request.path = std::move(path);
    request.form = std::move(fields);
    return request;
}

const char* const text_field = "{{> page/field_text name=title label=page.entry hint=page.tag}}";

TEST(Form, fresh) {
    const http::Request request;
    Form form(request);
    form.value("title", "a \"quoted\" <b>").value("kind", "b");
    form.options("kind", {{"a", "A", "about a"}, {"b", "B", ""}});
    const std::string html = form_text(form, text_field);
    EXPECT_NE(html.find("value=\"a &quot;quoted&quot; &lt;b&gt;\""), std::string::npos) << html;
    EXPECT_NE(html.find("aria-describedby=\"title-hint\""), std::string::npos) << html;
    EXPECT_EQ(html.find("aria-invalid"), std::string::npos);
    const std::string radios = form_text(form, "{{> page/field_radios name=kind label=page.entry}}");
    EXPECT_NE(radios.find("id=\"kind\" name=\"kind\" value=\"a\" aria-describedby=\"kind-means\"><label"),
              std::string::npos)
        << radios;
    EXPECT_NE(radios.find("id=\"kind-2\" name=\"kind\" value=\"b\" checked><label"), std::string::npos) << radios;
    EXPECT_EQ(form_text(form, "{{errors}}"), "");
}

TEST(Form, again_keeps_what_was_typed_and_leads_to_the_fields) {
    const http::Request request = posted({{"title", "typed <"}, {"kind", "a"}, {"kind", "b"}, {"sure", "yes"}});
    Form form = Form::again(
        request, {kernel::invalid("title", "page.entry", {{"n", "<5>"}}), kernel::invalid("other", "page.newer")});
    form.options("kind", {{"a", "A", ""}, {"b", "B", ""}, {"c", "C", ""}}).value("title", "not this");
    const std::string html = form_text(form, text_field);
    EXPECT_NE(html.find("value=\"typed &lt;\""), std::string::npos) << html;
    EXPECT_NE(html.find("aria-describedby=\"title-hint title-error\" aria-invalid=\"true\""), std::string::npos)
        << html;
    EXPECT_NE(html.find("No. &lt;5&gt;</p>"), std::string::npos) << html;
    const std::string summary = form_text(form, "{{errors}}");
    EXPECT_NE(summary.find("<li><a href=\"#title\">No. &lt;5&gt;</a></li>"), std::string::npos) << summary;
    EXPECT_NE(summary.find("<li>Newer</li>"), std::string::npos) << summary;
    const std::string checks = form_text(form, "{{> page/field_checks name=kind label=page.entry}}");
    EXPECT_NE(checks.find("value=\"b\" checked"), std::string::npos);
    EXPECT_EQ(checks.find("value=\"c\" checked"), std::string::npos);
    EXPECT_NE(form_text(form, "{{> page/field_check name=sure label=page.entry}}").find(" checked"), std::string::npos);
}

TEST(Form, counted_field_says_how_much) {
    const http::Request request;
    const std::string html = form_text(Form(request), "{{> page/field_area name=title label=page.entry max=5000}}");
    EXPECT_NE(html.find("data-count=\"5000\" data-left=\"Characters left: {n}\""), std::string::npos) << html;
    EXPECT_NE(html.find("id=\"title-count\">At most 5,000 characters.</p>"), std::string::npos) << html;
    EXPECT_NE(html.find("aria-describedby=\"title-count\""), std::string::npos) << html;
}

TEST(Once, of_a_form) {
    const auto first = once(posted({{"once", "abc"}, {"csrf", "1"}, {"text", "x"}}));
    ASSERT_TRUE(first);
    EXPECT_EQ(first, once(posted({{"once", "abc"}, {"csrf", "2"}, {"text", "y"}})));
    EXPECT_NE(first, once(posted({{"once", "abd"}})));
    EXPECT_NE(first, once(posted({{"once", "abc"}}, "/elsewhere")));
    EXPECT_EQ(once(posted({{"text", "x"}})), std::nullopt);
    EXPECT_EQ(once(posted({{"once", ""}})), std::nullopt);
    EXPECT_EQ(once(posted({{"once", std::string(500, 'a')}})), std::nullopt);
}

TEST(Once, of_a_header_two_callers_with_one_key_do_not_meet) {
    const auto call = [](const std::string& key, const std::string& body) {
        http::Request request = posted({}, "/api/v1/voices");
        request.headers["idempotency-key"] = key;
        request.body = body;
        return once(request);
    };
    EXPECT_TRUE(call("1", "{}"));
    EXPECT_EQ(call("1", "{}"), call("1", "{}"));
    EXPECT_NE(call("1", "{}"), call("1", "{\"a\":1}"));
    EXPECT_NE(call("1", "2"), call("12", ""));
}

}  // namespace
}  // namespace page

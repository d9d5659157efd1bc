#include <gtest/gtest.h>

#include "page.h"
#include "slots.h"

namespace page {
namespace {

http::Request get(std::string target, std::string lang = "en") {
    http::Request request;
    request.target = target;
    request.path = target.substr(0, target.find('?'));
    request.cookies["lang"] = std::move(lang);
    return request;
}

Page titled(std::string title) {
    Page page;
    page.title = std::move(title);
    page.main = trusted("<h1>x</h1>");
    return page;
}

Setup named() {
    Setup fixed;
    fixed.organisation = "City <of> X";
    fixed.sections = {{"desk", "/", "page.newer"}, {"log", "/log", "page.log"}};
    return fixed;
}

bool in(const http::Response& response, std::string_view piece) {
    return response.body.find(piece) != std::string::npos;
}

TEST(Shell, frame_of_a_page) {
    set_up(named());
    Page page = titled("A <title>");
    page.section = "log";
    const http::Response response = answer(get("/log"), page);
    EXPECT_TRUE(in(response, "<html lang=\"en\" dir=\"ltr\">"));
    EXPECT_TRUE(in(response, "<title>A &lt;title&gt; – City &lt;of&gt; X</title>"));
    EXPECT_TRUE(in(response, "<a class=\"skip\" href=\"#main\">Skip to the content</a>"));
    EXPECT_TRUE(in(response, "<a href=\"/log\" aria-current=\"page\">Public log</a>"));
    EXPECT_TRUE(in(
        response, "<a lang=\"zh-Hant\" hreflang=\"zh-Hant\" rel=\"nofollow\" href=\"/lang/zh-Hant?to=/log\">繁體</a>"));
    EXPECT_TRUE(in(response, "No independent witness signs this public log yet"));
    EXPECT_FALSE(in(response, "begun as a trial"));
    EXPECT_TRUE(in(response, "href=\"/sign-in\""));
    EXPECT_FALSE(in(response, "Rehearsal"));
    EXPECT_TRUE(response.cacheable);
    EXPECT_TRUE(in(answer(get("/log", "zh-Hant"), page), "<html lang=\"zh-Hant\""));
    set_up({});
}

TEST(Shell, a_trial_and_a_log_without_witnesses_are_said_on_each_page) {
    for (const bool trial : {false, true})
        for (const bool witnesses : {false, true}) {
            auto fixed = named();
            fixed.trial = trial;
            fixed.witnesses = witnesses;
            set_up(fixed);
            const http::Response response = answer(get("/log"), titled("x"));
            EXPECT_EQ(in(response, "begun as a trial"), trial);
            EXPECT_EQ(in(response, "No independent witness signs"), !witnesses);
        }
    set_up({});
}

TEST(Shell, what_a_page_can_ask_for) {
    Page page = titled("x");
    page.sample = page.private_matter = true;
    const http::Response response = answer(get("/x"), page);
    EXPECT_TRUE(in(response, "Rehearsal with sample data"));
    EXPECT_TRUE(in(response, "href=\"/leave\" data-leave"));
    EXPECT_FALSE(response.cacheable);
    Page wrong = titled("x");
    wrong.status = 422;
    EXPECT_TRUE(in(answer(get("/x"), wrong), "<title>Error: x – "));
    Page scripted = titled("x");
    scripted.scripts = {"page_base"};
    EXPECT_NO_THROW(answer(get("/x"), scripted));
    scripted.scripts = {"never_built"};
    EXPECT_THROW(answer(get("/x"), scripted), std::logic_error);
}

// An invented office is marked on each of its pages and on its slips, whatever the page is about.
TEST(Shell, an_invented_organisation_is_said_everywhere) {
    auto fixed = named();
    fixed.sample = true;
    set_up(fixed);
    EXPECT_TRUE(in(answer(get("/log"), titled("x")), "<p class=\"band\">Rehearsal with sample data"));
    EXPECT_TRUE(in(refusal(get("/x"), kernel::refuse(kernel::Code::not_found, "page.not_found")), "Rehearsal"));
    EXPECT_NE(slip(Lang::en, {}).text().find("Rehearsal with sample data"), std::string::npos);
    set_up({});
    EXPECT_EQ(slip(Lang::en, {}).text().find("Rehearsal"), std::string::npos);
}

TEST(Shell, who_is_signed_in_finds_desk_and_account_on_every_page) {
    auto fixed = named();
    fixed.staff = {{"work", "/desk", "page.newer"}, {"account", "/account", "page.log"}};
    set_up(fixed);
    EXPECT_FALSE(in(answer(get("/x"), titled("x")), "/desk"));
    http::Request request = get("/x");
    request.who.officer = 5;
    // Nobody's page is given to another: what is kept is for readers without a session.
    for (int round = 0; round < 2; ++round) {
        EXPECT_TRUE(in(cached(request, "staff", 3, [] { return titled("x"); }), "<a href=\"/desk\">"));
        EXPECT_FALSE(in(cached(get("/x"), "staff", 3, [] { return titled("x"); }), "/desk"));
    }
    request.path = request.target = "/account";
    EXPECT_TRUE(in(answer(request, titled("x")), "<a href=\"/account\" aria-current=\"page\">"));
    set_up({});
}

TEST(Shell, who_is_signed_in_sees_the_post_and_can_sign_out) {
    http::Request request = get("/x");
    request.who.officer = 5;
    request.who.label = "Roads, <duty>";
    const http::Response response = answer(request, titled("x"));
    EXPECT_TRUE(in(response, "Roads, &lt;duty&gt;"));
    EXPECT_TRUE(
        in(response, "<form method=\"post\" action=\"/sign-out\"><input type=\"hidden\" name=\"csrf\" value=\""));
    EXPECT_FALSE(in(response, "rel=\"nofollow\" href=\"/sign-in\""));
    EXPECT_FALSE(response.cacheable);
}

TEST(Shell, who_is_signed_in_leaves_when_the_session_has_ended) {
    http::Request request = get("/x");
    EXPECT_FALSE(in(answer(request, titled("x")), "page_session"));
    EXPECT_FALSE(in(answer(request, titled("x")), "data-session"));
    request.who.officer = 5;
    const http::Response response = answer(request, titled("x"));
    EXPECT_TRUE(in(response, "/assets/page_session.js"));
    EXPECT_TRUE(in(response, "data-session=\"/account/session\" data-officer=\"5\""));
}

TEST(Shell, large_type) {
    http::Request request = get("/x?a=1");
    EXPECT_TRUE(in(answer(request, titled("x")), "href=\"/type/large?to=/x%3Fa%3D1\""));
    request.cookies["type"] = "large";
    EXPECT_TRUE(in(answer(request, titled("x")), "class=\"large\""));
}

TEST(Refusal, page_or_json) {
    const kernel::Error error = kernel::refuse(kernel::Code::not_found, "page.not_found");
    const http::Response shown = refusal(get("/nowhere"), error);
    EXPECT_EQ(shown.status, 404);
    EXPECT_TRUE(in(shown, "There is no page at this address."));
    EXPECT_FALSE(shown.cacheable);
    const http::Response json =
        refusal(get("/api/v1/nowhere", "zh-Hans"), kernel::invalid("text", "page.entry", {{"n", "5"}}));
    EXPECT_EQ(json.status, 422);
    EXPECT_EQ(json.body, R"({"error":{"code":"invalid","field":"text","key":"page.entry","message":"第 5 号"}})");
    EXPECT_EQ(refusal(get("/x"), error, 410).status, 410);
    const http::Response old = refusal(get("/x"), kernel::refuse(kernel::Code::forbidden, "http.csrf"));
    EXPECT_TRUE(in(old, "<h1>" + say(Lang::en, "http.csrf_title") + "</h1>"));
    for (int code = 0; code <= static_cast<int>(kernel::Code::no_space); ++code)
        EXPECT_NO_THROW(refusal(get("/x"), kernel::refuse(static_cast<kernel::Code>(code), "page.not_found")));
}

http::Response run(std::string target) {
    http::Router router;
    add_routes(router);
    http::Request request = get(std::move(target));
    if (const std::size_t to = request.target.find("?to="); to != std::string::npos)
        request.query.emplace_back("to", request.target.substr(to + 4));
    const http::Router::Match match = router.find(http::Method::get, request.path);
    request.params = match.params;
    return match.handler ? (*match.handler)(request)
                         : refusal(request, kernel::refuse(kernel::Code::not_found, "page.not_found"));
}

std::string header(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers)
        if (key == name) return value;
    return "";
}

TEST(Routes, language_and_type_switches_lead_back_and_nowhere_else) {
    const http::Response chosen = run("/lang/zh-TW?to=/voices?kind=help");
    EXPECT_EQ(chosen.status, 303);
    EXPECT_EQ(header(chosen, "Location"), "/voices?kind=help");
    EXPECT_NE(header(chosen, "Set-Cookie").find("zh-Hant"), std::string::npos);
    EXPECT_EQ(run("/lang/klingon?to=/").status, 404);
    EXPECT_EQ(header(run("/type/large?to=/x"), "Location"), "/x");
    EXPECT_NE(header(run("/type/large?to=/x"), "Set-Cookie").find("large"), std::string::npos);
    for (const char* to :
         {"//evil.example", "/\\evil.example", "https://evil.example", "javascript:x", "", "x", "/a\nb"})
        EXPECT_EQ(header(run(std::string("/lang/en?to=") + to), "Location"), "/") << to;
    EXPECT_EQ(local_address("/" + std::string(3000, 'a')), "/");
}

TEST(Routes, assets_and_pages) {
    EXPECT_EQ(run("/assets/huiyin.css").status, 200);
    EXPECT_EQ(run("/assets/huiyin.css").content_type, "text/css; charset=utf-8");
    EXPECT_EQ(run("/assets/mark.svg").content_type, "image/svg+xml; charset=utf-8");
    EXPECT_EQ(run("/assets/nothing.css").status, 404);
    for (const char* folder : {"/assets/", "/assets/..", "/.git/config"}) EXPECT_EQ(run(folder).status, 404) << folder;
    EXPECT_EQ(run("/design").status, 200);
    EXPECT_EQ(run("/accessibility").status, 200);
    EXPECT_NE(header(run("/leave"), "Clear-Site-Data").find("\"cookies\""), std::string::npos);
}

TEST(Slots, a_stray_mark_is_dropped) {
    EXPECT_EQ(find_slots("a\x02zb").slots.size(), 0u);
    EXPECT_EQ(find_slots("a\x02").text, "a");
    const Shared shared = find_slots("x" + mark(Slot::here) + "y" + mark(Slot::once) + "z");
    EXPECT_EQ(shared.text, "xyz");
    EXPECT_EQ(shared.slots, (std::vector<std::pair<std::size_t, Slot>>{{1, Slot::here}, {2, Slot::once}}));
    EXPECT_TRUE(shared.personal());
    EXPECT_NE(put_in(shared, get("/p")), put_in(shared, get("/p")));
}

}  // namespace
}  // namespace page

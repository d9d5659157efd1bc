// Every page of this feature, through the router.
#include <gtest/gtest.h>

#include <http/testing.h>

#include "pages.h"
#include "test_world.h"

namespace notice {
namespace {

using http::Method;

class NoticeRoutes : public testing::Test {
protected:
    NoticeRoutes() {
        http::set_csrf_key(kernel::Bytes(32, 3));
        add_routes(router, *world.needs, world.hooks, world.means);
        unit = world.unit(world.root, "Roads <b>").value();
    }
    http::Response get(const std::string& path) {
        http::Request r = http::testing::request(Method::get, path);
        r.visitor = "0123456789abcdef012345";
        return http::testing::answer(router, std::move(r));
    }
    http::Response post(const std::string& path, http::testing::Fields form) {
        http::Request r = http::testing::request(Method::post, path);
        r.visitor = "0123456789abcdef012345";
        r.form = std::move(form);
        return http::testing::answer(router, std::move(r));
    }
    http::Response follow(const std::string& mail, const std::string& what = "unit", std::int64_t id = 0) {
        return post("/follow",
                    {{"what", what}, {"id", std::to_string(id ? id : unit)}, {"email", mail}, {"pace", "once"}});
    }
    static bool has(const http::Response& r, std::string_view text) { return r.body.find(text) != std::string::npos; }
    std::int64_t confirmed() {
        return world.number("select count(*) from local.notice_follow where confirmed_at <> 0");
    }

    World world{db::Engine::sqlite};
    http::Router router;
    std::int64_t unit = 0;
};

TEST_F(NoticeRoutes, FollowingBeginsWithAFormAndABadOneComesBack) {
    const std::string page = "/follow?what=unit&id=" + std::to_string(unit);
    EXPECT_TRUE(has(get(page), "name=\"email\""));
    EXPECT_TRUE(has(get(page), "/feeds/unit/" + std::to_string(unit) + ".atom"));
    for (const char* bad : {"", "anna", "a@b.example\r\nBcc: c@d.example", "a b@c.example"}) {
        const http::Response answer = follow(bad);
        EXPECT_EQ(answer.status, 422) << bad;
        EXPECT_TRUE(has(answer, "aria-invalid") || has(answer, "email-error")) << bad;
    }
    EXPECT_EQ(world.number("select count(*) from local.notice_address"), 0);
    for (const char* bad : {"/follow", "/follow?what=unit", "/follow?what=planet&id=1", "/follow?what=unit&id=99999",
                            "/follow?what=unit&id=-1"})
        EXPECT_EQ(get(bad).status, 404) << bad;
    EXPECT_EQ(follow("anna@example.org", "unit", 99'999).status, 404);
}

TEST_F(NoticeRoutes, NobodyLearnsWhoFollowsSomething) {
    world.follow("anna@example.org", {What::unit, unit});
    const http::Response known = follow("anna@example.org"), unknown = follow("bert@example.org");
    EXPECT_EQ(known.status, unknown.status);
    EXPECT_EQ(known.headers, unknown.headers);
    EXPECT_EQ(known.body, unknown.body);
    EXPECT_EQ(http::testing::header(known, "Location"), "/follow/asked");
    EXPECT_EQ(get("/follow/asked").status, 200);
    EXPECT_FALSE(has(get("/follow?what=unit&id=" + std::to_string(unit)), "anna"));
}

TEST_F(NoticeRoutes, OnlyTheButtonConfirms) {
    follow("anna@example.org");
    const std::string own = "/notices/" + world.token_for("anna@example.org");
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(has(get(own), own + "/confirm")) << "a mail scanner looks at every link";
        EXPECT_EQ(get(own + "/stop").status, 303);
    }
    EXPECT_EQ(confirmed(), 0);
    EXPECT_EQ(post(own + "/confirm", {}).status, 303);
    EXPECT_EQ(confirmed(), 1);
    EXPECT_FALSE(has(get(own), own + "/confirm"));
    EXPECT_FALSE(has(get(own), "anna")) << "the address itself is on no page";
    EXPECT_EQ(post(own + "/pace", {{"pace", "daily"}}).status, 303);
    EXPECT_EQ(world.number("select daily from local.notice_address"), 1);
    EXPECT_EQ(post(own + "/drop", {{"what", "unit"}, {"id", std::to_string(unit)}}).status, 303);
    EXPECT_EQ(get(own).status, 404);
    EXPECT_EQ(world.number("select count(*) from local.notice_address"), 0) << "who follows nothing is forgotten";
}

TEST_F(NoticeRoutes, OneClickStopsWithoutAPageACookieOrAQuestion) {
    world.follow("anna@example.org", {What::unit, unit});
    const std::string stop = "/notices/" + world.token_for("anna@example.org") + "/stop";
    const http::Router::Match match = router.find(Method::post, stop);
    ASSERT_NE(match.handler, nullptr);
    EXPECT_FALSE(match.limits->csrf);
    const http::Response done = post(stop, {{"List-Unsubscribe", "One-Click"}});
    EXPECT_EQ(done.status, 200);
    EXPECT_EQ(world.number("select count(*) from local.notice_address"), 0);
    EXPECT_EQ(post(stop, {{"List-Unsubscribe", "One-Click"}}).status, 200) << "twice";
    EXPECT_EQ(post("/notices/nothing/stop", {}).status, 200);
    EXPECT_EQ(get("/notices/nothing").status, 404);
    for (const char* button : {"confirm", "pace", "drop"})
        EXPECT_EQ(post("/notices/nothing/" + std::string(button), {}).status, 303);
}

TEST_F(NoticeRoutes, AnInstallationWithoutAMailServerSaysSo) {
    http::Router quiet;
    Means none;
    none.organisation = "Sample office";
    add_routes(quiet, *world.needs, world.hooks, none);
    http::Request r = http::testing::request(Method::get, "/follow?what=unit&id=" + std::to_string(unit) + "&lang=en");
    const http::Response page = http::testing::answer(quiet, r);
    EXPECT_TRUE(has(page, "This installation sends no e-mail"));
    EXPECT_FALSE(has(page, "name=\"email\""));
    EXPECT_TRUE(has(page, ".atom"));
    r = http::testing::request(Method::post, "/follow");
    r.form = {{"what", "unit"}, {"id", std::to_string(unit)}, {"email", "a@b.example"}};
    EXPECT_EQ(http::testing::answer(quiet, r).status, 503);
    EXPECT_EQ(world.number("select count(*) from local.notice_address"), 0);
    EXPECT_NE(part_of_rules(page::Lang::en, none).text().find("sends no e-mail"), std::string::npos);
}

TEST_F(NoticeRoutes, PagesComeInThreeLanguages) {
    world.follow("anna@example.org", {What::unit, unit});
    follow("anna@example.org", "unit", world.root.value());
    const std::string own = "/notices/" + world.token_for("anna@example.org");
    for (const char* lang : {"zh-Hans", "zh-Hant", "en"})
        for (const std::string& path : {"/follow?what=unit&id=" + std::to_string(unit) + "&lang=", own + "?lang=",
                                        std::string("/follow/asked?lang=")}) {
            const http::Response answer = get(path + lang);
            EXPECT_EQ(answer.status, 200);
            EXPECT_TRUE(has(answer, "lang=\"" + std::string(lang) + "\"")) << path << lang;
            EXPECT_FALSE(has(answer, "<b>"));
        }
}

TEST_F(NoticeRoutes, FeedsHoldWhatHappenedAndNoWords) {
    const std::string feed = "/feeds/unit/" + std::to_string(unit) + ".atom";
    EXPECT_EQ(get(feed).status, 200);
    jobs::Task feeds = tasks(*world.needs, world.hooks, {})[1];
    ASSERT_EQ(feeds.name, "notice.feeds");
    feeds.work(world.run);
    const http::Response answer = get(feed + "?lang=en");
    EXPECT_EQ(answer.content_type, "application/atom+xml; charset=utf-8");
    EXPECT_TRUE(has(answer, "<id>tag:test,2026:entry/" + std::to_string(unit) + "</id>")) << answer.body;
    EXPECT_FALSE(has(answer, "Roads"));
    world.confidential = unit;
    EXPECT_EQ(get(feed).status, 404);
    EXPECT_FALSE(
        has(get("/feeds/cycle/" + std::to_string(world.root.value()) + ".atom"), "entry/" + std::to_string(unit) + "<"))
        << "confidential meanwhile: missing in every feed";
    for (const char* bad : {"/feeds/unit/1", "/feeds/unit/.atom", "/feeds/unit/01.atom", "/feeds/planet/1.atom",
                            "/feeds/unit/99999.atom", "/feeds/unit/-1.atom"})
        EXPECT_EQ(get(bad).status, 404) << bad;
}

}  // namespace
}  // namespace notice

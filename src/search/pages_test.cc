// The page, the JSON and the feed, through the router.
#include <gtest/gtest.h>

#include <http/testing.h>
#include <page/atom.h>
#include <page/page.h>

#include "search.h"
#include "test_world.h"

namespace search {
namespace {

class SearchPages : public testing::Test {
protected:
    SearchPages() {
        http::set_csrf_key(kernel::Bytes(32, 3));
        search::add_routes(router, *world.needs);
    }
    http::Response get(const std::string& path, const std::string& q, http::testing::Fields more = {},
                       const char* lang = "en") {
        http::Request r = http::testing::request(http::Method::get, path);
        r.query = std::move(more);
        r.query.insert(r.query.begin(), {"q", q});
        r.headers["accept-language"] = lang;
        return http::testing::answer(router, std::move(r));
    }
    static bool has(const http::Response& r, std::string_view text) { return r.body.find(text) != std::string::npos; }

    World world{db::Engine::sqlite};
    http::Router router;
};

TEST_F(SearchPages, HitsAreMarkedAndLinked) {
    const auto id = world.say("攪拌站", "It is <b>noisy</b> at night. 搅拌站很吵。", "Lifa");
    world.index();
    const http::Response r = get("/search", "搅拌站 night");
    EXPECT_EQ(r.status, 200);
    EXPECT_TRUE(has(r, "<mark>攪拌站</mark>")) << r.body;
    EXPECT_TRUE(has(r, "&lt;b&gt;noisy&lt;/b&gt; at <mark>night</mark>. <mark>搅拌站</mark>"));
    EXPECT_TRUE(has(r, "href=\"/voices/" + std::to_string(id.value()) + "\""));
    EXPECT_TRUE(has(r, "1 hit"));
    EXPECT_TRUE(has(get("/search", "搅拌站", {}, "zh-CN"), "共 1 条"));
    EXPECT_TRUE(has(get("/search", "nowhere"), "Nothing that everybody may read has these words"));
}

TEST_F(SearchPages, WhatWasHiddenASecondAgoIsShownToNobody) {
    const auto id = world.say("", "紫檀木 one"), other = world.say("", "紫檀木 two");
    const auto erased = world.say("", "紫檀木 three");
    world.index();
    ASSERT_TRUE(world.hide(id));
    world.erase(erased.value());  // the index does not know yet
    for (const char* path : {"/search", "/api/v1/search", "/search.atom"}) {
        const http::Response r = get(path, "紫檀木");
        EXPECT_TRUE(has(r, "/voices/" + std::to_string(other.value()))) << path;
        EXPECT_FALSE(has(r, "/voices/" + std::to_string(id.value()))) << path;
        EXPECT_FALSE(has(r, "/voices/" + std::to_string(erased.value()))) << path;
    }
    EXPECT_TRUE(has(get("/search", "紫檀木"), "1 hit"));
}

TEST_F(SearchPages, WrongInputIsSaidAtItsFieldAndKept) {
    world.index();
    for (const char* bad : {"", "\xF0\x9F\x98\x80", "-bus", "bus\x01"}) {
        const http::Response r = get("/search", bad);
        EXPECT_EQ(r.status, 422) << bad;
        EXPECT_TRUE(has(r, "id=\"q-error\"")) << bad;
    }
    const http::Response r =
        get("/search", "bus", {{"from", "yesterday"}, {"kind", "planet"}, {"unit", "x"}, {"order", "x"}});
    EXPECT_EQ(r.status, 422);
    for (const char* field : {"from", "kind", "unit", "order"})
        EXPECT_TRUE(has(r, std::string("id=\"") + field + "-error\"")) << field;
    EXPECT_TRUE(has(r, "value=\"bus\"") && has(r, "value=\"yesterday\""));
    EXPECT_EQ(get("/search", "bus", {{"from", "2026-12-02"}, {"until", "2026-12-01"}}).status, 422);
    EXPECT_EQ(get("/api/v1/search", "").status, 422);
    EXPECT_TRUE(has(get("/api/v1/search", ""), "search.nothing_asked"));
    EXPECT_TRUE(has(get("/api/v1/search", "bus", {{"before", "x"}}), "page.bad_cursor"));
    EXPECT_EQ(get("/search", "bus", {{"before", "99999999.3.99999"}}).status, 200);
    for (const char* strange : {"' OR 1=1; --", "NEAR(a b) * ^ :", "\"\"\"", "((((", "%00%27", "a\" OR \"b"})
        EXPECT_LT(get("/search", strange).status, 500) << strange;
    http::Request plain = http::testing::request(http::Method::get, "/search");
    plain.headers["accept-language"] = "en";
    const http::Response empty = http::testing::answer(router, std::move(plain));
    EXPECT_EQ(empty.status, 200);
    EXPECT_TRUE(has(empty, "Nobody can be searched for"));
}

TEST_F(SearchPages, FiltersAndPagesStandInTheAddresses) {
    for (int i = 0; i < 45; ++i) world.say("", "bus & tram " + std::to_string(i));
    world.state("bus lane");
    world.index();
    const http::Response first = get("/search", "bus & tram", {{"kind", "voice"}, {"order", "newest"}});
    EXPECT_TRUE(has(first, "45 hits"));
    EXPECT_TRUE(has(first, "/search?q=bus%20%26%20tram&amp;kind=voice&amp;order=newest&amp;before=")) << first.body;
    EXPECT_TRUE(has(first, "name=\"state\""));
    EXPECT_FALSE(has(get("/search", "bus"), "name=\"state\"")) << "states belong to a kind";
    EXPECT_TRUE(has(get("/search", "bus", {{"kind", "statement"}}), "1 hit"));
    EXPECT_TRUE(has(get("/search", "bus", {{"kind", "voice"}, {"state", "answered"}}), "Nothing that everybody"));
    std::string before;
    std::size_t hits = 0;
    for (int page = 0; page < 3; ++page) {
        const auto body = kernel::must(kernel::parse_json(get("/api/v1/search", "tram", {{"before", before}}).body));
        hits += body["hits"].array()->size();
        if (const std::string* next = body["next"].string()) before = *next;
        EXPECT_EQ(body["next"].is_null(), page == 2);
    }
    EXPECT_EQ(hits, 45u);
    const http::Response feed = get("/search.atom", "bus & tram");
    EXPECT_EQ(feed.content_type, page::atom_type);
    EXPECT_TRUE(has(feed, "<title>Message no. ")) << feed.body;
    EXPECT_FALSE(has(feed, "<title>bus")) << "no words in a feed";
}

TEST_F(SearchPages, AListHasAFieldThatLooksAmongItsMatters) {
    const std::string all = field(page::Lang::en, Among::voices, {}).text();
    EXPECT_NE(all.find("action=\"/search\""), std::string::npos);
    EXPECT_NE(all.find("name=\"kind\" value=\"voice\""), std::string::npos);
    EXPECT_NE(all.find("<label for=\"q\">Look among messages</label>"), std::string::npos);
    EXPECT_EQ(all.find("name=\"cycle\""), std::string::npos);
    const std::string one = field(page::Lang::zh_hant, Among::issues, world.round).text();
    EXPECT_NE(one.find("value=\"issue\""), std::string::npos);
    EXPECT_NE(one.find("name=\"cycle\" value=\"" + std::to_string(world.round.value())), std::string::npos);
    EXPECT_NE(one.find("在本輪議題中搜尋"), std::string::npos);
    // What its form sends is understood.
    const auto id = world.suggest("搅拌站", "Noisy at night");
    world.say("搅拌站", "Noisy");
    world.index();
    const http::Response r =
        get("/search", "搅拌站", {{"kind", "issue"}, {"cycle", std::to_string(world.round.value())}});
    EXPECT_TRUE(has(r, "/issues/" + std::to_string(id.value())));
    EXPECT_FALSE(has(r, "/voices/"));
}

}  // namespace
}  // namespace search

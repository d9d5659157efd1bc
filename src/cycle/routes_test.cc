// Every page of this feature, for every kind of reader and language, through the router.
#include <gtest/gtest.h>

#include <page/page.h>
#include <people/testing_routes.h>

#include "change.h"
#include "pages.h"
#include "test_world.h"

namespace cycle {
namespace {

using http::testing::header;

class CycleRoutes : public testing::Test {
protected:
    CycleRoutes() {
        // Pages are kept by address and ledger position for the whole process: no two tests may stand at the same one.
        static int before = 0;
        must(world.ledger->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            std::int64_t last = 1;
            for (int i = 0; i < before; ++i)
                last = w.append(encode(ContextSet{CycleId(), {}, 0, {}, "", people::OfficerId()}, w.next_index()));
            return last;
        }));
        before += 200;
        page::set_up({});
        http::set_csrf_key(kernel::Bytes(32, 3));
        Hooks hooks;
        hooks.parts = {
            {"voices", [](const http::Request&, db::Connection&, const Cycle&) { return page::escape("PART"); }}};
        hooks.funnel = {{"cycle.section", [](db::Connection&, const Cycle&) { return std::int64_t{42}; }, {}}};
        add_routes(router, *world.needs, hooks);
        round = must(open(*world.needs, world.as("head"), world.full("Buses <b>")));
    }

    http::Request request(http::Method method, const std::string& path, std::string_view login = "") {
        http::Request r = people::request_by(login.empty() ? people::Actor() : world.as(login), method, path);
        r.visitor = "0123456789abcdef0123456789";
        return r;
    }
    http::Response send(http::Request r) { return http::testing::answer(router, std::move(r)); }
    http::Response get(const std::string& path, std::string_view login = "") {
        return send(request(http::Method::get, path, login));
    }
    http::Response post(const std::string& path, std::string_view login, http::testing::Fields form) {
        http::Request r = request(http::Method::post, path, login);
        r.form = std::move(form);
        return send(r);
    }
    std::string at(std::string_view more = "") const {
        return "/cycles/" + std::to_string(round.value()) + std::string(more);
    }
    static bool has(const http::Response& r, std::string_view text) { return r.body.find(text) != std::string::npos; }

    World world{db::Engine::sqlite};
    http::Router router;
    CycleId round;
};

TEST_F(CycleRoutes, EveryPageRendersInEveryLanguage) {
    for (const char* lang : {"en", "zh-Hans", "zh-Hant"}) {
        const std::string in = std::string("?lang=") + lang;
        for (const std::string& path : {std::string("/cycles"), at(), "/cycles/" + std::to_string(world.desk.value())})
            EXPECT_EQ(get(path + in).status, 200) << path << lang;
        for (const std::string& path : {std::string("/cycles/new"), at("/edit"), at("/phase")}) {
            EXPECT_EQ(get(path + in, "head").status, 200) << path << lang;
            EXPECT_NE(get(path + in).status, 200) << path << lang;
        }
    }
}

TEST_F(CycleRoutes, ThePageOpensWithItsFunnelAndEscapesNames) {
    const auto page = get(at("?lang=en"));
    EXPECT_TRUE(has(page, "Buses &lt;b&gt;"));
    EXPECT_FALSE(has(page, "<b>"));
    EXPECT_TRUE(has(page, "42"));
    EXPECT_TRUE(has(page, "PART"));
    EXPECT_TRUE(has(page, "Nobody is left standing"));
    EXPECT_TRUE(has(page, "/receipts/" + std::to_string(round.value())));
    EXPECT_LT(page.body.find("42"), page.body.find("A bus every ten minutes"));
    // Only who may act finds the way to the acts.
    EXPECT_FALSE(has(page, at("/phase")));
    EXPECT_TRUE(has(get(at("?lang=en"), "head"), at("/phase")));
    EXPECT_FALSE(has(get(at("?lang=en"), "roads"), at("/phase")));
    const auto desk = get("/cycles/" + std::to_string(world.desk.value()) + "?lang=en");
    EXPECT_TRUE(has(desk, "no phases and no end"));
}

TEST_F(CycleRoutes, UnknownRoundsAndForms) {
    EXPECT_EQ(get("/cycles/999").status, 404);
    EXPECT_EQ(get("/cycles/x").status, 404);
    EXPECT_EQ(get("/api/v1/cycles/999").status, 404);
    EXPECT_EQ(get(at("/edit"), "roads").status, 403);
    EXPECT_EQ(post("/cycles/999/phase", "head", {{"to", "consult"}}).status, 404);
}

TEST_F(CycleRoutes, AFormWithFaultsComesBackWithWhatWasTyped) {
    const auto again = post(
        "/cycles", "head",
        {{"name", ""}, {"lang", "en"}, {"organiser", std::to_string(world.root.value())}, {"touches", "Typed before"}});
    EXPECT_EQ(again.status, 422);
    EXPECT_TRUE(has(again, "Typed before"));
    EXPECT_TRUE(has(again, "error-summary"));
    const auto made = post("/cycles", "head",
                           {{"name", "Parks"},
                            {"lang", "en"},
                            {"organiser", std::to_string(world.root.value())},
                            {"criteria", "Green\n\n Near \n"}});
    EXPECT_EQ(made.status, 303);
    const Cycle parks = world.get(CycleId(std::stoll(header(made, "Location").substr(8))));
    ASSERT_EQ(parks.criteria.size(), 2u);
    EXPECT_EQ(parks.criteria[1].text, "Near");
}

TEST_F(CycleRoutes, GatesNotMetAreListedWithTheirLinks) {
    const CycleId bare = world.opened();
    const std::string path = "/cycles/" + std::to_string(bare.value());
    const auto page = get(path + "/phase?lang=en", "head");
    EXPECT_TRUE(has(page, "No criterion has been published."));
    EXPECT_TRUE(has(page, path + "/edit#criteria"));
    EXPECT_FALSE(has(page, "<textarea"));
    // Also when somebody sends the form nevertheless.
    const auto refused = post(path + "/phase", "head", {{"to", "consult"}});
    EXPECT_EQ(refused.status, 409);
    EXPECT_TRUE(has(refused, "/edit#context"));

    EXPECT_EQ(
        post(path + "/context", "head", {{"touches", "a"}, {"promised", "b"}, {"means", "c"}, {"limits", "d"}}).status,
        303);
    EXPECT_EQ(
        post(path + "/context", "head", {{"touches", "a"}, {"promised", "b"}, {"means", "c"}, {"limits", "e"}}).status,
        422);
    EXPECT_EQ(post(path + "/criteria", "head", {{"text", "Short waits"}}).status, 303);
    EXPECT_EQ(post(path + "/phase", "head", {{"to", "consult"}, {"ends", "2026-02-30"}}).status, 422);
    EXPECT_EQ(post(path + "/phase", "head", {{"to", "decide"}}).status, 409);
    EXPECT_EQ(post(path + "/phase", "head", {{"to", "consult"}, {"ends", "2026-11-27"}, {"remark", "Go"}}).status, 303);
    const auto shown = get(path + "?lang=en");
    EXPECT_TRUE(has(shown, "27 November 2026"));
    EXPECT_TRUE(has(shown, "4 working days left"));
    EXPECT_FALSE(has(get(path + "?lang=en", "head"), path + "/edit"));
    world.clock.advance(std::int64_t{8} * 86'400'000);
    EXPECT_TRUE(has(get(path + "?lang=en"), "2 working days late"));
}

TEST_F(CycleRoutes, ListsByPages) {
    for (int i = 0; i < 45; ++i) world.opened("Round " + std::to_string(i));
    const auto first = get("/cycles?lang=en");
    EXPECT_TRUE(has(first, "Round 44"));
    EXPECT_TRUE(has(first, "Round 25<"));
    EXPECT_FALSE(has(first, "Round 24<"));
    const std::string marker = "/cycles?before=";
    const std::size_t from = first.body.find(marker);
    ASSERT_NE(from, std::string::npos);
    const std::string next = first.body.substr(from, first.body.find('"', from) - from);
    const auto second = get(next);
    EXPECT_TRUE(has(second, "Round 24<"));
    EXPECT_TRUE(has(second, "Round 5<"));
    const std::size_t back = second.body.find("/cycles?after=");
    ASSERT_NE(back, std::string::npos);
    const auto again = get(second.body.substr(back, second.body.find('"', back) - back));
    EXPECT_TRUE(has(again, "Round 44<"));
    EXPECT_TRUE(has(again, "Round 25<"));
    EXPECT_FALSE(has(again, "Round 24<"));
}

TEST_F(CycleRoutes, Json) {
    const auto one = *kernel::parse_json(get("/api/v1/cycles/" + std::to_string(round.value())).body);
    EXPECT_EQ(one.need_string("phase"), "prepare");
    EXPECT_EQ(one.need_string("name"), "Buses <b>");
    EXPECT_EQ(one.need_array("criteria").size(), 2u);
    EXPECT_EQ(one["context"].need_string("means"), "40 buses");
    EXPECT_FALSE(one.need_boolean("accepts_voices"));
    EXPECT_TRUE(one["phase_ends"].is_null());
    for (int i = 0; i < 20; ++i) world.opened("Round " + std::to_string(i));
    const auto list = *kernel::parse_json(get("/api/v1/cycles").body);
    EXPECT_EQ(list.need_array("cycles").size(), 20u);
    EXPECT_TRUE(list["standing_desk"].need_boolean("standing"));
    const auto rest =
        *kernel::parse_json(get("/api/v1/cycles?after=" + std::to_string(list.need_integer("next"))).body);
    ASSERT_EQ(rest.need_array("cycles").size(), 1u);
    EXPECT_EQ(rest.need_array("cycles")[0].need_integer("id"), round.value());
    EXPECT_TRUE(rest["next"].is_null());
    EXPECT_EQ(get("/api/v1/cycles?after=x").status, 400);
}

}  // namespace
}  // namespace cycle

// The pages of paper, through the real routes without a network.
#include <http/testing.h>
#include <people/testing_routes.h>

#include "test_world.h"

namespace paper {
namespace {

class PaperRoutes : public testing::Test {
protected:
    PaperRoutes() { add_routes(router, *world.needs, Hooks{}); }

    http::Response send(const std::string& who, http::Method method, const std::string& path,
                        http::testing::Fields form = {}) {
        http::Request r = people::request_by(who.empty() ? World::visitor(1) : world.as(who), method, path);
        r.form = std::move(form);
        r.headers.emplace("accept-language", "en");
        return http::testing::answer(router, std::move(r));
    }
    http::Response get(const std::string& who, const std::string& path) { return send(who, http::Method::get, path); }
    http::Response post(const std::string& who, const std::string& path, http::testing::Fields form) {
        return send(who, http::Method::post, path, std::move(form));
    }
    static bool has(const http::Response& r, std::string_view text) { return r.body.find(text) != std::string::npos; }
    static std::string leads_to(const http::Response& r) { return http::testing::header(r, "Location"); }
    static http::testing::Fields form(const std::string& n, const std::string& text) {
        return {{"n", n}, {"what", "message"}, {"kind", "help"}, {"audience", "open"}, {"lang", "en"}, {"text", text}};
    }
    static http::testing::Fields compared(const std::string& seen, const std::string& button, const std::string& value,
                                          const std::string& text) {
        return {{"seen", seen},       {button, value}, {"what", "message"}, {"kind", "help"},
                {"audience", "open"}, {"lang", "en"},  {"text", text}};
    }

    World world{db::Engine::sqlite};
    http::Router router;
};

TEST_F(PaperRoutes, SheetAfterSheet) {
    const std::string at = "/paper/" + std::to_string(world.opened(2).value());
    EXPECT_TRUE(leads_to(get("", at + "/sheets")).starts_with("/sign-in"));
    EXPECT_EQ(get("roads", at + "/sheets").status, 403);
    const auto first = get("ann", at + "/sheets");
    EXPECT_TRUE(has(first, "name=\"n\" type=\"text\" value=\"1\""));
    const auto wrong = post("ann", at + "/sheets", form("9", "Kept while it is put right"));
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(has(wrong, "n-error"));
    EXPECT_TRUE(has(wrong, "Kept while it is put right"));
    EXPECT_EQ(leads_to(post("ann", at + "/sheets", form("1", "The first."))), at + "/sheets?typed=1#matter");
    EXPECT_TRUE(has(get("ann", at + "/sheets?typed=1"), "name=\"n\" type=\"text\" value=\"2\""));
    EXPECT_EQ(post("ann", at + "/sheets", form("1", "Again.")).status, 422);
    EXPECT_EQ(leads_to(post("ann", at + "/sheets", {{"n", "2"}, {"what", "empty"}, {"remark", "An envelope."}})), at);
    EXPECT_EQ(post("ann", at + "/sheets", {{"n", "2"}, {"what", "empty"}, {"remark", ""}}).status, 422);
    EXPECT_EQ(post("ann", "/paper/3/sheets", form("1", "x")).status, 404);
}

TEST_F(PaperRoutes, ComparingGoesOnToTheNext) {
    const BatchId b = world.opened(3);
    const SheetId one = world.typed(b, 1), two = world.typed(b, 2), three = world.typed(b, 3, World::said(), "ben");
    const auto at = [](SheetId id) { return "/paper/sheets/" + std::to_string(id.value()); };
    const std::string text = World::said().text;
    EXPECT_FALSE(has(get("ann", at(one)), "value=\"same\""));
    EXPECT_TRUE(has(get("ann", at(one)), "Take it back"));
    EXPECT_TRUE(has(get("ben", at(one)), "value=\"same\""));
    EXPECT_EQ(get("roads", at(one)).status, 403) << "what waits is read by those who work on it";
    EXPECT_EQ(get("", at(one)).status, 303);
    const std::string seen = std::to_string(one.value());
    EXPECT_EQ(post("ann", at(one), compared(seen, "next", "same", text)).status, 403);
    EXPECT_EQ(post("ben", at(one), compared(seen, "x", "y", text)).status, 422);
    const auto changed = post("ben", at(one), compared(seen, "next", "same", "Something else"));
    EXPECT_EQ(changed.status, 422);
    EXPECT_TRUE(has(changed, "Something else"));
    EXPECT_EQ(leads_to(post("ben", at(one), compared(seen, "next", "same", text))), at(two) + "#matter");
    EXPECT_EQ(post("cai", at(one), compared(seen, "next", "same", text)).status, 409);
    // Of the last, ben is the typist: for him there is nothing left.
    EXPECT_EQ(leads_to(post("ben", at(two), compared(std::to_string(two.value()), "correct", "yes", "The lamp."))),
              "/paper/" + std::to_string(b.value()));
    EXPECT_EQ(post("ann", at(three), {{"back", "yes"}, {"remark", ""}}).status, 422);
    EXPECT_EQ(leads_to(post("ann", at(three), {{"back", "yes"}, {"remark", "Page two?"}})),
              "/paper/" + std::to_string(b.value()));
    EXPECT_TRUE(has(get("ben", "/paper/" + std::to_string(b.value()) + "/sheets?n=3"), "Page two?"));
    const auto page = get("", "/paper/" + std::to_string(b.value()));
    EXPECT_EQ(page.status, 200);
    EXPECT_FALSE(has(page, "Page two?")) << "why it went back is not public";
    EXPECT_FALSE(has(page, text));
    EXPECT_TRUE(has(page, "Post of ann"));
}

TEST_F(PaperRoutes, CodesAreShownOnceAndToOneReader) {
    const BatchId b = world.opened(1);
    world.taken(b, 1);
    const std::string at = "/paper/" + std::to_string(b.value()) + "/slips";
    EXPECT_EQ(get("roads", at).status, 403);
    EXPECT_TRUE(has(get("ann", at), "no message here whose code"));
    EXPECT_EQ(post("ann", at, {}).status, 409);
    const auto printed = post("cai", at, {{"once", "0123456789abcdef0123456789abcdef"}});
    EXPECT_EQ(printed.status, 200);
    EXPECT_TRUE(has(printed, "slip-keep"));
    EXPECT_FALSE(printed.cacheable);
    EXPECT_EQ(leads_to(post("cai", at, {{"once", "0123456789abcdef0123456789abcdef"}})), at + "?printed=yes");
    EXPECT_EQ(post("cai", at, {}).status, 409);
    EXPECT_TRUE(has(get("", "/paper/" + std::to_string(b.value())), "1 secret codes printed"));
}

}  // namespace
}  // namespace paper

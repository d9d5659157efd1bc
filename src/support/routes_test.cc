// The pages, through the real routes.
#include <gtest/gtest.h>

#include <page/page.h>
#include <people/testing_routes.h>
#include <voice/casework.h>

#include "pages.h"
#include "test_world.h"

namespace support {
namespace {

using http::Method;
using http::Response;

class SupportPages : public testing::Test, protected World {
protected:
    SupportPages() : World(db::Engine::sqlite) {
        page::drop_cached();  // of other tests, at the same addresses
        voice::Hooks hooks;
        hooks.parts = {part_of_voice};
        voice::add_routes(router, *needs, {}, std::move(hooks));
        support::add_routes(router, *needs);
    }
    http::Request request(const std::string& who, Method method, const std::string& path, const char* lang = "en") {
        http::Request r = people::request_by(visitor(who), method, path);
        r.headers.emplace("accept-language", lang);
        return r;
    }
    Response read(const std::string& who, const std::string& path, const char* lang = "en") {
        return http::testing::answer(router, request(who, Method::get, path, lang));
    }
    // With the token that a page of this browser holds.
    http::Request form(const std::string& who, const std::string& path) {
        http::Request r = request(who, Method::post, path);
        r.form.emplace_back("csrf", http::csrf_token(r));
        return r;
    }
    Response send(http::Request r) { return http::testing::answer(router, std::move(r)); }
    static bool has(const Response& r, std::string_view text) { return r.body.find(text) != std::string::npos; }
    static std::string page_of(VoiceId id) { return "/voices/" + std::to_string(id.value()); }

    http::Router router;
};

TEST_F(SupportPages, JoinedFromTheMessagesPageAndTakenBackOnOnesOwn) {
    const VoiceId id = say("anna");
    const Response shown = read("bert", page_of(id));
    EXPECT_TRUE(has(shown, "I say so too"));
    EXPECT_TRUE(has(shown, "Nobody else has said so here yet."));
    EXPECT_FALSE(has(shown, "name=\"csrf\"")) << "the page is kept for everybody";

    // A browser that does not say where the form stood is asked once more.
    const Response asked = send(request("bert", Method::post, address(id)));
    EXPECT_EQ(asked.status, 200);
    EXPECT_TRUE(has(asked, "please press once more here"));
    EXPECT_TRUE(has(asked, "name=\"csrf\""));
    EXPECT_EQ(n(id), 0);
    http::Request here = request("bert", Method::post, address(id));
    here.headers.emplace("sec-fetch-site", "same-origin");
    const Response joined = send(here);
    EXPECT_EQ(joined.status, 303);
    const std::string to = http::testing::header(joined, "Location");
    EXPECT_TRUE(to.starts_with(address(id) + "?receipt="));
    EXPECT_EQ(n(id), 1);

    EXPECT_TRUE(has(read("bert", to), "You say so too."));
    EXPECT_TRUE(has(read("bert", to), "1 person says so too, counting you; of all people in this round, 0 verified."));
    EXPECT_TRUE(has(read("bert", to), "href=\"/receipts/"));
    EXPECT_TRUE(has(read("bert", address(id)), address(id) + "/back"));
    EXPECT_FALSE(has(read("carl", to), "You say so too."));
    EXPECT_TRUE(has(read("carl", page_of(id)), "1 person says so too"));

    const Response again = send(form("bert", address(id)));
    EXPECT_EQ(again.status, 409);
    EXPECT_TRUE(has(again, "You say so too already."));
    const Response own = send(form("anna", address(id)));
    EXPECT_EQ(own.status, 409);
    EXPECT_TRUE(has(own, "This is your own message"));
    EXPECT_EQ(n(id), 1);

    EXPECT_EQ(send(form("carl", address(id) + "/back")).status, 409);
    const Response back = send(form("bert", address(id) + "/back"));
    EXPECT_EQ(back.status, 303);
    EXPECT_TRUE(has(read("bert", http::testing::header(back, "Location")), "Taken back: you are no longer counted"));
    EXPECT_EQ(n(id), 0);
    for (const char* wrong : {"/voices/999999/support", "/voices/01x/support"}) {
        EXPECT_EQ(read("bert", wrong).status, 404) << wrong;
        EXPECT_EQ(send(form("bert", wrong)).status, 404) << wrong;
        EXPECT_EQ(send(form("bert", wrong + std::string("/back"))).status, 404) << wrong;
    }
}

TEST_F(SupportPages, AWrongCodeIsSaidAtItsFieldAndStaysThere) {
    const VoiceId id = say("anna");
    EXPECT_FALSE(has(read("carl", address(id)), "name=\"code\"")) << "there is nothing to take back";
    must(give(*needs, visitor("bert"), id));
    EXPECT_TRUE(has(read("carl", address(id)), "name=\"code\""));
    EXPECT_FALSE(has(read("bert", address(id)), "name=\"code\""));
    for (const auto& [typed, status] : {std::pair{"12345 12345 12345 12345 12345", 403}, {"\xff\xfe", 422}}) {
        http::Request r = form("carl", address(id) + "/back");
        r.form.emplace_back("code", typed);
        const Response again = send(r);
        EXPECT_EQ(again.status, status) << typed;
        EXPECT_TRUE(has(again, "href=\"#code\"")) << typed;
        EXPECT_TRUE(has(again, "<details open>")) << typed;
        EXPECT_EQ(has(again, "value=\"12345 12345 12345 12345 12345\""), status == 403) << "what was typed";
    }
    http::Request r = form("carl", address(id) + "/back");
    r.form.emplace_back("code", std::string(300, '1'));
    EXPECT_EQ(send(r).status, 422);
    EXPECT_EQ(n(id), 1);
}

TEST_F(SupportPages, SpokenInThreeLanguages) {
    const VoiceId id = say("anna");
    must(give(*needs, visitor("bert"), id));
    EXPECT_TRUE(has(read("bert", address(id), "zh-Hans"), "连您在内，有 1 人也这样认为；"));
    EXPECT_TRUE(has(read("bert", address(id), "zh-Hant"), "您也這樣認為。"));
    EXPECT_TRUE(has(read("carl", page_of(id), "zh-Hant"), "我也這樣認為"));
}

TEST_F(SupportPages, SaysWhyThereIsNoButtonAndWhereItIs) {
    const VoiceId master = say("anna"), twin = say("bert");
    must(give(*needs, visitor("dora"), twin));
    for (const VoiceId id : {master, twin}) must(voice::assign(*needs, as("clerk"), id, roads, {}));
    must(voice::join(*needs, as("clerk"), twin, master, "The same lamp"));
    const std::string there = address(master);
    for (const std::string& path : {page_of(twin), address(twin)}) {
        const Response shown = read("carl", path);
        EXPECT_TRUE(has(shown, "says the same as no. " + std::to_string(master.value()))) << path;
        EXPECT_TRUE(has(shown, "href=\"" + there + "\"")) << path;
        EXPECT_FALSE(has(shown, "<button class=\"button\">I say so too")) << path;
    }
    EXPECT_TRUE(has(read("carl", page_of(twin)), "1 person says so too"));
    EXPECT_EQ(http::testing::header(send(form("carl", address(twin))), "Location"), there);
    EXPECT_EQ(n(master), 0) << "one looks at it first";
    EXPECT_TRUE(has(read("dora", address(twin)), address(twin) + "/back")) << "what was given is taken back there";

    const VoiceId secret = say("anna", {}, voice::Audience::unit_only);
    EXPECT_FALSE(has(read("carl", page_of(secret)), "so too"));
    EXPECT_TRUE(has(read("carl", address(secret)), "is not public now"));
    EXPECT_FALSE(has(read("carl", address(secret)), "It is dark."));
    EXPECT_EQ(send(form("carl", address(secret))).status, 409);
}

TEST_F(SupportPages, AButtonForThePagesOfOthers) {
    const VoiceId id = say("anna"), secret = say("anna", {}, voice::Audience::unit_only);
    const auto shown = [&](const std::string& who, VoiceId voice) {
        http::Request r = request(who, Method::get, "/receipts/1");
        auto db = database->read();
        return button(*needs, r, *db, voice).text();
    };
    EXPECT_NE(shown("bert", id).find("action=\"" + address(id) + "\""), std::string::npos);
    EXPECT_NE(shown("bert", id).find("name=\"csrf\""), std::string::npos);
    EXPECT_EQ(shown("bert", secret), "");
    EXPECT_EQ(shown("bert", VoiceId(999'999)), "");
    must(give(*needs, visitor("bert"), id));
    EXPECT_EQ(shown("bert", id).find("<form"), std::string::npos);
    EXPECT_NE(shown("bert", id).find("You say so too."), std::string::npos);
    EXPECT_NE(shown("carl", id).find("<form"), std::string::npos);
}

TEST_F(SupportPages, ProgramsAndScriptsReadTheNumber) {
    const VoiceId id = say("anna");
    const std::string number = std::to_string(id.value()), api = "/api/v1" + address(id);
    EXPECT_EQ(read("bert", api).body, "{\"leads_to\":null,\"open\":true,\"people\":0,\"voice\":" + number + "}");
    http::Request r = form("bert", address(id));
    r.headers.emplace("accept", "application/json");
    const Response joined = send(r);
    EXPECT_EQ(joined.status, 201);
    EXPECT_TRUE(has(joined, "\"people\":1,\"receipt\":" + std::to_string(ledger->size() - 1)));
    EXPECT_EQ(send(r).status, 409);
    EXPECT_TRUE(has(send(r), "support.given_already"));
    http::Request without = request("carl", Method::post, address(id));
    without.headers.emplace("accept", "application/json");
    EXPECT_EQ(send(without).status, 403) << "no token";
    EXPECT_EQ(n(id), 1);
    EXPECT_TRUE(has(read("bert", api), "\"people\":1"));
    EXPECT_EQ(read("bert", "/api/v1/voices/999999/support").status, 404);
}

}  // namespace
}  // namespace support

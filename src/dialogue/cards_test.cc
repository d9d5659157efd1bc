// Votes given on the pages of others.
#include "routes_for_tests.h"

namespace dialogue {
namespace {

TEST_F(DialogueRoutes, CardsForTheHomePage) {
    const auto render = [&](std::string_view browser) {
        auto db = world.database->read();
        return cards(request(http::Method::get, "/?lang=en", "", browser), *db, *world.needs, id, 2, "/").text();
    };
    const std::string fresh = render("");
    int shown = 0;
    for (int n = 0; n < 3; ++n) shown += fresh.find("Statement " + std::to_string(n)) == std::string::npos ? 0 : 1;
    EXPECT_EQ(shown, 2);
    EXPECT_EQ(fresh.find('\x02'), std::string::npos) << "no token: the page is the same for everybody";
    EXPECT_EQ(render(my_browser), fresh) << "a browser that has not spoken is like any other";
    must(vote(*world.needs, people::actor(request(http::Method::get, "/")), id, {{s[0], Choice::agree}}));
    EXPECT_EQ(render(my_browser).find("Statement 0"), std::string::npos);
    must(vote(*world.needs, people::actor(request(http::Method::get, "/")), id,
              {{s[1], Choice::agree}, {s[2], Choice::pass}}));
    EXPECT_NE(render(my_browser).find("You have voted on all of them"), std::string::npos);
    must(close(*world.needs, world.as("clerk"), id, "over"));
    EXPECT_EQ(render(""), "");
}

TEST_F(DialogueRoutes, ACardVotesAtOnceOnlyWhenTheBrowserSaysWhereItStood) {
    const std::string path = address(s[0]) + "/vote";
    const auto send_card = [&](const char* site, const std::string& choice) {
        http::Request r = request(http::Method::post, path, "", "");
        if (*site) r.headers["sec-fetch-site"] = site;
        r.form = {{"vote", choice}, {"back", "/"}};
        return send(std::move(r));
    };
    for (const char* site : {"", "none", "same-site", "cross-site"}) {
        const http::Response asked = send_card(site, "agree");
        EXPECT_EQ(asked.status, 200) << site;
        EXPECT_TRUE(has(asked, "action=\"" + at("/vote") + "\"")) << site;
        EXPECT_TRUE(has(asked, "name=\"csrf\"")) << site;
    }
    EXPECT_EQ(world.count(id).votes, 0);
    EXPECT_EQ(send_card("same-origin", "maybe").status, 400);
    const http::Response voted = send_card("same-origin", "disagree");
    EXPECT_EQ(voted.status, 303);
    EXPECT_TRUE(header(voted, "Location").starts_with("/?voted=" + number(s[0])));
    EXPECT_EQ(world.count(id).votes, 1);
}

TEST_F(DialogueRoutes, TheHomePageSaysWhatWasVotedToTheVoterAlone) {
    must(vote(*world.needs, people::actor(request(http::Method::get, "/")), id, {{s[0], Choice::disagree}}));
    const auto render = [&](const std::string& path, std::string_view browser) {
        auto db = world.database->read();
        return cards(request(http::Method::get, path, "", browser), *db, *world.needs, id, 3, "/").text();
    };
    const std::string path = "/?lang=en&voted=" + number(s[0]) + "&receipt=12";
    const std::string mine = render(path, my_browser);
    for (const char* text : {"You disagree with:", "Now 0 agree, 1 disagree, 0 passed.", "/receipts/12"})
        EXPECT_NE(mine.find(text), std::string::npos) << text;
    EXPECT_EQ(render(path, "the browser of somebody else").find("You disagree"), std::string::npos);
    EXPECT_EQ(render("/?lang=en&voted=" + number(s[1]), my_browser).find("You "), std::string::npos);
    EXPECT_EQ(render("/?lang=en&voted=x", my_browser).find("You "), std::string::npos);
}

}  // namespace
}  // namespace dialogue

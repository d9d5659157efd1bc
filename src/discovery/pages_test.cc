// What staff are shown and can do with suggestions, and what everybody is shown of who said the same.
#include <gtest/gtest.h>
#include <http/http.h>
#include <page/page.h>
#include <people/testing_routes.h>

#include "pages.h"
#include "test_world.h"

namespace discovery {
namespace {

using http::testing::Fields;
using http::testing::header;

class SuggestionPages : public testing::Test {
protected:
    SuggestionPages() {
        page::set_up({});
        discovery::add_routes(router, *world.needs, world.live);
        issue::add_routes(router, *world.needs, {});
    }
    http::Response send(http::Method method, const std::string& target, Fields fields = {}) {
        http::Request r = people::request_by(login.empty() ? people::Actor() : world.as(login), method, target);
        r.form = std::move(fields);
        r.headers["accept-language"] = "en";
        return http::testing::answer(router, std::move(r));
    }
    http::Response ask(std::string body) {
        http::Request r = people::request_by({}, http::Method::post, "/api/v1/alike");
        r.body = std::move(body);
        return http::testing::answer(router, std::move(r));
    }
    http::Response get(const std::string& target) { return send(http::Method::get, target); }
    http::Response post(const std::string& target, Fields fields) {
        return send(http::Method::post, target, std::move(fields));
    }
    Group only() {
        const auto all = world.suggested();
        EXPECT_EQ(all.size(), 1u);
        return all.at(0);
    }
    Fields chosen(const Group& g, Fields more) {
        for (const Item one : world.items(g)) more.emplace_back("items", std::to_string(one));
        more.emplace_back("cycle", std::to_string(world.round.value()));
        more.emplace_back("lang", "en");
        return more;
    }
    issue::Issue newest() {
        return issue::issues(*world.database->read(), std::nullopt, std::nullopt, std::nullopt, 1)[0];
    }

    World world{db::Engine::sqlite};
    http::Router router;
    std::string login = "clerk";
};

bool has(const http::Response& r, const std::string& text) { return r.body.find(text) != std::string::npos; }

TEST_F(SuggestionPages, AreForThoseWhoGather) {
    for (const char* path : {"/suggestions", "/suggestions/64"}) {
        login = "";
        EXPECT_NE(get(path).status, 200) << path;
        login = "moderator";
        EXPECT_EQ(get(path).status, 403) << path;
    }
    login = "officer";
    EXPECT_EQ(get("/suggestions").status, 200);
    EXPECT_TRUE(has(get("/suggestions"), "Nothing has been grouped yet"));
    EXPECT_EQ(get("/suggestions/64").status, 404);
    EXPECT_EQ(get("/suggestions/x").status, 404);
    EXPECT_EQ(get("/suggestions?after=x.y&cycle=z&done=999").status, 200);
}

TEST_F(SuggestionPages, SayWhyAndTakeUp) {
    const auto plants = world.plants(4);
    world.buses(1);
    world.group();
    const Group g = only();
    const auto page = get(address(g.id));
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(has(page, "Suggested by the program"));
    EXPECT_TRUE(has(page, "Words that they share"));
    EXPECT_TRUE(has(page, "out of 5 messages"));
    EXPECT_TRUE(has(get("/suggestions"), address(g.id)));
    const auto done =
        post(address(g.id) + "/confirm", chosen(g, {{"title", "Mixing plant"}, {"marks", "1"}, {"reason", "many"}}));
    ASSERT_EQ(done.status, 303) << done.body;
    EXPECT_EQ(newest().state, issue::State::confirmed);
    EXPECT_EQ(newest().voices, 4);
    const auto after = get(header(done, "Location"));
    EXPECT_TRUE(has(after, "Done:"));
    EXPECT_FALSE(has(after, address(g.id) + "\"")) << "it is not suggested any more";
}

TEST_F(SuggestionPages, TheLastStepIsTakenBackAndLeadsBackToTheList) {
    world.plants(4);
    world.group();
    const Group g = only();
    const auto done = post(address(g.id) + "/confirm", chosen(g, {{"title", "Mixing plant"}}));
    const std::string list = header(done, "Location");
    const std::string after = get(list).body;
    const std::string taken_back = "/issues/" + std::to_string(newest().id.value()) + "/arrange/undo";
    EXPECT_NE(after.find("action=\"" + taken_back), std::string::npos);
    const std::size_t at = after.find("name=\"back\" value=\"") + 19;
    ASSERT_GE(at, std::size_t{19});
    std::string back = after.substr(at, after.find('"', at) - at);
    if (const std::size_t amp = back.find("&amp;"); amp != std::string::npos) back.replace(amp, 5, "&");
    EXPECT_TRUE(back.starts_with("/suggestions?")) << back;
    const auto undone = post(taken_back, {{"back", back}});
    ASSERT_EQ(undone.status, 303) << undone.body;
    EXPECT_EQ(newest().voices, 0);
    EXPECT_TRUE(has(get(header(undone, "Location")), "Taken back:")) << header(undone, "Location");
    world.group();
    EXPECT_EQ(only().items, 4) << "it is suggested again";
}

TEST_F(SuggestionPages, LeadBackToTheListOfTheRoundThatTheyWereOpenedFrom) {
    world.plants(4);
    world.group();
    const Group g = only();
    const std::string round = std::to_string(world.round.value());
    EXPECT_TRUE(has(get("/suggestions"), "\"" + address(g.id) + "\""));
    EXPECT_TRUE(has(get("/suggestions?cycle=" + round), "\"" + address(g.id) + "?of=" + round + "\""));
    EXPECT_TRUE(has(get(address(g.id)), "<a href=\"/suggestions\">"));
    for (const auto& page : {get(address(g.id) + "?of=" + round),
                             post(address(g.id) + "/confirm", chosen(g, {{"title", ""}, {"of", round}}))}) {
        EXPECT_TRUE(has(page, "name=\"of\" value=\"" + round + "\"")) << page.status;
        EXPECT_TRUE(has(page, "<a href=\"/suggestions?cycle=" + round + "\">")) << page.status;
    }
    EXPECT_FALSE(has(get(address(g.id) + "?of=x%22"), "name=\"of\""));
    const auto done = post(address(g.id) + "/confirm", chosen(g, {{"title", "Mixing plant"}, {"of", round}}));
    EXPECT_TRUE(header(done, "Location").ends_with("&cycle=" + round)) << header(done, "Location");
}

TEST_F(SuggestionPages, TakingBackLeadsNowhereElse) {
    const auto plants = world.plants(7);
    const auto id = must(issue::suggest(*world.needs, world.as("clerk"), {world.round, "Mixing plant", "", "zh-Hans"}));
    const std::string at = "/issues/" + std::to_string(id.value());
    for (std::size_t i = 0; const char* back : {"https://example.org/", "//example.org", "/suggestionsx", "/", "",
                                                "/suggestions.example.org", "\\suggestions"}) {
        must(issue::gather(*world.needs, world.as("clerk"), id, {plants[i++]}, {}));
        EXPECT_EQ(header(post(at + "/arrange/undo", {{"back", back}}), "Location"), at) << back;
    }
}

TEST_F(SuggestionPages, WhatIsWrongIsSaidAtItsFieldAndNothingIsLost) {
    world.plants(4);
    world.group();
    const Group g = only();
    const std::int64_t before = world.ledger->size();
    auto again = post(address(g.id) + "/confirm", chosen(g, {{"title", ""}, {"text", "kept as typed"}}));
    EXPECT_EQ(again.status, 422);
    EXPECT_TRUE(has(again, "id=\"title-error\""));
    EXPECT_TRUE(has(again, "kept as typed"));
    again = post(address(g.id) + "/dismiss", chosen(g, {{"title", "x"}}));
    EXPECT_TRUE(has(again, "id=\"reason-error\""));
    again = post(address(g.id) + "/confirm", {{"title", "x"}});
    EXPECT_TRUE(has(again, "Tick at least one"));
    again = post(address(g.id) + "/put-in", chosen(g, {}));
    EXPECT_EQ(again.status, 422);
    again = post(address(g.id) + "/confirm",
                 {{"title", "x"}, {"items", "63"}, {"cycle", std::to_string(world.round.value())}});
    EXPECT_TRUE(has(again, "id=\"items-error\"")) << again.body;
    again = post(address(g.id) + "/confirm", {{"title", "x"}, {"items", "abc"}});
    EXPECT_EQ(again.status, 422);
    login = "officer";
    EXPECT_EQ(post(address(g.id) + "/confirm", chosen(g, {{"title", "x"}})).status, 403);
    EXPECT_EQ(world.ledger->size(), before);
    EXPECT_EQ(post(address(g.id) + "/suggest", chosen(g, {{"title", "x"}})).status, 303);
}

TEST_F(SuggestionPages, ALongSuggestionIsTakenWhole) {
    std::vector<voice::VoiceId> all;
    for (int i = 0; i < 130; ++i)
        all.push_back(world.say("p" + std::to_string(i), "Night bus of line seven is late",
                                "The night bus of line seven to the harbour never comes on time " + std::to_string(i)));
    world.group();
    const Group g = only();
    const auto first = get(address(g.id));
    EXPECT_TRUE(has(first, "And the other 30"));
    std::string on_page;
    Fields fields;
    int n = 0;
    for (const Item one : world.items(g)) {
        if (n++ == items_on_a_page) break;
        on_page += std::to_string(one) + " ";
        if (n > 1) fields.emplace_back("items", std::to_string(one));  // the first is unticked
    }
    fields.insert(fields.end(), {{"on_page", on_page},
                                 {"others", "yes"},
                                 {"title", "Buses"},
                                 {"lang", "en"},
                                 {"cycle", std::to_string(world.round.value())}});
    EXPECT_EQ(post(address(g.id) + "/confirm", fields).status, 303);
    EXPECT_EQ(newest().voices, 129);
}

TEST_F(SuggestionPages, WhatIsBeingPreparedIsShownAndNotTakenUpYet) {
    const people::CycleId preparing = world.imported(5);
    world.group();
    const Group g = only();
    EXPECT_TRUE(has(get("/suggestions"), "in preparation"));
    EXPECT_TRUE(has(get("/suggestions"), "/suggestions?cycle=" + std::to_string(preparing.value())));
    const auto page = get(address(g.id));
    EXPECT_TRUE(has(page, "Its round is still being prepared"));
    EXPECT_FALSE(has(page, "<form method=\"post\" action=\"/suggestions"));
    Fields fields = chosen(g, {{"title", "Buses"}});
    EXPECT_EQ(post(address(g.id) + "/confirm", fields).status, 422) << "not into another round";
    for (auto& [name, value] : fields)
        if (name == "cycle") value = std::to_string(preparing.value());
    EXPECT_EQ(post(address(g.id) + "/confirm", fields).status, 422) << "nor into its own before it asks";
}

TEST_F(SuggestionPages, WordsThatAreNotForEverybodyAreNotShownToEveryOfficer) {
    for (int i = 0; i < 3; ++i)
        world.say("q" + std::to_string(i), "The cousin of the mayor",
                  "The mayor's cousin parks on the bus stop of line seven every single day", {},
                  voice::Audience::unit_only);
    const auto written = world.write({"The mayor's cousin parks on the bus stop of line seven every day"});
    world.group();
    world.buses(1);
    world.group();
    const Group g = only();
    EXPECT_EQ(g.items, 4);
    login = "officer";
    const auto page = get(address(g.id));
    EXPECT_EQ(page.status, 200);
    EXPECT_FALSE(has(page, "cousin")) << "not even in its keywords";
    EXPECT_TRUE(has(page, "Not for everybody to read"));
    EXPECT_FALSE(has(get("/suggestions"), "cousin"));
}

TEST_F(SuggestionPages, WhoeverWritesIsToldWhoSaidSo) {
    const auto buses = world.buses(3);
    world.group();
    login = "";
    const auto found = ask(R"({"text":"The night bus of line seven to the harbour is late again"})");
    EXPECT_EQ(found.status, 200);
    const auto json = *kernel::parse_json(found.body);
    ASSERT_EQ(json["alike"].array()->size(), 1u) << found.body;
    EXPECT_EQ((*json["alike"].array())[0].need_integer("people"), 3);
    EXPECT_EQ(header(found, "Cache-Control"), "no-store");
    EXPECT_EQ(ask("{\"text\":\"" + std::string(6000, 'x') + "\"}").status, 422);
    EXPECT_EQ(ask("{}").body, "{\"alike\":[]}");
    EXPECT_NE(ask("{\"text\":\"\xff\xfe\"}").status, 200);
    const auto own = world.say("me", "", "The night bus of line seven to the harbour is late again and again");
    const auto part = part_of_receipt(people::request_by({}, http::Method::get, "/receipts/1"), *world.database->read(),
                                      *world.live, {}, own.value());
    EXPECT_NE(part.text().find("/voices/"), std::string::npos);
    EXPECT_EQ(part.text().find("/voices/" + std::to_string(own.value()) + "\""), std::string::npos);
    EXPECT_EQ(part_of_receipt(people::request_by({}, http::Method::get, "/receipts/1"), *world.database->read(),
                              *world.live, {}, 1)
                  .text(),
              "");
}

TEST_F(SuggestionPages, StaffWhoTypedForSomebodyJoinTheCasesAndNotThemselves) {
    const auto buses = world.buses(3);
    world.group();
    voice::Draft d;
    d.cycle = world.round, d.way = voice::Way::telephone, d.lang = "en";
    d.text = "A caller: the night bus of line seven to the harbour is late again";
    const auto typed = must(voice::receive(*world.needs, world.as("clerk"), d, {})).id;
    d.audience = voice::Audience::unit_only;
    const auto closed = must(voice::receive(*world.needs, world.as("clerk"), d, {})).id;
    Hooks hooks;
    hooks.join = [](const http::Request&, db::Connection&, voice::VoiceId) {
        return page::paragraphs("join as myself");
    };
    const auto part = [&](const people::Actor& who, voice::VoiceId id) {
        http::Request r = people::request_by(who, http::Method::get, "/receipts/1");
        r.headers["accept-language"] = "en";
        return part_of_receipt(r, *world.database->read(), *world.live, hooks, id.value()).text();
    };
    const auto says = [](const std::string& html, std::string_view what) {
        return html.find(what) != std::string::npos;
    };
    const std::string joining = "/desk/voices/" + std::to_string(typed.value()) + "/join?master=";
    const std::string clerks = part(world.as("clerk"), typed);
    EXPECT_TRUE(says(clerks, joining)) << clerks;
    EXPECT_TRUE(says(clerks, "one answer reaches both"));
    EXPECT_FALSE(says(clerks, "join as myself"));
    EXPECT_TRUE(says(part(world.as("officer"), typed), "Others said something like it"));
    EXPECT_FALSE(says(part(world.as("officer"), typed), joining)) << "who may not join them is not led there";
    EXPECT_TRUE(says(part({}, typed), "join as myself")) << "who was given the number later";
    EXPECT_TRUE(says(part(world.as("clerk"), closed), "Others said something like it"));
    EXPECT_FALSE(says(part(world.as("clerk"), closed), "/join?master=")) << "its author could not read the answer";
    EXPECT_EQ(part({}, closed), "");
    EXPECT_EQ(part(world.as("moderator"), voice::VoiceId(1)), "");
}

}  // namespace
}  // namespace discovery

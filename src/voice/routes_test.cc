// Requests that are wrong in one way each, through the real routes, without a network.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

#include <cycle/testing.h>
#include <http/testing.h>
#include <page/page.h>

#include "importing.h"
#include "test_world.h"

namespace voice {
namespace {

class VoiceRoutes : public testing::Test {
protected:
    World world{db::Engine::sqlite};
    http::Router router;
    void SetUp() override { add_routes(router, *world.needs, {}, {}); }

    http::Response send(http::Request request) {
        request.visitor = "visitor-a";
        request.headers.emplace("accept-language", "en");
        return http::testing::answer(router, std::move(request));
    }
    http::Response get(const std::string& path) { return send(http::testing::request(http::Method::get, path)); }
    http::Response post(const std::string& path, http::testing::Fields form) {
        http::Request request = http::testing::request(http::Method::post, path);
        request.form = std::move(form);
        return send(std::move(request));
    }
    http::Response post_json(const std::string& path, const std::string& body) {
        http::Request request = http::testing::request(http::Method::post, path);
        request.body = body;
        request.headers.emplace("accept", "application/json");
        return send(std::move(request));
    }
    static bool has(const http::Response& response, std::string_view text) {
        return response.body.find(text) != std::string::npos;
    }
};

std::string repeated(std::string_view one, int n) {
    std::string all;
    for (int i = 0; i < n; ++i) all += one;
    return all;
}

// What a hidden field holds, "" without one.
std::string value_of(const http::Response& page, const std::string& name) {
    const std::string before = "name=\"" + name + "\" value=\"";
    const std::size_t at = page.body.find(before);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + before.size();
    return page.body.substr(begin, page.body.find('"', begin) - begin);
}

TEST_F(VoiceRoutes, ShowsByWhichWayMessagesCame) {
    EXPECT_TRUE(has(get("/channels"), "Nothing"));
    world.change_rules(true);
    for (int i = 0; i < 3; ++i) {
        Draft d = world.draft("Mail " + std::to_string(i));
        d.way = i < 2 ? Way::email : Way::web;
        d.origin = std::to_string(i);
        d.district = i == 1 ? "" : "north";
        if (i == 0) d.audience = Audience::unit_only;
        must(receive(*world.needs, {}, d, {}));
    }
    const http::Response page = get("/channels");
    EXPECT_TRUE(has(page, "<th scope=\"row\">North</th>"));
    EXPECT_TRUE(has(page, "by e-mail"));
    EXPECT_TRUE(has(page, "Not said, or not for everybody")) << "what is for the unit alone has no district";
    const std::string desk = std::to_string(world.desk.value());
    const std::string wanted =
        R"({"channels":[{"district":"north","n":1,"way":"web"},{"district":"","n":2,"way":"email"}],"cycle":)" + desk +
        "}";
    EXPECT_EQ(get("/api/v1/channels").body, wanted);
    EXPECT_EQ(get("/api/v1/cycles/" + desk + "/channels").body, wanted);
    EXPECT_EQ(get("/cycles/99999/channels").status, 404);
    EXPECT_EQ(get("/api/v1/cycles/99999/channels").status, 404);
    EXPECT_TRUE(has(get("/voices"), "href=\"/channels\""));
}

TEST_F(VoiceRoutes, ListsNewestFirstByPages) {
    for (int i = 0; i < 45; ++i) world.said("Lamp " + std::to_string(i) + " is dark", "v" + std::to_string(i));
    const auto follow = [&](const http::Response& page, std::string_view rel) {
        const std::size_t at = page.body.find("rel=\"" + std::string(rel) + "\""),
                          link = page.body.find("/voices?", at);
        if (at == std::string::npos) throw std::logic_error("no link " + std::string(rel));
        return get(page.body.substr(link, page.body.find('"', link) - link));
    };
    const auto first = get("/voices");
    EXPECT_TRUE(has(first, "Lamp 44 "));
    EXPECT_TRUE(has(first, "Lamp 25 "));
    EXPECT_FALSE(has(first, "Lamp 24 "));
    EXPECT_FALSE(has(first, "rel=\"prev\""));
    const auto second = follow(first, "next"), third = follow(second, "next");
    EXPECT_TRUE(has(second, "Lamp 24 "));
    EXPECT_TRUE(has(second, "Lamp 5 "));
    EXPECT_TRUE(has(third, "Lamp 4 "));
    EXPECT_TRUE(has(third, "Lamp 0 "));
    EXPECT_FALSE(has(third, "rel=\"next\""));
    EXPECT_TRUE(has(follow(third, "prev"), "Lamp 24 "));
    EXPECT_TRUE(has(follow(second, "prev"), "Lamp 44 "));
    EXPECT_FALSE(has(follow(second, "prev"), "Lamp 24 "));
}

TEST_F(VoiceRoutes, WhatIsWrongInAFormStandsAtItsField) {
    struct Row {
        std::string name;
        std::vector<std::pair<std::string, std::string>> form;
        std::string field;
    };
    const std::vector<std::pair<std::string, std::string>> good = {
        {"kind", "help"}, {"audience", "open"}, {"text", "The lamp is dark."}, {"lang", "en"}};
    const auto with = [&](const std::string& field, const std::string& value) {
        auto form = good;
        for (auto& [name, old] : form)
            if (name == field) {
                old = value;
                return form;
            }
        form.emplace_back(field, value);
        return form;
    };
    const Row rows[] = {
        {"nothing at all", {}, "kind"},
        {"a kind that is none", with("kind", "gossip"), "kind"},
        {"an audience that comes later", with("audience", "confidential"), "audience"},
        {"no text", with("text", "  \r\n "), "text"},
        {"5,001 code points", with("text", repeated("字", 5001)), "text"},
        {"no UTF-8", with("text", "\xC4\xE3\xBA\xC3"), "text"},
        {"a control character", with("text", std::string("a\0b", 3)), "text"},
        {"an override of direction", with("title", "\u202Eevil"), "title"},
        {"a long title", with("title", repeated("t", 121)), "title"},
        {"a long place", with("place", repeated("p", 201)), "place"},
        {"a position too exact", with("position", "31.23041,121.47371"), "position"},
        {"a language that is none", with("lang", "<b>"), "lang"},
        {"about a person", with("about_person", "yes"), "about_person"},
        {"a telephone number", with("text", "Call 13812345678"), "confirmed"},
    };
    const std::int64_t size = world.ledger->size();
    for (const Row& row : rows) {
        const http::Response answer = post("/say", row.form);
        EXPECT_EQ(answer.status, 422) << row.name;
        EXPECT_TRUE(has(answer, "href=\"#" + row.field + "\"")) << row.name;
    }
    EXPECT_EQ(world.ledger->size(), size) << "nothing of it was recorded";
    EXPECT_EQ(post("/say", with("text", repeated("字", 5000))).status, 303);
}

TEST_F(VoiceRoutes, WhatWasTypedStaysInTheForm) {
    const http::Response answer = post("/say", {{"kind", "help"}, {"text", "A <long> story"}, {"title", "Lamp"}});
    EXPECT_TRUE(has(answer, "A &lt;long&gt; story"));
    EXPECT_TRUE(has(answer, "value=\"Lamp\""));
}

TEST_F(VoiceRoutes, JsonThatIsWrongNamesItsMember) {
    struct Row {
        std::string body, key;
        int status;
    };
    const Row rows[] = {
        {"", "kernel.json_malformed", 400},
        {"{\"kind\":\"help\",\"text\":\"x\"", "kernel.json_malformed", 400},
        {"{\"kind\":\"help\",\"kind\":\"help\",\"text\":\"x\"}", "kernel.json_duplicate", 400},
        {"\"text\"", "voice.not_an_object", 400},
        {"{\"text\":\"x\"}", "voice.kind_missing", 422},
        {"{\"kind\":\"help\"}", "voice.text_missing", 422},
        {"{\"kind\":\"help\",\"text\":5}", "voice.wrong_type", 422},
        {"{\"kind\":\"help\",\"text\":\"x\",\"audience\":\"all\"}", "voice.audience_missing", 422},
        {"{\"kind\":\"help\",\"text\":\"" + repeated("x", 5001) + "\"}", "kernel.text_too_long", 422},
        {"{\"kind\":\"help\",\"text\":\"x\",\"about_person\":true}", "voice.about_person", 422},
        {"{\"kind\":\"help\",\"text\":\"x\",\"lang\":\"?\"}", "voice.language_unknown", 422},
    };
    for (const Row& row : rows) {
        const http::Response answer = post_json("/api/v1/voices", row.body);
        EXPECT_EQ(answer.status, row.status) << row.body.substr(0, 60);
        EXPECT_TRUE(has(answer, row.key)) << row.body.substr(0, 60) << answer.body;
    }
    EXPECT_EQ(post_json("/api/v1/cycles/999999/voices", "{\"kind\":\"help\",\"text\":\"x\"}").status, 404);
    EXPECT_EQ(post_json("/api/v1/cycles/none/voices", "{\"kind\":\"help\",\"text\":\"x\"}").status, 404);
}

TEST_F(VoiceRoutes, ARoundThatDoesNotAskTakesNothing) {
    cycle::Draft round;
    round.name = "Buses";
    round.lang = "en";
    round.organiser = world.root;
    const people::CycleId id = must(cycle::open(*world.needs, world.as("head"), round));
    const std::string path = "/cycles/" + std::to_string(id.value()) + "/say";
    EXPECT_EQ(get(path).status, 409);
    EXPECT_EQ(post(path, {{"kind", "help"}, {"audience", "open"}, {"text", "x"}, {"lang", "en"}}).status, 409);
    EXPECT_EQ(
        post_json("/api/v1" + path.substr(0, path.size() - 3) + "voices", "{\"kind\":\"help\",\"text\":\"x\"}").status,
        409);
}

TEST_F(VoiceRoutes, TheCodeTravelsInACookieOnce) {
    const std::vector<std::pair<std::string, std::string>> form = {{"kind", "help"},
                                                                   {"audience", "open"},
                                                                   {"text", "The lamp is dark."},
                                                                   {"lang", "en"},
                                                                   {"once", "0123456789abcdef"}};
    const auto cookie = [](const http::Response& response) {
        for (const auto& [name, value] : response.headers)
            if (name == "Set-Cookie" && value.starts_with("code=")) return value;
        return std::string();
    };
    const http::Response first = post("/say", form), second = post("/say", form);
    EXPECT_EQ(first.status, 303);
    EXPECT_NE(cookie(first).find("HttpOnly"), std::string::npos);
    EXPECT_NE(cookie(first).find("Max-Age=60"), std::string::npos);
    EXPECT_EQ(cookie(second), "") << "the same form again";
    EXPECT_EQ(http::testing::header(first, "Location"), http::testing::header(second, "Location"));
    EXPECT_EQ(http::testing::header(first, "Location").find(cookie(first).substr(5, 25)), std::string::npos);
}

TEST_F(VoiceRoutes, AWrongCodeOpensNothing) {
    const Received r = world.said("A private story", "visitor-b");
    for (const std::string code :
         {"", "12345", "00000 00000 00000 00000 00000", "not eight words at all", "'; drop table voice; --"}) {
        const http::Response answer = post("/mine", {{"code", code}});
        EXPECT_EQ(answer.status, 403) << code;
        EXPECT_FALSE(has(answer, "A private story")) << code;
        EXPECT_EQ(post("/voices/" + std::to_string(r.id.value()) + "/open", {{"code", code}}).status, 403) << code;
    }
    const http::Response mine = post("/mine", {{"code", r.code}});
    EXPECT_EQ(mine.status, 200);
    EXPECT_TRUE(has(mine, "A private story"));
    EXPECT_FALSE(has(mine, ">" + r.code)) << "a secret is not shown again";
    EXPECT_EQ(value_of(mine, "code"), r.code) << "but it goes on with the form that opens the matter";
}

TEST_F(VoiceRoutes, MattersBeyondTheFirstPageAreReached) {
    std::string code;
    for (int i = 0; i < 103; ++i) {
        const Received r = world.said("Lamp " + std::to_string(i) + " is dark");
        if (i == 0) code = r.code;
    }
    std::set<int> seen;
    const auto see = [&](const http::Response& page) {
        for (int i = 0; i < 103; ++i)
            if (has(page, "Lamp " + std::to_string(i) + " is dark")) { EXPECT_TRUE(seen.insert(i).second) << i; }
    };
    http::Response page = post("/mine", {{"code", code}});
    see(page);
    EXPECT_EQ(seen.size(), 50u);
    while (!value_of(page, "before").empty()) {
        page =
            post("/mine", {{"code", code}, {"round", value_of(page, "round")}, {"before", value_of(page, "before")}});
        see(page);
    }
    EXPECT_EQ(seen.size(), 103u);
}

TEST_F(VoiceRoutes, TheCodeOfAnOldRoundIsRight) {
    const people::CycleId old = cycle::asking_round(*world.needs, world.as("head"), world.root);
    Draft draft = world.draft("It was dark even then.");
    draft.cycle = old;
    const Received r = must(receive(*world.needs, world.browser("visitor-b"), draft, {}));
    cycle::Draft later;
    later.name = "Later", later.lang = "en", later.organiser = world.root;
    for (int i = 0; i < 420; ++i) must(cycle::open(*world.needs, world.as("head"), later));
    const auto older = [](const http::Response& page) { return value_of(page, "older_than"); };
    http::Response page = post("/mine", {{"code", r.code}});
    EXPECT_EQ(page.status, 403);
    EXPECT_TRUE(has(page, "older rounds: look there too")) << "it does not say that the code is wrong";
    int looks = 1;
    for (; !has(page, "It was dark even then.") && !older(page).empty(); ++looks)
        page = post("/mine", {{"code", r.code}, {"older_than", older(page)}});
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(has(page, "It was dark even then."));
    EXPECT_EQ(looks, 3);
    const std::string of_today = world.said("Said today", "visitor-c").code;
    page = post("/mine", {{"code", of_today}});
    EXPECT_TRUE(has(page, "Said today"));
    const std::size_t form = page.body.rfind("<form", page.body.find("name=\"older_than\""));
    EXPECT_EQ(page.body.find("name=\"code\" value", form), std::string::npos) << "it is of one round";
    EXPECT_EQ(post("/mine", {{"older_than", older(page)}}).status, 200);
    page = post("/mine", {{"code", "0000000000000000000000000"}});
    while (!older(page).empty())
        page = post("/mine", {{"code", "0000000000000000000000000"}, {"older_than", older(page)}});
    EXPECT_EQ(page.status, 403);
    EXPECT_TRUE(has(page, "This code does not open"));
}

TEST_F(VoiceRoutes, ALongListOfPlacesSaysWhatItLeavesOut) {
    const auto path = std::filesystem::temp_directory_path() / ("huiyin-places-" + std::to_string(getpid()) + ".csv");
    std::ofstream list(path);
    list << "place\n";
    for (int n = 1000; n < 1620; ++n) list << "Stop " << n << "\n";
    list.close();
    must(import_places(*world.needs, path));
    std::filesystem::remove(path);
    const http::Response form = get("/say");
    EXPECT_TRUE(has(form, "500 of 620"));
    EXPECT_FALSE(has(form, "value=\"Stop 1619\""));
    const http::Response again =
        post("/say", {{"kind", "help"}, {"audience", "open"}, {"text", "x"}, {"lang", "en"}, {"place", "161"}});
    EXPECT_EQ(again.status, 422);
    EXPECT_TRUE(has(again, "<option value=\"Stop 1619\">"));
    EXPECT_TRUE(has(again, "11 of 620"));
    EXPECT_EQ(
        post("/say", {{"kind", "help"}, {"audience", "open"}, {"text", "x"}, {"lang", "en"}, {"place", "Stop 1619"}})
            .status,
        303);
}

TEST_F(VoiceRoutes, NumbersThatAreNone) {
    for (const std::string id : {"0", "999999", "-1", "1e3", "01", "99999999999999999999", "x"}) {
        EXPECT_EQ(get("/voices/" + id).status, 404) << id;
        EXPECT_EQ(get("/api/v1/voices/" + id).status, 404) << id;
        EXPECT_EQ(get("/voices/" + id + "/author").status, 404) << id;
        EXPECT_EQ(get("/voices/" + id + "/photos/1").status, 404) << id;
    }
    const Received r = world.said();
    EXPECT_EQ(get("/voices/" + std::to_string(r.id.value()) + "/photos/0").status, 404);
    EXPECT_EQ(get("/voices?kind=gossip&state=?&unit=x&before=-1&late=perhaps").status, 200)
        << "an unknown filter is none";
}

TEST_F(VoiceRoutes, EveryWordOfThisFeatureIsThereInEveryLanguage) {
    const auto there = [](const std::string& key) { EXPECT_TRUE(page::has_message(key)) << key; };
    for (Kind one : all_kinds) there("voice.kind_" + std::string(name(one)));
    for (Audience one : all_audiences) there("voice.audience_" + std::string(name(one)));
    for (Answer one : all_answers) there("voice.answer_" + std::string(name(one)));
    for (Way one : all_ways) {
        there("voice.way_" + std::string(name(one)));
        there("voice.step_received_" + std::string(name(one)));
    }
    for (Ground one : all_grounds) there(people::ground_key(one));
    for (State one : all_states) {
        there("voice.state_" + std::string(name(one)));
        there("voice.next_" + std::string(name(one)));
        there("voice.refused_" + std::string(name(one)));
    }
    for (Shown one : {Shown::held, Shown::published, Shown::unit_only, Shown::hidden})
        there("voice.refused_" + std::string(name(one)));
    for (int what = 0; what <= static_cast<int>(What::withdrawn_asked); ++what)
        there("voice.step_" + std::string(name(static_cast<What>(what))));
}

}  // namespace
}  // namespace voice

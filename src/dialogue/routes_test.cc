// Every page and the JSON of this feature, for every kind of reader and language, through the router.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include <files/csv.h>
#include <kernel/text.h>
#include <page/page.h>

#include "change.h"
#include "pages.h"
#include "polis.h"
#include "routes_for_tests.h"
#include "store.h"

namespace dialogue {
namespace {

TEST_F(DialogueRoutes, EveryPageRendersInEveryLanguage) {
    const StatementId waits = must(propose(*world.needs, World::visitor(1), id, "Waits", "en"));
    must(set_aside(*world.needs, world.as("moderator"), s[0], Ground::duplicate, "see 2"));
    const std::string round = "/cycles/" + std::to_string(world.round.value());
    for (const char* lang : {"en", "zh-Hans", "zh-Hant"}) {
        const std::string in = std::string("lang=") + lang;
        for (const std::string& path :
             {at("?"), at("/statements?"), at("/statements?state=set_aside&"), address(s[0]) + "?", address(s[1]) + "?",
              address(waits) + "?", round + "?", at("?last=" + number(s[1]) + "&")})
            EXPECT_EQ(get(path + in).status, 200) << path << lang;
        EXPECT_EQ(get(at("/moderation?") + in, "moderator").status, 200);
        EXPECT_EQ(get(at("/manage?") + in, "clerk").status, 200);
        EXPECT_EQ(get(round + "/dialogues/new?" + in, "head").status, 200);
    }
    for (const std::string& path : {at("/moderation"), at("/manage"), round + "/dialogues/new"})
        EXPECT_NE(get(path).status, 200) << path;
    EXPECT_EQ(get(at("/moderation"), "clerk").status, 403);
    EXPECT_EQ(get(at("/manage"), "moderator").status, 403);
    for (const std::string& path :
         {std::string("/dialogues/999"), std::string("/dialogues/x"), std::string("/statements/999"),
          std::string("/dialogues/999/statements"), std::string("/dialogues/999/statements.csv")})
        EXPECT_EQ(get(path).status, 404) << path;
}

TEST_F(DialogueRoutes, ListsNewestFirstByPages) {
    for (int i = 3; i < 45; ++i)
        must(seed(*world.needs, world.as("clerk"), id, "Statement " + std::to_string(i), "en"));
    const auto link = [&](const http::Response& page, const std::string& cursor) {
        const std::size_t at_cursor = page.body.find(cursor);
        if (at_cursor == std::string::npos) return std::string();
        const std::size_t from = page.body.rfind('"', at_cursor) + 1;
        std::string found = page.body.substr(from, page.body.find('"', from) - from);
        if (const auto amp = found.find("&amp;"); amp != found.npos) found.replace(amp, 5, "&");
        return found;
    };
    const auto first = get(at("/statements"));
    EXPECT_TRUE(has(first, "Statement 44<"));
    EXPECT_TRUE(has(first, "Statement 25<"));
    EXPECT_FALSE(has(first, "Statement 24<"));
    EXPECT_EQ(link(first, "after="), "");
    const auto second = get(link(first, "before="));
    EXPECT_TRUE(has(second, "Statement 24<"));
    EXPECT_TRUE(has(second, "Statement 5<"));
    const auto third = get(link(second, "before="));
    EXPECT_TRUE(has(third, "Statement 4<"));
    EXPECT_TRUE(has(third, "Statement 0<"));
    EXPECT_EQ(link(third, "before="), "");
    const auto again = get(link(second, "after="));
    EXPECT_TRUE(has(again, "Statement 44<"));
    EXPECT_FALSE(has(again, "Statement 24<"));
    EXPECT_EQ(link(again, "after="), "");
}

TEST_F(DialogueRoutes, OneStatementAtATimeWithUndo) {
    std::vector<std::string> voted;
    std::string path = at("?lang=en");
    for (int i = 0; i < 3; ++i) {
        const auto page = get(path);
        EXPECT_TRUE(has(page, std::to_string(i) + " of 3 done"));
        const std::string marker = "name=\"statement\" value=\"";
        const std::size_t card = page.body.find("data-vote");
        ASSERT_NE(card, std::string::npos);
        const std::size_t from = page.body.find(marker, card) + marker.size();
        voted.push_back(page.body.substr(from, page.body.find('"', from) - from));
        const auto done = post(at("/vote"), {{"statement", voted.back()}, {"vote", i == 0 ? "disagree" : "agree"}});
        EXPECT_EQ(done.status, 303);
        path = header(done, "Location") + "&lang=en";
    }
    EXPECT_EQ(std::set<std::string>(voted.begin(), voted.end()).size(), 3u);
    const auto last = get(path);
    EXPECT_TRUE(has(last, "You agree with:"));
    EXPECT_TRUE(has(last, "You have voted on all 3 statements"));
    EXPECT_TRUE(has(last, "/receipts/"));
    EXPECT_EQ(world.count(id).votes, 3);
    const auto undone = post(at("/vote"), {{"statement", voted.back()}, {"vote", "none"}});
    EXPECT_EQ(undone.status, 303);
    EXPECT_EQ(world.count(id).votes, 2);
    EXPECT_TRUE(has(get(header(undone, "Location") + "&lang=en"), "You took back your vote on:"));
    // Another browser sees nothing of this.
    EXPECT_FALSE(has(get(path, "", "the browser of somebody else"), "You agree with:"));
}

TEST_F(DialogueRoutes, VotesLeadBackOnlyToKnownPages) {
    const Form vote = {{"statement", number(s[0])}, {"vote", "agree"}};
    const auto back_to = [&](const std::string& back) {
        Form form = vote;
        form.emplace_back("back", back);
        return header(post(at("/vote"), form), "Location");
    };
    EXPECT_TRUE(back_to("/").starts_with("/?voted=" + number(s[0]) + "&receipt=")) << back_to("/");
    EXPECT_TRUE(back_to("/cycles/17").starts_with("/cycles/17?voted="));
    for (const char* bad : {"//evil.example", "https://evil.example", "/cycles/17/../x", "/cycles/", ""})
        EXPECT_TRUE(back_to(bad).starts_with(at("?last="))) << bad;
    EXPECT_EQ(post(at("/vote"), {{"statement", "x"}, {"vote", "agree"}}).status, 400);
    EXPECT_EQ(post(at("/vote"), {{"statement", number(s[0])}, {"vote", "maybe"}}).status, 400);
    EXPECT_EQ(post(at("/vote"), {{"statement", std::to_string(id.value())}, {"vote", "agree"}}).status, 422);
}

TEST_F(DialogueRoutes, AddingModeratingAndTheNoticeOfRemoval) {
    EXPECT_EQ(post(at("/statements"), {{"text", ""}}).status, 422);
    EXPECT_TRUE(has(post(at("/statements"), {{"text", std::string(141, 'x')}}), std::string(141, 'x')));
    const auto said = post(at("/statements"), {{"text", "More <buses>"}});
    EXPECT_EQ(said.status, 303);
    const StatementId made(std::stoll(header(said, "Location").substr(std::string("/receipts/").size())));
    EXPECT_FALSE(has(get(at("/statements")), "&lt;buses&gt;"));
    EXPECT_FALSE(has(get(address(made)), "&lt;buses&gt;"));
    EXPECT_TRUE(has(get(at("/moderation?lang=en"), "moderator"), "More &lt;buses&gt;"));
    const auto undecided =
        post(address(made) + "/set-aside", {{"ground", ""}, {"remark", "It sells lamps."}}, "moderator");
    EXPECT_EQ(undecided.status, 422);
    EXPECT_NE(undecided.body.find("value=\"It sells lamps.\""), std::string::npos) << "what was typed stands there";
    EXPECT_EQ(post(address(made) + "/accept", {}, "clerk").status, 403);
    EXPECT_EQ(post(address(made) + "/accept", {}, "moderator").status, 303);
    EXPECT_TRUE(has(get(at("/statements")), "More &lt;buses&gt;"));
    EXPECT_TRUE(has(get(address(made)), "THE ISSUE"));
    EXPECT_EQ(post(address(made) + "/set-aside", {{"ground", ""}}, "moderator").status, 422);
    EXPECT_EQ(post(address(made) + "/set-aside", {{"ground", "criticism"}}, "moderator").status, 422);
    EXPECT_EQ(post(address(made) + "/set-aside", {{"ground", "advertising"}}, "moderator").status, 303);
    EXPECT_FALSE(has(get(at("/statements")), "&lt;buses&gt;"));
    const auto aside = get(at("/statements?state=set_aside&lang=en"));
    EXPECT_TRUE(has(aside, "Ground: advertising."));
    EXPECT_FALSE(has(aside, "&lt;buses&gt;"));
    EXPECT_TRUE(has(get(address(made) + "?lang=en"), "Ground: advertising."));
    EXPECT_FALSE(has(get(address(made)), "&lt;buses&gt;"));
}

TEST_F(DialogueRoutes, OpeningSeedingClosing) {
    const std::string round = "/cycles/" + std::to_string(world.round.value());
    EXPECT_EQ(post(round + "/dialogues", {{"question", ""}, {"lang", "en"}}, "head").status, 422);
    EXPECT_EQ(post(round + "/dialogues", {{"question", "Why?"}, {"lang", "en"}}, "moderator").status, 403);
    const auto opened =
        post(round + "/dialogues", {{"question", "Why?"}, {"lang", "en"}, {"admission", "at_once"}}, "head");
    EXPECT_EQ(opened.status, 303);
    const std::string manage = header(opened, "Location"), path = manage.substr(0, manage.rfind('/'));
    EXPECT_EQ(post(path + "/seeds", {{"text", "Because"}, {"lang", "en"}}, "clerk").status, 303);
    EXPECT_EQ(post(path + "/seeds", {{"text", ""}, {"lang", "en"}}, "clerk").status, 422);
    EXPECT_TRUE(has(get(path + "/statements"), "Because"));
    EXPECT_TRUE(has(get(round), "Why?"));
    EXPECT_EQ(post(path + "/close", {{"remark", ""}}, "clerk").status, 422);
    EXPECT_EQ(post(path + "/close", {{"remark", "done"}}, "clerk").status, 303);
    const auto shut = get(path + "?lang=en");
    EXPECT_TRUE(has(shut, "This dialogue is closed"));
    EXPECT_FALSE(has(shut, "data-vote"));
}

TEST_F(DialogueRoutes, TheApiTakesOneVoteOrAnArray) {
    const std::string votes = "/api/v1/dialogues/" + std::to_string(id.value()) + "/votes";
    const auto one =
        post_json(votes, R"({"statement":)" + number(s[0]) + R"(,"vote":"agree","participant":"0123456789abcdef"})");
    EXPECT_EQ(one.status, 201);
    const auto json = *kernel::parse_json(one.body);
    EXPECT_EQ(json["counts"].need_integer("agree"), 1);
    EXPECT_TRUE(json["participant"].is_null());
    const std::int64_t index = json["receipt"].need_integer("index");
    EXPECT_FALSE(json["receipt"].need_string("checkpoint").empty());
    EXPECT_EQ(ledger::leaf(*world.database->read(), index), json["receipt"].need_string("leaf"));

    const auto array =
        post_json(votes, R"({"participant":"0123456789abcdef","votes":[{"statement":)" + number(s[0]) +
                             R"(,"vote":"pass"},{"statement":)" + number(s[1]) + R"(,"vote":"disagree"}]})");
    EXPECT_EQ(array.status, 201);
    EXPECT_EQ(kernel::parse_json(array.body)->need_integer("votes"), 2);
    EXPECT_EQ(world.count(id).people, 1);
    EXPECT_EQ(world.get(s[0]).counts.pass, 1);
    // Without a key the server makes one and tells it, once.
    const auto made = post_json(votes, R"({"statement":)" + number(s[0]) + R"(,"vote":"agree"})");
    const std::string key = kernel::parse_json(made.body)->need_string("participant");
    EXPECT_EQ(
        post_json(votes, R"({"statement":)" + number(s[0]) + R"(,"vote":"disagree","participant":")" + key + "\"}")
            .status,
        201);
    EXPECT_EQ(world.count(id).people, 2);
    EXPECT_EQ(world.get(s[0]).counts.agree, 0);
}

TEST_F(DialogueRoutes, TheApiRefusesWhatIsNoVote) {
    const std::string votes = "/api/v1/dialogues/" + std::to_string(id.value()) + "/votes", st = number(s[0]);
    struct Case {
        std::string body, key, field;
        int status;
    };
    const Case cases[] = {
        {"", "kernel.json_malformed", "", 400},
        {"[]", "dialogue.json_malformed", "statement", 400},
        {"{}", "dialogue.json_malformed", "statement", 400},
        {R"({"statement":"17","vote":"agree"})", "dialogue.json_malformed", "statement", 400},
        {R"({"statement":1.5,"vote":"agree"})", "dialogue.json_malformed", "statement", 400},
        {R"({"statement":-4,"vote":"agree"})", "dialogue.json_malformed", "statement", 400},
        {R"({"statement":)" + st + R"(,"vote":1})", "dialogue.json_malformed", "vote", 400},
        {R"({"statement":)" + st + R"(,"vote":"yes"})", "dialogue.json_malformed", "vote", 400},
        {R"({"votes":{}})", "dialogue.json_malformed", "votes", 400},
        {R"({"votes":[]})", "dialogue.votes_missing", "votes", 422},
        {R"({"votes":[{"statement":)" + st + R"(,"vote":"agree"},7]})", "dialogue.json_malformed", "votes[1].statement",
         400},
        {R"({"statement":)" + st + R"(,"vote":"agree","participant":"short"})", "dialogue.key_length", "participant",
         422},
        {R"({"statement":)" + st + R"(,"vote":"agree","participant":7})", "dialogue.json_malformed", "participant",
         400},
        {R"({"statement":1,"vote":"agree"})", "dialogue.statement_not_open", "statement", 422},
    };
    const std::int64_t size = world.ledger->size();
    for (const Case& c : cases) {
        const auto answer = post_json(votes, c.body);
        EXPECT_EQ(answer.status, c.status) << c.body;
        const auto json = *kernel::parse_json(answer.body);
        EXPECT_EQ(json["error"].need_string("key"), c.key) << c.body;
        EXPECT_EQ(json["error"]["field"].is_null() ? "" : json["error"].need_string("field"), c.field) << c.body;
    }
    EXPECT_EQ(post_json("/api/v1/dialogues/999/votes", R"({"statement":1,"vote":"agree"})").status, 404);
    EXPECT_EQ(world.ledger->size(), size);
}

TEST_F(DialogueRoutes, TheApiReadsAndTakesStatements) {
    const std::string path = "/api/v1/dialogues/" + std::to_string(id.value());
    const auto one = *kernel::parse_json(get(path).body);
    EXPECT_EQ(one.need_string("question"), "How should the buses run?");
    EXPECT_EQ(one["figures"].need_integer("accepted"), 3);
    const auto all = *kernel::parse_json(get("/api/v1/dialogues?cycle=" + std::to_string(world.round.value())).body);
    EXPECT_EQ(all.need_array("dialogues").size(), 1u);
    EXPECT_EQ(get("/api/v1/dialogues").status, 422);
    const auto said =
        post_json(path + "/statements", R"({"text":"More buses","lang":"en","participant":"0123456789abcdef"})");
    EXPECT_EQ(said.status, 201);
    EXPECT_EQ(kernel::parse_json(said.body)->need_string("state"), "pending");
    EXPECT_EQ(post_json(path + "/statements", R"({"text":""})").status, 422);
    EXPECT_EQ(post_json(path + "/statements", R"({"lang":"en"})").status, 400);
    EXPECT_EQ(kernel::parse_json(get(path + "/statements").body)->need_array("statements").size(), 3u);
    EXPECT_EQ(get(path + "/statements?state=pending").status, 422);
    const auto rest = *kernel::parse_json(get(path + "/statements?after=" + number(s[1])).body);
    EXPECT_EQ(rest.need_array("statements").size(), 1u);
}

TEST_F(DialogueRoutes, TheExportHasEveryStatementOnceAndNoHiddenText) {
    must(set_aside(*world.needs, world.as("moderator"), s[1], Ground::duplicate, ""));
    must(vote(*world.needs, World::visitor(1), id, {{s[0], Choice::agree}}));
    const auto answer = get(at("/statements.csv"));
    ASSERT_TRUE(answer.stream);
    std::string text, piece;
    bool more = true;
    while (more) {
        piece.clear();
        more = answer.stream(piece);
        text += piece;
    }
    EXPECT_TRUE(text.starts_with(files::csv_bom));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
    EXPECT_NE(text.find("seed,accepted,,1,0,0,,en,Statement 0"), std::string::npos);
    EXPECT_NE(text.find("seed,set_aside,duplicate,0,0,0,,en,\r\n"), std::string::npos);
    EXPECT_EQ(text.find("Statement 1"), std::string::npos);
}

TEST_F(DialogueRoutes, AnImportedConversationIsMarkedWithItsSource) {
    PolisImport asked;
    asked.folder = TESTDATA "/london.youth.policing";
    const PolisTaken taken = must(import_polis(*world.needs, asked, [](std::int64_t, std::int64_t) {}));
    const auto page = get(address(taken.dialogue) + "?lang=en");
    EXPECT_TRUE(has(page, "CC BY 4.0"));
    EXPECT_TRUE(has(page, "638 that stand, 640 cast"));
    EXPECT_TRUE(has(page, "People, imported, not verified here"));
    const auto aside = get(address(taken.dialogue) + "/statements?state=set_aside&lang=en");
    EXPECT_TRUE(has(aside, "reason not recorded in the source"));
    const auto round = get("/cycles/" + std::to_string(taken.cycle.value()) + "?lang=en");
    EXPECT_TRUE(has(round, "CC BY 4.0"));
    EXPECT_TRUE(has(round, "people took part, 0 of them verified"));
}

// One pseudonym is a browser until it is verified: whatever counts people says how many are.
TEST_F(DialogueRoutes, EveryFigureOfPeopleSaysHowManyAreVerified) {
    must(vote(*world.needs, World::visitor(1), id, {{s[0], Choice::agree}}));
    must(vote(*world.needs, World::visitor(2), id, {{s[0], Choice::disagree}}));
    const std::string round = "/cycles/" + std::to_string(world.round.value());
    EXPECT_TRUE(has(get(at("?lang=en")), "2; of all people in this round, 0 verified"));
    EXPECT_TRUE(has(get(address(s[0]) + "?lang=en"), "of all people in this round, 0 verified"));
    EXPECT_TRUE(has(get(round + "?lang=en"), "people took part, 0 of them verified"));
    must(world.ledger->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
        const auto known = people::by_browser(
            w.db(), world.round, people::browser_key(world.needs->server_key, world.round, World::visitor(1).visitor));
        people::verify(w.db(), known.value().id);
        return w.append(encode(Closed{DialogueId(), "", people::OfficerId()}, w.next_index()));
    }));
    EXPECT_TRUE(has(get(at("?lang=en")), "2; of all people in this round, 1 verified"));
    EXPECT_TRUE(has(get(at("/statements?lang=en")), "of all people in this round, 1 verified"));
    EXPECT_TRUE(has(get(address(s[0]) + "?lang=zh-Hans"), "这一轮所有的人里，1 人经过核实"));
    EXPECT_TRUE(has(get(round + "?lang=zh-Hant"), "其中 1 人經過驗證"));
}

// Each with an error at the field, in words, and with what was typed still in it; nothing is recorded.
TEST_F(DialogueRoutes, WhatIsNoStatementIsRefusedAtItsField) {
    std::string long_one;
    for (int i = 0; i < 5000; ++i) long_one += "长";
    const struct {
        std::string text;
        const char* says;
    } cases[] = {{"", "Write your statement"},
                 {"   \t \u3000", "Write your statement"},
                 {"👍", "Say it in words"},
                 {"?! …", "Say it in words"},
                 {long_one, "140"},
                 {"a\u202Eb c", ""},
                 {"a\u0007b", ""},
                 {"two\nlines", ""},
                 {"\xFF\xFE", ""}};
    const std::int64_t size = world.ledger->size();
    for (const auto& one : cases) {
        const auto page = post(at("/statements?lang=en"), {{"text", one.text}});
        EXPECT_EQ(page.status, 422) << one.text;
        EXPECT_TRUE(has(page, one.says)) << one.says;
        EXPECT_TRUE(has(page, "id=\"text-error\"")) << one.text;
        kernel::Json body;
        body.set("text", one.text).set("participant", "a participant of its own");
        if (kernel::valid_utf8(one.text)) {
            const auto answer = post_json("/api/v1" + at("/statements"), kernel::canonical(body));
            EXPECT_EQ(answer.status, 422) << answer.body;
        }
    }
    EXPECT_EQ(world.ledger->size(), size);
    EXPECT_EQ(post(at("/statements"), {{"text", "多👍"}}).status, 303);
}

}  // namespace
}  // namespace dialogue

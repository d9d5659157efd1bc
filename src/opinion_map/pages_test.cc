// The pages, through the real routes.
#include "pages.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <people/testing_routes.h>

#include <dialogue/polis.h>

#include "test_world.h"

namespace opinion_map {
namespace {

using http::Method;
using http::Response;

class MapPages : public testing::Test, protected World {
protected:
    MapPages() : World(db::Engine::sqlite) {
        page::drop_cached();
        dialogue::Hooks hooks;
        hooks.map = [this](const http::Request& r, db::Connection& db, const dialogue::Dialogue& d) {
            return part_of_dialogue(*maps, r, db, *needs, d);
        };
        hooks.next = [this](db::Connection& db, DialogueId of, std::optional<people::ParticipantId> who,
                            std::uint64_t seed, int most) { return next(*maps, db, of, who, seed, most); };
        dialogue::add_routes(router, *needs, hooks);
        opinion_map::add_routes(router, *needs, maps,
                                {{"https://www.example.org"},
                                 [](const http::Request&, db::Connection&, StatementId, const std::string& words) {
                                     return page::escape("OFFER " + words);
                                 }});
    }
    Response read(const std::string& who, const std::string& path, const char* lang = "en") {
        http::Request r = people::request_by(visitor(who), Method::get, path);
        r.headers.emplace("accept-language", lang);
        return http::testing::answer(router, std::move(r));
    }
    static bool has(const Response& r, std::string_view text) { return r.body.find(text) != std::string::npos; }
    std::string at(std::string_view more = "") { return address(id) + std::string(more); }

    http::Router router;
};

TEST_F(MapPages, SaysWhatComesWhileThereIsNothing) {
    EXPECT_TRUE(has(read("x", at()), "Nobody has voted yet."));
    camps(2, 2);
    map();
    const Response few = read("x", at());
    EXPECT_EQ(few.status, 200);
    EXPECT_TRUE(has(few, "There are no groups to show yet."));
    EXPECT_FALSE(has(few, "<figure"));
    EXPECT_EQ(read("x", "/dialogues/999999/map").status, 404);
    EXPECT_EQ(read("x", "/dialogues/01/map").status, 404);
    EXPECT_EQ(read("x", "/api/v1/dialogues/999999/map").status, 404);
}

TEST_F(MapPages, GroupsWhatTellsThemWhatTheyShareAndWhoIAm) {
    camps(12, 8);
    map();
    const Response shown = read("a stranger", at());
    for (const char* said :
         {"20 people voted enough to be placed; they form 2 groups of opinion.", "Group A", "Group B",
          "12 people, 60\u00a0% of those on the map", "What all groups share", "All groups agree: Group A",
          "What divides the groups most", "How sure this is", "Well apart", "<svg", "<table>"})
        EXPECT_TRUE(has(shown, said)) << said;
    EXPECT_FALSE(has(shown, "You stand with"));
    const Response mine = read("somebody of the second camp 2", at());
    EXPECT_TRUE(has(mine, "You stand with Group"));
    EXPECT_TRUE(has(mine, "class=\"me\""));
    EXPECT_TRUE(has(read("x", at(), "zh-Hans"), "12 人，占图上的人 60%"));
    EXPECT_TRUE(has(read("x", at(), "zh-Hant"), "各群都這樣看"));
    EXPECT_TRUE(has(read("x", "/dialogues/" + std::to_string(id.value())), "The whole map"));
}

TEST_F(MapPages, StaffAreOfferedWhatDividesAndWhatIsShared) {
    camps(12, 12);
    map();
    EXPECT_FALSE(has(read("x", at()), "OFFER"));
    auto db = database->read();
    http::Request r = people::request_by(as("clerk"), Method::get, at());
    r.headers.emplace("accept-language", "en");
    const Response shown = http::testing::answer(router, std::move(r));
    EXPECT_TRUE(has(shown, "OFFER All groups agree: Group A 100"));
    EXPECT_TRUE(has(shown, "OFFER Agreement differs between groups: Group A"));
    EXPECT_TRUE(has(shown, "(Opinion map " + at() + ", up to record "));
}

TEST_F(MapPages, ASmallGroupIsNotTold) {
    camps(14, 7);
    map();
    EXPECT_FALSE(has(read("x", at()), "So few people that nothing more is shown"));
    const View v = view(*maps->map(id), 8);
    EXPECT_FALSE(v.drawn) << "two groups must be large enough";
    for (const GroupView& group : v.groups) EXPECT_TRUE(group.telling.empty());
}

TEST_F(MapPages, InAFrameOfTheSitesThatAreNamed) {
    camps(9, 9);
    map();
    const Response shown = read("somebody of the second camp 2", at("/frame"));
    EXPECT_EQ(shown.status, 200);
    const std::string policy(http::testing::header(shown, "Content-Security-Policy"));
    EXPECT_NE(policy.find("frame-ancestors 'self' https://www.example.org"), std::string::npos) << policy;
    EXPECT_FALSE(has(shown, "class=\"me\"")) << "nobody is in it";
    EXPECT_FALSE(has(shown, "<nav")) << "no way to pages that may not be framed";
    EXPECT_TRUE(has(shown, "target=\"_blank\""));
    EXPECT_EQ(http::testing::header(read("x", at()), "Content-Security-Policy"), "") << "the standard holds elsewhere";
}

TEST_F(MapPages, AsJson) {
    EXPECT_EQ(read("x", "/api/v1" + at()).status, 404);
    camps(12, 8);
    map();
    const Response shown = read("x", "/api/v1" + at());
    ASSERT_EQ(shown.status, 200);
    const auto json = kernel::parse_json(shown.body);
    ASSERT_TRUE(json);
    EXPECT_EQ((*json)["groups"].array()->size(), 2U);
    EXPECT_EQ(*(*json)["placed"].integer(), 20);
    EXPECT_TRUE((*json)["frozen"].is_null());
    EXPECT_FALSE((*json)["spots"].array()->empty());
}

TEST_F(MapPages, EventsSayThatThereIsANewerMap) {
    camps(6, 6);
    map();
    Response shown = read("x", at("/events"));
    ASSERT_TRUE(shown.events);
    std::string blocks;
    EXPECT_TRUE(shown.events(blocks));
    EXPECT_EQ(blocks, "") << "the reader has this one";
    vote("another of the first camp", 0);
    map();
    EXPECT_TRUE(shown.events(blocks));
    EXPECT_EQ(blocks, "event: map\ndata: " + std::to_string(maps->map(id)->at) + "\n\n");
    close();
    ASSERT_TRUE(freeze(id));
    blocks.clear();
    EXPECT_FALSE(shown.events(blocks)) << "it is final";
}

// What was taken from a Polis export and goes out again is the same conversation, by the list of votes and by the
// matrix.
TEST_F(MapPages, ThereAndBackInTheFormatOfPolis) {
    const std::string folder = SOURCE "/src/dialogue/testdata/london.youth.policing";
    const auto nothing = [](std::int64_t, std::int64_t) {};
    const auto first = must(dialogue::import_polis(*needs, {folder}, nothing));
    EXPECT_EQ(read("x", address(first.dialogue) + "/polis/comments.csv").status, 404) << "not over";
    must(dialogue::close(*needs, as("head"), first.dialogue, "Taken over."));
    ASSERT_TRUE(freeze(first.dialogue));
    EXPECT_EQ(read("x", address(first.dialogue) + "/polis/people.csv").status, 404);
    const auto rows_of = [&](DialogueId of) {
        auto db = database->read();
        std::map<std::int64_t, std::string> people;
        std::map<std::int64_t, std::int64_t> number;
        for (const auto& one : dialogue::standings(*db, of)) number[one.id.value()] = *one.number;
        dialogue::each_vote(
            *db, of,
            [&](std::int64_t person, StatementId s, dialogue::Choice choice) {
                people[person] +=
                    std::to_string(number[s.value()]) + ":" + std::to_string(static_cast<int>(choice)) + " ";
            },
            [] { return true; });
        std::multiset<std::string> all;
        for (const auto& [person, row] : people) all.insert(row);
        return all;
    };
    for (const std::string votes : {"votes.csv", "participants-votes.csv"}) {
        const db::TestPlace out(db::Engine::sqlite);
        const std::filesystem::path to = std::filesystem::path(out.place().folder) / "polis";
        std::filesystem::create_directories(to);
        for (const std::string& name : {std::string("summary.csv"), std::string("comments.csv"), votes}) {
            Response file = read("x", address(first.dialogue) + "/polis/" + name);
            ASSERT_EQ(file.status, 200) << name;
            std::string body = file.body, piece;
            while (file.stream && file.stream(piece)) body += std::exchange(piece, {});
            std::ofstream(to / name, std::ios::binary) << body << piece;
        }
        const auto second = must(dialogue::import_polis(*needs, {to.string()}, nothing));
        auto db = database->read();
        const auto a = dialogue::standings(*db, first.dialogue), b = dialogue::standings(*db, second.dialogue);
        ASSERT_EQ(a.size(), b.size());
        for (std::size_t i = 0; i < a.size(); ++i) {
            const auto x = dialogue::statement(*db, a[i].id).value(), y = dialogue::statement(*db, b[i].id).value();
            EXPECT_EQ(x.number, y.number);
            EXPECT_EQ(x.state, y.state);
            EXPECT_EQ(x.day, y.day);
            if (x.state == dialogue::State::accepted) { EXPECT_EQ(x.text, y.text); }
            EXPECT_EQ(std::tuple(x.counts.agree, x.counts.disagree, x.counts.pass),
                      std::tuple(y.counts.agree, y.counts.disagree, y.counts.pass));
        }
        EXPECT_EQ(rows_of(first.dialogue), rows_of(second.dialogue)) << "the same rows, in another order";
    }
}

}  // namespace
}  // namespace opinion_map

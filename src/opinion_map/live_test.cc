// On both engines: the map in memory is that of the votes that stand, whatever way it came there; what is frozen can be
// computed again from the log alone, and replay gives the state that was lived.
#include "live.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>

#include "recount.h"
#include "store.h"
#include "test_world.h"
#include "view.h"

namespace opinion_map {
namespace {

class Maps : public testing::TestWithParam<db::Engine>, protected World {
protected:
    Maps() : World(GetParam()) {}
    // Each person's row by what they voted, so that two maps of the same votes are equal whatever the order of rows.
    static std::vector<std::string> rows(const Map& map) {
        std::vector<std::string> out;
        for (const opinion::Point& at : map.picture.places)
            out.push_back(std::to_string(std::llround(at.x * 1e6)) + " " + std::to_string(std::llround(at.y * 1e6)));
        std::sort(out.begin(), out.end());
        return out;
    }
    void expect_as_loaded_anew() {
        const auto followed = map();
        const auto fresh = live();
        fresh->map(id);
        fresh->sync(*database, [] { return true; });
        const auto loaded = fresh->map(id);
        ASSERT_TRUE(followed && loaded);
        EXPECT_EQ(followed->counts, loaded->counts);
        EXPECT_EQ(followed->hidden, loaded->hidden);
        EXPECT_EQ(followed->votes, loaded->votes);
        EXPECT_EQ(followed->people, loaded->people);
        EXPECT_EQ(rows(*followed), rows(*loaded));
    }
    std::vector<Recount::Found> recounted(const std::function<void(std::int64_t, std::string&)>& change = {}) {
        Recount recount;
        auto db = database->read();
        for (const auto& entry : ledger::public_entries(*db, 0, 100'000)) {
            const auto whole = ledger::entry(*db, entry.index).value();
            std::optional<std::string> facts = entry.facts;
            if (change && facts) change(entry.index, *facts);
            recount.take(entry.index, whole.kind, whole.v, whole.subject,
                         facts ? std::optional<std::string_view>(*facts) : std::nullopt);
        }
        return recount.finish(2);
    }
};

TEST_P(Maps, TwoCampsAreTwoGroups) {
    EXPECT_FALSE(map()) << "nobody voted";
    camps(14, 11);
    const auto drawn = map();
    ASSERT_TRUE(drawn);
    const View v = view(*drawn, 5);
    ASSERT_TRUE(v.drawn);
    EXPECT_EQ(v.people, 25);
    EXPECT_EQ(v.placed, 25);
    ASSERT_EQ(v.groups.size(), 2U);
    EXPECT_EQ(std::max(v.groups[0].people, v.groups[1].people), 14);
    EXPECT_GT(v.silhouette, 0.5);
    ASSERT_FALSE(v.shared.empty());
    EXPECT_EQ(v.shared.front().statement, statements[0]) << "what everybody agrees with";
    ASSERT_FALSE(v.divided.empty());
    EXPECT_NE(v.divided.front().statement, statements[0]);
    for (const GroupView& group : v.groups) EXPECT_FALSE(group.telling.empty());
    const auto on = groups_on(*maps, *database->read(), statements[1]);
    ASSERT_EQ(on.size(), 2U);
    EXPECT_GE(on[0].agree + on[1].agree, 8);
    EXPECT_TRUE(groups_on(*maps, *database->read(), StatementId(999'999)).empty());
}

TEST_P(Maps, WhatIsFollowedIsWhatIsLoaded) {
    camps(8, 7);
    map();
    std::mt19937 random(5);
    for (int step = 0; step < 60; ++step) {
        const std::string who = "somebody of the first camp " + std::to_string(random() % 12);
        const StatementId on = statements[random() % statements.size()];
        std::optional<dialogue::Choice> choice;
        if (random() % 4 != 0) choice = static_cast<dialogue::Choice>(static_cast<int>(random() % 3) - 1);
        (void)dialogue::vote(*needs, visitor(who), id, {{on, choice}});  // a newcomer has nothing to take back
        if (step == 20)
            must(dialogue::set_aside(*needs, as("moderator"), statements[3], dialogue::Ground::duplicate, ""));
        if (step == 30) statements.push_back(must(dialogue::propose(*needs, visitor("writer"), id, "A new one", "en")));
        if (step == 40) must(dialogue::accept(*needs, as("moderator"), statements.back(), ""));
    }
    expect_as_loaded_anew();
}

TEST_P(Maps, WhereSomebodyStandsIsComputedFromTheirOwnVotes) {
    camps(10, 10);
    const auto drawn = map();
    auto db = database->read();
    const auto who = people::by_browser(
        *db, round, people::browser_key(needs->server_key, round, visitor("somebody of the first camp 3").visitor));
    ASSERT_TRUE(who);
    const Me mine = me(*drawn, dialogue::standing_votes(*db, id, who->id));
    ASSERT_TRUE(mine.group);
    EXPECT_EQ(mine.votes, statements.size());
    bool found = false;
    for (std::size_t p = 0; p < drawn->picture.places.size(); ++p)
        found |= std::abs(drawn->picture.places[p].x - mine.at.x) < 1e-9 &&
                 std::abs(drawn->picture.places[p].y - mine.at.y) < 1e-9 &&
                 drawn->picture.grouping.group_of[p] == *mine.group;
    EXPECT_TRUE(found) << "the same place and group as in the matrix";
    EXPECT_FALSE(me(*drawn, {{statements[0], dialogue::Choice::agree}}).group) << "too few votes to be placed";
}

TEST_P(Maps, TheNextStatementIsOneThatIsLeftAndNewOnesComeOften) {
    camps(10, 10);
    const StatementId fresh = must(dialogue::seed(*needs, as("clerk"), id, "Quite new", "en"));
    must(dialogue::vote(*needs, visitor("first"), id, {{fresh, dialogue::Choice::agree}}));
    map();
    auto db = database->read();
    int first = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const auto some = next(*maps, *db, id, {}, seed, 3);
        ASSERT_EQ(some.size(), 3U);
        EXPECT_EQ(some, next(*maps, *db, id, {}, seed, 3)) << "the same seed draws the same";
        EXPECT_EQ(std::set<StatementId>(some.begin(), some.end()).size(), 3U);
        first += some.front() == fresh ? 1 : 0;
    }
    EXPECT_GT(first, 30) << "of eleven statements the one that few have seen";
    const auto who =
        people::by_browser(*db, round, people::browser_key(needs->server_key, round, visitor("first").visitor));
    for (std::uint64_t seed = 0; seed < 50; ++seed)
        for (const StatementId one : next(*maps, *db, id, who->id, seed, 20)) EXPECT_NE(one, fresh);
}

TEST_P(Maps, FrozenWhenItIsOverAndComputedAgainFromTheLog) {
    camps(12, 8);
    EXPECT_FALSE(freeze(id)) << "it asks";
    const StatementId secret = must(dialogue::propose(*needs, visitor("writer"), id, "Mine alone", "en"));
    close();
    EXPECT_FALSE(freeze(id)) << "a statement waits for a moderator";
    must(dialogue::accept(*needs, as("moderator"), secret, ""));
    must(dialogue::set_aside(*needs, as("moderator"), statements[4], dialogue::Ground::duplicate, ""));
    ASSERT_TRUE(freeze(id));
    EXPECT_FALSE(freeze(id)) << "once";
    EXPECT_FALSE(freeze(DialogueId(999'999)));

    auto db = database->read();
    const std::int64_t entry = frozen_by(*db, id).value();
    const change::Frozen c = frozen(*db, entry).value();
    EXPECT_EQ(c.people, 21);
    EXPECT_EQ(c.rows, 20) << "who voted on nothing but what is left out has no row";
    EXPECT_EQ(c.left_out, 1);
    EXPECT_EQ(c.hidden, std::vector<StatementId>{statements[4]});
    const PublicMatrix matrix = matrix_of(*db, c);
    EXPECT_EQ(digest(matrix), c.matrix);
    EXPECT_EQ(std::find(matrix.columns.begin(), matrix.columns.end(), secret), matrix.columns.end());
    EXPECT_EQ(slip(*db, entry)->link, "/dialogues/" + std::to_string(id.value()) + "/map");
    EXPECT_FALSE(slip(*db, id.value()));

    const auto shown = maps->map(id);
    ASSERT_TRUE(shown && shown->frozen);
    const auto fresh = live();
    fresh->map(id);
    fresh->sync(*database, [] { return true; });
    EXPECT_EQ(digest(fresh->map(id)->picture), c.map) << "after a restart it is read from the log";

    const auto found = recounted();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_FALSE(found[0].fault) << *found[0].fault;
    EXPECT_EQ(found[0].entry, entry);
    expect_same_after_rebuild();
}

TEST_P(Maps, WhatIsFalsifiedInAFrozenMapIsFound) {
    camps(9, 8);
    close();
    ASSERT_TRUE(freeze(id));
    const std::int64_t entry = frozen_by(*database->read(), id).value();
    const auto replaced = [&](const std::string& what, const std::string& by) {
        return recounted([&](std::int64_t index, std::string& facts) {
            const std::size_t at = facts.find(what);
            if (index >= entry - 1 && at != std::string::npos) facts.replace(at, what.size(), by);
        });
    };
    EXPECT_FALSE(recounted()[0].fault);
    EXPECT_EQ(replaced("\"rows\":17", "\"rows\":18")[0].fault, "it has 17 rows");
    EXPECT_EQ(replaced("\"method\":1", "\"method\":2")[0].fault,
              "it was computed by a method that this program does not know");
    EXPECT_EQ(replaced("[\"0a", "[\"0d")[0].fault, "the digest of the votes is another");
    EXPECT_EQ(replaced("\"groups\":[", "\"groups\":[1,")[0].fault, "the groups are others");
    EXPECT_TRUE(replaced("\"parts\":[", "\"parts\":[1,")[0].fault);
    EXPECT_TRUE(replaced("\"map\":\"", "\"map\":\"00")[0].fault);
}

TEST_P(Maps, TheRoundGoingOnFreezesToo) {
    camps(6, 6);
    jobs::run_once(tasks(*needs, maps));
    EXPECT_FALSE(frozen_by(*database->read(), id));
    must(cycle::advance(*needs, as("head"), round, cycle::Phase::decide, {}, ""));
    jobs::run_once(tasks(*needs, maps));
    EXPECT_TRUE(frozen_by(*database->read(), id));
    expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, Maps, testing::ValuesIn(db::engines),
                         [](const auto& each) { return each.param == db::Engine::sqlite ? "sqlite" : "postgres"; });

}  // namespace
}  // namespace opinion_map

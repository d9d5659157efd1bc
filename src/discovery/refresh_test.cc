// What the program suggests, of what, and what people's steps change in it.
#include <gtest/gtest.h>

#include <text/discover.h>

#include "corpus.h"
#include "test_world.h"

namespace discovery {
namespace {

class Refresh : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
};

std::vector<Item> of(const std::vector<voice::VoiceId>& all) { return items_of(issue::Items{all, {}, {}}); }

TEST_P(Refresh, WhatIsAboutOneMatterIsOneSuggestion) {
    const auto plants = world.plants(5), buses = world.buses(4);
    world.say("lonely", "", "A lamp in Garden Street is dark");
    world.group();
    const auto all = world.suggested();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(world.items(all[0]), of(plants)) << "most people first";
    EXPECT_EQ(world.items(all[1]), of(buses));
    EXPECT_EQ(all[0].people, 5);
    EXPECT_TRUE(all[0].cohesive);
    EXPECT_EQ(all[0].cycle, world.round);
    EXPECT_FALSE(all[0].keywords.empty());
    const auto run = last_run(*world.database->read());
    EXPECT_EQ(run->items, 10);
    EXPECT_EQ(run->groups, 2);
}

TEST_P(Refresh, TwoThatAreHardlyAlikeAreNotSuggested) {
    world.plants(5);
    world.say("anna", "", "大厅门口的坡道太陡，轮椅上不去，每次都要两个人推。");
    world.say("bert", "", "医院门口的红绿灯绿灯太短，老人走到一半就变灯。");
    const auto pieces = corpus(*world.database, open_rounds(*world.database->read()), 100, [] { return true; });
    std::vector<text::Message> messages;
    for (const Piece& p : pieces) messages.push_back({p.item, p.title, p.text, p.person, p.issue, p.district});
    const text::Found found = text::discover(messages);
    ASSERT_EQ(found.groups.size(), 2u) << "put together they are";
    ASSERT_EQ(found.groups[1].messages.size(), 2u);
    ASSERT_FALSE(found.groups[1].cohesive);
    world.group();
    ASSERT_EQ(world.suggested().size(), 1u) << "the plants alone";
}

TEST_P(Refresh, StatementsAndAnswersOfSurveysFlowIn) {
    const auto buses = world.buses(3);
    const auto s = world.state("The night bus of line seven to the harbour should come on time");
    const auto written = world.write({"night bus line seven to the harbour is late", "more flowers in the park"});
    world.group();
    const auto all = world.suggested();
    ASSERT_EQ(all.size(), 1u);
    auto expected = items_of(issue::Items{buses, {s}, {written[0]}});
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(world.items(all[0]), expected);
    EXPECT_EQ(all[0].people, 5) << "whose author nobody knows counts singly";
}

TEST_P(Refresh, OnePersonIsOneHoweverOftenTheyPost) {
    for (int i = 0; i < 30; ++i) world.say("loud", "Night bus", "The night bus of line seven is late, again and again");
    world.buses(2);
    world.group();
    const auto all = world.suggested();
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].items, 32);
    EXPECT_EQ(all[0].people, 3);
    EXPECT_EQ(all[0].texts, 3);
}

TEST_P(Refresh, WhatIsTakenUpLeavesAtOnceAndNewOnesAreSuggestedForIt) {
    const auto plants = world.plants(4);
    world.group();
    const auto clerk = world.as("clerk");
    const issue::IssueId id = must(
        issue::take_up(*world.needs, clerk,
                       {{world.round, "搅拌站", "", "zh-Hans"}, {plants, {}, {}}, issue::State::confirmed, 0, ""}));
    ledger::catch_up(*world.database, follower());
    EXPECT_TRUE(world.suggested().empty());
    const auto more = world.plants(2);
    world.group();
    auto all = world.suggested();
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].issue, id);
    EXPECT_EQ(world.items(all[0]), of(more));
    ASSERT_EQ(for_issue(*world.database->read(), id, 10).size(), 1u);

    must(issue::keep_out(*world.needs, clerk, id, {{more[0]}, {}, {}}));
    ledger::catch_up(*world.database, follower());
    EXPECT_EQ(world.items(world.suggested()[0]), of({more[1]}));
    world.group();
    EXPECT_EQ(world.items(world.suggested()[0]), of({more[1]})) << "what staff kept out stays out";
    must(issue::put_in(*world.needs, clerk, id, {more, {}, {}}));
    world.group();
    EXPECT_TRUE(world.suggested().empty());
    EXPECT_FALSE(kept_out(*world.database->read(), id, item_of(more[0])));
}

TEST_P(Refresh, WhatIsLikeADismissedOrDecidedIssueNamesIt) {
    const auto plants = world.plants(3);
    const issue::IssueId id = must(issue::take_up(
        *world.needs, world.as("clerk"),
        {{world.round, "搅拌站", "", "zh-Hans"}, {plants, {}, {}}, issue::State::dismissed, 0, "not ours"}));
    const auto more = world.plants(2);
    world.group();
    const auto all = world.suggested();
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].issue, std::nullopt);
    EXPECT_EQ(all[0].resembles, id);
    EXPECT_EQ(world.items(all[0]), of(more));
}

TEST_P(Refresh, TwoThatAreLikeAnIssueOfManyKindsNameIt) {
    auto many = world.plants(2);
    for (const char* other :
         {"A lamp in Garden Street is dark", "The swimming hall opens too late on Sundays",
          "Nobody empties the bins behind the theatre", "The form for dogs asks for a fax number",
          "Ice on the steps of the library", "Too few benches along the river", "My neighbour's hedge hides the sign"})
        many.push_back(world.say(other, "", other));
    const issue::IssueId id = must(
        issue::take_up(*world.needs, world.as("clerk"),
                       {{world.round, "Various", "", "en"}, {many, {}, {}}, issue::State::dismissed, 0, "not ours"}));
    const auto more = world.plants(2);
    world.group();
    const auto all = world.suggested();
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].resembles, id);
    EXPECT_FALSE(all[0].cohesive) << "as a whole";
    EXPECT_EQ(world.items(all[0]), of(more));
}

TEST_P(Refresh, WhatIsNotForStaffToGroupIsLeftOut) {
    const auto buses = world.buses(4);
    const auto moderator = world.as("moderator");
    must(voice::hide(*world.needs, moderator, buses[0], people::Ground::advertising, "an advertisement"));
    must(voice::withdraw(*world.needs, world.visitor("bus1"), buses[1], "", false));
    const auto quiet =
        world.say("quiet", "Night bus of line seven is late", "The night bus of line seven to the harbour never comes",
                  {}, voice::Audience::unit_only);
    world.group();
    const auto all = world.suggested();
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(world.items(all[0]), of({buses[2], buses[3], quiet}));
}

TEST_P(Refresh, ErasedWordsLeaveTheLabels) {
    const auto plants = world.plants(4);
    world.buses(2);
    world.group();
    ASSERT_FALSE(world.suggested()[0].keywords.empty());
    must(world.ledger->perform(
        [&](ledger::Writing& w) { return ledger::erase_words(w, plants[0].value(), "personal data"); }));
    ledger::catch_up(*world.database, follower());
    EXPECT_TRUE(world.suggested()[0].keywords.empty());
    // A grouping that had begun before brings them back no more.
    std::vector<Group> stale = world.suggested();
    stale[0].keywords = {"what was erased"};
    write(*world.database->derived(), stale, {}, {world.needs->clock.now(), 4, 0, 1, 1}, 0);
    EXPECT_TRUE(world.suggested()[0].keywords.empty());
    world.group();
    EXPECT_EQ(world.items(world.suggested()[0]), of({plants[1], plants[2], plants[3]}));
}

TEST_P(Refresh, DroppedAndMadeAgainItIsTheSame) {
    world.plants(5), world.buses(4);
    const auto id =
        must(issue::take_up(*world.needs, world.as("clerk"),
                            {{world.round, "x", "", "en"}, {world.buses(3), {}, {}}, issue::State::confirmed, 0, ""}));
    must(issue::keep_out(*world.needs, world.as("clerk"), id, {world.buses(1), {}, {}}));
    world.group();
    const auto before = world.suggested();
    ASSERT_GE(before.size(), 2u);
    {
        auto derived = world.database->derived();
        for (const Item item : world.items(before[0])) (void)item;
        derived->run("delete from derived.discovery_group");
        derived->run("delete from derived.discovery_item");
        derived->run("delete from derived.discovery_kept_out");
        derived->run("delete from derived.mark where name = 'discovery'");
    }
    world.group();
    EXPECT_EQ(world.suggested(), before);
}

// A step that people take between the reading and the writing of a grouping is not undone by it.
TEST_P(Refresh, StepsMeanwhileAreKept) {
    const auto plants = world.plants(4);
    world.group();
    const std::int64_t since = world.ledger->size();
    const auto stale = world.suggested();
    std::vector<Grouped> items;
    for (const Item one : world.items(stale[0])) items.push_back({one, stale[0].id, one});
    must(issue::take_up(*world.needs, world.as("clerk"),
                        {{world.round, "x", "", "en"}, {plants, {}, {}}, issue::State::confirmed, 0, ""}));
    ledger::catch_up(*world.database, follower());
    write(*world.database->derived(), stale, items, {world.needs->clock.now(), 4, 0, 1, 1}, since);
    EXPECT_TRUE(world.suggested().empty());
}

TEST_P(Refresh, HostileTextsAreTextsToo) {
    world.say("a", "", std::string(5000, 'a'));
    world.say("b", "", "😀😀😀");
    world.say("c", "", "'; drop table voice; -- <script>alert(1)</script> ${jndi:ldap://x}");
    world.say("d", "", "'; drop table voice; -- <script>alert(1)</script> ${jndi:ldap://x} again and again");
    for (int i = 0; i < 1000; ++i) world.say("flood", "", "Buy cheap watches now at the market by the river");
    world.group();
    for (const Group& g : world.suggested())
        if (g.items == 1000) { EXPECT_EQ(g.people, 1); }
    EXPECT_EQ(last_run(*world.database->read())->items, 1004);
}

TEST_P(Refresh, WhatStandsInARoundThatIsBeingPreparedIsGroupedByItself) {
    const auto buses = world.buses(4);
    world.plants(3);
    world.group();
    const auto before = world.suggested();
    ASSERT_EQ(before.size(), 2u);
    const people::CycleId preparing = world.imported(6);
    world.group();
    auto all = world.suggested();
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].cycle, preparing);
    EXPECT_EQ(all[0].items, 6);
    EXPECT_EQ(all[1].items, before[0].items) << "what can be taken up is as it was";
    EXPECT_EQ(all[1].people, before[0].people);
    EXPECT_TRUE(all[0].topic != all[1].topic && all[0].topic != all[2].topic);
    EXPECT_EQ(last_run(*world.database->read())->items, 13);
    must(cycle::advance(*world.needs, world.as("head"), preparing, cycle::Phase::consult, {}, ""));
    world.group();
    all = world.suggested();
    ASSERT_EQ(all.size(), 2u) << "now they are one matter";
    EXPECT_EQ(all[0].items, 10);
}

INSTANTIATE_TEST_SUITE_P(Engines, Refresh, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

// ---- the index in memory -------------------------------------------------------------------------------------------

class AlikeTest : public testing::Test {
protected:
    World world{db::Engine::sqlite};
    std::vector<Alike> like(const std::string& text, std::optional<voice::VoiceId> except = {}) {
        world.live->sync(*world.database, [] { return true; });
        return alike(*world.database->read(), *world.live, "", text, 3, except);
    }
};

TEST_F(AlikeTest, WhatWasJustSaidIsFound) {
    EXPECT_TRUE(like("The night bus of line seven to the harbour is late").empty()) << "nothing was said yet";
    const auto buses = world.buses(3);
    auto found = like("The night bus of line seven to the harbour is late");
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].people, 1) << "not grouped yet";
    world.group();
    found = like("The night bus of line seven to the harbour is late");
    ASSERT_EQ(found.size(), 1u) << "one matter once";
    EXPECT_EQ(found[0].people, 3);
    EXPECT_GE(found[0].likeness, least_alike);
    EXPECT_TRUE(like("Flowers for the park").empty());
    EXPECT_TRUE(like("").empty());
    EXPECT_TRUE(like("😀").empty());
    const auto id =
        must(issue::take_up(*world.needs, world.as("clerk"),
                            {{world.round, "Late buses", "", "en"}, {buses, {}, {}}, issue::State::confirmed, 0, ""}));
    EXPECT_EQ(like("The night bus of line seven to the harbour is late")[0].issue, id);
}

TEST_F(AlikeTest, SimplifiedFindsTraditional) {
    const auto said = world.say("t", "", "麗發新城旁的攪拌站半夜還在攪拌，吵得睡不着");
    const auto found = like("丽发新城旁的搅拌站半夜还在搅拌");
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].voice, said);
    EXPECT_TRUE(like("丽发新城旁的搅拌站半夜还在搅拌", said).empty()) << "never one's own";
}

TEST_F(AlikeTest, WhatIsNotForEverybodyIsNotOffered) {
    const std::string text = "The night bus of line seven to the harbour never comes on time";
    const auto hidden = world.say("a", "", text);
    world.say("b", "", text, {}, voice::Audience::unit_only);
    const auto withdrawn = world.say("c", "", text);
    world.live->sync(*world.database, [] { return true; });
    must(voice::hide(*world.needs, world.as("moderator"), hidden, people::Ground::advertising, "an advertisement"));
    must(voice::withdraw(*world.needs, world.visitor("c"), withdrawn, "", false));
    // Also before the index has followed.
    EXPECT_TRUE(alike(*world.database->read(), *world.live, "", text, 3).empty());
    EXPECT_TRUE(like(text).empty());
}

TEST_F(AlikeTest, ARoundIsFoundFromWhenItAsksUntilItIsClosed) {
    const std::string text = "The night bus of line seven to the harbour is late";
    world.buses(3);
    world.group();
    const auto before = like(text);
    ASSERT_EQ(before.size(), 1u);
    const std::size_t size = world.live->size();
    const people::CycleId preparing = world.imported(6);
    world.group();
    EXPECT_EQ(like(text)[0].people, before[0].people) << "nobody learns of it by a number either";
    EXPECT_EQ(world.live->size(), size);
    const auto again = discovery::live();  // as after a restart
    again->sync(*world.database, [] { return true; });
    EXPECT_EQ(again->size(), size);
    must(cycle::advance(*world.needs, world.as("head"), preparing, cycle::Phase::consult, {}, ""));
    world.group();
    EXPECT_EQ(world.live->size(), size + 6);
    EXPECT_EQ(like(text)[0].people, before[0].people + 6);
    again->sync(*world.database, [] { return true; });
    EXPECT_EQ(again->size(), size + 6);
    using cycle::Phase;
    for (const Phase next : {Phase::decide, Phase::act, Phase::report, Phase::review, Phase::closed})
        must(cycle::advance(*world.needs, world.as("head"), preparing, next, {}, ""));
    like(text);
    EXPECT_EQ(world.live->size(), size);
}

}  // namespace
}  // namespace discovery

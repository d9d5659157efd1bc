// What is counted of many messages at once is what stands on the page of each, and of a message that was split what
// became of its parts.
#include "weighed.h"

#include <gtest/gtest.h>

#include "casework.h"
#include "test_world.h"

namespace voice {
namespace {

class VoiceWeighed : public testing::TestWithParam<db::Engine> {
protected:
    Weighed of(VoiceId id) { return weighed(*world.database->read(), {id}, world.today()).at(0); }
    World world{GetParam()};
};

TEST_P(VoiceWeighed, HowACaseWent) {
    const VoiceId id = world.assigned().id;
    world.go_to("2026-11-27");
    EXPECT_TRUE(of(id).owed);
    EXPECT_EQ(of(id).days, 4);
    EXPECT_EQ(of(id).units, std::vector{world.roads});
    must(answer(*world.needs, world.as("roads"), id, Answer::cannot, "No money", {}));
    must(rate(*world.needs, world.browser(), id, "", false, 2, "no"));
    world.go_to("2026-11-30");
    Weighed w = of(id);
    EXPECT_TRUE(w.answered && w.refused && w.dissatisfied && !w.owed && !w.appealed && w.open);
    EXPECT_EQ(w.days, 4) << "until its answer";
    must(reopen(*world.needs, world.browser(), id, "", "It is still dark"));
    w = of(id);
    EXPECT_TRUE(w.owed);
    EXPECT_EQ(w.reopened, 1);
    EXPECT_EQ(w.days, 7);
    EXPECT_EQ(w.author, author_of(*world.database->read(), id));
    EXPECT_TRUE(weighed(*world.database->read(), {}, world.today()).empty());
    EXPECT_TRUE(weighed(*world.database->read(), {VoiceId(99999)}, world.today()).empty());
}

TEST_P(VoiceWeighed, AWholeGoesAsItsParts) {
    const VoiceId id = world.said("The lamp is dark.\nAnd the drain stinks!").id;
    must(split(*world.needs, world.as("clerk"), id,
               {{"Lamp", "The lamp is dark.", Kind::complaint, "", "", world.roads},
                {"Drain", "the drain stinks!", Kind::complaint, "", "", world.lamps}}));
    const auto parts = parts_of(*world.database->read(), id);
    ASSERT_EQ(parts.size(), 2u);
    must(answer(*world.needs, world.as("roads"), parts[0].id, Answer::cannot, "No money", {}));
    world.go_to("2026-11-25");
    const Weighed w = of(id);
    EXPECT_TRUE(w.owed && w.answered && w.refused);
    EXPECT_EQ(w.days, 2);
    EXPECT_EQ(w.units, (std::vector{world.roads, world.lamps}));
    const auto words = words_of(*world.database->read(), {id, parts[1].id});
    ASSERT_EQ(words.size(), 2u);
    EXPECT_EQ(words[1].text, "the drain stinks!");
}

TEST_P(VoiceWeighed, WhoSaysTheSameAndWhoMayReadIt) {
    const VoiceId master = world.assigned("visitor-a").id, same = world.assigned("visitor-b").id;
    must(join(*world.needs, world.as("clerk"), same, master, "the same lamp"));
    EXPECT_EQ(of(master).joined, 1);
    EXPECT_EQ(of(same).joined_to, master);
    EXPECT_TRUE(of(same).owed) << "it waits for that answer";
    Draft d = world.draft("For the unit alone");
    d.audience = Audience::unit_only;
    const VoiceId closed = must(receive(*world.needs, world.browser("visitor-c"), d, {})).id;
    EXPECT_FALSE(of(closed).open);
    EXPECT_EQ(words_of(*world.database->read(), {closed}).at(0).text, "");
    EXPECT_EQ(words_of(*world.database->read(), {master}).at(0).text, "The lamp at the corner is dark.");
    world.erase(master.value());
    EXPECT_EQ(words_of(*world.database->read(), {master}).at(0).text, "");
}

TEST_P(VoiceWeighed, WhichMessageAnEntryIsAbout) {
    const VoiceId id = world.answered().id;
    auto db = world.database->read();
    EXPECT_EQ(voice_of_entry(*db, id.value()), id);
    EXPECT_EQ(voice_of_entry(*db, ledger::size(*db) - 1), id) << "of its answer";
    EXPECT_FALSE(voice_of_entry(*db, 0));
    EXPECT_FALSE(voice_of_entry(*db, 99999));
    EXPECT_EQ(district_name(*db, page::Lang::en, "north"), "north") << "no table names it";
}

INSTANTIATE_TEST_SUITE_P(Engines, VoiceWeighed, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace voice

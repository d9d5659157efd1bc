// What a spot check finds is not as said is open again, by a rule of its own.
#include "found.h"

#include <gtest/gtest.h>

#include "rules.h"
#include "test_cases.h"
#include "test_world.h"

namespace voice {
namespace {

TEST(VoiceFoundRules, ClosedCasesAloneWhateverTheirTermAndHoweverOftenReopened) {
    using enum State;
    for (State state : all_states) {
        Case c = rules::a_case(state);
        c.reopened = c.terms.superior_at;
        const auto made = rules::find_open(c, 70, true, rules::on("2027-01-04"));
        const bool closed_now = state == closed || state == closed_unrated;
        EXPECT_EQ(rules::key(made), closed_now ? "" : "voice.refused_" + std::string(name(state)));
        if (!closed_now) continue;
        EXPECT_EQ(made->unit, c.unit);
        EXPECT_EQ(made->reply.due, day_of("2027-01-18")) << "ten working days from the day of the finding";
        EXPECT_FALSE(rules::find_open(c, 70, false, rules::on("2027-01-04"))->unit) << "its unit is no more";
    }
}

class VoiceFound : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    std::vector<std::int64_t> closed_now() {
        std::vector<std::int64_t> all;
        for (const ClosedCase& c : closed_between(*world.database->read(), world.roads, 0, world.ledger->size()))
            all.push_back(c.voice.value());
        return all;
    }
};

TEST_P(VoiceFound, IsClosedUntilItIsFoundOpen) {
    const VoiceId id = world.answered("visitor-a").id, rated = world.answered("visitor-b").id;
    must(rate(*world.needs, world.browser("visitor-b"), rated, "", true, 5, "thank you"));
    EXPECT_TRUE(closed_now().empty());
    world.go_to("2027-01-04");
    world.tick();
    EXPECT_EQ(closed_now().size(), 2u);
    {
        auto db = world.database->read();
        EXPECT_EQ(closed_count(*db, world.roads, 0, world.ledger->size()), 2);
        EXPECT_EQ(closed_count(*db, world.lamps, 0, world.ledger->size()), 0);
        const std::int64_t first = first_closed(*db, world.roads, 0).value();
        EXPECT_EQ(first_closed(*db, world.roads, world.ledger->size()), std::nullopt);
        EXPECT_EQ(closed_count(*db, world.roads, 0, first), 0) << "the end is not in it";
        EXPECT_TRUE(had_a_hand(*db, id, world.as("roads").officer));
        EXPECT_TRUE(had_a_hand(*db, id, world.as("clerk").officer)) << "gave it to the unit";
        EXPECT_FALSE(had_a_hand(*db, id, world.as("lamps").officer));
    }
    EXPECT_EQ(world.count().silent, 1);
    EXPECT_EQ(world.count().rated, 1);
    const Reopening reopen = reopening(*world.needs);
    for (VoiceId one : {id, rated})
        must(world.within([&](ledger::Writing& w) -> kernel::Checked {
            const auto done = reopen(w, one, 1);
            return done ? kernel::Checked() : done.error();
        }));
    EXPECT_TRUE(closed_now().empty());
    EXPECT_EQ(world.count().silent, 0);
    EXPECT_EQ(world.count().rated, 0) << "the judgement was of the answer that is now redone";
    EXPECT_EQ(world.count().reopened, 0) << "not by the author";
    EXPECT_EQ(world.get(rated).state, State::assigned);
    EXPECT_EQ(world.get(rated).solved, std::nullopt);
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, VoiceFound, testing::ValuesIn(db::engines));

}  // namespace
}  // namespace voice

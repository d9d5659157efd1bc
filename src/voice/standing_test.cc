#include "test_world.h"

namespace voice {
namespace {

class VoiceStanding : public testing::TestWithParam<db::Engine>, protected World {
protected:
    VoiceStanding() : World(GetParam()) {}
    Standing of(VoiceId id) { return standing(*database->read(), {id}).at(0); }
};

TEST_P(VoiceStanding, IsOfManyAtOnceAndOnlyWhatEverybodyMaySee) {
    Draft d = draft("The lamp at the corner is dark.");
    d.position = "31.2304,121.4737";
    const VoiceId open = must(receive(*needs, browser("a"), d, {})).id;
    d.audience = Audience::unit_only;
    const VoiceId quiet = must(receive(*needs, browser("b"), d, {})).id;
    for (const VoiceId id : {open, quiet}) must(assign(*needs, as("clerk"), id, roads, {}));
    go_to("2026-11-24");
    for (const VoiceId id : {open, quiet}) must(answer(*needs, as("roads"), id, Answer::done, "It burns again.", {}));
    const std::vector<Standing> all = standing(*database->read(), {quiet, VoiceId(999'999), open, open});
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].id, open);
    EXPECT_EQ(all[0].answer, "It burns again.");
    EXPECT_EQ(all[0].position, "31.2304,121.4737");
    EXPECT_EQ(kernel::local_day(all[0].changed), day_of("2026-11-24"));
    EXPECT_EQ(all[1].answer, "");
    EXPECT_EQ(all[1].position, "");
    EXPECT_EQ(all[1].changed, all[0].changed);
    EXPECT_TRUE(standing(*database->read(), {}).empty());
    must(hide(*needs, as("moderator"), open, Ground::empty, "Nothing in it."));
    EXPECT_EQ(of(open).answer, "");
    EXPECT_EQ(of(open).position, "");
}

TEST_P(VoiceStanding, WhatIsOverChangesNoMore) {
    const VoiceId id = answered().id;
    go_to("2026-12-20");
    tick();
    ASSERT_EQ(get(id).state, State::closed_unrated);
    const kernel::Instant end = of(id).changed;
    go_to("2026-12-22");
    must(hold(*needs, as("moderator"), id, Ground::empty, "A look."));
    EXPECT_EQ(of(id).changed, end);
    erase(get(id).answer_entry.value());
    EXPECT_EQ(of(id).answer, "");
}

INSTANTIATE_TEST_SUITE_P(Engines, VoiceStanding, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace voice

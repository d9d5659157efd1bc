// What an answer promises is a measure, and what is not done in time stands among what is overdue.
#include <gtest/gtest.h>

#include <voice/casework.h>

#include "test_world.h"

namespace measure {
namespace {

class MeasurePromise : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};

    void SetUp() override { voice::set_promised(adopt_promise); }
    void TearDown() override { voice::set_promised({}); }
    voice::VoiceId given(voice::Audience audience = voice::Audience::open) {
        voice::Draft said;
        said.cycle = world.round;
        said.audience = audience;
        said.text = "The 7 is late";
        said.lang = "en";
        people::Actor somebody;
        somebody.visitor = "a-browser-token-of-22-c";
        const auto id = must(voice::receive(*world.needs, somebody, said, std::nullopt)).id;
        must(voice::assign(*world.needs, world.as("clerk"), id, world.roads, {}));
        return id;
    }
    kernel::Checked answer(voice::VoiceId id, voice::Answer answer, std::optional<kernel::Day> by) {
        return voice::answer(*world.needs, world.as("owner"), id, answer, "Two buses more", by);
    }
    std::optional<Measure> of(voice::VoiceId id) { return measure_of_voice(*world.database->read(), id); }
    std::int64_t overdue_n() {
        std::int64_t n = 0;
        for (const Overdue& one : overdue(*world.database->read())) n += one.n;
        return n;
    }
};

TEST_P(MeasurePromise, AnAnswerWithADayIsAMeasureOfWhoeverGaveIt) {
    const voice::VoiceId id = given();
    const std::int64_t before = world.ledger->size();
    must(answer(id, voice::Answer::dated, on("2026-12-07")));
    EXPECT_EQ(world.ledger->size(), before + 2) << "in the same act";
    const std::optional<Measure> m = of(id);
    ASSERT_TRUE(m);
    EXPECT_EQ(m->promised.voice, id);
    EXPECT_EQ(m->promised.owner, world.as("owner").officer);
    EXPECT_EQ(m->promised.owner_unit, world.roads);
    EXPECT_EQ(m->promised.due, on("2026-12-07"));
    EXPECT_EQ(m->promised.title + m->promised.text, "") << "its words stay with the message";
    must(answer(id, voice::Answer::dated, on("2026-12-14")));
    EXPECT_EQ(of(id)->id, m->id) << "the first promise stands";
    EXPECT_EQ(of(id)->promised.due, on("2026-12-07"));
    must(report_done(*world.needs, world.as("owner"), m->id, world.report(100, "1")));
    must(verify(*world.needs, world.as("auditor"), m->id, true, "Seen"));
    world.expect_same_after_rebuild();
}

TEST_P(MeasurePromise, OnlyWhatPromises) {
    const voice::VoiceId done = given();
    must(answer(done, voice::Answer::done, {}));
    EXPECT_FALSE(of(done));
    EXPECT_FALSE(answer(done, voice::Answer::dated, {})) << "refused, and nothing is promised";
    EXPECT_FALSE(of(done));
    must(voice::correct_answer(*world.needs, world.as("owner"), done, voice::Answer::long_term, on("2027-06-01"),
                               "It takes longer"));
    ASSERT_TRUE(of(done)) << "what is corrected to a promise is one";
    EXPECT_EQ(of(done)->promised.due, on("2027-06-01"));
    const voice::VoiceId closed = given(voice::Audience::unit_only);
    must(answer(closed, voice::Answer::dated, on("2026-12-07")));
    EXPECT_TRUE(of(closed));
    world.expect_same_after_rebuild();
}

TEST_P(MeasurePromise, OverdueUntilItIsReportedAsDone) {
    const MeasureId id = world.adopted();
    world.go_to("2026-12-07");
    world.tick();
    EXPECT_EQ(overdue_n(), 0) << "the day itself is in time";
    world.go_to("2026-12-08");
    world.tick();
    ASSERT_EQ(overdue(*world.database->read()).size(), 1u);
    EXPECT_EQ(overdue(*world.database->read())[0].far, 0);
    EXPECT_EQ(overdue_of(*world.database->read(), world.roads, {}, 9).at(0).id, id);
    EXPECT_TRUE(overdue_of(*world.database->read(), world.roads, Place{on("2026-12-07"), id}, 9).empty());
    must(report_done(*world.needs, world.as("owner"), id, world.report(100)));
    EXPECT_EQ(overdue_n(), 0);
    must(verify(*world.needs, world.as("auditor"), id, false, "Nothing there"));
    EXPECT_EQ(overdue_n(), 1) << "what was not confirmed was not done";
    world.go_to("2027-01-04");
    world.tick();
    EXPECT_EQ(overdue(*world.database->read())[0].far, 1);
    must(report_done(*world.needs, world.as("owner"), id, world.report(100)));
    must(verify(*world.needs, world.as("auditor"), id, true, "There"));
    must(world.judged(id, false));
    EXPECT_EQ(overdue_n(), 0) << "sent back with a new day";
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, MeasurePromise, testing::ValuesIn(db::engines),
                         [](const auto& i) { return db::engine_name(i); });

}  // namespace
}  // namespace measure

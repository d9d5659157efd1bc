// Cases by presets and routing tables, from the form to the rows, on both engines.
#include <gtest/gtest.h>

#include "test_world.h"

namespace voice {
namespace {

class VoicePreset : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    const people::Needs& needs() { return *world.needs; }
    std::vector<What> history(VoiceId id) {
        std::vector<What> all;
        for (const Step& s : steps(*world.database->read(), id)) all.push_back(s.what);
        return all;
    }
    Received send(std::string category, std::string district = "", Audience audience = Audience::open) {
        Draft d = world.draft();
        d.category = std::move(category);
        d.district = std::move(district);
        d.audience = audience;
        return must(receive(needs(), world.browser(), d, {}));
    }
};

TEST_P(VoicePreset, ACaseKeepsThePresetOfItsDay) {
    const Received before = world.assigned();
    preset::Casework weeks = world.more_stops();
    weeks.reply.term = {deadline::Unit::weeks, 6};
    weeks.reply_of.clear();
    const std::int64_t first = world.adopt(weeks);
    const Received between = world.assigned("visitor-b");
    EXPECT_EQ(world.get(before.id).preset, 0);
    EXPECT_EQ(world.get(between.id).preset, first);
    EXPECT_EQ(between.due, day_of("2027-01-04"));
    weeks.extension.most = 0;
    weeks.rating = {deadline::Unit::working_days, 3};
    const std::int64_t second = world.adopt(weeks);
    const Received after = world.assigned("visitor-c");
    EXPECT_EQ(world.get(after.id).preset, second);
    must(extend(needs(), world.as("roads_head"), between.id, day_of("2027-01-11"), "parts are late"));
    EXPECT_EQ(refused(extend(needs(), world.as("roads_head"), after.id, day_of("2027-01-11"), "parts")),
              "voice.extension_none");
    must(answer(needs(), world.as("roads"), before.id, Answer::done, "It burns.", {}));
    must(answer(needs(), world.as("roads"), after.id, Answer::done, "It burns.", {}));
    EXPECT_EQ(world.get(before.id).term, day_of("2026-12-07"));
    EXPECT_EQ(world.get(after.id).term, day_of("2026-11-26"));
    world.expect_same_after_rebuild();
}

TEST_P(VoicePreset, RemindedDueOverdueFarOverdue) {
    const Received r = world.assigned();
    for (const char* day : {"2026-12-02", "2026-12-03", "2026-12-04", "2026-12-07", "2026-12-08", "2026-12-14",
                            "2026-12-21", "2027-01-04"}) {
        world.go_to(day);
        world.tick();
        world.tick();
    }
    EXPECT_EQ(history(r.id), (std::vector<What>{What::assigned, What::reminder, What::due_today, What::late_reply,
                                                What::late_reply, What::late_reply, What::late_reply}));
    const Case c = world.get(r.id);
    EXPECT_EQ(c.overdue, 2);
    EXPECT_EQ(c.late_days, 20);
    const auto all = overdue(*world.database->read());
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].far, 1);
    EXPECT_EQ(newest_act(*world.database->read(), r.id), steps(*world.database->read(), r.id).front().entry)
        << "nobody has to read a reminder before answering";
    world.expect_same_after_rebuild();
}

TEST_P(VoicePreset, TheClockStandsForAnotherBodyAndGoesOn) {
    world.adopt(world.more_stops());
    const Received r = world.assigned();
    world.go_to("2026-11-25");
    must(pause(needs(), world.as("roads"), r.id, deadline::Reason::third_party, "The owner is heard."));
    EXPECT_EQ(world.get(r.id).state, State::asked_back);
    EXPECT_EQ(voice(*world.database->read(), r.id)->pause, deadline::Reason::third_party);
    EXPECT_EQ(refused(pause(needs(), world.as("roads"), r.id, deadline::Reason::hearing, "x")),
              "voice.refused_asked_back");
    world.go_to("2026-11-27");
    must(resume(needs(), world.as("roads"), r.id));
    EXPECT_EQ(world.get(r.id).due, day_of("2026-12-09"));
    EXPECT_FALSE(voice(*world.database->read(), r.id)->pause);
    must(pause(needs(), world.as("roads"), r.id, deadline::Reason::hearing, "A hearing."));
    world.go_to("2026-12-17");
    world.tick();
    EXPECT_EQ(world.get(r.id).state, State::asked_back) << "its last day";
    world.go_to("2026-12-18");
    world.tick();
    EXPECT_EQ(world.get(r.id).state, State::assigned);
    EXPECT_EQ(world.get(r.id).due, day_of("2026-12-29")) << "fourteen working days stood";
    EXPECT_EQ(history(r.id),
              (std::vector<What>{What::assigned, What::paused, What::resumed_by_officer, What::paused, What::resumed}));
    world.expect_same_after_rebuild();
}

TEST_P(VoicePreset, TheTableGivesItToAUnitAtOnce) {
    const routing::TableId table =
        world.route({{"lamps", "", "", world.lamps, false}, {"", "north", "", world.roads, true}});
    const Received lamps = send("lamps", "north"), north = send("", "north"), nowhere = send("drains");
    const Received hidden = send("", "north", Audience::unit_only);
    const Case c = world.get(lamps.id);
    EXPECT_EQ(c.unit, world.lamps);
    EXPECT_EQ(c.state, State::assigned);
    EXPECT_EQ(c.table, table.value());
    EXPECT_EQ(c.category, "lamps");
    EXPECT_FALSE(c.returnable);
    EXPECT_EQ(world.get(north.id).unit, world.roads);
    EXPECT_EQ(world.get(nowhere.id).state, State::received) << "no row: a clerk gives it to a unit";
    EXPECT_EQ(world.get(hidden.id).state, State::received);
    EXPECT_EQ(world.get(hidden.id).district, "");
    EXPECT_EQ(history(lamps.id), std::vector<What>{What::routed});
    EXPECT_EQ(refused(bounce(needs(), world.as("lamps"), lamps.id, "not ours")), "voice.not_returnable");
    must(bounce(needs(), world.as("roads"), north.id, "not ours"));
    must(assign(needs(), world.as("clerk"), lamps.id, world.roads, {}));
    must(bounce(needs(), world.as("roads"), lamps.id, "not ours"));
    must(correct_place(needs(), world.as("clerk"), nowhere.id, "lamps", "north", "It is about the lamp."));
    EXPECT_EQ(world.get(nowhere.id).category, "lamps");
    EXPECT_EQ(refused(correct_place(needs(), world.as("clerk"), nowhere.id, "", "south", "x")),
              "voice.district_unknown");
    EXPECT_EQ(refused(correct_place(needs(), world.as("clerk"), hidden.id, "", "north", "x")), "voice.district_hidden");
    EXPECT_TRUE(answered_cases(*world.database->read(), {}, 10).empty());
    must(assign(needs(), world.as("clerk"), nowhere.id, world.roads, {}));
    must(answer(needs(), world.as("roads"), nowhere.id, Answer::done, "Done.", {}));
    must(assign(needs(), world.as("clerk"), hidden.id, world.roads, {}));
    must(answer(needs(), world.as("roads"), hidden.id, Answer::done, "Done.", {}));
    const std::vector<AnsweredCase> past = answered_cases(*world.database->read(), {}, 10);
    ASSERT_EQ(past.size(), 2u);
    EXPECT_EQ(past[0].voice, hidden.id);
    EXPECT_FALSE(past[0].district) << "not kept: cannot be compared";
    EXPECT_EQ(past[1].category, "lamps");
    EXPECT_EQ(past[1].district, "north");
    EXPECT_EQ(past[1].unit, world.roads);
    EXPECT_EQ(answered_cases(*world.database->read(), past[0].voice, 10).size(), 1u);
    EXPECT_EQ(channels(*world.database->read(), world.desk),
              (std::vector<Channel>{{Way::web, "", 2}, {Way::web, "north", 2}}));
    world.expect_same_after_rebuild();
}

TEST_P(VoicePreset, AnOriginIsTakenOnce) {
    Draft d = world.draft();
    d.way = Way::email;
    d.origin = "<20261123.1@example.org>";
    const Received first = must(receive(needs(), {}, d, {}));
    EXPECT_EQ(first.code.size(), 25u) << "who writes a mail has a code, as on the site";
    const auto again = receive(needs(), {}, d, {});
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().key, "voice.origin_known");
    EXPECT_EQ(again.error().args.front().second, std::to_string(first.id.value()));
    d.way = Way::open311;
    d.client = "Street app";
    must(receive(needs(), {}, d, {}));
    const auto entry = ledger::entry(*world.database->read(), first.id.value());
    EXPECT_EQ(kernel::canonical(entry->facts).find("example.org"), std::string::npos);
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, VoicePreset, testing::ValuesIn(db::engines),
                         [](const auto& i) { return db::engine_name(i); });

}  // namespace
}  // namespace voice

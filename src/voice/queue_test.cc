// The order of work: own cases by due day, then those of the unit; what comes next; and that no list of the desk scans.
#include "queue.h"

#include <gtest/gtest.h>

#include "lists.h"
#include "test_world.h"

namespace voice {
namespace {

class QueueTest : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};

    // Given to Roads, `days` days from the start on; to this officer, if any.
    VoiceId given(int n, const std::string& to = {}) {
        const VoiceId id = world.said("Lamp " + std::to_string(n), "visitor-" + std::to_string(n)).id;
        std::optional<people::OfficerId> officer;
        if (!to.empty()) officer = world.as(to).officer;
        must(assign(*world.needs, world.as("clerk"), id, world.roads, officer));
        return id;
    }
    void a_day_later() { world.clock.advance(24 * 3'600'000); }
    std::vector<VoiceId> ids(const std::vector<Waiting>& all) {
        std::vector<VoiceId> found;
        for (const Waiting& w : all) found.push_back(w.voice.id);
        return found;
    }
    // The whole queue, read in pages of this many.
    std::vector<VoiceId> all_of(const std::string& who, int at_most) {
        std::vector<VoiceId> all;
        std::optional<Turn> turn = Turn{};
        for (int pages = 0; turn && pages < 50; ++pages) {
            const Queue q = queue(*world.database->read(), world.as(who), *turn, at_most);
            EXPECT_LE(q.own.size() + q.unit.size(), static_cast<std::size_t>(at_most));
            for (const auto* some : {&q.own, &q.unit})
                for (const VoiceId id : ids(*some)) all.push_back(id);
            if (q.next) { EXPECT_EQ(text_of(*parse_turn(text_of(*q.next))), text_of(*q.next)); }
            turn = q.next;
        }
        return all;
    }
    std::optional<VoiceId> after(const std::string& who, VoiceId id) {
        return next_in_queue(*world.database->read(), world.as(who), world.get(id));
    }
};

TEST_P(QueueTest, OwnOnesFirstThenTheUnits) {
    const VoiceId early = given(1), mine1 = given(2, "roads"), theirs = given(3, "roads2");
    a_day_later();
    const VoiceId mine2 = given(4, "roads"), late = given(5);
    const VoiceId nobody = world.said("Nobody's", "v6").id;
    must(assign(*world.needs, world.as("clerk"), given(7), world.lamps, {}));
    const std::vector<VoiceId> whole = {mine1, mine2, early, theirs, late};
    for (int at_most : {1, 2, 3, 4, 5, 50}) EXPECT_EQ(all_of("roads", at_most), whole) << at_most;
    EXPECT_EQ(all_of("roads2", 2), (std::vector<VoiceId>{theirs, early, mine1, mine2, late}));
    EXPECT_EQ(after("roads", mine1), mine2);
    EXPECT_EQ(after("roads", mine2), early);
    EXPECT_EQ(after("roads", early), theirs);
    EXPECT_EQ(after("roads", theirs), late);
    EXPECT_FALSE(after("roads", late));
    EXPECT_FALSE(after("clerk", nobody));
    EXPECT_EQ(after("lamps", late), all_of("lamps", 5).front())
        << "from another unit to the beginning of the own queue";
    // What waits for its author is passed over; what was answered is not there.
    must(ask_back(*world.needs, world.as("roads"), mine2, "Which one?"));
    EXPECT_EQ(after("roads", mine1), early);
    must(answer(*world.needs, world.as("roads"), early, Answer::done, "It burns.", {}));
    EXPECT_EQ(after("roads", mine1), theirs);
}

TEST_P(QueueTest, WhatNoUnitHasIsAQueueOfItsOwn) {
    std::vector<VoiceId> all;
    for (int n = 0; n < 45; ++n) all.push_back(world.said("Lamp", "w" + std::to_string(n)).id);
    EXPECT_EQ(after("clerk", all[0]), all[1]);
    EXPECT_EQ(after("clerk", all[43]), all[44]);
    EXPECT_FALSE(after("clerk", all[44]));
    const Case stood = world.get(all[1]);
    must(assign(*world.needs, world.as("clerk"), all[1], world.roads, {}));
    EXPECT_EQ(next_in_queue(*world.database->read(), world.as("clerk"), stood), all[2]) << "as it stood";
}

TEST_P(QueueTest, WhatTheClockSendsUpStandsWithThoseItNames) {
    preset::Casework rules = preset::neutral_casework();
    using deadline::Level, deadline::Whom;
    rules.reply.ladder = {{1, Level::overdue, {Whom::handler}, true},
                          {3, Level::overdue, {Whom::handler, Whom::head}, true},
                          {5, Level::far_overdue, {Whom::unit_above, Whom::inspector}, true}};
    world.adopt(rules);
    const VoiceId one = given(1, "roads");
    const kernel::Day due = world.get(one).due.value();
    const auto told = [&](const std::string& who) {
        Escalated to;
        const people::Actor actor = world.as(who);
        to.inspector = actor.has(people::Role::inspector);
        if (actor.has(people::Role::head)) to.of_unit = actor.unit;
        if (who == "head") to.from_below = {world.roads};
        return ids(escalated(*world.database->read(), to, 10));
    };
    const auto late_by = [&](int days) {
        world.go_to(kernel::iso(kernel::add_working_days(people::calendar(*world.database->read()), due, days)));
        world.tick();
    };
    late_by(1);
    EXPECT_TRUE(told("roads_head").empty()) << "its handler alone is told";
    late_by(3);
    EXPECT_EQ(told("roads_head"), (std::vector<VoiceId>{one}));
    EXPECT_TRUE(told("head").empty());
    late_by(5);
    EXPECT_EQ(told("head"), (std::vector<VoiceId>{one}));
    EXPECT_EQ(told("inspector"), (std::vector<VoiceId>{one}));
    EXPECT_EQ(told("roads_head"), (std::vector<VoiceId>{one})) << "and stays with who was told before";
    world.expect_same_after_rebuild();
    must(answer(*world.needs, world.as("roads"), one, Answer::done, "It burns.", {}));
    EXPECT_TRUE(told("head").empty());
}

TEST(QueueTurn, OnlyWhatStoodInAnAddressIsATurn) {
    for (const char* bad : {"", "-", "own-", "own-1", "own-1-", "own--1", "mine-1-2", "own-1-2-3", "own-x-2",
                            "unit-1-x", "own-99999999999999999999-1"})
        EXPECT_FALSE(parse_turn(bad)) << bad;
    for (const char* good : {"own", "unit", "own-20780-17", "unit-0-5"}) EXPECT_EQ(text_of(*parse_turn(good)), good);
}

// However long the lists are: each begins in an index and comes out of it in its order.
TEST_P(QueueTest, NoListOfTheDeskScans) {
    auto db = world.database->read();
    const people::Actor actor = world.as("roads");
    const Ringing some{world.today(), VoiceId(5)};
    DeskFilter unit, nobody, overdue;
    unit.unit = overdue.unit = actor.unit;
    overdue.late_only = true;
    const std::pair<DeskFilter, const char*> rows[] = {
        {queue_filter(actor, {Group::own, {}}), "own"},
        {queue_filter(actor, {Group::own, some}), "own, further"},
        {queue_filter(actor, {Group::unit, {}}), "unit"},
        {queue_filter(actor, {Group::unit, some}), "unit, further"},
        {unit, "whole unit"},
        {nobody, "of nobody"},
        {overdue, "overdue"},
    };
    for (const auto& [filter, what] : rows) {
        const std::string plan = db::plan_of(*db, waiting_query(filter, 51));
        EXPECT_NE(plan.find("voice_"), std::string::npos) << what << "\n" << plan;
        for (const char* slow : {"SCAN", "TEMP B-TREE", "Seq Scan", "Sort"})
            EXPECT_EQ(plan.find(slow), std::string::npos) << what << "\n" << plan;
    }
    for (const auto& query : {escalated_query(deadline::Whom::head, actor.unit, some, 51),
                              escalated_query(deadline::Whom::inspector, {}, {}, 51)}) {
        const std::string plan = db::plan_of(*db, query);
        EXPECT_NE(plan.find("voice_told"), std::string::npos) << plan;
        for (const char* slow : {"SCAN w", "TEMP B-TREE", "Seq Scan", "Sort"})
            EXPECT_EQ(plan.find(slow), std::string::npos) << plan;
    }
    EXPECT_NE(db::plan_of(*db, waiting_query(queue_filter(actor, {Group::own, {}}), 51)).find("voice_queue"),
              std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Engines, QueueTest, testing::ValuesIn(db::engines),
                         [](const auto& i) { return db::engine_name(i); });

}  // namespace
}  // namespace voice

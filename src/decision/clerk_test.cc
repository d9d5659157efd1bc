// Who keeps a body: its named clerks alone; where none are named, those of its unit and of the units above.
#include <gtest/gtest.h>

#include "rules.h"
#include "test_world.h"

namespace decision {
namespace {

class DecisionClerk : public testing::TestWithParam<db::Engine> {
protected:
    DecisionClerk() {
        buses = world.unit(world.root, "Buses");
        trains = world.unit(world.root, "Trains");
        world.officer(buses, "bus_clerk", {people::Role::clerk});
        world.officer(trains, "train_clerk", {people::Role::clerk});
        board = must(set_up(needs(), as("setter"), "Bus board", buses, 3, {}, false));
        must(seat(needs(), as("setter"), board, as("mem1").officer, "One", true));
    }
    people::Actor as(std::string_view login) { return world.as(login); }
    const people::Needs& needs() { return *world.needs; }
    people::OfficerId id(std::string_view login) { return as(login).officer; }
    std::string calls(std::string_view login) {
        const auto made = call(needs(), as(login), board, world.round, world.today() + 10, "Room 1");
        return made ? "" : made.error().key;
    }
    kernel::Checked name(const std::vector<people::OfficerId>& clerks, std::string_view reason = "Knows it",
                         std::string_view by = "setter") {
        return name_clerks(needs(), as(by), board, clerks, reason);
    }

    World world{GetParam()};
    people::UnitId buses, trains;
    BodyId board;
};

TEST_P(DecisionClerk, WithoutNamesItsUnitAndThoseAboveKeepIt) {
    EXPECT_EQ(calls("bus_clerk"), "");
    EXPECT_EQ(calls("clerk"), "") << "of the unit above";
    EXPECT_EQ(calls("train_clerk"), "decision.clerk_only") << "of a unit beside it";
    EXPECT_EQ(calls("owner"), "decision.clerk_only");
    EXPECT_EQ(refused(call(needs(), as("bus_clerk"), world.council, world.round, world.today() + 10, "Room 1")),
              "decision.clerk_only")
        << "of a unit under it";
}

TEST_P(DecisionClerk, NamedOnesKeepItAlone) {
    EXPECT_EQ(refused(name({id("train_clerk")}, "x", "clerk")), "people.role_needed_administrator");
    EXPECT_EQ(refused_at(name({id("owner")})), "clerks decision.no_clerk");
    EXPECT_EQ(refused_at(name({people::OfficerId(999'999)})), "clerks decision.no_clerk");
    EXPECT_EQ(refused_at(name({id("train_clerk")}, "")), "clerk_reason decision.reason_missing");
    EXPECT_EQ(refused_at(name({})), "clerks decision.clerks_same");
    EXPECT_EQ(refused_at(name(std::vector(21, id("clerk")))), "clerks decision.clerks_too_many");
    EXPECT_EQ(refused(name_clerks(needs(), as("setter"), BodyId(999'999), {id("clerk")}, "x")),
              "decision.body_unknown");
    must(name({id("train_clerk"), id("train_clerk")}));
    EXPECT_EQ(body(*world.database->read(), board)->clerks, std::vector{id("train_clerk")});
    EXPECT_EQ(bodies(*world.database->read(), {}, 10).back().clerks, std::vector{id("train_clerk")});
    EXPECT_TRUE(bodies(*world.database->read(), {}, 10).front().clerks.empty());
    EXPECT_EQ(calls("train_clerk"), "");
    EXPECT_EQ(calls("bus_clerk"), "decision.clerk_only");
    EXPECT_EQ(calls("clerk"), "decision.clerk_only");
    EXPECT_EQ(refused_at(name({id("train_clerk")})), "clerks decision.clerks_same");
    EXPECT_EQ(history(*world.database->read(), board.value()).back().words, "Knows it");
    must(name({}, "Moved"));
    EXPECT_EQ(calls("train_clerk"), "decision.clerk_only");
    EXPECT_EQ(calls("bus_clerk"), "");
    world.expect_same_after_rebuild();
}

// From tabling to the minutes: every step of a sitting is a clerk's of this body.
TEST_P(DecisionClerk, AStrangerTakesNoStepOfASitting) {
    const auto of = world.confirmed();
    must(name_clerks(needs(), as("setter"), world.council, {id("clerk")}, "Theirs"));
    const SittingId at = world.called();
    const auto stranger = as("bus_clerk");
    EXPECT_EQ(refused(table(needs(), stranger, at, world.motion_on(of))), "decision.clerk_only");
    const MotionId m = must(table(needs(), as("clerk"), at, world.motion_on(of)));
    EXPECT_EQ(refused(publish_agenda(needs(), stranger, at)), "decision.clerk_only");
    must(publish_agenda(needs(), as("clerk"), at));
    world.decide();
    world.go_to("2026-11-26");
    EXPECT_EQ(refused(attend(needs(), stranger, at, id("mem1"))), "decision.clerk_only");
    for (const char* member : {"mem1", "mem2", "mem3"}) must(attend(needs(), as(member), at, id(member)));
    EXPECT_EQ(refused(open(needs(), stranger, at)), "decision.clerk_only");
    must(open(needs(), as("clerk"), at));
    EXPECT_EQ(refused(put(needs(), stranger, m)), "decision.clerk_only");
    must(put(needs(), as("clerk"), m));
    EXPECT_EQ(refused(count(needs(), stranger, m)), "decision.clerk_only");
    must(count(needs(), as("clerk"), m));
    EXPECT_EQ(refused(publish_minutes(needs(), stranger, at, "Said")), "decision.clerk_only");
    must(publish_minutes(needs(), as("clerk"), at, "Said"));
}

TEST(DecisionClerkRules, WhoIsNamedAndIsNoClerkAnyMoreKeepsNothing) {
    Body of;
    of.clerks = {people::OfficerId(7)};
    people::Actor actor;
    actor.officer = people::OfficerId(7);
    EXPECT_FALSE(rules::keeps(actor, of, true));
    actor.roles = {people::Role::clerk};
    EXPECT_TRUE(rules::keeps(actor, of, false));
    actor.officer = people::OfficerId(8);
    EXPECT_FALSE(rules::keeps(actor, of, true));
    of.clerks.clear();
    EXPECT_TRUE(rules::keeps(actor, of, true));
    EXPECT_FALSE(rules::keeps(actor, of, false));
}

INSTANTIATE_TEST_SUITE_P(Engines, DecisionClerk, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace decision

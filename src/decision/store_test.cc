#include "store.h"

#include <random>

#include <gtest/gtest.h>

#include "test_world.h"

namespace decision {
namespace {

class DecisionStore : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    people::Actor as(std::string_view login) { return world.as(login); }
    const people::Needs& needs() { return *world.needs; }
};

TEST_P(DecisionStore, BodiesAreSetUpByAnAdministratorAlone) {
    EXPECT_EQ(refused(set_up(needs(), as("clerk"), "Other", world.root, 3, {}, false)),
              "people.role_needed_administrator");
    EXPECT_EQ(refused(seat(needs(), as("setter"), world.council, as("m1").officer, "Name", false)),
              "decision.seated_already");
    EXPECT_EQ(refused(seat(needs(), as("setter"), world.council, as("m4").officer, "Name", true)),
              "decision.has_chair");
    EXPECT_EQ(refused(seat(needs(), as("setter"), world.council, as("owner").officer, "Name", false)),
              "decision.no_member");
    must(unseat(needs(), as("setter"), world.council, as("m3").officer, "Moved away"));
    EXPECT_EQ(refused(unseat(needs(), as("setter"), world.council, as("m3").officer, "Again")), "decision.not_seated");
    EXPECT_EQ(body(*world.database->read(), world.council)->filled, 2);
    world.expect_same_after_rebuild();
}

TEST_P(DecisionStore, TheRollAndTheRulesAreThoseOfTheCall) {
    EXPECT_EQ(refused(call(needs(), as("clerk"), world.council, world.round, on("2026-11-25"), "Room 1")),
              "decision.notice_short");
    EXPECT_EQ(refused(call(needs(), as("head"), world.council, world.round, on("2026-11-26"), "Room 1")),
              "decision.clerk_only");
    const SittingId id = world.called();
    must(seat(needs(), as("setter"), world.council, as("m4").officer, "Name of m4", false));
    EXPECT_EQ(world.get(id).roll, 3);
    EXPECT_EQ(roll(*world.database->read(), id).at(0).name, "Name of m1");
    EXPECT_TRUE(roll(*world.database->read(), id).at(0).chair);
    world.expect_same_after_rebuild();
}

TEST_P(DecisionStore, OpensOnlyWithAQuorumOnItsDay) {
    const auto of = world.confirmed();
    const SittingId id = world.called();
    EXPECT_EQ(refused(publish_agenda(needs(), as("clerk"), id)), "decision.agenda_empty");
    must(table(needs(), as("clerk"), id, world.motion_on(of)));
    EXPECT_EQ(world.state(of), issue::State::before_body);
    must(publish_agenda(needs(), as("clerk"), id));
    EXPECT_EQ(refused(open(needs(), as("clerk"), id)), "decision.not_yet");
    world.go_to("2026-11-26");
    must(attend(needs(), as("m1"), id, as("m1").officer));
    EXPECT_EQ(refused(open(needs(), as("clerk"), id)), "decision.no_quorum");
    EXPECT_EQ(refused(attend(needs(), as("m1"), id, as("m2").officer)), "decision.clerk_only");
    EXPECT_EQ(refused(attend(needs(), as("outsider"), id, as("outsider").officer)), "decision.not_on_roll");
    must(attend(needs(), as("clerk"), id, as("m2").officer));
    must(open(needs(), as("clerk"), id));
    EXPECT_TRUE(world.get(id).quorum);
    world.expect_same_after_rebuild();
}

TEST_P(DecisionStore, MeasuresAreCheckedWhenTheyAreTabled) {
    const auto of = world.confirmed();
    const SittingId id = world.called();
    MotionDraft draft = world.motion_on(of);
    draft.measures[1].title = "";
    const auto wrong = table(needs(), as("clerk"), id, draft);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().field.substr(0, 3), "m2_");
    draft.measures.clear();
    EXPECT_EQ(refused(table(needs(), as("clerk"), id, draft)), "decision.measures_missing");
    MotionDraft no = world.refusal_of(of);
    no.reason = "";
    EXPECT_EQ(refused(table(needs(), as("clerk"), id, no)), "decision.reason_missing");
    EXPECT_EQ(world.state(of), issue::State::confirmed);
}

TEST_P(DecisionStore, ACarriedMotionAdoptsItsMeasures) {
    const auto of = world.confirmed();
    EXPECT_EQ(refused(cycle::advance(needs(), as("head"), world.round, cycle::Phase::decide, {}, "")), "");
    EXPECT_EQ(refused(cycle::advance(needs(), as("head"), world.round, cycle::Phase::act, {}, "")),
              "cycle.gates_not_met");
    const MotionId m = world.voting(world.motion_on(of));
    must(vote(needs(), as("m1"), m, Vote::no, "Too dear"));
    must(vote(needs(), as("m1"), m, Vote::yes, "On second thoughts"));
    must(vote(needs(), as("m2"), m, Vote::yes, ""));
    EXPECT_EQ(refused(vote(needs(), as("outsider"), m, Vote::yes, "")), "decision.not_on_roll");
    EXPECT_EQ(refused(vote(needs(), as("setter"), m, Vote::yes, "")), "decision.administrator_never");
    EXPECT_EQ(refused(leave(needs(), as("m3"), world.get(m).sitting, as("m3").officer)), "decision.voting_now");
    EXPECT_EQ(refused(count(needs(), as("m1"), m)), "decision.clerk_only");
    must(count(needs(), as("clerk"), m));
    EXPECT_EQ(refused(vote(needs(), as("m3"), m, Vote::no, "")), "decision.no_voting");
    const Motion counted = world.get(m);
    EXPECT_EQ(counted.state, MotionState::carried);
    EXPECT_EQ(counted.tally, (Tally{2, 0, 0}));
    EXPECT_EQ(world.state(of), issue::State::adopted);
    measure::Filter filter;
    filter.issue = of;
    const auto adopted = measure::measures(*world.database->read(), filter);
    ASSERT_EQ(adopted.size(), 2u);
    EXPECT_EQ(adopted[1].promised, [&] {
        auto d = world.promise();
        d.issue = of;
        return d;
    }());
    EXPECT_EQ(adopted[0].motion, m.value());
    must(cycle::advance(needs(), as("head"), world.round, cycle::Phase::act, {}, ""));
    world.expect_same_after_rebuild();
}

TEST_P(DecisionStore, ARefusalCarriesItsReasonToTheIssue) {
    const auto of = world.confirmed();
    const MotionId m = world.voting(world.refusal_of(of));
    for (const char* who : {"m1", "m2"}) must(vote(needs(), as(who), m, Vote::yes, ""));
    must(count(needs(), as("clerk"), m));
    EXPECT_EQ(world.state(of), issue::State::refused);
    world.expect_same_after_rebuild();
}

TEST_P(DecisionStore, ALostMotionLeavesTheIssueBeforeTheBody) {
    const auto of = world.confirmed();
    const MotionId m = world.voting(world.motion_on(of));
    must(vote(needs(), as("m1"), m, Vote::yes, ""));
    must(vote(needs(), as("m2"), m, Vote::no, ""));
    must(count(needs(), as("clerk"), m));
    EXPECT_EQ(world.get(m).state, MotionState::lost);
    EXPECT_EQ(world.state(of), issue::State::before_body);
    world.go_to("2026-11-27");
    const SittingId next = must(call(needs(), as("clerk"), world.council, world.round, on("2026-12-04"), "Room 1"));
    must(table(needs(), as("clerk"), next, world.motion_on(of)));
    world.expect_same_after_rebuild();
}

TEST_P(DecisionStore, WithoutAQuorumAtTheCountNothingIsDecided) {
    const auto a = world.confirmed("a"), b = world.confirmed("b");
    const SittingId id = world.called();
    const MotionId first = must(table(needs(), as("clerk"), id, world.motion_on(a))),
                   second = must(table(needs(), as("clerk"), id, world.motion_on(b)));
    EXPECT_EQ(refused(table(needs(), as("clerk"), id, world.refusal_of(b))), "decision.issue_twice");
    must(publish_agenda(needs(), as("clerk"), id));
    world.go_to("2026-11-26");
    for (const char* who : {"m1", "m2"}) must(attend(needs(), as(who), id, as(who).officer));
    must(open(needs(), as("clerk"), id));
    must(put(needs(), as("clerk"), first));
    must(vote(needs(), as("m1"), first, Vote::yes, ""));
    must(count(needs(), as("clerk"), first));
    EXPECT_EQ(world.get(first).state, MotionState::carried);
    EXPECT_EQ(world.get(id).state, SittingState::open);
    must(leave(needs(), as("m2"), id, as("m2").officer));
    must(put(needs(), as("clerk"), second));
    EXPECT_EQ(refused(vote(needs(), as("m2"), second, Vote::yes, "")), "decision.not_present");
    must(vote(needs(), as("m1"), second, Vote::yes, ""));
    must(count(needs(), as("clerk"), second));
    EXPECT_EQ(world.get(second).state, MotionState::no_quorum);
    EXPECT_EQ(world.state(b), issue::State::before_body);
    EXPECT_EQ(world.get(id).state, SittingState::voted);
    world.expect_same_after_rebuild();
}

TEST_P(DecisionStore, SecretBallotsEnterTheLedgerAtTheCountAlone) {
    const auto of = world.confirmed();
    const MotionId m = world.voting(world.motion_on(of, true));
    const std::int64_t before = world.ledger->size();
    EXPECT_EQ(refused(vote(needs(), as("m3"), m, Vote::yes, "Because")), "decision.remark_secret");
    for (const auto& [who, what] : {std::pair{"m3", Vote::no}, {"m1", Vote::yes}, {"m2", Vote::yes}})
        must(vote(needs(), as(who), m, what, ""));
    EXPECT_EQ(refused(vote(needs(), as("m1"), m, Vote::no, "")), "decision.voted_already");
    EXPECT_EQ(world.ledger->size(), before);
    EXPECT_TRUE(has_voted_secretly(*world.database->read(), m, as("m3").officer));
    EXPECT_TRUE(named_votes(*world.database->read(), m).empty());
    EXPECT_EQ(world.get(m).tally, Tally());
    must(count(needs(), as("clerk"), m));
    auto db = world.database->read();
    EXPECT_EQ(world.get(m).tally, (Tally{2, 1, 0}));
    EXPECT_EQ(world.get(m).state, MotionState::carried);
    EXPECT_TRUE(ballots(*db, m).empty());
    EXPECT_EQ(secret_voters(*db, m), (std::vector{as("m1").officer, as("m2").officer, as("m3").officer}));
    const auto entry = ledger::entry(*db, before).value();
    EXPECT_EQ(entry.kind, change::counted_kind);
    EXPECT_EQ(kernel::canonical(entry.facts["ballots"]), R"(["no","yes","yes"])");
    world.expect_same_after_rebuild();
}

TEST_P(DecisionStore, MinutesAreSignedByTheChair) {
    const auto of = world.confirmed();
    const MotionId m = world.voting(world.motion_on(of));
    const SittingId id = world.get(m).sitting;
    EXPECT_EQ(refused(publish_minutes(needs(), as("clerk"), id, "All said")), "decision.voting_now");
    must(count(needs(), as("clerk"), m));
    EXPECT_EQ(refused(sign(needs(), as("m1"), id)), "decision.wrong_state");
    EXPECT_EQ(refused(publish_minutes(needs(), as("m1"), id, "All said")), "decision.clerk_only");
    EXPECT_EQ(refused(publish_minutes(needs(), as("clerk"), id, "")), "decision.minutes_missing");
    must(publish_minutes(needs(), as("clerk"), id, "All said"));
    EXPECT_EQ(refused(sign(needs(), as("clerk"), id)), "decision.chair_only");
    EXPECT_EQ(refused(sign(needs(), as("m2"), id)), "decision.chair_only");
    must(sign(needs(), as("m1"), id));
    EXPECT_EQ(world.get(id).state, SittingState::signed_);
    EXPECT_EQ(world.get(id).minutes, "All said");
    world.expect_same_after_rebuild();
}

TEST_P(DecisionStore, ErasedWordsLeaveWhatReplayLeaves) {
    const auto of = world.confirmed();
    const std::int64_t from = world.council.value();
    const MotionId m = world.voting(world.motion_on(of));
    must(vote(needs(), as("m1"), m, Vote::yes, "A remark"));
    must(count(needs(), as("clerk"), m));
    must(publish_minutes(needs(), as("clerk"), world.get(m).sitting, "All said"));
    const std::int64_t size = world.ledger->size();
    for (std::int64_t i = from; i < size; ++i)
        (void)world.ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, i, "test"); });
    EXPECT_EQ(world.get(m).title, "");
    EXPECT_EQ(world.get(m).measures.size(), 2u);
    EXPECT_EQ(world.get(world.get(m).sitting).minutes, "");
    EXPECT_EQ(roll(*world.database->read(), world.get(m).sitting).at(0).name, "");
    world.expect_same_after_rebuild();
}

TEST_P(DecisionStore, ReplayEqualsLifeWhateverWasDone) {
    std::mt19937 random(20261123);
    std::vector<SittingId> sittings;
    std::vector<MotionId> motions;
    const char* people[] = {"m1", "m2", "m3", "m4", "outsider", "clerk", "setter"};
    for (int step = 0; step < 150; ++step) {
        const auto any = [&](const auto& list) { return list[random() % std::size(list)]; };
        const people::Actor who = as(any(people));
        const std::int64_t size = world.ledger->size();
        if (step % 12 == 0)
            sittings.push_back(must(call(needs(), as("clerk"), world.council, world.round,
                                         kernel::local_day(world.clock.now()) + 3, "Room 1")));
        if (step % 12 == 1)
            motions.push_back(must(
                table(needs(), as("clerk"), sittings.back(), world.motion_on(world.confirmed(), random() % 2 == 0))));
        if (step % 12 == 2) world.clock.advance(3 * 86'400'000);
        switch (random() % 10) {
            case 0:
                (void)publish_agenda(needs(), as("clerk"), any(sittings));
                break;
            case 1:
            case 2:
                (void)attend(needs(), as("clerk"), any(sittings), who.officer);
                break;
            case 3:
                (void)open(needs(), as("clerk"), any(sittings));
                break;
            case 4:
                if (!motions.empty()) (void)put(needs(), as("clerk"), any(motions));
                break;
            case 5:
            case 6:
                if (!motions.empty()) (void)vote(needs(), who, any(motions), static_cast<Vote>(random() % 3), "");
                break;
            case 7:
                if (!motions.empty()) (void)count(needs(), as("clerk"), any(motions));
                break;
            case 8:
                (void)seat(needs(), as("setter"), world.council, who.officer, "Somebody", false);
                break;
            default:
                if (random() % 2)
                    (void)leave(needs(), who, any(sittings), who.officer);
                else
                    (void)world.ledger->perform([&](ledger::Writing& w) {
                        return ledger::erase_words(w,
                                                   world.council.value() + static_cast<std::int64_t>(random()) %
                                                                               (size - world.council.value()),
                                                   "test");
                    });
        }
    }
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, DecisionStore, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace decision

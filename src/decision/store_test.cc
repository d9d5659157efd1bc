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
    EXPECT_EQ(refused(seat(needs(), as("setter"), world.council, as("mem1").officer, "Name", false)),
              "decision.seated_already");
    EXPECT_EQ(refused(seat(needs(), as("setter"), world.council, as("mem4").officer, "Name", true)),
              "decision.has_chair");
    EXPECT_EQ(refused(seat(needs(), as("setter"), world.council, as("owner").officer, "Name", false)),
              "decision.no_member");
    must(unseat(needs(), as("setter"), world.council, as("mem3").officer, "Moved away"));
    EXPECT_EQ(refused(unseat(needs(), as("setter"), world.council, as("mem3").officer, "Again")),
              "decision.not_seated");
    EXPECT_EQ(body(*world.database->read(), world.council)->filled, 2);
    world.expect_same_after_rebuild();
}

TEST_P(DecisionStore, TheRollAndTheRulesAreThoseOfTheCall) {
    EXPECT_EQ(refused(call(needs(), as("clerk"), world.council, world.round, on("2026-11-25"), "Room 1")),
              "decision.notice_short");
    EXPECT_EQ(refused(call(needs(), as("head"), world.council, world.round, on("2026-11-26"), "Room 1")),
              "decision.clerk_only");
    const SittingId id = world.called();
    must(seat(needs(), as("setter"), world.council, as("mem4").officer, "Name of mem4", false));
    EXPECT_EQ(world.get(id).roll, 3);
    EXPECT_EQ(roll(*world.database->read(), id).at(0).name, "Name of mem1");
    EXPECT_TRUE(roll(*world.database->read(), id).at(0).chair);
    world.expect_same_after_rebuild();
}

TEST_P(DecisionStore, ASittingKeepsTheRulesOfItsCall) {
    const SittingId before = world.called();
    const Rules old = world.get(before).frozen;
    Rules next = old;
    next.quorum = {3, 4, false, Base::filled}, next.majority = {2, 3, false, Base::present};
    EXPECT_EQ(refused(set_rules(needs(), as("clerk"), world.council, next, "More")),
              "people.role_needed_administrator");
    EXPECT_EQ(refused(set_rules(needs(), as("setter"), world.council, next, "")), "decision.reason_missing");
    EXPECT_EQ(refused(set_rules(needs(), as("setter"), world.council, old, "Same")), "decision.rules_same");
    next.majority.numerator = 0;
    EXPECT_EQ(refused(set_rules(needs(), as("setter"), world.council, next, "None")), "decision.fraction_wrong");
    next.majority.numerator = 2;
    must(set_rules(needs(), as("setter"), world.council, next, "More agreement"));
    EXPECT_EQ(body(*world.database->read(), world.council)->rules, next);
    EXPECT_EQ(world.get(before).frozen, old);
    EXPECT_EQ(world.get(world.called()).frozen, next);
    EXPECT_EQ(history(*world.database->read(), world.council.value()).back().words, "More agreement");
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
    must(attend(needs(), as("mem1"), id, as("mem1").officer));
    EXPECT_EQ(refused(open(needs(), as("clerk"), id)), "decision.no_quorum");
    EXPECT_EQ(refused(attend(needs(), as("mem1"), id, as("mem2").officer)), "decision.clerk_only");
    EXPECT_EQ(refused(attend(needs(), as("outsider"), id, as("outsider").officer)), "decision.not_on_roll");
    must(attend(needs(), as("clerk"), id, as("mem2").officer));
    EXPECT_EQ(refused(attend(needs(), as("clerk"), id, as("mem2").officer)), "decision.here_already");
    world.go_to("2026-11-27");
    EXPECT_EQ(refused(open(needs(), as("clerk"), id)), "decision.day_over");
    must(publish_minutes(needs(), as("clerk"), id, "It was not held"));
    EXPECT_TRUE(world.get(id).quorum);
    world.expect_same_after_rebuild();
}

TEST_P(DecisionStore, NothingIsVotedOnWhilePeopleAreBeingHeard) {
    const auto of = world.confirmed();
    const SittingId id = world.called();
    const MotionId m = must(table(needs(), as("clerk"), id, world.motion_on(of)));
    EXPECT_EQ(refused(put(needs(), as("clerk"), m)), "decision.wrong_state");
    EXPECT_EQ(refused(vote(needs(), as("mem1"), m, Vote::yes, "")), "decision.no_voting");
    must(publish_agenda(needs(), as("clerk"), id));
    world.go_to("2026-11-26");
    for (const char* who : {"mem1", "mem2"}) must(attend(needs(), as(who), id, as(who).officer));
    must(open(needs(), as("clerk"), id));
    EXPECT_EQ(refused(put(needs(), as("clerk"), m)), "decision.not_in_phase");
    world.decide();
    EXPECT_EQ(refused(put(needs(), as("mem1"), m)), "decision.clerk_only");
    must(put(needs(), as("clerk"), m));
    EXPECT_EQ(refused(put(needs(), as("clerk"), m)), "decision.wrong_state");
    EXPECT_EQ(refused(table(needs(), as("clerk"), id, world.motion_on(of))), "decision.wrong_state");
}

TEST_P(DecisionStore, WhatCannotBeAdoptedAnyMoreIsNotPut) {
    const auto a = world.confirmed("a"), b = world.confirmed("b");
    const SittingId id = world.called();
    MotionDraft soon = world.motion_on(a);
    soon.measures[1].due = on("2026-11-25");
    const MotionId late = must(table(needs(), as("clerk"), id, soon));
    const MotionId refusal = must(table(needs(), as("clerk"), id, world.refusal_of(b)));
    must(publish_agenda(needs(), as("clerk"), id));
    world.decide();
    world.go_to("2026-11-26");
    for (const char* who : {"mem1", "mem2"}) must(attend(needs(), as(who), id, as(who).officer));
    must(open(needs(), as("clerk"), id));
    EXPECT_EQ(refused(put(needs(), as("clerk"), late)), "decision.stale");
    must(put(needs(), as("clerk"), refusal));
    for (const char* who : {"mem1", "mem2"}) must(vote(needs(), as(who), refusal, Vote::yes, ""));
    // Erased while it is being voted on: the count must still end the voting.
    must(world.ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, refusal.value(), "test"); }));
    must(count(needs(), as("clerk"), refusal));
    EXPECT_EQ(world.state(b), issue::State::refused);
    EXPECT_EQ(world.state(a), issue::State::before_body);
    must(publish_minutes(needs(), as("clerk"), id, "One was not put"));
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
    world.decide();
    EXPECT_EQ(refused(cycle::advance(needs(), as("head"), world.round, cycle::Phase::act, {}, "")),
              "cycle.gates_not_met");
    const MotionId m = world.voting(world.motion_on(of));
    must(vote(needs(), as("mem1"), m, Vote::no, "Too dear"));
    must(vote(needs(), as("mem1"), m, Vote::yes, "On second thoughts"));
    must(vote(needs(), as("mem2"), m, Vote::yes, ""));
    EXPECT_EQ(refused(vote(needs(), as("outsider"), m, Vote::yes, "")), "decision.not_on_roll");
    EXPECT_EQ(refused(vote(needs(), as("setter"), m, Vote::yes, "")), "decision.administrator_never");
    EXPECT_EQ(refused(leave(needs(), as("mem3"), world.get(m).sitting, as("mem3").officer)), "decision.voting_now");
    EXPECT_EQ(refused(count(needs(), as("mem1"), m)), "decision.clerk_only");
    must(count(needs(), as("clerk"), m));
    EXPECT_EQ(refused(vote(needs(), as("mem3"), m, Vote::no, "")), "decision.no_voting");
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
    for (const char* who : {"mem1", "mem2"}) must(vote(needs(), as(who), m, Vote::yes, ""));
    must(count(needs(), as("clerk"), m));
    EXPECT_EQ(world.state(of), issue::State::refused);
    world.expect_same_after_rebuild();
}

TEST_P(DecisionStore, ALostMotionLeavesTheIssueBeforeTheBody) {
    const auto of = world.confirmed();
    const MotionId m = world.voting(world.motion_on(of));
    must(vote(needs(), as("mem1"), m, Vote::yes, ""));
    must(vote(needs(), as("mem2"), m, Vote::no, ""));
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
    world.decide();
    for (const char* who : {"mem1", "mem2"}) must(attend(needs(), as(who), id, as(who).officer));
    must(open(needs(), as("clerk"), id));
    must(put(needs(), as("clerk"), first));
    must(vote(needs(), as("mem1"), first, Vote::yes, ""));
    must(count(needs(), as("clerk"), first));
    EXPECT_EQ(world.get(first).state, MotionState::carried);
    EXPECT_EQ(world.get(id).state, SittingState::open);
    must(leave(needs(), as("mem2"), id, as("mem2").officer));
    must(put(needs(), as("clerk"), second));
    EXPECT_EQ(refused(vote(needs(), as("mem2"), second, Vote::yes, "")), "decision.not_present");
    must(vote(needs(), as("mem1"), second, Vote::yes, ""));
    must(count(needs(), as("clerk"), second));
    EXPECT_EQ(world.get(second).state, MotionState::no_quorum);
    EXPECT_EQ(world.state(b), issue::State::before_body);
    EXPECT_EQ(world.get(id).state, SittingState::voted);
    world.expect_same_after_rebuild();
}

TEST_P(DecisionStore, MinutesAreSignedByTheChair) {
    const auto of = world.confirmed();
    const MotionId m = world.voting(world.motion_on(of));
    const SittingId id = world.get(m).sitting;
    EXPECT_EQ(refused(publish_minutes(needs(), as("clerk"), id, "All said")), "decision.voting_now");
    must(count(needs(), as("clerk"), m));
    EXPECT_EQ(refused(sign(needs(), as("mem1"), id)), "decision.wrong_state");
    EXPECT_EQ(refused(publish_minutes(needs(), as("mem1"), id, "All said")), "decision.clerk_only");
    EXPECT_EQ(refused(publish_minutes(needs(), as("clerk"), id, "")), "decision.minutes_missing");
    must(publish_minutes(needs(), as("clerk"), id, "All said"));
    EXPECT_EQ(refused(sign(needs(), as("clerk"), id)), "decision.chair_only");
    EXPECT_EQ(refused(sign(needs(), as("mem2"), id)), "decision.chair_only");
    must(sign(needs(), as("mem1"), id));
    EXPECT_EQ(world.get(id).state, SittingState::signed_);
    EXPECT_EQ(world.get(id).minutes, "All said");
    world.expect_same_after_rebuild();
}

TEST_P(DecisionStore, ErasedWordsLeaveWhatReplayLeaves) {
    const auto of = world.confirmed();
    const std::int64_t from = world.council.value();
    const MotionId m = world.voting(world.motion_on(of));
    must(vote(needs(), as("mem1"), m, Vote::yes, "A remark"));
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
    const char* people[] = {"mem1", "mem2", "mem3", "mem4", "outsider", "clerk", "setter"};
    world.decide();
    const auto act = [&](const people::Actor& who, SittingId at, MotionId on_it) {
        const std::int64_t from = world.council.value(), size = world.ledger->size();
        switch (random() % 14) {
            case 0:
                return (void)publish_agenda(needs(), as("clerk"), at);
            case 1:
            case 2:
            case 3:
                return (void)attend(needs(), as("clerk"), at, who.officer);
            case 4:
                return (void)open(needs(), as("clerk"), at);
            case 5:
            case 6:
                return (void)put(needs(), as("clerk"), on_it);
            case 7:
            case 8:
            case 9:
                return (void)vote(needs(), who, on_it, static_cast<Vote>(random() % 3), "");
            case 10:
                return (void)count(needs(), as("clerk"), on_it);
            case 11:
                (void)seat(needs(), as("setter"), world.council, who.officer, "Somebody", false);
                if (random() % 3) return;
                return (void)unseat(needs(), as("setter"), world.council, as(people[random() % 4]).officer, "Gone");
            case 12:
                if (random() % 4 == 0) (void)publish_minutes(needs(), as("clerk"), at, "What was said");
                return (void)leave(needs(), who, at, who.officer);
            default:
                (void)world.ledger->perform([&](ledger::Writing& w) {
                    return ledger::erase_words(w, from + static_cast<std::int64_t>(random() % (size - from)), "test");
                });
        }
    };
    for (int step = 0; step < 360; ++step) {
        const auto any = [&](const auto& list) { return random() % 4 ? list.back() : list[random() % list.size()]; };
        if (step % 36 == 0) {
            Rules rules = body(*world.database->read(), world.council)->rules;
            rules.quorum = {1, 2 + static_cast<std::int64_t>(random() % 9), false, Base::filled};
            (void)set_rules(needs(), as("setter"), world.council, rules, "Others");
            sittings.push_back(must(call(needs(), as("clerk"), world.council, world.round,
                                         kernel::local_day(world.clock.now()) + 3, "Room 1")));
            for (int n = 0; n < 2; ++n)
                motions.push_back(must(table(needs(), as("clerk"), sittings.back(),
                                             world.motion_on(world.confirmed(), random() % 2 == 0))));
            if (random() % 4) (void)publish_agenda(needs(), as("clerk"), sittings.back());
            world.clock.advance(3 * 86'400'000);
            if (random() % 4) {
                (void)attend(needs(), as("clerk"), sittings.back(), as("mem1").officer);
                (void)attend(needs(), as("clerk"), sittings.back(), as("mem2").officer);
                (void)open(needs(), as("clerk"), sittings.back());
            }
        }
        act(as(people[random() % std::size(people)]), any(sittings), any(motions));
    }
    int counted = 0;
    for (MotionId id : motions) counted += world.get(id).state > MotionState::voting;
    EXPECT_GE(counted, 3);
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, DecisionStore, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace decision

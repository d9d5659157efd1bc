// What a round leaves undecided goes on into the next one, once, whoever comes first; and replay arrives where life
// did.
#include <random>

#include <gtest/gtest.h>

#include <jobs/testing.h>

#include "store.h"
#include "test_world.h"

namespace issue {
namespace {

using cycle::Phase;

class HandOn : public testing::TestWithParam<db::Engine> {
protected:
    HandOn() { cycle::set_hand_on({hand_on()}); }
    ~HandOn() override { cycle::set_hand_on({}); }

    people::CycleId after(people::CycleId before) {
        cycle::Draft draft = cycle::draft_for_tests(world.root);
        draft.inherits = before;
        return must(cycle::open(*world.needs, world.as("head"), draft));
    }
    void enter(people::CycleId id, Phase phase) {
        must(cycle::advance(*world.needs, world.as("head"), id, phase, {}, ""));
    }
    void close(people::CycleId id) {
        for (Phase phase : {Phase::decide, Phase::act, Phase::report, Phase::review, Phase::closed}) enter(id, phase);
    }
    Counts count(people::CycleId id) { return counts(*world.database->read(), id); }
    std::vector<Carried> went(IssueId id) { return carried(*world.database->read(), id); }
    IssueId confirmed(const std::vector<voice::VoiceId>& voices, const std::vector<dialogue::StatementId>& statements) {
        const IssueId id = world.suggested();
        must(gather(*world.needs, world.as("officer"), id, voices, statements));
        must(confirm(*world.needs, world.as("clerk"), id, static_cast<int>(Mark::hot), "many people"));
        return id;
    }
    void run_task() { jobs::run_once(tasks(*world.needs)); }

    World world{GetParam()};
};

TEST_P(HandOn, ClosingHandsTheUndecidedOnWithAllThatIsInThem) {
    const auto a = world.say("anna", "The 7 is late"), b = world.say("bert", "So is the 8");
    const auto s = world.state("Buses should come on time");
    const IssueId open = confirmed({a, b}, {s}), suggested = world.suggested("Dark stops"), before = confirmed({b}, {}),
                  adopted = confirmed({a}, {}), dismissed = world.suggested("Nothing");
    must(world.within([&](ledger::Writing& w) { return put_before(w, before, 5); }));
    must(world.within([&](ledger::Writing& w) { return put_before(w, adopted, 5); }));
    must(world.within([&](ledger::Writing& w) { return decided(w, adopted, 7, true, ""); }));
    must(dismiss(*world.needs, world.as("clerk"), dismissed, "about nobody"));
    const people::CycleId next = after(world.round);
    EXPECT_EQ(count(world.round).carried_over, 0) << "the round still runs";
    close(world.round);

    const Counts old = count(world.round), now = count(next);
    EXPECT_EQ(old.carried_over, 3);
    EXPECT_EQ(old.carried_unconfirmed, 1);
    EXPECT_EQ(old.suggested + old.confirmed + old.before_body, 0);
    EXPECT_EQ(old.adopted, 1);
    EXPECT_EQ(old.dismissed, 1);
    EXPECT_EQ(now.inherited, 3);
    EXPECT_EQ(now.suggested, 1);
    EXPECT_EQ(now.confirmed, 1);
    EXPECT_EQ(now.before_body, 1);
    const Issue i = world.get(open);
    EXPECT_EQ(i.cycle, next);
    EXPECT_EQ(i.state, State::confirmed);
    EXPECT_EQ(i.marks, static_cast<int>(Mark::hot));
    EXPECT_EQ(i.voices, 2);
    EXPECT_EQ(i.statements, 1);
    EXPECT_EQ(i.people, 2);
    EXPECT_EQ(world.get(adopted).cycle, world.round);
    ASSERT_EQ(went(open).size(), 1u);
    EXPECT_EQ(went(open)[0].from, world.round);
    EXPECT_EQ(went(open)[0].to, next);
    const auto events = history(*world.database->read(), open);
    EXPECT_EQ(events.back().what, What::carried_over);
    EXPECT_EQ(events.back().entry, went(open)[0].entry);
    EXPECT_TRUE(went(adopted).empty());

    auto db = world.database->read();
    const auto ids = [](const std::vector<Issue>& all) {
        std::vector<IssueId> out;
        for (const Issue& one : all) out.push_back(one.id);
        return out;
    };
    EXPECT_EQ(ids(issues(*db, world.round, State::carried_over, {}, 10)), (std::vector{before, suggested, open}));
    EXPECT_EQ(ids(issues(*db, {}, State::carried_over, {}, 10)), (std::vector{before, suggested, open}));
    EXPECT_EQ(ids(issues(*db, world.round, {}, {}, 10)), (std::vector{dismissed, adopted, before, suggested, open}));
    EXPECT_EQ(ids(issues(*db, world.round, {}, before, 2)), (std::vector{suggested, open})) << "the second page";
    EXPECT_EQ(ids(issues(*db, next, {}, {}, 10)), (std::vector{before, suggested, open}));
    EXPECT_EQ(ids(inherited(*db, next, open, 1)), (std::vector{suggested}));
    world.expect_same_after_rebuild();
}

TEST_P(HandOn, ItGoesOnWhenTheNextRoundOpensLaterAndOnlyOnce) {
    const IssueId open = confirmed({world.say("anna", "late")}, {});
    // Confirmed, so that the round cannot leave its decisions: only what comes up later is still open at its end.
    EXPECT_EQ(refused(world.within([&](ledger::Writing& w) { return carry_over(w, open, world.round); })),
              "issue.carried_back");
    close(world.round);
    EXPECT_EQ(world.get(open).cycle, world.round) << "there is no next round yet";
    run_task();
    EXPECT_EQ(world.get(open).cycle, world.round);
    const people::CycleId next = after(world.round);
    EXPECT_EQ(world.get(open).cycle, next);
    const std::int64_t size = world.ledger->size();
    run_task();
    EXPECT_EQ(world.ledger->size(), size);
    enter(next, Phase::consult);
    EXPECT_EQ(world.ledger->size(), size + 1) << "an act on the heir finds nothing left";
    const people::CycleId second = after(world.round);
    EXPECT_EQ(world.get(open).cycle, next) << "an heir that comes later takes nothing from the first";
    EXPECT_EQ(count(second).inherited, 0);
    world.expect_same_after_rebuild();
}

TEST_P(HandOn, ItGoesOnAndOnUntilSomebodyDecides) {
    const auto a = world.say("anna", "late"), b = world.say("bert", "dirty");
    const IssueId open = confirmed({a, b}, {});
    const people::CycleId second = after(world.round), third = after(second);
    enter(second, Phase::consult);
    close(second);
    close(world.round);
    EXPECT_EQ(world.get(open).cycle, third) << "the second round is closed already";
    const people::CycleId fourth = after(third);
    enter(third, Phase::consult);
    // What was said in an earlier round of the issue's can be taken out of it and put in again.
    must(put_aside(*world.needs, world.as("officer"), open, {b}, {}));
    must(gather(*world.needs, world.as("officer"), open, {b}, {}));
    close(third);
    ASSERT_EQ(went(open).size(), 2u);
    EXPECT_EQ(went(open)[1].from, third);
    EXPECT_EQ(world.get(open).cycle, fourth);
    EXPECT_EQ(count(third).carried_over, 1);
    EXPECT_EQ(count(third).inherited, 1);
    must(world.within([&](ledger::Writing& w) { return put_before(w, open, 5); }));
    must(world.within([&](ledger::Writing& w) { return decided(w, open, 7, true, ""); }));
    EXPECT_EQ(count(fourth).adopted, 1);
    EXPECT_EQ(count(world.round).led, 2) << "where it was said";
    world.expect_same_after_rebuild();
}

TEST_P(HandOn, AnActTakesAHundredAndTheTaskTheRest) {
    std::vector<IssueId> all;
    for (int i = 0; i < 230; ++i) all.push_back(world.suggested("Issue " + std::to_string(i)));
    const people::CycleId next = after(world.round);
    close(world.round);
    EXPECT_EQ(count(next).inherited, 100);
    EXPECT_EQ(count(world.round).suggested, 130);
    run_task();
    EXPECT_EQ(count(next).inherited, 230);
    EXPECT_EQ(count(next).suggested, 230);
    EXPECT_EQ(count(world.round).carried_over, 230);
    for (IssueId id : all) EXPECT_EQ(went(id).size(), 1u);
    world.expect_same_after_rebuild();
}

TEST_P(HandOn, ReplayEqualsLifeAlsoAfterWordsWereErased) {
    std::mt19937 random(20261128);
    std::vector<people::CycleId> rounds = {world.round};
    std::vector<IssueId> all;
    std::int64_t carried_over = 0;
    for (int step = 0; step < 160; ++step) {
        const people::CycleId last = rounds.back();
        const auto now = cycle::cycle(*world.database->read(), last).value();
        switch (random() % 6) {
            case 0:
                if (now.phase == Phase::closed || random() % 2 == 0)
                    rounds.push_back(after(rounds[random() % rounds.size()]));
                break;
            case 1:
            case 2: {
                const people::CycleId any = rounds[random() % rounds.size()];
                int at = static_cast<int>(cycle::cycle(*world.database->read(), any)->phase);
                for (auto steps = random() % 4; steps-- > 0 && at < static_cast<int>(Phase::closed);)
                    enter(any, static_cast<Phase>(++at));
                break;
            }
            case 3: {
                Draft draft{rounds[random() % rounds.size()], "Issue " + std::to_string(step), "About it", "en"};
                if (const auto made = suggest(*world.needs, world.as("officer"), draft)) all.push_back(*made);
                break;
            }
            case 4:
                if (!all.empty())
                    (void)gather(*world.needs, world.as("officer"), all[random() % all.size()],
                                 {world.say("person" + std::to_string(random() % 4), "message",
                                            cycle::standing_desk(*world.database->read()).id)},
                                 {});
                break;
            default:
                (void)world.ledger->perform([&](ledger::Writing& w) {
                    return ledger::erase_words(
                        w, 20 + static_cast<std::int64_t>(random()) % (world.ledger->size() - 20), "test");
                });
        }
    }
    for (people::CycleId id : rounds) carried_over += count(id).carried_over;
    EXPECT_GT(carried_over, 5);
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, HandOn, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace issue

#include "store.h"

#include <random>

#include <gtest/gtest.h>

#include "test_world.h"

namespace issue {
namespace {

class IssueStore : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
};

TEST_P(IssueStore, GathersAndCountsPeopleOnce) {
    const auto a1 = world.say("anna", "The 7 is late"), a2 = world.say("anna", "The 7 is late again"),
               b = world.say("bert", "So is the 8");
    const auto s = world.state("Buses should come on time");
    const IssueId id = world.suggested();
    must(gather(*world.needs, world.as("officer"), id, {a1, a2, b, b}, {s}));
    Issue i = world.get(id);
    EXPECT_EQ(i.voices, 3);
    EXPECT_EQ(i.statements, 1);
    EXPECT_EQ(i.people, 2);
    EXPECT_EQ(refused(gather(*world.needs, world.as("officer"), id, {a1}, {})), "issue.already_in");
    must(put_aside(*world.needs, world.as("officer"), id, {a1}, {}));
    EXPECT_EQ(world.get(id).people, 2);
    must(put_aside(*world.needs, world.as("officer"), id, {a2}, {s}));
    i = world.get(id);
    EXPECT_EQ(i.voices, 1);
    EXPECT_EQ(i.people, 1);
    EXPECT_EQ(i.statements, 0);
    EXPECT_EQ(refused(put_aside(*world.needs, world.as("officer"), id, {a2}, {})), "issue.not_in");
    auto db = world.database->read();
    EXPECT_EQ(voices_of(*db, id, std::nullopt, 10), std::vector<voice::VoiceId>{b});
    ASSERT_EQ(issues_of(*db, b).size(), 1u);
    EXPECT_EQ(issues_of(*db, b)[0].id, id);
    EXPECT_TRUE(issues_of(*db, a1).empty());
    world.expect_same_after_rebuild();
}

TEST_P(IssueStore, TakesOnlyWhatBelongsHere) {
    const IssueId id = world.suggested();
    auto db = world.database->read();
    const auto at_desk = world.say("carl", "A lamp is dark", cycle::standing_desk(*db).id);
    must(gather(*world.needs, world.as("officer"), id, {at_desk}, {}));
    EXPECT_EQ(refused(gather(*world.needs, world.as("officer"), id, {voice::VoiceId(999)}, {})), "issue.voice_unknown");
    EXPECT_EQ(refused(gather(*world.needs, world.as("officer"), id, {}, {dialogue::StatementId(999)})),
              "issue.statement_unknown");
    EXPECT_EQ(refused(gather(*world.needs, world.as("officer"), IssueId(999), {at_desk}, {})), "issue.unknown");
    EXPECT_EQ(refused(gather(*world.needs, world.as("moderator"), id, {at_desk}, {})), "issue.may_not_gather");
}

TEST_P(IssueStore, GoesThroughItsStates) {
    const IssueId id = world.suggested();
    must(gather(*world.needs, world.as("officer"), id, {world.say("anna", "late")}, {}));
    must(confirm(*world.needs, world.as("clerk"), id, 1, "many people"));
    EXPECT_EQ(world.get(id).marks, 1);
    EXPECT_EQ(refused(world.within([&](ledger::Writing& w) { return decided(w, id, 7, true, ""); })),
              "issue.wrong_state");
    must(world.within([&](ledger::Writing& w) { return put_before(w, id, 5); }));
    must(world.within([&](ledger::Writing& w) { return decided(w, id, 7, true, ""); }));
    Issue i = world.get(id);
    EXPECT_EQ(i.state, State::adopted);
    EXPECT_EQ(i.sitting, 5);
    EXPECT_EQ(i.motion, 7);
    must(world.within([&](ledger::Writing& w) { return resolved(w, id, 9); }));
    const Counts n = counts(*world.database->read(), world.round);
    EXPECT_EQ(n.resolved, 1);
    EXPECT_EQ(n.suggested + n.confirmed + n.before_body + n.adopted, 0);
    EXPECT_EQ(history(*world.database->read(), id).size(), 6u);
    world.expect_same_after_rebuild();
}

TEST_P(IssueStore, ItsStatementsInParts) {
    const auto a = world.state("More buses"), b = world.state("Fewer cars"), c = world.state("Wider paths");
    const IssueId id = world.suggested();
    must(gather(*world.needs, world.as("officer"), id, {}, {c, a, b}));
    using Ids = std::vector<dialogue::StatementId>;
    EXPECT_EQ(statements_of(*world.database->read(), id, {}, 2), (Ids{a, b}));
    EXPECT_EQ(statements_of(*world.database->read(), id, b, 2), Ids{c});
    EXPECT_EQ(statements_of(*world.database->read(), id, c, 2), Ids{});
}

TEST_P(IssueStore, AMessageLedToAMeasureOnceHoweverManyIssuesItIsIn) {
    const auto a = world.say("anna", "late"), b = world.say("bert", "dirty"), c = world.say("carl", "full");
    const auto at_desk = world.say("dora", "dark", cycle::standing_desk(*world.database->read()).id);
    const auto led = [&](people::CycleId cycle) { return counts(*world.database->read(), cycle).led; };
    const auto adopted = [&](std::vector<voice::VoiceId> voices) {
        const IssueId id = world.suggested();
        must(gather(*world.needs, world.as("officer"), id, voices, {}));
        must(confirm(*world.needs, world.as("clerk"), id, 0, "many people"));
        must(world.within([&](ledger::Writing& w) { return put_before(w, id, 5); }));
        must(world.within([&](ledger::Writing& w) { return decided(w, id, 7, true, ""); }));
        return id;
    };
    EXPECT_EQ(led(world.round), 0);
    const IssueId first = adopted({a, b});
    EXPECT_EQ(led(world.round), 2);
    adopted({b, c, at_desk});
    EXPECT_EQ(led(world.round), 3);
    EXPECT_EQ(led(cycle::standing_desk(*world.database->read()).id), 1) << "counted where it was said";
    must(world.within([&](ledger::Writing& w) { return resolved(w, first, 9); }));
    EXPECT_EQ(led(world.round), 3);
    world.expect_same_after_rebuild();
}

TEST_P(IssueStore, NothingIsLeftOutWhenTheRoundDecides) {
    const auto a = world.say("anna", "late"), b = world.say("bert", "dirty");
    const auto decide = [&] {
        return cycle::advance(*world.needs, world.as("head"), world.round, cycle::Phase::decide, {}, "");
    };
    EXPECT_EQ(refused(decide()), "cycle.gates_not_met");
    std::vector<voice::VoiceId> more;
    for (int i = 0; i < 20; ++i) more.push_back(world.say("cleo" + std::to_string(i), "too loud"));
    const auto missing =
        gate()(*world.database->read(), *cycle::cycle(*world.database->read(), world.round), cycle::Phase::decide);
    ASSERT_EQ(missing.size(), 21u) << "each message by name, but no more than twenty";
    EXPECT_EQ(missing.front().key, "issue.gate_voice");
    EXPECT_EQ(missing.back().key, "issue.gate_more");
    const IssueId id = world.suggested();
    must(gather(*world.needs, world.as("officer"), id, more, {}));
    must(gather(*world.needs, world.as("officer"), id, {a}, {}));
    EXPECT_EQ(refused(decide()), "cycle.gates_not_met");
    EXPECT_EQ(refused(list_rest(*world.needs, world.as("clerk"), world.round, {b}, "")), "issue.reason_missing");
    EXPECT_EQ(refused(list_rest(*world.needs, world.as("officer"), world.round, {b}, "said at the counter")),
              "issue.may_not_confirm");
    must(list_rest(*world.needs, world.as("clerk"), world.round, {b}, "said at the counter"));
    EXPECT_EQ(refused(list_rest(*world.needs, world.as("clerk"), world.round, {b}, "again")), "issue.already_in");
    must(decide());
    const auto items = rest(*world.database->read(), world.round, std::nullopt, 10);
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(items[0].reason, "said at the counter");
    EXPECT_EQ(counts(*world.database->read(), world.round).rest, 1);
    world.expect_same_after_rebuild();
}

TEST_P(IssueStore, TheSameFormTwiceIsOneIssue) {
    const Once once = kernel::random_hash();
    const auto first = must(suggest(*world.needs, world.as("officer"), {world.round, "x", "", "en"}, once));
    EXPECT_EQ(must(suggest(*world.needs, world.as("officer"), {world.round, "x", "", "en"}, once)), first);
}

TEST_P(IssueStore, ReplayEqualsLifeWhateverWasDone) {
    std::mt19937 random(20261123);
    std::vector<voice::VoiceId> voices;
    std::vector<IssueId> issues;
    for (int step = 0; step < 80; ++step) {
        const std::int64_t before = world.ledger->size();
        const auto any = [&](const auto& list) { return list[random() % list.size()]; };
        switch (random() % 8) {
            case 0:
                voices.push_back(world.say("person" + std::to_string(random() % 4), "message " + std::to_string(step)));
                break;
            case 1:
                issues.push_back(world.suggested("issue " + std::to_string(step)));
                break;
            case 2:
                if (!issues.empty() && !voices.empty())
                    (void)gather(*world.needs, world.as("officer"), any(issues), {any(voices)}, {});
                break;
            case 3:
                if (!issues.empty() && !voices.empty())
                    (void)put_aside(*world.needs, world.as("officer"), any(issues), {any(voices)}, {});
                break;
            case 6:
                if (!issues.empty())
                    (void)world.within([&](ledger::Writing& w) { return put_before(w, any(issues), 5); });
                break;
            case 7:
                if (!issues.empty())
                    (void)world.within(
                        [&](ledger::Writing& w) { return decided(w, any(issues), 7, random() % 3 > 0, "weighed"); });
                break;
            case 4:
                if (!issues.empty())
                    (void)confirm(*world.needs, world.as("clerk"), any(issues), static_cast<int>(random() % 16),
                                  "a reason");
                break;
            default:
                if (!issues.empty() && random() % 3 == 0)
                    (void)dismiss(*world.needs, world.as("clerk"), any(issues), "no");
                if (before > 20)
                    (void)world.ledger->perform([&](ledger::Writing& w) {
                        return ledger::erase_words(w, 20 + static_cast<std::int64_t>(random()) % (before - 20), "test");
                    });
        }
    }
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, IssueStore, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace issue

#include "store.h"

#include <random>

#include <gtest/gtest.h>

#include "test_world.h"

namespace cycle {
namespace {

class CycleStore : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
};

TEST_P(CycleStore, OpenWritesTheRoundItsSheetAndItsCriteria) {
    const CycleId id = must(open(*world.needs, world.as("head"), world.full("Buses")));
    const Cycle c = world.get(id);
    EXPECT_EQ(c.name, "Buses");
    EXPECT_EQ(c.phase, Phase::prepare);
    EXPECT_EQ(c.organiser, world.root);
    EXPECT_TRUE(c.context_complete);
    EXPECT_EQ(c.context.means, "40 buses");
    ASSERT_EQ(c.criteria.size(), 2u);
    EXPECT_EQ(c.criteria[1].text, "Nobody is left standing");
    CycleId of;
    EXPECT_EQ(criterion(*world.database->read(), c.criteria[0].id, &of)->text, "Waiting is short");
    EXPECT_EQ(of, id);
    EXPECT_FALSE(criterion(*world.database->read(), CriterionId(id.value())).has_value());
    // One entry each, in this order.
    EXPECT_EQ(context_entry(*world.database->read(), id), id.value() + 1);
    EXPECT_EQ(c.criteria[0].id.value(), id.value() + 2);
    const auto events = history(*world.database->read(), id);
    ASSERT_EQ(events.size(), 4u);
    EXPECT_EQ(events[0].what, What::opened);
    EXPECT_EQ(events[0].by, world.as("head").officer);
    EXPECT_EQ(events[3].what, What::criterion_set);
}

TEST_P(CycleStore, TheSameFormTwiceOpensOneRound) {
    const Once once = kernel::random_hash();
    const CycleId first = must(open(*world.needs, world.as("head"), world.full("Buses"), once));
    const std::int64_t size = world.ledger->size();
    EXPECT_EQ(must(open(*world.needs, world.as("head"), world.full("Buses"), once)), first);
    EXPECT_EQ(world.ledger->size(), size);
}

TEST_P(CycleStore, ARefusalLeavesNothing) {
    const std::int64_t size = world.ledger->size();
    Draft draft = world.full("Buses");
    draft.criteria.push_back("");
    EXPECT_EQ(refused(open(*world.needs, world.as("head"), draft)), "cycle.criterion_missing");
    EXPECT_EQ(refused(open(*world.needs, world.as("roads"), world.full("Buses"))), "cycle.may_not_open");
    EXPECT_EQ(refused(open(*world.needs, people::Actor{}, world.full("Buses"))), "people.sign_in_first");
    draft = world.full("Buses");
    draft.inherits = world.desk;
    EXPECT_EQ(refused(open(*world.needs, world.as("head"), draft)), "cycle.inherits_unknown");
    EXPECT_EQ(refused(advance(*world.needs, world.as("head"), CycleId(999), Phase::consult, {}, "")), "cycle.unknown");
    EXPECT_EQ(world.ledger->size(), size);
    EXPECT_TRUE(cycles(*world.database->read(), std::nullopt, 10).empty());
}

TEST_P(CycleStore, RolesAreThoseOfNowNotOfTheSession) {
    people::Actor stale = world.as("clerk");
    stale.officer = world.as("roads").officer;
    EXPECT_EQ(refused(open(*world.needs, stale, world.full("Buses"))), "cycle.may_not_open");
}

TEST_P(CycleStore, ThereIsOneDeskAndItNeverMoves) {
    const Cycle desk = standing_desk(*world.database->read());
    EXPECT_EQ(desk.id, world.desk);
    EXPECT_TRUE(desk.standing);
    EXPECT_EQ(desk.phase, Phase::consult);
    EXPECT_TRUE(accepts_voices(desk).has_value());
    EXPECT_EQ(refused(open_standing_desk(*world.needs, "Another", "en")), "cycle.desk_exists");
    EXPECT_EQ(refused(advance(*world.needs, world.as("head"), desk.id, Phase::decide, {}, "")),
              "cycle.desk_has_no_phases");
    EXPECT_EQ(refused(set_criterion(*world.needs, world.as("head"), desk.id, "x", {}, "")), "cycle.desk_has_no_phases");
    EXPECT_TRUE(cycles(*world.database->read(), std::nullopt, 10).empty());
    world.expect_same_after_rebuild(db::Engine::sqlite);
}

TEST_P(CycleStore, ListsNewestFirstByKey) {
    std::vector<CycleId> made;
    for (int i = 0; i < 5; ++i) made.push_back(world.opened("Round " + std::to_string(i)));
    auto db = world.database->read();
    const auto ids = [](const std::vector<Cycle>& all) {
        std::vector<CycleId> out;
        for (const Cycle& c : all) out.push_back(c.id);
        return out;
    };
    EXPECT_EQ(ids(cycles(*db, std::nullopt, 2)), (std::vector<CycleId>{made[4], made[3]}));
    EXPECT_EQ(ids(cycles(*db, made[3], 10)), (std::vector<CycleId>{made[2], made[1], made[0]}));
    EXPECT_EQ(ids(newer_cycles(*db, made[1], 2)), (std::vector<CycleId>{made[3], made[2]}));
}

TEST_P(CycleStore, CorrectionsStandBesideWhatTheyCorrect) {
    const CycleId id = must(open(*world.needs, world.as("head"), world.full("Buses")));
    const CriterionId old = world.get(id).criteria[0].id;
    const CriterionId newer =
        must(set_criterion(*world.needs, world.as("clerk"), id, "Waiting: 8 minutes", old, "vague"));
    EXPECT_EQ(refused(set_criterion(*world.needs, world.as("clerk"), id, "x", old, "again")),
              "cycle.criterion_unknown");
    EXPECT_EQ(criterion(*world.database->read(), old)->text, "Waiting is short");
    const Cycle c = world.get(id);
    ASSERT_EQ(c.criteria.size(), 2u);
    EXPECT_EQ(c.criteria[1].id, newer);
    Context sheet = c.context;
    sheet.means.clear();
    EXPECT_EQ(refused(set_context(*world.needs, world.as("head"), id, sheet, "")), "cycle.reason_missing");
    const std::int64_t entry = must(set_context(*world.needs, world.as("head"), id, sheet, "sold"));
    EXPECT_FALSE(world.get(id).context_complete);
    EXPECT_EQ(context_entry(*world.database->read(), id), entry);
    world.expect_same_after_rebuild(db::Engine::sqlite);
}

TEST_P(CycleStore, GatesHoldUntilTheyAreMet) {
    const CycleId id = world.opened();
    const auto refusal = advance(*world.needs, world.as("head"), id, Phase::consult, {}, "");
    ASSERT_FALSE(refusal.has_value());
    EXPECT_EQ(refusal.error().args, (std::vector<std::pair<std::string, std::string>>{
                                        {"reason", "cycle.gate_criteria"}, {"reason", "cycle.gate_context"}}));
    must(set_context(*world.needs, world.as("head"), id, world.full("").context, ""));
    must(set_criterion(*world.needs, world.as("head"), id, "Waiting is short", {}, ""));
    const kernel::Day ends = kernel::parse_day("2027-01-31").value();
    must(advance(*world.needs, world.as("clerk"), id, Phase::consult, ends, "Now it begins"));
    EXPECT_EQ(world.get(id).phase, Phase::consult);
    EXPECT_EQ(world.get(id).phase_ends, ends);
    EXPECT_EQ(history(*world.database->read(), id).back().remark, "Now it begins");

    bool shut = true;
    set_gates({[&](db::Connection&, const Cycle& c, Phase to) {
        std::vector<kernel::Error> missing;
        if (shut && c.id == id && to == Phase::decide)
            missing.push_back(kernel::refuse(kernel::Code::conflict, "issue.gate"));
        return missing;
    }});
    EXPECT_EQ(refused(advance(*world.needs, world.as("head"), id, Phase::decide, {}, "")), "cycle.gates_not_met");
    EXPECT_EQ(unmet(*world.database->read(), world.get(id), Phase::decide).size(), 1u);
    shut = false;
    must(advance(*world.needs, world.as("head"), id, Phase::decide, {}, ""));
    set_gates({});
    EXPECT_EQ(world.get(id).phase_ends, std::nullopt);
    EXPECT_EQ(refused(set_criterion(*world.needs, world.as("head"), id, "late", {}, "")), "cycle.only_while_preparing");
    world.expect_same_after_rebuild(db::Engine::sqlite);
}

TEST_P(CycleStore, TheNextRoundInheritsByLink) {
    const CycleId first = world.opened();
    Draft draft = world.full("Buses, again");
    draft.inherits = first;
    const CycleId second = must(open(*world.needs, world.as("head"), draft));
    EXPECT_EQ(world.get(second).inherits, first);
    EXPECT_EQ(heirs(*world.database->read(), first), std::vector<CycleId>{second});
}

TEST_P(CycleStore, ErasedWordsLeaveGatesAndReplayAsTheyWere) {
    const CycleId id = must(open(*world.needs, world.as("head"), world.full("Buses")));
    const std::int64_t first_sheet = context_entry(*world.database->read(), id).value();
    must(set_context(*world.needs, world.as("head"), id, world.full("").context, "the same again"));
    const std::int64_t size = world.ledger->size();
    world.erase(first_sheet);
    EXPECT_EQ(world.get(id).context.touches, "Everybody who rides");
    world.expect_same_after_rebuild(db::Engine::sqlite);
    for (std::int64_t index = id.value(); index < size; ++index)
        if (index != first_sheet) world.erase(index);
    const Cycle c = world.get(id);
    EXPECT_EQ(c.name, "");
    EXPECT_EQ(c.context, Context());
    EXPECT_TRUE(unmet(*world.database->read(), c, Phase::consult).empty());
    world.expect_same_after_rebuild(db::Engine::sqlite);
}

TEST_P(CycleStore, WhatIsOpenGoesToTheOldestHeirThatIsNotClosed) {
    const auto inheriting = [&](CycleId before) {
        Draft draft = world.full("Next");
        draft.inherits = before;
        return must(open(*world.needs, world.as("head"), draft));
    };
    std::vector<std::pair<CycleId, CycleId>> handed;
    set_hand_on({[&](ledger::Writing&, const Cycle& from, const Cycle& to) -> kernel::Checked {
        handed.emplace_back(from.id, to.id);
        return {};
    }});
    const auto close = [&](CycleId id) {
        for (Phase phase : {Phase::consult, Phase::decide, Phase::act, Phase::report, Phase::review, Phase::closed})
            must(advance(*world.needs, world.as("head"), id, phase, {}, ""));
    };
    const CycleId first = must(open(*world.needs, world.as("head"), world.full("First")));
    const auto heir_of = [&](CycleId id) {
        const auto found = heir(*world.database->read(), id);
        return found ? std::optional(found->id) : std::nullopt;
    };
    EXPECT_EQ(heir_of(first), std::nullopt);
    const CycleId second = inheriting(first), third = inheriting(second), late = inheriting(first);
    EXPECT_EQ(heir_of(first), second);
    EXPECT_TRUE(handed.empty()) << "nothing was closed";
    close(second);
    EXPECT_EQ(heir_of(first), late);
    EXPECT_EQ(handed, (std::vector<std::pair<CycleId, CycleId>>{{second, third}}));
    handed.clear();
    close(late);
    close(first);
    EXPECT_EQ(heir_of(first), third) << "both that inherit it are closed";
    EXPECT_EQ(handed.back(), (std::pair{first, third}));
    handed.clear();
    const CycleId fourth = inheriting(third);
    EXPECT_EQ(handed, (std::vector<std::pair<CycleId, CycleId>>{{second, third}, {first, third}}));
    std::vector<CycleId> before;
    for (const Cycle& c : forerunners(*world.database->read(), world.get(fourth))) before.push_back(c.id);
    EXPECT_EQ(before, (std::vector{third, second, first}));
    // A feature that refuses keeps the round where it is.
    set_hand_on({[&](ledger::Writing&, const Cycle&, const Cycle&) -> kernel::Checked {
        return kernel::refuse(kernel::Code::conflict, "issue.wrong_state");
    }});
    EXPECT_EQ(refused(advance(*world.needs, world.as("head"), third, Phase::consult, {}, "")), "issue.wrong_state");
    EXPECT_EQ(world.get(third).phase, Phase::prepare);
    set_hand_on({});
    world.expect_same_after_rebuild(db::Engine::sqlite);
}

// Whatever is done in whatever order, and whichever words are erased: replay arrives at the rows that were lived.
TEST_P(CycleStore, ReplayEqualsLifeWhateverWasDone) {
    std::mt19937 random(GetParam() == db::Engine::sqlite ? 11 : 12);
    const auto below = [&](std::int64_t n) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
    };
    const people::Actor head = world.as("head");
    std::vector<CycleId> rounds = {world.opened("First")};
    int erased = 0, advanced = 0;
    for (int step = 0; step < 150; ++step) {
        const Cycle c = world.get(rounds[static_cast<std::size_t>(below(static_cast<std::int64_t>(rounds.size())))]);
        switch (below(6)) {
            case 0:
                rounds.push_back(must(open(*world.needs, head, world.full("Round " + std::to_string(step)))));
                break;
            case 1:
                (void)set_context(*world.needs, head, c.id, world.full("").context, "again").has_value();
                break;
            case 2:
                (void)set_criterion(*world.needs, head, c.id, "criterion", std::nullopt, "").has_value();
                break;
            case 3:
                if (!c.criteria.empty())
                    (void)set_criterion(*world.needs, head, c.id, "corrected", c.criteria.front().id, "typo")
                        .has_value();
                break;
            case 4:
                if (const auto to = static_cast<Phase>(static_cast<int>(c.phase) + 1); c.phase != Phase::closed)
                    advanced += advance(*world.needs, head, c.id, to, std::nullopt, "on").has_value() ? 1 : 0;
                break;
            case 5: {
                const std::int64_t index = world.desk.value() + below(world.ledger->size() - world.desk.value());
                erased +=
                    world.ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, index, "test"); })
                            .has_value()
                        ? 1
                        : 0;
                break;
            }
        }
    }
    EXPECT_GT(erased, 3);
    EXPECT_GT(advanced, 3);
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, CycleStore, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace cycle

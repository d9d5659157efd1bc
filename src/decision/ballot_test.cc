// What a secret count leaves behind, and what it must not.
#include <gtest/gtest.h>

#include "store.h"
#include "test_world.h"

namespace decision {
namespace {

class DecisionBallots : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    people::Actor as(std::string_view login) { return world.as(login); }
    const people::Needs& needs() { return *world.needs; }
};

TEST_P(DecisionBallots, SecretBallotsEnterTheLedgerAtTheCountAlone) {
    const auto of = world.confirmed();
    const MotionId m = world.voting(world.motion_on(of, true));
    const std::int64_t before = world.ledger->size();
    EXPECT_EQ(refused(vote(needs(), as("mem3"), m, Vote::yes, "Because")), "decision.remark_secret");
    for (const auto& [who, what] : {std::pair{"mem3", Vote::no}, {"mem1", Vote::yes}, {"mem2", Vote::yes}})
        must(vote(needs(), as(who), m, what, ""));
    EXPECT_EQ(refused(vote(needs(), as("mem1"), m, Vote::no, "")), "decision.voted_already");
    EXPECT_EQ(world.ledger->size(), before);
    EXPECT_TRUE(has_voted_secretly(*world.database->read(), m, as("mem3").officer));
    EXPECT_TRUE(named_votes(*world.database->read(), m).empty());
    EXPECT_EQ(world.get(m).tally, Tally());
    must(count(needs(), as("clerk"), m));
    auto db = world.database->read();
    EXPECT_EQ(world.get(m).tally, (Tally{2, 1, 0}));
    EXPECT_EQ(world.get(m).state, MotionState::carried);
    EXPECT_TRUE(ballots(*db, m).empty());
    EXPECT_EQ(secret_voters(*db, m), (std::vector{as("mem1").officer, as("mem2").officer, as("mem3").officer}));
    const auto entry = ledger::entry(*db, before).value();
    EXPECT_EQ(entry.kind, change::counted_kind);
    EXPECT_EQ(kernel::canonical(entry.facts["ballots"]), R"(["no","yes","yes"])");
    world.expect_same_after_rebuild();
}

// Who votes before whom, and which of them says what, leaves no trace anywhere: not before the count, not after it.
TEST_P(DecisionBallots, ASecretCountIsTheSameInWhateverOrderAndByWhomever) {
    const auto told_by = [](World& w, const std::vector<std::pair<const char*, Vote>>& votes) {
        const auto of = w.confirmed();
        const MotionId m = w.voting(w.motion_on(of, true));
        for (const auto& [who, what] : votes) must(vote(*w.needs, w.as(who), m, what, ""));
        auto told = std::string();
        const auto add_tables = [&] {
            auto db = w.database->read();
            for (const db::Row& row : db->query("select vote, ballots from decision_box order by vote"))
                told += std::to_string(row.integer(0)) + ":" + std::to_string(row.integer(1)) + " ";
            for (const db::Row& row : db->query("select officer from decision_spent order by officer"))
                told += std::to_string(row.integer(0)) + " ";
            for (const auto& [table, digest] : db::state_digests(*db))
                if (table.find("decision_") != std::string::npos) told += table + kernel::hex(digest) + " ";
        };
        add_tables();
        must(count(*w.needs, w.as("clerk"), m));
        add_tables();
        const auto counted = ledger::entry(*w.database->read(), w.ledger->size() - 4).value();
        EXPECT_EQ(counted.kind, change::counted_kind);
        EXPECT_FALSE(counted.words);
        return told + kernel::canonical(counted.facts);
    };
    World other(GetParam());
    const std::string one = told_by(world, {{"mem1", Vote::yes}, {"mem2", Vote::no}, {"mem3", Vote::yes}});
    EXPECT_EQ(one, told_by(other, {{"mem3", Vote::no}, {"mem2", Vote::yes}, {"mem1", Vote::yes}}));
}

TEST_P(DecisionBallots, ABoxThatDoesNotFitItsVotersIsNotCounted) {
    const auto of = world.confirmed();
    const MotionId m = world.voting(world.motion_on(of, true));
    must(vote(needs(), as("mem1"), m, Vote::yes, ""));
    // As somebody with the data folder might: one ballot more.
    must(world.ledger->perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            w.db().run("update decision_box set ballots = ballots + 1 where vote = 0");
            return m.value();
        },
        kernel::random_hash()));
    EXPECT_THROW((void)count(needs(), as("clerk"), m), std::runtime_error);
    EXPECT_EQ(world.get(m).state, MotionState::voting);
}

INSTANTIATE_TEST_SUITE_P(Engines, DecisionBallots, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace decision

#include "fan_out.h"

#include <gtest/gtest.h>

#include <people/acts.h>

#include "test_world.h"

namespace notice {
namespace {

class FanOut : public testing::TestWithParam<db::Engine> {
protected:
    void all(int at_most = 2000) {
        while (fan_out(*world.needs, world.hooks, world.means, at_most)) {}
    }
    std::int64_t waiting() { return world.number("select count(*) from local.notice_outbox"); }

    World world{GetParam()};
};

TEST_P(FanOut, ANewPlaceBeginsAtTheEndOfTheLog) {
    world.follow("anna@example.org", world.whole());
    world.unit(world.root, "Roads");
    all();
    EXPECT_EQ(waiting(), 0) << "what was before anybody read is told to nobody";
    world.unit(world.root, "Parks");
    all();
    EXPECT_EQ(waiting(), 1);
    EXPECT_EQ(mark(*world.database->read())->entry, world.ledger->size());
}

TEST_P(FanOut, EveryFollowerHasEveryEntryOnceHoweverSmallTheSteps) {
    all();
    const auto roads = world.unit(world.root, "Roads");
    all();
    for (const char* who : {"anna", "bert", "carl", "dora", "emil"})
        world.follow(std::string(who) + "@example.org", world.whole());
    for (const char* who : {"anna", "carl", "fritz"})
        world.follow(std::string(who) + "@example.org", {What::unit, roads.value()});
    for (int i = 0; i < 4; ++i) world.unit(world.root, "Unit " + std::to_string(i));
    kernel::must(people::rename_unit(*world.needs, world.as("admin"), {roads, "Roads and bridges", "they have both"}));
    all(2);
    EXPECT_EQ(waiting(), 4 * 5 + 6) << "whoever follows both is told once";
    all(2);
    EXPECT_EQ(waiting(), 4 * 5 + 6);
}

TEST_P(FanOut, WhoeverBeginsToFollowIsToldOfWhatComesNotOfWhatWasNotSentYet) {
    all();
    world.unit(world.root, "Roads");
    world.follow("anna@example.org", world.whole());
    world.unit(world.root, "Parks");
    all();
    EXPECT_EQ(waiting(), 1);
    // A log that was taken back to before she began to follow.
    {
        db::Database::Lease local = world.database->local();
        local->run("update local.notice_follow set since = 1000000");
        put_mark(*local, {.entry = world.ledger->size() + 100});
    }
    all();
    world.unit(world.root, "Trees");
    all();
    EXPECT_EQ(waiting(), 2);
}

TEST_P(FanOut, RestoredAndRebuiltPlacesTellNobodyOfWhatWas) {
    all();
    world.follow("anna@example.org", world.whole());
    world.unit(world.root, "Roads");
    all();
    EXPECT_EQ(waiting(), 1);
    begin_at_end(*world.database);
    EXPECT_EQ(waiting(), 0) << "what waited when the backup was made is not sent by the restored place";
    world.unit(world.root, "Parks");
    all();
    EXPECT_EQ(waiting(), 1);
    // A mark beyond the log: local.db is newer than main.db.
    {
        db::Database::Lease local = world.database->local();
        put_mark(*local, {.entry = world.ledger->size() + 100});
    }
    all();
    EXPECT_EQ(mark(*world.database->read())->entry, world.ledger->size());
    EXPECT_EQ(waiting(), 1);
    for (const db::Engine engine : db::engines) {
        db::TestPlace other(engine, db::TestPlace::Tables::all);
        const auto target = db::Database::open(other.place());
        ledger::rebuild(*world.database->read(), *target, world.kinds);
        EXPECT_EQ(target->read()->one("select count(*) from local.notice_address")->integer(0), 0);
        EXPECT_FALSE(mark(*target->read()).has_value());
    }
}

TEST_P(FanOut, WithoutAMailServerNothingWaitsAndNothingIsMadeUpForLater) {
    all();
    world.follow("anna@example.org", world.whole());
    forget_mark(*world.database);
    world.unit(world.root, "Roads");
    all();
    EXPECT_EQ(waiting(), 0) << "switched on again, it begins at the end";
}

TEST_P(FanOut, WebhooksGetTheKindsTheyNamed) {
    world.means.relay.reset();
    world.means.webhooks = {{"https://a.example/x", kernel::Bytes(32, 1), {"people.unit_"}},
                            {"https://b.example/x", kernel::Bytes(32, 1), {"people.unit_made"}},
                            {"https://c.example/x", kernel::Bytes(32, 1), {"voice."}}};
    all();
    world.unit(world.root, "Roads");
    all();
    EXPECT_EQ(world.number("select count(*) from local.notice_post"), 1) << "a beginning ends with a dot";
    EXPECT_EQ(waiting(), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, FanOut, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace notice

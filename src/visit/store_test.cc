#include "store.h"

#include <random>

#include <gtest/gtest.h>

#include "test_world.h"

namespace visit {
namespace {

class VisitStore : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};

    Counts of_round() { return counts(*world.database->read(), world.round); }
};

TEST_P(VisitStore, KeepsWhatWasEnteredAndCounts) {
    const VisitId first = world.recorded(world.late, 12);
    const Visit v = world.get(first);
    EXPECT_EQ(v.issue, world.late);
    EXPECT_EQ(v.cycle, world.round);
    EXPECT_EQ(v.unit, world.roads);
    EXPECT_EQ(v.posts, "engineer");
    EXPECT_EQ(v.heard, "It is dark after nine");
    EXPECT_FALSE(v.reported_back);
    world.recorded(world.late, 3, true);
    const VisitId third = world.recorded(world.dark, 0);
    const Counts n = of_round();
    EXPECT_EQ(n.visits, 3);
    EXPECT_EQ(n.issues_seen, 2);
    EXPECT_EQ(n.met, 15);
    EXPECT_EQ(n.by_deciders, 1);
    auto db = world.database->read();
    EXPECT_EQ(counts(*db, world.late).visits, 2);
    EXPECT_EQ(counts(*db, world.late).met, 15);
    EXPECT_EQ(counts(*db, world.dark).by_deciders, 0);
    ASSERT_EQ(visits(*db, world.late).size(), 2u);
    EXPECT_EQ(visits(*db, world.late)[1].id, first);
    Filter f;
    f.cycle = world.round, f.at_most = 1;
    ASSERT_EQ(visits(*db, f).size(), 1u);
    EXPECT_EQ(visits(*db, f)[0].id, third);
    f.before = third, f.at_most = 9;
    EXPECT_EQ(visits(*db, f).size(), 2u);
    EXPECT_EQ(slip(*db, first.value())->link, "/visits/" + std::to_string(first.value()));
    EXPECT_FALSE(slip(*db, world.late.value()));
    world.expect_same_after_rebuild();
}

TEST_P(VisitStore, TellsAndCorrectsInTheOpen) {
    const VisitId id = world.recorded(world.late, 12, true);
    must(correct(*world.needs, world.as("clerk"), id, {world.today() + -3, 10, false}, "two were passing by"));
    must(report_back(*world.needs, world.as("engineer"), id, world.today(), "The lamp stands since Monday"));
    EXPECT_EQ(refused(report_back(*world.needs, world.as("engineer"), id, world.today(), "again")),
              "visit.told_already");
    const Visit v = world.get(id);
    EXPECT_EQ(v.met, 10);
    EXPECT_EQ(v.reported_back, world.today());
    EXPECT_EQ(v.told, "The lamp stands since Monday");
    EXPECT_EQ(of_round().met, 10);
    EXPECT_EQ(of_round().by_deciders, 0);
    EXPECT_EQ(of_round().visits, 1);
    const auto events = history(*world.database->read(), id);
    ASSERT_EQ(events.size(), 3u);
    EXPECT_EQ(events[1].was, (Correction{world.today() + -2, 12, true}));
    EXPECT_EQ(events[1].now, (Correction{world.today() + -3, 10, false}));
    EXPECT_EQ(events[1].reason, "two were passing by");
    world.expect_same_after_rebuild();
}

TEST_P(VisitStore, RefusesStrangersAndTheUnknown) {
    EXPECT_EQ(refused(record(*world.needs, world.as("moderator"), world.draft(world.late))), "visit.may_not_record");
    EXPECT_EQ(refused(record(*world.needs, {}, world.draft(world.late))), "people.sign_in_first");
    EXPECT_EQ(refused(record(*world.needs, world.as("engineer"), world.draft(issue::IssueId(999)))), "issue.unknown");
    EXPECT_EQ(refused(report_back(*world.needs, world.as("engineer"), VisitId(999), world.today(), "x")),
              "visit.unknown");
    const VisitId id = world.recorded(world.late);
    EXPECT_EQ(refused(report_back(*world.needs, world.as("chief"), id, world.today(), "x")), "visit.may_not_go_on");
    must(issue::dismiss(*world.needs, world.as("chief"), world.dark, "is part of the other"));
    EXPECT_EQ(refused(record(*world.needs, world.as("engineer"), world.draft(world.dark))), "visit.issue_dismissed");
    EXPECT_EQ(of_round().visits, 1);
}

TEST_P(VisitStore, TheSameFormTwiceIsOneVisit) {
    const Once once = kernel::random_hash();
    const VisitId first = must(record(*world.needs, world.as("engineer"), world.draft(world.late), once));
    EXPECT_EQ(must(record(*world.needs, world.as("engineer"), world.draft(world.late), once)), first);
    EXPECT_EQ(of_round().visits, 1);
}

TEST_P(VisitStore, ErasingLeavesTheFacts) {
    const VisitId id = world.recorded(world.late, 12);
    const std::int64_t told = world.ledger->size();
    must(report_back(*world.needs, world.as("engineer"), id, world.today(), "The lamp stands"));
    for (std::int64_t entry : {id.value(), told})
        must(world.ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, entry, "test"); }));
    const Visit v = world.get(id);
    EXPECT_EQ(v.posts + v.where + v.heard + v.promised + v.told, "");
    EXPECT_EQ(v.met, 12);
    EXPECT_EQ(v.reported_back, world.today());
    EXPECT_EQ(of_round().met, 12);
    world.expect_same_after_rebuild();
}

TEST_P(VisitStore, ReplayEqualsLifeWhateverWasDone) {
    std::mt19937 random(20261124);
    std::vector<VisitId> all;
    for (int step = 0; step < 80; ++step) {
        const std::int64_t before = world.ledger->size();
        const auto any = [&] { return all[random() % all.size()]; };
        switch (random() % 5) {
            case 0:
            case 1:
                all.push_back(world.recorded(random() % 2 ? world.late : world.dark,
                                             static_cast<std::int64_t>(random() % 40), random() % 2));
                break;
            case 2:
                if (!all.empty()) (void)report_back(*world.needs, world.as("engineer"), any(), world.today(), "told");
                break;
            case 3:
                if (!all.empty())
                    (void)correct(*world.needs, world.as("clerk"), any(),
                                  {world.today() + -static_cast<std::int64_t>(random() % 9),
                                   static_cast<std::int64_t>(random() % 40), random() % 2 == 0},
                                  "wrong");
                break;
            default:
                (void)world.ledger->perform([&](ledger::Writing& w) {
                    return ledger::erase_words(w, 20 + static_cast<std::int64_t>(random()) % (before - 20), "test");
                });
        }
    }
    std::int64_t met = 0, deciders = 0;
    for (VisitId id : all) met += world.get(id).met, deciders += world.get(id).may_decide ? 1 : 0;
    EXPECT_EQ(of_round().met, met);
    EXPECT_EQ(of_round().by_deciders, deciders);
    EXPECT_EQ(of_round().visits, static_cast<std::int64_t>(all.size()));
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, VisitStore, testing::ValuesIn(db::engines),
                         [](const auto& each) { return db::engine_name(each); });

}  // namespace
}  // namespace visit

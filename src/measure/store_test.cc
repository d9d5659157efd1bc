#include "store.h"

#include <map>
#include <random>

#include <gtest/gtest.h>

#include "test_world.h"

namespace measure {
namespace {

class MeasureStore : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    const people::Needs& needs = *world.needs;
};

TEST_P(MeasureStore, APromiseIsKeptAsItWasMade) {
    Draft promise = world.draft();
    promise.worse_off = "Drivers", promise.remedy = "Parking";
    promise.indicator.baseline = dec("24.50");
    const MeasureId id = world.adopted(promise);
    const Measure m = world.get(id);
    EXPECT_EQ(m.promised, promise);
    EXPECT_EQ(m.state, State::adopted);
    EXPECT_EQ(m.motion, 7);
    EXPECT_EQ(m.first_due, on("2026-12-07"));
    EXPECT_FALSE(m.percent);
    EXPECT_EQ(next_day(*world.database->read(), id), on("2026-12-08"));
    EXPECT_EQ(world.count().adopted, 1);
    EXPECT_EQ(world.figures(world.roads).due, 1);
    EXPECT_EQ(slip(*world.database->read(), id.value())->link, "/measures/" + std::to_string(id.value()));
    EXPECT_FALSE(slip(*world.database->read(), world.round.value()));
    EXPECT_FALSE(measure(*world.database->read(), MeasureId(world.round.value())));
}

TEST_P(MeasureStore, AnExtensionMovesTheDueDayAndItsMonthOnce) {
    const MeasureId id = world.adopted();
    for (const char* login : {"owner", "roads_head", "lamps_head", "auditor", "inspector"})
        EXPECT_EQ(refused(extend(needs, world.as(login), id, on("2027-01-04"), "x")), "measure.may_not_approve")
            << login;
    must(extend(needs, world.as("chief"), id, on("2027-01-04"), "The buses come later"));
    EXPECT_EQ(refused(extend(needs, world.as("clerk"), id, on("2027-02-01"), "again")), "measure.extended_before");
    const Measure m = world.get(id);
    EXPECT_EQ(m.promised.due, on("2027-01-04"));
    EXPECT_EQ(m.first_due, on("2026-12-07"));
    EXPECT_TRUE(m.extended);
    EXPECT_EQ(world.figures(world.roads).due, 0);
    const UnitCounts n = world.figures(world.roads, "2027-01-01", "2027-01-31");
    EXPECT_EQ(n.due, 1);
    EXPECT_EQ(n.extended, 1);
    const Happened h = history(*world.database->read(), id).back();
    EXPECT_EQ(h.from_day, on("2026-12-07"));
    EXPECT_EQ(h.day, on("2027-01-04"));
    EXPECT_EQ(h.words, "The buses come later");
    EXPECT_EQ(h.by, world.as("chief").officer);
    world.go_to("2026-12-10");
    world.tick();
    EXPECT_EQ(world.get(id).late_days, 0);
    world.go_to("2027-01-05");
    world.tick();
    EXPECT_EQ(world.get(id).late_days, 1);
    EXPECT_EQ(refused(extend(needs, world.as("clerk"), world.adopted(), on("2027-02-01"), "x")),
              "measure.extension_late");
}

TEST_P(MeasureStore, EveryChangeOfThePromiseIsAnEntryAndTheOldStaysReadable) {
    const MeasureId id = world.adopted();
    must(retarget(needs, world.as("clerk"), id, dec("8.5"), "fewer buses than planned"));
    must(reassign(needs, world.as("chief"), id, world.as("lamps_head").officer, "the engineer left"));
    Wording words{"Buses and lamps", "More of both", "Everybody", "", ""};
    must(reword(needs, world.as("clerk"), id, words, "clearer"));
    const Measure m = world.get(id);
    EXPECT_EQ(m.promised.indicator.target, dec("8.5"));
    EXPECT_EQ(m.promised.owner, world.as("lamps_head").officer);
    EXPECT_EQ(m.promised.owner_unit, world.lamps);
    EXPECT_EQ(m.promised.title, "Buses and lamps");
    EXPECT_EQ(m.state, State::adopted);
    const auto events = history(*world.database->read(), id);
    ASSERT_EQ(events.size(), 4u);
    EXPECT_EQ(events[1].from_amount, dec("6"));
    EXPECT_EQ(events[1].amount, dec("8.5"));
    EXPECT_EQ(events[2].from->unit, world.roads);
    EXPECT_EQ(events[2].from->owner, world.as("owner").officer);
    EXPECT_EQ(events[2].to->unit, world.lamps);
    for (std::size_t i = 1; i < 4; ++i) {
        EXPECT_TRUE(events[i].by) << i;
        EXPECT_FALSE(events[i].words.empty()) << i;
    }
    const auto all = wordings(*world.database->read(), id);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].wording.title, "Buses come on time");
    EXPECT_EQ(all[1].wording, words);
    // Before it is known whether it was done in time, the figures go with the owner.
    EXPECT_EQ(world.figures(world.roads).due, 0);
    EXPECT_EQ(world.figures(world.lamps).due, 1);
    world.go_to("2026-12-10");
    world.tick();
    must(reassign(needs, world.as("chief"), id, world.as("owner").officer, "back again"));
    EXPECT_EQ(world.figures(world.lamps).late, 1) << "a late measure stays with who was late";
    EXPECT_EQ(world.figures(world.roads).due, 0);
    world.expect_same_after_rebuild();
}

TEST_P(MeasureStore, WhomAnEntryConcerns) {
    const MeasureId id = world.adopted();
    must(reassign(needs, world.as("chief"), id, world.as("lamps_head").officer, "the engineer left"));
    const std::int64_t later = world.ledger->size() - 1;
    auto db = world.database->read();
    for (const std::int64_t entry : {id.value(), later}) {
        EXPECT_TRUE(concerns(*db, world.as("lamps_head"), entry));
        EXPECT_FALSE(concerns(*db, world.as("owner"), entry)) << "who owned it before";
        EXPECT_FALSE(concerns(*db, world.as("auditor"), entry));
        EXPECT_FALSE(concerns(*db, world.as("chief"), entry));
    }
    EXPECT_FALSE(concerns(*db, world.as("lamps_head"), world.round.value())) << "no entry of a measure";
}

TEST_P(MeasureStore, PledgesAreTheHeadsOwn) {
    Draft promise = world.draft();
    promise.kind = Kind::pledge;
    promise.owner = world.as("roads_head").officer;
    EXPECT_EQ(refused(pledge(needs, world.as("owner"), promise)), "measure.may_not_pledge");
    EXPECT_EQ(refused(pledge(needs, world.as("chief"), promise)), "measure.may_not_pledge");
    EXPECT_EQ(refused(pledge(needs, people::Actor{}, promise)), "people.sign_in_first");
    const Once once = kernel::random_hash();
    const MeasureId id = must(pledge(needs, world.as("roads_head"), promise, once));
    EXPECT_EQ(must(pledge(needs, world.as("roads_head"), promise, once)), id) << "the same form twice";
    EXPECT_FALSE(world.get(id).motion);
    EXPECT_EQ(world.what_happened(id), std::vector{What::pledged});
    Draft at_desk = promise;
    at_desk.cycle = world.desk;
    EXPECT_EQ(refused_at(pledge(needs, world.as("roads_head"), at_desk)), "criterion measure.criterion_unknown");
    at_desk.criterion = {};
    must(pledge(needs, world.as("roads_head"), at_desk));
    EXPECT_EQ(refused_at(check(*world.database->read(), promise, on("2026-11-23"), "m1_")),
              "m1_kind measure.pledge_needs_no_motion");
    EXPECT_TRUE(check(*world.database->read(), world.draft(), on("2026-11-23"), "m1_"));
}

TEST_P(MeasureStore, ARefusalLeavesNothing) {
    const MeasureId id = world.adopted();
    const std::int64_t size = world.ledger->size();
    EXPECT_EQ(refused(progress(needs, world.as("owner"), MeasureId(999), World::report(1))), "measure.unknown");
    EXPECT_EQ(refused(world.judged(MeasureId(999), true)), "measure.unknown");
    EXPECT_EQ(refused(progress(needs, people::Actor{}, id, World::report(1))), "people.sign_in_first");
    EXPECT_EQ(refused(progress(needs, world.as("owner"), id, {50, {}, "", "x"})), "measure.report_missing");
    EXPECT_EQ(refused(verify(needs, world.as("auditor"), id, true, "x")), "measure.wrong_state");
    EXPECT_EQ(refused(close(needs, world.as("clerk"), id, "x")), "measure.wrong_state");
    EXPECT_EQ(world.ledger->size(), size);
}

TEST_P(MeasureStore, ListsByFilterNewestFirst) {
    std::vector<MeasureId> made;
    for (int i = 0; i < 5; ++i) made.push_back(world.adopted());
    must(progress(needs, world.as("owner"), made[1], World::report(1)));
    const auto ids = [&](auto edit) {
        Filter f;
        edit(f);
        std::vector<MeasureId> all;
        for (const Measure& m : measures(*world.database->read(), f)) all.push_back(m.id);
        return all;
    };
    using Ids = std::vector<MeasureId>;
    EXPECT_EQ(ids([](Filter& f) { f.at_most = 2; }), (Ids{made[4], made[3]}));
    EXPECT_EQ(ids([&](Filter& f) { f.before = made[3], f.at_most = 2; }), (Ids{made[2], made[1]}));
    EXPECT_EQ(ids([&](Filter& f) { f.after = made[1], f.at_most = 2; }), (Ids{made[3], made[2]}));
    EXPECT_EQ(ids([&](Filter& f) { f.state = State::under_way; }), Ids{made[1]});
    EXPECT_EQ(ids([&](Filter& f) { f.unit = world.audit; }), Ids{});
    EXPECT_EQ(ids([&](Filter& f) { f.unit = world.roads, f.cycle = world.round, f.state = State::adopted; }).size(),
              4u);
    EXPECT_EQ(ids([&](Filter& f) { f.cycle = world.desk; }), Ids{});
    EXPECT_EQ(ids([&](Filter& f) { f.late_only = true; }), Ids{});
}

TEST_P(MeasureStore, AUnitThatStillOwesSomethingIsNotClosed) {
    const MeasureId id = world.verified();
    EXPECT_EQ(refused(guard(*world.database->read(), world.roads)), "measure.unit_owns");
    EXPECT_TRUE(guard(*world.database->read(), world.audit));
    must(world.judged(id, true));
    must(close(needs, world.as("clerk"), id, "Thank you"));
    EXPECT_TRUE(guard(*world.database->read(), world.roads));
}

TEST_P(MeasureStore, ErasedWordsLeaveFiguresAndReplayAsTheyWere) {
    const MeasureId id = world.verified();
    must(world.judged(id, false));
    must(reword(needs, world.as("clerk"), id, {"New title", "New text", "Everybody", "", ""}, "clearer"));
    const std::int64_t size = world.ledger->size();
    world.erase(id.value());
    EXPECT_EQ(world.get(id).promised.title, "New title");
    EXPECT_EQ(world.get(id).promised.indicator.name, "");
    EXPECT_EQ(wordings(*world.database->read(), id)[0].wording.title, "");
    world.expect_same_after_rebuild();
    for (std::int64_t index = id.value() + 1; index < size; ++index)
        (void)world.ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, index, "test"); })
            .has_value();
    const Measure m = world.get(id);
    EXPECT_EQ(m.promised.title, "");
    EXPECT_EQ(m.promised.indicator.target, dec("6"));
    EXPECT_EQ(m.returned, 1);
    for (const Happened& h : history(*world.database->read(), id)) EXPECT_EQ(h.words + h.evidence, "");
    world.expect_same_after_rebuild();
}

// Whatever is done by whomever in whatever order, and whichever words are erased: replay arrives at the rows that were
// lived, the counters agree with the measures, and nobody stands on both sides of one matter.
TEST_P(MeasureStore, ReplayEqualsLifeWhateverWasDone) {
    std::mt19937 random(GetParam() == db::Engine::sqlite ? 21 : 22);
    const auto below = [&](std::int64_t n) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
    };
    const std::vector<std::string> staff = {"chief", "clerk", "owner", "roads_head", "lamps_head", "auditor"};
    const std::int64_t start = world.ledger->size();
    std::vector<MeasureId> made = {world.adopted(), world.adopted()};
    kernel::Day today = on("2026-11-23");
    std::map<int, int> done;
    for (int step = 0; step < 400; ++step) {
        const people::Actor who = world.as(staff[static_cast<std::size_t>(below(6))]);
        const MeasureId id = made[static_cast<std::size_t>(below(static_cast<std::int64_t>(made.size())))];
        const Measure m = world.get(id);
        const int act = static_cast<int>(below(15));
        bool good = false;
        switch (act) {
            case 0: {
                Draft d = world.draft("Measure " + std::to_string(step));
                d.due = today + 1 + below(60);
                made.push_back(world.adopted(d));
                good = true;
                break;
            }
            case 1:
                good = progress(needs, who, id, {static_cast<int>(below(101)), std::nullopt, "x", "y"}).has_value();
                break;
            case 2:
            case 3:
                good = report_done(needs, who, id, World::report(100, std::to_string(below(30)))).has_value();
                break;
            case 4:
            case 5:
                good = verify(needs, who, id, below(3) > 0, "looked").has_value();
                break;
            case 6:
                good = extend(needs, who, id, m.promised.due + 1 + below(40), "later").has_value();
                break;
            case 7:
                good = retarget(needs, who, id, Decimal{below(50), static_cast<int>(below(2))}, "other").has_value();
                break;
            case 8:
                good = reassign(needs, who, id, world.as(staff[static_cast<std::size_t>(below(6))]).officer, "moved")
                           .has_value();
                break;
            case 9:
                good = reword(needs, who, id, {"Title " + std::to_string(step), "text", "all", "", ""}, "clearer")
                           .has_value();
                break;
            case 10:
                for (MeasureId each : made)
                    good = record_absence(needs, world.as("clerk"), each, "nothing came").has_value() || good;
                break;
            case 11:
                for (MeasureId each : made) good = world.judged(each, below(2) > 0).has_value() || good;
                break;
            case 12:
                for (MeasureId each : made)
                    good = close(needs, who, each, "bye").has_value() ||
                           look_back(needs, who, each, below(2) > 0, "looked").has_value() || good;
                break;
            case 13:
                today = today + 1 + below(4);
                world.go_to(kernel::iso(today));
                world.tick();
                good = true;
                break;
            default: {
                const std::int64_t index = start + below(world.ledger->size() - start);
                good = world.ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, index, "test"); })
                           .has_value();
            }
        }
        done[act] += good ? 1 : 0;
    }
    for (int act = 0; act < 15; ++act) EXPECT_GT(done[act], 0) << "act " << act;
    Filter all;
    all.at_most = 1000;
    auto db = world.database->read();
    const Counts n = world.count();
    EXPECT_EQ(n.adopted + n.under_way + n.reported + n.verified + n.accepted + n.returned + n.closed,
              static_cast<std::int64_t>(made.size()));
    std::int64_t due = 0, judged = 0, returned = 0, sent_back = 0;
    for (people::UnitId unit : {world.root, world.roads, world.lamps, world.audit}) {
        const UnitCounts c = world.figures(unit, "2026-01-01", "2029-12-31");
        EXPECT_LE(c.done_in_time + c.late, c.due);
        EXPECT_LE(c.extended, c.due);
        due += c.due, judged += c.judged, returned += c.returned;
    }
    for (const Measure& m : measures(*db, all)) {
        sent_back += m.returned;
        for (const std::string& login : staff) {
            const Hands both = hands(*db, m.id, world.as(login).officer);
            EXPECT_FALSE(both.answered && both.checked) << login << " at " << m.id.value();
        }
    }
    EXPECT_EQ(due, static_cast<std::int64_t>(made.size()));
    EXPECT_EQ(returned, sent_back);
    EXPECT_LE(returned, judged);
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, MeasureStore, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace measure

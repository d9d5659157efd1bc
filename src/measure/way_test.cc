// The way of a measure: reported, checked, judged, sent back, closed, looked at again; and the clock.
#include <gtest/gtest.h>

#include "labels.h"
#include "test_world.h"

namespace measure {
namespace {

class MeasureWay : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    const people::Needs& needs = *world.needs;
};

TEST_P(MeasureWay, GoesOnceRoundTheLoop) {
    const issue::IssueId of = world.decided_issue();
    Draft promise = world.draft();
    promise.issue = of;
    const MeasureId id = world.adopted(promise);
    must(progress(needs, world.as("owner"), id, World::report(40, "15")));
    EXPECT_EQ(world.get(id).state, State::under_way);
    EXPECT_EQ(world.get(id).last_value, dec("15"));
    must(report_done(needs, world.as("roads_head"), id, World::report(100)));
    EXPECT_EQ(world.get(id).done_on, on("2026-11-23"));
    EXPECT_EQ(refused(world.judged(id, true)), "measure.not_verified");
    must(verify(needs, world.as("auditor"), id, true, "Counted at the stop"));
    EXPECT_TRUE(may_judge(*world.database->read(), world.get(id)));
    must(world.judged(id, true));
    EXPECT_EQ(world.get(id).state, State::accepted);
    EXPECT_EQ(world.get(id).review, 9);
    EXPECT_EQ(issue::issue(*world.database->read(), of)->state, issue::State::resolved)
        << "the last measure of the issue";
    must(close(needs, world.as("clerk"), id, "Thank you"));
    const Measure m = world.get(id);
    EXPECT_EQ(m.state, State::closed);
    EXPECT_EQ(m.look_back, on("2027-02-22"));
    EXPECT_EQ(world.what_happened(id), (std::vector{What::adopted, What::progressed, What::done, What::confirmed,
                                                    What::accepted, What::closed}));
    const auto events = history(*world.database->read(), id);
    EXPECT_EQ(events[1].amount, dec("15"));
    EXPECT_EQ(events[1].evidence, "Timetable of December");
    EXPECT_EQ(events[2].by, world.as("roads_head").officer);
    EXPECT_EQ(events[4].because, 9);
    const UnitCounts n = world.figures(world.roads);
    EXPECT_EQ(n.due, 1);
    EXPECT_EQ(n.done_in_time, 1);
    EXPECT_EQ(n.judged, 1);
    EXPECT_EQ(n.late + n.returned + n.extended, 0);
    EXPECT_EQ(world.count().closed, 1);
    EXPECT_EQ(world.count().adopted + world.count().under_way + world.count().accepted, 0);
    world.expect_same_after_rebuild();
}

TEST_P(MeasureWay, AnIssueIsResolvedByItsLastMeasureOnly) {
    const issue::IssueId of = world.decided_issue();
    Draft promise = world.draft();
    promise.issue = of;
    const MeasureId first = world.adopted(promise), second = world.adopted(promise);
    for (MeasureId id : {first, second}) {
        must(report_done(needs, world.as("owner"), id, World::report(100)));
        must(verify(needs, world.as("auditor"), id, true, "Counted"));
    }
    must(world.judged(first, true));
    EXPECT_EQ(issue::issue(*world.database->read(), of)->state, issue::State::adopted);
    must(world.judged(second, false));
    EXPECT_EQ(issue::issue(*world.database->read(), of)->state, issue::State::adopted);
    Filter f;
    f.issue = of;
    EXPECT_EQ(measures(*world.database->read(), f).size(), 2u);
}

TEST_P(MeasureWay, WhatIsSentBackComesAgain) {
    const MeasureId id = world.verified();
    world.go_to("2026-12-08");
    must(world.judged(id, false));
    Measure m = world.get(id);
    EXPECT_EQ(m.state, State::returned);
    EXPECT_EQ(m.returned, 1);
    EXPECT_FALSE(m.done_on);
    EXPECT_EQ(m.promised.due, on("2026-12-29"));
    EXPECT_EQ(m.first_due, on("2026-12-07"));
    EXPECT_EQ(refused(world.judged(id, true)), "measure.wrong_state");
    world.go_to("2027-01-04");
    world.tick();
    EXPECT_EQ(world.get(id).late_days, 4);
    must(report_done(needs, world.as("owner"), id, World::report(100)));
    must(verify(needs, world.as("auditor"), id, true, "Counted again"));
    must(world.judged(id, true));
    m = world.get(id);
    EXPECT_EQ(m.returned, 1);
    // The month of the promise keeps its figures: done in time at first, judged twice, sent back once.
    const UnitCounts n = world.figures(world.roads);
    EXPECT_EQ(n.due, 1);
    EXPECT_EQ(n.done_in_time, 1);
    EXPECT_EQ(n.late, 0);
    EXPECT_EQ(n.judged, 2);
    EXPECT_EQ(n.returned, 1);
    EXPECT_EQ(world.figures(world.roads, "2027-01-01", "2027-12-31").due, 0);
    Filter f;
    f.late_only = true;
    EXPECT_EQ(measures(*world.database->read(), f).size(), 1u) << "what was late once stays behind the figure";
    EXPECT_EQ(world.count().late, 1);
    world.expect_same_after_rebuild();
}

TEST_P(MeasureWay, AReboundReopensTheSameMeasure) {
    const MeasureId id = world.verified();
    must(world.judged(id, true));
    must(close(needs, world.as("clerk"), id, "Thank you"));
    EXPECT_EQ(refused(look_back(needs, world.as("auditor"), id, true, "Still on time")), "measure.look_back_early");
    EXPECT_EQ(refused(look_back(needs, world.as("owner"), id, false, "x")), "measure.may_not_verify");
    world.go_to("2027-02-22");
    must(look_back(needs, world.as("auditor"), id, false, "Late again"));
    Measure m = world.get(id);
    EXPECT_EQ(m.id, id);
    EXPECT_EQ(m.state, State::under_way);
    EXPECT_EQ(m.reopened, 1);
    EXPECT_FALSE(m.look_back);
    EXPECT_EQ(m.promised.due, on("2027-03-15"));
    must(report_done(needs, world.as("owner"), id, World::report(100)));
    must(verify(needs, world.as("auditor"), id, true, "Counted"));
    must(world.judged(id, true));
    must(close(needs, world.as("auditor"), id, "Thank you again"));
    world.go_to("2027-07-01");
    must(look_back(needs, world.as("chief"), id, true, "It held"));
    m = world.get(id);
    EXPECT_EQ(m.state, State::closed);
    EXPECT_FALSE(m.look_back);
    EXPECT_EQ(refused(look_back(needs, world.as("auditor"), id, true, "again")), "measure.looked_back");
    world.expect_same_after_rebuild();
}

TEST_P(MeasureWay, NobodyChecksTheirOwnMatter) {
    const MeasureId id = world.done();
    for (const char* login : {"owner", "roads_head", "lamps_head", "clerk", "inspector"})
        EXPECT_EQ(refused(verify(needs, world.as(login), id, true, "fine")), "measure.may_not_verify") << login;
    // The owner moves to another unit: independent by unit, but it is still their own matter.
    must(people::change_officer(
        needs, people::console(),
        {world.as("owner").officer, world.audit, "Auditor now", {people::Role::officer}, true, "moved"}));
    EXPECT_EQ(refused(verify(needs, world.as("owner"), id, true, "fine")), "measure.answered_before");
    must(verify(needs, world.as("auditor"), id, false, "Nothing is there"));
    // And who checked does not become the owner.
    must(people::change_officer(
        needs, people::console(),
        {world.as("auditor").officer, world.roads, "Engineer", {people::Role::officer}, true, "moved"}));
    EXPECT_EQ(refused(reassign(needs, world.as("chief"), id, world.as("auditor").officer, "new engineer")),
              "measure.owner_checked");
    EXPECT_EQ(refused(progress(needs, world.as("auditor"), id, World::report(10))), "measure.may_not_report");
}

TEST_P(MeasureWay, RolesAreThoseOfNowNotOfTheSession) {
    const MeasureId id = world.done();
    const people::Actor stale = world.as("auditor");
    must(people::change_officer(needs, people::console(),
                                {stale.officer, world.lamps, "Lamp keeper", {people::Role::officer}, true, "moved"}));
    EXPECT_EQ(refused(verify(needs, stale, id, true, "fine")), "measure.may_not_verify");
    must(people::change_officer(needs, people::console(),
                                {stale.officer, world.lamps, "Lamp keeper", {people::Role::officer}, false, "left"}));
    EXPECT_EQ(refused(verify(needs, stale, id, true, "fine")), "people.sign_in_first");
}

TEST_P(MeasureWay, WhereNobodyIsIndependentThatStandsThere) {
    Draft promise = world.draft();
    promise.owner_unit = world.root;  // all units are under it
    promise.owner = world.as("chief").officer;
    const MeasureId id = world.adopted(promise);
    must(report_done(needs, world.as("chief"), id, World::report(100)));
    EXPECT_TRUE(world.get(id).nobody_independent);
    EXPECT_EQ(refused(verify(needs, world.as("auditor"), id, true, "fine")), "measure.may_not_verify");
    EXPECT_TRUE(may_judge(*world.database->read(), world.get(id)));
    must(world.judged(id, true));
    EXPECT_TRUE(world.get(id).nobody_independent);
    EXPECT_EQ(refused(extend(needs, world.as("chief"), id, on("2027-01-04"), "x")), "measure.may_not_approve")
        << "nothing is above the root";
}

TEST_P(MeasureWay, WhoCouldCheckIsAskedAgainWhenItIsJudged) {
    const MeasureId id = world.done();
    EXPECT_FALSE(world.get(id).nobody_independent);
    EXPECT_EQ(refused(may_judge(*world.database->read(), world.get(id))), "measure.not_verified");
    for (const char* login : {"auditor", "chief"}) {
        const people::Actor leaves = world.as(login);
        must(people::change_officer(needs, people::console(),
                                    {leaves.officer, leaves.unit, "gone", leaves.roles, false, "left"}));
    }
    EXPECT_TRUE(may_judge(*world.database->read(), world.get(id)));
    must(world.judged(id, true));
    EXPECT_TRUE(world.get(id).nobody_independent);
}

TEST_P(MeasureWay, WhatIsNotConfirmedWasNotDone) {
    const MeasureId id = world.done();
    EXPECT_EQ(world.figures(world.roads).done_in_time, 1);
    world.go_to("2026-12-09");
    must(verify(needs, world.as("auditor"), id, false, "Nothing is there"));
    EXPECT_EQ(world.get(id).state, State::under_way);
    EXPECT_FALSE(world.get(id).done_on);
    EXPECT_EQ(world.figures(world.roads).done_in_time, 0);
    world.tick();
    EXPECT_EQ(world.get(id).late_days, 2);
    EXPECT_EQ(world.figures(world.roads).late, 1);
    must(report_done(needs, world.as("owner"), id, World::report(100)));
    const UnitCounts n = world.figures(world.roads);
    EXPECT_EQ(n.done_in_time, 0);
    EXPECT_EQ(n.late, 1);
}

TEST_P(MeasureWay, WhatTheUnitSaidIsNotOverruledByItsBeingSentBack) {
    const MeasureId id = world.done();
    const auto unit_says = [&] {
        const std::string all = verdicts_of(page::Lang::en, world.get(id), std::nullopt).text();
        for (const char* way : {"Done on", "Had reported 100", "Under way: 100"})
            if (all.find(way) != std::string::npos) return std::string(way);
        return all;
    };
    EXPECT_EQ(unit_says(), "Done on");
    must(verify(needs, world.as("auditor"), id, true, "All of it is there"));
    EXPECT_EQ(unit_says(), "Done on");
    must(world.judged(id, false));
    EXPECT_EQ(world.get(id).state, State::returned);
    EXPECT_EQ(unit_says(), "Had reported 100");
}

TEST_P(MeasureWay, TheClockEntersLatenessOnceForEachMark) {
    const MeasureId id = world.adopted();
    world.go_to("2026-12-07");
    world.tick();
    EXPECT_EQ(world.get(id).late_days, 0) << "the due day is not over";
    world.go_to("2026-12-08");
    const std::int64_t before = world.ledger->size();
    world.tick();
    world.tick();
    EXPECT_EQ(world.ledger->size(), before + 1);
    EXPECT_EQ(world.get(id).late_days, 1);
    EXPECT_TRUE(world.get(id).accounted);
    world.go_to("2026-12-11");
    world.tick();
    EXPECT_EQ(world.ledger->size(), before + 1);
    world.go_to("2026-12-14");
    world.tick();
    EXPECT_EQ(world.get(id).late_days, 5);
    world.go_to("2027-01-20");
    world.tick();
    world.tick();
    EXPECT_EQ(world.get(id).late_days, 32);
    EXPECT_EQ(world.ledger->size(), before + 3);
    EXPECT_EQ(world.what_happened(id), (std::vector{What::adopted, What::late, What::late, What::late}));
    EXPECT_EQ(world.count().late, 1);
    EXPECT_EQ(world.figures(world.roads).late, 1);
    Filter f;
    f.late_only = true;
    EXPECT_EQ(measures(*world.database->read(), f).size(), 1u);
    must(report_done(needs, world.as("owner"), id, World::report(100)));
    EXPECT_EQ(world.get(id).late_days, 32);
    EXPECT_EQ(world.figures(world.roads).done_in_time, 0);
    world.go_to("2027-03-01");
    world.tick();
    EXPECT_EQ(world.what_happened(id).size(), 5u) << "who waits to be checked is not late";
    world.expect_same_after_rebuild();
}

TEST_P(MeasureWay, DoneTooLateIsLateEvenWhenTheClockStoodStill) {
    const MeasureId id = world.adopted();
    world.go_to("2026-12-10");
    must(report_done(needs, world.as("owner"), id, World::report(100)));
    EXPECT_EQ(world.get(id).late_days, 3);
    EXPECT_EQ(world.figures(world.roads).late, 1);
    EXPECT_EQ(world.figures(world.roads).done_in_time, 0);
    EXPECT_EQ(world.count().late, 1);
    EXPECT_EQ(history(*world.database->read(), id).back().days, 3);
}

TEST_P(MeasureWay, TheClockAsksTheCalendarInForce) {
    const MeasureId id = world.adopted();
    people::CalendarEdit edit;
    edit.name = "With a holiday";
    edit.text = "2026-12-08 holiday\n2026-12-09 holiday\n";
    edit.reason = "a feast";
    must(people::set_calendar(needs, people::console(), edit));
    world.go_to("2026-12-09");
    world.tick();
    EXPECT_EQ(world.get(id).late_days, 0);
    world.go_to("2026-12-10");
    world.tick();
    EXPECT_EQ(world.get(id).late_days, 1);
}

TEST_P(MeasureWay, ManyLateMeasuresInPages) {
    const Draft promise = world.draft();
    must(world.within([&](ledger::Writing& w) -> kernel::Checked {
        for (int i = 0; i < 260; ++i) adopt(w, promise, 7);
        return {};
    }));
    world.go_to("2026-12-08");
    world.tick();
    EXPECT_EQ(world.count().late, 260);
    const std::int64_t size = world.ledger->size();
    world.tick();
    EXPECT_EQ(world.ledger->size(), size);
}

TEST_P(MeasureWay, TheGateSaysHowManyMoreThereAre) {
    const auto missing = [&] {
        auto db = world.database->read();
        return gate()(*db, *cycle::cycle(*db, world.round), cycle::Phase::report);
    };
    for (int n = 0; n < 20; ++n) world.adopted();
    EXPECT_EQ(missing().size(), 20u);
    for (int n = 0; n < 3; ++n) world.adopted();
    ASSERT_EQ(missing().size(), 21u);
    EXPECT_EQ(missing().back().key, "measure.gate_more");
    EXPECT_EQ(missing().back().args.at(0).second, "3");
    EXPECT_EQ(missing().back().args.at(1).second, "/measures?cycle=" + std::to_string(world.round.value()));
}

TEST_P(MeasureWay, ARoundReportsOnEveryMeasureOrSaysThatNothingCame) {
    Draft promise = world.draft();
    const MeasureId told = world.adopted(promise), absent = world.adopted(promise), late = world.adopted(promise);
    const auto missing = [&] {
        auto db = world.database->read();
        return gate()(*db, *cycle::cycle(*db, world.round), cycle::Phase::report);
    };
    ASSERT_EQ(missing().size(), 3u);
    EXPECT_EQ(missing()[0].key, "measure.gate_report");
    EXPECT_TRUE(gate()(*world.database->read(), *cycle::cycle(*world.database->read(), world.round), cycle::Phase::act)
                    .empty());
    EXPECT_TRUE(
        gate()(*world.database->read(), cycle::standing_desk(*world.database->read()), cycle::Phase::report).empty());
    must(progress(needs, world.as("owner"), told, World::report(10)));
    EXPECT_EQ(missing().size(), 2u);
    EXPECT_EQ(refused(record_absence(needs, world.as("owner"), absent, "x")), "measure.may_not_record");
    EXPECT_EQ(refused(record_absence(needs, world.as("clerk"), absent, "")), "measure.reason_missing");
    must(record_absence(needs, world.as("clerk"), absent, "The unit did not answer"));
    EXPECT_EQ(refused(record_absence(needs, world.as("clerk"), absent, "again")), "measure.accounted");
    EXPECT_EQ(refused(record_absence(needs, world.as("clerk"), told, "x")), "measure.accounted");
    ASSERT_EQ(missing().size(), 1u);
    EXPECT_EQ(missing()[0].args,
              (std::vector<std::pair<std::string, std::string>>{
                  {"number", std::to_string(late.value())}, {"link", "/measures/" + std::to_string(late.value())}}));
    world.go_to("2026-12-08");
    world.tick();
    EXPECT_TRUE(missing().empty());
}

INSTANTIATE_TEST_SUITE_P(Engines, MeasureWay, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

}  // namespace
}  // namespace measure

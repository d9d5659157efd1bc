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

TEST_P(VisitStore, KeepsHowItWasAndWhatWasHeardThere) {
    const auto voice = world.said(), hidden = world.said(voice::Audience::unit_only);
    const auto measure = world.promised();
    Draft d = world.full_draft(world.late, 20, true);
    d.until = d.day + 1;
    d.groups = {{Group::employees, 3}, {Group::residents, 12}};
    d.voices = {voice}, d.measures = {measure};
    const VisitId id = must(record(*world.needs, world.as("engineer"), d));
    const Visit v = world.get(id);
    EXPECT_EQ(v.mode, Mode::spot);
    EXPECT_EQ(v.planned, false);
    EXPECT_EQ(v.until, d.until);
    EXPECT_EQ(v.groups, (std::vector<Met>{{Group::residents, 12}, {Group::employees, 3}}));
    EXPECT_EQ(v.voices, d.voices);
    EXPECT_EQ(v.measures, d.measures);
    d.voices = {hidden};
    EXPECT_EQ(refused(record(*world.needs, world.as("engineer"), d)), "visit.voice_not_public");
    d.voices = {voice::VoiceId(9999)};
    EXPECT_EQ(refused(record(*world.needs, world.as("engineer"), d)), "visit.voice_unknown");

    const auto second = world.said();
    must(link(*world.needs, world.as("clerk"), id, {{second, voice}, {}}, "not promised there"));
    EXPECT_EQ(world.get(id).voices, (std::vector{voice, second}));
    EXPECT_TRUE(world.get(id).measures.empty());
    auto db = world.database->read();
    EXPECT_EQ(visits_of(*db, second), std::vector{id});
    EXPECT_TRUE(visits_of(*db, measure).empty());
    const auto events = history(*db, id);
    ASSERT_EQ(events.size(), 2u);
    EXPECT_EQ(events[1].links, (Links{{voice, second}, {}}));
    EXPECT_EQ(events[1].reason, "not promised there");
    world.expect_same_after_rebuild();
}

TEST_P(VisitStore, AVisitMayBeAboutNoIssueYet) {
    const VisitId id = must(record(*world.needs, world.as("engineer"), world.full_draft(std::nullopt, 4)));
    EXPECT_FALSE(world.get(id).issue);
    EXPECT_EQ(world.get(id).cycle, world.desk);
    const Counts n = counts(*world.database->read(), world.desk);
    EXPECT_EQ(n.visits, 1);
    EXPECT_EQ(n.issues_seen, 0);
    EXPECT_EQ(n.met, 4);
    must(correct(*world.needs, world.as("engineer"), id, {world.today(), 6, true}, "counted again"));
    EXPECT_EQ(counts(*world.database->read(), world.desk).met, 6);
    world.expect_same_after_rebuild();
}

TEST_P(VisitStore, APlanIsKeptOrCalledOff) {
    const auto officer = world.as("engineer");
    const PlanId first = must(plan(*world.needs, officer, world.plan_draft(world.late)));
    const PlanId second = must(plan(*world.needs, officer, world.plan_draft(std::nullopt, 5)));
    const PlanId third = must(plan(*world.needs, officer, world.plan_draft(world.dark, 40)));
    must(call_off(*world.needs, world.as("clerk"), second, "snow"));
    EXPECT_EQ(refused(call_off(*world.needs, officer, second, "again")), "visit.plan_called_off");
    EXPECT_EQ(refused(call_off(*world.needs, officer, PlanId(9999), "x")), "visit.plan_unknown");
    Draft d = world.full_draft(world.late);
    d.plan = first;
    EXPECT_EQ(refused(record(*world.needs, officer, d)), "visit.plan_after");
    world.go_to("2026-11-27");
    d.day = world.today() + -1;
    const VisitId kept = must(record(*world.needs, officer, d));
    EXPECT_EQ(refused(record(*world.needs, officer, d)), "visit.plan_kept");
    EXPECT_EQ(refused(call_off(*world.needs, officer, first, "x")), "visit.plan_kept");
    EXPECT_EQ(world.get(kept).planned, true);
    auto db = world.database->read();
    EXPECT_EQ(plan(*db, first)->visit, kept);
    EXPECT_EQ(plan(*db, second)->reason, "snow");
    PlanFilter open;
    open.open_only = true;
    ASSERT_EQ(plans(*db, open).size(), 1u);
    EXPECT_EQ(plans(*db, open)[0].id, third);
    EXPECT_EQ(slip(*db, second.value() + 2)->link, "/visits/plan/" + std::to_string(second.value()));
    const UnitCounts november = unit_counts(*db, {world.roads}, kernel::on("2026-11-01"), kernel::on("2026-11-30"));
    EXPECT_EQ(november.plans, 2);
    EXPECT_EQ(november.called_off, 1);
    EXPECT_EQ(november.planned, 1);
    EXPECT_EQ(unit_counts(*db, {world.roads}, kernel::on("2026-12-01"), kernel::on("2027-01-31")).plans, 1);
    world.erase(second.value());
    world.erase(second.value() + 2);
    EXPECT_EQ(plan(*world.database->read(), second)->why + plan(*world.database->read(), second)->reason, "");
    world.expect_same_after_rebuild();
}

TEST_P(VisitStore, UnitsAreCountedByMonthAsTheNewestCorrectionSays) {
    const auto of = [&](people::UnitId unit, const char* from, const char* to) {
        return unit_counts(*world.database->read(), {unit}, kernel::on(from), kernel::on(to));
    };
    world.recorded(world.late, 5, true);  // as it was entered before it was asked how
    const VisitId moved = must(record(*world.needs, world.as("engineer"), world.full_draft(world.late, 7)));
    must(record(*world.needs, world.as("chief"), world.full_draft(world.dark, 1)));
    UnitCounts n = of(world.roads, "2026-11-01", "2026-11-30");
    EXPECT_EQ(n.visits, 2);
    EXPECT_EQ(n.unplanned, 1);
    EXPECT_EQ(n.planned, 0);
    EXPECT_EQ(n.by_deciders, 1);
    EXPECT_EQ(n.issues_seen, 1);
    EXPECT_EQ(n.met, 12);
    must(correct(*world.needs, world.as("engineer"), moved, {kernel::on("2026-10-31"), 8, true}, "a month earlier"));
    n = of(world.roads, "2026-11-23", "2026-11-23");  // whole months
    EXPECT_EQ(n.visits, 1);
    EXPECT_EQ(n.met, 5);
    n = of(world.roads, "2026-10-01", "2026-10-01");
    EXPECT_EQ(n.visits, 1);
    EXPECT_EQ(n.unplanned, 1);
    EXPECT_EQ(n.met, 8);
    EXPECT_EQ(n.by_deciders, 1);
    EXPECT_EQ(of(world.roads, "2026-10-01", "2026-11-30").issues_seen, 2);  // the same issue in each month
    EXPECT_EQ(unit_counts(*world.database->read(), {world.roads, world.root}, kernel::on("2026-10-01"),
                          kernel::on("2026-11-30"))
                  .visits,
              3);
    EXPECT_EQ(unit_counts(*world.database->read(), {}, kernel::on("2026-10-01"), kernel::on("2026-11-30")).visits, 0);
    world.expect_same_after_rebuild();
}

// What a phone sends when it has a network again, however late: the form's own number decides, and nothing else.
TEST_P(VisitStore, AFormOfOneOriginIsOneVisitForEver) {
    const std::string origin = "0123456789abcdef0123456789abcdef";
    Draft d = world.full_draft(world.dark, 9);
    d.origin = origin;
    ledger::Receipt receipt;
    const VisitId first = must(record(*world.needs, world.as("engineer"), d, {}, &receipt));
    EXPECT_FALSE(receipt.repeated);
    const std::int64_t size = world.ledger->size();
    EXPECT_EQ(must(record(*world.needs, world.as("engineer"), d, kernel::random_hash(), &receipt)), first);
    EXPECT_TRUE(receipt.repeated);
    EXPECT_EQ(receipt.index, first.value());
    // A week later, after a restart, and when the issue is no longer one.
    must(issue::dismiss(*world.needs, world.as("chief"), world.dark, "is part of the other"));
    world.go_to("2026-12-01");
    world.restart();
    EXPECT_EQ(must(record(*world.needs, world.as("engineer"), d, {}, &receipt)), first);
    EXPECT_TRUE(receipt.repeated);
    // Two years later the day would be refused as too old.
    world.go_to("2028-12-01");
    d.heard = "changed on the phone meanwhile";
    EXPECT_EQ(must(record(*world.needs, world.as("engineer"), d, {}, &receipt)), first);
    EXPECT_EQ(world.get(first).heard, "It is dark after nine");
    EXPECT_EQ(world.ledger->size(), size + 1);
    EXPECT_EQ(of_round().visits, 1);
    // Whoever may not enter visits learns nothing from a number.
    EXPECT_EQ(refused(record(*world.needs, {}, d)), "people.sign_in_first");
    EXPECT_EQ(refused(record(*world.needs, world.as("moderator"), d)), "visit.may_not_record");
    d.origin = "0123456789abcdef0123456789abcdee";
    EXPECT_EQ(refused(record(*world.needs, world.as("engineer"), d)), "visit.issue_dismissed");
    // The number itself stands nowhere in the log.
    const auto entry = ledger::public_entries(*world.database->read(), first.value(), 1);
    EXPECT_EQ(entry.at(0).facts->find(origin), std::string::npos);
    world.erase(first.value());
    d.origin = origin;
    EXPECT_EQ(must(record(*world.needs, world.as("engineer"), d)), first);
    world.expect_same_after_rebuild();
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
    std::vector<PlanId> planned;
    const std::vector<voice::VoiceId> said = {world.said(), world.said()};
    const auto officer = world.as("engineer");
    all.push_back(world.recorded(world.late));
    all.push_back(world.recorded(world.late));
    for (int step = 0; step < 100; ++step) {
        const std::int64_t before = world.ledger->size();
        const auto any = [&] { return all[random() % all.size()]; };
        const auto about = [&] { return random() % 2 ? world.late : world.dark; };
        switch (random() % 8) {
            case 0:
                all.push_back(world.recorded(about(), static_cast<std::int64_t>(random() % 40), random() % 2));
                break;
            case 1: {
                Draft d = world.full_draft(about(), static_cast<std::int64_t>(random() % 40), random() % 2);
                if (random() % 2) d.voices = {said[random() % 2]};
                if (!planned.empty()) d.plan = planned[random() % planned.size()], d.day = world.today();
                if (d.met > 5) d.groups = {{Group::users, 2}, {Group::others, 3}};
                if (const auto made = record(*world.needs, officer, d)) all.push_back(*made);
                break;
            }
            case 2:
                if (!all.empty()) (void)report_back(*world.needs, officer, any(), world.today(), "told");
                break;
            case 3:
                if (!all.empty())
                    (void)correct(*world.needs, world.as("clerk"), any(),
                                  {world.today() + -static_cast<std::int64_t>(random() % 40),
                                   static_cast<std::int64_t>(random() % 40), random() % 2 == 0},
                                  "wrong");
                break;
            case 4:
                planned.push_back(must(plan(*world.needs, officer, world.plan_draft(about(), 1 + random() % 30))));
                break;
            case 5:
                if (!planned.empty()) (void)call_off(*world.needs, officer, planned[random() % planned.size()], "rain");
                break;
            case 6:
                if (!all.empty())
                    (void)link(*world.needs, officer, any(), random() % 2 ? Links{said, {}} : Links{}, "seen again");
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

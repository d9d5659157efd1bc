// What a promise must hold before anybody adopts or pledges it.
#include <gtest/gtest.h>

#include "rules.h"
#include "test_world.h"

namespace measure {
namespace {

using people::Role;

const people::UnitId their_unit(10), other_unit(20);
const people::OfficerId promiser(50);
const kernel::Day on_monday = on("2026-11-23");

struct Promise {
    Draft draft;
    rules::Ground ground;
};
Promise sound() {
    Promise p;
    cycle::Cycle c;
    c.id = people::CycleId(30);
    c.phase = cycle::Phase::decide;
    c.criteria = {{cycle::CriterionId(31), "Waiting is short"}};
    p.ground.cycle = c;
    p.ground.unit = people::Unit{their_unit, people::UnitId(1), "Roads", false, true};
    p.ground.owner = people::Officer{promiser, their_unit, "Engineer", {Role::officer}, true, false};
    p.draft.cycle = c.id;
    p.draft.criterion = cycle::CriterionId(31);
    p.draft.title = "Buses come on time", p.draft.text = "More buses", p.draft.lang = "en";
    p.draft.owner_unit = their_unit, p.draft.owner = promiser;
    p.draft.indicator = {"complaints", "per month", dec("24"), dec("6")};
    p.draft.due = on("2026-12-07");
    p.draft.beneficiaries = "Riders";
    return p;
}

TEST(MeasureRules, APromiseNamesOwnerIndicatorDayAndWhomItServes) {
    using Spoil = void (*)(Promise&);
    const std::pair<const char*, Spoil> cases[] = {
        {"", [](Promise&) {}},
        {"m1_cycle measure.cycle_unknown", [](Promise& p) { p.ground.cycle.reset(); }},
        {"m1_cycle measure.cycle_not_open", [](Promise& p) { p.ground.cycle->phase = cycle::Phase::prepare; }},
        {"m1_cycle measure.cycle_not_open", [](Promise& p) { p.ground.cycle->phase = cycle::Phase::closed; }},
        {"m1_issue measure.issue_unknown", [](Promise& p) { p.draft.issue = issue::IssueId(40); }},
        {"m1_issue measure.issue_unknown",
         [](Promise& p) {
             p.draft.issue = issue::IssueId(40);
             p.ground.issue = issue::Issue{};
             p.ground.issue->cycle = people::CycleId(99);
         }},
        {"m1_criterion measure.criterion_unknown", [](Promise& p) { p.draft.criterion = cycle::CriterionId(32); }},
        {"m1_criterion measure.criterion_unknown", [](Promise& p) { p.draft.criterion = {}; }},
        {"",
         [](Promise& p) { p.ground.cycle->standing = true, p.ground.cycle->criteria.clear(), p.draft.criterion = {}; }},
        {"m1_kind measure.pledge_needs_no_motion", [](Promise& p) { p.draft.kind = Kind::pledge; }},
        {"m1_title measure.title_missing", [](Promise& p) { p.draft.title.clear(); }},
        {"m1_title kernel.text_too_long", [](Promise& p) { p.draft.title = std::string(max_title + 1, 'x'); }},
        {"m1_text measure.text_missing", [](Promise& p) { p.draft.text.clear(); }},
        {"m1_text kernel.text_too_long", [](Promise& p) { p.draft.text = std::string(max_text + 1, 'x'); }},
        {"m1_lang measure.lang_unknown", [](Promise& p) { p.draft.lang = "?"; }},
        {"m1_owner_unit measure.unit_unknown", [](Promise& p) { p.ground.unit.reset(); }},
        {"m1_owner_unit measure.unit_unknown", [](Promise& p) { p.ground.unit->open = false; }},
        {"m1_owner measure.owner_unfit", [](Promise& p) { p.ground.owner.reset(); }},
        {"m1_owner measure.owner_unfit", [](Promise& p) { p.ground.owner->active = false; }},
        {"m1_owner measure.owner_unfit", [](Promise& p) { p.ground.owner->unit = other_unit; }},
        {"m1_owner measure.owner_unfit", [](Promise& p) { p.ground.owner->roles = {Role::administrator}; }},
        {"m1_owner measure.owner_unfit", [](Promise& p) { p.ground.owner->roles = {Role::inspector}; }},
        {"", [](Promise& p) { p.ground.owner->roles = {Role::head}; }},
        {"m1_indicator_name measure.indicator_missing", [](Promise& p) { p.draft.indicator.name.clear(); }},
        {"m1_indicator_unit kernel.text_too_long",
         [](Promise& p) { p.draft.indicator.unit = std::string(max_unit_of + 1, 'x'); }},
        {"m1_indicator_target measure.target_is_baseline", [](Promise& p) { p.draft.indicator.target = dec("24.0"); }},
        {"m1_due measure.due_past", [](Promise& p) { p.draft.due = on_monday; }},
        {"m1_due measure.due_past", [](Promise& p) { p.draft.due = {}; }},
        {"m1_due measure.due_far", [](Promise& p) { p.draft.due = on("2036-11-24"); }},
        {"m1_beneficiaries measure.beneficiaries_missing", [](Promise& p) { p.draft.beneficiaries.clear(); }},
        {"m1_remedy measure.remedy_missing", [](Promise& p) { p.draft.worse_off = "Drivers"; }},
        {"", [](Promise& p) { p.draft.worse_off = "Drivers", p.draft.remedy = "Parking"; }}};
    int n = 0;
    for (const auto& [expected, spoil] : cases) {
        Promise p = sound();
        spoil(p);
        EXPECT_EQ(refused_at(rules::check(p.draft, p.ground, on_monday, "m1_")), expected) << "case " << n++;
    }
}

TEST(MeasureRules, APledgeIsTheHeadsOwnWithoutAMotion) {
    const auto pledged = [](Role role, people::UnitId unit, people::OfficerId by, Kind kind) {
        Promise p = sound();
        p.draft.kind = kind;
        return refused_at(rules::pledge({by, unit, {role}, ""}, p.draft, p.ground, on_monday));
    };
    EXPECT_EQ(pledged(Role::head, their_unit, promiser, Kind::pledge), "");
    EXPECT_EQ(pledged(Role::head, their_unit, promiser, Kind::fix), "kind measure.kind_needs_motion");
    EXPECT_EQ(pledged(Role::officer, their_unit, promiser, Kind::pledge), " measure.may_not_pledge");
    EXPECT_EQ(pledged(Role::head, other_unit, promiser, Kind::pledge), " measure.may_not_pledge");
    EXPECT_EQ(pledged(Role::head, their_unit, people::OfficerId(60), Kind::pledge), " measure.may_not_pledge")
        << "nobody pledges for another";
    EXPECT_EQ(pledged(Role::administrator, their_unit, promiser, Kind::pledge), " measure.may_not_pledge");
    Promise p = sound();
    p.draft.kind = Kind::pledge;
    EXPECT_EQ(refused(rules::pledge({}, p.draft, p.ground, on_monday)), "people.sign_in_first");
    p.draft.beneficiaries.clear();
    EXPECT_EQ(refused_at(rules::pledge({promiser, their_unit, {Role::head}, ""}, p.draft, p.ground, on_monday)),
              "beneficiaries measure.beneficiaries_missing");
}

}  // namespace
}  // namespace measure

// Contractors: what their people may be, what is refused to them, and how they
// are shown wherever a post is.
#include <gtest/gtest.h>

#include "rules.h"
#include "site_for_tests.h"

namespace people {
namespace {

const OfficerId setter(3);

Contractor firm(bool ended = false) {
    Contractor one{ContractorId(15), "Acme Calls Ltd.", {}};
    if (ended) one.ended = kernel::Instant{60'000}, one.ended_entry = 20;
    return one;
}
std::string outcome_of(const auto& result) { return result ? "ok" : result.error().field + ":" + result.error().key; }

TEST(ContractorRules, TheirPeopleTypeAndDraftAndNothingElse) {
    Unit roads;
    roads.id = UnitId(2);
    const OfficerState now{.officer = {}, .unit = roads, .contractor = firm()};
    for (const Role role : all_roles) {
        const NewOfficer asked{UnitId(2), "hot", "", "Hotline", {role}, false, ContractorId(15)};
        const bool may = role == Role::clerk || role == Role::officer;
        EXPECT_EQ(outcome_of(decide(now, asked, setter)), may ? "ok" : "roles:people.contractor_roles") << name(role);
    }
    const NewOfficer both{UnitId(2), "hot", "", "Hotline", {Role::clerk, Role::head}, false, ContractorId(15)};
    EXPECT_EQ(outcome_of(decide(now, both, setter)), "roles:people.contractor_roles");
    const NewOfficer clerk{UnitId(2), "hot", "", "Hotline", {Role::clerk}, false, ContractorId(15)};
    EXPECT_EQ(decide(now, clerk, setter)->contractor, ContractorId(15));
    EXPECT_EQ(outcome_of(decide(OfficerState{.officer = {}, .unit = roads}, clerk, setter)),
              "contractor:people.contractor_unknown");
    EXPECT_EQ(outcome_of(decide(OfficerState{.officer = {}, .unit = roads, .contractor = firm(true)}, clerk, setter)),
              "contractor:people.contractor_has_ended");
}

TEST(ContractorRules, WhoLeavesMayLeaveAFirmThatEnded) {
    Unit roads;
    roads.id = UnitId(2);
    Officer officer{OfficerId(7), UnitId(2), "Hotline (…)", {Role::clerk}};
    officer.own_post = "Hotline", officer.contractor = ContractorId(15);
    const OfficerState ended{.officer = officer, .unit = roads, .contractor = firm(true)};
    const OfficerEdit leaves{OfficerId(7), UnitId(2), "Hotline", {Role::clerk}, false, "r", ContractorId(15)};
    OfficerEdit stays = leaves, own = leaves;
    stays.active = true, stays.post = "Desk";
    own.active = true, own.contractor = {};
    EXPECT_EQ(outcome_of(decide(ended, leaves, setter)), "ok");
    EXPECT_EQ(outcome_of(decide(ended, stays, setter)), "contractor:people.contractor_has_ended");
    EXPECT_EQ(outcome_of(decide(OfficerState{.officer = officer, .unit = roads}, own, setter)),
              "ok");  // taken over
    OfficerEdit same = leaves;
    same.active = true;
    EXPECT_EQ(outcome_of(decide(OfficerState{.officer = officer, .unit = roads, .contractor = firm()}, same, setter)),
              ":people.unchanged");
}

TEST(ContractorRules, MakingAndEnding) {
    EXPECT_EQ(outcome_of(decide(ContractorState{}, "Acme", setter)), "ok");
    EXPECT_EQ(outcome_of(decide(ContractorState{}, "", setter)), "name:people.contractor_name_missing");
    EXPECT_EQ(outcome_of(decide(ContractorState{}, std::string(max_name + 1, 'x'), setter)),
              "name:kernel.text_too_long");
    EXPECT_EQ(outcome_of(decide(ContractorState{{}, true, false}, "Acme", setter)),
              "name:people.contractor_name_taken");
    const ContractorEnd end{ContractorId(15), "ran out"};
    EXPECT_EQ(outcome_of(decide(ContractorState{firm(), false, false}, end, setter)), "ok");
    EXPECT_EQ(outcome_of(decide(ContractorState{firm(), false, true}, end, setter)), ":people.contractor_has_officers");
    EXPECT_EQ(outcome_of(decide(ContractorState{firm(true), false, false}, end, setter)),
              ":people.contractor_has_ended");
    EXPECT_EQ(outcome_of(decide(ContractorState{}, end, setter)), ":people.contractor_unknown");
    EXPECT_EQ(outcome_of(decide(ContractorState{firm(), false, false}, ContractorEnd{ContractorId(15), ""}, setter)),
              "reason:people.reason_missing");
}

class Contractors : public testing::TestWithParam<db::Engine> {
protected:
    TestSite site{GetParam()};
    const Actor boss = site.administrator();
};
INSTANTIATE_TEST_SUITE_P(Engines, Contractors, testing::ValuesIn(db::engines),
                         db::engine_name<testing::TestParamInfo<db::Engine>>);

TEST_P(Contractors, TheFirmStandsBesideThePostWhereverItIsShown) {
    const ContractorId acme = *make_contractor(site.needs, boss, "Acme Calls Ltd.");
    EXPECT_EQ(key_of(make_contractor(site.needs, boss, "Acme Calls Ltd.")), "people.contractor_name_taken");
    EXPECT_EQ(key_of(make_contractor(site.needs, Actor{}, "Other")), "people.sign_in_first");
    const OfficerId hot =
        *make_officer(site.needs, boss, {boss.unit, "hot", "", "Hotline", {Role::clerk, Role::officer}, false, acme});
    const OfficerId own = *make_officer(site.needs, boss, {boss.unit, "own", "", "Desk", {Role::clerk}});
    const std::string shown = "Hotline (外包 · contractor: Acme Calls Ltd.)";
    auto db = site.read();
    EXPECT_EQ(officer(*db, hot)->post, shown);
    EXPECT_EQ(officer(*db, hot)->own_post, "Hotline");
    EXPECT_EQ(officer(*db, hot)->roles.size(), 2u);
    EXPECT_EQ(officer(*db, own)->post, "Desk");
    EXPECT_EQ(officers(*db, boss.unit)[1].post, shown);
    EXPECT_EQ(officers_with(*db, Role::clerk)[0].post, shown);
    EXPECT_EQ(post_of(*db, hot), shown);
    EXPECT_EQ(posts_by_unit(*db, acme), (std::vector<std::pair<UnitId, std::int64_t>>{{boss.unit, 1}}));
    EXPECT_EQ(key_of(need_own_staff(actor(*db, hot))), "people.contractor_may_not");
    EXPECT_EQ(key_of(need_own_staff(in_force(*db, Actor{hot, boss.unit, {Role::clerk}, {}}))),
              "people.contractor_may_not");
    EXPECT_TRUE(need_own_staff(actor(*db, own)));
    EXPECT_TRUE(need_own_staff(Actor{}));
    EXPECT_EQ(contractors(*db, true).size(), 1u);
}

TEST_P(Contractors, EndWhenNobodyOfThemIsLeft) {
    const ContractorId acme = *make_contractor(site.needs, boss, "Acme Calls Ltd.");
    const OfficerId hot =
        *make_officer(site.needs, boss, {boss.unit, "hot", "", "Hotline", {Role::clerk}, false, acme});
    const ContractorEnd end{acme, "The contract ran out."};
    EXPECT_EQ(key_of(end_contractor(site.needs, boss, end)), "people.contractor_has_officers");
    const OfficerEdit taken_over{hot, boss.unit, "Hotline", {Role::clerk, Role::head}, true, "taken over"};
    ASSERT_TRUE(change_officer(site.needs, boss, taken_over));
    EXPECT_EQ(officer(*site.read(), hot)->post, "Hotline");
    const std::int64_t entry = site.ledger->size();
    ASSERT_TRUE(end_contractor(site.needs, boss, end));
    auto db = site.read();
    const Contractor ended = contractor(*db, acme).value();
    EXPECT_TRUE(ended.ended);
    EXPECT_EQ(ended.ended_entry, entry);
    EXPECT_EQ(ended.reason, "The contract ran out.");
    EXPECT_TRUE(contractors(*db, true).empty());
    EXPECT_EQ(contractors(*db).size(), 1u);
    EXPECT_FALSE(contractor(*db, ContractorId(1)));
    ASSERT_TRUE(make_contractor(site.needs, boss,
                                "Acme Calls Ltd."));  // the name is free again
}

}  // namespace
}  // namespace people

#include "rules.h"

#include <gtest/gtest.h>

namespace visit {
namespace {

using people::Role;

constexpr kernel::Day today{20'000};

people::Actor with(std::initializer_list<Role> roles, std::int64_t unit = 1) {
    return {people::OfficerId(9), people::UnitId(unit), roles, ""};
}
Visit standing() {
    Visit v;
    v.id = VisitId(60);
    v.unit = people::UnitId(1);
    v.day = today + -3;
    v.met = 12;
    return v;
}
issue::Issue about(issue::State state) {
    issue::Issue i;
    i.id = issue::IssueId(50);
    i.cycle = people::CycleId(40);
    i.state = state;
    return i;
}
Draft good() {
    Draft d;
    d.issue = issue::IssueId(50);
    d.posts = "engineer", d.where = "East Street", d.heard = "It is dark", d.lang = "en";
    d.day = today;
    d.met = 4;
    return d;
}
template <class T>
std::string said(const kernel::Result<T>& result) {
    return result ? "" : result.error().field + " " + result.error().key;
}

TEST(VisitRules, WhoMayRecordAndWhoMayGoOn) {
    struct {
        people::Actor who;
        const char *record, *go_on;
    } cases[] = {
        {{}, " people.sign_in_first", " people.sign_in_first"},
        {with({Role::administrator}), " visit.may_not_record", " visit.may_not_go_on"},
        {with({Role::moderator}), " visit.may_not_record", " visit.may_not_go_on"},
        {with({Role::inspector}), " visit.may_not_record", " visit.may_not_go_on"},
        {with({Role::member}), " visit.may_not_record", " visit.may_not_go_on"},
        {with({Role::officer}), "", ""},
        {with({Role::head}), "", ""},
        {with({Role::clerk}), "", ""},
        {with({Role::officer}, 2), "", " visit.may_not_go_on"},
        {with({Role::head}, 2), "", " visit.may_not_go_on"},
        {with({Role::clerk}, 2), "", ""},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(said(rules::may_record(c.who)), c.record);
        EXPECT_EQ(said(rules::may_go_on(c.who, standing())), c.go_on);
        EXPECT_EQ(said(rules::record(c.who, good(), about(issue::State::confirmed), today)), c.record);
        EXPECT_EQ(said(rules::report_back(c.who, standing(), today, "done", today)), c.go_on);
        EXPECT_EQ(said(rules::correct(c.who, standing(), {today, 1, true}, "wrong", today)), c.go_on);
    }
}

TEST(VisitRules, AnIssueIsSeenInEveryStateButDismissed) {
    using S = issue::State;
    for (S state : {S::suggested, S::confirmed, S::before_body, S::adopted, S::refused, S::resolved, S::carried_over})
        EXPECT_TRUE(rules::record(with({Role::officer}), good(), about(state), today)) << issue::name(state);
    EXPECT_EQ(said(rules::record(with({Role::officer}), good(), about(S::dismissed), today)), " visit.issue_dismissed");
    EXPECT_EQ(said(rules::record(with({Role::officer}), good(), std::nullopt, today)), " issue.unknown");
}

TEST(VisitRules, EachFieldIsRefusedAtItself) {
    struct {
        void (*spoil)(Draft&);
        const char* refused;
    } cases[] = {
        {[](Draft&) {}, ""},
        {[](Draft& d) { d.posts = ""; }, "posts visit.posts_missing"},
        {[](Draft& d) { d.posts = std::string(200, 'x'); }, ""},
        {[](Draft& d) { d.posts = std::string(201, 'x'); }, "posts kernel.text_too_long"},
        {[](Draft& d) { d.where = ""; }, "where visit.where_missing"},
        {[](Draft& d) { d.where = std::string(201, 'x'); }, "where kernel.text_too_long"},
        {[](Draft& d) { d.heard = ""; }, "heard visit.heard_missing"},
        {[](Draft& d) { d.heard = std::string(3000, 'x'); }, ""},
        {[](Draft& d) { d.heard = std::string(3001, 'x'); }, "heard kernel.text_too_long"},
        {[](Draft& d) { d.promised = std::string(1001, 'x'); }, "promised kernel.text_too_long"},
        {[](Draft& d) { d.day = today + 1; }, "day visit.day_ahead"},
        {[](Draft& d) { d.day = today + -366; }, ""},
        {[](Draft& d) { d.day = today + -367; }, "day visit.day_too_old"},
        {[](Draft& d) { d.met = 0; }, ""},
        {[](Draft& d) { d.met = 100'000; }, ""},
        {[](Draft& d) { d.met = 100'001; }, "met visit.met_number"},
        {[](Draft& d) { d.met = -1; }, "met visit.met_number"},
    };
    for (std::size_t i = 0; i < std::size(cases); ++i) {
        Draft d = good();
        cases[i].spoil(d);
        EXPECT_EQ(said(rules::record(with({Role::officer}), d, about(issue::State::confirmed), today)),
                  cases[i].refused)
            << i;
    }
}

TEST(VisitRules, TheUnitAndTheRoundAreNotChosen) {
    const auto change = rules::record(with({Role::officer}, 7), good(), about(issue::State::confirmed), today);
    ASSERT_TRUE(change);
    EXPECT_EQ(change->unit, people::UnitId(7));
    EXPECT_EQ(change->cycle, people::CycleId(40));
    EXPECT_EQ(change->by, people::OfficerId(9));
}

TEST(VisitRules, ThoseMetAreToldOnceAndAfterwards) {
    const auto officer = with({Role::officer});
    Visit told = standing();
    told.reported_back = today;
    EXPECT_EQ(said(rules::report_back(officer, told, today, "again", today)), " visit.told_already");
    EXPECT_EQ(said(rules::report_back(officer, standing(), today + 1, "x", today)), "day visit.day_ahead");
    EXPECT_EQ(said(rules::report_back(officer, standing(), today + -4, "x", today)), "day visit.told_before");
    EXPECT_EQ(said(rules::report_back(officer, standing(), today + -3, "x", today)), "");
    EXPECT_EQ(said(rules::report_back(officer, standing(), today, "", today)), "what visit.told_missing");
    EXPECT_EQ(said(rules::report_back(officer, standing(), today, std::string(2001, 'x'), today)),
              "what kernel.text_too_long");
}

TEST(VisitRules, ACorrectionChangesSomethingAndSaysWhy) {
    const auto officer = with({Role::officer});
    const Visit v = standing();
    EXPECT_EQ(said(rules::correct(officer, v, {v.day, v.met, v.may_decide}, "x", today)), "day visit.nothing_changed");
    EXPECT_EQ(said(rules::correct(officer, v, {v.day, v.met, true}, "", today)), "reason visit.reason_missing");
    EXPECT_EQ(said(rules::correct(officer, v, {v.day, v.met, true}, std::string(1001, 'x'), today)),
              "reason kernel.text_too_long");
    EXPECT_EQ(said(rules::correct(officer, v, {today + 1, v.met, true}, "x", today)), "day visit.day_ahead");
    EXPECT_EQ(said(rules::correct(officer, v, {v.day, 100'001, true}, "x", today)), "met visit.met_number");
    EXPECT_EQ(said(rules::correct(officer, v, {v.day, 3, false}, "x", today)), "");
    Visit told = v;
    told.reported_back = today + -1;
    EXPECT_EQ(said(rules::correct(officer, told, {today, v.met, true}, "x", today)), "day visit.after_told");
    // What is older than a year by now may keep its day.
    EXPECT_EQ(said(rules::correct(officer, v, {v.day, 3, false}, "x", today + 1000)), "");
    EXPECT_EQ(said(rules::correct(officer, v, {v.day + 1, 3, false}, "x", today + 1000)), "day visit.day_too_old");
}

}  // namespace
}  // namespace visit

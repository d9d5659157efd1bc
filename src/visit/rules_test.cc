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
rules::Known about(std::optional<issue::State> state) {
    rules::Known known;
    known.desk = people::CycleId(30);
    if (!state) return known;
    known.issue.emplace();
    known.issue->id = issue::IssueId(50);
    known.issue->cycle = people::CycleId(40);
    known.issue->state = *state;
    return known;
}
Plan made(kernel::Day made, kernel::Day day) {
    Plan p;
    p.id = PlanId(44);
    p.unit = people::UnitId(1);
    p.issue = issue::IssueId(50);
    p.made = made, p.day = day;
    return p;
}
voice::Voice message(std::int64_t id, voice::Shown shown) {
    voice::Voice v;
    v.id = voice::VoiceId(id);
    v.shown = shown;
    return v;
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

people::Actor of_a_contractor(Role role) {
    people::Actor actor = with({role});
    actor.contractor = people::ContractorId(15);
    return actor;
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
        {of_a_contractor(Role::officer), " people.contractor_may_not", " people.contractor_may_not"},
        {of_a_contractor(Role::clerk), " people.contractor_may_not", " people.contractor_may_not"},
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
    EXPECT_EQ(said(rules::record(with({Role::officer}), good(), about(std::nullopt), today)), " issue.unknown");
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

// What came with planning, staying for days and groups.
TEST(VisitRules, EachNewFieldIsRefusedAtItself) {
    using G = Group;
    struct {
        void (*spoil)(Draft&);
        const char* refused;
    } cases[] = {
        {[](Draft& d) { d.until = d.day; }, ""},
        {[](Draft& d) { d.until = d.day + -1; }, "until visit.until_before"},
        {[](Draft& d) { d.until = today + 1; }, "until visit.day_ahead"},
        {[](Draft& d) { d.day = today + -92, d.until = today; }, ""},
        {[](Draft& d) { d.day = today + -93, d.until = today; }, "until visit.until_long"},
        {[](Draft& d) {
             d.groups = {{G::residents, 3}, {G::others, 1}};
         },
         ""},
        {[](Draft& d) {
             d.groups = {{G::residents, 3}, {G::others, 2}};
         },
         "met visit.groups_more"},
        {[](Draft& d) {
             d.groups = {{G::users, 1}, {G::users, 1}};
         },
         "met_users visit.group_twice"},
        {[](Draft& d) {
             d.groups = {{G::users, 0}};
         },
         "met_users visit.met_number"},
        {[](Draft& d) {
             d.groups = {{G::users, -1}};
         },
         "met_users visit.met_number"},
        {[](Draft& d) {
             d.groups = {{G::users, 100'001}};
         },
         "met_users visit.met_number"},
        {[](Draft& d) { d.voices = {voice::VoiceId(17)}; }, ""},
        {[](Draft& d) { d.voices = {voice::VoiceId(18)}; }, "voices visit.voice_not_public"},
        {[](Draft& d) { d.voices = {voice::VoiceId(99)}; }, "voices visit.voice_unknown"},
        {[](Draft& d) { d.voices.assign(51, voice::VoiceId(17)); }, "voices visit.too_many"},
        {[](Draft& d) {
             for (int i = 0; i < 51; ++i) d.voices.emplace_back(100 + i);
         },
         "voices visit.too_many"},
        {[](Draft& d) { d.measures = {measure::MeasureId(41)}; }, ""},
        {[](Draft& d) { d.measures = {measure::MeasureId(42)}; }, "measures visit.measure_unknown"},
        {[](Draft& d) { d.origin = std::string(32, 'a'); }, ""},
        {[](Draft& d) { d.origin = std::string(31, 'a'); }, "origin visit.origin_malformed"},
        {[](Draft& d) { d.origin = std::string(33, 'a'); }, "origin visit.origin_malformed"},
        {[](Draft& d) { d.origin = std::string(32, 'A'); }, "origin visit.origin_malformed"},
        {[](Draft& d) { d.origin = ""; }, "origin visit.origin_malformed"},
        {[](Draft& d) { d.issue.reset(); }, ""},
    };
    rules::Known known = about(issue::State::confirmed);
    known.voices = {message(17, voice::Shown::published), message(18, voice::Shown::unit_only)};
    known.measures = {measure::MeasureId(41)};
    for (std::size_t i = 0; i < std::size(cases); ++i) {
        Draft d = good();
        cases[i].spoil(d);
        rules::Known at = known;
        if (!d.issue) at.issue.reset();
        EXPECT_EQ(said(rules::record(with({Role::officer}), d, at, today)), cases[i].refused) << i;
    }
}

TEST(VisitRules, AVisitKeepsAPlanOfItsOwnUnitPublishedBeforeIt) {
    struct {
        void (*change)(Plan&, Draft&, std::optional<Plan>&);
        std::initializer_list<Role> roles;
        std::int64_t unit;
        const char* refused;
    } cases[] = {
        {[](Plan&, Draft&, std::optional<Plan>&) {}, {Role::officer}, 1, ""},
        {[](Plan&, Draft&, std::optional<Plan>&) {}, {Role::officer}, 2, "plan visit.plan_of_others"},
        {[](Plan&, Draft&, std::optional<Plan>&) {}, {Role::clerk}, 2, ""},
        {[](Plan&, Draft&, std::optional<Plan>& found) { found.reset(); },
         {Role::officer},
         1,
         "plan visit.plan_unknown"},
        {[](Plan& p, Draft&, std::optional<Plan>& found) { p.visit = VisitId(70), found = p; },
         {Role::officer},
         1,
         "plan visit.plan_kept"},
        {[](Plan& p, Draft&, std::optional<Plan>& found) { p.called_off = true, found = p; },
         {Role::officer},
         1,
         "plan visit.plan_called_off"},
        {[](Plan& p, Draft&, std::optional<Plan>& found) { p.issue = issue::IssueId(51), found = p; },
         {Role::officer},
         1,
         "plan visit.plan_other_issue"},
        {[](Plan& p, Draft&, std::optional<Plan>& found) { p.issue.reset(), found = p; },
         {Role::officer},
         1,
         "plan visit.plan_other_issue"},
        {[](Plan&, Draft& d, std::optional<Plan>&) { d.day = today + -5; }, {Role::officer}, 1, ""},
        {[](Plan&, Draft& d, std::optional<Plan>&) { d.day = today + -6; },
         {Role::officer},
         1,
         "plan visit.plan_after"},
    };
    for (std::size_t i = 0; i < std::size(cases); ++i) {
        Plan plan = made(today + -5, today + -1);
        Draft d = good();
        d.plan = plan.id;
        rules::Known known = about(issue::State::confirmed);
        known.plan = plan;
        cases[i].change(plan, d, known.plan);
        const auto change = rules::record(with(cases[i].roles, cases[i].unit), d, known, today);
        EXPECT_EQ(said(change), cases[i].refused) << i;
        if (change) { EXPECT_EQ(change->plan, plan.id); }
    }
}

TEST(VisitRules, PlansAreForDaysToComeAndSayWhy) {
    PlanDraft good;
    good.day = today, good.posts = "engineer", good.where = "East Street", good.why = "to look", good.lang = "en";
    struct {
        void (*spoil)(PlanDraft&);
        const char* refused;
    } cases[] = {
        {[](PlanDraft&) {}, ""},
        {[](PlanDraft& d) { d.day = today + -1; }, "day visit.plan_day_over"},
        {[](PlanDraft& d) { d.day = today + 366; }, ""},
        {[](PlanDraft& d) { d.day = today + 367; }, "day visit.plan_day_far"},
        {[](PlanDraft& d) { d.posts = ""; }, "posts visit.posts_missing"},
        {[](PlanDraft& d) { d.where = std::string(201, 'x'); }, "where kernel.text_too_long"},
        {[](PlanDraft& d) { d.why = ""; }, "why visit.why_missing"},
        {[](PlanDraft& d) { d.why = std::string(1001, 'x'); }, "why kernel.text_too_long"},
    };
    for (std::size_t i = 0; i < std::size(cases); ++i) {
        PlanDraft d = good;
        cases[i].spoil(d);
        EXPECT_EQ(said(rules::plan(with({Role::head}), d, about(std::nullopt), today)), cases[i].refused) << i;
    }
    EXPECT_EQ(said(rules::plan(with({Role::moderator}), good, about(std::nullopt), today)), " visit.may_not_record");
    good.issue = issue::IssueId(50);
    EXPECT_EQ(said(rules::plan(with({Role::head}), good, about(std::nullopt), today)), " issue.unknown");
    EXPECT_EQ(said(rules::plan(with({Role::head}), good, about(issue::State::dismissed), today)),
              " visit.issue_dismissed");
    const auto planned = rules::plan(with({Role::head}, 7), good, about(issue::State::confirmed), today);
    ASSERT_TRUE(planned);
    EXPECT_EQ(planned->cycle, people::CycleId(40));
    EXPECT_EQ(planned->unit, people::UnitId(7));
    EXPECT_EQ(planned->made, today);
}

TEST(VisitRules, WhatIsOpenIsCalledOffOnce) {
    Plan open = made(today, today + 3), kept = open, off = open;
    kept.visit = VisitId(70), off.called_off = true;
    const auto officer = with({Role::officer});
    EXPECT_EQ(said(rules::call_off(officer, open, "snow")), "");
    EXPECT_EQ(said(rules::call_off(officer, open, "")), "reason visit.call_off_missing");
    EXPECT_EQ(said(rules::call_off(officer, kept, "snow")), " visit.plan_kept");
    EXPECT_EQ(said(rules::call_off(officer, off, "snow")), " visit.plan_called_off");
    EXPECT_EQ(said(rules::call_off(with({Role::officer}, 2), open, "snow")), " visit.may_not_go_on");
    EXPECT_EQ(said(rules::call_off(with({Role::clerk}, 2), open, "snow")), "");
    EXPECT_EQ(said(rules::call_off({}, open, "snow")), " people.sign_in_first");
}

TEST(VisitRules, LinksStandAnewAndWhatGoesNeedsAReason) {
    Visit v = standing();
    v.voices = {voice::VoiceId(17)}, v.measures = {measure::MeasureId(41)};
    rules::Known known;
    known.voices = {message(17, voice::Shown::hidden), message(18, voice::Shown::published)};
    known.measures = {measure::MeasureId(41)};
    const auto officer = with({Role::officer});
    const auto link = [&](std::vector<std::int64_t> voices, std::vector<std::int64_t> measures, const char* reason) {
        Links to;
        for (std::int64_t n : voices) to.voices.emplace_back(n);
        for (std::int64_t n : measures) to.measures.emplace_back(n);
        return said(rules::link(officer, v, to, known, reason));
    };
    // One that was hidden since stays where it stands.
    EXPECT_EQ(link({18, 17}, {41}, ""), "");
    EXPECT_EQ(link({17, 17}, {41}, ""), "voices visit.nothing_changed");
    EXPECT_EQ(link({18}, {41}, ""), "reason visit.reason_missing");
    EXPECT_EQ(link({18}, {41}, "wrong number"), "");
    EXPECT_EQ(link({17}, {}, ""), "reason visit.reason_missing");
    EXPECT_EQ(link({17, 99}, {41}, ""), "voices visit.voice_unknown");
    EXPECT_EQ(link({17}, {41, 42}, ""), "measures visit.measure_unknown");
    EXPECT_EQ(link({17, 18}, {41}, std::string(1001, 'x').c_str()), "reason kernel.text_too_long");
    EXPECT_EQ(said(rules::link(with({Role::officer}, 2), v, {}, known, "x")), " visit.may_not_go_on");
}

TEST(VisitRules, ACorrectionFitsWhatStandsBesideIt) {
    Visit v = standing();
    v.until = v.day + 1, v.groups = {{Group::users, 10}};
    const auto officer = with({Role::officer});
    EXPECT_EQ(said(rules::correct(officer, v, {v.day + 2, v.met, true}, "x", today)), "day visit.after_until");
    EXPECT_EQ(said(rules::correct(officer, v, {v.day, 9, true}, "x", today)), "met visit.groups_more");
    EXPECT_EQ(said(rules::correct(officer, v, {v.day + 1, 10, true}, "x", today)), "");
    EXPECT_EQ(said(rules::report_back(officer, v, v.day, "told", today)), "day visit.told_before");
    EXPECT_EQ(said(rules::report_back(officer, v, v.day + 1, "told", today)), "");
}

TEST(VisitRules, TheUnitAndTheRoundAreNotChosen) {
    const auto change = rules::record(with({Role::officer}, 7), good(), about(issue::State::confirmed), today);
    ASSERT_TRUE(change);
    EXPECT_EQ(change->unit, people::UnitId(7));
    EXPECT_EQ(change->cycle, people::CycleId(40));
    EXPECT_EQ(change->by, people::OfficerId(9));
    Draft none = good();
    none.issue.reset();
    EXPECT_EQ(rules::record(with({Role::officer}), none, about(std::nullopt), today)->cycle, people::CycleId(30));
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

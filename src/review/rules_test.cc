#include "rules.h"

#include <gtest/gtest.h>

namespace review {
namespace {

using people::Role;

const kernel::Day monday = kernel::parse_day("2026-11-23").value();

rules::Who with(std::initializer_list<Role> roles, bool independent = true) {
    rules::Who who;
    who.actor = {people::OfficerId(9), people::UnitId(3), roles, ""};
    who.independent = independent;
    return who;
}
measure::Measure done_measure() {
    measure::Measure m;
    m.id = measure::MeasureId(40);
    m.promised.cycle = people::CycleId(30);
    m.promised.owner_unit = people::UnitId(2);
    m.promised.owner = people::OfficerId(8);
    m.state = measure::State::verified;
    return m;
}
rules::Ground ground() {
    cycle::Cycle c;
    c.id = people::CycleId(30);
    c.criteria = {{cycle::CriterionId(31), "Waiting is short"}};
    return {done_measure(), c, 5};
}
Draft whole_draft() {
    Draft d;
    d.measure = measure::MeasureId(40);
    d.lang = "en";
    d.questions = {{"Was it done?", cycle::CriterionId(31)}};
    d.panels = {{Group::recipients, "Riders", "by lot", 70, Secrecy::secret, 10},
                {Group::media, "Papers", "by their union", 30, Secrecy::named, 2}};
    d.closes = monday + 7;
    return d;
}
Review in(State state) {
    Review r;
    r.id = ReviewId(50);
    r.frozen = whole_draft();
    r.state = state;
    return r;
}
template <class T>
std::string said(const kernel::Result<T>& result) {
    return result ? "" : result.error().key + (result.error().field.empty() ? "" : " " + result.error().field);
}

TEST(ReviewRules, WhoMayRunOne) {
    measure::Measure plain = done_measure(), nobody = done_measure();
    nobody.nobody_independent = true;
    struct {
        const char* what;
        rules::Who who;
        bool nobody, of_owner_unit;
        const char* refusal;
    } cases[] = {
        {"not signed in", {}, false, false, "people.sign_in_first"},
        {"administrator", with({Role::administrator}), false, false, "review.may_not"},
        {"officer", with({Role::officer}), false, false, "review.may_not"},
        {"moderator", with({Role::moderator}), false, false, "review.may_not"},
        {"inspector", with({Role::inspector}), false, false, "review.may_not"},
        {"member", with({Role::member}), false, false, "review.may_not"},
        {"clerk outside", with({Role::clerk}), false, false, ""},
        {"head outside", with({Role::head}), false, false, ""},
        {"clerk of the owner's unit", with({Role::clerk}, false), false, true, "review.conflict"},
        {"head of the owner's unit", with({Role::head}, false), false, true, "review.conflict"},
        {"clerk under it", with({Role::clerk}, false), false, false, "review.conflict"},
        {"clerk under it, nobody independent", with({Role::clerk}, false), true, false, ""},
        {"head under it, nobody independent", with({Role::head}, false), true, false, "review.conflict"},
        {"clerk of it, nobody independent", with({Role::clerk}, false), true, true, "review.conflict"},
    };
    for (auto& c : cases) {
        c.who.nobody = c.nobody, c.who.of_owner_unit = c.of_owner_unit;
        EXPECT_EQ(said(rules::may_run(done_measure(), c.who)), c.refusal) << c.what;
    }
    rules::Who owner = with({Role::clerk});
    owner.actor.officer = people::OfficerId(8);
    EXPECT_EQ(said(rules::may_run(done_measure(), owner)), "review.conflict") << "the owner, wherever they went";
}

TEST(ReviewRules, ADraftIsWholeOrSaysWhatIsWrong) {
    using D = Draft;
    struct {
        const char* refusal;
        std::function<void(D&)> spoil;
    } cases[] = {
        {"", [](D&) {}},
        {"review.lang_missing lang", [](D& d) { d.lang = ""; }},
        {"review.question_missing q1_text", [](D& d) { d.questions.clear(); }},
        {"review.question_missing q1_text", [](D& d) { d.questions[0].text = ""; }},
        {"kernel.text_too_long q1_text", [](D& d) { d.questions[0].text = std::string(301, 'x'); }},
        {"review.too_many_questions q1_text", [](D& d) { d.questions.resize(11, d.questions[0]); }},
        {"", [](D& d) { d.questions.resize(10, d.questions[0]); }},
        {"review.criterion_unknown q1_criterion", [](D& d) { d.questions[0].criterion = {}; }},
        {"review.criterion_unknown q2_criterion",
         [](D& d) {
             d.questions.push_back({"And?", cycle::CriterionId(99)});
         }},
        {"review.panels_missing p1_name", [](D& d) { d.panels.clear(); }},
        {"review.too_many_panels p1_name", [](D& d) { d.panels.resize(9, d.panels[0]); }},
        {"review.panel_nameless p2_name", [](D& d) { d.panels[1].name = ""; }},
        {"review.chosen_by_missing p2_chosen_by", [](D& d) { d.panels[1].chosen_by = ""; }},
        {"review.weight_range p1_weight", [](D& d) { d.panels[0].weight = 0; }},
        {"review.weights_sum p1_weight", [](D& d) { d.panels[0].weight = 71; }},
        {"review.weights_sum p1_weight", [](D& d) { d.panels[0].weight = 69; }},
        {"review.roll_range p2_roll", [](D& d) { d.panels[1].roll = 0; }},
        {"review.roll_range p1_roll", [](D& d) { d.panels[0].roll = 10'001; }},
        {"review.roll_range p1_roll", [](D& d) { d.panels[0].roll = 9'999; }},
        {"", [](D& d) { d.panels[0].roll = 9'998; }},
        {"review.must_be_secret p1_secrecy", [](D& d) { d.panels[0].secrecy = Secrecy::named; }},
        {"review.roll_below_k p1_roll", [](D& d) { d.panels[0].roll = 4; }},
        {"", [](D& d) { d.panels[0].roll = 5; }},
        {"review.roll_below_k p2_roll", [](D& d) { d.panels[1].secrecy = Secrecy::secret; }},
        {"review.nobody_concerned p1_group", [](D& d) { d.panels[0].group = Group::peers; }},
        {"", [](D& d) { d.panels[0].group = Group::people; }},
        {"review.threshold_range accept_percent", [](D& d) { d.accept_percent = 49; }},
        {"review.threshold_range accept_percent", [](D& d) { d.accept_percent = 101; }},
        {"", [](D& d) { d.accept_percent = 50; }},
        {"review.k_range k", [](D& d) { d.k = 4; }},
        {"review.k_range k", [](D& d) { d.k = 101; }},
        {"review.closes_too_soon closes", [](D& d) { d.closes = monday; }},
        {"", [](D& d) { d.closes = monday + 1; }},
        {"", [](D& d) { d.closes = monday + 183; }},
        {"review.closes_too_late closes", [](D& d) { d.closes = monday + 184; }},
    };
    int n = 0;
    for (const auto& c : cases) {
        Draft d = whole_draft();
        c.spoil(d);
        EXPECT_EQ(said(rules::draft(d, ground(), with({Role::clerk}), monday)), c.refusal) << "case " << n;
        ++n;
    }
}

TEST(ReviewRules, WhatADraftLeansOn) {
    EXPECT_EQ(said(rules::draft(whole_draft(), {}, with({Role::clerk}), monday)), "measure.unknown");
    EXPECT_EQ(said(rules::draft(whole_draft(), ground(), with({Role::officer}), monday)), "review.may_not");
    rules::Ground of_desk = ground();
    of_desk.cycle->criteria.clear();
    EXPECT_EQ(said(rules::draft(whole_draft(), of_desk, with({Role::clerk}), monday)),
              "review.criterion_unknown q1_criterion");
    Draft without = whole_draft();
    without.questions[0].criterion = {};
    EXPECT_EQ(said(rules::draft(without, of_desk, with({Role::clerk}), monday)), "");
    for (measure::State state : measure::all_states) {
        rules::Ground g = ground();
        g.measure->state = state;
        const bool over = state == measure::State::accepted || state == measure::State::closed;
        EXPECT_EQ(said(rules::draft(whole_draft(), g, with({Role::clerk}), monday)),
                  over ? "review.judged_already" : "")
            << measure::name(state);
    }
    rules::Ground sample = ground();
    sample.measure->promised.sample = true;
    EXPECT_TRUE(rules::draft(whole_draft(), sample, with({Role::clerk}), monday)->draft.sample);
}

TEST(ReviewRules, StateByState) {
    const kernel::Checked ready, not_ready = kernel::refuse(kernel::Code::conflict, "measure.not_verified");
    const std::vector<int> answers = {5};
    struct {
        State state;
        kernel::Day today;
        const char *open, *cast, *close, *by_clock;
    } cases[] = {
        {State::drafted, monday, "", "review.not_open_yet", "review.wrong_state", "review.wrong_state"},
        {State::drafted, monday + 6, "", "review.not_open_yet", "review.wrong_state", "review.wrong_state"},
        {State::drafted, monday + 7, "review.day_has_come", "review.not_open_yet", "review.wrong_state",
         "review.wrong_state"},
        {State::open, monday, "review.wrong_state", "", "review.too_early", "review.too_early"},
        {State::open, monday + 7, "review.wrong_state", "", "review.too_early", "review.too_early"},
        {State::open, monday + 8, "review.wrong_state", "review.over", "", ""},
        {State::closed, monday, "review.wrong_state", "review.over", "review.wrong_state", "review.wrong_state"},
        {State::closed, monday + 8, "review.wrong_state", "review.over", "review.wrong_state", "review.wrong_state"},
    };
    const rules::Who clerk = with({Role::clerk});
    for (const auto& c : cases) {
        const Review r = in(c.state);
        const std::string where = std::string(name(c.state)) + " " + kernel::iso(c.today);
        EXPECT_EQ(said(rules::open(r, done_measure(), clerk, ready, false, c.today)), c.open) << where;
        EXPECT_EQ(said(rules::whole(r, answers, c.today)), c.cast) << where;
        EXPECT_EQ(said(rules::close(r, done_measure(), clerk, 11, c.today)), c.close) << where;
        EXPECT_EQ(said(rules::close_by_clock(r, c.today)), c.by_clock) << where;
    }
    EXPECT_EQ(said(rules::open(in(State::drafted), done_measure(), clerk, not_ready, false, monday)),
              "measure.not_verified");
    EXPECT_EQ(said(rules::open(in(State::drafted), done_measure(), clerk, ready, true, monday)), "review.another_open");
    EXPECT_EQ(said(rules::open(in(State::drafted), done_measure(), with({Role::head}, false), ready, false, monday)),
              "review.conflict");
    EXPECT_EQ(said(rules::close(in(State::open), done_measure(), with({Role::head}, false), 12, monday)),
              "review.conflict");
    EXPECT_EQ(said(rules::close(in(State::open), done_measure(), clerk, 12, monday)), "") << "every code is used";
}

TEST(ReviewRules, ABallotIsWholeBeforeItsCodeIsLookedAt) {
    Review r = in(State::open);
    r.frozen.questions.resize(3, r.frozen.questions[0]);
    struct {
        std::vector<int> answers;
        const char* refusal;
    } cases[] = {
        {{5, 0, 1}, ""},
        {{}, "review.answers_count q1"},
        {{5, 5}, "review.answers_count q3"},
        {{5, 5, 5, 5}, "review.answers_count q3"},
        {{6, 5, 5}, "review.answer_range q1"},
        {{5, -1, 5}, "review.answer_range q2"},
    };
    for (const auto& c : cases) EXPECT_EQ(said(rules::whole(r, c.answers, monday)), c.refusal);
}

TEST(ReviewRules, OnlyThoseWhoSignGiveNameAndReasons) {
    const PanelDraft secret = whole_draft().panels[0], named = whole_draft().panels[1];
    EXPECT_EQ(said(rules::signature(secret, "", "")), "");
    EXPECT_EQ(said(rules::signature(secret, "A. N.", "")), "review.secret_has_no_name name");
    EXPECT_EQ(said(rules::signature(secret, "", "good")), "review.secret_has_no_name reasons");
    EXPECT_EQ(said(rules::signature(named, "A. N.", "good")), "");
    EXPECT_EQ(said(rules::signature(named, "", "good")), "review.name_missing name");
    EXPECT_EQ(said(rules::signature(named, "A. N.", "")), "review.reasons_missing reasons");
    EXPECT_EQ(said(rules::signature(named, std::string(121, 'x'), "good")), "kernel.text_too_long name");
    EXPECT_EQ(said(rules::signature(named, "A. N.", std::string(1001, 'x'))), "kernel.text_too_long reasons");
}

TEST(ReviewRules, WhatIsPublishedHoldsNoBallotOfASecretPanel) {
    Review r = in(State::open);
    r.frozen.questions.resize(2, r.frozen.questions[0]);
    std::vector<Ballot> ballots;
    for (int i = 0; i < 5; ++i) ballots.push_back({0, i < 3 ? "51" : "20", "", ""});
    ballots.push_back({1, "40", "A. N.", "I saw it"});
    const std::vector<std::string> spent = {"a", "b", "c", "d", "e", "f"};
    const auto panel_of = [](const std::string& mark) { return mark == "c" ? 1 : 0; };
    int shuffled = 0;
    const auto backwards = [&](std::string& column) {
        ++shuffled;
        std::reverse(column.begin(), column.end());
    };
    change::Closed c = rules::closed(r, ballots, spent, panel_of, backwards);
    EXPECT_EQ(shuffled, 2) << "each question by itself";
    EXPECT_EQ(c.panels[0].answers, (std::vector<std::string>{"22555", "00111"}));
    EXPECT_EQ(c.panels[0].spent, (std::vector<std::string>{"a", "b", "d", "e", "f"}));
    EXPECT_TRUE(c.panels[0].named.empty());
    EXPECT_EQ(c.panels[1].named, (std::vector<change::Named>{{"40", "A. N.", "I saw it"}}));
    EXPECT_TRUE(c.panels[1].answers.empty());
    EXPECT_EQ(c.percent, 72) << "(70 * 3/5 + 30) / 100";
    EXPECT_TRUE(c.enough && c.accepted);
    ballots.erase(ballots.begin());
    c = rules::closed(r, ballots, spent, panel_of, backwards);
    EXPECT_EQ(c.panels[0].cast, 4);
    EXPECT_TRUE(c.panels[0].answers.empty()) << "below k nothing of what was said is kept";
    EXPECT_FALSE(c.enough);
    EXPECT_FALSE(c.percent);
}

TEST(ReviewRules, PassedOverWithAReasonOnce) {
    measure::Measure m = done_measure();
    EXPECT_EQ(said(rules::pass_over(m, with({Role::clerk}), false, "No panel could be found")), "");
    EXPECT_EQ(said(rules::pass_over(m, with({Role::clerk}), false, "")), "review.reason_missing reason");
    EXPECT_EQ(said(rules::pass_over(m, with({Role::clerk}), true, "x")), "review.listed_already");
    EXPECT_EQ(said(rules::pass_over(m, with({Role::officer}), false, "x")), "review.may_not");
    EXPECT_EQ(said(rules::pass_over({}, with({Role::clerk}), false, "x")), "measure.unknown");
    m.review = 17;
    EXPECT_EQ(said(rules::pass_over(m, with({Role::clerk}), false, "x")), "review.listed_already");
}

}  // namespace
}  // namespace review

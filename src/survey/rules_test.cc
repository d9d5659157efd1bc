#include "rules.h"

#include <gtest/gtest.h>
#include <kernel/testing.h>

#include "test_world.h"

namespace survey {
namespace {

using kernel::refused_at;

const kernel::Day monday = kernel::on("2026-11-23");

rules::Ground ground(cycle::Phase phase = cycle::Phase::consult) {
    cycle::Cycle c;
    c.id = CycleId(9), c.organiser = people::UnitId(3), c.phase = phase;
    return {c, 5};
}
people::Actor actor(std::vector<people::Role> roles, std::int64_t unit = 3) {
    people::Actor a;
    a.officer = people::OfficerId(4), a.unit = people::UnitId(unit), a.roles = std::move(roles);
    return a;
}
const people::Actor clerk = actor({people::Role::clerk}, 8);

Draft good() {
    Draft d;
    d.cycle = CycleId(9), d.title = "Buses", d.lang = "en", d.questions = every_type(), d.closes = monday + 7;
    return d;
}
Survey in(State state) { return {SurveyId(17), good(), state, 0}; }

TEST(SurveyRules, DraftsThatAreRefused) {
    const auto of = [](auto spoil) {
        Draft d = good();
        spoil(d);
        return refused_at(rules::draft(d, ground(), clerk, monday));
    };
    using D = Draft&;
    const std::vector<std::string> forty(40, "x");
    EXPECT_EQ(of([](D) {}), "");
    EXPECT_EQ(of([](D d) { d.title = ""; }), "title survey.title_missing");
    EXPECT_EQ(of([](D d) { d.title = std::string(121, 'x'); }), "title kernel.text_too_long");
    EXPECT_EQ(of([](D d) { d.intro = std::string(2001, 'x'); }), "intro kernel.text_too_long");
    EXPECT_EQ(of([](D d) { d.lang = ""; }), "lang survey.lang_missing");
    EXPECT_EQ(of([](D d) { d.questions.clear(); }), "q1_text survey.questions_missing");
    EXPECT_EQ(of([](D d) { d.questions.assign(41, single("?", {"a", "b"})); }), "q41_text survey.questions_many");
    EXPECT_EQ(of([](D d) { d.questions.assign(40, single("?", {"a", "b"})); }), "");
    EXPECT_EQ(of([](D d) { d.questions[0].text = ""; }), "q1_text survey.question_missing");
    EXPECT_EQ(of([](D d) { d.questions[0].options = {"Bus"}; }), "q1_options survey.options_few");
    EXPECT_EQ(of([](D d) { d.questions[0].options = {"Bus", ""}; }), "q1_options survey.option_empty");
    EXPECT_EQ(of([](D d) { d.questions[0].options = {"Bus", "Bus"}; }), "q1_options survey.option_twice");
    EXPECT_EQ(of([](D d) { d.questions[0].options.assign(10'000, "x"); }), "q1_options survey.options_many");
    EXPECT_EQ(of([](D d) { d.questions[0].options[0] = std::string(121, 'x'); }), "q1_options kernel.text_too_long");
    EXPECT_EQ(of([](D d) { d.questions[0].rows = {"a"}; }), "q1_rows survey.rows_of_matrix");
    EXPECT_EQ(of([](D d) { d.questions[0].max = 1; }), "q1_max survey.bounds_none");
    EXPECT_EQ(of([](D d) { d.questions[1].max = 4; }), "q2_max survey.picks_range");
    EXPECT_EQ(of([](D d) { d.questions[1].min = 3; }), "q2_max survey.picks_range");
    EXPECT_EQ(of([](D d) { d.questions[2].max = 12; }), "q3_max survey.scale_range");
    EXPECT_EQ(of([](D d) { d.questions[2].max = 1; }), "q3_max survey.scale_range");
    EXPECT_EQ(of([](D d) { d.questions[2].min = -1; }), "q3_max survey.scale_range");
    EXPECT_EQ(of([](D d) { d.questions[2].options = {"bad"}; }), "q3_options survey.options_few");
    EXPECT_EQ(of([](D d) { d.questions[2].options = {"bad", "good"}; }), "");
    EXPECT_EQ(of([](D d) { d.questions[3].rows.clear(); }), "q4_rows survey.options_few");
    EXPECT_EQ(of([&](D d) { d.questions[3].rows = forty; }), "q4_rows survey.options_many");
    EXPECT_EQ(of([&](D d) { d.questions[4].options = forty; }), "q5_options survey.options_many");
    EXPECT_EQ(of([](D d) { d.questions[5].max = 0; }), "q6_max survey.bounds_range");
    EXPECT_EQ(of([](D d) { d.questions[5].max = 1'000'000'001; }), "q6_max survey.bounds_range");
    EXPECT_EQ(of([](D d) { d.questions[6].options = {"a", "b"}; }), "q7_options survey.options_none");
    EXPECT_EQ(of([](D d) { d.questions[0].page = 2; }), "q1_page survey.page_order");
    EXPECT_EQ(of([](D d) { d.questions[2].page = 4; }), "q3_page survey.page_order");
    EXPECT_EQ(of([](D d) { d.questions[5].page = 1; }), "q6_page survey.page_order");
    EXPECT_EQ(of([](D d) { d.questions[2].when = Condition{3, {1}}; }), "q3_if survey.if_earlier");
    EXPECT_EQ(of([](D d) { d.questions[2].when = Condition{0, {1}}; }), "q3_if survey.if_earlier");
    EXPECT_EQ(of([](D d) { d.questions[2].when = Condition{99, {1}}; }), "q3_if survey.if_earlier");
    EXPECT_EQ(of([](D d) { d.questions[1].when = Condition{1, {1}}; }), "q2_if survey.if_earlier") << "the same page";
    EXPECT_EQ(of([](D d) { d.questions[5].when = Condition{4, {1}}; }), "q6_if survey.if_choice");
    EXPECT_EQ(of([](D d) { d.questions[2].when = Condition{1, {}}; }), "q3_any survey.if_options");
    EXPECT_EQ(of([](D d) { d.questions[2].when = Condition{1, {4}}; }), "q3_any survey.if_options");
    EXPECT_EQ(of([](D d) { d.questions[2].when = Condition{1, {2, 1}}; }), "q3_any survey.if_options");
    EXPECT_EQ(of([](D d) { d.questions[5].when = Condition{3, {1, 5}}; }), "");
    EXPECT_EQ(of([](D d) { d.k = 4; }), "k survey.k_range");
    EXPECT_EQ(of([](D d) { d.k = 101; }), "k survey.k_range");
    EXPECT_EQ(of([](D d) { d.roll = 5; }), "roll survey.roll_none");
    EXPECT_EQ(of([](D d) { d.mode = Mode::roll, d.roll = 4; }), "roll survey.roll_range");
    EXPECT_EQ(of([](D d) { d.mode = Mode::roll, d.roll = 10'001; }), "roll survey.roll_range");
    EXPECT_EQ(of([](D d) { d.mode = Mode::roll, d.roll = 10'000; }), "");
    EXPECT_EQ(of([](D d) { d.closes = monday; }), "closes survey.day_range");
    EXPECT_EQ(of([](D d) { d.closes = monday + 184; }), "closes survey.day_range");
}

TEST(SurveyRules, WhoMayDoWhatWhen) {
    using people::Role;
    struct Who {
        people::Actor actor;
        std::string refusal;  // of any act
    };
    const std::vector<Who> all = {{clerk, ""},
                                  {actor({Role::head}), ""},
                                  {actor({Role::head}, 8), "cycle.may_not_act"},
                                  {actor({Role::officer}), "cycle.may_not_act"},
                                  {actor({Role::moderator}), "cycle.may_not_act"},
                                  {actor({Role::administrator}), "cycle.may_not_act"},
                                  {people::Actor(), "people.sign_in_first"}};
    for (const Who& w : all) {
        EXPECT_EQ(refused(rules::draft(good(), ground(), w.actor, monday)), w.refusal);
        EXPECT_EQ(refused(rules::redraft(in(State::drafted), good(), ground(), w.actor, monday)), w.refusal);
        EXPECT_EQ(refused(rules::open(in(State::drafted), ground(), w.actor, monday)), w.refusal);
        EXPECT_EQ(refused(rules::close(in(State::open), ground(), w.actor, "asked enough", monday)), w.refusal);
    }
    struct Row {
        State state;
        std::string redraft, open, answer, close, clock;
    };
    const std::string no = "survey.wrong_state";
    for (const Row& r :
         {Row{State::drafted, "", "", "survey.not_open_yet", no, no},
          Row{State::open, no, no, "", "", "survey.too_early"}, Row{State::closed, no, no, "survey.over", no, no}}) {
        const Survey s = in(r.state);
        EXPECT_EQ(refused(rules::redraft(s, good(), ground(), clerk, monday)), r.redraft);
        EXPECT_EQ(refused(rules::open(s, ground(), clerk, monday)), r.open);
        EXPECT_EQ(refused(rules::takes_answers(s, monday)), r.answer);
        EXPECT_EQ(refused(rules::close(s, ground(), clerk, "asked enough", monday)), r.close);
        EXPECT_EQ(refused(rules::close_by_clock(s, monday)), r.clock);
    }
    EXPECT_EQ(refused(rules::draft(good(), {std::nullopt, 5}, clerk, monday)), "cycle.unknown");
    EXPECT_EQ(refused(rules::draft(good(), ground(cycle::Phase::closed), clerk, monday)), "survey.round_closed");
    EXPECT_EQ(refused(rules::open(in(State::drafted), ground(cycle::Phase::closed), clerk, monday)),
              "survey.round_closed");
}

TEST(SurveyRules, TheLastDayCounts) {
    const Survey open = in(State::open);
    const kernel::Day last = open.asked.closes;
    EXPECT_EQ(refused(rules::takes_answers(open, last)), "");
    EXPECT_EQ(refused(rules::takes_answers(open, last + 1)), "survey.over");
    EXPECT_EQ(refused(rules::close_by_clock(open, last)), "survey.too_early");
    EXPECT_EQ(refused(rules::close_by_clock(open, last + 1)), "");
    EXPECT_EQ(refused_at(rules::close(open, ground(), clerk, "", last)), "reason survey.reason_missing");
    EXPECT_EQ(refused(rules::close(open, ground(), clerk, "", last + 1)), "");
    EXPECT_EQ(refused(rules::open(in(State::drafted), ground(), clerk, last)), "survey.day_has_come");
}

// What was sample data stays so, whatever the form of a change says.
TEST(SurveyRules, AChangeKeepsItsRoundAndItsSample) {
    Survey s = in(State::drafted);
    s.asked.sample = true;
    Draft d = good();
    d.cycle = CycleId(77);
    const auto changed = rules::redraft(s, d, ground(), clerk, monday);
    EXPECT_EQ(changed->asked.cycle, CycleId(9));
    EXPECT_TRUE(changed->asked.sample);
}

}  // namespace
}  // namespace survey

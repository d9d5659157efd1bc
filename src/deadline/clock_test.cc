#include "clock.h"

#include <gtest/gtest.h>

namespace deadline {
namespace {

using kernel::Json;

Json json(std::string_view text) { return *kernel::parse_json(text); }

Step step(int at, Level level) { return {at, level, {Whom::handler, Whom::head}, true}; }

Duty duty() {
    return {Start::assigned,
            {Unit::days, 15, First::next_working_day, Ending::next_working_day},
            {step(-2, Level::reminder), step(1, Level::overdue), step(20, Level::far_overdue)},
            20};
}

TEST(StepAfter, TheLadderThenAgainAndAgain) {
    const Ladder ladder = duty().ladder;
    const auto at = [&](int days) { return step_after(ladder, 20, days)->at; };
    EXPECT_EQ(at(-60), -2);
    EXPECT_EQ(at(-2), 1);
    EXPECT_EQ(at(1), 20);
    EXPECT_EQ(at(20), 40);
    EXPECT_EQ(at(39), 40);
    EXPECT_EQ(at(40), 60);
    EXPECT_EQ(step_after(ladder, 20, 40)->level, Level::far_overdue);
    EXPECT_EQ(step_after(ladder, 20, 40)->to, ladder.back().to);
    EXPECT_FALSE(step_after(ladder, 0, 20));
    EXPECT_FALSE(step_after({}, 20, 20));
    EXPECT_EQ(step_after({step(-1, Level::reminder)}, 5, -1)->at, 5);
    EXPECT_EQ(step_after({step(-1, Level::reminder)}, 5, -1)->level, Level::overdue);
}

TEST(Clock, WhatIsWrittenIsRead) {
    const std::vector<Stop> stops = {{Reason::author_asked, {Unit::working_days, 10, {}, {}}},
                                     {Reason::hearing, {Unit::days, 30, {}, {}}}};
    const Extension extension{2, {Unit::months, 3, {}, {}}, Whom::unit_above, false};
    Bounce days{2, {Unit::working_days, 5, {}, {}}, {}}, hours{1, {}, 24};
    Json all;
    all.set("duty", as_json(duty())).set("stops", as_json(stops)).set("extension", as_json(extension));
    all.set("days", as_json(days)).set("hours", as_json(hours)).set("term", as_json(duty().term));
    JsonReader in(all);
    EXPECT_EQ(in.duty("duty"), duty());
    EXPECT_EQ(in.stops("stops"), stops);
    EXPECT_EQ(in.extension("extension"), extension);
    EXPECT_EQ(in.bounce("days"), days);
    EXPECT_EQ(in.bounce("hours"), hours);
    EXPECT_EQ(in.term("term"), duty().term);
    EXPECT_TRUE(in.finish());
}

TEST(Clock, WhatHasAStandardMayBeLeftOut) {
    const Json all =
        json(R"({"duty":{"term":{"unit":"days","n":15}},"extension":{"most":1,"longest":{"unit":"days","n":30}}})");
    JsonReader in(all);
    EXPECT_EQ(in.duty("duty"), (Duty{Start::received, {Unit::days, 15, First::next_day, Ending::as_it_falls}, {}, 0}));
    EXPECT_EQ(in.extension("extension").approver, Whom::head);
    EXPECT_TRUE(in.finish());
}

// Each fault by its path.
TEST(Clock, JsonThatIsNoClock) {
    struct Case {
        const char *text, *field, *key;
    };
    for (
        const Case& one : std::initializer_list<Case>{
            {R"({})", "duty", "deadline.json_member"},
            {R"({"duty":3})", "duty", "deadline.json_member"},
            {R"({"duty":{}})", "duty.term", "deadline.json_member"},
            {R"({"duty":{"term":{"unit":"days"}}})", "duty.term.n", "deadline.json_member"},
            {R"({"duty":{"term":{"unit":"days","n":"15"}}})", "duty.term.n", "deadline.json_member"},
            {R"({"duty":{"term":{"unit":"days","n":1.5}}})", "duty.term.n", "deadline.json_member"},
            {R"({"duty":{"term":{"unit":"days","n":9007199254740991}}})", "duty.term.n", "deadline.json_member"},
            {R"({"duty":{"term":{"unit":"days","n":-1}}})", "duty.term.n", "deadline.span"},
            {R"({"duty":{"term":{"unit":"days","n":3661}}})", "duty.term.n", "deadline.span"},
            {R"({"duty":{"term":{"unit":"hours","n":1}}})", "duty.term.unit", "deadline.json_word"},
            {R"({"duty":{"term":{"unit":7,"n":1}}})", "duty.term.unit", "deadline.json_member"},
            {R"({"duty":{"term":{"unit":"days","n":1,"zone":1}}})", "duty.term.zone", "deadline.json_unknown"},
            {R"({"duty":{"term":{"unit":"days","n":1}},"more":1})", "more", "deadline.json_unknown"},
            {R"({"duty":{"term":{"unit":"days","n":1},"start":"ended"}})", "duty.start", "deadline.json_word"},
            {R"({"duty":{"term":{"unit":"days","n":1},"then_every":-1}})", "duty.then_every", "deadline.every"},
            {R"({"duty":{"term":{"unit":"days","n":1},"ladder":{}}})", "duty.ladder", "deadline.json_member"},
            {R"({"duty":{"term":{"unit":"days","n":1},"ladder":[{"at":1}]}})", "duty.ladder[0].level",
             "deadline.json_member"},
            {R"({"duty":{"term":{"unit":"days","n":1},"ladder":[{"at":1,"level":"overdue","to":["king"]}]}})",
             "duty.ladder[0].to", "deadline.json_word"},
            {R"({"duty":{"term":{"unit":"days","n":1},"ladder":[{"at":1,"level":"overdue","to":["head","head"]}]}})",
             "duty.ladder[0].to", "deadline.json_word"},
            {R"({"duty":{"term":{"unit":"days","n":1},"ladder":[{"at":1,"level":"overdue","public":1}]}})",
             "duty.ladder[0].public", "deadline.json_member"},
            {R"({"duty":{"term":{"unit":"days","n":1},"ladder":[{"at":5,"level":"overdue"},{"at":1,"level":"overdue"}]}})",
             "duty.ladder", "deadline.ladder_order"},
        }) {
        const Json all = json(one.text);
        JsonReader in(all);
        (void)in.duty("duty");
        const kernel::Checked said = in.finish();
        ASSERT_FALSE(said) << one.text;
        EXPECT_EQ(said.error().field, one.field) << one.text;
        EXPECT_EQ(said.error().key, one.key) << one.text;
    }
}

TEST(Clock, WhatNobodyMayBeGiven) {
    const Term none{}, some{Unit::working_days, 5, {}, {}};
    const auto key = [](const kernel::Checked& said) { return said ? std::string() : said.error().key; };
    EXPECT_EQ(key(check(Extension{0, none, Whom::head, true})), "");
    EXPECT_EQ(key(check(Extension{1, none, Whom::head, true})), "deadline.span_zero");
    EXPECT_EQ(key(check(Extension{11, some, Whom::head, true})), "deadline.times");
    EXPECT_EQ(key(check(Extension{-1, some, Whom::head, true})), "deadline.times");
    EXPECT_EQ(key(check(Bounce{2, some, {}})), "");
    EXPECT_EQ(key(check(Bounce{2, none, {}})), "deadline.span_zero");
    EXPECT_EQ(key(check(Bounce{2, none, 24})), "");
    EXPECT_EQ(key(check(Bounce{2, none, 0})), "deadline.hours");
    EXPECT_EQ(key(check(Bounce{2, none, 721})), "deadline.hours");
    EXPECT_EQ(key(check(Bounce{11, some, {}})), "deadline.times");
    EXPECT_EQ(key(check(std::vector<Stop>{{Reason::hearing, some}, {Reason::hearing, some}})), "deadline.reason_twice");
    EXPECT_EQ(key(check(std::vector<Stop>{{Reason::hearing, none}})), "deadline.span_zero");
    Json both = as_json(Bounce{1, {}, 24});
    both.set("within", as_json(some));
    const Json all = Json::Object{{"bounce", both}};
    JsonReader in(all);
    (void)in.bounce("bounce");
    EXPECT_EQ(key(in.finish()), "deadline.json_unknown") << "one limit or the other";
}

TEST(ClockNames, BothWays) {
    for (int i = 0; i < 14; ++i) EXPECT_EQ(parse_start(name(static_cast<Start>(i))), static_cast<Start>(i));
    for (Reason reason : all_reasons) EXPECT_EQ(parse_reason(name(reason)), reason);
    EXPECT_FALSE(parse_reason("applicant_silent"));
}

}  // namespace
}  // namespace deadline

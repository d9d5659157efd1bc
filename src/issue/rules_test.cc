#include "rules.h"

#include <gtest/gtest.h>

namespace issue {
namespace {

using people::Role;

people::Actor with(std::initializer_list<Role> roles) { return {people::OfficerId(9), people::UnitId(1), roles, ""}; }
Issue in(State state, std::int64_t voices = 1) {
    Issue i;
    i.id = IssueId(40);
    i.state = state;
    i.voices = voices;
    return i;
}

TEST(IssueRules, WhoMayGatherAndWhoMayConfirm) {
    struct {
        people::Actor who;
        const char *gather, *confirm;
    } cases[] = {
        {{}, "people.sign_in_first", "people.sign_in_first"},
        {with({Role::administrator}), "issue.may_not_gather", "issue.may_not_confirm"},
        {with({Role::moderator}), "issue.may_not_gather", "issue.may_not_confirm"},
        {with({Role::inspector}), "issue.may_not_gather", "issue.may_not_confirm"},
        {with({Role::member}), "issue.may_not_gather", "issue.may_not_confirm"},
        {with({Role::officer}), "", "issue.may_not_confirm"},
        {with({Role::head}), "", ""},
        {with({Role::clerk}), "", ""},
    };
    for (const auto& c : cases) {
        const auto gather = rules::may_gather(c.who), confirm = rules::may_confirm(c.who);
        EXPECT_EQ(gather ? "" : gather.error().key, c.gather);
        EXPECT_EQ(confirm ? "" : confirm.error().key, c.confirm);
    }
}

TEST(IssueRules, StepsInsideOtherActs) {
    const State all[] = {State::suggested, State::confirmed, State::dismissed, State::before_body,
                         State::adopted,   State::refused,   State::resolved,  State::carried_over};
    const std::pair<State, std::vector<State>> allowed[] = {
        {State::before_body, {State::confirmed, State::before_body}},
        {State::adopted, {State::before_body, State::adopted}},
        {State::refused, {State::before_body}},
        {State::resolved, {State::adopted}},
        {State::carried_over, {State::suggested, State::confirmed, State::before_body}},
        {State::suggested, {}},
        {State::confirmed, {}},
        {State::dismissed, {}},
    };
    for (const auto& [to, from] : allowed)
        for (State state : all)
            EXPECT_EQ(rules::move(in(state), to, "because", 7).has_value(),
                      std::count(from.begin(), from.end(), state) > 0)
                << name(state) << " -> " << name(to);
    EXPECT_EQ(rules::move(in(State::before_body), State::refused, "", 7).error().key, "issue.reason_missing");
}

TEST(IssueRules, WhatIsUndecidedGoesOnIntoALaterRoundOnly) {
    Issue open = in(State::confirmed);
    open.cycle = people::CycleId(20);
    open.marks = 5;
    const auto went = rules::carry_over(open, people::CycleId(60));
    ASSERT_TRUE(went.has_value());
    EXPECT_EQ(went->to, State::carried_over);
    EXPECT_EQ(went->because, 60);
    EXPECT_EQ(went->marks, 5);
    for (std::int64_t next : {20, 19, 0})
        EXPECT_EQ(rules::carry_over(open, people::CycleId(next)).error().key, "issue.carried_back") << next;
    for (State state : {State::dismissed, State::adopted, State::refused, State::resolved, State::carried_over}) {
        open.state = state;
        EXPECT_EQ(rules::carry_over(open, people::CycleId(60)).error().key, "issue.wrong_state") << name(state);
    }
}

TEST(IssueRules, ConfirmingNeedsSomethingInItAndReasonsForMarks) {
    const auto clerk = with({Role::clerk});
    EXPECT_EQ(rules::confirm(clerk, in(State::suggested, 0), 0, "").error().key, "issue.empty");
    EXPECT_TRUE(rules::confirm(clerk, in(State::suggested), 0, "").has_value());
    EXPECT_EQ(rules::confirm(clerk, in(State::suggested), 3, "").error().field, "reason");
    EXPECT_TRUE(rules::confirm(clerk, in(State::suggested), 3, "many, and old").has_value());
    EXPECT_EQ(rules::confirm(clerk, in(State::suggested), 16, "x").error().key, "issue.marks_unknown");
    EXPECT_EQ(rules::confirm(clerk, in(State::dismissed), 0, "x").error().key, "issue.wrong_state");
    EXPECT_EQ(rules::dismiss(clerk, in(State::suggested), "").error().key, "issue.reason_missing");
    EXPECT_EQ(rules::dismiss(clerk, in(State::adopted), "x").error().key, "issue.wrong_state");
    EXPECT_EQ(rules::dismiss(clerk, in(State::suggested), std::string(1001, 'x')).error().key, "kernel.text_too_long");
}

TEST(IssueRules, SuggestingIsCheckedFieldByField) {
    cycle::Cycle open, closed;
    open.phase = cycle::Phase::consult;
    closed.phase = cycle::Phase::closed;
    const auto officer = with({Role::officer});
    const Draft good{people::CycleId(3), "Late buses", "", "en"};
    EXPECT_TRUE(rules::suggest(officer, good, open).has_value());
    EXPECT_EQ(rules::suggest(officer, good, std::nullopt).error().key, "issue.cycle_unknown");
    EXPECT_EQ(rules::suggest(officer, good, closed).error().key, "issue.cycle_not_open");
    Draft bad = good;
    bad.title = "";
    EXPECT_EQ(rules::suggest(officer, bad, open).error().field, "title");
    bad.title = std::string(121, 'x');
    EXPECT_EQ(rules::suggest(officer, bad, open).error().key, "kernel.text_too_long");
}

TEST(IssueRules, GatheringIsBounded) {
    const auto officer = with({Role::officer});
    EXPECT_EQ(rules::gather(officer, in(State::suggested), 0, 0).error().key, "issue.nothing_chosen");
    EXPECT_EQ(rules::gather(officer, in(State::suggested), 501, 0).error().key, "issue.too_many");
    EXPECT_EQ(rules::gather(officer, in(State::adopted), 1, 0).error().key, "issue.wrong_state");
    EXPECT_TRUE(rules::gather(officer, in(State::confirmed), 500, 500).has_value());
}

}  // namespace
}  // namespace issue

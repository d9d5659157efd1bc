#include "rules.h"

#include <gtest/gtest.h>

#include <kernel/testing.h>

namespace confidential::rules {
namespace {

using kernel::on;
using people::OfficerId;
using people::Role;

people::Actor as(std::vector<Role> roles, std::int64_t id = 5) {
    people::Actor actor;
    actor.officer = OfficerId(id);
    actor.roles = std::move(roles);
    return actor;
}
people::Officer officer(std::vector<Role> roles, bool active = true) {
    people::Officer o;
    o.id = OfficerId(21);
    o.roles = std::move(roles);
    o.active = active;
    return o;
}
Receiver receiver(std::int64_t id, bool key = true, bool gone = false) {
    Receiver r;
    r.officer = OfficerId(id);
    if (key) r.key = kernel::Hash{1};
    r.gone = gone;
    return r;
}
const Days days{on("2026-11-23"), on("2026-12-02")};
// Three receivers, the first has the turn until Wednesday.
Standing asked(int n = 1) {
    Standing s;
    s.now = opened(std::string(32, 'a'), {receiver(21), receiver(22), receiver(23)}, days);
    s.now.n = n;
    return s;
}

TEST(ConfidentialRules, WhoIsNamed) {
    const auto naming = [](const people::Actor& actor, const std::optional<people::Officer>& whom,
                           const std::optional<Receiver>& before, std::string_view why = "Why") {
        return kernel::refused_at(name_receiver(actor, whom, before, why));
    };
    const people::Actor admin = as({Role::administrator});
    const auto head = officer({Role::head});
    EXPECT_EQ(must(name_receiver(admin, head, {}, "Why")), (change::Named{OfficerId(21), OfficerId(5), "Why"}));
    for (const Role role : {Role::moderator, Role::officer, Role::head, Role::clerk, Role::member, Role::inspector})
        EXPECT_EQ(naming(as({role}), head, {}), " people.role_needed_administrator");
    EXPECT_EQ(naming({}, head, {}), " people.sign_in_first");
    EXPECT_EQ(naming(admin, {}, {}), "officer people.officer_unknown");
    EXPECT_EQ(naming(admin, officer({Role::administrator}), {}), "officer confidential.no_administrator");
    EXPECT_EQ(naming(admin, officer({Role::head}, false), {}), "officer confidential.has_gone");
    EXPECT_EQ(naming(admin, head, receiver(21)), " confidential.named_already");
    EXPECT_TRUE(name_receiver(admin, head, receiver(21, true, true), "Back"));
    EXPECT_EQ(naming(admin, head, {}, ""), "reason confidential.reason_missing");
    EXPECT_EQ(naming(admin, head, {}, std::string(max_reason + 1, 'x')), "reason kernel.text_too_long");
}

TEST(ConfidentialRules, WhoEndsItAndWhoMakesAKey) {
    const people::Actor self = as({Role::head}, 21);
    EXPECT_TRUE(end_receiver(self, OfficerId(21), receiver(21), "A new post"));
    EXPECT_TRUE(end_receiver(as({Role::administrator}), OfficerId(21), receiver(21), "Left the house"));
    EXPECT_EQ(kernel::refused(end_receiver(as({Role::head}), OfficerId(21), receiver(21), "x")),
              "people.role_needed_administrator");
    EXPECT_EQ(kernel::refused(end_receiver(self, OfficerId(21), {}, "x")), "confidential.no_receiver");
    EXPECT_EQ(kernel::refused(end_receiver(self, OfficerId(21), receiver(21, true, true), "x")),
              "confidential.no_receiver");
    EXPECT_EQ(kernel::refused_at(end_receiver(self, OfficerId(21), receiver(21), "")),
              "reason confidential.reason_missing");
    EXPECT_TRUE(make_key(self, receiver(21, false), {}));
    EXPECT_EQ(kernel::refused(make_key(self, {}, {})), "confidential.no_receiver");
    EXPECT_EQ(kernel::refused(make_key(self, receiver(21, true, true), {})), "confidential.no_receiver");
    EXPECT_EQ(kernel::refused(make_key({}, receiver(21), {})), "people.sign_in_first");
    EXPECT_TRUE(passphrase(kernel::Secret("灯坏了三个星期没有人来修")));
    for (const std::string& wrong :
         {std::string(), std::string(11, 'x'), std::string(257, 'x'), std::string("\xff") + std::string(20, 'x')})
        EXPECT_FALSE(passphrase(kernel::Secret(wrong))) << wrong;
}

TEST(ConfidentialRules, TheAuthorStrikes) {
    const std::vector<Receiver> offered = {receiver(21), receiver(22), receiver(23)};
    const auto left = must(chosen(offered, {OfficerId(23), OfficerId(21)}));
    ASSERT_EQ(left.size(), 2u);
    EXPECT_EQ(left[0].officer, OfficerId(21)) << "in the order of the line, whatever the form says";
    EXPECT_EQ(kernel::refused_at(chosen(offered, {})), "receivers confidential.receiver_missing");
    EXPECT_EQ(kernel::refused_at(chosen(offered, {OfficerId(21), OfficerId(99)})),
              "receivers confidential.receiver_not_offered");
    std::vector<Receiver> many;
    std::vector<OfficerId> all;
    for (std::int64_t i = 1; i <= 9; ++i) many.push_back(receiver(i)), all.emplace_back(i);
    EXPECT_EQ(kernel::refused_at(chosen(many, all)), "receivers confidential.receivers_many");
    all.pop_back();
    EXPECT_EQ(must(chosen(many, all)).size(), most_receivers);
}

TEST(ConfidentialRules, ActsInEachState) {
    Standing answered = asked(2), closed = asked(3), erased = asked(), full = asked(most_acts);
    answered.now.due.reset();
    closed.now.due.reset();
    closed.closed = true;
    erased.erased = true;
    const auto act = [](auto rule, const Standing& s, std::int64_t who) {
        return kernel::refused(rule(s, OfficerId(who), days));
    };
    for (const auto& rule : {reply, close}) {
        EXPECT_EQ(act(rule, asked(), 21), "");
        EXPECT_EQ(act(rule, asked(), 23), "") << "also out of turn";
        EXPECT_EQ(act(rule, answered, 22), "");
        EXPECT_EQ(act(rule, asked(), 24), "confidential.unknown");
        EXPECT_EQ(act(rule, asked(), 0), "confidential.unknown");
        EXPECT_EQ(act(rule, erased, 21), "confidential.erased");
        EXPECT_EQ(act(rule, full, 21), "confidential.thread_full");
    }
    EXPECT_EQ(act(reply, closed, 21), "");
    EXPECT_EQ(act(close, closed, 21), "confidential.closed_already");
    EXPECT_FALSE(must(reply(asked(), OfficerId(21), days)).due);
    EXPECT_EQ(must(reply(asked(), OfficerId(21), days)).n, 2);
    EXPECT_EQ(must(word(closed, days)).due, days.answer);
    EXPECT_EQ(must(word(asked(), Days{on("2026-12-01"), on("2026-12-10")})).due, days.answer)
        << "a further word gives nobody more time";
    EXPECT_EQ(kernel::refused(word(erased, days)), "confidential.erased");
    EXPECT_EQ(kernel::refused(word(full, days)), "confidential.thread_full");
}

TEST(ConfidentialRules, HandingOverTakesThePlaceAndTheTurn) {
    const auto next = must(hand_over(asked(), OfficerId(22), OfficerId(30), days));
    EXPECT_EQ(next.receivers, (std::vector{OfficerId(21), OfficerId(30), OfficerId(23)}));
    EXPECT_EQ(next.holder, 1);
    EXPECT_EQ(next.due, days.answer) << "the day stays";
    EXPECT_EQ(kernel::refused_at(hand_over(asked(), OfficerId(22), OfficerId(21), days)),
              "to confidential.receiver_not_offered");
    EXPECT_EQ(kernel::refused_at(hand_over(asked(), OfficerId(22), OfficerId(), days)),
              "to confidential.receiver_not_offered");
    EXPECT_EQ(kernel::refused(hand_over(asked(), OfficerId(24), OfficerId(30), days)), "confidential.unknown");
}

TEST(ConfidentialRules, LatenessGoesUpAndStaysAtTheTop) {
    Standing s = asked();
    EXPECT_FALSE(late(s, days));
    EXPECT_FALSE(late(s, Days{days.answer, days.answer + 9})) << "the day itself is in time";
    for (const int holder : {1, 2, 2, 2}) {
        const Days now{*s.now.due + 1, *s.now.due + 10};
        const auto next = late(s, now);
        ASSERT_TRUE(next);
        EXPECT_EQ(next->holder, holder);
        EXPECT_EQ(next->due, now.answer);
        s.now = *next;
    }
    s.now.n = most_acts + 5;
    EXPECT_TRUE(late(s, Days{*s.now.due + 1, *s.now.due + 10})) << "acts of people are bounded, not the clock's";
    s.erased = true;
    EXPECT_FALSE(late(s, Days{*s.now.due + 1, *s.now.due + 10}));
}

TEST(ConfidentialRules, EntersAtTheNextFullHour) {
    const kernel::Instant ten = kernel::parse_instant("2026-11-23T10:00:00Z").value(), eleven = ten + 3'600'000;
    EXPECT_EQ(enters(ten), eleven);
    EXPECT_EQ(enters(ten + 1), eleven);
    EXPECT_EQ(enters(eleven + -1), eleven);
}

}  // namespace
}  // namespace confidential::rules

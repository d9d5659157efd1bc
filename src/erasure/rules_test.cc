#include "rules.h"

#include <gtest/gtest.h>

namespace erasure::rules {
namespace {

using people::Role;

people::Actor as(Role role, std::int64_t id = 5) {
    people::Actor actor;
    actor.officer = people::OfficerId(id);
    actor.roles = {role};
    return actor;
}
Erasure waiting(std::int64_t by = 9) {
    Erasure e;
    e.id = ErasureId(60);
    e.by = people::OfficerId(by);
    e.targets = {41};
    return e;
}
std::string key(const kernel::Checked& c) { return c ? "" : c.error().key; }
template <class T>
std::string key(const kernel::Result<T>& r) {
    return r ? "" : r.error().key;
}

TEST(ErasureRules, HeadsClerksAndModeratorsActAndNobodyElse) {
    for (Role role : people::all_roles) {
        const bool may = role == Role::head || role == Role::clerk || role == Role::moderator;
        EXPECT_EQ(may_propose(as(role)).has_value(), may) << people::name(role);
        EXPECT_EQ(may_decide(as(role)).has_value(), may) << people::name(role);
        EXPECT_EQ(approve(as(role), waiting(), false).has_value(), may) << people::name(role);
    }
    EXPECT_EQ(key(may_propose({})), "people.sign_in_first");
    EXPECT_EQ(key(may_decide(people::console())), "people.sign_in_first");
}

TEST(ErasureRules, TheSecondPersonIsAnother) {
    EXPECT_EQ(key(approve(as(Role::clerk, 9), waiting(9), false)), "erasure.same_person");
    EXPECT_EQ(key(refuse(as(Role::clerk, 9), waiting(9), false, Ground::too_much)), "erasure.same_person");
    EXPECT_EQ(key(approve(as(Role::clerk), waiting(), true)), "erasure.own_matter");
    EXPECT_EQ(key(refuse(as(Role::clerk), waiting(), true, Ground::too_much)), "erasure.own_matter");
    EXPECT_EQ(key(approve(as(Role::clerk), waiting(0), false)), "");  // the author asked
    EXPECT_EQ(key(withdraw(as(Role::clerk), waiting(9))), "erasure.not_proposer");
    EXPECT_EQ(key(withdraw(as(Role::clerk), waiting(0))), "erasure.not_proposer");
    EXPECT_EQ(key(withdraw(as(Role::clerk, 9), waiting(9))), "");
}

TEST(ErasureRules, WhatIsDecidedStaysDecided) {
    for (State state : {State::approved, State::refused, State::withdrawn}) {
        Erasure e = waiting(9);
        e.state = state;
        EXPECT_EQ(key(approve(as(Role::clerk), e, false)), "erasure.decided_already");
        EXPECT_EQ(key(refuse(as(Role::clerk), e, false, Ground::too_much)), "erasure.decided_already");
        EXPECT_EQ(key(withdraw(as(Role::clerk, 9), e)), "erasure.decided_already");
    }
}

TEST(ErasureRules, WhatIsProposedIsThere) {
    const people::OfficerId by(9);
    EXPECT_EQ(key(propose(by, {}, Basis::child)), "erasure.no_target");
    EXPECT_EQ(key(propose(by, std::vector<Target>(max_targets + 1, {1, true, false}), Basis::child)),
              "erasure.too_many_targets");
    EXPECT_EQ(key(propose(by, {{41, true, false}, {42, false, false}}, Basis::child)), "erasure.nothing_to_erase");
    EXPECT_EQ(key(propose(by, {{41, true, true}}, Basis::child)), "erasure.proposed_already");
    const auto good = propose(by, {{41, true, false}}, Basis::child);
    ASSERT_TRUE(good);
    EXPECT_EQ(good->targets, std::vector<std::int64_t>{41});
}

}  // namespace
}  // namespace erasure::rules

#include "rules.h"

#include <gtest/gtest.h>

namespace claim::rules {
namespace {

using people::Role;

people::Actor as(Role role) {
    people::Actor actor;
    actor.officer = people::OfficerId(5);
    actor.roles = {role};
    return actor;
}
Claim waiting() {
    Claim c;
    c.id = ClaimId(60);
    c.about = 41;
    return c;
}
std::string key(const kernel::Checked& c) { return c ? "" : c.error().key; }
template <class T>
std::string key(const kernel::Result<T>& r) {
    return r ? "" : r.error().field.empty() ? r.error().key : r.error().field + ":" + r.error().key;
}

TEST(ClaimRules, WhatIsPublicIsReportedOnAPublishedGround) {
    for (Ground ground : people::all_grounds) {
        const auto filed = file(41, true, ground, "why");
        ASSERT_TRUE(filed) << people::name(ground);
        EXPECT_EQ(*filed, (change::Filed{41, ground, "why"}));
    }
    EXPECT_EQ(key(file(41, true, Ground::empty, "")), "");
    EXPECT_EQ(key(file(41, true, Ground::not_recorded, "")), "ground:people.ground_missing");
    EXPECT_EQ(key(file(41, false, Ground::empty, "")), "claim.no_public_words");
    EXPECT_EQ(key(file(41, true, Ground::empty, std::string(max_remark, 'x'))), "");
    EXPECT_EQ(key(file(41, true, Ground::empty, std::string(max_remark + 1, 'x'))), "remark:kernel.text_too_long");
}

TEST(ClaimRules, AModeratorDecidesWhoseMatterItIsNot) {
    for (Role role : people::all_roles)
        EXPECT_EQ(key(may_decide(as(role), waiting(), false)),
                  role == Role::moderator ? "" : "people.role_needed_moderator")
            << people::name(role);
    EXPECT_EQ(key(may_decide({}, waiting(), false)), "people.sign_in_first");
    EXPECT_EQ(key(may_decide(people::console(), waiting(), false)), "people.sign_in_first");
    EXPECT_EQ(key(may_decide(as(Role::moderator), waiting(), true)), "claim.own_matter");
    for (Outcome outcome : {Outcome::stays, Outcome::removal}) {
        Claim c = waiting();
        c.outcome = outcome;
        EXPECT_EQ(key(may_decide(as(Role::moderator), c, false)), "claim.decided_already");
    }
}

TEST(ClaimRules, WhatADecisionNeeds) {
    const erasure::ErasureId proposed(50);
    const Words standing{true, {}}, under_proposal{true, proposed}, erased{false, proposed}, lost{false, {}};
    const auto basis = erasure::Basis::unlawful;
    const std::string long_reason(max_reason + 1, 'x');
    const struct {
        Words words;
        Decision asked;
        std::string refused;
        std::optional<erasure::ErasureId> names;
    } cases[] = {
        {standing, {Outcome::stays, {}, "It is criticism."}, "", {}},
        {standing, {Outcome::stays, basis, "It is criticism."}, "", {}},
        {standing, {Outcome::stays, {}, ""}, "reason:claim.reason_missing", {}},
        {standing, {Outcome::stays, {}, long_reason}, "reason:kernel.text_too_long", {}},
        {standing, {Outcome::removal, {}, ""}, "basis:erasure.basis_unknown", {}},
        {standing, {Outcome::removal, basis, ""}, "", {}},
        {standing, {Outcome::removal, basis, long_reason}, "reason:kernel.text_too_long", {}},
        {under_proposal, {Outcome::stays, {}, "It is criticism."}, "", {}},
        {under_proposal, {Outcome::removal, {}, ""}, "", proposed},
        {erased, {Outcome::stays, {}, "It is criticism."}, "claim.words_gone", {}},
        {erased, {Outcome::removal, {}, ""}, "", proposed},
        {lost, {Outcome::removal, {}, ""}, "", {}},
    };
    for (const auto& c : cases) {
        const auto made = decide(as(Role::moderator), waiting(), false, c.words, c.asked);
        EXPECT_EQ(key(made), c.refused) << name(c.asked.outcome) << " " << c.asked.reason.substr(0, 20);
        if (!made) continue;
        EXPECT_EQ(*made,
                  (change::Decided{ClaimId(60), people::OfficerId(5), c.asked.outcome, c.names, c.asked.reason}));
    }
    EXPECT_EQ(key(decide(as(Role::clerk), waiting(), false, standing, {Outcome::stays, {}, "x"})),
              "people.role_needed_moderator");
}

}  // namespace
}  // namespace claim::rules

// What both sides agreed on: who may say so, when, and what follows.
#include <gtest/gtest.h>

#include "rules.h"
#include "test_cases.h"
#include "test_world.h"

namespace voice {
namespace {

using rules::a_case;
using rules::key;
using rules::on;

Case agreed(State state, std::optional<Agreement> agreement = Agreement::offered) {
    Case c = a_case(state);
    c.answer = Answer::agreed;
    c.agreement = agreement;
    c.promised = kernel::parse_day("2026-12-10");
    return c;
}

TEST(VoiceAgreementRules, WhoSaysWhatWhen) {
    using enum Agreement;
    const rules::Who author = rules::the_author();
    for (State state : {State::answered, State::rated, State::closed, State::closed_unrated}) {
        EXPECT_EQ(key(rules::say_agreed(agreed(state), author, true, "")), "") << name(state);
        EXPECT_EQ(key(rules::judge_agreement(agreed(state), author, true, "", on("2026-12-11"))), "") << name(state);
    }
    for (State state : {State::received, State::assigned, State::asked_back, State::withdrawn, State::joined})
        EXPECT_EQ(key(rules::say_agreed(agreed(state), author, true, "")), "voice.refused_" + std::string(name(state)));
    EXPECT_EQ(key(rules::say_agreed(agreed(State::answered), rules::Who(), true, "")), "voice.code_wrong");
    EXPECT_EQ(key(rules::say_agreed(agreed(State::answered), author, false, "")), "voice.agreement_text_missing");
    for (Agreement one : {confirmed, denied, kept, broken, unsaid})
        EXPECT_EQ(key(rules::say_agreed(agreed(State::answered, one), author, true, "")), "voice.no_agreement_open");
    EXPECT_EQ(key(rules::say_agreed(a_case(State::answered), author, true, "")), "voice.no_agreement_open");

    EXPECT_EQ(key(rules::judge_agreement(agreed(State::answered), author, true, "", on("2026-12-10"))),
              "voice.agreement_early");
    EXPECT_EQ(key(rules::judge_agreement(agreed(State::answered, confirmed), author, false, "", on("2026-12-11"))), "");
    for (Agreement one : {denied, kept, broken, unsaid})
        EXPECT_EQ(key(rules::judge_agreement(agreed(State::answered, one), author, true, "", on("2026-12-11"))),
                  "voice.no_agreement_open");

    using people::Role;
    for (Role role : people::all_roles) {
        const bool may = role == Role::officer || role == Role::head || role == Role::clerk || role == Role::inspector;
        EXPECT_EQ(
            rules::find_agreement(agreed(State::closed), rules::officer(role, false), true, "seen", on("2026-12-11"))
                .has_value(),
            may)
            << people::name(role);
        EXPECT_FALSE(
            rules::find_agreement(agreed(State::closed), rules::officer(role, true), true, "seen", on("2026-12-11")))
            << "the own unit";
    }
    EXPECT_EQ(key(rules::find_agreement(agreed(State::closed), rules::officer(Role::officer, false, 31), true, "seen",
                                        on("2026-12-11"))),
              "voice.same_person");
    EXPECT_EQ(key(rules::find_agreement(agreed(State::closed), rules::officer(Role::officer, false), true, "",
                                        on("2026-12-11"))),
              "voice.reason_missing");

    EXPECT_FALSE(rules::agreement_unsaid(agreed(State::closed), on("2026-12-24")));
    EXPECT_TRUE(rules::agreement_unsaid(agreed(State::closed), on("2026-12-25"))) << "ten working days after";
    EXPECT_FALSE(rules::agreement_unsaid(agreed(State::closed, kept), on("2026-12-25")));
}

TEST(VoiceAgreementRules, WhatWasNotKeptIsReopenedAlsoWhenClosed) {
    for (State state : {State::answered, State::rated, State::closed, State::closed_unrated}) {
        const Case broken = agreed(state, Agreement::broken), kept = agreed(state, Agreement::kept);
        EXPECT_EQ(key(rules::reopen(broken, rules::the_author(), "not there", {}, on("2027-03-01"))), "");
        EXPECT_NE(key(rules::reopen(kept, rules::the_author(), "not there", {}, on("2027-03-01"))), "");
    }
    Case often = agreed(State::closed, Agreement::broken);
    often.reopened = often.terms.superior_at;
    EXPECT_EQ(key(rules::reopen(often, rules::the_author(), "r", {}, on("2027-03-01"))), "voice.reopened_enough");
}

class VoiceAgreement : public testing::TestWithParam<db::Engine> {
protected:
    World world{GetParam()};
    const people::Needs& needs() const { return *world.needs; }
};

TEST_P(VoiceAgreement, FromOfferedToBrokenToDoneAgain) {
    const VoiceId id = world.assigned().id;
    must(answer(needs(), world.as("roads"), id, Answer::agreed, "A lamp by Friday.", day_of("2026-11-27")));
    EXPECT_EQ(world.get(id).agreement, Agreement::offered);
    must(say_agreed(needs(), world.browser(), id, "", true, "Yes, by Friday"));
    EXPECT_EQ(refused(say_agreed(needs(), world.browser(), id, "", false, "no")), "voice.no_agreement_open");
    EXPECT_EQ(refused(judge_agreement(needs(), world.browser(), id, "", false, "")), "voice.agreement_early");
    must(rate(needs(), world.browser(), id, "", true, 5, ""));
    world.go_to("2026-11-30");
    must(find_agreement(needs(), world.as("inspector"), id, false, "No lamp there"));
    EXPECT_EQ(world.get(id).agreement, Agreement::broken);
    world.go_to("2027-02-01");
    world.tick();
    EXPECT_EQ(world.get(id).state, State::closed);
    must(reopen(needs(), world.browser(), id, "", "Still no lamp"));
    EXPECT_EQ(world.get(id).state, State::assigned);
    EXPECT_FALSE(world.get(id).agreement);
    must(answer(needs(), world.as("roads"), id, Answer::done, "There it is.", {}));
    EXPECT_FALSE(world.get(id).agreement);
    world.expect_same_after_rebuild();
}

TEST_P(VoiceAgreement, NobodySaidIsSaidByTheClockOnce) {
    const VoiceId id = world.assigned().id;
    must(answer(needs(), world.as("roads"), id, Answer::agreed, "A lamp by Friday.", day_of("2026-11-27")));
    world.go_to("2026-12-11");
    world.tick();
    EXPECT_EQ(world.get(id).agreement, Agreement::offered);
    world.go_to("2026-12-14");
    world.tick();
    EXPECT_EQ(world.get(id).agreement, Agreement::unsaid);
    const std::int64_t size = world.ledger->size();
    world.tick();
    EXPECT_EQ(world.ledger->size(), size);
    world.expect_same_after_rebuild();
}

TEST_P(VoiceAgreement, WhatTheAuthorSaidOfItCanBeErased) {
    const VoiceId id = world.assigned().id;
    must(answer(needs(), world.as("roads"), id, Answer::agreed, "A lamp by Friday.", day_of("2026-11-27")));
    must(say_agreed(needs(), world.browser(), id, "", false, "I never met them"));
    EXPECT_EQ(world.get(id).agreement, Agreement::denied);
    const auto own = written_by_author(needs(), *world.database->read(), id, "visitor-a", "");
    ASSERT_EQ(own->size(), 2u);
    world.erase(own->back());
    EXPECT_FALSE(steps(*world.database->read(), id).back().text);
    world.expect_same_after_rebuild();
}

INSTANTIATE_TEST_SUITE_P(Engines, VoiceAgreement, testing::ValuesIn(db::engines),
                         [](const auto& i) { return db::engine_name(i); });

}  // namespace
}  // namespace voice

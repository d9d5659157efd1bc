#include "rules.h"

#include <gtest/gtest.h>

namespace support::rules {
namespace {

using voice::Audience;
using voice::Shown;
using voice::State;

template <class Result>
std::string why(const Result& result) {
    return result ? "" : result.error().key;
}

Standing standing(State state = State::assigned, Shown shown = Shown::published, Audience audience = Audience::open) {
    Standing s;
    s.message.id = VoiceId(60);
    s.message.cycle = people::CycleId(40);
    s.message.text = "It is dark.";
    s.message.state = state;
    s.message.shown = shown;
    s.message.audience = audience;
    return s;
}

TEST(SupportRules, WhatCanBeJoined) {
    for (const State state : voice::all_states) {
        const bool over = state == State::closed || state == State::closed_unrated;
        const std::string refused = state == State::withdrawn ? "support.withdrawn" : over ? "support.case_over" : "";
        EXPECT_EQ(why(may_be_joined(standing(state))), refused) << name(state);
        EXPECT_EQ(why(give(standing(state), {})), refused) << name(state);
    }
    for (const Shown shown : {Shown::held, Shown::unit_only, Shown::hidden})
        EXPECT_EQ(why(may_be_joined(standing(State::assigned, shown))), "support.not_public") << name(shown);
    EXPECT_EQ(why(may_be_joined(standing(State::assigned, Shown::unit_only, Audience::unit_only))),
              "support.not_public");
    EXPECT_EQ(why(may_be_joined(standing(State::withdrawn, Shown::hidden))), "support.not_public")
        << "of what is hidden nothing else is said";
    Standing erased = standing();
    erased.message.text.clear();
    EXPECT_EQ(why(may_be_joined(erased)), "support.erased");
    Standing copy = standing(State::joined);
    copy.leads_to = VoiceId(12);
    ASSERT_EQ(why(may_be_joined(copy)), "support.says_the_same");
    EXPECT_EQ(may_be_joined(copy).error().args.front().second, "12");
    copy.message.shown = Shown::hidden;
    EXPECT_EQ(why(may_be_joined(copy)), "support.says_the_same") << "a duplicate leads to what it repeats";
    Standing shut = standing();
    shut.round = kernel::refuse(kernel::Code::conflict, "cycle.not_open");
    EXPECT_EQ(why(may_be_joined(shut)), "cycle.not_open");
}

TEST(SupportRules, OnePersonOnceForAMessageAndNeverItsAuthor) {
    const people::ParticipantId who(70);
    const auto first = give(standing(), {});
    ASSERT_TRUE(first);
    EXPECT_EQ(*first, (change::Given{people::CycleId(40), VoiceId(60), people::ParticipantId(0), {}}));
    EXPECT_EQ(give(standing(), {who, false, false})->who, who);
    EXPECT_EQ(why(give(standing(), {who, false, true})), "support.given_already");
    EXPECT_EQ(why(give(standing(), {who, true, false})), "support.own");
    EXPECT_EQ(why(give(standing(State::withdrawn), {who, true, false})), "support.withdrawn");
}

TEST(SupportRules, TakenBackWhateverBecameOfTheMessage) {
    const people::ParticipantId who(70);
    EXPECT_EQ(why(take_back(standing(), {})), "support.none_given");
    EXPECT_EQ(why(take_back(standing(), {who, false, false})), "support.none_given");
    for (const State state : voice::all_states)
        for (const Shown shown : {Shown::published, Shown::hidden}) {
            const auto taken = take_back(standing(state, shown), {who, false, true});
            ASSERT_TRUE(taken) << name(state);
            EXPECT_EQ(*taken, (change::TakenBack{people::CycleId(40), VoiceId(60), who}));
        }
    EXPECT_EQ(why(take_back(standing(), {}, true)), "support.code_wrong");
    EXPECT_EQ(why(take_back(standing(), {who, false, false}, true)), "support.none_given");
    EXPECT_TRUE(take_back(standing(), {who, false, true}, true));
    Standing shut = standing();
    shut.round = kernel::refuse(kernel::Code::conflict, "cycle.not_open");
    EXPECT_EQ(why(take_back(standing(), {who, false, false})), "support.none_given");
    EXPECT_EQ(why(take_back(shut, {who, false, true})), "cycle.not_open") << "what a closed round counted stays";
}

TEST(SupportRules, TheKeyIsOfAVotesLength) {
    EXPECT_TRUE(key(std::string(16, 'k')));
    EXPECT_TRUE(key(std::string(200, 'k')));
    for (const std::size_t n : {0, 15, 201}) {
        const auto refused = key(std::string(n, 'k'));
        ASSERT_FALSE(refused) << n;
        EXPECT_EQ(refused.error().key, "support.key_missing");
        EXPECT_EQ(refused.error().field, "participant");
    }
}

}  // namespace
}  // namespace support::rules

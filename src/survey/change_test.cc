#include "change.h"

#include <gtest/gtest.h>
#include <kernel/testing.h>
#include <ledger/testing.h>

#include "test_world.h"

namespace survey {
namespace {

const std::vector<change::Change>& samples() {
    const SurveyId id(61);
    const people::OfficerId by(50);
    static const std::vector<change::Change> all = [&] {
        Draft asked;
        asked.cycle = CycleId(30), asked.title = "Buses 公交", asked.intro = "The office asks", asked.lang = "en";
        asked.questions = every_type();
        asked.k = 6, asked.closes = on("2026-12-04");
        Draft roll = asked;
        roll.mode = Mode::roll, roll.roll = 30, roll.sample = true;
        kernel::Hash seen{};
        seen[0] = 0xab, seen[31] = 0x01;
        Figures shown{true, 20, 18, {{12, std::nullopt, 0}}, std::nullopt};
        Figures number{true, 20, 20, {{10, 10}}, -37};
        return std::vector<change::Change>{
            change::Drafted{asked, by},
            change::Changed{id, roll, by},
            change::Opened{id, by, {"00ff", "ab12"}},
            change::Opened{id, by, {}},
            change::Given{CycleId(30), id, by_bus(), seen},
            change::Given{CycleId(30), id, on_foot(), std::nullopt},
            change::Closed{id, by, "Enough 够了", false, 20, {"00ff"}, {shown, {}, number}},
            change::Closed{id, {}, "", true, 0, {}, {}},
        };
    }();
    return all;
}

TEST(SurveyChange, WhatWasWrittenOnceIsReadForEver) {
    ledger::expect_permanent(TESTDATA "/changes.v1.jsonl", samples(), change::encode, change::decode);
}

TEST(SurveyChange, ReadsWithoutWordsAndLosesNoFact) {
    for (const kernel::Json& written : ledger::written_changes(TESTDATA "/changes.v1.jsonl")) {
        const ledger::Entry e = ledger::as_entry(written, false);
        EXPECT_EQ(change::encode(change::decode(e), 77).facts, written["facts"]) << e.kind;
    }
}

TEST(SurveyChange, FactsHoldNoWordAndAnswersAreServedToNobody) {
    for (const change::Change& change : samples()) {
        const ledger::Draft d = change::encode(change, 77);
        const std::string facts = kernel::canonical(d.facts);
        for (const char* word : {"Buses", "office", "Lamps", "Seats", "East", "Enough", "ab0000"})
            EXPECT_EQ(facts.find(word), std::string::npos) << word << " in " << facts;
        const bool answers = d.kind == change::answered_kind;
        EXPECT_EQ(d.facts_served == ledger::Served::closed, answers);
        EXPECT_EQ(d.words_served == ledger::Served::closed, answers);
        if (answers) {
            EXPECT_EQ(d.subject, 30) << "the round, never the survey";
            EXPECT_FALSE(d.parent);
            EXPECT_TRUE(d.words.has_value()) << "always, so that their presence tells nothing";
        }
    }
}

TEST(SurveyChange, RefusesWhatNoVersionWrote) {
    const auto written = ledger::written_changes(TESTDATA "/changes.v1.jsonl");
    const auto spoiled = [&](std::size_t line, auto spoil) {
        ledger::Entry e = ledger::as_entry(written.at(line));
        spoil(e);
        return e;
    };
    using E = ledger::Entry&;
    using Array = kernel::Json::Array;
    EXPECT_THROW(change::decode(spoiled(0, [](E e) { e.v = 2; })), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(0, [](E e) { e.kind = "survey.vanished"; })), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(0, [](E e) { e.facts.set("mode", "guess"); })), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(0, [](E e) { e.facts.set("closes", "2026-02-30"); })), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(0, [](E e) { e.facts.set("questions", Array{7}); })), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(0, [](E e) { e.words->set("questions", Array{}); })), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(2, [](E e) { e.facts.set("roll", Array{17}); })), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(4, [](E e) { e.facts.set("answers", "1|x|"); })), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(4, [](E e) { e.words->set("texts", Array{"one"}); })), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(4, [](E e) { e.words->set("seen", "abc"); })), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(6, [](E e) { e.facts.set("figures", Array{7}); })), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(6, [](E e) { e.facts.set("spent", "no list"); })), std::runtime_error);
}

}  // namespace
}  // namespace survey

#include "change.h"

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace review {
namespace {

kernel::Day a_day(std::string_view iso) { return kernel::parse_day(iso).value(); }

Draft asked() {
    Draft d;
    d.measure = measure::MeasureId(60);
    d.lang = "en";
    d.questions = {{"All in all 总的看?", cycle::CriterionId(31)}, {"Shorter?", {}}};
    d.panels = {{Group::recipients, "Riders", "by lot", 60, Secrecy::secret, 30},
                {Group::delegates, "Delegates", "by the council", 40, Secrecy::named, 2}};
    d.accept_percent = 65;
    d.k = 6;
    d.closes = a_day("2026-12-04");
    d.sample = true;
    return d;
}

const std::vector<change::Change>& samples() {
    const ReviewId id(61);
    const people::OfficerId by(50);
    const people::UnitId unit(10);
    static const std::vector<change::Change> all = {
        change::Drafted{asked(), people::CycleId(30), by},
        change::Opened{id, by, {{"00ff", "ab12"}, {"cd34"}}},
        change::Closed{id,
                       {},
                       unit,
                       a_day("2026-12-05"),
                       false,
                       true,
                       true,
                       false,
                       42,
                       {{6, {"555544", "012345"}, {}, {"00ff", "ab12"}},
                        {2, {}, {{"40", "A. N. 甲", "I saw it"}, {"11", "B. N.", "Never"}}, {"cd34"}}}},
        change::Closed{id,
                       by,
                       unit,
                       a_day("2026-12-04"),
                       true,
                       false,
                       false,
                       false,
                       std::nullopt,
                       {{0, {}, {}, {}}, {0, {}, {}, {}}}},
        change::Closed{id,
                       {},
                       unit,
                       a_day("2026-12-05"),
                       false,
                       false,
                       false,
                       false,
                       std::nullopt,
                       {{4, {}, {}, {"00ff"}}, {0, {}, {}, {}}}},
        change::PassedOver{measure::MeasureId(60), people::CycleId(30), by, "No panel could be found"},
    };
    return all;
}

TEST(ReviewChange, WhatWasWrittenOnceIsReadForEver) {
    const auto written = ledger::written_changes(TESTDATA "/changes.v1.jsonl");
    ASSERT_EQ(written.size(), samples().size());
    for (std::size_t i = 0; i < written.size(); ++i) {
        EXPECT_EQ(change::decode(ledger::as_entry(written[i])), samples()[i]) << "line " << i + 1;
        EXPECT_EQ(line_of(change::encode(samples()[i], 77)), kernel::canonical(written[i])) << "line " << i + 1;
    }
}

TEST(ReviewChange, ReadsWithoutWordsAndLosesNoFact) {
    for (const kernel::Json& written : ledger::written_changes(TESTDATA "/changes.v1.jsonl")) {
        ledger::Entry e = ledger::as_entry(written);
        e.words.reset();
        ledger::Draft again = change::encode(change::decode(e), 77);
        EXPECT_EQ(again.facts, written["facts"]) << e.kind;
    }
}

TEST(ReviewChange, FactsHoldNoPersonalWord) {
    for (const change::Change& change : samples()) {
        const std::string facts = kernel::canonical(change::encode(change, 77).facts);
        for (const char* word : {"Riders", "by lot", "All in all", "A. N.", "I saw it", "No panel"})
            EXPECT_EQ(facts.find(word), std::string::npos) << word << " in " << facts;
    }
}

TEST(ReviewChange, RefusesWhatNoVersionWrote) {
    const auto written = ledger::written_changes(TESTDATA "/changes.v1.jsonl");
    const auto spoiled = [&](std::size_t line, auto spoil) {
        ledger::Entry e = ledger::as_entry(written.at(line));
        spoil(e);
        return e;
    };
    using E = ledger::Entry;
    EXPECT_THROW(change::decode(spoiled(0, [](E& e) { e.v = 2; })), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(0, [](E& e) { e.kind = "review.vanished"; })), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(0, [](E& e) { e.facts.set("closes", "2026-02-30"); })), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(0, [](E& e) { e.facts.set("criteria", kernel::Json::Array{"x"}); })),
                 std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(0, [](E& e) { e.words->set("questions", kernel::Json::Array{}); })),
                 std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(1, [](E& e) { e.facts = kernel::Json::Object{}; })), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(1, [](E& e) { e.facts.set("roll", kernel::Json::Array{17}); })),
                 std::runtime_error);
    const auto panels = [](kernel::Json one) {
        return [one](E& e) { e.facts.set("panels", kernel::Json::Array{one}); };
    };
    using Object = kernel::Json::Object;
    using Array = kernel::Json::Array;
    EXPECT_THROW(change::decode(spoiled(2, panels(Object{{"cast", 1}}))), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(2, panels(Object{{"cast", 1}, {"spent", Array{}}, {"answers", Array{"6"}}}))),
                 std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(2, panels(Object{{"cast", 2}, {"spent", Array{}}, {"answers", Array{"5"}}}))),
                 std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(2, panels(Object{{"cast", 1}, {"spent", Array{}}, {"ballots", Array{"x"}}}))),
                 std::runtime_error);
}

TEST(ReviewChange, SubjectIsTheReviewAndTheParentTheMeasure) {
    for (const change::Change& change : samples()) {
        const ledger::Draft d = change::encode(change, 77);
        const bool drafted = std::holds_alternative<change::Drafted>(change);
        const bool passed = std::holds_alternative<change::PassedOver>(change);
        EXPECT_EQ(d.subject, drafted ? 77 : passed ? 60 : 61);
        EXPECT_EQ(d.parent, drafted ? std::optional<std::int64_t>(60) : std::nullopt);
        EXPECT_EQ(d.facts_served, ledger::Served::open);
    }
}

}  // namespace
}  // namespace review

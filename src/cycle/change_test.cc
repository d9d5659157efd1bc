#include "change.h"

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace cycle {
namespace {

const std::vector<Change>& samples() {
    static const std::vector<Change> all = {
        Opened{people::UnitId(1), "Buses \u516c\u4ea4", "en", std::nullopt, "", false, people::OfficerId(5)},
        Opened{people::UnitId(1), "Buses again", "zh-Hant", CycleId(40), "CC BY 4.0, somebody", true,
               people::OfficerId(0)},
        DeskOpened{people::UnitId(1), "Always-open desk", "en"},
        CriterionSet{CycleId(40), "Waiting is short", std::nullopt, "", people::OfficerId(5)},
        CriterionSet{CycleId(40), "Waiting is shorter", CriterionId(41), "too weak", people::OfficerId(6)},
        ContextSet{CycleId(40), {"all", "much", "some", ""}, 7, std::nullopt, "", people::OfficerId(5)},
        ContextSet{CycleId(40), {"all", "much", "some", "little"}, 15, 43, "was not complete", people::OfficerId(5)},
        PhaseEntered{CycleId(40), Phase::consult, kernel::parse_day("2027-02-28"), "", people::OfficerId(5)},
        PhaseEntered{CycleId(40), Phase::closed, std::nullopt, "Nothing is open", people::OfficerId(5)},
    };
    return all;
}

TEST(CycleChange, WhatWasWrittenOnceIsReadForEver) {
    const auto written = ledger::written_changes(TESTDATA "/changes.v1.jsonl");
    ASSERT_EQ(written.size(), samples().size());
    for (std::size_t i = 0; i < written.size(); ++i) {
        EXPECT_EQ(decode(ledger::as_entry(written[i])), samples()[i]) << "line " << i + 1;
        EXPECT_EQ(line_of(encode(samples()[i], 77)), kernel::canonical(written[i])) << "line " << i + 1;
    }
}

TEST(CycleChange, ReadsWithoutWords) {
    for (const kernel::Json& written : ledger::written_changes(TESTDATA "/changes.v1.jsonl")) {
        ledger::Entry e = ledger::as_entry(written);
        e.words.reset();
        const Change whole = decode(ledger::as_entry(written)), without = decode(e);
        EXPECT_EQ(whole.index(), without.index());
    }
    ledger::Entry e = ledger::as_entry(ledger::written_changes(TESTDATA "/changes.v1.jsonl").at(6));
    e.words.reset();
    EXPECT_EQ(std::get<ContextSet>(decode(e)).filled, 15);
    EXPECT_EQ(std::get<ContextSet>(decode(e)).context.touches, "");
}

TEST(CycleChange, RefusesWhatNoVersionWrote) {
    const auto written = ledger::written_changes(TESTDATA "/changes.v1.jsonl");
    ledger::Entry newer = ledger::as_entry(written.at(0));
    newer.v = 2;
    EXPECT_THROW(decode(newer), std::runtime_error);
    ledger::Entry foreign = ledger::as_entry(written.at(0));
    foreign.kind = "cycle.vanished";
    EXPECT_THROW(decode(foreign), std::runtime_error);
    ledger::Entry phase = ledger::as_entry(written.at(7));
    phase.facts.set("phase", "voting");
    EXPECT_THROW(decode(phase), std::runtime_error);
    ledger::Entry day = ledger::as_entry(written.at(7));
    day.facts.set("ends", "2027-02-30");
    EXPECT_THROW(decode(day), std::runtime_error);
    ledger::Entry bare = ledger::as_entry(written.at(3));
    bare.facts = kernel::Json::Object{};
    EXPECT_THROW(decode(bare), std::runtime_error);
}

TEST(CycleChange, SubjectIsTheRound) {
    for (const Change& change : samples()) {
        const ledger::Draft d = encode(change, 77);
        EXPECT_TRUE(d.subject == 77 || d.subject == 40);
        EXPECT_EQ(d.facts_served, ledger::Served::open);
    }
}

}  // namespace
}  // namespace cycle

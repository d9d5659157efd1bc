#include "change.h"

#include <fstream>

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace scorecard::change {
namespace {

const CardPublished& sample() {
    static const CardPublished one{people::UnitId(20),
                                   *kernel::parse_day("2026-10-01"),
                                   *kernel::parse_day("2026-12-31"),
                                   5,
                                   true,
                                   {{"answered_in_time", 20, 35}, {"hidden_share", 0, 50}}};
    return one;
}
CardPublished second() {
    CardPublished c = sample();
    c.values.push_back({"spot_checks", 7, 9});
    c.v = 2;
    return c;
}

TEST(ScorecardChange, WhatWasWrittenOnceIsReadForEver) {
    std::ifstream file(TESTDATA "/changes.v1.jsonl");
    std::string line;
    ASSERT_TRUE(std::getline(file, line));
    EXPECT_EQ(decode(ledger::as_entry(*kernel::parse_json(line, kernel::Numbers::canonical))), sample());
    EXPECT_EQ(line_of(encode(sample())), line);
    EXPECT_FALSE(encode(sample()).words);
}

TEST(ScorecardChange, TheSecondVersionIsReadForEver) {
    std::ifstream file(TESTDATA "/changes.v2.jsonl");
    std::string line;
    ASSERT_TRUE(std::getline(file, line));
    EXPECT_EQ(decode(ledger::as_entry(*kernel::parse_json(line, kernel::Numbers::canonical))), second());
    EXPECT_EQ(line_of(encode(second())), line);
}

TEST(ScorecardChange, RefusesWhatNoVersionWrote) {
    const ledger::Entry good = ledger::as_entry(*kernel::parse_json(line_of(encode(sample()))));
    EXPECT_NO_THROW(decode(good));
    ledger::Entry e = good;
    e.v = 3;
    EXPECT_THROW(decode(e), std::runtime_error);
    e = good;
    e.kind = "scorecard.flattered";
    EXPECT_THROW(decode(e), std::runtime_error);
    e = good;
    e.facts.set("to", "2026-12-32");
    EXPECT_THROW(decode(e), std::runtime_error);
    e = good;
    e.facts.set("figures", "good");
    EXPECT_THROW(decode(e), std::runtime_error);
}

}  // namespace
}  // namespace scorecard::change

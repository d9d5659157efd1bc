#include "change.h"

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace erasure::change {
namespace {

const std::vector<Change>& samples() {
    static const std::vector<Change> all = {
        Proposed{Basis::personal_data, people::OfficerId(6), {41, 52}},
        Proposed{Basis::asked_by_author, {}, {41}},
        Approved{ErasureId(60), people::OfficerId(7)},
        Refused{ErasureId(60), people::OfficerId(7), Ground::kept_by_law},
        Withdrawn{ErasureId(60), people::OfficerId(6)},
    };
    return all;
}

TEST(ErasureChange, WhatWasWrittenOnceIsReadForEver) {
    ledger::expect_permanent(TESTDATA "/changes.v1.jsonl", samples(), encode, decode);
    for (const Change& sample : samples()) EXPECT_FALSE(encode(sample, 77).words);
}

TEST(ErasureChange, WhatTheClockWroteIsReadForEver) {
    const std::vector<Change> by_clock = {TermOver{"retention.contact_days", {41, 52}}};
    ledger::expect_permanent(TESTDATA "/term.v1.jsonl", by_clock, encode, decode);
    EXPECT_FALSE(encode(by_clock[0], 77).words);
}

TEST(ErasureChange, EveryNameIsReadBack) {
    for (Basis basis : all_bases) EXPECT_EQ(parse_basis(name(basis)), basis);
    for (Ground ground : all_grounds) EXPECT_EQ(parse_ground(name(ground)), ground);
    EXPECT_FALSE(parse_basis("because"));
    EXPECT_FALSE(parse_ground(""));
}

TEST(ErasureChange, RefusesWhatNoVersionWrote) {
    ledger::Entry e = ledger::as_entry(*kernel::parse_json(line_of(encode(samples()[0], 77))));
    e.v = 2;
    EXPECT_THROW(decode(e), std::runtime_error);
    e.v = 1;
    e.facts.set("basis", "a whim");
    EXPECT_THROW(decode(e), std::runtime_error);
    e.facts.set("basis", "ordered").set("targets", kernel::Json::Array{"41"});
    EXPECT_THROW(decode(e), std::runtime_error);
    e.kind = "erasure.eaten";
    EXPECT_THROW(decode(e), std::runtime_error);
}

}  // namespace
}  // namespace erasure::change

#include "change.h"

#include <fstream>

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
    std::ifstream file(TESTDATA "/changes.v1.jsonl");
    std::size_t i = 0;
    for (std::string line; std::getline(file, line); ++i) {
        ASSERT_LT(i, samples().size());
        const auto written = *kernel::parse_json(line, kernel::Numbers::canonical);
        EXPECT_EQ(decode(ledger::as_entry(written)), samples()[i]) << "line " << i + 1;
        EXPECT_EQ(line_of(encode(samples()[i], 77)), line) << "line " << i + 1;
        EXPECT_FALSE(encode(samples()[i], 77).words);
    }
    EXPECT_EQ(i, samples().size());
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

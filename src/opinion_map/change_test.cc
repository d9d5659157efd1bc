#include "change.h"

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace opinion_map::change {
namespace {

constexpr char file[] = TESTDATA "/changes.v1.jsonl";

const std::vector<Change>& samples() {
    Frozen frozen;
    frozen.dialogue = DialogueId(50);
    frozen.columns = {StatementId(51), StatementId(52), StatementId(60)};
    frozen.hidden = {StatementId(52)};
    frozen.parts = {70, 71};
    frozen.rows = 3, frozen.votes = 5, frozen.people = 4, frozen.left_out = 1;
    frozen.matrix.fill(1), frozen.map.fill(2);
    frozen.groups = {2, 1};
    static const std::vector<Change> all = {Rows{DialogueId(50), {"0a1d", "2p", "0d2a"}}, frozen};
    return all;
}

ledger::Draft written(const Change& c, std::int64_t = 0) { return encode(c); }

TEST(OpinionMapChange, WhatWasWrittenOnceIsReadForEver) { ledger::expect_permanent(file, samples(), written, decode); }

TEST(OpinionMapChange, EverybodyMaySeeItAndItHoldsNoWords) {
    for (const Change& change : samples()) {
        const ledger::Draft d = encode(change);
        EXPECT_EQ(d.subject, 50);
        EXPECT_EQ(d.facts_served, ledger::Served::open);
        EXPECT_FALSE(d.words);
    }
}

TEST(OpinionMapChange, RefusesWhatNoVersionWrote) {
    const auto lines = ledger::written_changes(file);
    ledger::Entry e = ledger::as_entry(lines[0]);
    e.v = 2;
    EXPECT_THROW(decode(e), std::runtime_error);
    e = ledger::as_entry(lines[0]);
    e.kind = "opinion_map.sold";
    EXPECT_THROW(decode(e), std::runtime_error);
    e = ledger::as_entry(lines[0]);
    e.facts.set("rows", kernel::Json::Array{1});
    EXPECT_THROW(decode(e), std::runtime_error);
    for (const char* member :
         {"columns", "hidden", "parts", "groups", "rows", "votes", "people", "left_out", "matrix", "map", "method"}) {
        e = ledger::as_entry(lines[1]);
        e.facts.set(member, "no such thing");
        EXPECT_THROW(decode(e), std::runtime_error) << member;
    }
}

}  // namespace
}  // namespace opinion_map::change

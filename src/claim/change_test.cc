#include "change.h"

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace claim::change {
namespace {

using people::OfficerId;

const std::vector<Change>& samples() {
    static const std::vector<Change> all = {
        Filed{41, Ground::personal_data, "It names my neighbour."},
        Filed{41, Ground::advertising, ""},
        Decided{ClaimId(60), OfficerId(7), Outcome::stays, {}, "The name is that of the post."},
        Decided{ClaimId(60), OfficerId(7), Outcome::removal, erasure::ErasureId(61), ""},
        Decided{ClaimId(60), OfficerId(7), Outcome::removal, {}, "They had gone already."},
    };
    return all;
}

TEST(ClaimChange, WhatWasWrittenOnceIsReadForEver) {
    ledger::expect_permanent(TESTDATA "/changes.v1.jsonl", samples(), encode, decode);
}

TEST(ClaimChange, WordsAloneHoldWhatWasWritten) {
    EXPECT_EQ(encode(samples()[0], 77).words_served, ledger::Served::closed);
    EXPECT_EQ(encode(samples()[2], 77).words_served, ledger::Served::open);
    for (const Change& sample : samples()) {
        const auto written = as_json(encode(sample, 77));
        EXPECT_TRUE(written["words"].object());
        const Change left = decode(ledger::as_entry(written, false));
        std::visit(
            [](const auto& c) {
                if constexpr (requires { c.remark; }) { EXPECT_EQ(c.remark, ""); }
                if constexpr (requires { c.reason; }) { EXPECT_EQ(c.reason, ""); }
            },
            left);
    }
}

TEST(ClaimChange, RefusesWhatNoVersionWrote) {
    const auto entry = [](const Change& c) { return ledger::as_entry(as_json(encode(c, 77))); };
    ledger::Entry filed = entry(samples()[0]), decided = entry(samples()[2]);
    filed.v = 2;
    EXPECT_THROW(decode(filed), std::runtime_error);
    filed.v = 1;
    filed.facts.set("ground", "a whim");
    EXPECT_THROW(decode(filed), std::runtime_error);
    filed.facts.set("ground", "not_recorded");
    EXPECT_THROW(decode(filed), std::runtime_error);
    filed.facts.set("ground", "empty").set("entry", "41");
    EXPECT_THROW(decode(filed), std::runtime_error);
    decided.facts.set("outcome", "perhaps");
    EXPECT_THROW(decode(decided), std::runtime_error);
    decided.kind = "claim.eaten";
    EXPECT_THROW(decode(decided), std::runtime_error);
}

}  // namespace
}  // namespace claim::change

#include "change.h"

#include <numeric>

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace mail::change {
namespace {

std::vector<ReplyTaken> samples() {
    kernel::Hash counting{}, ones{};
    std::iota(counting.begin(), counting.end(), std::uint8_t{0});
    ones.fill(0xff);
    return {{people::CycleId(5), 19, counting}, {people::CycleId(1), 1, ones}};
}

TEST(MailChange, WhatWasWrittenOnceIsReadForEver) {
    ledger::expect_permanent(
        TESTDATA "/changes.v1.jsonl", samples(), [](const ReplyTaken& c, std::int64_t) { return encode(c); }, decode);
}

TEST(MailChange, NamesNobodyAndHasNoWords) {
    for (const ReplyTaken& c : samples()) {
        const ledger::Draft d = encode(c);
        EXPECT_FALSE(d.words);
        EXPECT_EQ(d.facts.object()->size(), 2u);
    }
}

TEST(MailChange, RefusesWhatNoVersionWrote) {
    const auto entry = [] { return ledger::as_entry(ledger::as_json(encode(samples().front()))); };
    ledger::Entry later = entry();
    later.v = 2;
    EXPECT_THROW(decode(later), std::runtime_error);
    for (const char* key : {"", "00", "zz"}) {
        ledger::Entry e = entry();
        e.facts.set("key", key);
        EXPECT_THROW(decode(e), std::runtime_error) << key;
    }
    ledger::Entry other = entry();
    other.kind = "mail.eaten";
    EXPECT_THROW(decode(other), std::runtime_error);
}

}  // namespace
}  // namespace mail::change

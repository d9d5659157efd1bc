#include "change.h"

#include <numeric>

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace georeport::change {
namespace {

using people::OfficerId;

kernel::Hash counting() {
    kernel::Hash key{};
    std::iota(key.begin(), key.end(), std::uint8_t{0});
    return key;
}
kernel::Hash all_ones() {
    kernel::Hash key{};
    key.fill(0xff);
    return key;
}
const std::vector<Change>& samples() {
    static const std::vector<Change> all = {ClientAdmitted{"City app", counting(), 60, true, OfficerId(7)},
                                            ClientAdmitted{"热线", all_ones(), 1, false, OfficerId(0)},
                                            ClientEnded{ClientId(77), OfficerId(7), "The key was lost."}};
    return all;
}

TEST(GeoreportChange, WhatWasWrittenOnceIsReadForEver) {
    ledger::expect_permanent(TESTDATA "/changes.v1.jsonl", samples(), encode, decode);
}

TEST(GeoreportChange, WithoutWordsTheFactsStay) {
    for (const kernel::Json& written : ledger::written_changes(TESTDATA "/changes.v1.jsonl")) {
        const Change left = decode(ledger::as_entry(written, false));
        if (const auto* c = std::get_if<ClientAdmitted>(&left)) {
            EXPECT_EQ(c->name, "");
            EXPECT_GT(c->per_minute, 0);
        } else {
            EXPECT_EQ(std::get<ClientEnded>(left).reason, "");
        }
    }
}

TEST(GeoreportChange, RefusesWhatNoVersionWrote) {
    const auto entry = [](std::size_t i) { return ledger::as_entry(as_json(encode(samples()[i], 77))); };
    ledger::Entry later = entry(0);
    later.v = 2;
    EXPECT_THROW(decode(later), std::runtime_error);
    for (const char* key : {"", "00", "zz", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f00"}) {
        ledger::Entry e = entry(0);
        e.facts.set("key", key);
        EXPECT_THROW(decode(e), std::runtime_error) << key;
    }
    for (const std::int64_t rate : {0, -1, max_per_minute + 1}) {
        ledger::Entry e = entry(0);
        e.facts.set("per_minute", rate);
        EXPECT_THROW(decode(e), std::runtime_error) << rate;
    }
    ledger::Entry other = entry(2);
    other.kind = "georeport.eaten";
    EXPECT_THROW(decode(other), std::runtime_error);
}

}  // namespace
}  // namespace georeport::change

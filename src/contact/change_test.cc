#include "change.h"

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace contact::change {
namespace {

const std::vector<Change>& samples() {
    static const std::vector<Change> all = {
        GivenTo{people::CycleId(9), VoiceId(40), kernel::parse_day("2027-03-23").value(),
                Given{"Anna", "+86 21 5551 2345", "anna@example.org", "Mornings"}},
        GivenTo{people::CycleId(9), VoiceId(40), kernel::parse_day("2027-03-23").value(), Given{}},
        Opened{VoiceId(40), people::OfficerId(7), Reason::call_back},
        Opened{VoiceId(40), people::OfficerId(7), Reason::danger},
    };
    return all;
}

ledger::Draft written(const Change& c, std::int64_t = 0) { return encode(c); }

TEST(ContactChange, WhatWasWrittenOnceIsReadForEver) {
    ledger::expect_permanent(TESTDATA "/changes.v1.jsonl", samples(), written, decode);
}

// Nobody outside learns whose it is, nor whether something was left.
TEST(ContactChange, NothingOfItIsServed) {
    for (std::size_t i : {std::size_t{0}, std::size_t{1}}) {
        const ledger::Draft d = encode(samples()[i]);
        EXPECT_EQ(d.facts_served, ledger::Served::closed);
        EXPECT_EQ(d.words_served, ledger::Served::closed);
        EXPECT_FALSE(d.parent);
        EXPECT_EQ(d.subject, 9) << "the round alone";
        EXPECT_TRUE(d.words);
    }
    EXPECT_FALSE(encode(samples()[2]).words);
}

TEST(ContactChange, WithoutWordsItIsWhatAnErasureLeaves) {
    const auto lines = ledger::written_changes(TESTDATA "/changes.v1.jsonl");
    const Change bare = decode(ledger::as_entry(lines[0], false));
    EXPECT_FALSE(std::get<GivenTo>(bare).given);
    EXPECT_EQ(std::get<GivenTo>(bare).voice, VoiceId(40));
}

TEST(ContactChange, RefusesWhatNoVersionWrote) {
    const auto lines = ledger::written_changes(TESTDATA "/changes.v1.jsonl");
    ledger::Entry e = ledger::as_entry(lines[2]);
    e.v = 2;
    EXPECT_THROW(decode(e), std::runtime_error);
    e.v = 1;
    e.facts.set("reason", "curiosity");
    EXPECT_THROW(decode(e), std::runtime_error);
    e = ledger::as_entry(lines[0]);
    e.facts.set("until", "some day");
    EXPECT_THROW(decode(e), std::runtime_error);
    e.kind = "contact.sold";
    EXPECT_THROW(decode(e), std::runtime_error);
    for (Reason one : all_reasons) EXPECT_EQ(parse_reason(name(one)), one);
    EXPECT_FALSE(parse_reason(""));
}

}  // namespace
}  // namespace contact::change

#include "change.h"

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace contact::change {
namespace {

const kernel::Day until = kernel::parse_day("2027-03-23").value();
constexpr std::string_view sealed =
    "Y6vL9qFBEl9eEo3c2HI2Sc6Es8qRt+Iy11DT2ySy7p+Ap1Pg9LalGcFujZGCpHxXNmKGt9W+E0KNjsOxiZZZUdV3F9s8WCg8QyGJ"
    "vLOs4lhpfrKuwacStfQtiOo2v3iEwnX1iyH1FuLDFmfmm9Ju7vd3Kb3WtxCttzBM5U6ftZ89a1m0YsNsCD6Lb6iIrBKxJTW+8K7W"
    "ABByhVcc";

const std::vector<Change>& samples() {
    static const std::vector<Change> all = {
        GivenTo{people::CycleId(9), VoiceId(40), until, std::string(sealed)},
    };
    return all;
}

ledger::Draft written(const Change& c, std::int64_t = 0) { return encode(c); }

TEST(ContactChange, WhatWasWrittenOnceIsReadForEver) {
    ledger::expect_permanent(TESTDATA "/changes.v2.jsonl", samples(), written, decode);
    const std::vector<Change> first = {
        GivenTo{people::CycleId(9),
                VoiceId(40),
                until,
                {},
                Given{"Anna", "+86 21 5551 2345", "anna@example.org", "Mornings"}},
        GivenTo{people::CycleId(9), VoiceId(40), until, {}, Given{}},
        Opened{VoiceId(40), people::OfficerId(7), Reason::call_back},
        Opened{VoiceId(40), people::OfficerId(7), Reason::danger},
    };
    const auto lines = ledger::written_changes(TESTDATA "/changes.v1.jsonl");
    ASSERT_EQ(lines.size(), first.size());
    for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(decode(ledger::as_entry(lines[i])), first[i]) << i;
    for (std::size_t i : {std::size_t{2}, std::size_t{3}}) EXPECT_EQ(encode(first[i]).facts, lines[i]["facts"]);
}

// Nobody outside learns whose it is, nor whether something was left.
TEST(ContactChange, NothingOfItIsServed) {
    const ledger::Draft d = encode(samples()[0]);
    EXPECT_EQ(d.facts_served, ledger::Served::closed);
    EXPECT_EQ(d.words_served, ledger::Served::closed);
    EXPECT_FALSE(d.parent);
    EXPECT_EQ(d.subject, 9) << "the round alone";
    EXPECT_TRUE(d.words);
    EXPECT_FALSE(encode(Opened{VoiceId(40), people::OfficerId(7), Reason::danger}).words);
}

TEST(ContactChange, WithoutWordsItIsWhatAnErasureLeaves) {
    for (const char* file : {TESTDATA "/changes.v1.jsonl", TESTDATA "/changes.v2.jsonl"}) {
        const Change bare = decode(ledger::as_entry(ledger::written_changes(file)[0], false));
        EXPECT_EQ(bare, Change(GivenTo{people::CycleId(9), VoiceId(40), until, {}}));
    }
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
    e.v = 2;
    EXPECT_THROW(decode(e), std::runtime_error) << "of version 1";
    e.v = 3;
    EXPECT_THROW(decode(e), std::runtime_error);
    e.v = 1;
    e.facts.set("until", "some day");
    EXPECT_THROW(decode(e), std::runtime_error);
    e.kind = "contact.sold";
    EXPECT_THROW(decode(e), std::runtime_error);
    for (Reason one : all_reasons) EXPECT_EQ(parse_reason(name(one)), one);
    EXPECT_FALSE(parse_reason(""));
}

}  // namespace
}  // namespace contact::change

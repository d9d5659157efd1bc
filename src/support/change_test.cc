#include "change.h"

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace support::change {
namespace {

constexpr char file[] = TESTDATA "/changes.v1.jsonl";

const std::vector<Change>& samples() {
    kernel::Hash key;
    key.fill(1);
    static const std::vector<Change> all = {
        Given{people::CycleId(40), VoiceId(60), people::ParticipantId(0), key},
        Given{people::CycleId(40), VoiceId(60), people::ParticipantId(70), {}},
        TakenBack{people::CycleId(40), VoiceId(60), people::ParticipantId(70)},
    };
    return all;
}

ledger::Draft written(const Change& c, std::int64_t = 0) { return encode(c); }

TEST(SupportChange, WhatWasWrittenOnceIsReadForEver) { ledger::expect_permanent(file, samples(), written, decode); }

TEST(SupportChange, ItsLeafNamesTheRoundAndNothingOfItIsServed) {
    for (const Change& change : samples()) {
        const ledger::Draft d = encode(change);
        EXPECT_EQ(d.subject, 40);
        EXPECT_FALSE(d.parent);
        EXPECT_EQ(d.facts_served, ledger::Served::closed);
        EXPECT_EQ(d.words_served, ledger::Served::closed);
        EXPECT_EQ(d.words.has_value(), std::holds_alternative<Given>(change)) << "the leaf does not tell who is new";
    }
}

TEST(SupportChange, WithoutWordsItIsWhatAnErasureLeaves) {
    const auto lines = ledger::written_changes(file);
    const Change bare = decode(ledger::as_entry(lines[0], false));
    EXPECT_EQ(bare, Change(Given{people::CycleId(40), VoiceId(60), people::ParticipantId(0), {}}));
    EXPECT_EQ(decode(ledger::as_entry(lines[1], false)), samples()[1]);
    EXPECT_EQ(decode(ledger::as_entry(lines[2], false)), samples()[2]);
}

TEST(SupportChange, RefusesWhatNoVersionWrote) {
    const auto lines = ledger::written_changes(file);
    ledger::Entry e = ledger::as_entry(lines[0]);
    e.v = 2;
    EXPECT_THROW(decode(e), std::runtime_error);
    e = ledger::as_entry(lines[0]);
    e.kind = "support.sold";
    EXPECT_THROW(decode(e), std::runtime_error);
    e = ledger::as_entry(lines[0]);
    for (const char* wrong : {"01", "no hex at all"}) {
        e.words->set("key", wrong);
        EXPECT_THROW(decode(e), std::runtime_error) << wrong;
    }
    for (const char* missing : {"voice", "who"}) {
        e = ledger::as_entry(lines[2]);
        e.facts.set(missing, "somebody");
        EXPECT_THROW(decode(e), std::runtime_error) << missing;
    }
}

}  // namespace
}  // namespace support::change

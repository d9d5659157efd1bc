#include "change.h"

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace desk::change {
namespace {

using people::OfficerId;
using people::UnitId;
using voice::VoiceId;

const std::vector<Change>& samples() {
    static const std::vector<Change> all = {
        TemplateSet{{}, 1, "路灯已修", "zh-Hans", UnitId(20), voice::Kind::help, "{number} 号意见已办。", OfficerId(7)},
        TemplateSet{TemplateId(60), 2, "Thanks", "en", {}, {}, "Thank you for no. {number}.", OfficerId(7)},
        TemplateEnded{TemplateId(60), OfficerId(7)},
        Noted{VoiceId(41), OfficerId(7), "Called the depot: tomorrow."},
        Drafted{VoiceId(41), UnitId(20), OfficerId(7), voice::Answer::done, {}, "It burns again."},
        Drafted{VoiceId(41), UnitId(20), OfficerId(7), voice::Answer::dated, kernel::parse_day("2026-12-24"), "Soon."},
        Released{DraftId(62), VoiceId(41), OfficerId(8), 64},
        Returned{DraftId(62), VoiceId(41), OfficerId(8), "Say which lamp."},
    };
    return all;
}

TEST(DeskChange, WhatWasWrittenOnceIsReadForEver) {
    ledger::expect_permanent(TESTDATA "/changes.v1.jsonl", samples(), encode, decode);
}

// Class and day of a draft are words, and no word of this feature is ever served.
TEST(DeskChange, NothingIsServedButWhoDidWhatWithWhich) {
    for (const Change& sample : samples()) {
        const ledger::Draft d = encode(sample, 77);
        if (d.words) { EXPECT_EQ(d.words_served, ledger::Served::closed) << d.kind; }
        const std::string facts = kernel::canonical(d.facts);
        for (const char* closed : {"done", "dated", "2026-12-24", "burns", "depot", "lamp", "Thanks", "路灯"})
            EXPECT_EQ(facts.find(closed), std::string::npos) << facts;
    }
    const auto written = as_json(encode(samples()[5], 77));
    const auto left = std::get<Drafted>(decode(ledger::as_entry(written, false)));
    EXPECT_FALSE(left.answer);
    EXPECT_FALSE(left.promised);
    EXPECT_EQ(left.text, "");
}

TEST(DeskChange, RefusesWhatNoVersionWrote) {
    const auto entry = [](const Change& c) { return ledger::as_entry(as_json(encode(c, 77))); };
    ledger::Entry first = entry(samples()[0]), drafted = entry(samples()[5]), released = entry(samples()[6]);
    first.facts.set("n", 2);
    EXPECT_THROW(decode(first), std::runtime_error);
    first.facts.set("n", 1).set("kind", "a whim");
    EXPECT_THROW(decode(first), std::runtime_error);
    first.facts.set("kind", "help");
    first.v = 2;
    EXPECT_THROW(decode(first), std::runtime_error);
    drafted.words->set("promised", "2026-13-01");
    EXPECT_THROW(decode(drafted), std::runtime_error);
    drafted.words->set("promised", "2026-12-24").set("answer", "perhaps");
    EXPECT_THROW(decode(drafted), std::runtime_error);
    released.facts.set("answer", "64");
    EXPECT_THROW(decode(released), std::runtime_error);
    released.kind = "desk.tidied";
    EXPECT_THROW(decode(released), std::runtime_error);
}

}  // namespace
}  // namespace desk::change

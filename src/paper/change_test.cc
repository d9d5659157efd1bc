#include "change.h"

#include <gtest/gtest.h>

#include <kernel/bytes.h>
#include <ledger/testing.h>

namespace paper::change {
namespace {

using people::OfficerId;

Typed sheet_words() {
    Typed t;
    t.kind = voice::Kind::complaint;
    t.audience = voice::Audience::unit_only;
    t.category = "lamps";
    t.district = "north";
    t.said_on = kernel::parse_day("2026-11-20");
    t.lang = "zh-Hans";
    t.title = "路灯";
    t.text = "路灯不亮。\n已经三天。";
    t.place = "北门";
    return t;
}
Typed wet() {
    Typed t;
    t.what = What::unreadable;
    t.remark = "Wet through.";
    return t;
}

const std::vector<Change>& samples() {
    static const std::vector<Change> all = {
        Opened{people::CycleId(9), people::UnitId(20), OfficerId(7), kernel::parse_day("2026-11-24").value(), 40,
               "Post-box of the town hall"},
        SheetTyped{BatchId(50), {}, 1, OfficerId(7), sheet_words()},
        SheetTyped{BatchId(50), SheetId(51), 1, OfficerId(7), sheet_words()},
        SheetTyped{BatchId(50), {}, 2, OfficerId(7), wet()},
        SheetChecked{BatchId(50), SheetId(51), OfficerId(8), What::message, true, voice::VoiceId(60)},
        SheetChecked{BatchId(50), SheetId(52), OfficerId(8), What::unreadable, false, {}},
        SentBack{BatchId(50), SheetId(51), OfficerId(8), "The second line is missing."},
        Recounted{BatchId(50), OfficerId(8), 41, "Two stuck together."},
        CodesMade{BatchId(50),
                  OfficerId(9),
                  {{SheetId(51), people::ParticipantId(60), kernel::sha256(kernel::view("a"))},
                   {SheetId(53), people::ParticipantId(63), kernel::sha256(kernel::view("b"))}}},
    };
    return all;
}

TEST(PaperChange, WhatWasWrittenOnceIsReadForEver) {
    ledger::expect_permanent(TESTDATA "/changes.v1.jsonl", samples(), encode, decode);
}

// Of what waits nobody reads more than that it is there; which code opens what, nobody at all.
TEST(PaperChange, NothingIsServedOfWhatWasTyped) {
    for (const Change& sample : samples()) {
        const ledger::Draft d = encode(sample, 77);
        const bool open = d.kind == opened_kind || d.kind == recounted_kind;
        if (d.words) { EXPECT_EQ(d.words_served, open ? ledger::Served::open : ledger::Served::closed) << d.kind; }
        EXPECT_EQ(d.facts_served, d.kind == codes_kind ? ledger::Served::closed : ledger::Served::open) << d.kind;
        const std::string facts = kernel::canonical(d.facts);
        for (const char* closed :
             {"complaint", "unit_only", "lamps", "north", "2026-11-20", "路灯", "北门", "Wet", "line"})
            EXPECT_EQ(facts.find(closed), std::string::npos) << facts;
    }
    for (std::size_t i : {1u, 3u, 6u}) {
        const auto left = decode(ledger::as_entry(as_json(encode(samples()[i], 77)), false));
        if (const auto* typed = std::get_if<SheetTyped>(&left)) {
            EXPECT_EQ(typed->typed.text + typed->typed.remark + typed->typed.category, "");
        } else {
            EXPECT_EQ(std::get<SentBack>(left).remark, "");
        }
    }
}

TEST(PaperChange, RefusesWhatNoVersionWrote) {
    const auto entry = [](std::size_t i) { return ledger::as_entry(as_json(encode(samples()[i], 77))); };
    ledger::Entry e = entry(1);
    e.facts.set("what", "a whim");
    EXPECT_THROW(decode(e), std::runtime_error);
    e = entry(1);
    e.facts.set("n", 501);
    EXPECT_THROW(decode(e), std::runtime_error);
    e = entry(1);
    e.words->set("said_on", "2026-13-01");
    EXPECT_THROW(decode(e), std::runtime_error);
    e = entry(1);
    e.v = 2;
    EXPECT_THROW(decode(e), std::runtime_error);
    e = entry(5);
    e.facts.set("voice", 60);
    EXPECT_THROW(decode(e), std::runtime_error) << "no message, and its number";
    e = entry(4);
    e.facts.set("what", "empty");
    EXPECT_THROW(decode(e), std::runtime_error);
    e = entry(7);
    e.facts.set("sheets", 0);
    EXPECT_THROW(decode(e), std::runtime_error);
    e = entry(8);
    e.facts.set("codes", kernel::Json::Array{kernel::Json::Object{{"author", 1}, {"key", "ab"}, {"sheet", 1}}});
    EXPECT_THROW(decode(e), std::runtime_error);
    e.kind = "paper.folded";
    EXPECT_THROW(decode(e), std::runtime_error);
}

}  // namespace
}  // namespace paper::change

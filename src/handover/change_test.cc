#include "change.h"

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace handover::change {
namespace {

const std::vector<Change>& samples() {
    const people::OfficerId by(7);
    static const std::vector<Change> all = {
        AuthorityNamed{"Water office", "https://water.example/v2", "water.example", by},
        AuthorityEnded{AuthorityId(60), by, "It has moved."},
        Agreed{people::CycleId(9), VoiceId(40), AuthorityId(60)},
        Handed{VoiceId(40), AuthorityId(60), "pipe", by, "Their pipe.", "Pipes", "A pipe leaks.", "Elm Street",
               "31.2304,121.4737", true},
        Handed{VoiceId(40), AuthorityId(60), "pipe", by, "Their pipe.", "Pipes", "A pipe leaks.", "", "", false},
        Taken{HandoverId(70), {}, "638344", true},
        Taken{HandoverId(70), by, "638344", false},
        Followed{HandoverId(70), State::open, "Somebody went to see.", true},
        Followed{HandoverId(70), State::closed, "", false},
        LetGo{HandoverId(70), {}, Why::refused, "Not ours.", true},
        LetGo{HandoverId(70), by, Why::not_sent, "", false},
        LetGo{HandoverId(70), {}, Why::not_reached, "", true},
        LetGo{HandoverId(70), {}, Why::unknown_there, "", true},
        LetGo{HandoverId(70), {}, Why::silent, "", true},
        LetGo{HandoverId(70), {}, Why::words_erased, "", true},
    };
    return all;
}

ledger::Draft written(const Change& c, std::int64_t index) { return encode(c, index); }

TEST(HandoverChange, WhatWasWrittenOnceIsReadForEver) {
    ledger::expect_permanent(TESTDATA "/changes.v1.jsonl", samples(), written, decode);
}

TEST(HandoverChange, WhatIsServed) {
    using ledger::Served;
    const auto served = [&](std::size_t i) {
        const ledger::Draft d = encode(samples()[i], 70);
        return std::pair(d.facts_served, d.words_served);
    };
    EXPECT_EQ(served(2).first, Served::closed) << "an authority's name tells what a message is about";
    EXPECT_EQ(served(3), std::pair(Served::open, Served::closed)) << "what was sent";
    EXPECT_EQ(served(4), std::pair(Served::closed, Served::closed)) << "of what is for the unit alone";
    EXPECT_EQ(served(5), std::pair(Served::open, Served::open));
    EXPECT_EQ(served(6), std::pair(Served::open, Served::closed));
    EXPECT_EQ(served(8), std::pair(Served::open, Served::closed));
    EXPECT_EQ(served(10), std::pair(Served::open, Served::closed));
    EXPECT_EQ(encode(samples()[2], 70).subject, 9) << "the round alone";
    EXPECT_FALSE(encode(samples()[2], 70).parent);
    EXPECT_EQ(encode(samples()[3], 70).parent, 40);
}

TEST(HandoverChange, WithoutWordsItIsWhatAnErasureLeaves) {
    const auto lines = ledger::written_changes(TESTDATA "/changes.v1.jsonl");
    EXPECT_EQ(std::get<Handed>(decode(ledger::as_entry(lines[3], false))).text, "");
    EXPECT_EQ(std::get<Handed>(decode(ledger::as_entry(lines[3], false))).service, "pipe");
    EXPECT_EQ(std::get<Taken>(decode(ledger::as_entry(lines[5], false))).number, "");
}

TEST(HandoverChange, RefusesWhatNoVersionWrote) {
    const auto lines = ledger::written_changes(TESTDATA "/changes.v1.jsonl");
    for (const auto& line : lines) {
        ledger::Entry e = ledger::as_entry(line);
        e.v = 2;
        EXPECT_THROW(decode(e), std::runtime_error);
    }
    ledger::Entry e = ledger::as_entry(lines[7]);
    for (const char* status : {"waiting", "let_go", "resolved", ""}) {
        e.facts.set("status", status);
        EXPECT_THROW(decode(e), std::runtime_error) << status;
    }
    e = ledger::as_entry(lines[9]);
    e.facts.set("why", "weather");
    EXPECT_THROW(decode(e), std::runtime_error);
    e.kind = "handover.lost";
    EXPECT_THROW(decode(e), std::runtime_error);
    for (Why one : all_whys) EXPECT_EQ(parse_why(name(one)), one);
    EXPECT_EQ(parse_state(name(State::let_go)), State::let_go);
    EXPECT_FALSE(parse_state(""));
}

}  // namespace
}  // namespace handover::change

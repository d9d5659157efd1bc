#include "change.h"

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace issue::change {
namespace {

const std::vector<Change>& samples() {
    static const std::vector<Change> all = {
        Suggested{people::CycleId(40), "Late buses 公交", "They come late", "en", false, people::OfficerId(5)},
        Suggested{people::CycleId(40), "x", "", "zh-Hant", true, {}},
        Gathered{IssueId(50),
                 {voice::VoiceId(41), voice::VoiceId(42)},
                 {dialogue::StatementId(44)},
                 true,
                 people::OfficerId(5)},
        Gathered{IssueId(50), {voice::VoiceId(41)}, {}, false, people::OfficerId(5)},
        Moved{IssueId(50), State::confirmed, 9, "many, and divided", std::nullopt, people::OfficerId(6)},
        Moved{IssueId(50), State::refused, 9, "no money this year", 61, {}},
        RestListed{people::CycleId(40), {voice::VoiceId(43)}, "answered at the counter", people::OfficerId(6)},
    };
    return all;
}

TEST(IssueChange, WhatWasWrittenOnceIsReadForEver) {
    ledger::expect_permanent(TESTDATA "/changes.v1.jsonl", samples(), encode, decode);
}

const std::vector<Change>& arranging() {
    static const std::vector<Change> all = {
        AnswersGathered{IssueId(50), {{47, 1}, {48, 3}}, true, people::OfficerId(5)},
        AnswersGathered{IssueId(50), {{47, 1}}, false, people::OfficerId(5)},
        KeptOut{IssueId(50), {voice::VoiceId(41)}, {dialogue::StatementId(44)}, true, people::OfficerId(5)},
        KeptOut{IssueId(50), {voice::VoiceId(41)}, {}, false, people::OfficerId(6)},
        Moved{IssueId(50), State::dismissed, 0, "the same matter", 49, people::OfficerId(6)},
        Moved{IssueId(50), State::suggested, 0, "", std::nullopt, people::OfficerId(6)},
    };
    return all;
}

TEST(IssueChange, WhatArrangesIsReadForEver) {
    ledger::expect_permanent(TESTDATA "/arranged.v1.jsonl", arranging(), encode, decode);
}

TEST(IssueChange, WhichAnswerIsAboutWhatIsServedToNobody) {
    EXPECT_EQ(encode(arranging()[0], 77).facts_served, ledger::Served::closed);
    ledger::Entry e = ledger::as_entry(*kernel::parse_json(line_of(encode(arranging()[0], 77))));
    e.facts.set("answers", kernel::Json::Array{kernel::Json::Array{47}});
    EXPECT_THROW(decode(e), std::runtime_error);
}

TEST(IssueChange, AdviceIsPermanent) {
    const std::vector<Change> advised = {Advised{IssueId(50), voice::VoiceId(76)}};
    ledger::expect_permanent(TESTDATA "/advised.v1.jsonl", advised, encode, decode);
}

TEST(IssueChange, ReadsWhatIsLeftWithoutWords) {
    for (const Change& sample : samples()) {
        const auto written = *kernel::parse_json(line_of(encode(sample, 77)), kernel::Numbers::canonical);
        const Change left = decode(ledger::as_entry(written, false));
        EXPECT_EQ(left.index(), sample.index());
        if (const auto* moved = std::get_if<Moved>(&left)) { EXPECT_EQ(moved->reason, ""); }
        if (const auto* suggested = std::get_if<Suggested>(&left)) { EXPECT_EQ(suggested->title, ""); }
    }
}

TEST(IssueChange, RefusesWhatNoVersionWrote) {
    ledger::Entry e = ledger::as_entry(*kernel::parse_json(line_of(encode(samples()[4], 77))));
    e.v = 2;
    EXPECT_THROW(decode(e), std::runtime_error);
    e.v = 1;
    e.facts.set("state", "forgotten");
    EXPECT_THROW(decode(e), std::runtime_error);
    e.kind = "issue.eaten";
    EXPECT_THROW(decode(e), std::runtime_error);
}

}  // namespace
}  // namespace issue::change

#include "change.h"

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace visit::change {
namespace {

const std::vector<Change>& samples() {
    static const std::vector<Change> all = {
        Recorded{issue::IssueId(50), people::CycleId(40), people::UnitId(1), *kernel::parse_day("2026-11-20"), 17, true,
                 "head of the roads section, engineer", "Stop 7, East Street 东街", "No light after nine",
                 "A lamp by May", "en", false, people::OfficerId(5)},
        Recorded{issue::IssueId(51), people::CycleId(40), people::UnitId(2), *kernel::parse_day("2026-01-31"), 0, false,
                 "工程师", "东街", "没有人在", "", "zh-Hans", true, people::OfficerId(6)},
        ReportedBack{VisitId(60), *kernel::parse_day("2026-11-22"), "The lamp stands", people::OfficerId(5)},
        Corrected{VisitId(60), {*kernel::parse_day("2026-11-19"), 16, false}, "counted twice", people::OfficerId(6)},
    };
    return all;
}

TEST(VisitChange, WhatWasWrittenOnceIsReadForEver) {
    ledger::expect_permanent(TESTDATA "/changes.v1.jsonl", samples(), encode, decode);
}

TEST(VisitChange, FactsHoldNoWords) {
    for (const Change& sample : samples()) {
        const auto written = *kernel::parse_json(line_of(encode(sample, 77)), kernel::Numbers::canonical);
        const Change left = decode(ledger::as_entry(written, false));
        EXPECT_EQ(left.index(), sample.index());
        if (const auto* recorded = std::get_if<Recorded>(&left)) {
            Recorded bare = std::get<Recorded>(sample);
            bare.posts = bare.where = bare.heard = bare.promised = "";
            EXPECT_EQ(*recorded, bare);
        }
        if (const auto* told = std::get_if<ReportedBack>(&left)) { EXPECT_EQ(told->what, ""); }
        if (const auto* corrected = std::get_if<Corrected>(&left)) { EXPECT_EQ(corrected->reason, ""); }
    }
}

TEST(VisitChange, RefusesWhatNoVersionWrote) {
    const ledger::Entry good = ledger::as_entry(*kernel::parse_json(line_of(encode(samples()[0], 77))));
    EXPECT_NO_THROW(decode(good));
    ledger::Entry e = good;
    e.v = 2;
    EXPECT_THROW(decode(e), std::runtime_error);
    e = good;
    e.facts.set("day", "2026-02-30");
    EXPECT_THROW(decode(e), std::runtime_error);
    e = good;
    e.facts.set("met", "many");
    EXPECT_THROW(decode(e), std::runtime_error);
    e = good;
    e.kind = "visit.eaten";
    EXPECT_THROW(decode(e), std::runtime_error);
}

}  // namespace
}  // namespace visit::change

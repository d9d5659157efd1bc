#include "change.h"

#include <gtest/gtest.h>

#include <kernel/testing.h>
#include <ledger/testing.h>

namespace visit::change {
namespace {

using kernel::on;

Recorded first() {
    Recorded c;
    c.issue = issue::IssueId(50), c.cycle = people::CycleId(40), c.unit = people::UnitId(1);
    c.day = on("2026-11-20"), c.met = 17, c.may_decide = true;
    c.posts = "head of the roads section, engineer", c.where = "Stop 7, East Street 东街";
    c.heard = "No light after nine", c.promised = "A lamp by May", c.lang = "en";
    c.by = people::OfficerId(5);
    return c;
}
Recorded second() {
    Recorded c;
    c.issue = issue::IssueId(51), c.cycle = people::CycleId(40), c.unit = people::UnitId(2);
    c.day = on("2026-01-31");
    c.posts = "工程师", c.where = "东街", c.heard = "没有人在", c.lang = "zh-Hans", c.sample = true;
    c.by = people::OfficerId(6);
    return c;
}

const std::vector<Change>& samples() {
    static const std::vector<Change> all = {
        first(),
        second(),
        ReportedBack{VisitId(60), on("2026-11-22"), "The lamp stands", people::OfficerId(5)},
        Corrected{VisitId(60), {on("2026-11-19"), 16, false}, "counted twice", people::OfficerId(6)},
    };
    return all;
}

// What came with version 2 of visit.recorded.
const std::vector<Change>& newer() {
    static const std::vector<Change> all = [] {
        Recorded full = first();
        full.mode = Mode::stay, full.until = on("2026-11-22"), full.plan = PlanId(44);
        full.groups = {{Group::residents, 12}, {Group::employees, 3}};
        full.voices = {voice::VoiceId(17), voice::VoiceId(23)}, full.measures = {measure::MeasureId(41)};
        full.origin.emplace();
        for (std::size_t i = 0; i < full.origin->size(); ++i) (*full.origin)[i] = static_cast<std::uint8_t>(i);
        Recorded bare = second();
        bare.issue.reset(), bare.mode = Mode::walk;
        Planned planned;
        planned.issue = issue::IssueId(50), planned.cycle = people::CycleId(40), planned.unit = people::UnitId(1);
        planned.made = on("2026-11-20"), planned.day = on("2026-11-30"), planned.announced = true;
        planned.posts = "科长", planned.where = "东街", planned.why = "看灯", planned.lang = "zh-Hans";
        planned.by = people::OfficerId(5);
        Planned about_none = planned;
        about_none.issue.reset(), about_none.announced = false, about_none.sample = true;
        return std::vector<Change>{
            full,
            bare,
            Linked{VisitId(60), {{voice::VoiceId(17)}, {measure::MeasureId(41)}}, "", people::OfficerId(5)},
            Linked{VisitId(60), {}, "wrong numbers", people::OfficerId(5)},
            planned,
            about_none,
            CalledOff{PlanId(44), "snow", people::OfficerId(6)},
        };
    }();
    return all;
}

TEST(VisitChange, WhatWasWrittenOnceIsReadForEver) {
    ledger::expect_permanent(TESTDATA "/changes.v1.jsonl", samples(), encode, decode);
    ledger::expect_permanent(TESTDATA "/changes.v2.jsonl", newer(), encode, decode);
}

TEST(VisitChange, FactsOfTheNewerHoldNoWordsEither) {
    for (const Change& sample : newer()) {
        const auto written = *kernel::parse_json(line_of(encode(sample, 77)), kernel::Numbers::canonical);
        const Change left = decode(ledger::as_entry(written, false));
        ASSERT_EQ(left.index(), sample.index());
        if (const auto* recorded = std::get_if<Recorded>(&left)) {
            Recorded bare = std::get<Recorded>(sample);
            bare.posts = bare.where = bare.heard = bare.promised = "";
            EXPECT_EQ(*recorded, bare);
        }
        if (const auto* planned = std::get_if<Planned>(&left)) {
            EXPECT_EQ(planned->posts + planned->where + planned->why, "");
        }
        if (const auto* linked = std::get_if<Linked>(&left)) { EXPECT_EQ(linked->reason, ""); }
        if (const auto* off = std::get_if<CalledOff>(&left)) { EXPECT_EQ(off->reason, ""); }
    }
}

TEST(VisitChange, RefusesWhatVersionTwoNeverWrote) {
    const ledger::Entry good = ledger::as_entry(*kernel::parse_json(line_of(encode(newer()[0], 77))));
    const auto spoilt = [&](const char* member, kernel::Json value) {
        ledger::Entry e = good;
        e.facts.set(member, std::move(value));
        return e;
    };
    EXPECT_NO_THROW(decode(good));
    EXPECT_THROW(decode(spoilt("mode", "flight")), std::runtime_error);
    EXPECT_THROW(decode(spoilt("mode", nullptr)), std::runtime_error);
    EXPECT_THROW(decode(spoilt("origin", "00ff")), std::runtime_error);
    EXPECT_THROW(decode(spoilt("groups", kernel::Json::Object{{"friends", 3}})), std::runtime_error);
    EXPECT_THROW(decode(spoilt("voices", "17")), std::runtime_error);
    ledger::Entry e = good;
    e.v = 3;
    EXPECT_THROW(decode(e), std::runtime_error);
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

#include "change.h"

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace measure {
namespace {

kernel::Day a_day(std::string_view iso) { return kernel::parse_day(iso).value(); }
Decimal figure_of(std::string_view text) { return Decimal::parse(text).value(); }

Draft promise() {
    Draft p;
    p.cycle = people::CycleId(30);
    p.issue = issue::IssueId(40);
    p.criterion = cycle::CriterionId(31);
    p.kind = Kind::goal;
    p.title = "Buses 公交 come on time", p.text = "More buses\nin the morning", p.lang = "en";
    p.owner_unit = people::UnitId(10), p.owner = people::OfficerId(50);
    p.indicator = {"complaints", "per month", figure_of("24.50"), figure_of("-6")};
    p.due = a_day("2026-12-07");
    p.beneficiaries = "Riders", p.worse_off = "Drivers", p.remedy = "Parking";
    p.sample = true;
    return p;
}
Draft bare_promise() {
    Draft p = promise();
    p.issue.reset();
    p.criterion = {};
    p.kind = Kind::pledge;
    p.worse_off = p.remedy = "";
    p.indicator.unit = "";
    p.sample = false;
    return p;
}

const std::vector<change::Change>& samples() {
    const MeasureId id(60);
    const people::OfficerId by(50), checker(51);
    static const std::vector<change::Change> all = {
        change::Adopted{promise(), 55, {}},
        change::Adopted{bare_promise(), std::nullopt, by},
        change::Reported{id, false, a_day("2026-11-30"), 40, std::nullopt, 0, false, by, "Two buses", "Timetable"},
        change::Reported{id, true, a_day("2026-12-09"), 100, figure_of("5.75"), 2, true, by, "Done",
                         "https://example.org/count"},
        change::Verified{id, true, checker, "Counted"},
        change::Verified{id, false, checker, "Not there"},
        change::Extended{id, a_day("2026-12-07"), a_day("2026-12-21"), checker, "Buses come later"},
        change::Retargeted{id, figure_of("6"), figure_of("8.5"), checker, "Fewer buses"},
        change::Reassigned{
            id, {people::UnitId(10), by}, {people::UnitId(11), people::OfficerId(52)}, checker, "Moved on"},
        change::Reworded{id, {"Title", "Text", "Riders", "", ""}, checker, "Clearer"},
        change::Late{id, a_day("2026-12-07"), 5, a_day("2026-12-21")},
        change::Absent{id, checker, "Nobody answered"},
        change::Judged{id, 58, true, true, std::nullopt},
        change::Judged{id, 58, false, false, a_day("2026-12-29")},
        change::Closed{id, a_day("2027-02-22"), checker, "All said"},
        change::LookedBack{id, true, std::nullopt, checker, "It held", {}},
        change::LookedBack{id, false, a_day("2027-03-29"), checker, "Late again", {}},
    };
    return all;
}

TEST(MeasureChange, WhatWasWrittenOnceIsReadForEver) {
    const auto written = ledger::written_changes(TESTDATA "/changes.v1.jsonl");
    ASSERT_EQ(written.size(), samples().size());
    for (std::size_t i = 0; i < written.size(); ++i) {
        EXPECT_EQ(change::decode(ledger::as_entry(written[i])), samples()[i]) << "line " << i + 1;
        EXPECT_EQ(line_of(change::encode(samples()[i], 77)), kernel::canonical(written[i])) << "line " << i + 1;
    }
}

change::Adopted promised_in_an_answer() {
    change::Adopted c = std::get<change::Adopted>(samples()[0]);
    c.promised.voice = voice::VoiceId(41);
    c.motion.reset();
    return c;
}

TEST(MeasureChange, TheSecondVersionsAreReadForEver) {
    const auto written = ledger::written_changes(TESTDATA "/changes.v2.jsonl");
    ASSERT_EQ(written.size(), 2u);
    const change::Change found =
        change::LookedBack{MeasureId(60), false, a_day("2027-03-29"), people::OfficerId(51), "", 70};
    EXPECT_EQ(change::decode(ledger::as_entry(written[1])), found);
    EXPECT_EQ(line_of(change::encode(found, 77)), kernel::canonical(written[1]));
    EXPECT_EQ(change::decode(ledger::as_entry(written[0])), change::Change(promised_in_an_answer()));
    EXPECT_EQ(line_of(change::encode(promised_in_an_answer(), 77)), kernel::canonical(written[0]));
}

TEST(MeasureChange, ReadsWithoutWordsAndLosesNoFact) {
    for (const kernel::Json& written : ledger::written_changes(TESTDATA "/changes.v1.jsonl")) {
        ledger::Entry e = ledger::as_entry(written);
        e.words.reset();
        ledger::Draft again = change::encode(change::decode(e), 77);
        EXPECT_EQ(kernel::canonical(again.facts), kernel::canonical(written["facts"])) << e.kind;
    }
    ledger::Entry e = ledger::as_entry(ledger::written_changes(TESTDATA "/changes.v1.jsonl").at(0));
    e.words.reset();
    EXPECT_EQ(std::get<change::Adopted>(change::decode(e)).promised.title, "");
    EXPECT_EQ(std::get<change::Adopted>(change::decode(e)).promised.indicator.baseline, figure_of("24.50"));
}

TEST(MeasureChange, NothingPersonalIsAFact) {
    for (const change::Change& change : samples()) {
        const std::string facts = kernel::canonical(change::encode(change, 77).facts);
        for (const char* word : {"Buses", "Riders", "Timetable", "Counted", "Fewer", "Moved on", "Clearer", "answered",
                                 "All said", "held"})
            EXPECT_TRUE(facts.find(word) == std::string::npos || std::string_view(word) == "held") << facts;
    }
}

TEST(MeasureChange, RefusesWhatNoVersionWrote) {
    const auto written = ledger::written_changes(TESTDATA "/changes.v1.jsonl");
    const auto spoiled = [&](std::size_t line, auto spoil) {
        ledger::Entry e = ledger::as_entry(written.at(line));
        spoil(e);
        return e;
    };
    EXPECT_THROW(change::decode(spoiled(0, [](ledger::Entry& e) { e.v = 3; })), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(0, [](ledger::Entry& e) { e.kind = "measure.vanished"; })), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(0, [](ledger::Entry& e) { e.facts.set("kind", "wish"); })), std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(0, [](ledger::Entry& e) { e.facts.set("target", "1e9"); })),
                 std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(0, [](ledger::Entry& e) { e.facts.set("due", "2026-02-30"); })),
                 std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(3, [](ledger::Entry& e) { e.facts = kernel::Json::Object{}; })),
                 std::runtime_error);
    EXPECT_THROW(change::decode(spoiled(7, [](ledger::Entry& e) { e.facts.set("from", "six"); })), std::runtime_error);
}

TEST(MeasureChange, SubjectIsTheMeasureAndTheParentWhatItAnswers) {
    for (const change::Change& change : samples()) {
        const ledger::Draft d = change::encode(change, 77);
        const auto* adopted = std::get_if<change::Adopted>(&change);
        EXPECT_EQ(d.subject, adopted ? 77 : 60);
        if (adopted)
            EXPECT_EQ(d.parent, adopted->motion);
        else if (const auto* judged = std::get_if<change::Judged>(&change))
            EXPECT_EQ(d.parent, judged->review);
        else
            EXPECT_EQ(d.parent, std::nullopt);
        EXPECT_EQ(d.facts_served, ledger::Served::open);
        EXPECT_EQ(d.words_served, ledger::Served::open);
    }
}

}  // namespace
}  // namespace measure

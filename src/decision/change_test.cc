#include "change.h"

#include <fstream>

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace decision {
namespace {

// Each line is one Change as the ledger keeps it, written once and read for ever.
std::vector<std::string> written_lines() {
    std::ifstream file(TESTDATA "/changes.v1.jsonl");
    std::vector<std::string> all;
    for (std::string line; std::getline(file, line);) all.push_back(line);
    return all;
}

ledger::Entry entry_of(const std::string& line) {
    return ledger::as_entry(*kernel::parse_json(line, kernel::Numbers::canonical));
}

std::string line_of(const change::Change& c) { return ledger::line_of(change::encode(c, ledger::index_in_tests)); }

measure::Draft promised() {
    measure::Draft m;
    m.cycle = people::CycleId(30), m.issue = issue::IssueId(40), m.criterion = cycle::CriterionId(31);
    m.kind = measure::Kind::rule, m.title = "Buses 公交", m.text = "More\nin the morning", m.lang = "en";
    m.owner_unit = people::UnitId(10), m.owner = people::OfficerId(50);
    m.indicator = {"complaints", "per month", measure::Decimal{245, 1}, measure::Decimal{-6, 0}};
    m.due = kernel::parse_day("2027-03-01").value();
    m.beneficiaries = "Riders", m.worse_off = "Drivers", m.remedy = "Parking", m.sample = true;
    return m;
}

const std::vector<change::Change>& samples() {
    const people::OfficerId by(50), member(51);
    const BodyId body(60);
    const SittingId sitting(61);
    const MotionId motion(62);
    Rules own;
    own.quorum = {2, 3, false, Base::seats}, own.majority = {3, 4, true, Base::present};
    own.tie = Tie::chair_casts, own.notice_days = 7;
    const std::vector<Member> roll = {{by, "First", true, false}, {member, "Second", false, false}};
    const MotionDraft adopts{issue::IssueId(40), MotionKind::adopt_measures, "Adopt", "", "en", true, {promised()}};
    const MotionDraft refuses{issue::IssueId(41), MotionKind::refuse, "拒绝", "没有经费", "zh-Hans", false, {}};
    using change::Step;
    static const std::vector<change::Change> all = {
        change::SetUp{"Council", people::UnitId(10), 12, own, true, by},
        change::SetUp{"Committee", people::UnitId(10), 5, presets().front(), false, by},
        change::RulesSet{body, own, "More agreement", by},
        change::Seated{body, {member, "Second", false, false}, by},
        change::Unseated{body, member, "Moved", by},
        change::Called{body, people::CycleId(30), kernel::parse_day("2026-11-26").value(), "Room 1", 12, own, roll,
                       true, by},
        change::Tabled{sitting, adopts, true, by},
        change::Tabled{sitting, refuses, false, by},
        change::Stepped{sitting, Step::agenda, by},
        change::Stepped{sitting, Step::open, by},
        change::Stepped{sitting, Step::signed_, by},
        change::Attended{sitting, member, true, by},
        change::Attended{sitting, member, false, by},
        change::Put{motion, by},
        change::Voted{motion, Vote::yes, "Because", member},
        change::Voted{motion, Vote::no, "", member},
        change::Voted{motion, Vote::abstain, "", member},
        change::Counted{motion, {2, 1, 1}, {true, true, 3, 2}, MotionState::carried, {}, by},
        change::Counted{
            motion, {1, 1, 1}, {true, false, 2, 2}, MotionState::lost, {by, member, people::OfficerId(52)}, by},
        change::Counted{motion, {1, 0, 0}, {false, false, 1, 1}, MotionState::no_quorum, {}, by},
        change::Minuted{sitting, "All said\n\nand done", by},
        change::ClerksNamed{body, {member, people::OfficerId(52)}, "They know the matter", by},
        change::ClerksNamed{body, {}, "Moved", by},
    };
    return all;
}

TEST(DecisionChange, BytesArePermanent) {
    const auto lines = written_lines();
    ASSERT_EQ(lines.size(), samples().size());
    for (std::size_t i = 0; i < lines.size(); ++i) EXPECT_EQ(line_of(samples()[i]), lines[i]);
}

TEST(DecisionChange, WhatWasWrittenIsReadAsItWas) {
    for (const std::string& line : written_lines()) EXPECT_EQ(line_of(change::decode(entry_of(line))), line);
}

TEST(DecisionChange, WithoutWordsTheFactsStay) {
    for (const std::string& line : written_lines()) {
        ledger::Entry e = entry_of(line);
        const std::string facts = kernel::canonical(e.facts);
        e.words.reset();
        const ledger::Draft again = change::encode(change::decode(e), e.index);
        EXPECT_EQ(kernel::canonical(again.facts), facts);
        EXPECT_EQ(again.subject, e.subject);
    }
}

TEST(DecisionChange, NothingElseIsRead) {
    for (const std::string& line : written_lines()) {
        ledger::Entry e = entry_of(line);
        e.v = 2;
        EXPECT_THROW((void)change::decode(e), std::runtime_error);
        e.v = 1;
        e.kind = "decision.dreamt";
        EXPECT_THROW((void)change::decode(e), std::runtime_error);
    }
    for (const char* line :
         {R"({"facts":{"by":50,"vote":"perhaps"},"kind":"decision.voted","subject":62,"v":1})",
          R"({"facts":{"by":50,"state":"adjourned"},"kind":"decision.sitting_moved","subject":61,"v":1})",
          R"({"facts":{"by":50,"clerks":["me"]},"kind":"decision.clerks_named","subject":60,"v":1})",
          R"({"facts":{"by":50},"kind":"decision.clerks_named","subject":60,"v":1})",
          R"({"facts":{"vote":"yes"},"kind":"decision.voted","subject":62,"v":1})"})
        EXPECT_THROW((void)change::decode(entry_of(line)), std::runtime_error) << line;
}

// A named vote says who and what; of a secret one the count alone speaks: both lists sorted, of different order.
TEST(DecisionChange, ASecretCountNamesVotersAndBallotsApart) {
    const change::Counted c{MotionId(62),
                            {1, 1, 1},
                            {true, false, 2, 2},
                            MotionState::lost,
                            {people::OfficerId(50), people::OfficerId(51), people::OfficerId(52)},
                            people::OfficerId(1)};
    const ledger::Draft d = change::encode(c, 77);
    EXPECT_EQ(kernel::canonical(d.facts["voters"]), "[50,51,52]");
    EXPECT_EQ(kernel::canonical(d.facts["ballots"]), R"(["abstain","no","yes"])");
    EXPECT_FALSE(d.words);
}

}  // namespace
}  // namespace decision

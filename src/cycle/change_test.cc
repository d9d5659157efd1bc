#include "change.h"

#include <fstream>

#include <gtest/gtest.h>

namespace cycle {
namespace {

// Each line is one Change as the ledger keeps it, written once and read for ever.
std::vector<kernel::Json> written_changes() {
    std::ifstream file(TESTDATA "/changes.v1.jsonl");
    std::vector<kernel::Json> all;
    for (std::string line; std::getline(file, line);)
        all.push_back(*kernel::parse_json(line, kernel::Numbers::canonical));
    return all;
}

ledger::Entry as_entry(const kernel::Json& written) {
    ledger::Entry e;
    e.index = 77;
    e.kind = written.need_string("kind");
    e.v = static_cast<int>(written.need_integer("v"));
    e.subject = written.need_integer("subject");
    if (!written["parent"].is_null()) e.parent = written.need_integer("parent");
    e.facts = written["facts"];
    if (!written["words"].is_null()) e.words = written["words"];
    return e;
}

std::string line_of(const ledger::Draft& d) {
    kernel::Json json;
    json.set("kind", d.kind).set("v", d.v).set("subject", d.subject).set("facts", d.facts);
    if (d.parent) json.set("parent", *d.parent);
    if (d.words) json.set("words", *d.words);
    return kernel::canonical(json);
}

const std::vector<Change>& samples() {
    static const std::vector<Change> all = {
        Opened{people::UnitId(1), "Buses \u516c\u4ea4", "en", std::nullopt, "", false, people::OfficerId(5)},
        Opened{people::UnitId(1), "Buses again", "zh-Hant", CycleId(40), "CC BY 4.0, somebody", true,
               people::OfficerId(0)},
        DeskOpened{people::UnitId(1), "Always-open desk", "en"},
        CriterionSet{CycleId(40), "Waiting is short", std::nullopt, "", people::OfficerId(5)},
        CriterionSet{CycleId(40), "Waiting is shorter", CriterionId(41), "too weak", people::OfficerId(6)},
        ContextSet{CycleId(40), {"all", "much", "some", ""}, 7, std::nullopt, "", people::OfficerId(5)},
        ContextSet{CycleId(40), {"all", "much", "some", "little"}, 15, 43, "was not complete", people::OfficerId(5)},
        PhaseEntered{CycleId(40), Phase::consult, kernel::parse_day("2027-02-28"), "", people::OfficerId(5)},
        PhaseEntered{CycleId(40), Phase::closed, std::nullopt, "Nothing is open", people::OfficerId(5)},
    };
    return all;
}

TEST(CycleChange, WhatWasWrittenOnceIsReadForEver) {
    const auto written = written_changes();
    ASSERT_EQ(written.size(), samples().size());
    for (std::size_t i = 0; i < written.size(); ++i) {
        EXPECT_EQ(decode(as_entry(written[i])), samples()[i]) << "line " << i + 1;
        EXPECT_EQ(line_of(encode(samples()[i], 77)), kernel::canonical(written[i])) << "line " << i + 1;
    }
}

TEST(CycleChange, ReadsWithoutWords) {
    for (const kernel::Json& written : written_changes()) {
        ledger::Entry e = as_entry(written);
        e.words.reset();
        const Change whole = decode(as_entry(written)), without = decode(e);
        EXPECT_EQ(whole.index(), without.index());
    }
    ledger::Entry e = as_entry(written_changes().at(6));
    e.words.reset();
    EXPECT_EQ(std::get<ContextSet>(decode(e)).filled, 15);
    EXPECT_EQ(std::get<ContextSet>(decode(e)).context.touches, "");
}

TEST(CycleChange, RefusesWhatNoVersionWrote) {
    const auto written = written_changes();
    ledger::Entry newer = as_entry(written.at(0));
    newer.v = 2;
    EXPECT_THROW(decode(newer), std::runtime_error);
    ledger::Entry foreign = as_entry(written.at(0));
    foreign.kind = "cycle.vanished";
    EXPECT_THROW(decode(foreign), std::runtime_error);
    ledger::Entry phase = as_entry(written.at(7));
    phase.facts.set("phase", "voting");
    EXPECT_THROW(decode(phase), std::runtime_error);
    ledger::Entry day = as_entry(written.at(7));
    day.facts.set("ends", "2027-02-30");
    EXPECT_THROW(decode(day), std::runtime_error);
    ledger::Entry bare = as_entry(written.at(3));
    bare.facts = kernel::Json::Object{};
    EXPECT_THROW(decode(bare), std::runtime_error);
}

TEST(CycleChange, SubjectIsTheRound) {
    for (const Change& change : samples()) {
        const ledger::Draft d = encode(change, 77);
        EXPECT_TRUE(d.subject == 77 || d.subject == 40);
        EXPECT_EQ(d.facts_served, ledger::Served::open);
    }
}

}  // namespace
}  // namespace cycle

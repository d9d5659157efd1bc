#include "change.h"

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace dialogue {
namespace {

kernel::Day day(std::string_view text) { return kernel::parse_day(text).value(); }

kernel::Hash hash_of(std::uint8_t byte) {
    kernel::Hash hash;
    hash.fill(byte);
    return hash;
}

const std::vector<Change>& samples() {
    const people::OfficerId officer(5);
    const DialogueId dialogue(50);
    static const std::vector<Change> all = {
        Opened{CycleId(40), "How?", "Tell us", "en", Admission::moderated, "", false, std::nullopt, officer},
        Opened{CycleId(40), "\u600e\u9ebc\u8fa6?", "", "zh-Hant", Admission::at_once, "CC BY 4.0", true,
               ImportOf{hash_of(0xab), CycleId(0)}, people::OfficerId(0)},
        Closed{dialogue, "Enough was said", officer},
        Made{CycleId(40), dialogue, "More buses", "en", day("2026-11-23"), day("2026-11-25")},
        Made{CycleId(40), dialogue, "Fewer buses", "en", day("2026-11-23"), std::nullopt},
        Seeded{dialogue, "Buses at night", "en", day("2026-11-20"), officer},
        StatementImported{dialogue, 196, State::set_aside, "\u5c0f\u9ec3", "zh-Hant", day("2016-08-30")},
        StatementImported{dialogue, 0, State::accepted, "x", "en", day("2015-06-30")},
        Accepted{StatementId(60), "", officer},
        SetAside{StatementId(60), Ground::threat_or_hate, "a threat", officer},
        VotesCast{CycleId(40),
                  dialogue,
                  people::ParticipantId(0),
                  hash_of(1),
                  {{StatementId(60), Choice::agree},
                   {StatementId(61), Choice::disagree},
                   {StatementId(62), Choice::pass},
                   {StatementId(63), std::nullopt}},
                  std::nullopt},
        VotesCast{CycleId(40),
                  dialogue,
                  people::ParticipantId(70),
                  std::nullopt,
                  {{StatementId(60), Choice::agree}},
                  StatementId(60)},
        VotesImported{dialogue,
                      {{0, StatementId(60), Choice::agree}, {1048575, StatementId(61), Choice::pass}},
                      day("2015-06-30"),
                      day("2019-02-01")},
        VotesImported{dialogue, {{3, StatementId(60), Choice::disagree}}, std::nullopt, std::nullopt},
        Reported{CycleId(40), StatementId(60), Ground::advertising, "It sells lamps"},
        ReportDecided{StatementId(60), 80, true, "It does", officer},
        Appealed{CycleId(40), StatementId(60), 81, "It was meant as a warning"},
        AppealRefused{StatementId(60), 83, "It names a shop", officer},
        Translated{StatementId(60), "多開幾班車", "zh-Hant", officer},
        Translated{StatementId(60), "", "zh-Hant", officer},
    };
    return all;
}

TEST(DialogueChange, WhatWasWrittenOnceIsReadForEver) {
    const auto written = ledger::written_changes(TESTDATA "/changes.v1.jsonl");
    ASSERT_EQ(written.size(), samples().size());
    for (std::size_t i = 0; i < written.size(); ++i) {
        EXPECT_EQ(decode(ledger::as_entry(written[i])), samples()[i]) << "line " << i + 1;
        EXPECT_EQ(line_of(encode(samples()[i], 77)), kernel::canonical(written[i])) << "line " << i + 1;
    }
}

TEST(DialogueChange, SpeakersActsNameTheRoundAndServeNeitherVotesNorKeys) {
    for (const Change& change : samples()) {
        const ledger::Draft d = encode(change, 77);
        if (std::holds_alternative<VotesCast>(change)) {
            EXPECT_EQ(d.subject, 40);
            EXPECT_FALSE(d.parent.has_value());
            EXPECT_EQ(d.facts_served, ledger::Served::closed);
            EXPECT_EQ(d.words_served, ledger::Served::closed);
            EXPECT_TRUE(d.words.has_value());  // also without a key: the leaf does not tell who is new
        }
        if (std::holds_alternative<Reported>(change) || std::holds_alternative<Appealed>(change)) {
            EXPECT_EQ(d.subject, 40);
            EXPECT_EQ(d.words_served, ledger::Served::closed) << "for moderators alone";
        }
        if (std::holds_alternative<VotesImported>(change)) { EXPECT_EQ(d.facts_served, ledger::Served::closed); }
        if (const Made* made = std::get_if<Made>(&change)) {
            EXPECT_EQ(d.subject, 40);
            EXPECT_EQ(d.words_served, made->until ? ledger::Served::closed : ledger::Served::open);
        }
    }
}

TEST(DialogueChange, ReadsWithoutWords) {
    for (const kernel::Json& written : ledger::written_changes(TESTDATA "/changes.v1.jsonl")) {
        ledger::Entry e = ledger::as_entry(written);
        e.words.reset();
        EXPECT_EQ(decode(e).index(), decode(ledger::as_entry(written)).index());
    }
    ledger::Entry votes = ledger::as_entry(ledger::written_changes(TESTDATA "/changes.v1.jsonl").at(10));
    votes.words.reset();
    EXPECT_FALSE(std::get<VotesCast>(decode(votes)).key.has_value());
    EXPECT_EQ(std::get<VotesCast>(decode(votes)).votes.size(), 4u);
}

TEST(DialogueChange, RefusesWhatNoVersionWrote) {
    const auto written = ledger::written_changes(TESTDATA "/changes.v1.jsonl");
    const auto broken = [&](std::size_t line, std::string member, kernel::Json value) {
        ledger::Entry e = ledger::as_entry(written.at(line));
        e.facts.set(std::move(member), std::move(value));
        return e;
    };
    ledger::Entry newer = ledger::as_entry(written.at(0));
    newer.v = 2;
    EXPECT_THROW(decode(newer), std::runtime_error);
    ledger::Entry foreign = ledger::as_entry(written.at(0));
    foreign.kind = "dialogue.vanished";
    EXPECT_THROW(decode(foreign), std::runtime_error);
    EXPECT_THROW(decode(broken(3, "until", "soon")), std::runtime_error);
    EXPECT_THROW(decode(broken(6, "state", "lost")), std::runtime_error);
    EXPECT_THROW(decode(broken(9, "ground", "criticism")), std::runtime_error);
    EXPECT_THROW(decode(broken(10, "votes", "60x")), std::runtime_error);
}

TEST(VoteText, RefusesEverythingButItsOwnForm) {
    for (const char* wrong : {"a", "60", "60x", "-60a", "60a,", "60a 61a", "60a61", " 60a", "99999999999999999999a"})
        EXPECT_THROW(parse_votes(wrong), std::runtime_error) << wrong;
    for (const char* wrong : {"1:60n", "1;60a", "1:60a2:60a", "1:60a,", ":60a", "1:60a,,2:60a", "-1:60a"})
        EXPECT_THROW(parse_imported(wrong), std::runtime_error) << wrong;
    EXPECT_TRUE(parse_votes("").empty());
    EXPECT_TRUE(parse_imported("").empty());
}

}  // namespace
}  // namespace dialogue

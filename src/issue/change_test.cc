#include "change.h"

#include <fstream>

#include <gtest/gtest.h>

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

std::string line_of(const ledger::Draft& d) {
    kernel::Json json;
    json.set("kind", d.kind).set("v", d.v).set("subject", d.subject).set("facts", d.facts);
    if (d.parent) json.set("parent", *d.parent);
    if (d.words) json.set("words", *d.words);
    return kernel::canonical(json);
}

ledger::Entry as_entry(const kernel::Json& written, bool with_words) {
    ledger::Entry e;
    e.index = 77;
    e.kind = written.need_string("kind");
    e.v = static_cast<int>(written.need_integer("v"));
    e.subject = written.need_integer("subject");
    e.facts = written["facts"];
    if (with_words && !written["words"].is_null()) e.words = written["words"];
    return e;
}

TEST(IssueChange, WhatWasWrittenOnceIsReadForEver) {
    std::ifstream file(TESTDATA "/changes.v1.jsonl");
    std::size_t i = 0;
    for (std::string line; std::getline(file, line); ++i) {
        ASSERT_LT(i, samples().size());
        const auto written = *kernel::parse_json(line, kernel::Numbers::canonical);
        EXPECT_EQ(decode(as_entry(written, true)), samples()[i]) << "line " << i + 1;
        EXPECT_EQ(line_of(encode(samples()[i], 77)), line) << "line " << i + 1;
    }
    EXPECT_EQ(i, samples().size());
}

TEST(IssueChange, ReadsWhatIsLeftWithoutWords) {
    for (const Change& sample : samples()) {
        const auto written = *kernel::parse_json(line_of(encode(sample, 77)), kernel::Numbers::canonical);
        const Change left = decode(as_entry(written, false));
        EXPECT_EQ(left.index(), sample.index());
        if (const auto* moved = std::get_if<Moved>(&left)) { EXPECT_EQ(moved->reason, ""); }
        if (const auto* suggested = std::get_if<Suggested>(&left)) { EXPECT_EQ(suggested->title, ""); }
    }
}

TEST(IssueChange, RefusesWhatNoVersionWrote) {
    ledger::Entry e = as_entry(*kernel::parse_json(line_of(encode(samples()[4], 77))), true);
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

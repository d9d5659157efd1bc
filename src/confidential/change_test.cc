// What was written once is read for ever, and tells nothing by its size.
#include "change.h"

#include <gtest/gtest.h>

#include <kernel/testing.h>
#include <ledger/testing.h>

#include "envelope.h"

namespace confidential::change {
namespace {

using people::OfficerId;

kernel::Hash some_key(std::uint8_t with) {
    kernel::Hash key;
    key.fill(with);
    return key;
}

Words some_words() {
    Words words;
    words.author = some_key(3);
    for (std::uint8_t i = 0; i <= most_receivers; ++i)
        words.boxes.push_back(kernel::Bytes(box_bytes, static_cast<std::uint8_t>(16 + i)));
    words.sealed = kernel::Bytes(sealed_bytes, 9);
    return words;
}

Facts some_facts() {
    return {Act::opened, std::string(32, 'a'),          1,   kernel::parse_day("2026-12-02"),
            0,           {OfficerId(21), OfficerId(7)}, 2026};
}

const std::vector<Change>& samples() {
    static const std::vector<Change> all = [] {
        Facts answered = some_facts();
        answered.act = Act::reply;
        answered.n = 2;
        answered.due.reset();
        answered.holder = 1;
        return std::vector<Change>{
            Named{OfficerId(21), OfficerId(7), "She answers to nobody of the works."},
            Ready{OfficerId(21), some_key(200)},
            Left{OfficerId(21), OfficerId(21), "A new post"},
            Entered{people::CycleId(4), some_facts(), some_words()},
            Entered{people::CycleId(4), answered, some_words()},
        };
    }();
    return all;
}

TEST(ConfidentialChange, WhatWasWrittenOnceIsReadForEver) {
    ledger::expect_permanent(TESTDATA "/changes.v1.jsonl", samples(), encode, decode);
}

TEST(ConfidentialChange, WhatWasSaidIsServedToNobody) {
    for (const Change& sample : samples()) {
        const ledger::Draft d = encode(sample, 77);
        const bool said = std::holds_alternative<Entered>(sample);
        EXPECT_EQ(d.facts_served, said ? ledger::Served::closed : ledger::Served::open) << d.kind;
        EXPECT_EQ(d.words_served, said ? ledger::Served::closed : ledger::Served::open) << d.kind;
        EXPECT_FALSE(d.parent) << "one entry leads to no other";
        EXPECT_EQ(d.subject, said ? 4 : 0) << "no person, no unit";
    }
}

TEST(ConfidentialChange, WithoutItsWordsItIsWhatAnErasureLeaves) {
    const auto written = as_json(encode(samples()[3], 77));
    const auto left = std::get<Entered>(decode(ledger::as_entry(written, false)));
    EXPECT_FALSE(left.words);
    EXPECT_EQ(left.facts, some_facts());
    EXPECT_THROW(encode(left, 77), std::logic_error) << "kinds of people have words always or never";
    EXPECT_EQ(std::get<Named>(decode(ledger::as_entry(as_json(encode(samples()[0], 77)), false))).reason, "");
}

// Whatever is said, by whom, to how many, when: both payloads are as long.
TEST(ConfidentialChange, PayloadsOfOneSize) {
    const kernel::Hash author = kernel::BoxKey::random().public_key();
    const auto sizes = [&](const Facts& facts, std::size_t receivers, const std::string& text) {
        std::vector<kernel::Hash> to(receivers, author);
        Content content;
        content.text = text;
        content.act = facts.act;
        const Sealed sealed = must(seal(facts, author, to, content));
        return std::pair(kernel::canonical(facts_of(facts)).size(), kernel::canonical(words_of(sealed.words)).size());
    };
    const auto first = sizes(some_facts(), 2, "x");
    std::string longest;
    for (int i = 0; i < 2000; ++i) longest += "灯";
    for (int i = 0; i < 50; ++i) {
        Facts facts = some_facts();
        facts.act = static_cast<Act>(1 + i % 6);
        facts.n = 1 + i * 17;
        facts.holder = i % 3;
        facts.receivers = {OfficerId(1), OfficerId(1'000'000'000'000 + i), OfficerId(77)};
        if (i % 2) facts.due.reset();
        EXPECT_EQ(sizes(facts, 3, i % 5 ? std::string(static_cast<std::size_t>(i), 'x') : longest), first) << i;
    }
}

TEST(ConfidentialChange, RefusesWhatNoVersionWrote) {
    const auto with = [](const char* member, kernel::Json value, std::size_t sample = 3) {
        ledger::Entry entry = ledger::as_entry(as_json(encode(samples()[sample], 77)));
        entry.facts.set(member, std::move(value));
        return entry;
    };
    for (const auto& [member, value] :
         std::vector<std::pair<const char*, kernel::Json>>{{"act", 0},
                                                           {"act", 7},
                                                           {"matter", "aa"},
                                                           {"matter", std::string(32, 'A')},
                                                           {"n", "1"},
                                                           {"n", "0x1"},
                                                           {"due", "2026-13-01"},
                                                           {"holder", 2},
                                                           {"holder", -1},
                                                           {"receivers", kernel::Json::Array{}},
                                                           {"year", "26"}})
        EXPECT_THROW(decode(with(member, value)), std::runtime_error) << member << kernel::canonical(value);
    EXPECT_THROW(decode(with("key", "AAAA", 1)), std::runtime_error);
    ledger::Entry entry = ledger::as_entry(as_json(encode(samples()[3], 77)));
    entry.words->set("sealed", "AAAA");
    EXPECT_THROW(decode(entry), std::runtime_error);
    entry = ledger::as_entry(as_json(encode(samples()[3], 77)));
    entry.v = 2;
    EXPECT_THROW(decode(entry), std::runtime_error);
    entry.v = 1;
    entry.kind = "confidential.told";
    EXPECT_THROW(decode(entry), std::runtime_error);
}

}  // namespace
}  // namespace confidential::change

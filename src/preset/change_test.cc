#include "change.h"

#include <gtest/gtest.h>

#include <ledger/testing.h>

#include "library.h"
#include "params.h"
#include "rules.h"

namespace preset::change {
namespace {

// Made by hand, so that a new version of the library changes no line that was written.
Preset made() {
    Preset p;
    p.id = "cn.example";
    p.version = 2;
    p.tag = Tag::text;
    p.jurisdiction = "CN";
    p.source = "某条例 (2021)";
    p.article = "24, 25";
    p.retrieved = kernel::parse_day("2026-11-01");
    p.stated = {"reply.term", "extension.longest"};
    using namespace deadline;
    const Term five{Unit::working_days, 5, First::next_day, Ending::as_it_falls};
    Casework c;
    c.accept = {Start::received, {Unit::days, 15, First::next_working_day, Ending::next_working_day}, {}, 0};
    c.reply = {
        Start::accepted,
        five,
        {{-2, Level::reminder, {Whom::handler}, false}, {1, Level::overdue, {Whom::head, Whom::inspector}, true}},
        20};
    c.reply_of = {{"question", {Unit::months, 1, First::same_day, Ending::as_it_falls}}};
    c.reply_again = five;
    c.stops = {{Reason::hearing, {Unit::weeks, 2, First::next_day, Ending::as_it_falls}}};
    c.extension = {1, five, Whom::unit_above, true};
    c.bounce = {2, {}, 24};
    c.rating = five;
    c.superior_at = 2;
    c.release = {"complaint"};
    p.params = c;
    p.by = people::OfficerId(7);
    p.reason = "As the city has it.";
    return p;
}

const std::vector<Adopted>& samples() {
    static const std::vector<Adopted> all = [] {
        Preset own = made(), measures = made();
        own.id = "own";
        own.tag = Tag::own;
        own.retrieved.reset();
        own.based_on = Based{"cn.example", 2};
        own.changed = {"reply.term"};
        own.stated = {"extension.longest"};
        own.reason = "";
        using namespace deadline;
        const Term days{Unit::days, 60, First::next_day, Ending::as_it_falls};
        measures.applies = Applies::measures;
        measures.id = "rect.example";
        measures.tag = Tag::own;
        measures.jurisdiction = measures.article = "";
        measures.params = Rectification{{Start::adopted, days, {{0, Level::due, {}, false}}, 0},
                                        {3, days, Whom::head, false},
                                        {Unit::working_days, 15, First::next_day, Ending::as_it_falls},
                                        {Unit::days, 90, First::next_day, Ending::next_working_day}};
        return std::vector<Adopted>{{made()}, {own}, {measures}};
    }();
    return all;
}

TEST(PresetChange, WhatWasWrittenOnceIsReadForEver) {
    ledger::expect_permanent(TESTDATA "/changes.v1.jsonl", samples(), encode, decode);
}

TEST(PresetChange, EveryAdoptablePresetOfTheLibraryIsReadAsItIsWritten) {
    for (const LibraryPreset& one : library()) {
        if (!adoptable(one.preset.applies)) continue;
        const auto adopted = rules::adopt({&one, {}, 0}, {one.preset.id, {}, "r"}, people::OfficerId(7));
        ASSERT_TRUE(adopted) << one.preset.id;
        const auto read = decode(ledger::as_entry(as_json(encode(*adopted, 77))));
        EXPECT_EQ(read, *adopted) << one.preset.id;
        EXPECT_EQ(read.adopted.params, one.preset.params) << one.preset.id;
        EXPECT_EQ(read.adopted.entry, 77);
    }
}

TEST(PresetChange, WordsAloneHoldTheReason) {
    const kernel::Json written = ledger::as_json(encode(samples()[0], 77));
    EXPECT_EQ(kernel::canonical(written["facts"]).find("city"), std::string::npos);
    const Adopted left = decode(ledger::as_entry(written, false));
    EXPECT_EQ(left.adopted.reason, "");
    EXPECT_EQ(left.adopted.params, samples()[0].adopted.params);
}

TEST(PresetChange, RefusesWhatNoVersionWrote) {
    const ledger::Entry good = ledger::as_entry(ledger::as_json(encode(samples()[0], 77)));
    EXPECT_NO_THROW(decode(good));
    const auto thrown = [&](auto spoil) {
        ledger::Entry entry = good;
        spoil(entry);
        EXPECT_THROW(decode(entry), std::runtime_error) << kernel::canonical(entry.facts);
    };
    thrown([](ledger::Entry& e) { e.v = 2; });
    thrown([](ledger::Entry& e) { e.kind = "preset.dropped"; });
    thrown([](ledger::Entry& e) { e.facts.set("applies", "everything"); });
    thrown([](ledger::Entry& e) { e.facts.set("tag", "K"); });
    thrown([](ledger::Entry& e) { e.facts.set("stated", kernel::Json::Array{7}); });
    thrown([](ledger::Entry& e) { e.facts.set("params", kernel::Json::Object{}); });
    thrown([](ledger::Entry& e) { e.facts.set("retrieved", "yesterday"); });
    thrown([](ledger::Entry& e) {
        kernel::Json params = e.facts["params"];
        e.facts.set("params", params.set("superior_at", 9));
    });
    thrown([](ledger::Entry& e) { e.facts.set("applies", "measures"); });
}

}  // namespace
}  // namespace preset::change

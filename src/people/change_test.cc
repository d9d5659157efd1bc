#include "change.h"

#include <fstream>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

#include "site_for_tests.h"

namespace people {
namespace {

using kernel::Json;

// Published bytes: testdata/changes_v1.jsonl holds, line by line, what these were written as. The file is never written
// anew; a new version of a kind gets a file of its own.
const std::vector<std::pair<Change, std::int64_t>>& written_v1() {
    const OfficerId by(3);
    static const std::vector<std::pair<Change, std::int64_t>> all = {
        {Installed{"Test office 测试处"}, 0},
        {UnitMade{std::nullopt, "Test office 测试处", false, OfficerId()}, 1},
        {UnitMade{UnitId(1), "Roads \"A\"\n", true, by}, 4},
        {UnitRenamed{UnitId(4), "Streets", by, "merged"}, 5},
        {UnitMoved{UnitId(4), UnitId(2), by, "merged"}, 6},
        {UnitClosed{UnitId(4), by, "merged"}, 7},
        {OfficerMade{UnitId(1), "Road desk", {Role::officer}, true, by, "desk", std::nullopt}, 8},
        {OfficerMade{
             UnitId(1), "Head of roads", {Role::moderator, Role::head, Role::member}, false, by, "chief", "N. N."},
         9},
        {OfficerChanged{
             OfficerId(8), UnitId(2), "Street desk", {Role::officer, Role::clerk, Role::inspector}, false, by, "left"},
         10},
        {PasswordGiven{OfficerId(8), UnitId(2), by}, 11},
        {SettingChanged{"figures.min_cell", "7", by, "as the charter says"}, 12},
        {CalendarSet{*kernel::parse_calendar("Ours", "2026-10-01 holiday\n2026-10-02 holiday\n2026-10-10 works"), by,
                     "from the gazette"},
         13},
        {OfficerMade{UnitId(1), "Administrator", {Role::administrator}, false, OfficerId(), "admin", std::nullopt}, 3},
        {CodeReset{OfficerId(8), UnitId(2), by}, 14},
    };
    return all;
}

// What officers of contractors brought.
const std::vector<std::pair<Change, std::int64_t>>& written_v2() {
    const OfficerId by(3);
    const ContractorId firm(15);
    static const std::vector<std::pair<Change, std::int64_t>> all = {
        {OfficerMade{UnitId(1), "Hotline", {Role::clerk}, false, by, "hot", "N. N.", firm}, 16},
        {OfficerChanged{OfficerId(8), UnitId(2), "Street desk", {Role::officer}, true, by, "handed over", firm}, 17},
        {ContractorMade{"Acme Calls Ltd.", by}, 15},
        {ContractorEnded{firm, by, "The contract ran out."}, 18},
    };
    return all;
}

struct Written {
    const char* file;
    const std::vector<std::pair<Change, std::int64_t>>& changes;
};
std::vector<Written> all_written() {
    return {{"changes_v1.jsonl", written_v1()}, {"contractors_v2.jsonl", written_v2()}};
}

std::string line_of(const ledger::Draft& draft) {
    Json json;
    json.set("kind", draft.kind).set("v", draft.v).set("subject", draft.subject).set("facts", draft.facts);
    json.set("words", draft.words.value_or(Json())).set("parent", draft.parent ? Json(*draft.parent) : Json());
    json.set("facts_open", draft.facts_served == ledger::Served::open);
    json.set("words_open", draft.words_served == ledger::Served::open);
    return kernel::canonical(json);
}

std::vector<std::string> lines_of(const std::string& file) {
    std::ifstream in(std::string(TESTDATA) + "/" + file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

ledger::Entry entry_of(const ledger::Draft& draft, std::int64_t index) {
    return {index, {}, std::string(draft.kind), draft.v, draft.subject, draft.parent, draft.facts, draft.words};
}

TEST(ChangeVectors, AreWrittenAsTheyWere) {
    for (const auto& [file, changes] : all_written()) {
        const std::vector<std::string> lines = lines_of(file);
        ASSERT_EQ(lines.size(), changes.size());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const auto& [change, index] = changes[i];
            EXPECT_EQ(line_of(encode(change, index)), lines[i]);
        }
    }
}

TEST(ChangeVectors, AreReadAsTheyWere) {
    for (const auto& [file, changes] : all_written()) {
        const std::vector<std::string> lines = lines_of(file);
        ASSERT_EQ(lines.size(), changes.size());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const auto& [change, index] = changes[i];
            const Json json = *kernel::parse_json(lines[i], kernel::Numbers::canonical);
            std::optional<Json> words;
            if (!json["words"].is_null()) words = json["words"];
            const ledger::Entry entry{index,
                                      {},
                                      json.need_string("kind"),
                                      static_cast<int>(json.need_integer("v")),
                                      json.need_integer("subject"),
                                      {},
                                      json["facts"],
                                      words};
            EXPECT_EQ(decode(entry), change) << lines[i];
        }
    }
}

// Version 2 of a calendar says which days it speaks for.
TEST(ChangeVectors, CalendarsThatSayWhatTheyCover) {
    const std::vector<std::string> lines = lines_of("changes_v2.jsonl");
    const CalendarSet set{
        *kernel::parse_calendar("Ours", "covers 2026-01-01 2026-12-31\n2026-10-01 holiday\n2026-10-10 works"),
        OfficerId(3), "from the gazette"};
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(line_of(encode(set, 13)), lines[0]);
    const ledger::Entry entry = entry_of(encode(set, 13), 13);
    EXPECT_EQ(entry.v, 2);
    EXPECT_EQ(std::get<CalendarSet>(decode(entry)), set);
    const auto thrown = [&](const char* covers, int v) {
        ledger::Entry spoilt = entry;
        spoilt.v = v;
        spoilt.facts.set("covers", *kernel::parse_json(covers));
        EXPECT_THROW(decode(spoilt), std::runtime_error) << covers;
    };
    thrown("[]", 2);
    thrown("null", 2);
    thrown(R"(["2026-01-01"])", 2);
    thrown(R"(["2026-12-31","2026-01-01"])", 2);
    thrown(R"(["2026-01-01","2026-02-30"])", 2);
    thrown(R"(["2026-01-01","2026-12-31"])", 3);
}

TEST(ChangeVectors, CoverEveryKind) {
    std::set<std::string> written, known;
    for (const auto& [file, changes] : all_written())
        for (const auto& [change, index] : changes) written.insert(std::string(encode(change, index).kind));
    for (const ledger::Kind& kind : kinds_of_people()) known.insert(std::string(kind.name));
    EXPECT_EQ(written, known);
    EXPECT_EQ(written.size(), std::variant_size_v<Change>);
}

TEST(ChangeCoding, WordsMayBeAbsent) {
    for (const auto& [file, changes] : all_written())
        for (const auto& [change, index] : changes) {
            ledger::Entry entry = entry_of(encode(change, index), index);
            const bool had_words = entry.words.has_value();
            entry.words.reset();
            const Change without = decode(entry);
            EXPECT_EQ(without == change, !had_words) << entry.kind;
            EXPECT_EQ(encode(without, index).facts, entry.facts) << "facts do not lean on words: " << entry.kind;
        }
}

// Personal text stands in the words and nowhere else.
TEST(ChangeCoding, FactsHoldNoNameAndNoLogin) {
    const Change change = OfficerMade{UnitId(1), "Head of roads", {Role::head}, false, OfficerId(3), "chief", "N. N."};
    const ledger::Draft draft = encode(change, 9);
    EXPECT_EQ(kernel::canonical(draft.facts).find("chief"), std::string::npos);
    EXPECT_EQ(kernel::canonical(draft.facts).find("N. N."), std::string::npos);
    EXPECT_EQ(draft.words_served, ledger::Served::closed);
    EXPECT_EQ(draft.subject, 1) << "the leaf names the unit, never the officer";
}

TEST(ChangeCoding, WhatNobodyWroteIsThrown) {
    ledger::Entry entry = entry_of(encode(UnitMade{UnitId(1), "Roads", false, OfficerId(3)}, 4), 4);
    entry.v = 2;
    EXPECT_THROW(decode(entry), std::runtime_error) << "a later program wrote this";
    entry.v = 1;
    entry.kind = "people.unknown";
    EXPECT_THROW(decode(entry), std::runtime_error);
    entry.kind = "people.unit_made";
    entry.facts = Json::Object{{"by", 3}};
    EXPECT_THROW(decode(entry), std::runtime_error);
    ledger::Entry made = entry_of(encode(OfficerMade{UnitId(1), "P", {Role::head}, false, {}, "abc", {}}, 5), 5);
    made.v = 2;
    EXPECT_THROW(decode(made), std::runtime_error) << "version 2 names the contractor";
    made.v = 3;
    EXPECT_THROW(decode(made), std::runtime_error);
    made.v = 1;
    made.facts.set("roles", Json::Array{"emperor"});
    EXPECT_THROW(decode(made), std::runtime_error);
    ledger::Entry calendar =
        entry_of(encode(CalendarSet{{.name = "Ours", .holidays = {}, .makeup_days = {}}, {}, {}}, 6), 6);
    EXPECT_TRUE(std::holds_alternative<CalendarSet>(decode(calendar)));
    calendar.facts.set("weekend", Json::Array{7});
    EXPECT_THROW(decode(calendar), std::runtime_error);
    calendar.facts.set("weekend", Json::Array{0}).set("holidays", Json::Array{"2026-02-30"});
    EXPECT_THROW(decode(calendar), std::runtime_error);
}

}  // namespace
}  // namespace people

// What was written once is read for ever. When such a test fails the program is wrong, never the file.
#include "change.h"

#include <gtest/gtest.h>

#include <ledger/testing.h>

namespace routing::change {
namespace {

using people::OfficerId;
using people::UnitId;

const std::string written = TESTDATA "/changes.v1.jsonl";

const std::vector<TableSet>& samples() {
    static const std::vector<TableSet> all = {
        {1,
         {{{"roads.lamps", {"路灯", "路燈", "Street lamps"}}, {"other", {"其他", "", ""}}},
          {{"north", {"", "", "North"}}},
          {{"roads.lamps", "north", "help", UnitId(12), false}, {"", "", "", UnitId(1), true}}},
         OfficerId(7),
         "The lamps came to us."},
        {2, {{{"other", {"", "", "Other"}}}, {}, {{"other", "", "", UnitId(12), true}}}, OfficerId(7), ""},
    };
    return all;
}

TEST(RoutingChange, PermanentBytes) { ledger::expect_permanent(written, samples(), encode, decode); }

TEST(RoutingChange, ErasedWordsLeaveTheFacts) {
    const auto all = ledger::written_changes(written);
    TableSet expected = samples()[0];
    expected.reason = "";
    EXPECT_EQ(decode(ledger::as_entry(all[0], false)), expected);
}

TEST(RoutingChange, TheReasonIsServedToEverybody) {
    const ledger::Draft draft = encode(samples()[0], ledger::index_in_tests);
    EXPECT_EQ(draft.facts_served, ledger::Served::open);
    EXPECT_EQ(draft.words_served, ledger::Served::open);
}

TEST(RoutingChange, RefusesWhatNoVersionWrote) {
    const ledger::Entry good = ledger::as_entry(ledger::written_changes(written)[0]);
    ledger::Entry newer = good;
    newer.v = 2;
    EXPECT_THROW(decode(newer), std::runtime_error);
    ledger::Entry foreign = good;
    foreign.kind = "routing.table_bent";
    EXPECT_THROW(decode(foreign), std::runtime_error);
    for (const char* member : {"by", "categories", "districts", "rows", "version"}) {
        ledger::Entry lacking = good;
        lacking.facts.object()->erase(member);
        EXPECT_THROW(decode(lacking), std::runtime_error) << member;
        lacking.facts.set(member, "x");
        EXPECT_THROW(decode(lacking), std::runtime_error) << member;
    }
}

}  // namespace
}  // namespace routing::change

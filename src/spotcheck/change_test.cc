#include "change.h"

#include <gtest/gtest.h>

#include <kernel/testing.h>
#include <ledger/testing.h>

namespace spotcheck::change {
namespace {

using kernel::on;

const std::vector<Change>& samples() {
    static const CheckId check(60);
    static const people::OfficerId by(7);
    static const std::vector<Change> all = {
        Announced{people::UnitId(20), {}, on("2027-01-01"), on("2026-12-31"), 0, 77, 3, 20, false},
        Announced{people::UnitId(20), by, on("2027-02-03"), {}, 77, 90, 20, 5, true},
        WasDrawn{check,
                 61,
                 kernel::sha256(kernel::view("root")),
                 9,
                 {{Matter::voice, 17}, {Matter::measure, 4}},
                 on("2027-01-29")},
        WasDrawn{check, 61, kernel::sha256(kernel::view("root")), 0, {}, on("2027-01-29")},
        Looked{check, 17, Outcome::as_said, on("2027-01-05"), true, by, people::UnitId(21), false, "The lamp burns."},
        Looked{check, 4, Outcome::not_as_said, on("2027-01-05"), false, by, people::UnitId(21), true, "It is dark."},
        Looked{check, 4, Outcome::could_not_see, on("2027-01-05"), false, by, people::UnitId(21), false, "Gone."},
        NotLooked{check, {17, 4}},
    };
    return all;
}

TEST(SpotCheckChange, WhatWasWrittenOnceIsReadForEver) {
    ledger::expect_permanent(TESTDATA "/changes.v1.jsonl", samples(), encode, decode);
}

TEST(SpotCheckChange, RefusesWhatNoVersionWrote) {
    const auto entry = [](const Change& c) { return ledger::as_entry(as_json(encode(c, 77))); };
    ledger::Entry drawn = entry(samples()[2]), looked = entry(samples()[4]), announced = entry(samples()[0]);
    EXPECT_NO_THROW(decode(drawn));
    drawn.facts.set("root", "abc");
    EXPECT_THROW(decode(drawn), std::runtime_error);
    looked.facts.set("outcome", "fine");
    EXPECT_THROW(decode(looked), std::runtime_error);
    announced.facts.set("n", -1);
    EXPECT_THROW(decode(announced), std::runtime_error);
    looked = entry(samples()[4]), looked.v = 2;
    EXPECT_THROW(decode(looked), std::runtime_error);
    looked.v = 1, looked.kind = "spotcheck.praised";
    EXPECT_THROW(decode(looked), std::runtime_error);
}

}  // namespace
}  // namespace spotcheck::change

#include "rules.h"

#include <gtest/gtest.h>

namespace paper::rules {
namespace {

using people::OfficerId;
using people::Role;

people::Actor as(Role role, std::int64_t id = 5, std::int64_t unit = 20) {
    people::Actor actor;
    actor.officer = OfficerId(id);
    actor.unit = people::UnitId(unit);
    actor.roles = {role};
    return actor;
}
people::Actor of_contractor(Role role, std::int64_t id = 5) {
    people::Actor actor = as(role, id);
    actor.contractor = people::ContractorId(9);
    return actor;
}
std::string key(const kernel::Checked& c) { return c ? "" : c.error().key; }
template <class T>
std::string key(const kernel::Result<T>& r) {
    return r ? "" : r.error().field.empty() ? r.error().key : r.error().field + ":" + r.error().key;
}
const kernel::Day today = kernel::parse_day("2026-11-24").value();

Batch batch() {
    Batch b;
    b.id = BatchId(50);
    b.unit = people::UnitId(20);
    b.by = OfficerId(5);
    b.sheets = 3;
    b.highest = 2;
    return b;
}
Sheet sheet(SheetState state = SheetState::waits, What what = What::message) {
    Sheet s;
    s.id = SheetId(60);
    s.batch = BatchId(50);
    s.n = 2;
    s.state = state;
    s.what = what;
    s.version = 60;
    return s;
}
Typed words(What what = What::message) {
    Typed t;
    t.what = what;
    t.lang = "en";
    t.text = what == What::message ? "The lamp." : "";
    t.remark = what == What::message ? "" : "Wet through.";
    return t;
}
const std::vector<OfficerId> ann = {OfficerId(5)};

TEST(PaperRules, WhoTypesAndWhoCompares) {
    for (Role role : people::all_roles) {
        const bool works = role == Role::officer || role == Role::head || role == Role::clerk;
        EXPECT_EQ(key(may_open(as(role))), works ? "" : "paper.not_yours") << people::name(role);
        EXPECT_EQ(key(may_work(as(role), batch())), works ? "" : "paper.not_yours") << people::name(role);
        EXPECT_EQ(key(may_work(as(role, 5, 21), batch())), role == Role::clerk ? "" : "paper.not_yours")
            << people::name(role);
    }
    EXPECT_EQ(key(may_open({})), "people.sign_in_first");
    EXPECT_EQ(key(may_work(of_contractor(Role::officer), batch())), "");
    EXPECT_EQ(key(may_check(as(Role::officer, 6), batch(), sheet(), ann)), "");
    EXPECT_EQ(key(may_check(as(Role::officer, 5), batch(), sheet(), ann)), "paper.same_person");
    EXPECT_EQ(key(may_check(as(Role::officer, 5), batch(), sheet(), {OfficerId(5), OfficerId(6)})),
              "paper.same_person");
    EXPECT_EQ(key(may_check(of_contractor(Role::officer, 6), batch(), sheet(), ann)), "people.contractor_may_not");
    EXPECT_EQ(key(may_check(as(Role::officer, 6), batch(), sheet(SheetState::taken), ann)), "paper.sheet_decided");
    EXPECT_EQ(key(may_check(as(Role::officer, 6), batch(), sheet(SheetState::aside), ann)), "paper.sheet_decided");
    EXPECT_EQ(key(may_check(as(Role::officer, 6), batch(), sheet(SheetState::returned), ann)), "paper.sheet_returned");
}

TEST(PaperRules, WhatABatchNeeds) {
    const auto asked = [](std::string place, kernel::Day day, std::int64_t sheets) {
        return key(open(as(Role::clerk), {people::CycleId(7), std::move(place), day, sheets}, today));
    };
    EXPECT_EQ(asked("Box", today, 40), "");
    EXPECT_EQ(asked("", today, 40), "place:paper.place_missing");
    EXPECT_EQ(asked(std::string(121, 'x'), today, 40), "place:kernel.text_too_long");
    EXPECT_EQ(asked("Box", today + 1, 40), "day:paper.day_ahead");
    EXPECT_EQ(asked("Box", today + -366, 40), "");
    EXPECT_EQ(asked("Box", today + -367, 40), "day:paper.day_long_ago");
    EXPECT_EQ(asked("Box", today, 0), "sheets:paper.sheets_range");
    EXPECT_EQ(asked("Box", today, 1), "");
    EXPECT_EQ(asked("Box", today, 500), "");
    EXPECT_EQ(asked("Box", today, 501), "sheets:paper.sheets_range");
    EXPECT_EQ(key(open(of_contractor(Role::officer), {people::CycleId(7), "Box", today, 4}, today)),
              "people.contractor_may_not");
    EXPECT_EQ(key(open(as(Role::moderator), {people::CycleId(7), "Box", today, 4}, today)), "paper.not_yours");
}

TEST(PaperRules, WhatASheetNeeds) {
    const auto asked = [](int n, const Typed& t, const std::optional<Sheet>& there = {}) {
        return key(type(as(Role::officer), batch(), there, n, t, today));
    };
    EXPECT_EQ(asked(1, words()), "");
    EXPECT_EQ(asked(3, words()), "");
    EXPECT_EQ(asked(0, words()), "n:paper.number_range");
    EXPECT_EQ(asked(4, words()), "n:paper.number_range") << "more than were said: the number is corrected first";
    for (SheetState state : {SheetState::waits, SheetState::taken, SheetState::aside})
        EXPECT_EQ(asked(2, words(), sheet(state)), "n:paper.sheet_there") << name(state);
    EXPECT_EQ(asked(2, words(), sheet(SheetState::returned)), "");
    EXPECT_EQ(type(as(Role::officer), batch(), sheet(SheetState::returned), 2, words(), today)->of, SheetId(60));
    Typed tomorrow = words();
    tomorrow.said_on = today + 1;
    EXPECT_EQ(asked(1, tomorrow), "said_on:paper.day_ahead");
    for (What what : {What::unreadable, What::empty, What::elsewhere}) {
        EXPECT_EQ(asked(1, words(what)), "") << name(what);
        Typed silent = words(what);
        silent.remark.clear();
        EXPECT_EQ(asked(1, silent), "remark:paper.remark_missing") << name(what);
    }
}

TEST(PaperRules, WhatAComparisonSays) {
    const Version there{60, OfficerId(5), {}, words(), false};
    Typed other = words();
    other.text = "The lamps.";
    const auto asked = [&](bool same, const Typed& t, std::int64_t seen = 60, Version v = {},
                           What what = What::message) {
        if (v.entry == 0) v = there;
        const auto made = check(as(Role::officer, 6), batch(), sheet(SheetState::waits, what), ann, v, {same, t, seen});
        return made ? std::string(made->corrected ? "corrected" : "same") : key(made);
    };
    EXPECT_EQ(asked(true, words()), "same");
    EXPECT_EQ(asked(true, other), "outcome:paper.not_the_same");
    EXPECT_EQ(asked(false, other), "corrected");
    EXPECT_EQ(asked(false, words()), "outcome:paper.nothing_corrected");
    EXPECT_EQ(asked(true, words(), 59), "paper.retyped");
    EXPECT_EQ(asked(true, words(), 60, {60, OfficerId(5), {}, {}, true}), "paper.words_gone");
    const Version wet{60, OfficerId(5), {}, words(What::unreadable), false};
    EXPECT_EQ(asked(true, {}, 60, wet, What::unreadable), "same");
    EXPECT_EQ(asked(false, words(), 60, wet, What::unreadable), "outcome:paper.only_sent_back");
}

TEST(PaperRules, SendingBackAndCountingAgain) {
    const auto back = [](const people::Actor& who, std::string_view remark, SheetState state = SheetState::waits) {
        return key(send_back(who, batch(), sheet(state), ann, remark));
    };
    EXPECT_EQ(back(as(Role::officer, 6), "Line two."), "");
    EXPECT_EQ(back(as(Role::officer, 6), ""), "remark:paper.remark_missing");
    EXPECT_EQ(back(as(Role::officer, 5), ""), "") << "who typed it takes it back";
    EXPECT_EQ(back(of_contractor(Role::officer, 5), ""), "");
    EXPECT_EQ(back(of_contractor(Role::officer, 6), "x"), "people.contractor_may_not");
    EXPECT_EQ(back(as(Role::officer, 6), "x", SheetState::taken), "paper.sheet_decided");
    const auto again = [](const people::Actor& who, std::int64_t sheets, std::string_view reason) {
        return key(recount(who, batch(), OfficerId(5), sheets, reason));
    };
    EXPECT_EQ(again(as(Role::officer, 6), 4, "Two stuck together."), "");
    EXPECT_EQ(again(as(Role::officer, 5), 4, "x"), "paper.same_count");
    EXPECT_EQ(again(of_contractor(Role::officer, 6), 4, "x"), "people.contractor_may_not");
    EXPECT_EQ(again(as(Role::officer, 6), 3, "x"), "sheets:paper.sheets_same");
    EXPECT_EQ(again(as(Role::officer, 6), 2, "x"), "") << "the highest number is 2";
    EXPECT_EQ(again(as(Role::officer, 6), 1, "x"), "sheets:paper.sheets_fewer");
    EXPECT_EQ(again(as(Role::officer, 6), 501, "x"), "sheets:paper.sheets_range");
    EXPECT_EQ(again(as(Role::officer, 6), 4, ""), "reason:paper.reason_missing");
}

TEST(PaperRules, WhoPrintsACode) {
    Sheet s = sheet(SheetState::taken);
    s.checked_by = OfficerId(6);
    EXPECT_EQ(key(may_code(as(Role::clerk, 7), batch())), "");
    EXPECT_EQ(key(may_code(of_contractor(Role::officer, 7), batch())), "people.contractor_may_not");
    EXPECT_EQ(key(may_code(as(Role::inspector, 7), batch())), "paper.not_yours");
    EXPECT_TRUE(may_code_this(as(Role::clerk, 7), s, ann, false));
    EXPECT_FALSE(may_code_this(as(Role::clerk, 5), s, ann, false)) << "typed it";
    EXPECT_FALSE(may_code_this(as(Role::clerk, 6), s, ann, false)) << "compared it";
    EXPECT_FALSE(may_code_this(as(Role::clerk, 7), s, ann, true)) << "their unit's case";
    s.code_entry = 70;
    EXPECT_FALSE(may_code_this(as(Role::clerk, 7), s, ann, false)) << "once";
    EXPECT_FALSE(may_code_this(as(Role::clerk, 7), sheet(), ann, false)) << "no message yet";
}

}  // namespace
}  // namespace paper::rules

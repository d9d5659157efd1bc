#include "rules.h"

#include <gtest/gtest.h>

#include "rules_for_tests.h"
#include "settings.h"

namespace people {
namespace {

// ---- units ---------------------------------------------------------------------------------------------------------

TEST(UnitRules, Making) {
    const UnitState open{.unit = {}, .parent = unit_named(1, "Office", std::nullopt)};
    struct Case {
        const char* what;
        UnitState now;
        NewUnit asked;
        const char* expected;
    } cases[] = {
        {"under an open unit", open, {UnitId(1), "Roads"}, "ok"},
        {"a root", {}, {std::nullopt, "Office"}, "ok"},
        {"no name", open, {UnitId(1), ""}, "name:people.unit_name_missing"},
        {"80 code points", open, {UnitId(1), std::string(80, 'x')}, "ok"},
        {"81 code points", open, {UnitId(1), std::string(81, 'x')}, "name:kernel.text_too_long"},
        {"unknown parent", {}, {UnitId(9), "Roads"}, "parent:people.unit_unknown"},
        {"closed parent",
         {.unit = {}, .parent = closed(unit_named(1, "Office"))},
         {UnitId(1), "Roads"},
         "parent:people.unit_closed"},
        {"name taken",
         {.unit = {}, .parent = unit_named(1, "Office"), .name_taken = true},
         {UnitId(1), "Roads"},
         "name:people.unit_name_taken"},
    };
    for (const Case& c : cases) EXPECT_EQ(outcome(decide(c.now, c.asked, by)), c.expected) << c.what;
    EXPECT_EQ(*decide(open, NewUnit{UnitId(1), "Roads", true}, by), (UnitMade{UnitId(1), "Roads", true, by}));
}

TEST(UnitRules, Renaming) {
    const UnitState roads{.unit = unit_named(2, "Roads"), .parent = {}};
    struct Case {
        const char* what;
        UnitState now;
        UnitRename asked;
        const char* expected;
    } cases[] = {
        {"another name", roads, {UnitId(2), "Streets", "merged"}, "ok"},
        {"unknown", {}, {UnitId(2), "Streets", "merged"}, ":people.unit_unknown"},
        {"closed",
         {.unit = closed(unit_named(2, "Roads")), .parent = {}},
         {UnitId(2), "S", "m"},
         ":people.unit_closed"},
        {"no reason", roads, {UnitId(2), "Streets", ""}, "reason:people.reason_missing"},
        {"long reason", roads, {UnitId(2), "Streets", std::string(501, 'x')}, "reason:kernel.text_too_long"},
        {"same name", roads, {UnitId(2), "Roads", "merged"}, "name:people.unchanged"},
        {"taken",
         {.unit = unit_named(2, "Roads"), .parent = {}, .name_taken = true},
         {UnitId(2), "Streets", "merged"},
         "name:people.unit_name_taken"},
    };
    for (const Case& c : cases) EXPECT_EQ(outcome(decide(c.now, c.asked, by)), c.expected) << c.what;
}

TEST(UnitRules, Moving) {
    const Unit roads = unit_named(2, "Roads"), works = unit_named(4, "Works");
    struct Case {
        const char* what;
        UnitState now;
        UnitMove asked;
        const char* expected;
    } cases[] = {
        {"to another place", {.unit = roads, .parent = works}, {UnitId(2), UnitId(4), "merged"}, "ok"},
        {"a root finds a place",
         {.unit = unit_named(2, "R", std::nullopt), .parent = works},
         {UnitId(2), UnitId(4), "m"},
         "ok"},
        {"unknown unit", {.unit = {}, .parent = works}, {UnitId(2), UnitId(4), "m"}, ":people.unit_unknown"},
        {"unknown parent", {.unit = roads, .parent = {}}, {UnitId(2), UnitId(4), "m"}, "parent:people.unit_unknown"},
        {"closed parent",
         {.unit = roads, .parent = closed(works)},
         {UnitId(2), UnitId(4), "m"},
         "parent:people.unit_closed"},
        {"no reason", {.unit = roads, .parent = works}, {UnitId(2), UnitId(4), ""}, "reason:people.reason_missing"},
        {"under what stands under it",
         {.unit = roads, .parent = works, .name_taken = false, .parent_below_unit = true},
         {UnitId(2), UnitId(4), "m"},
         "parent:people.unit_cycle"},
        {"where it is",
         {.unit = roads, .parent = unit_named(1, "O", {})},
         {UnitId(2), UnitId(1), "m"},
         "parent:people.unchanged"},
        {"name taken there",
         {.unit = roads, .parent = works, .name_taken = true},
         {UnitId(2), UnitId(4), "m"},
         "parent:people.unit_name_taken"},
    };
    for (const Case& c : cases) EXPECT_EQ(outcome(decide(c.now, c.asked, by)), c.expected) << c.what;
}

TEST(UnitRules, Closing) {
    const Unit roads = unit_named(2, "Roads");
    struct Case {
        const char* what;
        UnitState now;
        UnitClosing asked;
        const char* expected;
    } cases[] = {
        {"empty", {.unit = roads, .parent = {}}, {UnitId(2), "merged"}, "ok"},
        {"unknown", {}, {UnitId(2), "merged"}, ":people.unit_unknown"},
        {"twice", {.unit = closed(roads), .parent = {}}, {UnitId(2), "merged"}, ":people.unit_closed"},
        {"no reason", {.unit = roads, .parent = {}}, {UnitId(2), ""}, "reason:people.reason_missing"},
        {"open units below",
         {.unit = roads, .parent = {}, .has_open_units = true},
         {UnitId(2), "m"},
         ":people.unit_has_units"},
        {"officers",
         {.unit = roads, .parent = {}, .has_officers = true},
         {UnitId(2), "m"},
         ":people.unit_has_officers"},
    };
    for (const Case& c : cases) EXPECT_EQ(outcome(decide(c.now, c.asked, by)), c.expected) << c.what;
}

// ---- settings and calendars ----------------------------------------------------------------------------------------

TEST(SettingRules, Changing) {
    struct Case {
        const char *name, *value, *reason, *expected;
    } cases[] = {
        {"figures.min_cell", "7", "r", "ok"},
        {"figures.min_cell", "3", "r", "ok"},
        {"figures.min_cell", "2", "r", "value:people.setting_out_of_range"},
        {"figures.min_cell", "51", "r", "value:people.setting_out_of_range"},
        {"figures.min_cell", "", "r", "value:people.setting_not_a_number"},
        {"figures.min_cell", "07", "r", "value:people.setting_not_a_number"},
        {"figures.min_cell", "7 ", "r", "value:people.setting_not_a_number"},
        {"figures.min_cell", "+7", "r", "value:people.setting_not_a_number"},
        {"figures.min_cell", "7.5", "r", "value:people.setting_not_a_number"},
        {"figures.min_cell", "99999999999999999999", "r", "value:people.setting_not_a_number"},
        {"figures.min_cell", "7", "", "reason:people.reason_missing"},
        {"figures.min_cell", "5", "r", "value:people.unchanged"},
        {"organisation.language", "en", "r", "ok"},
        {"organisation.language", "fr", "r", "value:people.setting_no_such_choice"},
        {"organisation.language", "", "r", "value:people.setting_no_such_choice"},
        {"organisation.language", "zh-Hans zh-Hant", "r", "value:people.setting_no_such_choice"},
        {"organisation.zone", "Europe/London", "r", "ok"},
        {"organisation.zone", "", "r", "value:people.setting_text_length"},
        {"organisation.zone", "/etc/passwd", "r", "value:people.setting_no_such_zone"},
        {"organisation.zone", "Europe/../../x", "r", "value:people.setting_no_such_zone"},
        {"complaint.about_persons", "Room 12", "r", "ok"},
        {"no.such", "1", "r", ":people.setting_unknown"},
    };
    for (const Case& c : cases) {
        const SettingRule* rule = setting_rule(c.name);
        const std::string now = rule ? std::string(rule->standard) : "";
        EXPECT_EQ(outcome(decide(now, SettingEdit{c.name, c.value, c.reason}, by)), c.expected)
            << c.name << " = " << c.value;
    }
}

TEST(SettingRules, EveryDefaultIsAllowed) {
    for (const SettingRule& rule : setting_rules()) {
        EXPECT_EQ(outcome(check_setting(rule, rule.standard)), "ok") << rule.name;
        EXPECT_EQ(setting_rule(rule.name), &rule);
    }
}

TEST(CalendarRules, Setting) {
    struct Case {
        const char *name, *text, *reason, *expected;
    } cases[] = {
        {"Ours", "2026-10-01 holiday\n2026-10-10 works", "r", "ok"},
        {"", "2026-10-01 holiday", "r", "name:people.calendar_name_missing"},
        {"Ours", "", "r", "text:people.calendar_text_missing"},
        {"Ours", "2026-10-01 holiday", "", "reason:people.reason_missing"},
        {"Ours", "2026-10-01 closed", "r", "text:kernel.calendar_line"},
        {"Ours", "2026-10-01 holiday\n2026-10-01 works", "r", "text:kernel.calendar_twice"},
        {"Ours", "weekend Sun Sat", "r", "text:people.unchanged"},
        {"Theirs", "weekend Sat Sun", "r", "ok"},
        {"Ours", "weekend Fri Sat", "r", "ok"},
        {"Ours", "covers 2026-01-01 2026-12-31", "r", "ok"},
        {"Ours", "covers 2026-12-31 2026-01-01", "r", "text:kernel.calendar_line"},
        {"Ours", "covers 2026-01-01", "r", "text:kernel.calendar_line"},
        {"Ours", "covers 2026-01-01 2026-12-31\ncovers 2027-01-01 2027-12-31", "r", "text:kernel.calendar_twice"},
    };
    const kernel::Calendar now{"Ours", {}, {}};
    for (const Case& c : cases)
        EXPECT_EQ(outcome(decide(now, CalendarEdit{c.name, c.text, c.reason}, by)), c.expected) << c.text;
}

TEST(CalendarRules, WrittenAsTheyAreRead) {
    for (const BuiltIn& one : built_in_calendars()) {
        const kernel::Calendar calendar = *kernel::parse_calendar(one.name, one.text);
        EXPECT_TRUE(same(calendar, *kernel::parse_calendar(one.name, text_of(calendar)))) << one.id;
    }
    EXPECT_TRUE(kernel::parse_calendar("cn", built_in_calendar("cn")->text)->covers_to);
}

TEST(CalendarRules, WhatOneSaysAndTheNextDoesNot) {
    const auto read = [](std::string_view text) { return *kernel::parse_calendar("c", text); };
    const kernel::Calendar before = read("2026-10-01 holiday\n2026-10-02 holiday\n2026-10-10 works");
    const kernel::Calendar after = read("2026-10-01 holiday\n2026-10-02 works\n2026-10-05 holiday");
    const auto day = [](std::string_view text) { return kernel::parse_day(text).value(); };
    EXPECT_EQ(changes(before, after), (std::vector<DayChange>{{day("2026-10-02"), Named::holiday, Named::worked},
                                                              {day("2026-10-05"), Named::nothing, Named::holiday},
                                                              {day("2026-10-10"), Named::worked, Named::nothing}}));
    EXPECT_TRUE(changes(before, before).empty());
}

}  // namespace
}  // namespace people

#include "rules.h"

#include <gtest/gtest.h>

#include "settings.h"
#include "site_for_tests.h"

namespace people {
namespace {

const OfficerId by(3);

Unit unit_named(std::int64_t id, std::string name, std::optional<UnitId> parent = UnitId(1)) {
    return {UnitId(id), parent, std::move(name)};
}

Unit closed(Unit unit) {
    unit.open = false;
    return unit;
}

Officer officer_with_roles(std::int64_t id, std::vector<Role> roles) {
    Officer officer{OfficerId(id), UnitId(2), "Road desk", std::move(roles)};
    officer.own_post = officer.post;
    return officer;
}

std::string outcome(const auto& result) { return result ? "ok" : result.error().field + ":" + result.error().key; }

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

// ---- officers ------------------------------------------------------------------------------------------------------

TEST(OfficerRules, Roles) {
    using enum Role;
    struct Case {
        std::vector<Role> asked;
        const char* expected;
    } cases[] = {
        {{}, "roles:people.roles_missing"},
        {{administrator}, "ok"},
        {{officer}, "ok"},
        {{head, officer, member}, "ok"},
        {{officer, officer}, "roles:people.role_twice"},
        {{officer, administrator}, "roles:people.administrator_alone"},
        {{administrator, inspector}, "roles:people.administrator_alone"},
        {{administrator, administrator}, "roles:people.role_twice"},
    };
    for (const Case& c : cases) EXPECT_EQ(outcome(check_roles(c.asked)), c.expected);
    EXPECT_EQ(*check_roles({member, officer, head}), (std::vector<Role>{officer, head, member}))
        << "in the enum's order";
}

TEST(OfficerRules, Logins) {
    for (const char* good : {"abc", "a.b", "road-desk_2", "x234567890123456789012345678901234567890"})
        EXPECT_EQ(outcome(check_login(good)), "ok") << good;
    EXPECT_EQ(outcome(check_login("")), "login:people.login_missing");
    for (const char* bad :
         {"ab", "1abc", ".abc", "Abc", "a b", "a@b", "abç", "王小明", "x2345678901234567890123456789012345678901"})
        EXPECT_EQ(outcome(check_login(bad)), "login:people.login_form") << bad;
}

TEST(OfficerRules, Making) {
    using enum Role;
    const OfficerState open{.officer = {}, .unit = unit_named(2, "Roads")};
    struct Case {
        const char* what;
        OfficerState now;
        NewOfficer asked;
        const char* expected;
    } cases[] = {
        {"a desk", open, {UnitId(2), "desk", "", "Road desk", {officer}}, "ok"},
        {"a head with a name", open, {UnitId(2), "chief", "N. N.", "Head of roads", {head}}, "ok"},
        {"no unit", {}, {UnitId(2), "desk", "", "Road desk", {officer}}, "unit:people.unit_unknown"},
        {"closed unit",
         {.officer = {}, .unit = closed(unit_named(2, "Roads"))},
         {UnitId(2), "desk", "", "Road desk", {officer}},
         "unit:people.unit_closed"},
        {"no post", open, {UnitId(2), "desk", "", "", {officer}}, "post:people.post_missing"},
        {"post of 80", open, {UnitId(2), "desk", "", std::string(80, 'x'), {officer}}, "ok"},
        {"post of 81", open, {UnitId(2), "desk", "", std::string(81, 'x'), {officer}}, "post:kernel.text_too_long"},
        {"name of 81", open, {UnitId(2), "desk", std::string(81, 'x'), "Post", {head}}, "name:kernel.text_too_long"},
        {"bad login", open, {UnitId(2), "D", "", "Post", {officer}}, "login:people.login_form"},
        {"no role", open, {UnitId(2), "desk", "", "Post", {}}, "roles:people.roles_missing"},
        {"taken",
         {.officer = {}, .unit = unit_named(2, "Roads"), .login_taken = true},
         {UnitId(2), "desk", "", "Post", {officer}},
         "login:people.login_taken"},
    };
    for (const Case& c : cases) EXPECT_EQ(outcome(decide(c.now, c.asked, by)), c.expected) << c.what;
    const OfficerMade made = *decide(open, NewOfficer{UnitId(2), "desk", "", "Post", {head, officer}}, by);
    EXPECT_EQ(made, (OfficerMade{UnitId(2), "Post", {officer, head}, false, by, "desk", std::nullopt}));
}

TEST(OfficerRules, Changing) {
    using enum Role;
    const Unit roads = unit_named(2, "Roads");
    const OfficerState desk{.officer = officer_with_roles(7, {officer}), .unit = roads};
    const OfficerState last{.officer = officer_with_roles(7, {administrator}), .unit = roads};
    OfficerState not_last = last;
    not_last.other_administrators = 1;
    OfficerState gone = last;
    gone.officer->active = false;
    const OfficerId id(7);
    struct Case {
        const char* what;
        OfficerState now;
        OfficerEdit asked;
        const char* expected;
    } cases[] = {
        {"promoted", desk, {id, UnitId(2), "Head of roads", {head}, true, "elected"}, "ok"},
        {"unknown", {.officer = {}, .unit = roads}, {id, UnitId(2), "P", {head}, true, "r"}, ":people.officer_unknown"},
        {"no unit",
         {.officer = desk.officer, .unit = {}},
         {id, UnitId(9), "P", {head}, true, "r"},
         "unit:people.unit_unknown"},
        {"closed unit",
         {.officer = desk.officer, .unit = closed(roads)},
         {id, UnitId(2), "P", {head}, true, "r"},
         "unit:people.unit_closed"},
        {"leaving a closed unit",
         {.officer = desk.officer, .unit = closed(roads)},
         {id, UnitId(2), "Road desk", {officer}, false, "retired"},
         "ok"},
        {"no reason", desk, {id, UnitId(2), "P", {head}, true, ""}, "reason:people.reason_missing"},
        {"no post", desk, {id, UnitId(2), "", {head}, true, "r"}, "post:people.post_missing"},
        {"no role", desk, {id, UnitId(2), "P", {}, true, "r"}, "roles:people.roles_missing"},
        {"administrator besides",
         desk,
         {id, UnitId(2), "P", {officer, administrator}, true, "r"},
         "roles:people.administrator_alone"},
        {"nothing new", desk, {id, UnitId(2), "Road desk", {officer}, true, "r"}, ":people.unchanged"},
        {"last administrator leaves",
         last,
         {id, UnitId(2), "Road desk", {administrator}, false, "r"},
         "roles:people.last_administrator"},
        {"last administrator turns officer",
         last,
         {id, UnitId(2), "Road desk", {officer}, true, "r"},
         "roles:people.last_administrator"},
        {"last administrator moves", last, {id, UnitId(2), "Other post", {administrator}, true, "r"}, "ok"},
        {"one of two leaves", not_last, {id, UnitId(2), "Road desk", {administrator}, false, "r"}, "ok"},
        {"who has left comes back", gone, {id, UnitId(2), "Road desk", {administrator}, true, "r"}, "ok"},
        {"who has left changes role", gone, {id, UnitId(2), "Road desk", {officer}, false, "r"}, "ok"},
    };
    for (const Case& c : cases) EXPECT_EQ(outcome(decide(c.now, c.asked, by)), c.expected) << c.what;
}

TEST(OfficerRules, PasswordsAreGivenToWhoIsThere) {
    using enum Role;
    OfficerState now{.officer = officer_with_roles(7, {officer}), .unit = {}};
    EXPECT_EQ(*decide(now, OfficerId(7), by), (PasswordGiven{OfficerId(7), UnitId(2), by}));
    now.officer->active = false;
    EXPECT_EQ(outcome(decide(now, OfficerId(7), by)), ":people.officer_left");
    EXPECT_EQ(outcome(decide(OfficerState{}, OfficerId(7), by)), ":people.officer_unknown");
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

// ---- signing in ----------------------------------------------------------------------------------------------------

TEST(SignInRules, Passwords) {
    struct Case {
        const char *password, *expected;
    } cases[] = {
        {"correct horse battery", "ok"},
        {"        ", "password:people.password_common"},
        {"a b c d ", "ok"},
        {"seven77", "password:people.password_short"},
        {"密码密码密码密", "password:people.password_short"},
        {"今天天气很好啊", "password:people.password_short"},
        {"今天天气很好我们去", "ok"},
        {"Password1", "password:people.password_common"},
        {"P-a-s-s-w-o-r-d", "password:people.password_common"},
        {"12345678", "password:people.password_common"},
        {"1234567890123456", "ok"},
        {"0123456789", "password:people.password_common"},
        {"zzzzzzzzzzzzzzzzz", "password:people.password_common"},
        {"abcdefghijklm", "password:people.password_common"},
        {"qwertyuiop", "password:people.password_common"},
        {"Marl-boro", "password:people.password_common"},
        {"woaini1314", "password:people.password_common"},
        {"Road-Desk.2", "password:people.password_is_name"},
        {"test office 测试处", "password:people.password_is_name"},
    };
    for (const Case& c : cases)
        EXPECT_EQ(outcome(check_password(c.password, "road-desk2", "Test office 测试处")), c.expected) << c.password;
    EXPECT_EQ(outcome(check_password("ab" + std::string(254, '7'), "x", "y")), "ok") << "long ones are welcome";
    EXPECT_EQ(outcome(check_password("ab" + std::string(255, '7'), "x", "y")), "password:kernel.text_too_long");
}

TEST(SignInRules, Pauses) {
    const std::int64_t expected[] = {0, 0, 0, 0, 0, 30'000, 60'000, 120'000, 240'000, 480'000, 900'000, 900'000};
    for (std::int64_t n = 0; n < 12; ++n) EXPECT_EQ(pause_after(n), expected[n]) << n;
    EXPECT_EQ(pause_after(1'000'000'000'000), 900'000);
}

TEST(SignInRules, SessionsEnd) {
    const kernel::Instant start{1'000'000};
    EXPECT_TRUE(session_alive(start, start, start));
    EXPECT_TRUE(session_alive(start, start, start + (session_idle - 1)));
    EXPECT_FALSE(session_alive(start, start, start + session_idle));
    EXPECT_TRUE(session_alive(start, start + (session_longest - 1), start + (session_longest - 1)));
    EXPECT_FALSE(session_alive(start, start + session_longest, start + session_longest));
}

}  // namespace
}  // namespace people

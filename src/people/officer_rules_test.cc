// Who officers are and may become, and how they sign in.
#include <gtest/gtest.h>

#include "rules.h"
#include "rules_for_tests.h"

namespace people {
namespace {

Officer officer_with_roles(std::int64_t id, std::vector<Role> roles) {
    Officer officer{OfficerId(id), UnitId(2), "Road desk", std::move(roles)};
    officer.own_post = officer.post;
    return officer;
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

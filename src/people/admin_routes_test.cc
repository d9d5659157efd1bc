// What an administrator sets up: units, officers, settings, the calendar.
#include <gtest/gtest.h>

#include "browser_for_tests.h"

namespace people {
namespace {

using http::testing::header;

TEST_F(RoutesTest, OnlyAnAdministratorSetsUp) {
    const FirstAccount desk = account("desk", {Role::officer, Role::head, Role::moderator});
    const std::vector<std::string> pages = {"/admin",
                                            "/admin/units/new",
                                            "/admin/units/1",
                                            "/admin/units/1/name",
                                            "/admin/officers",
                                            "/admin/officers/new",
                                            "/admin/officers/3",
                                            "/admin/settings",
                                            "/admin/settings/figures.min_cell",
                                            "/admin/calendar"};
    const std::vector<std::string> acts = {"/admin/units",
                                           "/admin/units/1/name",
                                           "/admin/units/1/parent",
                                           "/admin/units/1/closing",
                                           "/admin/officers",
                                           "/admin/officers/3",
                                           "/admin/officers/3/password",
                                           "/admin/officers/3/sign-out",
                                           "/admin/settings/figures.min_cell",
                                           "/admin/calendar"};
    const std::int64_t size = site.ledger->size();
    for (const std::string& page : pages) EXPECT_EQ(get(page).status, 303) << page;
    for (const std::string& act : acts) EXPECT_EQ(post(act).status, 401) << act;
    sign_in_as(desk);
    for (const std::string& page : pages) EXPECT_EQ(get(page).status, 403) << page;
    for (const std::string& act : acts)
        EXPECT_EQ(post(act, {{"name", "x"}, {"reason", "x"}, {"value", "9"}}).status, 403) << act;
    EXPECT_EQ(site.ledger->size(), size);
    sign_in_as(site.admin);
    for (const std::string& page : pages) EXPECT_EQ(get(page).status, 200) << page;
}

TEST_F(RoutesTest, SettingUpUnits) {
    sign_in_as(site.admin);
    const http::Response empty = post("/admin/units");
    EXPECT_EQ(empty.status, 422);
    EXPECT_TRUE(shows(empty, "id=\"name-error\""));
    EXPECT_TRUE(shows(empty, "id=\"parent-error\""));
    const http::Response made = post("/admin/units", {{"name", " Roads "}, {"parent", "1"}});
    EXPECT_EQ(header(made, "Location"), "/admin/units/4");
    EXPECT_EQ(unit(*site.read(), UnitId(4))->name, "Roads");
    const http::Response taken = post("/admin/units", {{"name", "Roads"}, {"parent", "1"}});
    EXPECT_EQ(taken.status, 422);
    EXPECT_TRUE(shows(taken, "There is an open unit of this name"));
    EXPECT_TRUE(shows(taken, "value=\"Roads\""));
    EXPECT_EQ(post("/admin/units", {{"name", "Parks"}, {"parent", "abc"}}).status, 422);
    EXPECT_EQ(post("/admin/units", {{"name", std::string(81, 'x')}, {"parent", "1"}}).status, 422);
    EXPECT_EQ(post("/admin/units", {{"name", "a\xff"}, {"parent", "1"}}).status, 422);

    EXPECT_TRUE(shows(get("/admin/units/4/name"), "value=\"Roads\""));
    EXPECT_TRUE(shows(post("/admin/units/4/name", {{"name", "Streets"}}), "Give the reason."));
    EXPECT_EQ(post("/admin/units/4/name", {{"name", "Streets"}, {"reason", "merged"}}).status, 303);
    EXPECT_TRUE(shows(get("/units/4"), "New name: Streets – reason: merged"));
    EXPECT_TRUE(
        shows(post("/admin/units/1/parent", {{"parent", "4"}, {"reason", "r"}}), "A unit cannot stand under itself."));
    EXPECT_EQ(post("/admin/units/1/closing", {{"reason", "r"}}).status, 409);
    EXPECT_EQ(post("/admin/units/4/closing", {{"reason", "r"}}).status, 303);
    EXPECT_EQ(post("/admin/units/99/closing", {{"reason", "r"}}).status, 404);
    EXPECT_TRUE(shows(get("/units/4"), "This unit has been closed."));
    EXPECT_FALSE(shows(get("/units"), "Streets"));
}

TEST_F(RoutesTest, SettingUpOfficers) {
    sign_in_as(site.admin);
    const http::Response empty = post("/admin/officers");
    EXPECT_EQ(empty.status, 422);
    for (const char* field : {"unit", "post", "login", "roles"})
        EXPECT_TRUE(shows(empty, "id=\"" + std::string(field) + "-error\""));
    const Fields fields = {{"unit", "1"},        {"post", "Road desk"},  {"login", "Desk"},
                           {"roles", "officer"}, {"roles", "moderator"}, {"once", "abc"}};
    const http::Response made = post("/admin/officers", fields);
    EXPECT_EQ(made.status, 200);
    EXPECT_FALSE(made.cacheable);
    EXPECT_TRUE(shows(made, "cannot be shown again"));
    EXPECT_TRUE(shows(made, "desk"));
    const http::Response again = post("/admin/officers", fields);
    EXPECT_EQ(again.status, 409);
    EXPECT_TRUE(shows(again, "This form was sent before"));
    const OfficerId desk = officer_by_login(*site.read(), "desk")->id;
    const std::string path = "/admin/officers/" + std::to_string(desk.value());
    EXPECT_TRUE(shows(get("/admin/officers"), "moderator · officer"));
    EXPECT_TRUE(shows(get(path), "value=\"moderator\" aria-describedby=\"roles-2-means\" checked"));
    EXPECT_TRUE(shows(post(path, {{"unit", "1"},
                                  {"post", "Desk"},
                                  {"roles", "officer"},
                                  {"roles", "administrator"},
                                  {"active", "yes"},
                                  {"reason", "r"}}),
                      "An administrator cannot have another role"));
    EXPECT_TRUE(
        shows(post(path, {{"unit", "1"}, {"post", "Desk"}, {"roles", "emperor"}, {"active", "yes"}, {"reason", "r"}}),
              "There is no such role."));
    EXPECT_EQ(post(path, {{"unit", "1"}, {"post", "Desk"}, {"roles", "officer"}, {"reason", "left"}}).status, 303);
    EXPECT_FALSE(officer(*site.read(), desk)->active);
    EXPECT_TRUE(shows(get(path), "This officer has left."));
    EXPECT_EQ(post(path + "/password").status, 409);
    EXPECT_EQ(post("/admin/officers/99/password").status, 404);
    EXPECT_EQ(post("/admin/officers/99/sign-out").status, 404);
    EXPECT_TRUE(
        shows(post("/admin/officers/3",
                   {{"unit", "1"}, {"post", "Admin"}, {"roles", "officer"}, {"active", "yes"}, {"reason", "r"}}),
              "This is the last administrator."));
}

TEST_F(RoutesTest, AnAdministratorEndsAnothersSessions) {
    const FirstAccount desk = account("desk", {Role::officer});
    sign_in_as(desk);
    const std::string theirs = cookie;
    sign_in_as(site.admin);
    EXPECT_EQ(post("/admin/officers/" + std::to_string(desk.officer.value()) + "/sign-out").status, 303);
    cookie = theirs;
    EXPECT_EQ(get("/account").status, 303);
    sign_in_as(site.admin);
    const http::Response given = post("/admin/officers/" + std::to_string(desk.officer.value()) + "/password");
    EXPECT_EQ(given.status, 200);
    cookie.clear();
    EXPECT_EQ(post("/sign-in", {{"login", "desk"}, {"password", desk.password}}).status, 422);
    EXPECT_TRUE(shows(get("/units/1"), "New password given: Post of desk"));
}

TEST_F(RoutesTest, CalendarsSoFar) {
    sign_in_as(site.admin);
    EXPECT_FALSE(shows(get("/admin"), "Set the next calendar"));
    EXPECT_EQ(post("/admin/calendar", {{"choice", "cn"}, {"reason", "where we are"}}).status, 303);
    EXPECT_TRUE(shows(get("/admin"), "Set the next calendar")) << "it ends on 31 December 2026";
    EXPECT_TRUE(shows(get("/admin/calendar"), "knows holidays up to 31 December 2026"));
    EXPECT_EQ(post("/admin/calendar",
                   {{"choice", "own"}, {"name", "<Ours>"}, {"text", "2026-10-10 holiday"}, {"reason", "<b>r</b>"}})
                  .status,
              303);
    cookie.clear();
    const auto all = calendar_rows(*site.read(), {}, 10);
    ASSERT_EQ(all.size(), 3u);
    const http::Response list = get("/calendars");
    for (const CalendarRow& one : all) EXPECT_TRUE(shows(list, "/calendars/" + std::to_string(one.entry)));
    EXPECT_TRUE(shows(list, "&lt;Ours&gt;"));
    const http::Response newest = get("/calendars/" + std::to_string(all[0].entry));
    EXPECT_TRUE(shows(newest, "<th scope=\"row\">10 October 2026 · Saturday</th><td>worked</td><td>closed</td>"));
    EXPECT_TRUE(
        shows(newest, "<th scope=\"row\">1 October 2026 · Thursday</th><td>closed</td><td>as the week says</td>"));
    EXPECT_TRUE(shows(newest, "without limit"));
    EXPECT_FALSE(shows(newest, "<b>r</b>"));
    const http::Response chinese = get("/calendars/" + std::to_string(all[1].entry));
    EXPECT_TRUE(shows(chinese, "no longer in force"));
    EXPECT_TRUE(shows(chinese, "from 1 January 2025 to 31 December 2026"));
    EXPECT_TRUE(shows(get("/calendars/" + std::to_string(all[2].entry)), "there is none before it"));
    EXPECT_FALSE(shows(get("/calendars?before=" + std::to_string(all[1].entry)), "Ours"));
    EXPECT_EQ(get("/calendars/0").status, 404);
    EXPECT_EQ(get("/calendars/nine").status, 404);
    EXPECT_EQ(get("/calendars/99999999999999999999").status, 404);
}

TEST_F(RoutesTest, SettingsAndCalendar) {
    sign_in_as(site.admin);
    EXPECT_TRUE(shows(get("/admin"), "href=\"/admin/settings/complaint.about_persons\""))
        << "nobody said where to turn";
    EXPECT_EQ(post("/admin/settings/complaint.about_persons", {{"value", "Room 12"}, {"reason", "r"}}).status, 303);
    EXPECT_FALSE(shows(get("/admin"), "complaint.about_persons"));
    EXPECT_TRUE(shows(get("/admin/settings"), "figures.min_cell"));
    EXPECT_EQ(get("/admin/settings/no.such").status, 404);
    EXPECT_TRUE(shows(post("/admin/settings/figures.min_cell", {{"value", "2"}, {"reason", "r"}}),
                      "Enter a number from 3 to 50."));
    EXPECT_TRUE(shows(post("/admin/settings/figures.min_cell", {{"value", "9"}}), "Give the reason."));
    EXPECT_EQ(post("/admin/settings/figures.min_cell", {{"value", "9"}, {"reason", "charter"}}).status, 303);
    EXPECT_TRUE(shows(get("/admin/settings/figures.min_cell"), "charter"));
    EXPECT_TRUE(shows(get("/api/v1/settings"), "\"default\":\"5\",\"entry\":5,\"name\":\"figures.min_cell\""));
    for (const char* bad : {"Mars/Base", "../../../etc/passwd", "Europe", "/etc/passwd"})
        EXPECT_EQ(post("/admin/settings/organisation.zone", {{"value", bad}, {"reason", "r"}}).status, 422) << bad;
    EXPECT_EQ(post("/admin/settings/organisation.zone", {{"value", "Europe/London"}, {"reason", "r"}}).status, 303);

    EXPECT_TRUE(shows(get("/admin/calendar"), "Monday to Friday"));
    EXPECT_EQ(post("/admin/calendar", {{"choice", "nowhere"}, {"reason", "r"}}).status, 422);
    EXPECT_EQ(post("/admin/calendar", {{"choice", "cn"}, {"reason", "where we are"}}).status, 303);
    EXPECT_EQ(calendar(*site.read()).name, "中国 2025–2027");
    EXPECT_TRUE(shows(
        post("/admin/calendar", {{"choice", "own"}, {"name", "Ours"}, {"text", "2026-13-01 holiday"}, {"reason", "r"}}),
        "Line 1 of the calendar"));
    EXPECT_EQ(
        post("/admin/calendar",
             {{"choice", "own"}, {"name", "Ours"}, {"text", "2026-10-01 holiday\r\n2026-10-10 works"}, {"reason", "r"}})
            .status,
        303);
    EXPECT_EQ(calendar(*site.read()).makeup_days.size(), 1u);
}

}  // namespace
}  // namespace people

#include <gtest/gtest.h>

#include <http/testing.h>
#include <page/page.h>

#include "routes.h"
#include "sign_in.h"
#include "site_for_tests.h"

namespace people {
namespace {

using http::testing::header;

// A browser in front of the routes, without the server between: cookies are kept, forms are sent.
class RoutesTest : public testing::Test {
protected:
    RoutesTest() {
        hooks.parts.push_back([](const http::Request&, db::Connection& db, UnitId id) {
            return page::escape("part of " + unit(db, id)->name);
        });
        add_routes(router, site.needs, hooks);
    }

    using Fields = http::testing::Fields;

    http::Response send(http::Method method, const std::string& target, Fields fields = {}) {
        http::Request request = http::testing::request(method, target);
        request.form = std::move(fields);
        request.headers["accept-language"] = "en";
        request.visitor = "a-browser";
        if (!cookie.empty()) request.cookies.emplace("session", cookie);
        request.who = identify(site.needs, request);
        http::Response response = http::testing::answer(router, std::move(request));
        keep_cookie(response);
        return response;
    }
    http::Response get(const std::string& target) { return send(http::Method::get, target); }
    http::Response post(const std::string& target, Fields fields = {}) {
        return send(http::Method::post, target, std::move(fields));
    }

    void keep_cookie(const http::Response& response) {
        for (const auto& [name, value] : response.headers)
            if (name == "Set-Cookie" && value.starts_with("session=")) {
                cookie = value.substr(8, value.find(';') - 8);
                EXPECT_NE(value.find("HttpOnly"), std::string::npos);
                EXPECT_NE(value.find("SameSite=Lax"), std::string::npos);
            }
    }
    void sign_in_as(const FirstAccount& account) {
        cookie.clear();
        const http::Response response = post("/sign-in", {{"login", account.login}, {"password", account.password}});
        ASSERT_EQ(response.status, 303) << response.body;
    }
    FirstAccount account(std::string login, std::vector<Role> roles) {
        return *add_officer(site.needs, UnitId(1), login, "Post of " + login, roles, false);
    }

    TestSite site{db::Engine::sqlite};
    Hooks hooks;
    http::Router router;
    std::string cookie;
};

testing::AssertionResult shows(const http::Response& response, const std::string& text) {
    const bool there = response.body.find(text) != std::string::npos;
    return (there ? testing::AssertionSuccess() : testing::AssertionFailure()) << text << "\n" << response.body;
}

TEST_F(RoutesTest, UnitsAreOpenToEverybody) {
    const UnitId roads = *add_unit(site.needs, UnitId(1), "Roads <b>", false);
    ASSERT_TRUE(add_officer(site.needs, roads, "chief", "Head of roads", {Role::head}, false, "N. N."));
    ASSERT_TRUE(add_officer(site.needs, roads, "desk", "Road desk", {Role::officer}, false, "Hidden Name"));
    const http::Response tree = get("/units");
    EXPECT_EQ(tree.status, 200);
    EXPECT_TRUE(shows(tree, "Roads &lt;b&gt;"));
    EXPECT_TRUE(shows(tree, "2 units"));
    const http::Response page = get(path_to(roads));
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(shows(page, "Head of roads"));
    EXPECT_TRUE(shows(page, "N. N."));
    EXPECT_TRUE(shows(page, "Road desk"));
    EXPECT_TRUE(shows(page, "part of Roads &lt;b&gt;"));
    EXPECT_FALSE(shows(page, "Hidden Name"));
    EXPECT_FALSE(shows(page, "chief")) << "no login";
    for (const char* bad :
         {"/units/99", "/units/0", "/units/-1", "/units/x", "/units/01", "/units/99999999999999999999"})
        EXPECT_EQ(get(bad).status, 404) << bad;
}

TEST_F(RoutesTest, UnitsAsJson) {
    const UnitId roads = *add_unit(site.needs, UnitId(1), "Roads", true);
    ASSERT_TRUE(add_officer(site.needs, roads, "chief", "Head of roads", {Role::head}, false, "N. N."));
    EXPECT_EQ(get("/api/v1/units").body,
              "{\"units\":[{\"id\":1,\"name\":\"Test office 测试处\",\"open\":true,\"parent\":null,\"sample\":false},"
              "{\"id\":4,\"name\":\"Roads\",\"open\":true,\"parent\":1,\"sample\":true}]}");
    EXPECT_EQ(get("/api/v1/units/4").body,
              "{\"id\":4,\"name\":\"Roads\",\"open\":true,\"parent\":1,"
              "\"posts\":[{\"contractor\":null,\"head\":true,\"id\":5,\"name\":\"N. N.\",\"post\":\"Head of "
              "roads\"}],\"sample\":true}");
    const http::Response none = get("/api/v1/units/99");
    EXPECT_EQ(none.status, 404);
    EXPECT_TRUE(shows(none, "people.unit_unknown"));
    EXPECT_TRUE(shows(get("/api/v1/settings"), "{\"default\":\"5\",\"name\":\"figures.min_cell\",\"value\":\"5\"}"));
    EXPECT_TRUE(shows(get("/api/v1/calendar"), "\"name\":\"Mon–Fri\""));
}

TEST_F(RoutesTest, SigningInAndOut) {
    const http::Response asked = get("/account");
    EXPECT_EQ(asked.status, 303);
    EXPECT_EQ(header(asked, "Location"), "/sign-in?next=%2faccount");
    EXPECT_TRUE(shows(get("/sign-in?next=/admin"), "value=\"/admin\""));
    const http::Response wrong = post("/sign-in", {{"login", "admin"}, {"password", "wrong password"}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(shows(wrong, "Login or password is wrong."));
    EXPECT_TRUE(shows(wrong, "value=\"admin\""));
    EXPECT_FALSE(shows(wrong, "wrong password"));
    EXPECT_EQ(cookie, "");
    const http::Response empty = post("/sign-in");
    EXPECT_EQ(empty.status, 422);
    EXPECT_TRUE(shows(empty, "Enter the login."));
    EXPECT_TRUE(shows(empty, "Enter the password."));

    const http::Response right =
        post("/sign-in", {{"login", "ADMIN"}, {"password", site.admin.password}, {"next", "/admin"}});
    EXPECT_EQ(right.status, 303);
    EXPECT_EQ(header(right, "Location"), "/account") << "a given password: first of all the choice of another";
    const http::Response account_page = get("/account");
    EXPECT_EQ(account_page.status, 200);
    EXPECT_TRUE(shows(account_page, "Your password was given to you"));
    EXPECT_TRUE(shows(account_page, "this one"));
    EXPECT_FALSE(account_page.cacheable);
    EXPECT_EQ(header(get("/sign-in"), "Location"), "/account") << "signed in already";
    const std::string kept = cookie;
    const http::Response out = post("/sign-out");
    EXPECT_EQ(out.status, 303);
    EXPECT_EQ(header(out, "Clear-Site-Data"), "\"cache\"");
    cookie = kept;
    EXPECT_EQ(get("/account").status, 303) << "the old cookie opens nothing";
}

TEST_F(RoutesTest, SigningInIsLoggedWithoutTheLogin) {
    testing::internal::CaptureStderr();
    post("/sign-in", {{"login", "admin"}, {"password", "wrong password"}});
    post("/sign-in", {{"login", "admin"}, {"password", site.admin.password}});
    const std::string lines = testing::internal::GetCapturedStderr();
    for (const char* part : {R"("level":"warn","event":"people.sign_in_refused","factors":"password")",
                             R"("why":"people.sign_in_wrong")", R"("level":"info","event":"people.sign_in","factors")"})
        EXPECT_NE(lines.find(part), std::string::npos) << part << "\n" << lines;
    for (const std::string& secret : {std::string("wrong password"), site.admin.password, std::string("\"admin\"")})
        EXPECT_EQ(lines.find(secret), std::string::npos) << lines;
}

TEST_F(RoutesTest, NextLeadsNowhereElse) {
    const auto next_of = [&](const std::string& next) {
        cookie.clear();
        return header(post("/sign-in", {{"login", "admin"}, {"password", "correct horse battery"}, {"next", next}}),
                      "Location");
    };
    sign_in_as(site.admin);
    ASSERT_EQ(post("/account/password", {{"current", site.admin.password},
                                         {"password", "correct horse battery"},
                                         {"again", "correct horse battery"}})
                  .status,
              303);
    EXPECT_EQ(next_of("/admin/units/1?x=1"), "/admin/units/1?x=1");
    for (const char* bad : {"//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "",
                            "/\tevil", "/a b", "\\/evil"})
        EXPECT_EQ(next_of(bad), "/account") << bad;
}

TEST_F(RoutesTest, ChoosingAPassword) {
    sign_in_as(site.admin);
    const std::string before = cookie;
    const auto change = [&](std::string current, std::string fresh, std::string again) {
        return post("/account/password", {{"current", current}, {"password", fresh}, {"again", again}});
    };
    EXPECT_TRUE(shows(change("", "", ""), "Enter the password."));
    EXPECT_TRUE(shows(change(site.admin.password, "correct horse battery", "correct horse"),
                      "This is not the same as the new password."));
    EXPECT_TRUE(shows(change(site.admin.password, "password123", "password123"), "guessed first"));
    const http::Response wrong = change("not it", "correct horse battery", "correct horse battery");
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(shows(wrong, "The present password is wrong."));
    EXPECT_FALSE(shows(wrong, "correct horse"));
    const http::Response right = change(site.admin.password, "  spaces count  ", "  spaces count  ");
    EXPECT_EQ(header(right, "Location"), "/account?changed");
    EXPECT_NE(cookie, before);
    EXPECT_TRUE(shows(get("/account?changed"), "The password was changed."));
    cookie = before;
    EXPECT_EQ(get("/account").status, 303);
    sign_in_as({"admin", "  spaces count  ", {}, {}});
}

TEST_F(RoutesTest, EndingSessions) {
    sign_in_as(site.admin);
    EXPECT_FALSE(shows(get("/account"), "name=\"proof\"")) << "there is no other to end";
    const std::string one = cookie;
    sign_in_as(site.admin);
    const std::string handle = own_sessions(site.needs, site.admin.officer, one).at(0).handle;
    const auto end = [&](std::string session, std::string proof) {
        return post("/account/sessions/end", {{"session", session}, {"proof", proof}});
    };
    EXPECT_EQ(end("0000000000000000", site.admin.password).status, 404);
    for (const std::string& session : {std::string("others"), handle}) {
        const http::Response empty = post("/account/sessions/end", {{"session", session}});
        EXPECT_EQ(empty.status, 422);
        EXPECT_TRUE(shows(empty, "Enter the password."));
        const http::Response wrong = end(session, "not it at all");
        EXPECT_EQ(wrong.status, 422);
        EXPECT_TRUE(shows(wrong, "id=\"proof-error\""));
        EXPECT_TRUE(shows(wrong, "The present password is wrong."));
        EXPECT_FALSE(shows(wrong, "not it at all"));
    }
    EXPECT_EQ(own_sessions(site.needs, site.admin.officer, one).size(), 2u) << "nothing has ended";
    EXPECT_EQ(end("others", site.admin.password).status, 303);
    EXPECT_EQ(get("/account").status, 200);
    cookie = one;
    EXPECT_EQ(get("/account").status, 303);
}

// Behind a session that was left open the password cannot be guessed faster than at the door.
TEST_F(RoutesTest, EndingSessionsIsNoOracle) {
    sign_in_as(site.admin);
    sign_in_as(site.admin);
    http::Response answer;
    for (int i = 0; i < 6 && answer.status != 429; ++i)
        answer = post("/account/sessions/end", {{"session", "others"}, {"proof", "guess " + std::to_string(i)}});
    EXPECT_EQ(answer.status, 429);
    EXPECT_TRUE(shows(answer, "Too many attempts with this login."));
    EXPECT_EQ(post("/account/sessions/end", {{"session", "others"}, {"proof", site.admin.password}}).status, 429)
        << "the right one, too";
    EXPECT_EQ(own_sessions(site.needs, site.admin.officer, cookie).size(), 2u);
}

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

TEST_F(RoutesTest, PagesSpeakThreeLanguages) {
    for (const char* lang : {"zh-Hans", "zh-Hant", "en"}) {
        const http::Response page = get("/sign-in?lang=" + std::string(lang));
        EXPECT_TRUE(shows(page, "lang=\"" + std::string(lang) + "\""));
    }
}

// Nothing of what is typed at sign-in stands in any entry.
TEST_F(RoutesTest, TheLedgerKnowsNoPassword) {
    sign_in_as(site.admin);
    post("/account/password",
         {{"current", site.admin.password}, {"password", "correct horse battery"}, {"again", "correct horse battery"}});
    for (const ledger::Entry& entry : ledger::entries(*site.read(), 0, 100)) {
        const std::string all =
            kernel::canonical(entry.facts) + kernel::canonical(entry.words.value_or(kernel::Json()));
        EXPECT_EQ(all.find(site.admin.password), std::string::npos);
        EXPECT_EQ(all.find("argon2"), std::string::npos);
    }
}

}  // namespace
}  // namespace people

// What everybody reads, and what officers do with their own account.
#include <gtest/gtest.h>

#include "browser_for_tests.h"

namespace people {
namespace {

using http::testing::header;

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

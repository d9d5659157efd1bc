// For this module's tests: its pages as a browser meets them, which signs in and keeps its cookie.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <http/testing.h>
#include <page/page.h>

#include "routes.h"
#include "sign_in.h"
#include "site_for_tests.h"

namespace people {

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

inline testing::AssertionResult shows(const http::Response& response, const std::string& text) {
    const bool there = response.body.find(text) != std::string::npos;
    return (there ? testing::AssertionSuccess() : testing::AssertionFailure()) << text << "\n" << response.body;
}

}  // namespace people

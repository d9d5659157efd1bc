#include <gtest/gtest.h>

#include <stdexcept>

#include "http.h"

namespace {

using http::Limits;
using http::Method;
using http::Request;
using http::Response;
using http::Router;

http::Handler says(std::string name) {
    return [name](const Request&) {
        Response out;
        out.body = name;
        return out;
    };
}

class RouterTest : public testing::Test {
protected:
    RouterTest() {
        router.get("/", says("home"));
        router.get("/voices", says("list"));
        router.post("/voices", says("send"));
        router.get("/voices/new", says("form"));
        router.get("/voices/{id}", says("show"));
        router.post("/voices/{voice}/answer", says("answer"));
        router.get("/voices/new/answer/help", says("help"));
        router.on(Method::del, "/voices/{id}", says("drop"), Limits{.body = 7});
        router.get("/{page}", says("page"));
    }
    std::string who(Method method, std::string_view path) const {
        const Router::Match match = router.find(method, path);
        return match.handler ? (*match.handler)(Request{}).body : "-";
    }
    Router router;
};

TEST_F(RouterTest, FindsTheRoute) {
    struct Case {
        Method method;
        const char *path, *who;
    };
    const Case cases[] = {
        {Method::get, "/", "home"},
        {Method::get, "/voices", "list"},
        {Method::post, "/voices", "send"},
        {Method::get, "/voices/new", "form"},
        {Method::get, "/voices/17", "show"},
        {Method::get, "/voices/newer", "show"},
        {Method::del, "/voices/new", "drop"},            // the fixed segment knows no DELETE, the one in braces does
        {Method::post, "/voices/new/answer", "answer"},  // back out of the fixed branch
        {Method::get, "/voices/new/answer/help", "help"},
        {Method::head, "/voices/17", "show"},
        {Method::get, "/about", "page"},
        {Method::get, "/voices/", "-"},
        {Method::get, "/voices//answer", "-"},
        {Method::get, "//", "-"},
        {Method::get, "", "-"},
        {Method::get, "voices", "-"},
        {Method::get, "*", "-"},
        {Method::get, "/voices/17/18/19", "-"},
        {Method::post, "/voices/17/answer", "answer"},
    };
    for (const Case& one : cases) EXPECT_EQ(who(one.method, one.path), one.who) << name(one.method) << ' ' << one.path;
}

TEST_F(RouterTest, GivesParametersPatternAndLimits) {
    const Router::Match match = router.find(Method::post, "/voices/十七/answer");
    EXPECT_EQ(match.params.at("voice"), "十七");
    EXPECT_EQ(match.pattern, "/voices/{voice}/answer");
    EXPECT_EQ(router.find(Method::del, "/voices/1").limits->body, 7u);
}

TEST_F(RouterTest, KnowsTheOtherMethods) {
    EXPECT_EQ(router.find(Method::put, "/voices").allowed, (std::vector{Method::get, Method::post}));
    EXPECT_EQ(router.find(Method::put, "/voices/new").allowed, (std::vector{Method::get, Method::del}));
    EXPECT_TRUE(router.find(Method::get, "/voices/1/2").allowed.empty());
    EXPECT_TRUE(router.find(Method::get, "/voices").allowed.empty());
}

TEST_F(RouterTest, ListsItsRoutes) {
    const std::vector<std::string> expected = {"DELETE /voices/{id}",
                                               "GET /",
                                               "GET /voices",
                                               "GET /voices/new",
                                               "GET /voices/new/answer/help",
                                               "GET /voices/{id}",
                                               "GET /{page}",
                                               "POST /voices",
                                               "POST /voices/{voice}/answer"};
    EXPECT_EQ(router.list(), expected);
}

TEST_F(RouterTest, RefusesWhatCanNeverBeReached) {
    for (const char* pattern : {"/voices", "/voices/{other}", "voices", "", "/a/", "//", "/a//b", "/a/../b", "/a/.",
                                "/a%20b", "/a?b", "/{a", "/a}", "/{}", "/x{a}", "/{a}/{a}", "/a b"})
        EXPECT_THROW(router.get(pattern, says("x")), std::logic_error) << pattern;
    EXPECT_THROW(router.on(Method::options, "/o", says("x")), std::logic_error);
    EXPECT_THROW(router.on(Method::other, "/o", says("x")), std::logic_error);
    EXPECT_THROW(router.get("/n", nullptr), std::logic_error);
}

}  // namespace

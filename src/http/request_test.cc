#include <gtest/gtest.h>

#include "form.h"
#include "header_value.h"
#include "http.h"
#include "target.h"

namespace {

using http::parse_target;

TEST(Target, IsReadOneWayOnly) {
    struct Case {
        std::string raw, path;  // "" for refused
    };
    const Case cases[] = {
        {"/", "/"},
        {"/a/b", "/a/b"},
        {"/a/", "/a/"},
        {"//a", "//a"},
        {"/%E5%9B%9E%E9%9F%B3", "/回音"},
        {"/a%20b", "/a b"},
        {"/a?x=%zz", "/a"},
        {"/%252e%252e/x", "/%2e%2e/x"},
        {"/a..b/...", "/a..b/..."},
        {"*", "*"},
        {"http://test/a", "/a"},
        {"HTTP://TEST/a?b", "/a"},
        {"http://test", "/"},
        {"https://test/", "/"},
        {"http://other/a", ""},
        {"http://test@evil/a", ""},
        {"http://test?x", ""},
        {"ftp://test/a", ""},
        {"test:80", ""},
        {"a", ""},
        {"/%zz", ""},
        {"/%", ""},
        {"/%4", ""},
        {"/%00", ""},
        {"/a%0ab", ""},
        {"/a%2fb", ""},
        {"/a%2Fb", ""},
        {"/a%5cb", ""},
        {"/a\\b", ""},
        {"/..", ""},
        {"/a/../b", ""},
        {"/a/./b", ""},
        {"/%2e%2e/b", ""},
        {"/.%2E", ""},
        {"/a#b", ""},
        {"/%c0%af", ""},     // overlong '/'
        {"/%e0%80%af", ""},  // another
        {"/%ed%a0%80", ""},  // a surrogate
        {"/%ff", ""},
        {"/a?x=%ff", ""},
    };
    for (const Case& one : cases) {
        const auto target = parse_target(one.raw, "test");
        EXPECT_EQ(target ? target->path : "", one.path) << one.raw;
    }
    EXPECT_FALSE(parse_target("http:///a", ""));
}

TEST(Target, KeepsTheQuery) {
    const auto target = parse_target("http://test/list?q=%E6%B0%B4+bus&page=2&empty=&flag&%zz=1%", "test");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->origin, "/list?q=%E6%B0%B4+bus&page=2&empty=&flag&%zz=1%");
    const http::Pairs expected = {{"q", "水 bus"}, {"page", "2"}, {"empty", ""}, {"flag", ""}, {"%zz", "1%"}};
    EXPECT_EQ(target->query, expected);
}

TEST(Form, RefusesTooManyFieldsAndOtherEncodings) {
    EXPECT_EQ(http::parse_urlencoded("a=1&&b=2&", 2)->size(), 2u);
    const auto many = http::parse_urlencoded("a=1&b=2&c=3", 2);
    ASSERT_FALSE(many);
    EXPECT_EQ(many.error().key, "http.too_many_fields");
    EXPECT_EQ(many.error().code, kernel::Code::too_large);
    const auto gbk = http::parse_urlencoded("a=%BB%D8", 2);
    ASSERT_FALSE(gbk);
    EXPECT_EQ(gbk.error().key, "http.not_utf8");
}

TEST(Cookies, FirstOfANameCounts) {
    const auto cookies = http::parse_cookies("a=1; b=x%20y ;a=2; =3; c; d=e=f", false);
    EXPECT_EQ(cookies.size(), 3u);
    EXPECT_EQ(cookies.at("a"), "1");
    EXPECT_EQ(cookies.at("b"), "x y");
    EXPECT_EQ(cookies.at("d"), "e=f");
}

TEST(Cookies, OverTlsOnlyHostPrefixedOnesAreRead) {
    const auto cookies = http::parse_cookies("visitor=planted; __Host-visitor=mine; lang=en", true);
    EXPECT_EQ(cookies.size(), 1u);
    EXPECT_EQ(cookies.at("visitor"), "mine");
    EXPECT_EQ(http::parse_cookies("__Host-visitor=mine", false).count("visitor"), 0u);
}

TEST(HeaderValue, ReadsParameters) {
    const auto type = http::parse_parameterised("Multipart/Form-Data; Boundary=\"a b\" ; charset=UTF-8;");
    ASSERT_TRUE(type);
    EXPECT_EQ(type->value, "multipart/form-data");
    EXPECT_EQ(*type->parameter("boundary"), "a b");
    EXPECT_EQ(*type->parameter("charset"), "UTF-8");
    EXPECT_EQ(*http::parse_parameterised("x; a=\"q\\\"\\e\"")->parameter("a"), "q\"e");
    EXPECT_EQ(*http::parse_parameterised("x; a=\"C:\\d\\\"\"", http::Backslash::escapes_quote)->parameter("a"),
              "C:\\d\"");
    for (const char* bad : {"", ";a=b", "x; a", "x; a=", "x; a=\"b", "x; a=b; a=c", "x; a=b c", "x; =b"})
        EXPECT_FALSE(http::parse_parameterised(bad)) << bad;
}

TEST(HeaderValue, WeighsLists) {
    EXPECT_EQ(http::weight("gzip", "gzip"), 1000);
    EXPECT_EQ(http::weight("br, GZIP;q=0.5", "gzip"), 500);
    EXPECT_EQ(http::weight("*;q=0.25, gzip;q=0", "gzip"), 0);
    EXPECT_EQ(http::weight("*;q=0.25", "gzip"), 250);
    EXPECT_EQ(http::weight("text/*;q=0.3, */*;q=0.1", "text/html"), 300);
    EXPECT_EQ(http::weight("br", "gzip"), -1);
    EXPECT_EQ(http::weight("", "gzip"), -1);
    EXPECT_EQ(http::weight("gzip;q=nonsense", "gzip"), 0);
}

TEST(Request, WantsJsonUnderApiOrByAccept) {
    http::Request request;
    request.path = "/api/v1/voices";
    EXPECT_TRUE(request.wants_json());
    request.path = "/apiary";
    EXPECT_FALSE(request.wants_json());
    request.headers["accept"] = "*/*";
    EXPECT_FALSE(request.wants_json());
    request.headers["accept"] = "application/json";
    EXPECT_TRUE(request.wants_json());
    request.headers["accept"] = "text/html, application/json;q=0.9";
    EXPECT_FALSE(request.wants_json());
}

TEST(Request, MakesAVisitorOnlyWhenAsked) {
    http::Request request;
    EXPECT_FALSE(request.personal);
    const std::string made = request.need_visitor();
    EXPECT_EQ(made.size(), 22u);
    EXPECT_EQ(request.need_visitor(), made);
    EXPECT_EQ(request.fresh_visitor, made);
    EXPECT_TRUE(request.personal);
    EXPECT_EQ(request.visitor, "");
    http::Request returning;
    returning.visitor = "known";
    EXPECT_EQ(returning.need_visitor(), "known");
    EXPECT_EQ(returning.fresh_visitor, "");
}

TEST(Response, RefusesWhatWouldSplitTheHeader) {
    http::Response response;
    EXPECT_THROW(response.set("Location", "/a\r\nSet-Cookie: x=1"), std::logic_error);
    EXPECT_THROW(response.set("Bad Name", "x"), std::logic_error);
    http::Request request;
    EXPECT_THROW(response.set_cookie(request, "a b", "x", 1), std::logic_error);
    response.set("Vary", "A").set("vary", "B");
    EXPECT_EQ(response.headers.size(), 1u);
    EXPECT_EQ(http::redirect("/voices/回\r\nX: y").headers[0].second, "/voices/%E5%9B%9E%0D%0AX:%20y");
}

TEST(Response, CookiesComeBackAsTheyWereSet) {
    http::Request request;
    http::Response response;
    response.set_cookie(request, "code", "12345 67890; %x", 60);
    EXPECT_EQ(response.headers[0].second, "code=12345%2067890%3B%20%25x; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
    EXPECT_EQ(http::parse_cookies("code=12345%2067890%3B%20%25x", false).at("code"), "12345 67890; %x");
    request.secure = true;
    http::Response secure;
    secure.set_cookie(request, "code", "1", -1);
    EXPECT_EQ(secure.headers[0].second, "__Host-code=1; Path=/; HttpOnly; SameSite=Lax; Secure");
}

}  // namespace

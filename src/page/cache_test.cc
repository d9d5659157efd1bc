#include "cache.h"

#include <gtest/gtest.h>

namespace page {
namespace {

std::shared_ptr<const Kept> kept_of(std::size_t size, std::int64_t position) {
    auto kept = std::make_shared<Kept>();
    kept->position = position;
    kept->shared.text.assign(size, 'x');
    return kept;
}

TEST(PageCache, position_decides) {
    PageCache cache(1 << 20);
    cache.keep("a", kept_of(10, 5));
    EXPECT_TRUE(cache.find("a", 5));
    EXPECT_FALSE(cache.find("a", 6));
    EXPECT_FALSE(cache.find("b", 5));
    cache.keep("a", kept_of(20, 4));  // made before, finished after
    EXPECT_EQ(cache.find("a", 5)->shared.text.size(), 10u);
    cache.keep("a", kept_of(30, 7));
    EXPECT_FALSE(cache.find("a", 5));
    EXPECT_EQ(cache.find("a", 7)->shared.text.size(), 30u);
    EXPECT_EQ(cache.pages(), 1u);
}

http::Request asks(const std::string& path) {
    http::Request request;
    request.path = request.target = path;
    return request;
}

// How often `make` ran for each of these requests, one after the other, under one key and position.
int times_made(const std::string& key, const std::vector<http::Request>& requests, Page page) {
    int made = 0;
    for (const http::Request& request : requests)
        cached(request, key, 1, [&] {
            ++made;
            return page;
        });
    return made;
}

Page small_page() {
    Page page;
    page.title = "t";
    page.main = trusted("<h1>t</h1>");
    return page;
}

TEST(Cached, made_once_for_equal_readers) {
    set_up({});
    const http::Request plain = asks("/cached-a");
    http::Request english = plain, large = plain, staff = plain, elsewhere = asks("/cached-b");
    english.cookies["lang"] = "en";
    large.cookies["type"] = "large";
    staff.who.officer = 7;
    EXPECT_EQ(times_made("k1", {plain, plain, plain}, small_page()), 1);
    EXPECT_EQ(times_made("k2", {plain, english, large, elsewhere, plain, english, large, elsewhere}, small_page()), 4);
    EXPECT_EQ(times_made("k3", {staff, staff}, small_page()), 2);
    // Each page of its lists by itself; what no list has asks for nothing else.
    http::Request second = plain, third = plain, two = plain, other = plain;
    second.query = {{"a-after", "1\n1 b-after=2"}};
    third.query = {{"a-after", "1"}};
    two.query = {{"a-after", "1"}, {"b-after", "2"}};
    other.query = {{"utm", "1"}};
    EXPECT_EQ(times_made("k4", {plain, second, third, two, other, two, third, second}, small_page()), 4);
}

TEST(Cached, private_pages_and_faults_are_made_each_time) {
    Page secret = small_page(), wrong = small_page();
    secret.private_matter = true;
    wrong.status = 404;
    EXPECT_EQ(times_made("k4", {asks("/cached-c"), asks("/cached-c")}, secret), 2);
    EXPECT_EQ(times_made("k5", {asks("/cached-c"), asks("/cached-c")}, wrong), 2);
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
    const std::size_t start = text.find(from);
    if (start == std::string::npos) return "";
    const std::size_t end = text.find(to, start + from.size());
    return text.substr(start + from.size(), end - start - from.size());
}

TEST(Cached, tokens_are_each_readers_own) {
    Page page = small_page();
    const http::Request maker = asks("/cached-d");
    page.main = csrf_field();
    Data data;
    Form(maker).fill(Lang::en, data, {});
    page.main = render(Lang::en, "page/design.html", data) + csrf_field();
    const auto get = [&](const std::string& target, const std::string& visitor) {
        http::Request request = asks("/cached-d");
        request.target = target;
        request.visitor = visitor;
        request.cookies["visitor"] = visitor;
        return cached(request, "", 1, [&] { return page; });
    };
    const http::Response one = get("/cached-d?kind=help&lang=en", "AAAAAAAAAAAAAAAAAAAAAA");
    const http::Response two = get("/cached-d?x=\"<", "BBBBBBBBBBBBBBBBBBBBBB");
    const std::string token = "name=\"csrf\" value=\"";
    EXPECT_FALSE(between(one.body, token, "\"").empty());
    EXPECT_NE(between(one.body, token, "\""), between(two.body, token, "\""));
    EXPECT_NE(one.body.find("?to=/cached-d%3Fkind%3Dhelp\""), std::string::npos);
    EXPECT_EQ(two.body.find("kind%3Dhelp"), std::string::npos);
    EXPECT_NE(two.body.find("?to=/\""), std::string::npos);
    EXPECT_FALSE(one.cacheable);  // has a token in it
    EXPECT_EQ(one.body.find('\x02'), std::string::npos);
}

TEST(Cached, a_page_without_tokens_can_be_kept_by_browsers) {
    const http::Response response = cached(asks("/cached-e"), "", 1, small_page);
    EXPECT_TRUE(response.cacheable);
    const http::Request again = asks("/cached-e");
    EXPECT_EQ(cached(again, "", 1, small_page).body, response.body);
    EXPECT_FALSE(again.personal);
    EXPECT_TRUE(again.fresh_visitor.empty());
}

}  // namespace
}  // namespace page

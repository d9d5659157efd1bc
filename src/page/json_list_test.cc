#include <gtest/gtest.h>

#include <http/testing.h>

#include "page.h"

namespace page {
namespace {

http::Response asked(const std::string& query, int most) {
    http::Router router;
    router.get(
        "/list",
        json_list([](const http::Request& r) { return http::json(200, std::to_string(asked_limit(r, 20))); }, most));
    http::Request request = http::testing::request(http::Method::get, "/list" + query);
    request.headers.emplace("accept", "application/json");
    return http::testing::answer(router, std::move(request));
}

TEST(JsonList, IsReachedOnlyWithWhatItCanTurnTo) {
    set_up({});
    EXPECT_EQ(asked("", 100).body, "20");
    EXPECT_EQ(asked("?limit=100&before=17", 100).body, "100");
    EXPECT_EQ(asked("?limit=1&after=0", 100).body, "1");
    EXPECT_EQ(asked("?limit=&after=&before=", 100).body, "20");
    for (const char* wrong : {"?limit=101", "?limit=0", "?limit=-1", "?limit=x", "?limit=99999999999999999999"}) {
        const http::Response refused = asked(wrong, 100);
        EXPECT_EQ(refused.status, 422) << wrong;
        EXPECT_NE(refused.body.find("page.limit"), std::string::npos) << wrong;
    }
    for (const char* wrong : {"?before=x", "?after=-1", "?before=1e3", "?after=01", "?before=7&after=y"}) {
        const http::Response refused = asked(wrong, 0);
        EXPECT_EQ(refused.status, 400) << wrong;
        EXPECT_NE(refused.body.find("page.bad_cursor"), std::string::npos) << wrong;
    }
}

}  // namespace
}  // namespace page

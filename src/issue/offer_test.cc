// A statement that divides people, or that all share, becomes an issue of its own in one step.
#include <gtest/gtest.h>
#include <http/testing.h>
#include <page/page.h>
#include <people/testing_routes.h>

#include "test_world.h"

namespace issue {
namespace {

using http::Method;

struct Offered : testing::Test, World {
    Offered() : World(db::Engine::sqlite) {
        page::drop_cached();
        issue::add_routes(router, *needs, issue::Hooks{});
    }
    http::Request request(Method method, const std::string& path, const char* login) {
        http::Request r = people::request_by(as(login), method, path);
        r.headers.emplace("accept-language", "en");
        return r;
    }
    std::string offer(const char* login, dialogue::StatementId id) {
        const http::Request r = request(Method::get, "/dialogues/1/map", login);
        return offer_statement(r, *database->read(), id, "Group A 90 %, group B 10 %").text();
    }
    http::Router router;
};

TEST_F(Offered, ToWhoMayGatherUntilItIsInOne) {
    const dialogue::StatementId id = state("More buses at night, \"now\"");
    const std::string form = offer("officer", id);
    EXPECT_NE(form.find("action=\"/issues/new\""), std::string::npos);
    EXPECT_NE(form.find("value=\"More buses at night, &quot;now&quot;\""), std::string::npos) << form;
    EXPECT_EQ(offer("moderator", id), "");
    EXPECT_EQ(offer("officer", dialogue::StatementId(999'999)), "");

    http::Request asked = request(Method::get, "/issues/new", "officer");
    asked.query = {{"cycle", std::to_string(round.value())},
                   {"statement", std::to_string(id.value())},
                   {"title", "More buses at night"},
                   {"text", "Group A 90 %, group B 10 %"}};
    const auto shown = http::testing::answer(router, std::move(asked));
    EXPECT_EQ(shown.status, 200);
    EXPECT_NE(shown.body.find("Group A 90 %, group B 10 %"), std::string::npos);
    EXPECT_NE(shown.body.find("name=\"statement\" value=\"" + std::to_string(id.value()) + "\""), std::string::npos);

    http::Request sent = request(Method::post, "/issues", "officer");
    sent.form = {{"csrf", std::string(http::csrf_token(sent))},
                 {"cycle", std::to_string(round.value())},
                 {"title", "More buses at night"},
                 {"text", "Group A 90 %, group B 10 %"},
                 {"lang", "en"},
                 {"statement", std::to_string(id.value())}};
    const auto made = http::testing::answer(router, std::move(sent));
    EXPECT_EQ(made.status, 303) << made.body;
    EXPECT_NE(offer("officer", id).find("More buses at night"), std::string::npos);
    EXPECT_EQ(offer("officer", id).find("<form"), std::string::npos) << "it is in one";
}

}  // namespace
}  // namespace issue

// What readers, evaluators and staff are shown, in front of the routes, without the server between.
#include <gtest/gtest.h>
#include <http/http.h>
#include <page/page.h>
#include <people/testing_routes.h>

#include "pages.h"
#include "test_world.h"

namespace review {
namespace {

using http::testing::Fields;
using http::testing::header;

class ReviewPages : public testing::Test {
protected:
    ReviewPages() {
        page::set_up({});
        review::add_routes(router, *world.needs);
    }

    http::Request request_of(http::Method method, const std::string& target, Fields fields = {}) {
        http::Request r = people::request_by(login.empty() ? people::Actor() : world.as(login), method, target);
        r.form = std::move(fields);
        r.headers["accept-language"] = lang;
        r.visitor = "a-browser";
        return r;
    }
    http::Response send(http::Method method, const std::string& target, Fields fields = {}, std::string body = {}) {
        http::Request r = request_of(method, target, std::move(fields));
        r.body = std::move(body);
        return http::testing::answer(router, std::move(r));
    }
    http::Response get(const std::string& target) { return send(http::Method::get, target); }
    http::Response post(const std::string& target, Fields fields) {
        return send(http::Method::post, target, std::move(fields));
    }
    std::string at(ReviewId id, const std::string& rest = "") { return address(id) + rest; }
    std::string part_on_measure() {
        return part_of_measure(request_of(http::Method::get, "/measures/1"), *world.database->read(), world.measured())
            .text();
    }

    World world{db::Engine::sqlite};
    http::Router router;
    std::string login, lang = "en";
};

testing::AssertionResult page_shows(const std::string& body, const std::string& text) {
    const bool there = body.find(text) != std::string::npos;
    return (there ? testing::AssertionSuccess() : testing::AssertionFailure()) << text << "\n" << body;
}
std::size_t filled(const std::string& body) {
    std::size_t n = 0;
    for (std::size_t at = body.find("class=\"button\""); at != body.npos; at = body.find("class=\"button\"", at + 1))
        ++n;
    return n;
}

TEST_F(ReviewPages, FromTheMeasureToTheDraft) {
    EXPECT_TRUE(page_shows(part_on_measure(), "Nobody has been asked to judge it yet."));
    EXPECT_EQ(part_on_measure().find("/reviews/new"), std::string::npos);
    login = "roads_head";
    EXPECT_EQ(part_on_measure().find("/reviews/new"), std::string::npos) << "of the owner's unit";
    login = "clerk";
    const std::string link = "/reviews/new?measure=" + std::to_string(world.judged.value());
    EXPECT_TRUE(page_shows(part_on_measure(), link));
    EXPECT_TRUE(page_shows(part_on_measure(), "/reviews/not-judged?measure="));
    const http::Response form = get(link);
    EXPECT_EQ(form.status, 200);
    EXPECT_TRUE(page_shows(form.body, "value=\"2026-12-07\""));
    EXPECT_TRUE(page_shows(form.body, "Waiting is short"));
    EXPECT_TRUE(page_shows(form.body, "name=\"p6_roll\""));
    EXPECT_EQ(filled(form.body), 1u);
}

TEST_F(ReviewPages, ADraftThatIsWrongComesBackWithTheErrorAtItsBlock) {
    login = "clerk";
    const std::string criterion = std::to_string(world.criterion.value());
    Fields fields = {{"measure", std::to_string(world.judged.value())},
                     {"lang", "en"},
                     {"q1_text", "Was it done?"},
                     {"q1_criterion", criterion},
                     {"q4_text", "Faster?"},
                     {"accept_percent", "60"},
                     {"k", "5"},
                     {"closes", "2026-12-04"},
                     {"p2_group", "people"},
                     {"p2_name", "All"},
                     {"p2_chosen_by", "lot"},
                     {"p2_weight", "100"},
                     {"p2_secrecy", "secret"},
                     {"p2_roll", "30"}};
    const http::Response wrong = post("/reviews", fields);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(page_shows(wrong.body, "id=\"q4_criterion-error\""))
        << "the second of the draft is the fourth of the form";
    EXPECT_TRUE(page_shows(wrong.body, "Faster?"));
    fields.emplace_back("q4_criterion", criterion);
    const http::Response made = post("/reviews", fields);
    EXPECT_EQ(made.status, 303);
    const ReviewId id(kernel::parse_index(header(made, "Location").substr(9)).value());
    EXPECT_EQ(world.get(id).frozen.questions.size(), 2u);
    EXPECT_EQ(world.get(id).frozen.panels.size(), 1u);
    EXPECT_EQ(world.get(id).frozen.panels[0].roll, 30);
}

TEST_F(ReviewPages, TheNextStepIsTheOneFilledButton) {
    const ReviewId id = world.drafted();
    EXPECT_EQ(filled(get(at(id)).body), 0u) << "a reader waits";
    EXPECT_EQ(get(at(id, "/vote")).status, 409);
    login = "clerk";
    EXPECT_TRUE(page_shows(get(at(id)).body, "href=\"" + at(id, "/open") + "\""));
    EXPECT_EQ(filled(get(at(id)).body), 1u);
    const http::Response codes = post(at(id, "/open"), {});
    EXPECT_EQ(codes.status, 200);
    EXPECT_EQ(header(codes, "Cache-Control"), "no-store");
    EXPECT_FALSE(codes.cacheable);
    EXPECT_TRUE(page_shows(codes.body, "id=\"slip-3-6\""));
    EXPECT_EQ(post(at(id, "/open"), {}).status, 409);
    login = "";
    EXPECT_TRUE(page_shows(get(at(id)).body, "href=\"" + at(id, "/vote") + "\""));
    EXPECT_EQ(filled(get(at(id)).body), 1u);
    EXPECT_TRUE(page_shows(part_on_measure(), at(id, "/vote")));
    world.go_to("2026-12-05");
    EXPECT_EQ(filled(get(at(id)).body), 0u);
    EXPECT_EQ(get(at(id, "/vote")).status, 409);
    login = "clerk";
    EXPECT_TRUE(page_shows(get(at(id)).body, "href=\"" + at(id, "/close") + "\""));
    EXPECT_EQ(post(at(id, "/close"), {}).status, 303);
    EXPECT_EQ(filled(get(at(id)).body), 0u);
}

TEST_F(ReviewPages, AJudgementOnThePhone) {
    const ReviewId id = world.drafted();
    const Codes codes = world.opened(id);
    const http::Response form = get(at(id, "/vote"));
    EXPECT_TRUE(page_shows(form.body, "All in all: was it done?"));
    EXPECT_TRUE(page_shows(form.body, "name=\"q2\""));
    EXPECT_EQ(form.body.find("name=\"q3\""), std::string::npos);
    EXPECT_TRUE(page_shows(form.body, "name=\"reasons\"")) << "a panel judges by name";
    EXPECT_EQ(form.body.find("<script"), form.body.find("<script src=")) << "works without any";
    EXPECT_EQ(header(form, "Cache-Control"), "no-store");
    const http::Response nothing = post(at(id, "/vote"), {{"q1", "9"}});
    EXPECT_EQ(nothing.status, 422);
    for (const char* place : {"code-error", "q1-error", "q2-error"})
        EXPECT_TRUE(page_shows(nothing.body, std::string("id=\"") + place + "\""));
    const http::Response done = post(at(id, "/vote"), {{"code", codes[0][0]}, {"q1", "5"}, {"q2", "0"}});
    EXPECT_EQ(done.status, 200);
    EXPECT_TRUE(page_shows(done.body, "Your judgement is in the ballot box."));
    EXPECT_EQ(header(done, "Cache-Control"), "no-store");
    EXPECT_EQ(post(at(id, "/vote"), {{"code", codes[0][0]}, {"q1", "5"}, {"q2", "0"}}).status, 422);
    login = "roads_head";
    const http::Response own =
        post(at(id, "/vote"), {{"code", codes[1][0]}, {"q1", "5"}, {"q2", "0"}, {"name", "X"}, {"reasons", "y"}});
    EXPECT_TRUE(page_shows(own.body, "Nobody judges by name a measure of their own unit.")) << "who is signed in there";
}

TEST_F(ReviewPages, TheResultShowsPanelsAndTheGapAndNoneBelowK) {
    const ReviewId id = world.drafted();
    world.voted(id);
    const std::string before = get(at(id)).body;
    EXPECT_EQ(before.find("A. Delegate"), std::string::npos);
    EXPECT_TRUE(page_shows(before, "No result before the close"));
    world.go_to("2026-12-05");
    world.tick();
    const std::string after = get(at(id)).body;
    EXPECT_TRUE(page_shows(after, "Accepted: the weighted share of 4 and 5 is 73"));
    EXPECT_TRUE(page_shows(after, "a gap of 27 points"));
    EXPECT_TRUE(page_shows(after, "class=\"whisker\""));
    EXPECT_TRUE(page_shows(after, "too few to show"));
    EXPECT_TRUE(page_shows(after, "A. Delegate"));
    EXPECT_TRUE(page_shows(after, "I rode it"));
    EXPECT_TRUE(page_shows(part_on_measure(), "weighted share 73"));
    const std::string list = get("/reviews?state=closed").body;
    EXPECT_TRUE(page_shows(list, "Buses come on time"));
    EXPECT_EQ(get("/reviews?state=open").body.find("Buses come on time"), std::string::npos);
    auto db = world.database->read();
    const auto c = cycle::cycle(*db, world.round).value();
    EXPECT_TRUE(page_shows(part(request_of(http::Method::get, "/cycles/1"), *db, c).text(), at(id)));
}

TEST_F(ReviewPages, EveryStateInEveryLanguage) {
    const ReviewId id = world.drafted();
    const auto all = [&] {
        for (const char* each : {"en", "zh-CN", "zh-TW"}) {
            lang = each;
            for (const char* who : {"", "clerk"}) {
                login = who;
                EXPECT_EQ(get(at(id)).status, 200) << each;
                EXPECT_EQ(get("/reviews").status, 200) << each;
                EXPECT_FALSE(part_on_measure().empty());
            }
        }
    };
    all();
    const Codes codes = world.opened(id);
    all();
    world.many(id, codes[0], 0, 3, 5);
    world.go_to("2026-12-05");
    world.tick();
    all();
    lang = "en", login = "";
    EXPECT_TRUE(page_shows(get(at(id)).body, "Too few judged: there is no verdict."));
    world.erase(id.value());
    all();
}

TEST_F(ReviewPages, AMachineReadsAndCasts) {
    const ReviewId id = world.drafted();
    const Codes codes = world.opened(id);
    const std::string api = "/api/v1" + at(id);
    const auto cast_json = [&](const std::string& body) {
        return send(http::Method::post, api + "/ballots", {}, body);
    };
    EXPECT_EQ(cast_json("{}").status, 400);
    EXPECT_EQ(cast_json("[]").status, 400);
    EXPECT_EQ(cast_json("{\"code\":\"x\",\"answers\":[5,5]}").status, 422);
    EXPECT_EQ(cast_json("{\"code\":\"x\",\"answers\":[1,1,1,1,1,1,1,1,1,1,1]}").status, 400);
    EXPECT_EQ(cast_json("{\"code\":\"" + codes[0][0] + "\",\"answers\":[5,5.5]}").status, 400);
    EXPECT_EQ(cast_json("{\"code\":\"" + codes[0][0] + "\",\"answers\":[5,5],\"name\":7}").status, 400);
    const http::Response done = cast_json("{\"code\":\"" + codes[0][0] + "\",\"answers\":[5,5]}");
    EXPECT_EQ(done.status, 201);
    EXPECT_EQ(header(done, "Cache-Control"), "no-store");
    EXPECT_EQ(done.body.size(), std::string("{\"mark\":\"\"}").size() + 32);
    EXPECT_TRUE(page_shows(get(api).body, "\"result\":null"));
    EXPECT_EQ(get(api).body.find("cast"), std::string::npos);
    world.many(id, codes[0], 1, 9, 4);
    world.go_to("2026-12-05");
    world.tick();
    EXPECT_TRUE(page_shows(get(api).body, "\"percent\":100"));
    EXPECT_TRUE(page_shows(get("/api/v1/reviews").body, "\"state\":\"closed\""));
}

}  // namespace
}  // namespace review

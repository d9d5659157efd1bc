// What readers, people who answer and staff are shown, in front of the routes, without the server between.
#include <set>

#include <files/csv.h>
#include <gtest/gtest.h>
#include <http/http.h>
#include <page/page.h>
#include <people/testing_routes.h>

#include "pages.h"
#include "test_world.h"

namespace survey {
namespace {

using http::testing::Fields;
using http::testing::header;

class SurveyPages : public testing::Test {
protected:
    SurveyPages() {
        page::set_up({});
        survey::add_routes(router, *world.needs);
    }

    http::Response send(http::Method method, const std::string& target, Fields fields = {}, std::string body = {}) {
        http::Request r = people::request_by(login.empty() ? people::Actor() : world.as(login), method, target);
        r.form = std::move(fields);
        r.body = std::move(body);
        r.headers["accept-language"] = lang;
        r.visitor = browser;
        return http::testing::answer(router, std::move(r));
    }
    http::Response get(const std::string& target) { return send(http::Method::get, target); }
    http::Response post(const std::string& target, Fields fields) {
        return send(http::Method::post, target, std::move(fields));
    }
    static std::string all_of(const http::Response& response) {
        std::string text, piece;
        for (bool more = true; more; text += piece) piece.clear(), more = response.stream(piece);
        return text;
    }
    std::string to_round() { return std::to_string(world.round.value()); }

    World world{db::Engine::sqlite};
    http::Router router;
    std::string login, lang = "en", browser = "the-browser-token-of-22";
};

testing::AssertionResult has(const http::Response& r, const std::string& text) {
    const bool there = r.body.find(text) != std::string::npos;
    return (there ? testing::AssertionSuccess() : testing::AssertionFailure()) << text << "\n" << r.body;
}
std::size_t filled(const http::Response& r) {
    std::size_t n = 0;
    for (std::size_t at = r.body.find("class=\"button\""); at != r.body.npos;
         at = r.body.find("class=\"button\"", at + 1))
        ++n;
    return n;
}

TEST_F(SurveyPages, StaffBuildItWithBlocksAndSeeItBeforehand) {
    login = "engineer";
    EXPECT_EQ(get("/surveys/new?cycle=" + to_round()).status, 403);
    login = "clerk";
    EXPECT_EQ(get("/surveys/new?cycle=999").status, 404);
    const http::Response form = get("/surveys/new?cycle=" + to_round());
    EXPECT_TRUE(has(form, "name=\"q3_text\""));
    EXPECT_EQ(filled(form), 1u);
    Fields f = {{"cycle", to_round()},
                {"title", "Buses"},
                {"lang", "en"},
                {"mode", "anonymous"},
                {"k", "5"},
                {"closes", "2026-12-01"},
                {"q1_text", ""},
                {"q1_type", "single"},
                {"q2_text", "How do you come?"},
                {"q2_type", "single"},
                {"q2_options", "Bus\n\n On foot "},
                {"q2_page", "1"},
                {"q3_text", "How old?"},
                {"q3_type", "number"},
                {"q3_min", "-5"},
                {"q3_max", "x"},
                {"q3_page", "2"},
                {"q3_if", "1"},
                {"q3_any", "1, 2"}};
    http::Response again = post("/surveys", f);
    EXPECT_EQ(again.status, 422);
    EXPECT_TRUE(has(again, "id=\"q3_max-error\""));
    EXPECT_TRUE(has(again, "value=\"-5\"")) << "what was typed stays";
    EXPECT_TRUE(has(again, "<details open>"));
    f[15].second = "99";
    f[18].second = "3";
    again = post("/surveys", f);
    EXPECT_TRUE(has(again, "href=\"#q3_any\"")) << "the second question stands in the third block";
    f[18].second = "1, 2";
    Fields more = f;
    more.emplace_back("more", "yes");
    again = post("/surveys", more);
    EXPECT_EQ(again.status, 200);
    EXPECT_TRUE(has(again, "name=\"q8_text\""));
    const http::Response made = post("/surveys", f);
    ASSERT_EQ(made.status, 303);
    const std::string at = header(made, "Location");
    EXPECT_TRUE(has(get(at), "asked only after certain answers to question 1"));
    EXPECT_TRUE(has(get(at + "/preview"), "A whole number from -5 to 99"));
    EXPECT_TRUE(has(get(at + "/change"), "name=\"q5_text\""));
    EXPECT_EQ(filled(get(at)), 1u);
    login = "";
    EXPECT_EQ(header(get(at + "/preview"), "Location").substr(0, 8), "/sign-in");
    EXPECT_FALSE(has(get("/surveys"), "Buses")) << "those prepared are in no list";
    EXPECT_EQ(get(at + "/answer").status, 409);
}

TEST_F(SurveyPages, AListOfTenThousandIsRefusedAtItsField) {
    login = "clerk";
    std::string lines;
    for (int i = 0; i < 10'000; ++i) lines += std::to_string(i) + "\n";
    const http::Response again = post("/surveys", {{"cycle", to_round()},
                                                   {"title", "Buses"},
                                                   {"lang", "en"},
                                                   {"mode", "anonymous"},
                                                   {"k", "5"},
                                                   {"closes", "2026-12-01"},
                                                   {"q1_text", "Which?"},
                                                   {"q1_type", "single"},
                                                   {"q1_options", lines},
                                                   {"q1_page", "1"}});
    EXPECT_EQ(again.status, 422);
    EXPECT_TRUE(has(again, "id=\"q1_options-error\""));
}

TEST_F(SurveyPages, PageByPageForwardsAndBackAndSentOnce) {
    const std::string at = address(world.opened(world.draft_of()));
    EXPECT_EQ(header(get(at + "/answer"), "Location"), at + "/answer/1");
    EXPECT_EQ(header(get(at + "/answer/3"), "Location"), at + "/answer/1") << "a page left out";
    EXPECT_EQ(header(get(at + "/answer/check"), "Location"), at + "/answer/1");
    EXPECT_EQ(header(post(at + "/answer", {}), "Location"), at + "/answer/1") << "nothing is sent unseen";
    for (const char* none : {"/answer/0", "/answer/4", "/answer/x"}) EXPECT_EQ(get(at + none).status, 404) << none;
    http::Response page = get(at + "/answer/1");
    EXPECT_EQ(filled(page), 1u);
    EXPECT_TRUE(has(page, "Page 1 of 3"));
    EXPECT_EQ(header(page, "Cache-Control"), "no-store");
    page = post(at + "/answer/1", {{"q2", "1"}});
    EXPECT_EQ(page.status, 422);
    EXPECT_TRUE(has(page, "href=\"#q1\""));
    EXPECT_TRUE(has(page, "value=\"1\" checked")) << "what was chosen stays";
    EXPECT_EQ(header(post(at + "/answer/1", {{"q1", "1"}, {"q2", "1"}, {"q2", "3"}}), "Location"), at + "/answer/2");
    EXPECT_TRUE(has(get(at + "/answer/2"), "How good is the bus?"));
    page = post(at + "/answer/2", {{"q3", "4"}, {"q5_o1", "1"}, {"q5_o2", "3"}});
    EXPECT_TRUE(has(page, "Give each rank once"));
    page = post(at + "/answer/2", {{"q3", "4"}, {"q5_o1", "1"}, {"q5_o2", "1"}});
    EXPECT_TRUE(has(page, "Give each rank once"));
    // Going back keeps what is there and asks for nothing that is missing.
    EXPECT_EQ(header(post(at + "/answer/2", {{"back", "yes"}, {"q5_o3", "1"}}), "Location"), at + "/answer/1");
    EXPECT_TRUE(has(get(at + "/answer/1"), "value=\"3\" checked"));
    // On foot: the question about the bus is asked no more, whatever a form says.
    post(at + "/answer/1", {{"q1", "2"}});
    EXPECT_FALSE(has(get(at + "/answer/2"), "How good is the bus?"));
    EXPECT_EQ(post(at + "/answer/2", {{"q3", "4"}}).status, 422);
    EXPECT_EQ(header(post(at + "/answer/2", {{"q4_r1", "2"}, {"q5_o3", "1"}}), "Location"), at + "/answer/3");
    EXPECT_EQ(header(get(at + "/answer"), "Location"), at + "/answer/check") << "nothing more must be answered";
    page = post(at + "/answer/3", {{"q6", "101"}});
    EXPECT_TRUE(has(page, "Write a number from 0 to 100."));
    EXPECT_TRUE(has(page, "value=\"101\""));
    EXPECT_EQ(post(at + "/answer/3", {{"q7",
                                       "a\x01"
                                       "b"}})
                  .status,
              422);
    EXPECT_EQ(header(post(at + "/answer/3", {{"later", "yes"}, {"q7", "Lamps, please"}}), "Location"),
              at + "/answer/kept");
    EXPECT_TRUE(has(get(at + "/answer/kept"), "14 days"));
    EXPECT_EQ(header(post(at + "/answer/3", {{"q6", "37"}, {"q7", "<b>Lamps</b>"}}), "Location"), at + "/answer/check");
    const http::Response check = get(at + "/answer/check");
    EXPECT_TRUE(has(check, "&lt;b&gt;Lamps&lt;/b&gt;"));
    EXPECT_TRUE(has(check, "Seats: Good"));
    EXPECT_TRUE(has(check, "1. Buses"));
    EXPECT_EQ(filled(check), 1u);
    EXPECT_EQ(header(post(at + "/answer", {}), "Location").substr(0, 10), "/receipts/");
    EXPECT_EQ(get(at + "/answer").status, 409);
    EXPECT_EQ(post(at + "/answer/1", {{"q1", "1"}}).status, 409);
    EXPECT_EQ(world.count("select count(*) from local.survey_begun"), 0);
    browser = "another-browser-token-";
    EXPECT_EQ(get(at + "/answer/1").status, 200);
    EXPECT_TRUE(has(get(at), "1 answer so far."));
}

TEST_F(SurveyPages, WithACodeAndTheMarkIsShownOnce) {
    const std::string at = address(world.opened(world.draft_of(Mode::roll)));
    const std::string code = world.codes[0];
    post(at + "/answer/1", {{"q1", "2"}});
    EXPECT_TRUE(has(get(at + "/answer/check"), "name=\"code\""));
    EXPECT_TRUE(has(post(at + "/answer", {{"code", ""}}), "Write the code of your slip."));
    EXPECT_TRUE(has(post(at + "/answer", {{"code", "12"}}), "href=\"#code\""));
    const http::Response done = post(at + "/answer", {{"code", code}});
    EXPECT_EQ(done.status, 200);
    EXPECT_EQ(header(done, "Cache-Control"), "no-store");
    EXPECT_TRUE(has(done, "data-copy"));
    EXPECT_FALSE(has(get(at), "so far")) << "not even how many, before the close";
    post(at + "/answer/1", {{"q1", "2"}});
    EXPECT_TRUE(has(post(at + "/answer", {{"code", code}}), "used already"));
    login = "clerk";
    world.go_to("2026-12-01");
    EXPECT_EQ(post(at + "/close", {}).status, 303);
    EXPECT_TRUE(has(get(at), "1 answer of a roll of 30"));
    EXPECT_TRUE(has(get(at), "Fewer than 5 answered this"));
}

TEST_F(SurveyPages, TheCodesAreTheAnswerToTheFormAndStandNowhereElse) {
    const std::string at = address(world.drafted(world.draft_of(Mode::roll)));
    login = "clerk";
    EXPECT_EQ(filled(get(at + "/open")), 1u);
    const http::Response codes = post(at + "/open", {});
    EXPECT_EQ(codes.status, 200);
    EXPECT_EQ(header(codes, "Cache-Control"), "no-store");
    EXPECT_TRUE(has(codes, "30 in all"));
    EXPECT_EQ(post(at + "/open", {}).status, 409);
    EXPECT_EQ(get(at + "/change").status, 409);
}

TEST_F(SurveyPages, ResultsHaveChartsAndSayWhatIsHidden) {
    const SurveyId id = world.opened(world.draft_of());
    for (std::int64_t who = 1; who <= 12; ++who) must(world.say(id, who, who <= 9 ? by_bus() : on_foot()));
    const std::string at = address(id);
    login = "clerk";
    EXPECT_EQ(post(at + "/close", {{"reason", ""}}).status, 422);
    EXPECT_EQ(post(at + "/close", {{"reason", "Enough was said"}}).status, 303);
    for (const char* each : {"en", "zh-CN", "zh-TW"}) {
        lang = each;
        const http::Response shown = get(at);
        EXPECT_EQ(shown.status, 200);
        EXPECT_TRUE(has(shown, "class=\"plot\""));
        EXPECT_TRUE(has(shown, "<table>"));
    }
    lang = "en";
    const http::Response shown = get(at);
    EXPECT_TRUE(has(shown, "12 answers, one from each browser."));
    EXPECT_TRUE(has(shown, "9 answered, 3 skipped it."));
    EXPECT_TRUE(has(shown, "fewer than 5 people or would tell of fewer: Bus; On foot"));
    EXPECT_TRUE(has(shown, "Mean: 37.0."));
    EXPECT_TRUE(has(shown, "Reason: Enough was said"));
    EXPECT_FALSE(has(shown, "Buses at night")) << "texts stand in no public page";
    EXPECT_TRUE(has(get(at + "/texts"), "Buses at night"));
    login = "engineer";
    EXPECT_EQ(get(at + "/texts").status, 403);
    EXPECT_EQ(get(at + "/answers.csv").status, 403);
    login = "";
    EXPECT_EQ(get(at + "/answers.csv").status, 303);
}

TEST_F(SurveyPages, TheExportHasEachAnswerOnceInAnotherOrderEachTime) {
    Draft d = world.draft_of();
    d.questions.resize(6);
    const SurveyId id = world.opened(d);
    std::string said;
    for (std::int64_t who = 0; who < 60; ++who) {
        Answers a = on_foot();
        a.resize(6);
        a[5] = picks({who});
        must(world.say(id, who, a));
        said += std::to_string(who) + " ";
    }
    login = "clerk";
    EXPECT_EQ(get(address(id) + "/answers.csv").status, 409) << "no figure before the close, to nobody";
    must(close(*world.needs, world.as("clerk"), id, "Enough"));
    std::set<std::string> orders;
    for (int i = 0; i < 3; ++i) {
        const std::string text = all_of(get(address(id) + "/answers.csv"));
        ASSERT_TRUE(text.starts_with(files::csv_bom));
        const auto lines = kernel::split(std::string_view(text).substr(files::csv_bom.size()), '\n');
        EXPECT_EQ(lines.at(0), "q1,q2 o1,q2 o2,q2 o3,q3,q4 r1,q4 r2,q5 o1,q5 o2,q5 o3,q6\r");
        std::string order;
        std::set<std::string> values;
        for (std::size_t n = 1; n + 1 < lines.size(); ++n) {
            const std::string line(lines[n].substr(0, lines[n].size() - 1));
            values.insert(line.substr(line.rfind(',') + 1));
            order += line.substr(line.rfind(',') + 1) + " ";
        }
        EXPECT_EQ(lines.size(), 62u);
        EXPECT_EQ(values.size(), 60u);
        EXPECT_NE(order, said);
        orders.insert(order);
    }
    EXPECT_EQ(orders.size(), 3u);
}

TEST_F(SurveyPages, TheJsonTakesWhatThePagesTake) {
    const SurveyId id = world.opened(world.draft_of());
    const std::string at = "/api/v1" + address(id);
    const auto put = [&](const std::string& body) { return send(http::Method::post, at + "/answers", {}, body); };
    EXPECT_EQ(put("{").status, 400);
    EXPECT_EQ(put("{}").status, 400);
    EXPECT_EQ(put(R"({"answers":[1]})").status, 422);
    EXPECT_EQ(put(R"({"answers":[1,[1,3],4,[2,0],[3,1],37,["x"],null,2]})").status, 400);
    EXPECT_EQ(put(R"({"answers":[1,[1,3],4,[2,0],[3,1],37,1,null,2]})").status, 400) << "a text is its text";
    EXPECT_EQ(put(R"({"answers":[2,null,4,null,null,null,null,null,null]})").status, 422);
    EXPECT_EQ(put(R"({"participant":"short","answers":[2,null,null,null,null,null,null,null,null]})").status, 422);
    const std::string whole =
        R"({"participant":"a-key-of-a-client-22","answers":[1,[1,3],4,[2,0],[3,1],37,"Night","East Street",2]})";
    EXPECT_EQ(put(whole).status, 201);
    EXPECT_EQ(put(whole).status, 409);
    const http::Response made = put(R"({"answers":[2,null,null,null,null,null,null,null,null]})");
    EXPECT_TRUE(has(made, "\"participant\":"));
    EXPECT_TRUE(has(get(at), "\"figures\":null"));
    EXPECT_TRUE(has(get("/api/v1/surveys?cycle=" + to_round()), "\"answers\":2"));
    must(close(*world.needs, world.as("clerk"), id, "Enough"));
    EXPECT_TRUE(has(get(at), "\"figures\":[null,null,"));
    EXPECT_EQ(get("/api/v1/surveys/999").status, 404);
}

TEST_F(SurveyPages, TheRoundShowsItsSurveys) {
    const auto part_of_round = [&] {
        http::Request r =
            people::request_by(login.empty() ? people::Actor() : world.as(login), http::Method::get, "/cycles/1");
        auto db = world.database->read();
        return part(r, *db, cycle::cycle(*db, world.round).value()).text();
    };
    EXPECT_EQ(part_of_round(), "");
    login = "clerk";
    EXPECT_NE(part_of_round().find("/surveys/new?cycle=" + to_round()), std::string::npos);
    const SurveyId id = world.drafted(world.draft_of());
    EXPECT_NE(part_of_round().find(address(id)), std::string::npos);
    login = "";
    EXPECT_EQ(part_of_round(), "");
    must(open(*world.needs, world.as("clerk"), id));
    EXPECT_NE(part_of_round().find(address(id)), std::string::npos);
    EXPECT_TRUE(has(get("/surveys"), "Buses"));
}

}  // namespace
}  // namespace survey

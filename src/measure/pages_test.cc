// What readers and staff are shown, in front of the routes, without the server between.
#include <gtest/gtest.h>

#include <http/http.h>
#include <page/page.h>
#include <people/testing_routes.h>

#include "form.h"
#include "labels.h"
#include "pages.h"
#include "test_world.h"

namespace measure {
namespace {

class MeasurePages : public testing::Test {
protected:
    MeasurePages() {
        page::set_up({});
        Hooks hooks;
        hooks.judged_percent = [this](db::Connection&, MeasureId) { return percent; };
        hooks.parts.push_back([](const http::Request&, db::Connection&, const Measure& m) {
            return page::escape("reviews of " + std::to_string(m.id.value()));
        });
        add_routes(router, *world.needs, hooks);
    }

    using Fields = http::testing::Fields;
    http::Request request_of(http::Method method, const std::string& target, Fields fields = {}) {
        http::Request r = people::request_by(login.empty() ? people::Actor() : world.as(login), method, target);
        r.form = std::move(fields);
        r.headers["accept-language"] = lang;
        r.visitor = "a-browser";
        return r;
    }
    http::Response send(http::Method method, const std::string& target, Fields fields = {}) {
        return http::testing::answer(router, request_of(method, target, std::move(fields)));
    }
    http::Response get(const std::string& target) { return send(http::Method::get, target); }
    http::Response post(const std::string& target, Fields fields) {
        return send(http::Method::post, target, std::move(fields));
    }
    static std::string to(const http::Response& response) { return http::testing::header(response, "Location"); }

    World world{db::Engine::sqlite};
    http::Router router;
    std::optional<int> percent;
    std::string login, lang = "en";
};

testing::AssertionResult page_shows(const http::Response& response, const std::string& text) {
    const bool there = response.body.find(text) != std::string::npos;
    return (there ? testing::AssertionSuccess() : testing::AssertionFailure()) << text << "\n" << response.body;
}

TEST_F(MeasurePages, AMeasureFromTheVoiceBehindItToBothVerdicts) {
    Draft promise = world.draft("Buses <b>");
    promise.issue = world.decided_issue();
    promise.sample = true;
    const MeasureId id = world.adopted(promise);
    const std::string page = address(id);
    http::Response shown = get(page);
    EXPECT_EQ(shown.status, 200);
    EXPECT_TRUE(page_shows(shown, "<h1 lang=\"en\">Buses &lt;b&gt;</h1>"));
    for (const char* text :
         {"A fix of Roads, due on 7 December 2026.", "10 working days left", "24 per month", "6 per month",
          "complaints about late buses", "Waiting is short", "Post of owner", "Everybody who rides",
          "Nobody, as far as is known", "A motion of a body", "Late buses", "The 7 is late",
          "1 message of 1 person and 0 statements behind it · of all people in this round, 0 verified",
          "Not judged yet", "The unit has said nothing yet", "reviews of ", "Adopted by motion no. 7",
          "What happens next", "Rehearsal with sample data"})
        EXPECT_TRUE(page_shows(shown, text));
    EXPECT_EQ(shown.body.find("class=\"button\""), std::string::npos) << "a reader has nothing to do here";
    EXPECT_FALSE(page_shows(shown, "Nobody independent checked"));
    must(report_done(*world.needs, world.as("owner"), id, {90, dec("15"), "Two <i>buses", "https://example.org/a\"b"}));
    must(verify(*world.needs, world.as("auditor"), id, true, "Counted"));
    percent = 63;
    must(world.judged(id, true));
    shown = get(page);
    for (const char* text : {"Done on 23 November 2026; indicator: 15 per month", "90", "63", "a gap of 27 points",
                             "50\xC2\xA0% of the way", "Two &lt;i&gt;buses", "Checked and confirmed. Counted",
                             "Accepted by those concerned, judgement no. 9", "Post of auditor"})
        EXPECT_TRUE(page_shows(shown, text));
    EXPECT_FALSE(page_shows(shown, "href=\"https://example.org")) << "what could break out of its place is no link";
}

TEST_F(MeasurePages, EvidenceThatIsAnAddressIsALink) {
    const MeasureId id = world.adopted();
    must(progress(*world.needs, world.as("owner"), id, {10, {}, "x", "https://example.org/count?a=1&b=2"}));
    EXPECT_TRUE(page_shows(get(address(id)),
                           "<a href=\"https://example.org/count?a=1&amp;b=2\" rel=\"nofollow noopener noreferrer\">"));
    must(progress(*world.needs, world.as("owner"), id, {10, {}, "x", "javascript:alert(1)"}));
    EXPECT_FALSE(page_shows(get(address(id)), "href=\"javascript"));
}

TEST_F(MeasurePages, LatenessIsSaidInEveryLanguage) {
    const MeasureId id = world.adopted();
    world.go_to("2026-12-10");  // the clock has not come round yet
    EXPECT_TRUE(page_shows(get(address(id)), "3 working days late"));
    lang = "zh-Hans";
    EXPECT_TRUE(page_shows(get(address(id)), "逾期 3 个工作日"));
    lang = "zh-Hant";
    EXPECT_TRUE(page_shows(get(address(id)), "逾期 3 個工作天"));
    EXPECT_TRUE(page_shows(get("/measures?unit=" + std::to_string(world.roads.value())), "逾期 3 個工作天"));
}

TEST_F(MeasurePages, TheMostTellingOneStandsOnTheHomePage) {
    const auto shown = [&] {
        const auto found = most_telling(*world.database->read(), world.round);
        return found ? found->id : MeasureId();
    };
    EXPECT_EQ(shown(), MeasureId());
    const MeasureId first = world.adopted(), second = world.adopted();
    EXPECT_EQ(shown(), second) << "of equals the newest";
    must(report_done(*world.needs, world.as("owner"), first, World::report(90)));
    must(verify(*world.needs, world.as("auditor"), first, true, "Counted"));
    must(world.judged(first, true));
    EXPECT_EQ(shown(), first) << "judged before not judged";
    world.go_to("2026-12-14");
    must(report_done(*world.needs, world.as("owner"), second, World::report(100)));
    must(verify(*world.needs, world.as("auditor"), second, true, "Counted"));
    must(world.judged(second, true));
    EXPECT_EQ(shown(), second) << "judged and late before judged";
    EXPECT_FALSE(most_telling(*world.database->read(), world.desk));
    percent = 40;
    Hooks hooks;
    hooks.judged_percent = [this](db::Connection&, MeasureId) { return percent; };
    auto db = world.database->read();
    const std::string html =
        card(request_of(http::Method::get, "/"), *db, *measure(*db, second), hooks, on("2026-12-14")).text();
    for (const char* text : {"class=\"loop\"", "class=\"station late\"", "a gap of 60 points", "The unit says"})
        EXPECT_NE(html.find(text), std::string::npos) << text << "\n" << html;
}

TEST_F(MeasurePages, WhereNobodyIsIndependentThePageSaysSo) {
    Draft promise = world.draft();
    promise.owner_unit = world.root;
    promise.owner = world.as("chief").officer;
    const MeasureId id = world.adopted(promise);
    must(report_done(*world.needs, world.as("chief"), id, World::report(100)));
    EXPECT_TRUE(page_shows(get(address(id)), "Nobody independent checked this"));
    EXPECT_TRUE(page_shows(get(address(id)), "No independent unit can check it."));
}

TEST_F(MeasurePages, StaffSeeWhatTheyMayDoAndOneFilledButton) {
    const MeasureId id = world.adopted();
    const auto buttons = [&](const std::string& who) {
        login = who;
        const std::string body = get(address(id)).body;
        std::string found;
        for (const Step& step : steps())
            if (body.find("href=\"" + address(id) + "/" + std::string(step.path) + "\"") != std::string::npos)
                found += std::string(step.path) + " ";
        const std::size_t first = body.find("<a class=\"button\"");
        EXPECT_TRUE(first == std::string::npos || body.find("<a class=\"button\"", first + 1) == std::string::npos)
            << who;
        return found;
    };
    EXPECT_EQ(buttons(""), "");
    EXPECT_EQ(buttons("owner"), "report ");
    EXPECT_EQ(buttons("roads_head"), "report ");
    EXPECT_EQ(buttons("auditor"), "");
    EXPECT_EQ(buttons("chief"), "extend target owner wording ");
    EXPECT_EQ(buttons("clerk"), "extend target owner wording absence ");
    must(report_done(*world.needs, world.as("owner"), id, World::report(100)));
    EXPECT_EQ(buttons("owner"), "");
    EXPECT_EQ(buttons("auditor"), "verify ");
}

TEST_F(MeasurePages, FormsForEachStep) {
    const MeasureId id = world.adopted();
    const std::string page = address(id);
    EXPECT_EQ(to(get(page + "/report")).rfind("/sign-in", 0), 0u) << "sign in first, then back";
    login = "owner";
    EXPECT_EQ(get(page + "/report").status, 200);
    EXPECT_EQ(get(page + "/verify").status, 403);
    http::Response again =
        post(page + "/report", {{"percent", "half"}, {"value", "1,5"}, {"text", "Two buses"}, {"evidence", ""}});
    EXPECT_EQ(again.status, 422);
    for (const char* text : {"A whole number from 0 to 100.", "Write a number such as 12 or 12.5", "Two buses"})
        EXPECT_TRUE(page_shows(again, text));
    again = post(page + "/done", {{"percent", "100"}, {"value", ""}, {"text", "Two buses"}, {"evidence", "photo"}});
    EXPECT_EQ(again.status, 422);
    EXPECT_TRUE(page_shows(again, "a measure is not done on words alone"));
    EXPECT_EQ(
        to(post(page + "/report", {{"percent", "50"}, {"value", "15"}, {"text", "Two buses"}, {"evidence", "photo"}})),
        page);
    EXPECT_EQ(to(post(page + "/done", {{"percent", "100"}, {"value", "6"}, {"text", "Done"}, {"evidence", "photo"}})),
              page);
    EXPECT_EQ(
        post(page + "/done", {{"percent", "100"}, {"value", "6"}, {"text", "Done"}, {"evidence", "photo"}}).status,
        409);
    login = "auditor";
    EXPECT_EQ(post(page + "/verify", {{"outcome", ""}, {"words", "x"}}).status, 422);
    EXPECT_EQ(to(post(page + "/verify", {{"outcome", "no"}, {"words", "Not there"}})), page);
    login = "chief";
    EXPECT_EQ(post(page + "/extend", {{"due", "tomorrow"}, {"reason", "x"}}).status, 422);
    EXPECT_EQ(to(post(page + "/extend", {{"due", "2026-12-31"}, {"reason", "Later"}})), page);
    EXPECT_EQ(post(page + "/target", {{"target", "six"}, {"reason", "x"}}).status, 422);
    EXPECT_EQ(to(post(page + "/target", {{"target", "7.5"}, {"reason", "Fewer"}})), page);
    EXPECT_EQ(post(page + "/owner", {{"owner", "999"}, {"reason", "x"}}).status, 422);
    EXPECT_EQ(to(post(page + "/owner",
                      {{"owner", std::to_string(world.as("lamps_head").officer.value())}, {"reason", "Moved"}})),
              page);
    EXPECT_EQ(to(post(page + "/wording", {{"title", "New"},
                                          {"text", "New"},
                                          {"beneficiaries", "All"},
                                          {"worse_off", ""},
                                          {"remedy", ""},
                                          {"reason", "Clearer"}})),
              page);
    EXPECT_TRUE(page_shows(get(page), "Earlier wordings"));
    EXPECT_EQ(post("/measures/999/target", {{"target", "1"}, {"reason", "x"}}).status, 404);
    EXPECT_EQ(post("/measures/x/close", {{"words", "x"}}).status, 404);
    EXPECT_EQ(get("/measures/999").status, 404);
    EXPECT_EQ(get("/measures/01").status, 404);
}

TEST_F(MeasurePages, AHeadPledges) {
    EXPECT_EQ(to(get("/measures/new")).rfind("/sign-in", 0), 0u);
    login = "owner";
    EXPECT_EQ(get("/measures/new").status, 403);
    login = "roads_head";
    EXPECT_TRUE(page_shows(get("/measures/new"), "/measures/new?cycle=" + std::to_string(world.round.value())));
    EXPECT_TRUE(page_shows(get("/measures/new?cycle=" + std::to_string(world.round.value())), "Waiting is short"));
    Fields fields = {{"cycle", std::to_string(world.round.value())},
                     {"criterion", std::to_string(world.criterion.value())},
                     {"title", "On time"},
                     {"text", "More buses"},
                     {"lang", "en"},
                     {"indicator_name", "complaints"},
                     {"indicator_unit", ""},
                     {"indicator_baseline", "24"},
                     {"indicator_target", ""},
                     {"due", "2026-12-31"},
                     {"beneficiaries", "Riders"},
                     {"worse_off", ""},
                     {"remedy", ""}};
    EXPECT_TRUE(page_shows(post("/measures", fields), "A promise without it cannot be checked."));
    for (auto& [name, value] : fields)
        if (name == "indicator_target") value = "6";
    const std::string made = to(post("/measures", fields));
    ASSERT_TRUE(made.starts_with("/measures/")) << made;
    EXPECT_TRUE(page_shows(get(made), "A pledge of its owner, without a motion"));
    EXPECT_EQ(world.get(MeasureId(std::stoll(made.substr(10)))).promised.owner, world.as("roads_head").officer);
}

TEST_F(MeasurePages, AsJson) {
    const MeasureId id = world.adopted();
    must(progress(*world.needs, world.as("owner"), id, World::report(50, "15.0")));
    const http::Response one = get("/api/v1/measures/" + std::to_string(id.value()));
    EXPECT_EQ(one.status, 200);
    const kernel::Json json = *kernel::parse_json(one.body);
    EXPECT_EQ(json["indicator"].need_string("value"), "15.0");
    EXPECT_EQ(json["indicator"].need_integer("percent_of_way"), 50);
    EXPECT_EQ(json.need_string("state"), "under_way");
    EXPECT_EQ(json.need_array("history").size(), 2u);
    EXPECT_TRUE(json["judged_percent"].is_null());
    EXPECT_EQ(get("/api/v1/measures/999").status, 404);
    for (int i = 0; i < measures_on_a_page; ++i) world.adopted();
    const kernel::Json page = *kernel::parse_json(get("/api/v1/measures?state=adopted").body);
    EXPECT_EQ(page.need_array("measures").size(), 20u);
    EXPECT_TRUE(page["next"].is_null());
    const kernel::Json all = *kernel::parse_json(get("/api/v1/measures").body);
    const kernel::Json rest =
        *kernel::parse_json(get("/api/v1/measures?before=" + std::to_string(all.need_integer("next"))).body);
    ASSERT_EQ(rest.need_array("measures").size(), 1u);
    EXPECT_EQ(rest.need_array("measures")[0].need_integer("id"), id.value());
}

TEST_F(MeasurePages, PartsOfOtherPages) {
    Draft promise = world.draft();
    promise.issue = world.decided_issue();
    const http::Request r = request_of(http::Method::get, "/");
    auto before = world.database->read();
    EXPECT_EQ(part(r, *before, *cycle::cycle(*before, world.round)).text(), "");
    const MeasureId id = world.adopted(promise);
    auto db = world.database->read();
    const std::string link = "href=\"" + address(id) + "\"";
    const auto of = issue::issue(*db, *promise.issue);
    const auto voice = voice::voice(*db, issue::voices_of(*db, of->id, std::nullopt, 1).at(0));
    for (const page::Html& html : {part(r, *db, *cycle::cycle(*db, world.round)), part_of_issue(r, *db, *of),
                                   part_of_voice(r, *db, *voice), part_of_unit(r, *db, world.roads)})
        EXPECT_NE(html.text().find(link), std::string::npos) << html.text();
    EXPECT_EQ(part_of_unit(r, *db, world.audit).text(), "");
    const std::string on_issue = part_of_issue(r, *db, *of).text();
    EXPECT_NE(on_issue.find(promise.indicator.name), std::string::npos) << "what is measured";
    EXPECT_NE(on_issue.find(post_of(*db, promise.owner)), std::string::npos) << "who owns it";
}

}  // namespace
}  // namespace measure

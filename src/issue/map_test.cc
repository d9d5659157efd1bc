// The pages with and without figures: the map and its table, the parts and formulas of an issue, the figures beside the
// marks, the form that asks what somebody would do.
#include <gtest/gtest.h>

#include <http/testing.h>
#include <jobs/testing.h>
#include <people/testing_routes.h>

#include "advice.h"
#include "pages.h"
#include "test_world.h"

namespace issue {
namespace {

bool says(const std::string& html, std::string_view piece) { return html.find(piece) != std::string::npos; }

class IssueMap : public testing::Test {
protected:
    IssueMap() { page::set_up({}); }
    std::string list(const ListOf& of, const std::string& path = "/issues?lang=en") {
        const auto r = http::testing::request(http::Method::get, path);
        return list_page(r, *world.database->read(), of, hooks).main.text();
    }
    std::string figures(IssueId id) {
        return figures_part(page::Lang::en, *world.database->read(), world.get(id)).text();
    }
    void run() { jobs::run_once(tasks(*world.needs)); }
    voice::VoiceId said_at(const std::string& who, const std::string& position, voice::Audience audience) {
        voice::Draft d;
        d.cycle = world.round, d.text = "Here it is dark", d.lang = "en", d.position = position, d.audience = audience;
        return must(voice::receive(*world.needs, world.visitor(who), d, std::nullopt)).id;
    }
    World world{db::Engine::sqlite};
    Hooks hooks;
};

TEST_F(IssueMap, EachIssueIsALinkOnTheMapAndARowOfTheTable) {
    const IssueId counted = world.suggested("Late <buses>");
    must(gather(*world.needs, world.as("officer"), counted, {world.say("anna", "late")}, {}));
    EXPECT_FALSE(says(list({}), "<svg")) << "nothing is drawn before it is counted";
    EXPECT_TRUE(says(list({}), "Not counted yet."));
    run();
    const IssueId fresh = world.suggested("Fresh");
    const std::string html = list({});
    EXPECT_TRUE(says(html, "role=\"group\"")) << html;
    EXPECT_TRUE(says(html, "<title>2. Late &lt;buses&gt;. Heat 1.2, difficulty 0.0, focus 0.00, 1 person</title>"))
        << html;
    EXPECT_TRUE(says(html, "there is no rank of all four"));
    EXPECT_TRUE(says(html, "not known"));
    EXPECT_TRUE(says(html, "1 message in twelve weeks, 1 in the newest"));
    EXPECT_TRUE(says(html, "Not counted yet."));
    EXPECT_FALSE(says(html, "href=\"/issues/" + std::to_string(fresh.value()) + "\"><title>"));
    EXPECT_TRUE(says(html, "href=\"/issues?state=confirmed\"") && says(html, "href=\"/issues?sort=heat\""));
    ListOf by_heat;
    by_heat.sort = Sort::heat;
    EXPECT_FALSE(says(list(by_heat), "Fresh"));
    EXPECT_TRUE(says(list(by_heat), "href=\"/issues?state=confirmed&amp;sort=heat\"")) << list(by_heat);
    by_heat.sort = Sort::division;
    EXPECT_TRUE(says(list(by_heat), "None of these issues has this figure yet."));
}

TEST_F(IssueMap, ManyArePagedByTheirFigure) {
    for (int n = 0; n < issues_on_the_map + 3; ++n) world.suggested("Issue " + std::to_string(n));
    run();
    ListOf of;
    of.sort = Sort::people;
    const std::string first = list(of);
    const std::size_t next = first.find("before=0-");
    ASSERT_NE(next, std::string::npos);
    of.after = Ranked{0, IssueId(std::stoll(first.substr(next + 9)))};
    const std::string second = list(of);
    EXPECT_TRUE(says(second, ">Issue 2<") && says(second, ">Issue 0<") && !says(second, ">Issue 3<"));
}

TEST_F(IssueMap, PartsFormulasWeeksAndPlacesStandOnItsPage) {
    const IssueId id = world.suggested();
    EXPECT_TRUE(says(figures(id), "within a minute"));
    const auto open = said_at("anna", "31.2304,121.4737", voice::Audience::open),
               closed = said_at("bert", "31.9999,121.9999", voice::Audience::unit_only);
    must(gather(*world.needs, world.as("officer"), id, {open, closed}, {}));
    run();
    const std::string html = figures(id);
    EXPECT_TRUE(says(html, "Since 23 November 2026.")) << html;
    EXPECT_TRUE(says(html, "How this was counted"));
    EXPECT_TRUE(says(html, "growth 1.40, 2 people, heat")) << html;
    EXPECT_TRUE(says(html, "log₂(1 + 0 / 30) + 0 + 0 / 2 + (0 − 1, at least 0) / 2 + 2 × 0 = 0.0"));
    EXPECT_TRUE(says(html, "31.2304, 121.4737"));
    EXPECT_FALSE(says(html, "31.9999")) << "where somebody is who speaks to the unit alone";
    EXPECT_TRUE(says(html, "Week from 23 November 2026"));
}

TEST_F(IssueMap, FiguresStandBesideTheMarks) {
    const IssueId id = world.suggested();
    must(gather(*world.needs, world.as("officer"), id, {world.say("anna", "late")}, {}));
    run();
    const auto r = people::request_by(world.as("clerk"), http::Method::get, "/issues/1/edit?lang=en");
    const std::string html = edit_page(r, *world.database->read(), world.get(id), page::Form(r)).main.text();
    EXPECT_TRUE(says(html, "Counted 23 November 2026: heat 1.2, 1 person, growth × 1.25.")) << html;
    EXPECT_TRUE(says(html, "division is not known"));
}

TEST_F(IssueMap, AdviceThroughItsForm) {
    http::Router router;
    issue::add_routes(router, *world.needs, Hooks());
    const IssueId id = world.suggested();
    const std::string path = "/issues/" + std::to_string(id.value());
    const auto get = [&](const std::string& at) {
        auto r = people::request_by(world.visitor("anna"), http::Method::get, at + "?lang=en");
        return http::testing::answer(router, r);
    };
    EXPECT_TRUE(says(get(path + "/advice").body, "Advice is asked for once an issue is confirmed"));
    must(gather(*world.needs, world.as("officer"), id, {world.say("anna", "late")}, {}));
    must(confirm(*world.needs, world.as("clerk"), id, 0, ""));
    EXPECT_TRUE(says(get(path).body, path + "/advice")) << "the next step of whoever reads it";
    const auto send = [&](std::vector<std::pair<std::string, std::string>> fields) {
        auto r = people::request_by(world.visitor("anna"), http::Method::post, path + "/advice?lang=en");
        r.form = std::move(fields);
        return http::testing::answer(router, r);
    };
    auto wrong = send({{"text", ""}, {"lang", "en"}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(says(wrong.body, "Write what you would do.") && says(wrong.body, "Choose who may read it."));
    wrong = send({{"text", "Ring me: 13800138000"}, {"audience", "open"}, {"lang", "en"}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(says(wrong.body, "<strong>13800138000</strong>") && says(wrong.body, "Ring me: 13800138000"));
    EXPECT_EQ(send({{"text", "A minibus"}, {"audience", "open"}, {"lang", "en"}}).status, 303);
    EXPECT_TRUE(says(get(path + "/advice").body, "A minibus"));
    EXPECT_TRUE(says(get(path).body, "1 message of advice by 1 person."));
    EXPECT_TRUE(says(get("/api/v1" + path + "/advice").body, R"("counts":{"closed":0,"messages":1,"people":1})"));
    EXPECT_EQ(get("/issues/9999/advice").status, 404);

    const auto says_where = [&](IssueId of, const char* words) {
        return says(get("/issues/" + std::to_string(of.value()) + "/advice").body, words);
    };
    EXPECT_TRUE(says_where(id, "It is a message of this round"));
    const auto desk = cycle::standing_desk(*world.database->read()).id;
    const IssueId of_desk = must(suggest(*world.needs, world.as("officer"), {desk, "Lamps", "", "en"}));
    must(gather(*world.needs, world.as("officer"), of_desk, {world.say("bert", "dark", desk)}, {}));
    must(confirm(*world.needs, world.as("clerk"), of_desk, 0, ""));
    EXPECT_TRUE(says_where(of_desk, "It goes to the always-open desk and gets")) << "which is no round";
    must(cycle::advance(*world.needs, world.as("head"), world.round, cycle::Phase::decide, {}, ""));
    EXPECT_TRUE(says_where(id, "The round takes no messages now."));
}

TEST_F(IssueMap, TheListOffersToLookForWordsInItsRoundWhereItIsARounds) {
    std::optional<people::CycleId> asked;
    hooks.search = [&](page::Lang, std::optional<people::CycleId> round) {
        asked = round;
        return page::paragraphs("look here");
    };
    EXPECT_TRUE(says(list({}), "look here"));
    EXPECT_EQ(asked, std::nullopt);
    ListOf of;
    of.cycle = world.round;
    list(of);
    EXPECT_EQ(asked, world.round);
    for (const people::CycleId none : {world.desk, people::CycleId(999'999)}) {
        of.cycle = none;
        list(of);
        EXPECT_EQ(asked, std::nullopt);
    }
}

}  // namespace
}  // namespace issue

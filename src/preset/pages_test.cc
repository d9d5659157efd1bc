// What readers and the administrator are shown, in front of the routes, without the server between.
#include <gtest/gtest.h>

#include <http/http.h>
#include <page/page.h>
#include <people/acts.h>
#include <people/testing.h>
#include <people/testing_routes.h>

#include "library.h"
#include "pages.h"
#include "store.h"
#include "words.h"

namespace preset {
namespace {

using http::testing::Fields;

class PresetPages : public testing::Test, protected people::TestOrganisation {
protected:
    PresetPages() : TestOrganisation(db::Engine::sqlite, {add_kinds}) {
        page::set_up({});
        officer(root, "boss", {people::Role::administrator});
        officer(root, "clerk", {people::Role::clerk});
        people::Hooks of_people;
        of_people.setting_guard = guard_setting;
        people::add_routes(router, *needs, of_people);
        preset::add_routes(router, *needs, {});
    }
    http::Response send(http::Method method, const std::string& target, Fields fields = {}) {
        http::Request r = people::request_by(login.empty() ? people::Actor() : as(login), method, target);
        r.form = std::move(fields);
        r.headers["accept-language"] = lang;
        r.visitor = "a-browser";
        return http::testing::answer(router, std::move(r));
    }
    http::Response get(const std::string& target) { return send(http::Method::get, target); }
    http::Response post(const std::string& target, Fields fields) {
        return send(http::Method::post, target, std::move(fields));
    }
    // The form as it is shown, sent back.
    static Fields as_shown(std::string_view id) {
        Fields all = {{"reason", "as decided"}};
        const Casework& c = in_library(id)->preset.casework();
        const page::Lang en = page::Lang::en;
        all.emplace_back("accept", typed(en, c.accept.term));
        all.emplace_back("accept_steps", typed(c.accept.ladder, c.accept.then_every));
        all.emplace_back("reply", typed(en, c.reply.term));
        all.emplace_back("reply_start", deadline::name(c.reply.start));
        all.emplace_back("reply_steps", typed(c.reply.ladder, c.reply.then_every));
        for (const auto& [kind, term] : c.reply_of) all.emplace_back("reply_" + kind, typed(en, term));
        if (c.reply_again) all.emplace_back("reply_again", typed(en, *c.reply_again));
        for (const deadline::Stop& stop : c.stops)
            all.emplace_back("stop_" + std::string(deadline::name(stop.reason)), typed(en, stop.longest));
        all.emplace_back("extension_most", std::to_string(c.extension.most));
        all.emplace_back("extension", typed(en, c.extension.longest));
        all.emplace_back("extension_approver", deadline::name(c.extension.approver));
        all.emplace_back("bounce_most", std::to_string(c.bounce.most));
        all.emplace_back("bounce", typed(en, c.bounce));
        all.emplace_back("rating", typed(en, c.rating));
        all.emplace_back("superior_at", std::to_string(c.superior_at));
        return all;
    }
    static Fields with_field(Fields fields, std::string_view name, std::string value) {
        std::erase_if(fields, [&](const auto& field) { return field.first == name; });
        fields.emplace_back(name, std::move(value));
        return fields;
    }

    http::Router router;
    std::string login, lang = "en";
};

testing::AssertionResult shown_in(const http::Response& response, const std::string& text) {
    const bool there = response.body.find(text) != std::string::npos;
    return (there ? testing::AssertionSuccess() : testing::AssertionFailure()) << text << "\n" << response.body;
}

TEST_F(PresetPages, EverybodyReadsThem) {
    const http::Response list = get("/rules/presets");
    EXPECT_EQ(list.status, 200);
    for (const LibraryPreset& one : library()) {
        EXPECT_TRUE(shown_in(list, "/rules/presets/library/" + one.preset.id + "\""));
        for (const char* each : {"en", "zh-Hans", "zh-Hant"}) {
            lang = each;
            EXPECT_EQ(get("/rules/presets/library/" + one.preset.id).status, 200) << one.preset.id << ' ' << each;
        }
        lang = "en";
    }
    EXPECT_TRUE(shown_in(list, "The settings"));
    EXPECT_FALSE(shown_in(list, "/admin/presets"));
    const http::Response anyang = get("/rules/presets/library/cn.12345.ay");
    EXPECT_TRUE(shown_in(anyang, "安阳市政务服务条例 (2021) · 50"));
    EXPECT_TRUE(shown_in(anyang, "read in the text of the rule"));
    EXPECT_TRUE(shown_in(anyang, "at most 2 times, within 24 hours of the assignment"));
    EXPECT_TRUE(shown_in(anyang, "not in the source: the neutral figure"));
    EXPECT_FALSE(shown_in(anyang, "/admin/presets/cn.12345.ay"));
    for (const char* none : {"/rules/presets/0", "/rules/presets/x", "/rules/presets/99999999999999999999",
                             "/rules/presets/library/cn.12345.beijing", "/rules/presets/library/own"})
        EXPECT_EQ(get(none).status, 404) << none;
    EXPECT_TRUE(shown_in(get("/api/v1/presets"), "\"in_force\":{\"cases\":{"));
}

TEST_F(PresetPages, OnlyAnAdministratorChooses) {
    for (const char* page : {"/admin/presets", "/admin/presets/cn.xf"}) {
        login = "";
        EXPECT_EQ(get(page).status, 303) << page;
        login = "clerk";
        EXPECT_EQ(get(page).status, 403) << page;
        login = "boss";
        EXPECT_EQ(get(page).status, 200) << page;
    }
    EXPECT_EQ(get("/admin/presets/cn.ogi.answer").status, 404) << "nothing goes by it";
    EXPECT_EQ(get("/admin/presets/cn.nowhere").status, 404);
    login = "clerk";
    EXPECT_EQ(post("/admin/presets/cn.xf", as_shown("cn.xf")).status, 403);
    EXPECT_EQ(post("/admin/presets/cn.xf/trial", as_shown("cn.xf")).status, 403);
    EXPECT_FALSE(in_force(*database->read(), Applies::cases));
}

TEST_F(PresetPages, SentBackAsItStandsItIsThePresetItself) {
    login = "boss";
    for (const LibraryPreset& one : library()) {
        if (one.preset.applies != Applies::cases) continue;
        const http::Response done = post("/admin/presets/" + one.preset.id, as_shown(one.preset.id));
        ASSERT_EQ(done.status, 303) << one.preset.id << done.body;
        EXPECT_EQ(in_force(*database->read(), Applies::cases)->id, one.preset.id);
        EXPECT_EQ(in_force(*database->read(), Applies::cases)->params, one.preset.params) << one.preset.id;
    }
    const http::Response twice = post("/admin/presets/letters.generic", as_shown("letters.generic"));
    EXPECT_EQ(twice.status, 409);
    EXPECT_TRUE(shown_in(twice, "in force already"));
}

TEST_F(PresetPages, OwnFiguresTriedAndAdopted) {
    login = "boss";
    Fields own = with_field(as_shown("cn.12345.ay"), "reply", "7 个工作日");
    own.emplace_back("day", "2026-11-27");
    own.emplace_back("release", "complaint");
    const http::Response tried = post("/admin/presets/cn.12345.ay/trial", own);
    EXPECT_EQ(tried.status, 200);
    EXPECT_TRUE(shown_in(tried, "What begins on 27 November 2026"));
    EXPECT_TRUE(shown_in(tried, "<th scope=\"row\">Answer</th><td>8 December 2026")) << "seven working days later";
    EXPECT_TRUE(shown_in(tried, "value=\"7 个工作日\"")) << "what was typed stays";
    EXPECT_FALSE(in_force(*database->read(), Applies::cases));
    EXPECT_EQ(post("/admin/presets/cn.12345.ay", own).status, 303);
    const Preset now = in_force(*database->read(), Applies::cases).value();
    EXPECT_EQ(now.id, "own");
    EXPECT_EQ(now.changed, (std::vector<std::string>{"release", "reply.term"}));
    const http::Response page = get(address(now));
    EXPECT_TRUE(shown_in(page, "Own figures 1, made from"));
    EXPECT_TRUE(shown_in(page, "<td>our own</td>"));
    EXPECT_TRUE(shown_in(get("/admin/presets/cn.12345.ay"), "value=\"7 working days\"")) << "one goes on from there";
    EXPECT_TRUE(shown_in(get("/rules/presets"), "/rules/presets/" + std::to_string(now.entry) + "\""));
    // Two truths never stand.
    EXPECT_EQ(post("/admin/settings/case.rating_days", {{"value", "20"}, {"reason", "r"}}).status, 409);
    EXPECT_TRUE(shown_in(get("/admin/settings"), "says it now"));
    EXPECT_TRUE(shown_in(get("/admin/settings/case.rating_days"), "says it now"));
    EXPECT_EQ(post("/admin/settings/figures.min_cell", {{"value", "7"}, {"reason", "r"}}).status, 303);
}

TEST_F(PresetPages, FaultsStandAtTheirFields) {
    login = "boss";
    struct Case {
        const char *field, *value, *said;
    };
    for (const Case& one : std::initializer_list<Case>{
             {"reply", "", "Write a number and what it counts"},
             {"reply", "soon", "Write a number and what it counts"},
             {"reply", "-5", "Write a number and what it counts"},
             {"reply", "5 moons", "Write a number and what it counts"},
             {"reply", "1001", "From 0 to 1000."},
             {"reply", "99999999999999999999", "Write a number and what it counts"},
             {"reply_start", "never", "Choose one of the list."},
             {"reply_help", "5 moons", "Write a number and what it counts"},
             {"rating", "0", "At least 1"},
             {"stop_hearing", "0 days", "At least 1"},
             {"extension_most", "11", "From 0 to 10 times."},
             {"extension_most", "once", "From 0 to 10 times."},
             {"extension", "0", "At least 1"},
             {"bounce", "721 hours", "From 1 to 720 hours."},
             {"bounce", "0", "At least 1"},
             {"superior_at", "0", "From 1 to 5."},
             {"reply_steps", "1 overdue king", "Line 1 cannot be read"},
             {"reply_steps", "1 overdue head\nevery day", "Line 2 cannot be read"},
             {"reply_steps", "every 20\n1 overdue head", "Line 2 cannot be read"},
             {"reply_steps", "5 overdue head\n1 overdue head", "is not after the one before it"},
             {"release", "gossip", "There is no kind of message"},
             {"reason", "", ""},
         }) {
        const http::Response refused =
            post("/admin/presets/cn.xf", with_field(as_shown("cn.xf"), one.field, one.value));
        EXPECT_EQ(refused.status, 422) << one.field << ' ' << one.value;
        EXPECT_TRUE(shown_in(refused, one.said)) << one.field << ' ' << one.value;
        EXPECT_TRUE(shown_in(refused, "id=\"" + std::string(one.field) + "-error\"")) << one.field << ' ' << one.value;
    }
    EXPECT_FALSE(in_force(*database->read(), Applies::cases));
    EXPECT_EQ(post("/admin/presets/cn.xf/trial", with_field(as_shown("cn.xf"), "day", "tomorrow")).status, 422);
    EXPECT_EQ(post("/admin/presets/cn.xf/trial", with_field(as_shown("cn.xf"), "rating", "0")).status, 422);
}

TEST(Typed, InThreeLanguages) {
    const deadline::Term like{deadline::Unit::days, 1, deadline::First::same_day, deadline::Ending::next_working_day};
    for (page::Lang lang : page::all_langs)
        for (deadline::Unit unit :
             {deadline::Unit::working_days, deadline::Unit::days, deadline::Unit::weeks, deadline::Unit::months})
            for (int n : {0, 1, 2, 12}) {
                deadline::Term term = like;
                term.unit = unit;
                term.n = n;
                const auto read = read_term(typed(lang, term), like, "f");
                ASSERT_TRUE(read) << typed(lang, term);
                EXPECT_EQ(*read, term) << typed(lang, term);
            }
    EXPECT_EQ(read_term(" 15 ", like, "f")->unit, deadline::Unit::working_days);
    EXPECT_EQ(read_term("3 Months", like, "f")->unit, deadline::Unit::months);
}

}  // namespace
}  // namespace preset

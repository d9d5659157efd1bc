// The pages of the workbench, with those of voice that it adds to, through the real routes without a network.
#include <http/testing.h>
#include <people/testing_routes.h>

#include "test_world.h"

namespace desk {
namespace {

using http::Method;
using kernel::must;
using voice::VoiceId;

class DeskRoutes : public testing::Test {
protected:
    World world{db::Engine::sqlite};
    http::Router router;
    void SetUp() override {
        voice::Hooks hooks;
        hooks.desk = workbench(*world.needs);
        voice::add_routes(router, *world.needs, {}, hooks);
        desk::add_routes(router, *world.needs);
    }
    http::Response send(std::string_view who, Method method, const std::string& target,
                        http::testing::Fields form = {}) {
        http::Request r = people::request_by(world.as(who), method, target);
        r.form = std::move(form);
        r.headers.emplace("accept-language", "en");
        return http::testing::answer(router, std::move(r));
    }
    http::Response get(std::string_view who, const std::string& target) { return send(who, Method::get, target); }
    http::Response post(std::string_view who, const std::string& target, http::testing::Fields form) {
        return send(who, Method::post, target, std::move(form));
    }
    static bool has(const http::Response& r, std::string_view text) { return r.body.find(text) != std::string::npos; }
    static std::string at(VoiceId id, const std::string& act = "") {
        return "/desk/voices/" + std::to_string(id.value()) + act;
    }
    static std::string leads_to(const http::Response& r) { return http::testing::header(r, "Location"); }
};

TEST_F(DeskRoutes, AnAnswerThatNeedsASecondPersonIsHandedIn) {
    world.need_release();
    const VoiceId id = world.said(), next = world.said();
    EXPECT_TRUE(has(get("roads", at(id)), "Hand in an answer"));
    EXPECT_TRUE(has(get("roads", at(id, "/answer")), "when a second person of the unit releases them"));
    EXPECT_EQ(post("roads", at(id, "/answer"), {{"answer", "dated"}, {"text", "Soon."}}).status, 422);
    const auto handed =
        post("roads", at(id, "/answer"), {{"answer", "done"}, {"text", "Secret text."}, {"next", "yes"}});
    EXPECT_EQ(handed.status, 303) << handed.body;
    EXPECT_EQ(leads_to(handed), at(next, "/answer#matter"));
    const DraftId draft = newest_draft(*world.database->read(), id).value().id;
    const std::string page = "/desk/drafts/" + std::to_string(draft.value());

    // Until it is released nobody but those of the desk reads any of it.
    http::Request anybody = http::testing::request(Method::get, "/voices/" + std::to_string(id.value()));
    EXPECT_FALSE(has(http::testing::answer(router, anybody), "Secret text."));
    EXPECT_FALSE(has(get("parks", at(id)), "waits for release"));
    EXPECT_EQ(get("parks", page).status, 403);
    EXPECT_TRUE(has(get("roads", at(id)), "waits for release"));
    EXPECT_TRUE(has(get("roads", "/desk"), "waits for release"));
    EXPECT_TRUE(has(get("roads2", "/desk/drafts"), page));
    EXPECT_FALSE(has(get("parks", "/desk/drafts"), page));
    EXPECT_TRUE(has(get("roads", at(id, "/answer")), "Secret text.")) << "who goes on writing finds it in the form";

    const auto own = get("roads", page), others = get("roads2", page);
    EXPECT_FALSE(has(own, "name=\"release\""));
    EXPECT_TRUE(has(own, "Take it back"));
    EXPECT_TRUE(has(others, "name=\"release\""));
    EXPECT_EQ(post("roads", page, {{"release", "yes"}}).status, 403);
    EXPECT_EQ(post("roads2", page, {{"release", "no"}}).status, 422);
    EXPECT_EQ(post("roads2", page, {{"release", "yes"}, {"return", "yes"}}).status, 422);
    const auto returned = post("roads2", page, {{"return", "yes"}, {"remark", ""}});
    EXPECT_EQ(returned.status, 422);
    EXPECT_TRUE(has(returned, "remark-error"));
    EXPECT_EQ(post("roads2", page, {{"release", "yes"}, {"seen", "3"}, {"remark", "kept"}}).status, 409);
    EXPECT_TRUE(has(post("roads2", page, {{"release", "yes"}, {"seen", "3"}, {"remark", "kept"}}), "kept"));
    const auto released = post("roads2", page, {{"release", "yes"}});
    EXPECT_EQ(leads_to(released), "/desk/drafts");
    EXPECT_TRUE(has(http::testing::answer(router, anybody), "Secret text."));
    EXPECT_EQ(post("roads_head", page, {{"release", "yes"}}).status, 409);
    EXPECT_EQ(get("roads", "/desk/drafts/3").status, 404);
    EXPECT_EQ(get("roads", "/desk/drafts/x").status, 404);
}

TEST_F(DeskRoutes, ReleasingGoesOnToTheNextThatSomebodyElseWrote) {
    world.need_release();
    const auto handed = [&](const char* who) {
        return must(hand_in(*world.needs, world.as(who), world.said(), voice::Answer::done, "Done.", {}));
    };
    const DraftId a = handed("roads"), own = handed("roads2"), b = handed("roads");
    const auto page = [](DraftId id) { return "/desk/drafts/" + std::to_string(id.value()); };
    EXPECT_EQ(leads_to(post("roads2", page(a), {{"release", "yes"}})), page(b));
    EXPECT_EQ(leads_to(post("roads2", page(b), {{"return", "yes"}, {"remark", "No."}})), "/desk/drafts");
    EXPECT_EQ(world.get(own).state, DraftState::waits);
}

TEST_F(DeskRoutes, SendAndNextGoesDownTheQueue) {
    const VoiceId one = world.said(), two = world.said(), three = world.said();
    const auto take = [&](VoiceId id, bool on) {
        http::testing::Fields form = {{"unit", std::to_string(world.roads.value())},
                                      {"officer", std::to_string(world.as("roads").officer.value())}};
        if (on) form.emplace_back("next", "yes");
        return leads_to(post("roads", at(id, "/assign"), form));
    };
    EXPECT_TRUE(has(get("roads", at(one, "/assign")),
                    "value=\"" + std::to_string(world.as("roads").officer.value()) + "\" selected"));
    EXPECT_EQ(take(one, true), at(two, "/assign#matter"));
    EXPECT_EQ(take(two, false), at(two));
    EXPECT_EQ(take(three, true), "/desk");
    // Where the act cannot be done with the next, its page.
    must(voice::ask_back(*world.needs, world.as("roads"), two, "Which?"));
    EXPECT_EQ(leads_to(post("roads", at(one, "/answer"), {{"answer", "done"}, {"text", "x"}, {"next", "yes"}})),
              at(three, "/answer#matter"));
    EXPECT_EQ(leads_to(post("roads", at(three, "/bounce"), {{"reason", "not ours"}, {"next", "yes"}})), "/desk");
    // What was refused goes nowhere and keeps what was typed.
    const auto refused = post("roads", at(two, "/answer"), {{"text", "typed"}, {"next", "yes"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(has(refused, "typed"));
}

TEST_F(DeskRoutes, AnActsPageOffersTheOthersAndTheWordsOnlyToReaders) {
    const VoiceId id = world.said(voice::Kind::help, "In confidence", voice::Audience::unit_only);
    const auto page = get("roads", at(id, "/answer"));
    EXPECT_TRUE(has(page, "In confidence"));
    EXPECT_TRUE(has(page, at(id, "/bounce")));
    EXPECT_FALSE(has(page, at(id, "/hide"))) << "not theirs";
    EXPECT_EQ(get("parks", at(id, "/answer")).status, 403);
    EXPECT_FALSE(has(get("admin2", at(id)), "Internal notes"));
    EXPECT_EQ(get("admin2", at(id, "/note")).status, 403);
    EXPECT_EQ(post("admin2", at(id, "/note"), {{"note", "x"}}).status, 403);
}

TEST_F(DeskRoutes, TwoWhoChangeATemplateAtOnce) {
    const TemplateId id =
        must(set_template(*world.needs, world.as("roads"), {{}, "Lamps", "en", world.roads, {}, "One", {}}));
    const std::string page = "/desk/templates/" + std::to_string(id.value());
    const std::string seen = std::to_string(newest(*world.database->read(), id)->entry);
    const auto form = [&](const char* text) {
        return http::testing::Fields{{"name", "Lamps"}, {"lang", "en"}, {"unit", std::to_string(world.roads.value())},
                                     {"kind", "any"},   {"text", text}, {"seen", seen}};
    };
    EXPECT_EQ(leads_to(post("roads2", page, form("Two"))), page);
    const auto late = post("roads", page, form("Three, typed in vain"));
    EXPECT_EQ(late.status, 409);
    EXPECT_TRUE(has(late, "Three, typed in vain"));
    EXPECT_EQ(get("parks", page + "/edit").status, 403);
    EXPECT_TRUE(has(get("parks", page), "Two")) << "everybody of the staff reads it";
    EXPECT_FALSE(has(get("parks", page), page + "/end"));
    EXPECT_EQ(post("parks", page + "/end", {}).status, 403);
    EXPECT_EQ(leads_to(post("roads", page + "/end", {})), page);
    EXPECT_EQ(get("roads", page + "/edit").status, 409);
    EXPECT_TRUE(has(get("roads", "/desk/templates?ended=yes"), page));
    EXPECT_FALSE(has(get("roads", "/desk/templates"), page));
    const VoiceId voice = world.said();
    EXPECT_FALSE(has(get("roads", at(voice, "/answer?template=" + std::to_string(id.value()))), "Two"));
}

}  // namespace
}  // namespace desk

// What a browser that does not know its author shows them by the code alone; what a clerk typed and cannot be sent any
// more; and that a slip says what its entry is in whole words.
#include <unistd.h>

#include <filesystem>

#include <files/files.h>
#include <http/testing.h>
#include <page/page.h>
#include <people/testing_routes.h>

#include "labels.h"
#include "test_world.h"

namespace voice {
namespace {

using http::Method;
using http::Response;

bool has(const Response& response, std::string_view text) { return response.body.find(text) != std::string::npos; }

class VoiceOwnPages : public testing::Test {
protected:
    World world{db::Engine::sqlite};
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("voice_own_pages-" + std::to_string(getpid()));
    std::unique_ptr<files::Store> store;
    http::Router router;
    void SetUp() override {
        std::filesystem::remove_all(folder);
        store = std::make_unique<files::Store>(folder);
        Means means;
        means.files = store.get();
        add_routes(router, *world.needs, means, {});
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    Response ask(const std::string& visitor, Method method, const std::string& path, http::testing::Fields form = {}) {
        http::Request r = http::testing::request(method, path);
        r.visitor = visitor;
        r.form = std::move(form);
        r.headers.emplace("accept-language", "en");
        return http::testing::answer(router, std::move(r));
    }
    Response work(std::string_view who, Method method, const std::string& path, http::testing::Fields form = {}) {
        http::Request r = people::request_by(world.as(who), method, path);
        r.form = std::move(form);
        r.headers.emplace("accept-language", "en");
        return http::testing::answer(router, std::move(r));
    }
    Received with_files() {
        Draft draft = world.draft("The lamp is dark.");
        draft.audience = Audience::unit_only;
        draft.title = "Lamp & wire";
        draft.photos = {{store->put(kernel::view("large")), store->put(kernel::view("small")), 640, 480, "the lamp"}};
        draft.papers = {
            {{{store->put(kernel::view("page")), store->put(kernel::view("thumb")), 595, 842, "Bill"}}, ""}};
        return must(receive(*world.needs, world.browser("visitor-a"), draft, {}));
    }
};

TEST_F(VoiceOwnPages, TheCodeAloneShowsWhatTheAuthorAttached) {
    const Received r = with_files();
    const std::string at = address(r.id);
    for (const char* picture : {"/photos/1", "/papers/1", "/papers/1/pages/1"}) {
        EXPECT_EQ(ask("visitor-b", Method::get, at + picture).status, 404) << picture;
        EXPECT_EQ(ask("visitor-b", Method::post, at + picture, {{"code", "00000"}}).status, 404) << picture;
        EXPECT_EQ(ask("visitor-b", Method::post, at + picture, {{"code", r.code}}).status, 200) << picture;
    }
    EXPECT_EQ(ask("visitor-b", Method::post, at + "/photos/1", {{"code", r.code}}).body, "large");

    const Response by_code = ask("visitor-b", Method::post, at + "/open", {{"code", r.code}});
    EXPECT_TRUE(has(by_code, "Lamp &amp; wire"));
    EXPECT_TRUE(has(by_code, "data:image/webp;base64," + kernel::base64(kernel::view("small"))));
    EXPECT_TRUE(has(by_code, "data:image/webp;base64," + kernel::base64(kernel::view("thumb"))));
    EXPECT_TRUE(has(by_code, "action=\"" + at + "/photos/1\""));
    EXPECT_FALSE(has(by_code, "src=\"" + at)) << "an address cannot carry the code";

    const Response paper = ask("visitor-b", Method::post, at + "/papers/1", {{"code", r.code}});
    EXPECT_TRUE(has(paper, "Bill"));
    EXPECT_TRUE(has(paper, "action=\"" + at + "/papers/1/pages/1\""));
    EXPECT_TRUE(has(paper, "action=\"" + at + "/open\"")) << "the way back";

    const Response by_browser = ask("visitor-a", Method::get, at + "/author");
    EXPECT_TRUE(has(by_browser, "src=\"" + at + "/photos/1?size=small\""));
    EXPECT_TRUE(has(by_browser, "href=\"" + at + "/papers/1\""));
    EXPECT_FALSE(has(by_browser, "data:image"));
}

TEST_F(VoiceOwnPages, TheCodeIsTypedOnceForAllMatters) {
    const Received r = world.said("A private story", "visitor-a");
    const Response mine = ask("visitor-b", Method::post, "/mine", {{"code", r.code}});
    EXPECT_TRUE(has(mine, "action=\"" + address(r.id) + "/open\""));
    EXPECT_FALSE(has(mine, "href=\"" + address(r.id) + "/author\"")) << "that would ask for the code again";
    EXPECT_TRUE(has(ask("visitor-a", Method::get, "/mine"), "href=\"" + address(r.id) + "/author\""));
}

TEST_F(VoiceOwnPages, WhatCannotBeDoneAnyMoreSaysSoAtTheFieldAndKeepsWhatWasTyped) {
    const Received r = world.assigned();
    const std::string at = "/desk/voices/" + std::to_string(r.id.value());
    const std::string seen = std::to_string(world.ledger->size() - 1);
    const auto kept = [&](const Response& answer, int status, const std::string& field, std::string_view typed) {
        EXPECT_EQ(answer.status, status) << field;
        EXPECT_TRUE(has(answer, "href=\"#" + field + "\"")) << field;
        EXPECT_TRUE(has(answer, typed)) << field;
    };
    kept(work("roads", Method::post, at + "/bounce", {{"reason", ""}, {"seen", seen}}), 422, "reason", "");
    world.go_to("2027-01-20");
    kept(work("roads_head", Method::post, at + "/extend",
              {{"due", "2027-03-01"}, {"reason", "The pole is ordered."}, {"seen", seen}}),
         409, "due", "The pole is ordered.");
    kept(work("roads", Method::post, at + "/bounce", {{"reason", "Not our road."}, {"seen", seen}}), 409, "reason",
         "Not our road.");
    // While somebody types, the case goes to another unit.
    must(assign(*world.needs, world.as("clerk"), r.id, world.lamps, {}));
    const Response lost = work("roads2", Method::post, at + "/answer",
                               {{"answer", "done"}, {"text", "Half an hour of typing."}, {"seen", seen}});
    kept(lost, 403, "answer", "Half an hour of typing.");
    EXPECT_TRUE(has(lost, "not with your unit"));
    EXPECT_FALSE(has(lost, "<p class=\"buttons\">")) << "it cannot be sent";
    EXPECT_EQ(work("roads2", Method::get, at + "/answer").status, 403);
}

TEST(VoiceSlips, SayWhatTheEntryIsInWholeWords) {
    for (int what = 0; what <= static_cast<int>(What::put_together); ++what)
        for (page::Lang lang : {page::Lang::en, page::Lang::zh_hans, page::Lang::zh_hant}) {
            const std::string key = slip_key(static_cast<What>(what));
            EXPECT_EQ(page::say(lang, key).find('{'), std::string::npos) << key;
        }
}

}  // namespace
}  // namespace voice

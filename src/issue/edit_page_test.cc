// The page on which staff gather messages shows all of them, by pages.
#include <set>

#include <gtest/gtest.h>
#include <http/testing.h>
#include <page/page.h>

#include "pages.h"
#include "test_world.h"

namespace issue {
namespace {

TEST(IssueEditPage, EveryMessageInItIsReached) {
    World world{db::Engine::sqlite};
    page::set_up({});
    const IssueId id = world.suggested();
    std::vector<voice::VoiceId> said;
    for (int n = 0; n < gathered_on_a_page + 3; ++n) said.push_back(world.say("v" + std::to_string(n), "Late"));
    for (std::size_t at = 0; at < said.size(); at += 50) {
        const std::size_t end = std::min(said.size(), at + 50);
        must(gather(*world.needs, world.as("officer"), id,
                    {said.begin() + static_cast<std::ptrdiff_t>(at), said.begin() + static_cast<std::ptrdiff_t>(end)},
                    {}));
    }
    std::set<std::int64_t> seen;
    std::string address = "/issues/" + std::to_string(id.value()) + "/edit";
    for (int pages = 0; !address.empty() && pages < 5; ++pages) {
        const http::Request r = http::testing::request(http::Method::get, address.substr(0, address.find('#')));
        const std::string html = edit_page(r, *world.database->read(), world.get(id), page::Form(r)).main.text();
        for (voice::VoiceId each : said)
            if (html.find("href=\"/voices/" + std::to_string(each.value()) + "\"") != std::string::npos) {
                EXPECT_TRUE(seen.insert(each.value()).second) << each.value();
            }
        const std::size_t next = html.find("rel=\"next\"");
        address.clear();
        if (next == std::string::npos) continue;
        const std::size_t begin = html.find("href=\"", next) + 6;
        address = html.substr(begin, html.find('"', begin) - begin);
    }
    EXPECT_EQ(seen.size(), said.size());
}

}  // namespace
}  // namespace issue

#include "reader.h"

#include <gtest/gtest.h>

namespace page {
namespace {

http::Request sent(std::vector<std::pair<std::string, std::string>> form) {
    http::Request request;
    request.form = std::move(form);
    return request;
}

using SomeId = kernel::Id<struct SomeTag>;

TEST(Reader, gathers_all_that_is_wrong_at_its_field) {
    const http::Request request =
        sent({{"title", " a bus "}, {"empty", "  "}, {"long", "12345"}, {"unit", "7"}, {"bad", "x"}});
    Reader reader(request);
    EXPECT_EQ(reader.need_text("title", 20, "page.missing"), "a bus");
    EXPECT_EQ(reader.need_id<SomeId>("unit", "page.missing", "page.wrong"), SomeId(7));
    EXPECT_TRUE(reader.good());
    EXPECT_EQ(reader.need_text("empty", 20, "page.missing"), "");
    EXPECT_EQ(reader.need_text("long", 3, "page.missing"), "");
    EXPECT_EQ(reader.need_id<SomeId>("bad", "page.missing", "page.wrong"), SomeId());
    EXPECT_EQ(reader.need_id<SomeId>("none", "page.missing", "page.wrong"), SomeId());
    std::vector<std::string> found;
    for (const kernel::Error& error : reader.errors()) found.push_back(error.field + " " + error.key);
    EXPECT_EQ(found, (std::vector<std::string>{"empty page.missing", "long kernel.text_too_long", "bad page.wrong",
                                               "none page.missing"}));
    EXPECT_TRUE(reader.refused("bad"));
    EXPECT_FALSE(reader.refused("title"));
}

}  // namespace
}  // namespace page

#include "page_check.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace db {
namespace {

TEST(PageCheck, FindsEveryChangedBitAndEveryMovedPage) {
    std::mt19937 chance(7);
    std::vector<std::uint8_t> page(512);
    for (auto& byte : page) byte = static_cast<std::uint8_t>(chance());
    set_check(page, 17);
    EXPECT_TRUE(intact(page, 17));
    EXPECT_FALSE(intact(page, 18));
    for (std::size_t i = 0; i < page.size(); ++i)
        for (int bit = 0; bit < 8; ++bit) {
            page[i] = static_cast<std::uint8_t>(page[i] ^ 1 << bit);
            EXPECT_FALSE(intact(page, 17)) << i << ' ' << bit;
            page[i] = static_cast<std::uint8_t>(page[i] ^ 1 << bit);
        }
}

TEST(PageCheck, TakesAPageThatWasNeverWritten) {
    std::vector<std::uint8_t> page(4096);
    EXPECT_TRUE(intact(page, 5));
    page[100] = 1;
    EXPECT_FALSE(intact(page, 5));
    page[100] = 0;
    page.back() = 1;
    EXPECT_FALSE(intact(page, 5));
}

}  // namespace
}  // namespace db

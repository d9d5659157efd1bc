#include "check_line.h"

#include <gtest/gtest.h>

namespace kernel {
namespace {

TEST(CheckLine, FindsEveryChangedBitButThoseThatTakeTheCheckAway) {
    const std::string lines = "/srv/backup.keys\n/mnt/check other.keys\n", whole = with_check(lines);
    EXPECT_EQ(checked_lines(whole), lines);
    EXPECT_EQ(checked_lines(with_check("")), "");
    for (std::size_t i = 0; i < whole.size(); ++i)
        for (int bit = 0; bit < 8; ++bit) {
            std::string changed = whole;
            changed[i] = static_cast<char>(changed[i] ^ 1 << bit);
            const auto left = checked_lines(changed);
            const bool hidden = i < 6;  // no check any more, but a line that nobody wrote
            EXPECT_TRUE(hidden ? left == changed : !left) << i << ' ' << bit;
        }
}

TEST(CheckLine, TakesATextFromBeforeThereWereChecks) {
    EXPECT_EQ(checked_lines("/srv/backup.keys\n"), "/srv/backup.keys\n");
    EXPECT_EQ(checked_lines(""), "");
}

}  // namespace
}  // namespace kernel

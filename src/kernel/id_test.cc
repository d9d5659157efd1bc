#include "id.h"

#include <gtest/gtest.h>

#include <type_traits>
#include <unordered_set>

namespace kernel {
namespace {

using PearId = Id<struct PearTag>;
using PlumId = Id<struct PlumTag>;

TEST(Ids, AreTypesOfTheirOwn) {
    static_assert(!std::is_convertible_v<PearId, PlumId>);
    static_assert(!std::is_constructible_v<PearId, PlumId>);
    static_assert(!std::is_convertible_v<std::int64_t, PearId>);
    static_assert(!std::is_convertible_v<PearId, std::int64_t>);
    EXPECT_FALSE(PearId());
    EXPECT_TRUE(PearId(3));
    EXPECT_LT(PearId(3), PearId(4));
    EXPECT_EQ(PearId(3).value(), 3);
    const std::unordered_set<PearId> set = {PearId(1), PearId(2), PearId(1)};
    EXPECT_EQ(set.size(), 2u);
}

TEST(ParseIndex, Cases) {
    EXPECT_EQ(parse_index("0"), 0);
    EXPECT_EQ(parse_index("17"), 17);
    EXPECT_EQ(parse_index("9007199254740991"), 9007199254740991);
    for (std::string_view wrong :
         {"", "-1", "+1", "01", "00", "1 ", " 1", "1.0", "1e2", "0x1", "9007199254740992", "9999999999999999",
          "10000000000000000", "99999999999999999999", "\xEF\xBC\x91", "a"})
        EXPECT_FALSE(parse_index(wrong)) << wrong;
}

}  // namespace
}  // namespace kernel

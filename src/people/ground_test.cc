#include "ground.h"

#include <gtest/gtest.h>
#include <page/page.h>

namespace people {
namespace {

TEST(PeopleGround, NamesStandInTheLedgerForEver) {
    std::string all;
    for (int n = 0; n <= static_cast<int>(Ground::not_recorded); ++n)
        all += std::string(name(static_cast<Ground>(n))) + " ";
    EXPECT_EQ(all, "personal_data threat_or_hate unlawful advertising duplicate empty not_recorded ");
}

TEST(PeopleGround, OnlyPublishedOnesCanBeChosen) {
    for (Ground ground : all_grounds) {
        EXPECT_EQ(parse_ground(name(ground)), ground);
        EXPECT_TRUE(page::has_message(ground_key(ground))) << ground_key(ground);
    }
    EXPECT_EQ(parse_ground("not_recorded"), std::nullopt);
    EXPECT_EQ(parse_ground("criticism"), std::nullopt);
    EXPECT_EQ(parse_ground(""), std::nullopt);
    EXPECT_TRUE(page::has_message(ground_key(Ground::not_recorded)));
}

}  // namespace
}  // namespace people

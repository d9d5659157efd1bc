#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "page.h"

namespace page {
namespace {

kernel::Hash leaf_of(int i) { return kernel::sha256(kernel::view("leaf " + std::to_string(i))); }

TEST(Seal, ten_thousand_leaves_have_ten_thousand_seals) {
    std::set<std::string> drawings, names;
    for (int i = 0; i < 10'000; ++i) {
        drawings.insert(seal(leaf_of(i), 64).text());
        names.insert(seal_name(leaf_of(i)));
    }
    EXPECT_EQ(drawings.size(), 10'000u);
    EXPECT_GE(names.size(), 9'998u);  // 2^32 names: a pair among 10,000 comes once in 86 times
}

TEST(Seal, the_same_leaf_has_the_same_seal_for_ever) {
    EXPECT_EQ(seal(leaf_of(1), 64).text(), seal(leaf_of(1), 64).text());
    EXPECT_EQ(seal_name(kernel::Hash{}), "ba-ba-ba-ba");
    EXPECT_EQ(seal_name(leaf_of(1)), "ko-ga-ko-pang");
}

TEST(Seal, names_can_be_said) {
    for (int i = 0; i < 100; ++i) {
        const std::string name = seal_name(leaf_of(i));
        EXPECT_EQ(std::count(name.begin(), name.end(), '-'), 3) << name;
        EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuwy-"), std::string::npos) << name;
    }
}

}  // namespace
}  // namespace page

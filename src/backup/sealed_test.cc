#include "sealed.h"

#include <gtest/gtest.h>

#include <kernel/text.h>

namespace backup {
namespace {

TEST(Sealed, OpensUnderItsKeyAloneAndOnlyWhole) {
    const kernel::Hash key = kernel::random_hash();
    const kernel::Bytes sealed = seal(key, kernel::view("路灯坏了"));
    EXPECT_EQ(kernel::text(*open(key, sealed)), "路灯坏了");
    EXPECT_EQ(seal(key, kernel::view("路灯坏了")), sealed);
    EXPECT_FALSE(open(kernel::random_hash(), sealed));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        kernel::Bytes wrong = sealed;
        wrong[i] ^= 1;
        EXPECT_FALSE(open(key, wrong));
    }
    EXPECT_FALSE(open(key, kernel::View(sealed).first(15)));
    EXPECT_TRUE(open(key, seal(key, {}))->empty());
}

}  // namespace
}  // namespace backup

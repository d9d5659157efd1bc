#include "seal.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace kernel {
namespace {

const Bytes key(32, 7);

TEST(Seal, OpensAgainAndNeverLooksTheSame) {
    for (const std::string_view plain : {"", "x", "a secret of some length, longer than one block of sixteen bytes"}) {
        const Bytes sealed = seal(key, "test", "row 1", view(plain));
        EXPECT_NE(sealed, seal(key, "test", "row 1", view(plain)));
        const std::optional<Bytes> opened = unseal(key, "test", "row 1", sealed);
        ASSERT_TRUE(opened);
        EXPECT_EQ(text(*opened), plain);
    }
}

TEST(Seal, OpensForNothingElse) {
    const Bytes sealed = seal(key, "test", "row 1", view("secret"));
    EXPECT_FALSE(unseal(Bytes(32, 8), "test", "row 1", sealed)) << "another key";
    EXPECT_FALSE(unseal(key, "tes", "row 1", sealed)) << "another purpose";
    EXPECT_FALSE(unseal(key, "test", "row 2", sealed)) << "another place";
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        Bytes flipped = sealed;
        flipped[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
        EXPECT_FALSE(unseal(key, "test", "row 1", flipped)) << bit;
    }
    for (std::size_t n = 0; n < sealed.size(); ++n)
        EXPECT_FALSE(unseal(key, "test", "row 1", View(sealed).first(n))) << n;
    Bytes longer = sealed;
    longer.push_back(0);
    EXPECT_FALSE(unseal(key, "test", "row 1", longer));
}

TEST(Seal, ClosesOnceWhatWasBegunBefore) {
    Seal begun(key, "test", "row 1");
    Seal moved = std::move(begun);
    EXPECT_EQ(text(*unseal(key, "test", "row 1", std::move(moved).close(view("secret")))), "secret");
    EXPECT_THROW(std::move(moved).close(view("another under the same nonce")), std::logic_error);  // NOLINT
}

}  // namespace
}  // namespace kernel

#include "ring.h"

#include <gtest/gtest.h>

#include <set>

namespace kernel {
namespace {

TEST(Ring, HasAKeyForEachNameAndTheSameOneAlways) {
    const Ring ring = Ring::make();
    std::set<Hash> keys;
    for (Name name : {Name{0}, Name{1}, Name{2}, Name{4096}, ~Name{0}, Name{1} << 63}) {
        ASSERT_TRUE(ring.key(name));
        EXPECT_EQ(ring.key(name), Ring::parse(ring.text()).key(name));
        keys.insert(*ring.key(name));
    }
    EXPECT_EQ(keys.size(), 6u);
    EXPECT_NE(Ring::make().key(1), ring.key(1));
}

TEST(Ring, ADestroyedKeyIsGoneAndAllOthersStay) {
    Ring ring = Ring::make();
    const Ring before = ring;
    const std::set<Name> gone = {0, 1, 17, 18, 4095, ~Name{0}, Name{1} << 63};
    for (Name name : gone) EXPECT_TRUE(ring.destroy(name));
    for (Name name : gone) {
        EXPECT_FALSE(ring.key(name));
        EXPECT_FALSE(ring.destroy(name));
    }
    for (Name name = 0; name < 200; ++name) {
        if (gone.contains(name)) continue;
        EXPECT_EQ(ring.key(name), before.key(name)) << name;
        EXPECT_EQ(ring.key(~name == ~Name{0} ? 5 : ~name), before.key(~name == ~Name{0} ? 5 : ~name));
    }
    const Ring read = Ring::parse(ring.text());
    for (Name name : gone) EXPECT_FALSE(read.key(name));
    EXPECT_EQ(read.key(2), before.key(2));
    EXPECT_EQ(read.text(), ring.text());
    EXPECT_LE(ring.text().size(), gone.size() * 64 * 100);
}

TEST(Ring, FindsEveryChangedBit) {
    Ring ring = Ring::make();
    ring.destroy(17);
    ring.note(17, "personal_data");
    const std::string whole = ring.text();
    for (std::size_t i = 0; i < whole.size(); ++i)
        for (int bit = 0; bit < 8; ++bit) {
            std::string changed = whole;
            changed[i] = static_cast<char>(changed[i] ^ 1 << bit);
            EXPECT_THROW(Ring::parse(changed), std::runtime_error) << i << ' ' << bit;
        }
}

TEST(Ring, ReadsOneWrittenBeforeThereWasACheck) {
    const Ring ring = Ring::make();
    const std::string text = ring.text();
    EXPECT_EQ(Ring::parse(text.substr(text.find('\n') + 1)).key(5), ring.key(5));
}

TEST(Ring, RefusesWhatItDidNotWrite) {
    for (const char* wrong :
         {"x", "seed 0 0000000000000000 00", "seed 65 0000000000000000 00", "erased x y",
          "seed 0 000000000000000g 0000000000000000000000000000000000000000000000000000000000000000"})
        EXPECT_THROW(Ring::parse(wrong), std::runtime_error) << wrong;
    Ring ring = Ring::make();
    ring.note(41, "personal_data");
    EXPECT_EQ(Ring::parse(ring.text()).erased().at(41), "personal_data");
}

}  // namespace
}  // namespace kernel

#include "ballot_box.h"

#include <map>
#include <set>

#include <gtest/gtest.h>
#include <kernel/code.h>

namespace ballot_box {
namespace {

// A table as an owner has it, in memory.
struct Rows {
    std::map<kernel::Bytes, std::string> all;
    std::vector<std::pair<kernel::Bytes, std::string>> from(const kernel::Bytes& key, int n) const {
        std::vector<std::pair<kernel::Bytes, std::string>> some;
        for (auto at = all.lower_bound(key); at != all.end() && n-- > 0; ++at) some.push_back(*at);
        return some;
    }
    std::vector<std::pair<kernel::Bytes, std::string>> before(const kernel::Bytes& key, int n) const {
        std::vector<std::pair<kernel::Bytes, std::string>> some;
        for (auto at = all.begin(); at != all.lower_bound(key) && n-- > 0; ++at) some.push_back(*at);
        return some;
    }
    void drop(const kernel::Bytes& key) { ASSERT_EQ(all.erase(key), 1u); }
    void put(const kernel::Bytes& key, const std::string& ballot) { ASSERT_TRUE(all.emplace(key, ballot).second); }
};
struct Marks {
    std::set<std::string> all;
    int written = 0;
    std::vector<std::string> from(const std::string& mark, int n) const {
        std::vector<std::string> some;
        for (auto at = all.lower_bound(mark); at != all.end() && n-- > 0; ++at) some.push_back(*at);
        return some;
    }
    std::vector<std::string> before(const std::string& mark, int n) const {
        std::vector<std::string> some;
        for (auto at = all.begin(); at != all.lower_bound(mark) && n-- > 0; ++at) some.push_back(*at);
        return some;
    }
    void drop(const std::string& mark) { ASSERT_EQ(all.erase(mark), 1u); }
    void put(const std::string& mark) {
        ASSERT_TRUE(all.insert(mark).second);
        ++written;
    }
};

// Published at every close: never another.
TEST(BallotBox, AMarkIsTheSameForEver) {
    const kernel::Bytes key(32, 7);
    EXPECT_EQ(mark_of(key, 17, "1234567890123456789012345"),
              kernel::hex(kernel::View(kernel::hmac_sha256(
                                           key, kernel::view("huiyin ballot code v1 17 1234567890123456789012345")))
                              .first(16)));
    EXPECT_NE(mark_of(key, 18, "1234567890123456789012345"), mark_of(key, 17, "1234567890123456789012345"));
    EXPECT_NE(mark_of(kernel::Bytes(32, 8), 17, "1234567890123456789012345"),
              mark_of(key, 17, "1234567890123456789012345"));
}

TEST(BallotBox, SlipsAreAllDifferentAndTheirMarksSorted) {
    const kernel::Bytes key(32, 7);
    const Slips slips = make_slips(key, 17, 200);
    EXPECT_EQ(std::set(slips.in_fives.begin(), slips.in_fives.end()).size(), 200u);
    EXPECT_TRUE(std::is_sorted(slips.marks.begin(), slips.marks.end()));
    std::set<std::string> made;
    for (const std::string& code : slips.in_fives)
        made.insert(mark_of(key, 17, kernel::Code25::parse(code).value().digits()));
    EXPECT_EQ(made, std::set(slips.marks.begin(), slips.marks.end()));
}

TEST(BallotBox, EveryBallotMovesOthersAndLosesNone) {
    Rows rows;
    std::map<std::string, kernel::Bytes> keys;
    for (int i = 0; i < 100; ++i) {
        put_in(rows, std::to_string(i));
        ASSERT_EQ(rows.all.size(), static_cast<std::size_t>(i + 1));
        int moved = 0;
        for (const auto& [key, ballot] : rows.all) moved += keys.contains(ballot) && keys[ballot] != key;
        EXPECT_EQ(moved, std::min(i, moved_together));
        keys.clear();
        for (const auto& [key, ballot] : rows.all) keys[ballot] = key;
    }
    EXPECT_EQ(keys.size(), 100u);
}

TEST(BallotBox, EveryUsedCodeIsWrittenAmongOthers) {
    Marks marks;
    for (int i = 0; i < 60; ++i) {
        marks.written = 0;
        spend(marks, kernel::hex(kernel::random_bytes(16)));
        EXPECT_EQ(marks.written, std::min(i, moved_together) + 1);
    }
    EXPECT_EQ(marks.all.size(), 60u);
}

TEST(BallotBox, AShuffleLosesNothingAndReachesEveryOrder) {
    std::set<std::string> seen;
    for (int i = 0; i < 500 && seen.size() < 6; ++i) {
        std::string three = "abc";
        shuffle(three);
        std::string sorted = three;
        std::sort(sorted.begin(), sorted.end());
        ASSERT_EQ(sorted, "abc");
        seen.insert(three);
    }
    EXPECT_EQ(seen.size(), 6u);
}

}  // namespace
}  // namespace ballot_box

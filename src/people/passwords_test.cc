#include "passwords.h"

#include <algorithm>
#include <latch>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "common_passwords.h"

namespace people {
namespace {

constexpr PasswordCost cheap{.passes = 1, .kibibytes = 8};

TEST(Passwords, FitOnlyThemselves) {
    const kernel::Secret right("correct horse battery"), wrong("correct horse batterz");
    const std::string hash = hash_password(right, cheap);
    EXPECT_TRUE(password_fits(right, hash, cheap));
    EXPECT_FALSE(password_fits(wrong, hash, cheap));
    EXPECT_FALSE(password_fits(kernel::Secret("Correct horse battery"), hash, cheap));
    EXPECT_FALSE(password_fits(kernel::Secret(""), hash, cheap));
    const std::string long_one(255, 'x');
    const std::string of_long = hash_password(kernel::Secret(long_one + "a"), cheap);
    EXPECT_FALSE(password_fits(kernel::Secret(long_one + "b"), of_long, cheap)) << "nothing is cut off";
    EXPECT_FALSE(password_fits(right, std::nullopt, cheap));
    EXPECT_NE(hash_password(right, cheap), hash) << "another salt each time";
}

TEST(Passwords, TheCommonestAreKnown) {
    const std::vector<std::string_view>& all = common_passwords();
    EXPECT_GT(std::count_if(all.begin(), all.end(), [](std::string_view one) { return one.size() >= 8; }), 18'000);
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
    for (std::string_view one : all)
        EXPECT_EQ(one.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789"), one.npos) << one;
    for (const char* known : {"password", "12101989", "marlboro", "woaini1314"}) EXPECT_TRUE(is_common_password(known));
    for (const char* other : {"", "#", "correcthorsebattery"}) EXPECT_FALSE(is_common_password(other)) << other;
}

TEST(Passwords, AreWorthTheWork) {
    const std::string hash = hash_password(kernel::Secret("correct horse battery"), PasswordCost{});
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=65536,t=3,p=1$")) << hash;
    EXPECT_TRUE(password_fits(kernel::Secret("correct horse battery"), hash, PasswordCost{}));
}

// A hash with another cost than today's still fits: it carries its own parameters.
TEST(Passwords, OldCostsStillFit) {
    const kernel::Secret password("correct horse battery");
    EXPECT_TRUE(password_fits(password, hash_password(password, cheap), {.passes = 2, .kibibytes = 16}));
}

TEST(Passwords, BrokenHashIsThrown) {
    EXPECT_THROW(password_fits(kernel::Secret("x"), "$argon2id$nonsense", cheap), std::runtime_error);
}

TEST(Logins, RandomOnesDifferAndAreSound) {
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const std::string made = random_login();
        EXPECT_TRUE(may_set_up("Office", made)) << made;
        EXPECT_TRUE(made.starts_with("admin-")) << made;
        EXPECT_EQ(made.size(), 14u) << made;
        EXPECT_EQ(made.find_first_not_of("abdefghjkmnoprstuvwz", 6), std::string::npos) << made;
        seen.insert(made);
    }
    EXPECT_GT(seen.size(), 190u);
}

TEST(Passwords, RandomOnesDiffer) {
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const std::string made = random_password().reveal();
        EXPECT_EQ(made.size(), 24u);
        EXPECT_EQ(made.find_first_not_of("abcdefghjkmnpqrstuvwxyz23456789-"), std::string::npos) << made;
        EXPECT_TRUE(seen.insert(made).second);
    }
}

TEST(Gate, LetsFewInAndFewWait) {
    constexpr int at_once = 2, places = 3;
    Gate gate(at_once, places);
    std::latch open(1), inside(at_once);
    std::vector<std::thread> threads;
    std::atomic<int> through = 0;
    for (int i = 0; i < at_once; ++i)
        threads.emplace_back([&] {
            const auto pass = gate.enter();
            ASSERT_TRUE(pass);
            inside.count_down();
            open.wait();
            ++through;
        });
    inside.wait();
    for (int i = 0; i < places; ++i)
        threads.emplace_back([&] {
            const auto pass = gate.enter();
            ASSERT_TRUE(pass);
            ++through;
        });
    while (gate.waiting() < places) std::this_thread::yield();
    const auto refused = gate.enter();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().key, "people.sign_in_busy");
    EXPECT_EQ(refused.error().code, kernel::Code::too_many);
    open.count_down();
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(through, at_once + places);
    EXPECT_TRUE(gate.enter()) << "open again";
    EXPECT_EQ(gate.waiting(), 0);
}

TEST(Gate, GivesBackWhenWorkThrows) {
    Gate gate(1, 0);
    try {
        const auto pass = gate.enter();
        throw std::runtime_error("no memory");
    } catch (const std::runtime_error&) {}
    EXPECT_TRUE(gate.enter());
}

}  // namespace
}  // namespace people

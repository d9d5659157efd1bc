#include "lru.h"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace kernel {
namespace {

std::shared_ptr<const std::string> text_of(std::size_t size) { return std::make_shared<const std::string>(size, 'x'); }

TEST(Lru, KeepsAndReplaces) {
    Lru<std::string> cache(1 << 20);
    EXPECT_FALSE(cache.find("a"));
    cache.keep("a", text_of(10), 10);
    EXPECT_EQ(cache.find("a")->size(), 10u);
    cache.keep("a", text_of(20), 20);
    EXPECT_EQ(cache.find("a")->size(), 20u);
    cache.keep("a", text_of(30), 30, [](const std::string& old) { return old.size() < 20; });
    EXPECT_EQ(cache.find("a")->size(), 20u) << "it was not to be replaced";
    EXPECT_EQ(cache.count(), 1u);
    const auto held = cache.find("a");
    cache.clear();
    EXPECT_EQ(cache.count(), 0u);
    EXPECT_EQ(cache.bytes(), 0u);
    EXPECT_FALSE(cache.find("a"));
    EXPECT_EQ(held->size(), 20u) << "whoever still uses it has it";
}

TEST(Lru, IsBoundedAndTheLongestUnreadGoesFirst) {
    Lru<std::string> cache(100'000);
    for (int i = 0; i < 200; ++i) {
        cache.keep("text " + std::to_string(i), text_of(5'000), 5'000);
        EXPECT_TRUE(cache.find("text 0")) << i;  // asked for all the time: stays
        EXPECT_LE(cache.bytes(), 100'000u);
    }
    EXPECT_GE(cache.count(), 15u);
    EXPECT_FALSE(cache.find("text 1"));
    EXPECT_TRUE(cache.find("text 199"));
    cache.keep("huge", text_of(10'000), 10'000);
    EXPECT_FALSE(cache.find("huge"));
}

TEST(Lru, ServesManyThreads) {
    Lru<std::string> cache(50'000);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&cache, t] {
            for (int i = 0; i < 2'000; ++i) {
                const std::string key = std::to_string((i * 7 + t) % 40);
                if (!cache.find(key)) cache.keep(key, text_of(1'000), 1'000);
            }
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_LE(cache.bytes(), 50'000u);
    EXPECT_GE(cache.count(), 1u);
}

}  // namespace
}  // namespace kernel

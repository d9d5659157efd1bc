#include "index.h"

#include <cmath>
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "testing.h"
#include "tokens.h"

namespace {

using text::Index;
using text::Neighbour;

// The definition in index.h word for word, over all pairs.
class Slow {
public:
    explicit Slow(const std::vector<std::pair<std::string, std::string>>& messages) {
        text::Tokenizer tokenizer;
        std::map<std::string, double> frequency;
        for (const auto& [title, body] : messages) {
            std::map<std::string, double> times;
            for (const auto& [of, weight] : {std::pair(&title, 3.0), std::pair(&body, 1.0)}) {
                int taken = 0;
                for (const text::Token& one : tokenizer.tokens(*of))
                    if (one.kind != text::Kind::character && ++taken <= 250)
                        times[std::to_string(static_cast<int>(one.kind)) + one.text] += weight;
            }
            for (const auto& [token, n] : times) frequency[token] += 1;
            all_.push_back(std::move(times));
        }
        for (auto& message : all_) {
            double length = 0;
            for (auto& [token, n] : message) {
                n = (1 + std::log(n)) *
                    (std::log((1.0 + static_cast<double>(messages.size())) / (1 + frequency[token])) + 1);
                length += n * n;
            }
            for (auto& [token, n] : message) n /= std::sqrt(length);
        }
    }
    double likeness(std::size_t a, std::size_t b) const {
        double sum = 0;
        for (const auto& [token, weight] : all_[a])
            if (const auto other = all_[b].find(token); other != all_[b].end()) sum += weight * other->second;
        return sum;
    }

private:
    std::vector<std::map<std::string, double>> all_;
};

std::vector<std::pair<std::string, std::string>> some(std::size_t n, std::uint64_t seed) {
    const text::testing::Made made = text::testing::make(n, seed);
    std::vector<std::pair<std::string, std::string>> out;
    for (std::size_t i = 0; i < n; ++i) out.emplace_back(made.titles[i], made.bodies[i]);
    return out;
}

TEST(Index, finds_what_comparing_all_pairs_finds) {
    const auto messages = some(300, 1);
    const Slow slow(messages);
    Index index;
    for (const auto& [title, body] : messages) index.add(title, body);
    index.settle();
    for (text::Number i = 0; i < messages.size(); i += 7) {
        const std::vector<Neighbour> found = index.neighbours(i, 10, 0.01F);
        std::vector<double> wanted;
        for (text::Number j = 0; j < messages.size(); ++j)
            if (j != i) wanted.push_back(slow.likeness(i, j));
        std::sort(wanted.rbegin(), wanted.rend());
        ASSERT_EQ(found.size(), 10U);
        for (std::size_t k = 0; k < 10; ++k) {
            EXPECT_NEAR(found[k].likeness, wanted[k], 1e-4);
            EXPECT_NEAR(found[k].likeness, slow.likeness(i, found[k].number), 1e-4);
            EXPECT_NEAR(found[k].likeness, index.likeness(i, found[k].number), 1e-5);
        }
    }
}

TEST(Index, reads_no_more_lists_than_its_limit_and_still_finds_the_nearest) {
    const auto messages = some(2000, 2);
    Index whole, limited({3, 250, 3000, 64});
    for (const auto& [title, body] : messages) whole.add(title, body), limited.add(title, body);
    whole.settle();
    limited.settle();
    std::size_t both = 0, all = 0;
    for (text::Number i = 0; i < messages.size(); i += 3)
        for (const Neighbour& one : whole.neighbours(i, 5, 0.15F)) {
            ++all;
            for (const Neighbour& other : limited.neighbours(i, 5, 0.15F))
                both += std::abs(other.likeness - one.likeness) < 1e-5 && other.number == one.number;
        }
    EXPECT_GT(all, 500U);
    EXPECT_GE(both, all * 95 / 100) << all;
}

TEST(Index, what_comes_one_by_one_is_found_at_once) {
    const auto messages = some(500, 3);
    Index index;
    for (std::size_t i = 0; i < 400; ++i) index.add(messages[i].first, messages[i].second);
    index.settle();
    for (std::size_t i = 400; i < 500; ++i) {
        const auto before = index.neighbours(messages[i].first, messages[i].second, 5, 0.05F);
        const text::Number mine = index.add(messages[i].first, messages[i].second);
        const auto after = index.neighbours(mine, 5, 0.05F);
        ASSERT_EQ(before.size(), after.size());
        for (std::size_t k = 0; k < before.size(); ++k) EXPECT_NEAR(before[k].likeness, after[k].likeness, 1e-5);
        const auto again = index.neighbours(messages[i].first, messages[i].second, 1, 0.9F);
        ASSERT_EQ(again.size(), 1U);
        EXPECT_EQ(again[0].number, mine);
    }
    // After settling, all is as if it had come at once.
    Index other;
    std::vector<text::Text> texts;
    for (const auto& [title, body] : messages) texts.push_back({title, body});
    other.add(texts, 2);
    index.settle();
    other.settle();
    for (text::Number i = 0; i < 500; ++i) EXPECT_EQ(index.neighbours(i, 20, 0.05F), other.neighbours(i, 20, 0.05F));
}

TEST(Index, what_is_removed_is_found_no_more) {
    Index index;
    index.add("", "青石桥的路灯不亮");
    index.add("", "青石桥的路灯又不亮了");
    index.settle();
    ASSERT_EQ(index.neighbours(0, 5, 0.1F).size(), 1U);
    index.remove(1);
    EXPECT_TRUE(index.neighbours(0, 5, 0.1F).empty());
    EXPECT_TRUE(index.neighbours("", "青石桥的路灯又不亮了", 5, 0.99F).empty());
}

TEST(Index, simplified_finds_traditional_and_stems_find_each_other) {
    Index index;
    index.add("攪拌站擾民", "");
    index.add("The petitions of the neighbours are for the trees", "");
    index.add("Las obras de la calle y los vecinos", "");
    index.settle();
    EXPECT_EQ(index.neighbours("搅拌站扰民", "", 1, 0.99F).size(), 1U);
    EXPECT_EQ(index.neighbours("A petition of the neighbour is for the tree", "", 1, 0.3F).size(), 1U);
}

TEST(Index, nothing_and_hostile_texts) {
    Index index;
    index.settle();
    EXPECT_TRUE(index.neighbours("", "x", 5, 0).empty());
    for (const std::string& body :
         {std::string(), std::string("😀😀"), std::string(5000, 'a'), std::string("\xff\xfe"), std::string("\x01\x02"),
          std::string("<script>"), std::string("'; drop table voice; --")})
        index.add("", body);
    index.settle();
    for (text::Number i = 0; i < index.size(); ++i) EXPECT_TRUE(index.neighbours(i, 5, 0.5F).empty()) << i;
    EXPECT_TRUE(index.neighbours("", "", 5, 0).empty());
}

RC_GTEST_PROP(Index, likeness_is_symmetric_and_between_nothing_and_all, (const std::vector<std::string>& bodies)) {
    Index index;
    for (const std::string& body : bodies) index.add(body, body);
    index.settle();
    for (text::Number i = 0; i < index.size(); ++i)
        for (text::Number j = 0; j < index.size(); ++j) {
            RC_ASSERT(std::abs(index.likeness(i, j) - index.likeness(j, i)) < 1e-5);
            RC_ASSERT(index.likeness(i, j) >= 0 && index.likeness(i, j) < 1.0001);
        }
}

TEST(Index, mean_likeness_is_the_mean_of_the_pairs) {
    const auto messages = some(50, 4);
    Index index;
    for (const auto& [title, body] : messages) index.add(title, body);
    index.settle();
    std::vector<text::Number> all;
    for (text::Number i = 0; i < 50; ++i) all.push_back(i);
    const std::vector<float> matrix = index.likenesses(all);
    double sum = 0;
    for (std::size_t i = 0; i < 50; ++i)
        for (std::size_t j = 0; j < 50; ++j) {
            EXPECT_NEAR(matrix[i * 50 + j], i == j ? 1 : index.likeness(all[i], all[j]), 1e-5);
            if (i != j) sum += matrix[i * 50 + j];
        }
    EXPECT_NEAR(index.mean_likeness(all), sum / (50 * 49), 1e-6);
    EXPECT_EQ(index.mean_likeness(std::span(all).first(1)), 1);
}

TEST(Index, without_its_lists_it_still_knows_likenesses) {
    text::Index index;
    for (const char* said : {"The night bus is late", "The night bus is late again", "A lamp is dark"})
        index.add("", said);
    index.settle();
    const float before = index.likeness(0, 1);
    const std::size_t bytes = index.bytes();
    index.only_likeness();
    EXPECT_EQ(index.likeness(0, 1), before);
    EXPECT_LT(index.bytes(), bytes);
    EXPECT_THROW(index.neighbours("", "bus", 3, 0), std::logic_error);
    EXPECT_THROW(index.neighbours(0, 3, 0), std::logic_error);
    EXPECT_THROW(index.add("", "more"), std::logic_error);
    EXPECT_THROW(index.settle(), std::logic_error);
}

}  // namespace

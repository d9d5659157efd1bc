// Messages as people might send them, made by a seed: for tests and measurements. Words are as frequent as in real
// texts (Zipf), sizes of issues too; nothing of it means anything.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "discover.h"

namespace text::testing {

// std::uniform_int_distribution may differ between libraries; this does not.
class Random {
public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
    double share() { return static_cast<double>(engine_() >> 11) / 9007199254740992.0; }
    // 0 … n - 1, k with a chance like 1 / (k + 3).
    std::size_t zipf(std::size_t n) {
        const double top = std::log(static_cast<double>(n) + 3) - std::log(3.0);
        return std::min(n - 1, static_cast<std::size_t>(3 * std::exp(share() * top) - 3));
    }

private:
    std::mt19937_64 engine_;
};

inline std::string han(std::size_t n) {  // of 5,000 characters one
    const auto c = static_cast<unsigned>(0x4E00 + n % 5000);
    return {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)),
            static_cast<char>(0x80 | (c & 63))};
}

struct Made {
    std::vector<std::string> titles, bodies;
    std::vector<std::int64_t> people;
    std::vector<int> issue;  // or -1: alone

    std::vector<Message> messages() const {
        std::vector<Message> out;
        for (std::size_t i = 0; i < titles.size(); ++i)
            out.push_back({static_cast<std::int64_t>(i) + 1, titles[i], bodies[i], people[i]});
        return out;
    }
};

// `clauses`: of real messages, to be mixed; empty: made ones.
inline Made make(std::size_t n, std::uint64_t seed, const std::vector<std::string>& clauses = {}) {
    Random random(seed);
    std::vector<std::string> words;
    for (std::size_t i = 0; i < 30'000; ++i) {
        std::string word;
        for (std::size_t k = 0, length = 2 + random.below(2); k < length; ++k) word += han(random.zipf(3000) * 7919);
        words.push_back(word);
    }
    const auto clause = [&] {
        if (!clauses.empty()) return clauses[random.below(clauses.size())];
        std::string out;
        for (std::size_t k = 0, length = 3 + random.below(5); k < length; ++k) out += words[random.zipf(words.size())];
        return out;
    };
    struct Issue {
        std::string place;
        std::vector<std::string> matter;
    };
    const auto new_issue = [&] {
        Issue issue;
        for (int k = 0; k < 4; ++k) issue.place += han(random.below(5000));
        for (int k = 0; k < 5; ++k) issue.matter.push_back(words[200 + random.zipf(words.size() - 200)]);
        return issue;
    };
    Made out;
    int issues = 0;
    while (out.titles.size() < n) {
        // Six of seven issues are a single message; most messages are in the others, of 2 … 120.
        const Issue issue = new_issue();
        const std::size_t size = random.share() < 0.85 ? 1 : 2 + random.zipf(119);
        const int number = size > 1 ? issues++ : -1;
        for (std::size_t i = 0; i < size && out.titles.size() < n; ++i) {
            std::string title = issue.place, body;
            for (std::size_t k = 0; k < 2; ++k) title += issue.matter[random.below(issue.matter.size())];
            title += words[random.zipf(words.size())];
            for (std::size_t k = 0, length = 4 + random.zipf(30); k < length; ++k) {
                body += k % 3 == 1 ? issue.matter[random.below(issue.matter.size())] : "";
                body += k % 4 == 0 ? issue.place : "";
                body += clause() + (k % 2 ? "。" : "，");
            }
            out.titles.push_back(std::move(title));
            out.bodies.push_back(std::move(body));
            out.people.push_back(static_cast<std::int64_t>(1 + random.below(n)));
            out.issue.push_back(number);
        }
    }
    return out;
}

}  // namespace text::testing

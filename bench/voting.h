// What the measurements share that send votes: a dialogue, and 64 threads by which people who are known vote, each on
// a statement that they have not voted on.
#pragma once
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <dialogue/dialogue.h>

#include "site.h"

namespace bench {

class Voting : public Site<> {
public:
    explicit Voting(const std::filesystem::path& folder) : Site(folder, {dialogue::add_kinds}) {
        head_ = officer(root, "head", people::Role::head);
        talk_ = must(dialogue::open(*needs, head_, {desk, "What should change?", "", "en"}));
        for (std::int64_t i = 0; i < questions; ++i) statements_.push_back(seed());
    }
    dialogue::StatementId seed() {
        return must(dialogue::seed(*needs, head_, talk_, "Statement number " + std::to_string(seeds_++), "en"));
    }
    // From then on everybody is known.
    void warm_up(double seconds) {
        rate_of([this] { return made_ >= voters; });
        rate_of(std::min(seconds, 2.0));
    }
    // How many votes a second are sent in so many seconds.
    double rate_of(double seconds) {
        const double until = kernel::stopwatch() + seconds;
        return rate_of([until] { return kernel::stopwatch() >= until; });
    }

private:
    static constexpr std::int64_t voters = 20'000, questions = 200;

    void vote() {
        const std::int64_t n = made_++, person = n % voters, turn = n / voters;
        if (turn >= questions) throw std::runtime_error("everybody has voted on everything: take fewer seconds");
        people::Actor actor;
        actor.visitor = "person-of-the-load-" + std::to_string(person);
        const auto at = static_cast<std::size_t>((person * 7 + turn) % questions);
        must(dialogue::vote(*needs, actor, talk_, {{statements_[at], static_cast<dialogue::Choice>(n % 3 - 1)}}));
    }
    double rate_of(const std::function<bool()>& over) {
        const std::int64_t before = made_;
        const double start = kernel::stopwatch();
        const std::jthread moving = mover();
        std::vector<std::jthread> all;
        for (int i = 0; i < 64; ++i)
            all.emplace_back([&] {
                while (!over()) vote();
            });
        all.clear();
        return static_cast<double>(made_ - before) / (kernel::stopwatch() - start);
    }

    people::Actor head_;
    dialogue::DialogueId talk_;
    std::vector<dialogue::StatementId> statements_;
    std::int64_t seeds_ = 0;
    std::atomic<std::int64_t> made_{0};  // votes so far: the next is person made % voters on their next statement
};

}  // namespace bench

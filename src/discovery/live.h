// The index in memory: everything that is grouped in open rounds, and what was said since.
#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <shared_mutex>
#include <unordered_map>
#include <vector>

#include <survey/survey.h>
#include <text/index.h>

#include "categories.h"
#include "corpus.h"
#include "discovery.h"

namespace discovery {

inline constexpr std::size_t most_pieces = 200'000;  // the newest so many are grouped and found

class Live {
public:
    struct Near {
        Item item = 0;
        float likeness = 0;
    };
    // Reads everything at first, then what entered the ledger since. One thread.
    void sync(db::Database&, const std::function<bool()>& go_on);
    // Nearest first. Any thread. What was hidden, erased or taken back since may be among it: who shows it asks again.
    std::vector<Near> near(std::string_view title, std::string_view text, std::size_t most, float least) const;
    std::size_t size() const;
    // Whether something happened since the last time this was asked that another grouping would see.
    bool take_changed() { return changed_.exchange(false); }
    void changed() { changed_ = true; }
    Categories categories;
    // Until when grouping rests, so that it takes its share of the time and no more. Its task's alone.
    std::chrono::steady_clock::time_point rests_until{};

private:
    void load(db::Database&, const std::function<bool()>& go_on);
    void follow(db::Connection&, const ledger::Entry&);
    void follow_phase(db::Database&, people::CycleId, const std::function<bool()>& go_on);
    void follow_survey(db::Connection&, survey::SurveyId);
    void add(const std::vector<Piece>&, const std::function<bool()>& go_on);
    void add(const Piece&);  // under the lock
    void remove(Item);

    mutable std::shared_mutex mutex_;
    text::Index index_;
    std::vector<Item> items_;  // by number in the index
    std::unordered_map<Item, text::Number> numbers_;
    std::size_t settled_ = 0;
    std::int64_t next_ = -1;            // the entry to read next; -1: nothing was read yet
    std::set<people::CycleId> rounds_;  // whose pieces are here: the open ones, and the desk
    std::atomic<bool> changed_ = true;
};

}  // namespace discovery

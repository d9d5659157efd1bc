// A cache bounded by bytes: what was asked for longest ago goes first (LRU). Values are shared with whoever still uses
// them after they went. Any thread.
#pragma once
#include <cstddef>
#include <iterator>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace kernel {

template <class Value>
class Lru {
public:
    explicit Lru(std::size_t bytes) : limit_(bytes) {}

    // Null when there is none.
    std::shared_ptr<const Value> find(std::string_view key) {
        const std::lock_guard lock(mutex_);
        const auto found = by_key_.find(key);
        if (found == by_key_.end()) return nullptr;
        entries_.splice(entries_.begin(), entries_, found->second);
        return found->second->value;
    }

    // `bytes` is what the value takes; key and nodes are added here. What is larger than a sixteenth of the whole is
    // not kept. A value of this key stays where `replaces(its value)` says no.
    template <class Replaces>
    void keep(std::string_view key, std::shared_ptr<const Value> value, std::size_t bytes, Replaces replaces) {
        const std::size_t size = bytes + key.size() + overhead;
        if (size > limit_ / 16) return;
        const std::lock_guard lock(mutex_);
        if (const auto found = by_key_.find(key); found != by_key_.end()) {
            if (!replaces(*found->second->value)) return;
            drop(found->second);
        }
        entries_.push_front({std::string(key), std::move(value), size});
        by_key_.emplace(entries_.front().key, entries_.begin());
        bytes_ += size;
        while (bytes_ > limit_) drop(std::prev(entries_.end()));
    }
    void keep(std::string_view key, std::shared_ptr<const Value> value, std::size_t bytes) {
        keep(key, std::move(value), bytes, [](const Value&) { return true; });
    }

    void clear() {
        const std::lock_guard lock(mutex_);
        while (!entries_.empty()) drop(entries_.begin());
    }
    std::size_t bytes() const {
        const std::lock_guard lock(mutex_);
        return bytes_;
    }
    std::size_t count() const {
        const std::lock_guard lock(mutex_);
        return entries_.size();
    }

private:
    static constexpr std::size_t overhead = 256;  // list node, map node, shared state
    struct Entry {
        std::string key;
        std::shared_ptr<const Value> value;
        std::size_t bytes = 0;
    };
    using Entries = std::list<Entry>;
    void drop(typename Entries::iterator entry) {
        bytes_ -= entry->bytes;
        by_key_.erase(entry->key);
        entries_.erase(entry);
    }

    const std::size_t limit_;
    mutable std::mutex mutex_;
    Entries entries_;                                                          // most recently asked for first
    std::unordered_map<std::string_view, typename Entries::iterator> by_key_;  // views into entries_
    std::size_t bytes_ = 0;
};

}  // namespace kernel

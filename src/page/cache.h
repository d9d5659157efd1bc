// Pages made once for many readers. Bounded by bytes; the one read longest ago goes first. Any thread.
#pragma once
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "shell.h"

namespace page {

struct Kept {
    Page page;  // without its main part: status and marks, for the response
    Shared shared;
};

class PageCache {
public:
    explicit PageCache(std::size_t bytes) : limit_(bytes) {}
    // Null when there is none, or only one of another position.
    std::shared_ptr<const Kept> find(const std::string& key, std::int64_t position);
    // Replaces an older page of this key; never a newer one. What is larger than a sixteenth of the whole is not kept.
    void keep(const std::string& key, std::int64_t position, std::shared_ptr<const Kept>);
    void clear();
    std::size_t bytes() const;
    std::size_t pages() const;

private:
    struct Entry {
        std::string key;
        std::int64_t position = 0;
        std::shared_ptr<const Kept> kept;
        std::size_t bytes = 0;
    };
    using Entries = std::list<Entry>;
    void drop(Entries::iterator);

    const std::size_t limit_;
    mutable std::mutex mutex_;
    Entries entries_;                                                 // most recently read first
    std::unordered_map<std::string_view, Entries::iterator> by_key_;  // views into entries_
    std::size_t bytes_ = 0;
};

}  // namespace page

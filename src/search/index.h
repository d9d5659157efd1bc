// Keeps the index: reads the log in order and writes down what became findable, what changed and what is gone.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/bytes.h>
#include <people/people.h>

#include "matters.h"

namespace search {

// Changes when tokens, lists or hashes do: then the index is made anew from the first entry on.
std::string rules_of(kernel::View server_key);

// Words stand in the index as hashes under a key that lies outside the database, so that no page, log or backup of it
// holds one in clear.
class Hashes {
public:
    explicit Hashes(kernel::View server_key);
    std::int64_t of(std::string_view term) const;
    std::int64_t print(std::string_view text) const;  // never 0

private:
    kernel::Hash key_{};
};
// What a filter asks for stands among the words, under names that no text can have.
std::string attribute_term(std::string_view what, std::string_view value);
std::vector<std::string> attribute_terms(Kind, const Attributes&);

// Reads what the log has since the last time.
class Indexer {
public:
    explicit Indexer(const people::Needs&);
    ~Indexer();
    // `progress` is told after each transaction how many entries were read; `stopping` ends it between two of them.
    // What was made by other rules, or emptied by hand, is made anew. Any thread.
    void catch_up(const std::function<void(std::int64_t read)>& progress = {},
                  const std::function<bool()>& stopping = {});

private:
    struct Index;
    const people::Needs& needs_;
    std::mutex mutex_;
    const std::unique_ptr<Index> index_;
};

}  // namespace search

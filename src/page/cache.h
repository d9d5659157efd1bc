// Pages made once for many readers. Bounded by bytes; the one read longest ago goes first. Any thread.
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include <kernel/lru.h>

#include "shell.h"

namespace page {

struct Kept {
    Page page;  // without its main part: status and marks, for the response
    Shared shared;
    std::int64_t position = 0;
};

class PageCache {
public:
    explicit PageCache(std::size_t bytes) : kept_(bytes) {}
    // Null when there is none, or only one of another position.
    std::shared_ptr<const Kept> find(const std::string& key, std::int64_t position);
    // Replaces an older page of this key; never a newer one. What is larger than a sixteenth of the whole is not kept.
    void keep(const std::string& key, std::shared_ptr<const Kept>);
    void clear() { kept_.clear(); }
    std::size_t bytes() const { return kept_.bytes(); }
    std::size_t pages() const { return kept_.count(); }

private:
    kernel::Lru<Kept> kept_;
};

}  // namespace page

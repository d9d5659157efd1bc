#include "cache.h"

#include <watch/watch.h>

namespace page {
namespace {

constexpr std::size_t cache_bytes = 64u << 20;
constexpr std::size_t entry_overhead = 512;  // list node, map node, Kept

PageCache& shared_cache() {
    static PageCache one(cache_bytes);
    return one;
}

std::string cache_key(const http::Request& request, std::string_view key) {
    std::string out(tag(lang_of(request)));
    out += large_type(request) ? "+" : "-";
    out.append(request.path).append("\n").append(key);
    // The cursors of its lists, whichever it has.
    for (const auto& [name, value] : request.query)
        if (name.ends_with("-after"))
            out.append("\n" + std::to_string(value.size()) + " ").append(name).append("=").append(value);
    return out;
}

}  // namespace

std::shared_ptr<const Kept> PageCache::find(const std::string& key, std::int64_t position) {
    const std::lock_guard lock(mutex_);
    const auto found = by_key_.find(key);
    if (found == by_key_.end() || found->second->position != position) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->kept;
}

void PageCache::keep(const std::string& key, std::int64_t position, std::shared_ptr<const Kept> kept) {
    const std::size_t size = kept->shared.bytes() + key.size() + entry_overhead;
    if (size > limit_ / 16) return;
    const std::lock_guard lock(mutex_);
    if (const auto found = by_key_.find(key); found != by_key_.end()) {
        if (found->second->position > position) return;
        drop(found->second);
    }
    entries_.push_front({key, position, std::move(kept), size});
    by_key_.emplace(entries_.front().key, entries_.begin());
    bytes_ += size;
    while (bytes_ > limit_) drop(std::prev(entries_.end()));
}

void PageCache::drop(Entries::iterator entry) {
    bytes_ -= entry->bytes;
    by_key_.erase(entry->key);
    entries_.erase(entry);
}

void PageCache::clear() {
    const std::lock_guard lock(mutex_);
    while (!entries_.empty()) drop(entries_.begin());
}

std::size_t PageCache::bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
}

std::size_t PageCache::pages() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

void drop_cached() { shared_cache().clear(); }

http::Response cached(const http::Request& request, std::string_view key, std::int64_t position,
                      const std::function<Page()>& make) {
    if (request.who.officer != 0) return answer(request, make());
    const std::string whole_key = cache_key(request, key);
    if (const auto kept = shared_cache().find(whole_key, position)) {
        watch::count("huiyin_page_cache_hits_total");
        return as_response(request, kept->page, kept->shared);
    }
    watch::count("huiyin_page_cache_misses_total");
    auto kept = std::make_shared<Kept>();
    kept->page = make();
    kept->shared = in_shell(request, kept->page);
    kept->page.main = {};
    if (kept->page.status == 200 && !kept->page.private_matter) shared_cache().keep(whole_key, position, kept);
    return as_response(request, kept->page, kept->shared);
}

}  // namespace page

#include "cache.h"

#include <watch/watch.h>

namespace page {
namespace {

constexpr std::size_t cache_bytes = 64u << 20;

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
    auto found = kept_.find(key);
    return found && found->position == position ? found : nullptr;
}

void PageCache::keep(const std::string& key, std::shared_ptr<const Kept> kept) {
    const std::size_t bytes = kept->shared.bytes();
    const std::int64_t position = kept->position;
    kept_.keep(key, std::move(kept), bytes, [position](const Kept& old) { return old.position <= position; });
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
    kept->position = position;
    kept->shared = in_shell(request, kept->page);
    kept->page.main = {};
    if (kept->page.status == 200 && !kept->page.private_matter) shared_cache().keep(whole_key, kept);
    return as_response(request, kept->page, kept->shared);
}

}  // namespace page

#include "payloads.h"

#include <kernel/bytes.h>
#include <kernel/json.h>
#include <stdexcept>

#include "parts.h"

namespace proof {
namespace {

constexpr std::string_view folder = "payloads/", like = "tile/entries/";

}  // namespace

std::string payload_path(std::int64_t n, int width) {
    return std::string(folder) + merkle::tile_path({-1, n, width}).substr(like.size());
}

std::optional<merkle::TileAddress> parse_payload_path(std::string_view path) {
    if (!path.starts_with(folder)) return std::nullopt;
    return merkle::parse_tile_path(std::string(like) + std::string(path.substr(folder.size())));
}

std::string payload_line(const ledger::PublicEntry& entry) {
    kernel::Json::Object line{{"index", entry.index}};
    if (entry.facts) line.insert_or_assign("facts", *entry.facts);
    if (entry.facts_salt) line.insert_or_assign("facts_salt", kernel::base64(*entry.facts_salt));
    if (entry.words) line.insert_or_assign("words", *entry.words);
    if (entry.words_salt) line.insert_or_assign("words_salt", kernel::base64(*entry.words_salt));
    if (entry.words_erased) line.insert_or_assign("words_erased", true);
    return kernel::canonical(std::move(line)) + "\n";
}

std::optional<std::string> payload_bundle(const Hooks& hooks, db::Connection& db, std::int64_t n, int width) {
    if (width < 1 || merkle::tile_fill(0, n, ledger::size(db)) < width) return std::nullopt;
    std::string out;
    int found = 0;
    for (const ledger::PublicEntry& entry : shown_entries(hooks, db, n * merkle::tile_width, width)) {
        if (entry.index != n * merkle::tile_width + found) break;
        out += payload_line(entry);
        ++found;
    }
    if (found != width) throw std::runtime_error("the log lacks entries of its own");
    return out;
}

}  // namespace proof

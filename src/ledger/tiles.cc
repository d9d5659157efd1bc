#include <memory>
#include <stdexcept>

#include <merkle/tile.h>

#include "ledger.h"
#include "store.h"
#include "stored_nodes.h"

namespace ledger {
namespace {

bool has_tile(db::Connection& db, int level, std::int64_t n, int width) {
    return width >= 1 && width <= merkle::tile_width && merkle::tile_fill(level, n, size(db)) >= width;
}

}  // namespace

merkle::Reader hashes(db::Connection& db) {
    // A Reader is copied; its tiles are shared by the copies.
    return
        [nodes = std::make_shared<StoredNodes>(db)](int level, std::int64_t index) { return nodes->at(level, index); };
}

std::optional<kernel::Bytes> tile(db::Connection& db, int level, std::int64_t n, int width) {
    if (!has_tile(db, level, n, width)) return std::nullopt;
    auto bytes = store::tile(db, level, n);
    const std::size_t length = static_cast<std::size_t>(width) * sizeof(merkle::Hash);
    if (!bytes || bytes->size() < length)
        throw std::runtime_error("tile " + std::to_string(level) + "/" + std::to_string(n) + " is damaged");
    bytes->resize(length);
    return bytes;
}

std::optional<kernel::Bytes> entry_bundle(db::Connection& db, std::int64_t n, int width) {
    if (!has_tile(db, 0, n, width)) return std::nullopt;
    const std::int64_t from = n * merkle::tile_width;
    kernel::Bytes out;
    const std::vector<std::string> found = store::leaves(db, from, from + width);
    if (found.size() != static_cast<std::size_t>(width)) throw std::runtime_error("the log lacks entries of its own");
    for (const std::string& bytes : found) {
        out.push_back(static_cast<std::uint8_t>(bytes.size() >> 8));
        out.push_back(static_cast<std::uint8_t>(bytes.size()));
        out.insert(out.end(), bytes.begin(), bytes.end());
    }
    return out;
}

}  // namespace ledger

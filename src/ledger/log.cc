#include "log.h"

#include <stdexcept>
#include <utility>

#include <db/db.h>
#include <merkle/tile.h>

#include "leaf.h"
#include "ledger.h"
#include "store.h"

namespace ledger {
namespace {

constexpr std::size_t hash_bytes = sizeof(merkle::Hash);
constexpr int tile_levels = 8;  // 2^63 leaves have no more

[[noreturn]] void unfit(const std::string& why) { throw std::runtime_error("the ledger cannot be opened: " + why); }

// The newest tile of each level holds all peaks.
void load_edge(db::Connection& db, Log& log, std::int64_t size) {
    for (int level = 0; level < tile_levels; ++level) {
        const std::int64_t hashes = size >> (level * merkle::tile_height);
        const std::int64_t n = hashes / merkle::tile_width;
        const int fill = static_cast<int>(hashes % merkle::tile_width);
        if (fill == 0) continue;
        const auto bytes = store::tile(db, level, n);
        if (!bytes || bytes->size() != static_cast<std::size_t>(fill) * hash_bytes)
            unfit("tile " + std::to_string(level) + "/" + std::to_string(n) + " does not fit the log's size");
        log.nodes.load_tile(level, n, *bytes);
    }
    std::vector<merkle::Hash> peaks;
    for (int level = 62; level >= 0; --level)
        if (size >> level & 1) peaks.push_back(log.nodes.at(level, (size >> level) - 1));
    log.frontier = merkle::Frontier(size, std::move(peaks));
}

void check_head(db::Connection& db, const Log& log, const store::Head& head, const merkle::SignerKey& signer) {
    const auto note = merkle::Note::parse(head.checkpoint);
    const auto checkpoint = note ? merkle::Checkpoint::parse(note->body) : std::nullopt;
    if (!checkpoint) unfit("its newest checkpoint is damaged");
    if (checkpoint->origin != signer.verifier().name)
        unfit("its checkpoints are those of " + checkpoint->origin + ", the key is that of " + signer.verifier().name);
    if (!merkle::signed_by(*note, signer.verifier())) unfit("its newest checkpoint is not signed by this key");
    if (checkpoint->size != head.size) unfit("its newest checkpoint and its head are of different sizes");
    if (checkpoint->root != log.frontier.root()) unfit("its tiles do not give the root that was signed");
    if (store::entry_count(db) != head.size) unfit("its entries end before or after the signed size");
}

}  // namespace

std::string checkpoint_of(const merkle::Frontier& frontier, const merkle::SignerKey& signer) {
    const merkle::Checkpoint checkpoint{signer.verifier().name, frontier.size(), frontier.root()};
    return merkle::sign(checkpoint.body(), signer).text();
}

void put_tiles(db::Connection& db, const Nodes& nodes, std::int64_t from, std::int64_t to) {
    for (int level = 0; level < tile_levels; ++level) {
        const std::int64_t old_count = from >> (level * merkle::tile_height);
        const std::int64_t new_count = to >> (level * merkle::tile_height);
        if (old_count == new_count) return;
        for (std::int64_t n = old_count / merkle::tile_width; n * merkle::tile_width < new_count; ++n)
            store::put_tile(db, level, n, nodes.tile_bytes(level, n, merkle::tile_fill(level, n, to)));
    }
}

Log open_log(db::Connection& writer, const merkle::SignerKey& signer, std::string_view address) {
    Log log;
    db::Transaction transaction(writer);
    const auto head = store::head(writer);
    if (!head) {
        if (store::entry_count(writer) != 0) unfit("it has entries but no head (a rebuild that was cut off?)");
        log.epoch = 1;
        log.checkpoint = checkpoint_of(log.frontier, signer);
        store::add_head(writer, {log.epoch, 0, log.checkpoint, std::string(address)});
    } else {
        load_edge(writer, log, head->size);
        check_head(writer, log, *head, signer);
        if (head->size > 0) {
            const std::vector<std::string> newest = store::leaves(writer, head->size - 1, head->size);
            if (merkle::leaf_hash(kernel::view(newest.at(0))) != hashes(writer)(0, head->size - 1))
                unfit("its newest entry is not the one that was signed");
            const Leaf leaf = read_leaf(newest[0], head->size - 1);
            log.last = leaf.time;
            log.format = leaf.format;
        }
        if (!store::take_lead(writer, head->epoch, head->size, address)) unfit("another leader has moved");
        log.epoch = head->epoch + 1;
        log.checkpoint = head->checkpoint;
    }
    transaction.commit();
    return log;
}

}  // namespace ledger

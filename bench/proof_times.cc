// huiyin-proof-times: how long an inclusion proof of a random entry takes in a log of so many entries, from the tiles
// on SQLite, with nothing remembered from the proof before.
//   huiyin-proof-times ENTRIES PROOFS FOLDER
// The tiles are those of a tree over made leaf hashes; each proof is checked against the tree's root.
// Prints one JSON object: median_ms, p99_ms.
#include <cstdio>
#include <cstdlib>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <db/database.h>
#include <ledger/ledger.h>
#include <merkle/merkle.h>
#include <merkle/tile.h>

#include "figures.h"

namespace {

merkle::Hash made_leaf(std::int64_t index) { return kernel::sha256(kernel::view("leaf " + std::to_string(index))); }

merkle::Hash root_of(std::span<const merkle::Hash> hashes) {
    merkle::Frontier tree;
    for (const merkle::Hash& hash : hashes) tree.append(hash);
    return tree.root();
}

// The tiles of one level out of its hashes; returns the roots of the full ones: the hashes of the level above.
std::vector<merkle::Hash> write_level(db::Connection& db, int level, std::int64_t size,
                                      const std::function<merkle::Hash(std::int64_t)>& hash) {
    std::vector<merkle::Hash> above;
    for (std::int64_t n = 0; n * merkle::tile_width < size; ++n) {
        std::vector<merkle::Hash> hashes;
        for (std::int64_t i = n * merkle::tile_width; i < std::min<std::int64_t>((n + 1) * merkle::tile_width, size);
             ++i)
            hashes.push_back(hash(i));
        kernel::Bytes bytes;
        for (const merkle::Hash& one : hashes) bytes.insert(bytes.end(), one.begin(), one.end());
        db.run("insert into tile (level, n, hashes) values ($1, $2, $3)", level, n, bytes);
        if (hashes.size() == static_cast<std::size_t>(merkle::tile_width)) above.push_back(root_of(hashes));
    }
    return above;
}

void write_tiles(db::Connection& db, std::int64_t size) {
    std::vector<merkle::Hash> hashes = write_level(db, 0, size, made_leaf);
    for (int level = 1; !hashes.empty(); ++level)
        hashes = write_level(db, level, static_cast<std::int64_t>(hashes.size()),
                             [&](std::int64_t i) { return hashes[static_cast<std::size_t>(i)]; });
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    try {
        const std::int64_t size = std::stoll(argv[1]);
        const auto database = db::Database::open({argv[3], ""});
        db::Transaction writing(database->writer());
        write_tiles(database->writer(), size);
        writing.commit();
        auto db = database->read();
        const merkle::Hash root = merkle::root(size, ledger::hashes(*db));
        std::mt19937_64 random(7);
        std::vector<double> times;
        for (int i = 0; i < std::atoi(argv[2]); ++i) {
            const std::int64_t index = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(size));
            const double start = kernel::stopwatch();
            const merkle::Proof proof = merkle::inclusion_proof(index, size, ledger::hashes(*db));
            times.push_back(1000 * (kernel::stopwatch() - start));
            if (!merkle::verify_inclusion(index, size, made_leaf(index), proof, root))
                throw std::runtime_error("the proof of entry " + std::to_string(index) + " is wrong");
        }
        std::printf("{\"median_ms\":%.4f,\"p99_ms\":%.4f}\n", bench::at_share(times, 0.5),
                    bench::at_share(times, 0.99));
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "huiyin-proof-times: %s\n", error.what());
        return 1;
    }
}

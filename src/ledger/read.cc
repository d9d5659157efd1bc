#include <stdexcept>

#include <db/db.h>

#include "entry.h"
#include "leaf.h"
#include "ledger.h"
#include "store.h"

namespace ledger {

Entry entry_of(const store::Stored& stored) {
    Leaf leaf = read_leaf(stored.leaf, stored.index);
    Entry entry{stored.index,
                leaf.time,
                std::move(leaf.kind),
                leaf.v,
                leaf.subject,
                leaf.parent,
                read_payload(stored.facts, stored.index),
                std::nullopt};
    if (stored.words) entry.words = read_payload(stored.words->bytes, stored.index);
    return entry;
}

std::string Receipt::tlog_proof() const { return merkle::TlogProof{index, proof, checkpoint, std::nullopt}.text(); }

std::optional<Receipt> receipt(db::Connection& db, std::int64_t index) {
    // The head is read first: what the other tables hold beyond it changes nothing below it.
    auto newest = store::head(db);
    if (!newest || index < 0 || index >= newest->size) return std::nullopt;
    auto bytes = leaf(db, index);
    if (!bytes) throw std::runtime_error("ledger entry " + std::to_string(index) + " is missing");
    Receipt out;
    out.index = index;
    out.time = read_leaf(*bytes, index).time;
    out.leaf = std::move(*bytes);
    out.proof = merkle::inclusion_proof(index, newest->size, hashes(db));
    out.checkpoint = std::move(newest->checkpoint);
    return out;
}

std::optional<Entry> entry(db::Connection& db, std::int64_t index) {
    const std::vector<store::Stored> found = store::entries(db, index, index + 1, 1);
    if (found.empty()) return std::nullopt;
    return entry_of(found.front());
}

std::vector<Entry> entries(db::Connection& db, std::int64_t from, int at_most) {
    std::vector<Entry> out;
    for (const store::Stored& stored : store::entries(db, from, size(db), at_most)) out.push_back(entry_of(stored));
    return out;
}

std::optional<std::string> leaf(db::Connection& db, std::int64_t index) {
    std::vector<std::string> found = store::leaves(db, index, index + 1);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::string head(db::Connection& db) {
    auto newest = store::head(db);
    if (!newest) throw std::runtime_error("there is no log here yet");
    return std::move(newest->checkpoint);
}

std::int64_t size(db::Connection& db) {
    const auto newest = store::head(db);
    return newest ? newest->size : 0;
}

std::vector<WholeEntry> whole_entries(db::Connection& db, std::int64_t from, std::int64_t before, int at_most) {
    return store::entries(db, from, before, at_most);
}

std::vector<std::int64_t> with_served_words(db::Connection& db, std::span<const std::int64_t> entries) {
    return store::with_served_words(db, entries);
}

std::vector<PublicEntry> public_entries(db::Connection& db, std::int64_t from, int at_most) {
    std::vector<PublicEntry> out;
    for (store::Stored& stored : store::entries(db, from, size(db), at_most)) {
        PublicEntry entry;
        entry.index = stored.index;
        entry.words_erased = !stored.words && read_leaf(stored.leaf, stored.index).words;
        entry.leaf = std::move(stored.leaf);
        if (stored.facts_open) {
            entry.facts = std::move(stored.facts);
            entry.facts_salt = std::move(stored.facts_salt);
        }
        if (stored.words && stored.words->open) {
            entry.words = std::move(stored.words->bytes);
            entry.words_salt = std::move(stored.words->salt);
        }
        out.push_back(std::move(entry));
    }
    return out;
}

}  // namespace ledger

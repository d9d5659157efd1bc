// The Merkle tree of RFC 6962 section 2 and RFC 9162 section 2 (the same for our purpose), as pure functions over
// hashes. No storage: whoever has the hashes lends a reader.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include <kernel/bytes.h>

namespace merkle {

using kernel::Hash;
using Proof = std::vector<Hash>;

Hash empty_root();                                    // SHA-256 of nothing
Hash leaf_hash(kernel::View leaf);                    // SHA-256(00 || leaf)
Hash node_hash(const Hash& left, const Hash& right);  // SHA-256(01 || left || right)

// The complete subtrees of a tree of `size` leaves, left to right: what is needed to append and to know the root.
class Frontier {
public:
    Frontier() = default;
    // `peaks` left to right, one for each set bit of size; std::invalid_argument when the count differs.
    Frontier(std::int64_t size, std::vector<Hash> peaks);
    std::int64_t size() const { return size_; }
    const std::vector<Hash>& peaks() const { return peaks_; }
    Hash root() const;
    // Calls `complete(level, index, hash)` for the leaf (level 0) and each subtree of 2^level leaves it completes.
    void append(const Hash& leaf, const std::function<void(int level, std::int64_t index, const Hash&)>& complete = {});

private:
    std::int64_t size_ = 0;
    std::vector<Hash> peaks_;
};

// Reads the hash of the complete subtree of 2^level leaves that starts at leaf index * 2^level.
using Reader = std::function<Hash(int level, std::int64_t index)>;

Hash root(std::int64_t size, const Reader&);
// RFC 9162 section 2.1.3.1; 0 <= index < size, else std::invalid_argument.
Proof inclusion_proof(std::int64_t index, std::int64_t size, const Reader&);
// RFC 9162 section 2.1.4.1; 0 <= from <= to. Empty when from is 0 or equal to `to`.
Proof consistency_proof(std::int64_t from, std::int64_t to, const Reader&);

// Many inclusion proofs in one tree: what lies right of each peak is folded once, at construction.
class Prover {
public:
    // The reader is asked only for complete subtrees below the peak that holds the leaf.
    Prover(const Frontier&, Reader);
    Proof inclusion(std::int64_t index) const;  // 0 <= index < size, else std::invalid_argument

private:
    std::int64_t size_;
    std::vector<Hash> peaks_;
    std::vector<Hash> right_;  // right_[i]: peaks i and after, folded
    Reader reader_;
};

// RFC 9162 section 2.1.3.2 and 2.1.4.2. False for anything that does not prove it: wrong length, index out of range.
// A tree of no leaves is consistent with itself alone: what follows it, it does not prove.
bool verify_inclusion(std::int64_t index, std::int64_t size, const Hash& leaf, std::span<const Hash> proof,
                      const Hash& root);
bool verify_consistency(std::int64_t from, std::int64_t to, std::span<const Hash> proof, const Hash& from_root,
                        const Hash& to_root);

// Subtrees of draft-ietf-plants-merkle-tree-certs section 4: the leaves start..end-1 of a larger tree, where start is a
// multiple of the smallest power of two that is not below end - start. The functions above are their case start = 0.
bool verify_subtree_inclusion(std::int64_t index, std::int64_t start, std::int64_t end, const Hash& leaf,
                              std::span<const Hash> proof, const Hash& subtree_root);
// An empty subtree is consistent with every tree that reaches it.
bool verify_subtree_consistency(std::int64_t start, std::int64_t end, std::int64_t size, std::span<const Hash> proof,
                                const Hash& subtree_root, const Hash& root);

}  // namespace merkle

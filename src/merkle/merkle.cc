#include "merkle.h"

#include <algorithm>
#include <bit>
#include <stdexcept>

namespace merkle {
namespace {

constexpr std::uint8_t leaf_prefix[] = {0x00};
constexpr std::uint8_t node_prefix[] = {0x01};

int peak_count(std::int64_t size) { return std::popcount(static_cast<std::uint64_t>(size)); }

// The largest power of two below n; n >= 2.
std::int64_t split_point(std::int64_t n) {
    return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(n - 1)));
}

int level_of(std::int64_t power_of_two) { return std::countr_zero(static_cast<std::uint64_t>(power_of_two)); }

// The root over leaves begin..begin+n-1, where begin is a multiple of the smallest power of two not below n.
Hash range_root(std::int64_t begin, std::int64_t n, const Reader& reader) {
    if (std::has_single_bit(static_cast<std::uint64_t>(n))) {
        const int level = level_of(n);
        return reader(level, begin >> level);
    }
    const std::int64_t k = split_point(n);
    const Hash left = range_root(begin, k, reader);
    return node_hash(left, range_root(begin + k, n - k, reader));
}

Frontier frontier_of(std::int64_t size, const Reader& reader) {
    std::vector<Hash> peaks;
    for (int level = 62; level >= 0; --level)
        if (size >> level & 1) peaks.push_back(reader(level, (size >> level) - 1));
    return {size, std::move(peaks)};
}

// SUBPROOF of RFC 9162 section 2.1.4.1, for the leaves from `begin` on; `whole`: the verifier has this subtree's root.
void subproof(std::int64_t m, std::int64_t begin, std::int64_t n, bool whole, const Reader& reader, Proof& out) {
    if (m == n) {
        if (!whole) out.push_back(range_root(begin, n, reader));
        return;
    }
    const std::int64_t k = split_point(n);
    if (m <= k) {
        subproof(m, begin, k, whole, reader, out);
        out.push_back(range_root(begin + k, n - k, reader));
    } else {
        subproof(m - k, begin + k, n - k, false, reader, out);
        out.push_back(range_root(begin, k, reader));
    }
}

bool is_subtree(std::int64_t start, std::int64_t end) {
    if (start < 0 || end <= start) return false;
    return (static_cast<std::uint64_t>(start) & (std::bit_ceil(static_cast<std::uint64_t>(end - start)) - 1)) == 0;
}

}  // namespace

Hash empty_root() { return kernel::sha256(kernel::View{}); }
Hash leaf_hash(kernel::View leaf) { return kernel::sha256({leaf_prefix, leaf}); }
Hash node_hash(const Hash& left, const Hash& right) { return kernel::sha256({node_prefix, left, right}); }

Frontier::Frontier(std::int64_t size, std::vector<Hash> peaks) : size_(size), peaks_(std::move(peaks)) {
    if (size < 0 || peaks_.size() != static_cast<std::size_t>(peak_count(size)))
        throw std::invalid_argument("a tree has one peak for each set bit of its size");
}

Hash Frontier::root() const {
    if (peaks_.empty()) return empty_root();
    Hash folded = peaks_.back();
    for (std::size_t i = peaks_.size() - 1; i-- > 0;) folded = node_hash(peaks_[i], folded);
    return folded;
}

void Frontier::append(const Hash& leaf, const std::function<void(int, std::int64_t, const Hash&)>& complete) {
    Hash hash = leaf;
    int level = 0;
    if (complete) complete(0, size_, hash);
    // The trailing ones of the size are the subtrees that this leaf completes.
    for (std::int64_t rest = size_; rest & 1; rest >>= 1) {
        hash = node_hash(peaks_.back(), hash);
        peaks_.pop_back();
        ++level;
        if (complete) complete(level, size_ >> level, hash);
    }
    peaks_.push_back(hash);
    ++size_;
}

Prover::Prover(const Frontier& frontier, Reader reader)
    : size_(frontier.size()), peaks_(frontier.peaks()), right_(peaks_), reader_(std::move(reader)) {
    for (std::size_t i = right_.size(); i > 1; --i) right_[i - 2] = node_hash(peaks_[i - 2], right_[i - 1]);
}

Proof Prover::inclusion(std::int64_t index) const {
    if (index < 0 || index >= size_) throw std::invalid_argument("no such leaf in a tree of this size");
    std::size_t peak = 0;
    std::int64_t begin = 0, width = static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(size_)));
    while (index >= begin + width) {
        begin += width;
        width = static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(size_ - begin)));
        ++peak;
    }
    const int height = level_of(width);
    Proof proof;
    proof.reserve(static_cast<std::size_t>(height) + peaks_.size());
    for (int level = 0; level < height; ++level) proof.push_back(reader_(level, index >> level ^ 1));
    if (peak + 1 < peaks_.size()) proof.push_back(right_[peak + 1]);
    for (std::size_t i = peak; i-- > 0;) proof.push_back(peaks_[i]);
    return proof;
}

Hash root(std::int64_t size, const Reader& reader) {
    if (size < 0) throw std::invalid_argument("a tree has no negative size");
    return frontier_of(size, reader).root();
}

Proof inclusion_proof(std::int64_t index, std::int64_t size, const Reader& reader) {
    if (index < 0 || index >= size) throw std::invalid_argument("no such leaf in a tree of this size");
    return Prover(frontier_of(size, reader), reader).inclusion(index);
}

Proof consistency_proof(std::int64_t from, std::int64_t to, const Reader& reader) {
    if (from < 0 || to < from) throw std::invalid_argument("a consistency proof leads from a smaller tree to a larger");
    Proof proof;
    if (from > 0 && from < to) subproof(from, 0, to, true, reader, proof);
    return proof;
}

bool verify_subtree_inclusion(std::int64_t index, std::int64_t start, std::int64_t end, const Hash& leaf,
                              std::span<const Hash> proof, const Hash& subtree_root) {
    if (!is_subtree(start, end) || index < start || index >= end) return false;
    std::int64_t fn = index - start, sn = end - start - 1;  // fn, sn, r as RFC 9162 section 2.1.3.2 names them
    Hash r = leaf;
    for (const Hash& p : proof) {
        if (sn == 0) return false;
        if ((fn & 1) || fn == sn) {
            r = node_hash(p, r);
            while (!(fn & 1)) {  // fn is not 0: sn would be 0, too
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            r = node_hash(r, p);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && r == subtree_root;
}

bool verify_subtree_consistency(std::int64_t start, std::int64_t end, std::int64_t size, std::span<const Hash> proof,
                                const Hash& subtree_root, const Hash& root) {
    if (start >= 0 && start == end && end <= size) return proof.empty() && subtree_root == empty_root();
    if (!is_subtree(start, end) || end > size) return false;
    std::int64_t fn = start, sn = end - 1, tn = size - 1;  // the draft's names
    const bool at_the_end = sn == tn;
    while (fn != sn && (at_the_end || (sn & 1))) {
        fn >>= 1;
        sn >>= 1;
        tn >>= 1;
    }
    Hash fr = subtree_root;
    if (fn != sn) {
        if (proof.empty()) return false;
        fr = proof.front();
        proof = proof.subspan(1);
    }
    Hash sr = fr;
    for (const Hash& c : proof) {
        if (tn == 0) return false;
        if ((sn & 1) || sn == tn) {
            if (fn < sn) fr = node_hash(c, fr);
            sr = node_hash(c, sr);
            while (!(sn & 1)) {
                fn >>= 1;
                sn >>= 1;
                tn >>= 1;
            }
        } else {
            sr = node_hash(sr, c);
        }
        fn >>= 1;
        sn >>= 1;
        tn >>= 1;
    }
    return tn == 0 && fr == subtree_root && sr == root;
}

bool verify_inclusion(std::int64_t index, std::int64_t size, const Hash& leaf, std::span<const Hash> proof,
                      const Hash& root) {
    return verify_subtree_inclusion(index, 0, size, leaf, proof, root);
}

bool verify_consistency(std::int64_t from, std::int64_t to, std::span<const Hash> proof, const Hash& from_root,
                        const Hash& to_root) {
    if (from == to)
        return from >= 0 && proof.empty() && from_root == to_root && (from > 0 || from_root == empty_root());
    return from > 0 && verify_subtree_consistency(0, from, to, proof, from_root, to_root);
}

}  // namespace merkle

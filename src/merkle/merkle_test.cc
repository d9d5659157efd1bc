#include "merkle.h"

#include <bit>
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace {

using merkle::Hash;
using merkle::Proof;

std::string hex(const Hash& hash) { return kernel::hex(hash); }

std::vector<Hash> leaves_of(std::size_t n, std::uint8_t seed = 0) {
    std::vector<Hash> out;
    for (std::size_t i = 0; i < n; ++i)
        out.push_back(merkle::leaf_hash(kernel::view(std::to_string(i) + "/" + std::to_string(seed))));
    return out;
}

// The definitions of RFC 6962 section 2.1 word for word, over a list of leaf hashes: the slow twin.
using Leaves = std::span<const Hash>;
std::size_t split(std::size_t n) {
    std::size_t k = 1;
    while (k * 2 < n) k *= 2;
    return k;
}
Hash naive_root(Leaves d) {
    if (d.empty()) return merkle::empty_root();
    if (d.size() == 1) return d[0];
    const std::size_t k = split(d.size());
    return merkle::node_hash(naive_root(d.first(k)), naive_root(d.subspan(k)));
}
Proof naive_path(std::size_t m, Leaves d) {
    if (d.size() == 1) return {};
    const std::size_t k = split(d.size());
    Proof out = m < k ? naive_path(m, d.first(k)) : naive_path(m - k, d.subspan(k));
    out.push_back(naive_root(m < k ? d.subspan(k) : d.first(k)));
    return out;
}
Proof naive_subproof(std::size_t m, Leaves d, bool whole) {
    if (m == d.size()) return whole ? Proof{} : Proof{naive_root(d)};
    const std::size_t k = split(d.size());
    Proof out = m <= k ? naive_subproof(m, d.first(k), whole) : naive_subproof(m - k, d.subspan(k), false);
    out.push_back(naive_root(m <= k ? d.subspan(k) : d.first(k)));
    return out;
}

// Complete subtrees and nothing else, as a store has them.
class Store {
public:
    explicit Store(const std::vector<Hash>& leaves) {
        for (const Hash& leaf : leaves)
            frontier_.append(leaf, [this](int level, std::int64_t index, const Hash& hash) {
                EXPECT_TRUE(nodes_.emplace(std::pair(level, index), hash).second) << "completed twice";
            });
    }
    const merkle::Frontier& frontier() const { return frontier_; }
    merkle::Reader reader() const {
        return [this](int level, std::int64_t index) { return nodes_.at({level, index}); };
    }
    std::size_t nodes() const { return nodes_.size(); }

private:
    merkle::Frontier frontier_;
    std::map<std::pair<int, std::int64_t>, Hash> nodes_;
};

TEST(Merkle, hashes_of_nothing) {
    EXPECT_EQ(hex(merkle::empty_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex(merkle::leaf_hash({})), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    EXPECT_EQ(merkle::Frontier{}.root(), merkle::empty_root());
}

// The tree that most implementations of RFC 6962 test with.
TEST(Merkle, known_tree_of_eight) {
    const std::string leaves[] = {
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
    const char* roots[] = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                           "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                           "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                           "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                           "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                           "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                           "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                           "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    merkle::Frontier frontier;
    for (int i = 0; i < 8; ++i) {
        frontier.append(merkle::leaf_hash(*kernel::parse_hex(leaves[i])));
        EXPECT_EQ(hex(frontier.root()), roots[i]);
    }
}

TEST(Merkle, every_small_tree_equals_the_naive_twin) {
    const std::vector<Hash> leaves = leaves_of(40);
    for (std::size_t n = 1; n <= leaves.size(); ++n) {
        const Leaves d(leaves.data(), n);
        const std::int64_t size = static_cast<std::int64_t>(n);
        const Store store({d.begin(), d.end()});
        EXPECT_EQ(store.nodes(), 2 * n - static_cast<std::size_t>(std::popcount(n)));
        EXPECT_EQ(store.frontier().root(), naive_root(d));
        EXPECT_EQ(merkle::root(size, store.reader()), naive_root(d));
        const merkle::Prover prover(store.frontier(), store.reader());
        for (std::size_t i = 0; i < n; ++i) {
            const std::int64_t index = static_cast<std::int64_t>(i);
            EXPECT_EQ(merkle::inclusion_proof(index, size, store.reader()), naive_path(i, d));
            EXPECT_EQ(prover.inclusion(index), naive_path(i, d));
            EXPECT_TRUE(merkle::verify_inclusion(index, size, d[i], naive_path(i, d), naive_root(d)));
        }
        for (std::size_t m = 1; m <= n; ++m) {
            const Proof proof = merkle::consistency_proof(static_cast<std::int64_t>(m), size, store.reader());
            EXPECT_EQ(proof, naive_subproof(m, d, true));
            EXPECT_TRUE(merkle::verify_consistency(static_cast<std::int64_t>(m), size, proof, naive_root(d.first(m)),
                                                   naive_root(d)));
        }
        EXPECT_TRUE(merkle::consistency_proof(0, size, store.reader()).empty());
    }
}

RC_GTEST_PROP(MerkleProperty, random_trees_equal_the_naive_twin, ()) {
    const std::size_t n = *rc::gen::inRange<std::size_t>(1, 1500);
    const std::size_t i = *rc::gen::inRange<std::size_t>(0, n), m = *rc::gen::inRange<std::size_t>(1, n + 1);
    const std::vector<Hash> leaves = leaves_of(n, *rc::gen::arbitrary<std::uint8_t>());
    const std::int64_t size = static_cast<std::int64_t>(n);
    const Store store(leaves);
    const Hash root = naive_root(leaves), root_m = naive_root(Leaves(leaves).first(m));
    RC_ASSERT(store.frontier().root() == root);
    const Proof path = merkle::inclusion_proof(static_cast<std::int64_t>(i), size, store.reader());
    RC_ASSERT(path == naive_path(i, leaves));
    RC_ASSERT(merkle::verify_inclusion(static_cast<std::int64_t>(i), size, leaves[i], path, root));
    const Proof growth = merkle::consistency_proof(static_cast<std::int64_t>(m), size, store.reader());
    RC_ASSERT(growth == naive_subproof(m, leaves, true));
    RC_ASSERT(merkle::verify_consistency(static_cast<std::int64_t>(m), size, growth, root_m, root));
}

// Any one bit of a proof, a root or a leaf, any other index, a hash more or less: no longer a proof.
RC_GTEST_PROP(MerkleProperty, damaged_inclusion_proofs_are_refused, ()) {
    const std::size_t n = *rc::gen::inRange<std::size_t>(2, 300), i = *rc::gen::inRange<std::size_t>(0, n);
    const std::vector<Hash> leaves = leaves_of(n);
    const std::int64_t size = static_cast<std::int64_t>(n), index = static_cast<std::int64_t>(i);
    const Hash root = naive_root(leaves);
    Proof proof = naive_path(i, leaves);
    const auto verify = [&](std::int64_t at, const Proof& p) {
        return merkle::verify_inclusion(at, size, leaves[i], p, root);
    };
    RC_ASSERT(verify(index, proof));
    const std::size_t other = *rc::gen::inRange<std::size_t>(0, n);
    if (other != i) RC_ASSERT(!verify(static_cast<std::int64_t>(other), proof));
    RC_ASSERT(!verify(-1, proof));
    RC_ASSERT(!verify(size, proof));
    const int bit = *rc::gen::inRange(0, 256);
    Proof flipped = proof;
    flipped[*rc::gen::inRange<std::size_t>(0, proof.size())][static_cast<std::size_t>(bit / 8)] ^=
        static_cast<std::uint8_t>(1 << bit % 8);
    RC_ASSERT(!verify(index, flipped));
    Proof longer = proof;
    longer.push_back(root);
    RC_ASSERT(!verify(index, longer));
    proof.pop_back();
    RC_ASSERT(!verify(index, proof));
}

RC_GTEST_PROP(MerkleProperty, damaged_consistency_proofs_are_refused, ()) {
    const std::size_t n = *rc::gen::inRange<std::size_t>(2, 300), m = *rc::gen::inRange<std::size_t>(1, n);
    const std::vector<Hash> leaves = leaves_of(n);
    const std::int64_t from = static_cast<std::int64_t>(m), to = static_cast<std::int64_t>(n);
    const Hash before = naive_root(Leaves(leaves).first(m)), after = naive_root(leaves);
    Proof proof = naive_subproof(m, leaves, true);
    RC_ASSERT(merkle::verify_consistency(from, to, proof, before, after));
    Hash wrong = before;
    const int bit = *rc::gen::inRange(0, 256);
    wrong[static_cast<std::size_t>(bit / 8)] ^= static_cast<std::uint8_t>(1 << bit % 8);
    RC_ASSERT(!merkle::verify_consistency(from, to, proof, wrong, after));
    RC_ASSERT(!merkle::verify_consistency(from, to, proof, before, wrong));
    RC_ASSERT(!merkle::verify_consistency(to, from, proof, after, before));
    Proof flipped = proof;
    flipped[*rc::gen::inRange<std::size_t>(0, proof.size())][static_cast<std::size_t>(bit / 8)] ^=
        static_cast<std::uint8_t>(1 << bit % 8);
    RC_ASSERT(!merkle::verify_consistency(from, to, flipped, before, after));
    proof.pop_back();
    RC_ASSERT(!merkle::verify_consistency(from, to, proof, before, after));
}

TEST(Merkle, a_frontier_goes_on_from_its_peaks) {
    const std::vector<Hash> leaves = leaves_of(77);
    merkle::Frontier whole, first;
    for (int i = 0; i < 50; ++i) first.append(leaves[static_cast<std::size_t>(i)]);
    merkle::Frontier resumed(first.size(), first.peaks());
    for (std::size_t i = 50; i < leaves.size(); ++i) resumed.append(leaves[i]);
    for (const Hash& leaf : leaves) whole.append(leaf);
    EXPECT_EQ(resumed.size(), 77);
    EXPECT_EQ(resumed.peaks(), whole.peaks());
}

TEST(Merkle, refuses_what_makes_no_sense) {
    const merkle::Reader none = [](int, std::int64_t) -> Hash { throw std::logic_error("asked"); };
    EXPECT_THROW(merkle::Frontier(3, {Hash{}}), std::invalid_argument);
    EXPECT_THROW(merkle::Frontier(-1, {}), std::invalid_argument);
    EXPECT_THROW(merkle::inclusion_proof(3, 3, none), std::invalid_argument);
    EXPECT_THROW(merkle::inclusion_proof(-1, 3, none), std::invalid_argument);
    EXPECT_THROW(merkle::inclusion_proof(0, 0, none), std::invalid_argument);
    EXPECT_THROW(merkle::consistency_proof(4, 3, none), std::invalid_argument);
    EXPECT_THROW(merkle::consistency_proof(-1, 3, none), std::invalid_argument);
    EXPECT_THROW(merkle::root(-1, none), std::invalid_argument);
    EXPECT_EQ(merkle::root(0, none), merkle::empty_root());
    EXPECT_TRUE(merkle::consistency_proof(3, 3, none).empty());
    EXPECT_TRUE(merkle::verify_consistency(0, 0, {}, merkle::empty_root(), merkle::empty_root()));
    EXPECT_FALSE(merkle::verify_consistency(-2, -2, {}, Hash{}, Hash{}));
}

TEST(Merkle, many_proofs_in_one_tree_know_its_end) {
    const std::vector<Hash> leaves = leaves_of(3);
    merkle::Frontier frontier;
    for (const Hash& leaf : leaves) frontier.append(leaf);
    const merkle::Prover prover(frontier,
                                [&leaves](int, std::int64_t at) { return leaves[static_cast<std::size_t>(at)]; });
    EXPECT_TRUE(merkle::verify_inclusion(2, 3, leaves[2], prover.inclusion(2), frontier.root()));
    EXPECT_THROW(prover.inclusion(3), std::invalid_argument);
    EXPECT_THROW(prover.inclusion(-1), std::invalid_argument);
}

// Leaves 4..7 of twelve: of a subtree that is not the first, what lies before it comes first.
TEST(Merkle, subtrees_within_a_tree) {
    const std::vector<Hash> leaves = leaves_of(12);
    const auto over = [&leaves](std::size_t from, std::size_t to) {
        merkle::Frontier out;
        for (std::size_t i = from; i < to; ++i) out.append(leaves[i]);
        return out.root();
    };
    const Hash whole = over(0, 12), part = over(4, 8);
    const std::vector<Hash> proof = {over(0, 4), over(8, 12)};
    EXPECT_TRUE(merkle::verify_subtree_consistency(4, 8, 12, proof, part, whole));
    EXPECT_FALSE(merkle::verify_subtree_consistency(4, 8, 12, proof, over(0, 4), whole));
    EXPECT_FALSE(merkle::verify_subtree_consistency(4, 8, 12, std::vector<Hash>{proof[0]}, part, whole));
    EXPECT_FALSE(merkle::verify_subtree_consistency(4, 8, 7, proof, part, whole));
    EXPECT_TRUE(merkle::verify_subtree_inclusion(5, 4, 8, leaves[5], std::vector<Hash>{leaves[4], over(6, 8)}, part));
    // No subtree: before the first leaf, after the last, or not on its boundary.
    EXPECT_FALSE(merkle::verify_subtree_inclusion(0, -4, 4, leaves[0], {}, part));
    EXPECT_FALSE(merkle::verify_subtree_inclusion(6, 6, 10, leaves[6], {}, part));
    EXPECT_TRUE(merkle::verify_subtree_consistency(4, 4, 12, {}, merkle::empty_root(), whole));
    EXPECT_FALSE(merkle::verify_subtree_consistency(13, 13, 12, {}, merkle::empty_root(), whole));
    EXPECT_FALSE(merkle::verify_subtree_consistency(-4, -4, 12, {}, merkle::empty_root(), whole));
}

}  // namespace

#include <kernel/bytes.h>

#include "merkle.h"
#include "vectors.h"

namespace {

using kernel::Json;
using merkle::Hash;

// Nothing when it has another length than 32: such a vector is refused before any function of ours sees it.
std::optional<Hash> hash_of(const Json& base64) {
    const auto bytes = kernel::parse_base64(*base64.string());
    Hash out{};
    if (!bytes || bytes->size() != out.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

struct Read {
    const Json& vector;
    bool fits = true;  // all hashes have 32 bytes, all numbers 63 bits
    std::int64_t number(std::string_view member) {
        const std::int64_t* value = vector[member].integer();
        fits = fits && value;
        return value ? *value : 0;
    }
    Hash hash(std::string_view member) {
        const auto value = hash_of(vector[member]);
        fits = fits && value;
        return value.value_or(Hash{});
    }
    merkle::Proof proof() {
        merkle::Proof out;
        if (vector["proof"].is_null()) return out;
        for (const Json& item : *vector["proof"].array()) {
            const auto value = hash_of(item);
            fits = fits && value;
            out.push_back(value.value_or(Hash{}));
        }
        return out;
    }
};

struct Count {
    int vectors = 0, accepted = 0;
    int unfit = 0;  // that the file wants accepted: its roots are words ("don't care"), not hashes
};

// `verify` is asked about each vector of the file; what it says must be what the file wants.
template <class Verify>
Count run(const std::string& file, Verify verify) {
    Count count;
    const Json json = merkle::test_json("transparency-dev/" + file);
    for (const Json& vector : *json.array()) {
        Read read{vector};
        const bool verdict = verify(read), wanted = !*vector["wantErr"].boolean();
        const bool accepted = read.fits && verdict;
        EXPECT_EQ(accepted, read.fits && wanted) << *vector["file"].string();
        ++count.vectors;
        count.accepted += accepted;
        count.unfit += wanted && !read.fits;
    }
    return count;
}

TEST(Vectors, inclusion) {
    const Count count = run("inclusion.json", [](Read& v) {
        return merkle::verify_inclusion(v.number("leafIdx"), v.number("treeSize"), v.hash("leafHash"), v.proof(),
                                        v.hash("root"));
    });
    EXPECT_EQ(count.vectors, 98);
    EXPECT_EQ(count.accepted, 6);
    EXPECT_EQ(count.unfit, 0);
}

TEST(Vectors, consistency) {
    const Count count = run("consistency.json", [](Read& v) {
        return merkle::verify_consistency(v.number("size1"), v.number("size2"), v.proof(), v.hash("root1"),
                                          v.hash("root2"));
    });
    EXPECT_EQ(count.vectors, 98);
    EXPECT_EQ(count.accepted, 5);
    EXPECT_EQ(count.unfit, 1);
}

TEST(Vectors, subtree_inclusion) {
    const Count count = run("subtreeinclusion.json", [](Read& v) {
        return merkle::verify_subtree_inclusion(v.number("leafIdx"), v.number("start"), v.number("end"),
                                                v.hash("leafHash"), v.proof(), v.hash("root"));
    });
    EXPECT_EQ(count.vectors, 204);
    EXPECT_EQ(count.accepted, 12);
}

TEST(Vectors, subtree_consistency) {
    const Count count = run("subtreeconsistency.json", [](Read& v) {
        return merkle::verify_subtree_consistency(v.number("start"), v.number("end"), v.number("size"), v.proof(),
                                                  v.hash("root1"), v.hash("root2"));
    });
    EXPECT_EQ(count.vectors, 118);
    EXPECT_EQ(count.accepted, 9);
    EXPECT_EQ(count.unfit, 3);
}

}  // namespace

// Against RFC 7748, RFC 9180 (appendix A.1.1) and the working group's own vectors of our suite; and what must not open.
#include "box.h"

#include <algorithm>
#include <stdexcept>

#include <gtest/gtest.h>

#include "gcm.h"
#include "hpke.h"

namespace kernel {
namespace {

using hpke::Aead;

Bytes bytes_of(std::string_view hexadecimal) { return parse_hex(hexadecimal).value(); }
Hash hash_of(std::string_view hexadecimal) {
    const Bytes bytes = bytes_of(hexadecimal);
    Hash hash{};
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}
std::string shown(const std::optional<Hash>& hash) { return hash ? hex(*hash) : "none"; }

TEST(Box, X25519OfRfc7748) {
    const auto product = [](std::string_view scalar, std::string_view point) {
        return shown(hpke::x25519(bytes_of(scalar), bytes_of(point)));
    };
    EXPECT_EQ(product("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
                      "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"),
              "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
    EXPECT_EQ(product("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
                      "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493"),
              "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
    const BoxKey alice = BoxKey::from(bytes_of("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")),
                 bob = BoxKey::from(bytes_of("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));
    EXPECT_EQ(hex(alice.public_key()), "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    EXPECT_EQ(hex(bob.public_key()), "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    const std::string agreed = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";
    EXPECT_EQ(shown(hpke::x25519(alice.secret(), bob.public_key())), agreed);
    EXPECT_EQ(shown(hpke::x25519(bob.secret(), alice.public_key())), agreed);
    Hash k{9}, u{9};
    for (int i = 1; i <= 1000; ++i) {
        const Hash next = hpke::x25519(k, u).value();
        u = k;
        k = next;
        if (i > 1) continue;
        EXPECT_EQ(hex(k), "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
    }
    EXPECT_EQ(hex(k), "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
}

// Points of small order (RFC 7748 section 6.1 asks for the check, RFC 9180 section 7.1.4 demands it).
TEST(Box, NoBoxIsClosedToAPointOfSmallOrder) {
    for (const std::string_view point : {"0000000000000000000000000000000000000000000000000000000000000000",
                                         "0100000000000000000000000000000000000000000000000000000000000000",
                                         "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                         "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                                         "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"}) {
        EXPECT_THROW(box(hash_of(point), "test", "", view("x")), std::invalid_argument) << point;
        Bytes boxed = bytes_of(point);
        boxed.resize(box_overhead + 1);
        EXPECT_FALSE(unbox(BoxKey::random(), "test", "", boxed)) << point;
    }
    EXPECT_THROW(BoxKey::from(Bytes(31, 1)), std::invalid_argument);
}

struct Vector {
    Aead aead;
    std::string_view ikm_e, ikm_r, sk_e, sk_r, pk_r, enc, shared, key, nonce, sealed;
};
const Vector vectors[] = {
    // RFC 9180 appendix A.1.1: the same steps with AES-128-GCM.
    {Aead::aes_128_gcm, "7268600d403fce431561aef583ee1613527cff655c1343f29812e66706df3234",
     "6db9df30aa07dd42ee5e8181afdb977e538f5e1fec8a06223f33f7013e525037",
     "52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736",
     "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
     "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d",
     "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
     "fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc", "4531685d41d65f03dc48f6b8302c05b0",
     "56d890e5accaaf011cff4b7d",
     "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a"},
    // The working group's vectors 779d028 of our suite, which the appendix leaves out ("HPKE-v1" as in the RFC).
    {Aead::aes_256_gcm, "dfd175121e21c253a93df7fab2b69fb20112320188532abb11f2ff74efc5c724",
     "d5b09b6a5e44852d7d5de180b6cd07a1cda48cdc561015134458ea3fbea35ec5",
     "28e212563a8b6f068af7ff17400ff1baf23612b7a738bbaf5dfb321b2b5b431a",
     "4f8282f1b30e39a5d7f3fcccf73d8044a09d89ac168c1929f179e2e93e20b8ae",
     "ac66bae9ffa270cf4a89ed9f274e30c0456babae2572aaaf002ff0d8884ab018",
     "8e806d41aecfcece96a6b47f1e488a3ac6e48090d9b634355c705dd34311d900",
     "80d96bdd3f508642a68fb2830e2ef4ce03eb527cc07dfc594d930b08fb573f9c",
     "d7c0d49221e08f1a9270fed5ace0e600e570c766c83e19643d520670299a97d1", "a243fc1ebc972a48eaf28ea9",
     "23ded2d5d90ea89d975dac4792b297240f194952d7421aacbff0474100052b6bb8aa58d18ef6c42b6960e2e28f"},
};

TEST(Box, HpkeStepByStep) {
    const Bytes info = bytes_of("4f6465206f6e2061204772656369616e2055726e"), bound = bytes_of("436f756e742d30"),
                plain = bytes_of("4265617574792069732074727574682c20747275746820626561757479");
    for (const Vector& v : vectors) {
        EXPECT_EQ(hex(hpke::derive_private(bytes_of(v.ikm_e))), v.sk_e);
        EXPECT_EQ(hex(hpke::derive_private(bytes_of(v.ikm_r))), v.sk_r);
        const BoxKey ephemeral = BoxKey::from(bytes_of(v.sk_e)), receiver = BoxKey::derived(bytes_of(v.ikm_r));
        EXPECT_EQ(hex(ephemeral.public_key()), v.enc);
        EXPECT_EQ(hex(receiver.public_key()), v.pk_r);
        EXPECT_EQ(shown(hpke::encapsulated(ephemeral, receiver.public_key())), v.shared);
        EXPECT_EQ(shown(hpke::decapsulated(receiver, ephemeral.public_key())), v.shared);
        const hpke::Keys keys = hpke::schedule(hash_of(v.shared), info, v.aead);
        EXPECT_EQ(hex(keys.key), v.key);
        EXPECT_EQ(hex(keys.nonce), v.nonce);
        Bytes sealed(plain.size() + gcm::tag_bytes);
        gcm::close(gcm::started(keys.key, keys.nonce, bound, true).get(), plain, sealed.data());
        EXPECT_EQ(hex(sealed), v.sealed);
    }
}

// What somebody else closed, as RFC 9180 says, opens here.
TEST(Box, OpensThePublishedBox) {
    const Vector& v = vectors[1];
    Bytes boxed = bytes_of(v.enc), rest = bytes_of(v.sealed);
    boxed.insert(boxed.end(), rest.begin(), rest.end());
    const auto opened = unbox(BoxKey::from(bytes_of(v.sk_r)), "Ode on a Grecian Urn", "Count-0", boxed);
    ASSERT_TRUE(opened);
    EXPECT_EQ(text(*opened), "Beauty is truth, truth beauty");
}

TEST(Box, OpensForTheKeyAloneAndNeverLooksTheSame) {
    const BoxKey key = BoxKey::random(), other = BoxKey::random();
    const Bytes boxed = box(key.public_key(), "test", "place 1", view("secret"));
    EXPECT_EQ(boxed.size(), 6 + box_overhead);
    EXPECT_NE(boxed, box(key.public_key(), "test", "place 1", view("secret")));
    EXPECT_EQ(text(unbox(key, "test", "place 1", boxed).value()), "secret");
    EXPECT_EQ(unbox(key, "test", "", box(key.public_key(), "test", "", {})).value(), Bytes());
    EXPECT_FALSE(unbox(other, "test", "place 1", boxed)) << "another key";
    EXPECT_FALSE(unbox(key, "tes", "place 1", boxed)) << "another use";
    EXPECT_FALSE(unbox(key, "test", "place 2", boxed)) << "another place";
    for (std::size_t bit = 0; bit < boxed.size() * 8; ++bit) {
        // The highest bit of an X25519 public key is ignored (RFC 7748 section 5); the shared secret binds it (section
        // 4.1 of RFC 9180), so that the box does not open either.
        Bytes flipped = boxed;
        flipped[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
        EXPECT_FALSE(unbox(key, "test", "place 1", flipped)) << bit;
    }
    for (std::size_t n = 0; n < boxed.size(); ++n) EXPECT_FALSE(unbox(key, "test", "place 1", View(boxed).first(n)));
    Bytes longer = boxed;
    longer.push_back(0);
    EXPECT_FALSE(unbox(key, "test", "place 1", longer));
}

TEST(Box, AKeyMovesAndLeavesNothing) {
    BoxKey key = BoxKey::random();
    const Bytes secret(key.secret().begin(), key.secret().end());
    const BoxKey moved = std::move(key);
    EXPECT_EQ(Bytes(moved.secret().begin(), moved.secret().end()), secret);
    const Bytes left(key.secret().begin(), key.secret().end());  // NOLINT: that is what is asked
    EXPECT_EQ(left, Bytes(32));
    EXPECT_EQ(BoxKey::derived(view("a")).public_key(), BoxKey::derived(view("a")).public_key());
    EXPECT_NE(BoxKey::derived(view("a")).public_key(), BoxKey::derived(view("b")).public_key());
    Bytes some(3, 1);
    wipe(some);
    EXPECT_TRUE(some.empty());
}

}  // namespace
}  // namespace kernel

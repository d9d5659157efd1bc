#include "hpke.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "gcm.h"

namespace kernel::hpke {
namespace {

constexpr std::size_t key_bytes = 32;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Exchange = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;

void need_x25519(bool done) {
    if (!done) throw std::runtime_error("OpenSSL: X25519");
}

Bytes joined(std::initializer_list<View> parts) {
    Bytes all;
    for (const View part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

Bytes suite(std::string_view start, std::initializer_list<std::uint8_t> ids) {
    Bytes id = joined({view(start)});
    for (const std::uint8_t one : ids) {
        id.push_back(0);
        id.push_back(one);
    }
    return id;
}
Bytes kem_suite() { return suite("KEM", {0x20}); }
Bytes hpke_suite(Aead aead) { return suite("HPKE", {0x20, 0x01, static_cast<std::uint8_t>(aead)}); }

// Section 4: HKDF (RFC 5869) with labels. An empty salt is as many zeros as the hash is long.
Hash extract(View suite_id, View salt, std::string_view label, View secret) {
    static constexpr Hash zeros{};
    const Bytes labeled = joined({view("HPKE-v1"), suite_id, view(label), secret});
    return hmac_sha256(salt.empty() ? View(zeros) : salt, labeled);
}

// At most 32 bytes: one round of HKDF-Expand.
Bytes expand(View suite_id, const Hash& from, std::string_view label, View info, std::size_t length) {
    const std::uint8_t size[2] = {0, static_cast<std::uint8_t>(length)}, round[1] = {1};
    const Hash out = hmac_sha256(from, joined({size, view("HPKE-v1"), suite_id, view(label), info, round}));
    return {out.begin(), out.begin() + static_cast<std::ptrdiff_t>(length)};
}

Hash expanded(View suite_id, const Hash& from, std::string_view label, View info) {
    const Bytes all = expand(suite_id, from, label, info, key_bytes);
    Hash hash;
    std::copy_n(all.begin(), hash.size(), hash.begin());
    return hash;
}

Hash shared_secret(const Hash& agreed, View encapsulated_key, View receiver) {
    const Bytes suite_id = kem_suite();
    const Hash extracted = extract(suite_id, {}, "eae_prk", agreed);
    return expanded(suite_id, extracted, "shared_secret", joined({encapsulated_key, receiver}));
}

Key private_key(View private32) {
    Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, private32.data(), private32.size()), &EVP_PKEY_free);
    need_x25519(key != nullptr);
    return key;
}

}  // namespace

std::optional<Hash> x25519(View private32, View public32) {
    const Key mine = private_key(private32);
    const Key theirs(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, public32.data(), public32.size()),
                     &EVP_PKEY_free);
    const Exchange exchange(EVP_PKEY_CTX_new(mine.get(), nullptr), &EVP_PKEY_CTX_free);
    need_x25519(theirs && exchange && EVP_PKEY_derive_init(exchange.get()) == 1 &&
                EVP_PKEY_derive_set_peer(exchange.get(), theirs.get()) == 1);
    Hash agreed{};
    std::size_t size = agreed.size();
    // OpenSSL refuses what comes out as zeros, which a point of small order gives.
    if (EVP_PKEY_derive(exchange.get(), agreed.data(), &size) != 1 || size != agreed.size()) return std::nullopt;
    return agreed;
}

Hash x25519_public(View private32) {
    Hash key{};
    std::size_t size = key.size();
    need_x25519(EVP_PKEY_get_raw_public_key(private_key(private32).get(), key.data(), &size) == 1 &&
                size == key.size());
    return key;
}

Hash derive_private(View secret) {
    const Bytes suite_id = kem_suite();
    return expanded(suite_id, extract(suite_id, {}, "dkp_prk", secret), "sk", {});
}

std::optional<Hash> encapsulated(const BoxKey& ephemeral, const Hash& receiver) {
    const auto agreed = x25519(ephemeral.secret(), receiver);
    if (!agreed) return std::nullopt;
    return shared_secret(*agreed, ephemeral.public_key(), receiver);
}

std::optional<Hash> decapsulated(const BoxKey& receiver, View encapsulated_key) {
    if (encapsulated_key.size() != key_bytes) return std::nullopt;
    const auto agreed = x25519(receiver.secret(), encapsulated_key);
    if (!agreed) return std::nullopt;
    return shared_secret(*agreed, encapsulated_key, receiver.public_key());
}

Keys schedule(const Hash& shared, View info, Aead aead) {
    const Bytes suite_id = hpke_suite(aead);
    const std::uint8_t base_mode[1] = {0};
    const Bytes context =
        joined({base_mode, extract(suite_id, {}, "psk_id_hash", {}), extract(suite_id, {}, "info_hash", info)});
    const Hash secret = extract(suite_id, shared, "secret", {});
    const std::size_t length = aead == Aead::aes_256_gcm ? 32 : 16;
    return {expand(suite_id, secret, "key", context, length),
            expand(suite_id, secret, "base_nonce", context, gcm::nonce_bytes)};
}

}  // namespace kernel::hpke

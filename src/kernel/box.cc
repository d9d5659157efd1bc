#include "box.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "gcm.h"
#include "hpke.h"

namespace kernel {

BoxKey BoxKey::from(View private32) {
    BoxKey key;
    if (private32.size() != key.secret_.size()) throw std::invalid_argument("a private key has 32 bytes");
    std::copy(private32.begin(), private32.end(), key.secret_.begin());
    key.public_ = hpke::x25519_public(key.secret_);
    return key;
}

BoxKey BoxKey::random() {
    Bytes secret = random_bytes(32);
    BoxKey key = from(secret);
    wipe(secret);
    return key;
}

BoxKey BoxKey::derived(View secret) { return from(hpke::derive_private(secret)); }

BoxKey::BoxKey(BoxKey&& other) noexcept : secret_(other.secret_), public_(other.public_) {
    OPENSSL_cleanse(other.secret_.data(), other.secret_.size());
    other.public_ = {};
}

BoxKey& BoxKey::operator=(BoxKey&& other) noexcept {
    std::swap(secret_, other.secret_);
    std::swap(public_, other.public_);
    return *this;
}

BoxKey::~BoxKey() { OPENSSL_cleanse(secret_.data(), secret_.size()); }

Bytes box(const Hash& public_key, std::string_view info, std::string_view bound, View plain) {
    const BoxKey ephemeral = BoxKey::random();
    const auto shared = hpke::encapsulated(ephemeral, public_key);
    if (!shared) throw std::invalid_argument("no box can be closed to this public key");
    hpke::Keys keys = hpke::schedule(*shared, view(info), hpke::Aead::aes_256_gcm);
    Bytes out(ephemeral.public_key().begin(), ephemeral.public_key().end());
    const std::size_t start = out.size();
    out.resize(start + plain.size() + gcm::tag_bytes);
    const gcm::Cipher cipher = gcm::started(keys.key, keys.nonce, view(bound), true);
    gcm::close(cipher.get(), plain, out.data() + start);
    wipe(keys.key);
    return out;
}

std::optional<Bytes> unbox(const BoxKey& key, std::string_view info, std::string_view bound, View boxed) {
    if (boxed.size() < box_overhead) return std::nullopt;
    const std::size_t start = key.public_key().size();
    const auto shared = hpke::decapsulated(key, boxed.first(start));
    if (!shared) return std::nullopt;
    hpke::Keys keys = hpke::schedule(*shared, view(info), hpke::Aead::aes_256_gcm);
    auto plain = gcm::open(keys.key, keys.nonce, view(bound), boxed.subspan(start));
    wipe(keys.key);
    return plain;
}

void wipe(Bytes& bytes) {
    OPENSSL_cleanse(bytes.data(), bytes.size());
    bytes.clear();
}

void wipe(std::string& text) {
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

}  // namespace kernel

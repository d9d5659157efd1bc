// The steps of HPKE (RFC 9180) in base mode with DHKEM(X25519, HKDF-SHA256) and HKDF-SHA256, apart, so that each can be
// held against published vectors. Private to the kernel; box.h is what others use.
#pragma once
#include <optional>

#include "box.h"
#include "bytes.h"

namespace kernel::hpke {

enum class Aead : std::uint8_t { aes_128_gcm = 1, aes_256_gcm = 2 };  // numbers of RFC 9180 section 7.3

// X25519 (RFC 7748 section 5): nothing when the result is all zeros.
std::optional<Hash> x25519(View private32, View public32);
Hash x25519_public(View private32);
Hash derive_private(View secret);  // section 7.1.3

// Section 4.1: the shared secret of an ephemeral key and the receiver's public key, and of what the receiver has.
std::optional<Hash> encapsulated(const BoxKey& ephemeral, const Hash& receiver);
std::optional<Hash> decapsulated(const BoxKey& receiver, View encapsulated_key);

// Section 5.1, mode 0. The base nonce serves one message, with sequence number 0.
struct Keys {
    Bytes key, nonce;
};
Keys schedule(const Hash& shared, View info, Aead);

}  // namespace kernel::hpke

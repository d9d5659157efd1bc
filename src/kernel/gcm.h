// AES-GCM, NIST SP 800-38D, under OpenSSL's: what seal.cc and hpke.cc share. Keys of 16 or 32 bytes, nonces of 12, tags
// of 16 behind the text. Private to the kernel. Any thread.
#pragma once
#include <openssl/evp.h>

#include <memory>
#include <optional>

#include "bytes.h"

namespace kernel::gcm {

inline constexpr std::size_t nonce_bytes = 12, tag_bytes = 16;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

// A key must never see a nonce twice.
Cipher started(View key, View nonce, View bound, bool sealing);
// Writes the text and its tag, plain.size() + tag_bytes, and ends the cipher.
void close(EVP_CIPHER_CTX*, View plain, std::uint8_t* out);
// Nothing when a single bit of it, key, nonce or what it is bound to is another.
std::optional<Bytes> open(View key, View nonce, View bound, View text_and_tag);

}  // namespace kernel::gcm

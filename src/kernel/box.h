// A box to a public key: whoever has the public key closes it, only the holder of the private key opens it.
//
// The construction is HPKE, RFC 9180, in base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM (suite
// 0x0020, 0x0001, 0x0002), one message for each encapsulated key (section 6.1). X25519, HMAC and AES are OpenSSL's.
// It says nothing of who closed the box, and does not stay closed for whoever gets the private key later.
// docs/decisions/0019. Any thread.
#pragma once
#include <optional>
#include <string_view>

#include "bytes.h"

namespace kernel {

// A private key, X25519 (RFC 7748), with its public key. Wiped when it goes; a moved-from key is empty.
class BoxKey {
public:
    static BoxKey random();
    static BoxKey from(View private32);  // std::invalid_argument for another length
    // The same key for the same secret: DeriveKeyPair of RFC 9180 section 7.1.3. The secret must have as many random
    // bits as the key shall be worth.
    static BoxKey derived(View secret);

    BoxKey(BoxKey&&) noexcept;
    BoxKey& operator=(BoxKey&&) noexcept;
    BoxKey(const BoxKey&) = delete;
    ~BoxKey();
    View secret() const { return secret_; }  // 32 bytes
    const Hash& public_key() const { return public_; }

private:
    BoxKey() = default;
    Hash secret_{}, public_{};
};

inline constexpr std::size_t box_overhead = 48;  // bytes a box is longer than what is in it

// `info` parts the uses of one key from each other, `bound` binds the box to its place. std::invalid_argument for a
// public key that no box can be closed to (a point of small order, RFC 7748 section 6.1).
Bytes box(const Hash& public_key, std::string_view info, std::string_view bound, View plain);
// Nothing when a single bit, the use, the place or the key is another.
std::optional<Bytes> unbox(const BoxKey&, std::string_view info, std::string_view bound, View boxed);

void wipe(Bytes&);  // overwrites, in a way that no compiler leaves out, and empties
void wipe(std::string&);

}  // namespace kernel

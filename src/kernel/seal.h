// Sealing of small secrets that must be read again, under a key of ours: AES-256-GCM, NIST SP 800-38D. What is not read
// again is hashed instead (bytes.h). Any thread.
#pragma once
#include <memory>
#include <optional>
#include <string_view>

#include "bytes.h"

namespace kernel {

// `purpose` parts the uses of one server key from each other; `about` binds the sealed bytes to their place (a row's
// key), so that they cannot be moved to another one. 12 random bytes, ciphertext, 16 bytes of tag.
Bytes seal(View server_key, std::string_view purpose, std::string_view about, View plain);

// The same in two steps, where what is to be sealed is only known at a moment that must be short: nonce, key and place
// are worked out beforehand, close() does the rest, once.
class Seal {
public:
    Seal(View server_key, std::string_view purpose, std::string_view about);
    Seal(Seal&&) noexcept;
    Seal& operator=(Seal&&) noexcept;
    ~Seal();
    Bytes close(View plain) &&;

private:
    struct Begun;
    std::unique_ptr<Begun> begun_;
};

// Nothing when a single bit, the purpose, the place or the key is another.
std::optional<Bytes> unseal(View server_key, std::string_view purpose, std::string_view about, View sealed);

}  // namespace kernel

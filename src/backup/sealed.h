// How what a backup holds is sealed.
#pragma once
#include <optional>

#include <kernel/bytes.h>

namespace backup {

// AES-256-GCM under a key that seals one content only, ever: so the nonce is zero. Content of the same key is the same.
kernel::Bytes seal(const kernel::Hash& key, kernel::View content);
std::optional<kernel::Bytes> open(const kernel::Hash& key, kernel::View sealed);  // nothing: not what was sealed

}  // namespace backup

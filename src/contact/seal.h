// Contact data as it stands in the ledger and nowhere else: kernel::seal (AES-256-GCM) under the server's key, bound to
// its message, of a size that tells little. Whoever reads the database alone reads none of it. Any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include <kernel/bytes.h>

#include "contact.h"

namespace contact {

// What is sealed is filled up to a multiple of this, so that nothing, a telephone number, and a name with both ways
// look alike.
inline constexpr std::size_t seal_step = 128;

std::string close(kernel::View server_key, VoiceId, const Given&);  // base64
// Nothing for what was not closed under this key for this message. std::runtime_error for what is no contact data.
std::optional<Given> unsealed(kernel::View server_key, VoiceId, std::string_view sealed);

}  // namespace contact

// Who spoke, sealed. Facts of the ledger are served to everybody, so that anybody can recount; but they must not tell
// which voices come from one person, nor who spoke before. So each voice names its speaker under a key of the
// installation that stands in the ledger's closed part, in a block of fixed size, equal for everybody, different each
// time: kernel::seal (AES-256-GCM), bound to the round. The first version of voice.received masked the block with
// HMAC-SHA256(key, nonce || i) instead. Any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include <kernel/bytes.h>
#include <kernel/seal.h>
#include <people/people.h>

namespace voice {

struct Speaker {
    people::ParticipantId who;                  // zero: this entry is where they first speak
    std::optional<kernel::Hash> browser, code;  // keys this entry gives them
    friend bool operator==(const Speaker&, const Speaker&) = default;
};

// Begun before the act, closed inside it, where the speaker is known.
kernel::Seal begin_seal(const kernel::Hash& key, people::CycleId);
std::string close(kernel::Seal, const Speaker&);  // 135 characters of base64url

// Both throw std::runtime_error for what was not closed, or masked, under this key, for this round.
Speaker unseal(const kernel::Hash& key, people::CycleId, std::string_view sealed);
Speaker unmask(const kernel::Hash& key, std::string_view masked);  // 119 characters

}  // namespace voice

// Who spoke, sealed. Facts of the ledger are served to everybody, so that anybody can recount; but they must not tell
// which voices come from one person, nor who spoke before. So each voice names its speaker under a key of the
// installation that stands in the ledger's closed part: a mask from HMAC-SHA256(key, nonce || i) over a block of fixed
// size, equal for everybody, different each time.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <kernel/bytes.h>
#include <people/people.h>

namespace voice {

struct Speaker {
    people::ParticipantId who;                  // zero: this entry is where they first speak
    std::optional<kernel::Hash> browser, code;  // keys this entry gives them
    friend bool operator==(const Speaker&, const Speaker&) = default;
};

// Drawn and computed before the act, so that sealing inside it costs nothing.
class Mask {
public:
    static Mask random(const kernel::Hash& key);
    std::string seal(const Speaker&) const;  // 119 characters of base64url

private:
    kernel::Bytes bytes_;  // 16 of the nonce, then the mask
};

// Throws std::runtime_error for what no seal() gave.
Speaker unseal(const kernel::Hash& key, std::string_view sealed);

}  // namespace voice

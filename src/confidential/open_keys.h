// Receivers' private keys: wrapped under a passphrase in local.db, and open in memory for a session that has shown it.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include <kernel/box.h>

#include "confidential.h"
#include "store.h"

namespace confidential {

// argon2id of the passphrase, then kernel::seal, bound to officer and public key.
KeyRow wrapped(people::OfficerId, const kernel::BoxKey&, const kernel::Secret& passphrase, const people::PasswordCost&);
// Nothing for another passphrase, or when one bit of the row is another.
std::optional<kernel::BoxKey> unwrapped(people::OfficerId, const KeyRow&, const kernel::Secret& passphrase);

// Any thread. Nothing of it outlives the process.
class OpenKeys {
public:
    static constexpr std::int64_t lasts = 15 * 60'000;  // ms since it was last used
    static constexpr int free_tries = 5;                // then each further wrong one doubles the wait, to an hour

    // Refuses confidential.no_receiver (forbidden), .key_missing (conflict: none was made, or it was lost), at
    // "passphrase" .passphrase_missing, .passphrase_wrong, .passphrase_wait {minutes} (too_many).
    kernel::Checked open(const people::Needs&, people::OfficerId, std::string_view session,
                         const kernel::Secret& passphrase);
    // The same key under another passphrase: the current one is tried as above, at "current"; and
    // confidential.passphrase_length at "passphrase".
    kernel::Checked change(const people::Needs&, people::OfficerId, const kernel::Secret& current,
                           const kernel::Secret& fresh);
    std::shared_ptr<const kernel::BoxKey> of(const people::Needs&, people::OfficerId, std::string_view session);
    void lock(std::string_view session);

private:
    kernel::Result<kernel::BoxKey> tried(const people::Needs&, people::OfficerId, const kernel::Secret&);
    struct Held {
        people::OfficerId officer;
        std::shared_ptr<const kernel::BoxKey> key;
        kernel::Instant until;
    };
    struct Tries {
        int wrong = 0;
        kernel::Instant from;  // when the next one is looked at
    };
    std::mutex hashing_;                 // one at a time: each takes 64 MiB
    std::mutex mutex_;                   // for what follows
    std::map<kernel::Hash, Held> held_;  // by the hash of the session's cookie
    std::map<people::OfficerId, Tries> tries_;
};

}  // namespace confidential

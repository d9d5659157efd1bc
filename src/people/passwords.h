// Passwords: argon2id (RFC 9106), one lane, in the PHC string form, which carries its own parameters.
// A computation takes some 0.3 s and 64 MiB: never on the ledger's writer thread, and through the Gate wherever
// strangers can ask for it.
#pragma once
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>

#include <kernel/bytes.h>
#include <kernel/result.h>

#include "people.h"

namespace people {

// Any thread. Throws std::runtime_error when there is not enough memory.
std::string hash_password(const kernel::Secret&, const PasswordCost&);
// Without a hash (no such login, no password yet) it takes as long and says no.
bool password_fits(const kernel::Secret&, const std::optional<std::string>& hash, const PasswordCost&);
// Twenty letters and digits that cannot be taken for each other, in fours: 99 bits.
kernel::Secret random_password();

// Lets few in at a time and few wait. Any thread.
class Gate {
public:
    Gate(int at_once, int waiting) : free_(at_once), places_(waiting) {}
    Gate(const Gate&) = delete;

    class Pass {
    public:
        explicit Pass(Gate& gate) : gate_(&gate) {}
        Pass(Pass&& other) noexcept : gate_(other.gate_) { other.gate_ = nullptr; }
        Pass& operator=(Pass&&) = delete;
        ~Pass() {
            if (gate_) gate_->leave();
        }

    private:
        Gate* gate_;
    };
    // Waits for its turn; people.sign_in_busy (too_many) when the waiting places are taken.
    kernel::Result<Pass> enter();
    int waiting() const;

private:
    void leave();
    mutable std::mutex mutex_;
    std::condition_variable turn_;
    int free_, places_;
    int waiting_ = 0;
};

}  // namespace people

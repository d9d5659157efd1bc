// The second step of signing in: a code of an authenticator app (totp.h), or one of ten recovery codes. Setting it up,
// ending it, and what is asked of whom. Nothing of this is in the ledger but that an administrator reset it.
// Any thread but the ledger's writer; password work waits at the Gate.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/bytes.h>
#include <kernel/result.h>

#include "passwords.h"
#include "people.h"

namespace people {

inline constexpr int recovery_codes = 10;

struct SecondStep {
    bool in_force = false;
    bool begun = false;  // a secret waits for its first code
    kernel::Instant since;
    std::int64_t recovery_left = 0;
};
SecondStep second_step(const Needs&, OfficerId);
// Of one of these roles a code is asked: the setting sign_in.code_roles.
bool code_required(db::Connection&, const std::vector<Role>&);

// Makes a secret that waits for its first code; needs the password, so that a session alone, left open, cannot.
// people.password_wrong at "current"; people.code_in_force (conflict).
kernel::Checked begin_code(const Needs&, Gate&, OfficerId, const kernel::Secret& current);
// What the app must be told; nothing when none was begun.
struct FreshCode {
    std::string typed;    // base32 in fours
    std::string address;  // otpauth://
};
std::optional<FreshCode> fresh_code(const Needs&, OfficerId);
// The app's first code puts the secret in force, ends all other sessions and returns the recovery codes, this once.
// people.code_wrong at "code"; people.code_not_begun (conflict).
kernel::Result<std::vector<std::string>> confirm_code(const Needs&, OfficerId, std::string_view cookie,
                                                      std::string_view code);
// New recovery codes, the old ones void; and ending it. Both need a code; wrong ones count as failed sign-ins.
kernel::Result<std::vector<std::string>> renew_recovery(const Needs&, OfficerId, std::string_view code);
kernel::Checked end_code(const Needs&, OfficerId, std::string_view code);

// Who is signed in shows once more that it is they: with a code where the second step is in force, else with the
// password. people.code_missing and people.code_wrong, or people.password_missing and people.password_wrong, at
// "proof"; wrong ones count as failed sign-ins.
kernel::Checked prove(const Needs&, Gate&, OfficerId, const kernel::Secret& shown);

// Whether `typed`, a code of the app or a recovery code, is the officer's; it is used up. By the caller's transaction.
bool redeem_code(db::Connection& local, const Needs&, OfficerId, std::string_view typed);

}  // namespace people

// Signing in and out, sessions, changing one's password. Nothing of this is in the ledger; no password, session id or
// address is ever logged or stored in readable form.
// Any thread but the ledger's writer; password work waits at the Gate.
#pragma once
#include <string>
#include <string_view>

#include <kernel/bytes.h>
#include <kernel/result.h>

#include "passwords.h"
#include "people.h"
#include "store.h"

namespace people {

// A session's cookie holds 256 random bits in base64url; stored is its SHA-256.
struct OpenedSession {
    std::string cookie;
    Chosen chosen = Chosen::by_officer;
};

// Opens a new session and ends the one of `old_cookie`. One refusal, people.sign_in_wrong, for an unknown login, a
// wrong password and a closed account, after the same work; people.sign_in_wait {minutes} and people.sign_in_busy,
// too_many.
kernel::Result<OpenedSession> sign_in(const Needs&, Gate&, std::string_view login, const kernel::Secret& password,
                                      std::string_view old_cookie);
void sign_out(const Needs&, std::string_view cookie);

// Ends all sessions of the officer and opens a new one. Refusals at the fields "current" and "password".
kernel::Result<OpenedSession> change_password(const Needs&, Gate&, OfficerId, const kernel::Secret& current,
                                              const kernel::Secret& fresh);

// The officer's own sessions, and ending one of them or all but this.
struct OwnSession {
    std::string handle;  // names it in a form; says nothing about its cookie
    kernel::Instant created, seen;
    bool this_one = false;
};
std::vector<OwnSession> own_sessions(const Needs&, OfficerId, std::string_view cookie);
kernel::Checked end_own_session(const Needs&, OfficerId, std::string_view handle);  // people.session_unknown, not_found
void end_other_sessions(const Needs&, OfficerId, std::string_view cookie);
void end_all_sessions(const Needs&, OfficerId);

// The name of the session's cookie.
inline constexpr std::string_view session_cookie = "session";

}  // namespace people

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
    bool needs_code = false;  // no session yet: the cookie is for sign_in_code()
};

// Opens a new session and ends the one of `old_cookie`. One refusal, people.sign_in_wrong, for an unknown login, a
// wrong password and a closed account, after the same work; people.sign_in_wait {minutes} and people.sign_in_busy,
// too_many. Once anybody here has a second step in force, that refusal is no longer given: whoever is wrong is asked
// for a code like whoever has one, so that a password is never confirmed without it. A password that was given more
// than given_password_lasts ago opens nothing: people.password_ran_out at "password", where everything else was right.
kernel::Result<OpenedSession> sign_in(const Needs&, Gate&, std::string_view login, const kernel::Secret& password,
                                      std::string_view old_cookie);
// The second step: a code of the app, or a recovery code. people.sign_in_code_wrong at "code", whatever was wrong;
// people.password_ran_out like above; people.sign_in_again (unauthenticated) after five minutes, three codes, or
// another password given meanwhile.
kernel::Result<OpenedSession> sign_in_code(const Needs&, std::string_view step_cookie, std::string_view code,
                                           std::string_view old_cookie);
bool step_waits(const Needs&, std::string_view step_cookie);
void sign_out(const Needs&, std::string_view cookie);

// What counts failures: a keyed hash, so that the table does not tell which logins were tried.
kernel::Hash login_key(const Needs&, std::string_view login);
// Counts an attempt as failed before it is tried, so that attempts at the same time are counted too.
// people.sign_in_wait {minutes} (too_many).
kernel::Checked count_attempt(const Needs&, const kernel::Hash& login_key);
// The signed-in officer's password once more: people.password_wrong at "current"; counted like a sign-in.
kernel::Checked prove_password(const Needs&, Gate&, OfficerId, const kernel::Secret& current);

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

// ms until the session ends if it is not used; 0 when it has ended.
std::int64_t session_left(const Needs&, OfficerId, std::string_view cookie);
// Where a page asks for that; to ask does not count as use.
inline constexpr std::string_view session_path = "/account/session";

// The names of the session's cookie and of the one between the two steps.
inline constexpr std::string_view session_cookie = "session";
inline constexpr std::string_view step_cookie = "sign_in";

}  // namespace people

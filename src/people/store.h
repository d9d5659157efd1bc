// This feature's rows: apply() writes state from Changes, the rest reads; the local rows of sessions and passwords are
// written outside the ledger. The only place with this feature's SQL. What others may ask stands in people.h.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <kernel/time.h>
#include <ledger/ledger.h>

#include "people.h"

namespace people {

// Every kind of this feature has the same two: decode, then write; and blank the words of the entry.
void apply(db::Connection&, const ledger::Entry&);
void forget(db::Connection&, std::int64_t entry);

// Parts of apply(): each writes the tables of its file.
struct UnitMade;
struct UnitRenamed;
struct UnitMoved;
struct UnitClosed;
struct OfficerMade;
struct OfficerChanged;
struct PasswordGiven;
struct CodeReset;
struct SettingChanged;
struct CalendarSet;
struct ContractorMade;
struct ContractorEnded;
struct Installed;
void apply(db::Connection&, const ledger::Entry&, const Installed&);
void apply(db::Connection&, const ledger::Entry&, const UnitMade&);
void apply(db::Connection&, const ledger::Entry&, const UnitRenamed&);
void apply(db::Connection&, const ledger::Entry&, const UnitMoved&);
void apply(db::Connection&, const ledger::Entry&, const UnitClosed&);
void apply(db::Connection&, const ledger::Entry&, const OfficerMade&);
void apply(db::Connection&, const ledger::Entry&, const OfficerChanged&);
void apply(db::Connection&, const ledger::Entry&, const PasswordGiven&);
void apply(db::Connection&, const ledger::Entry&, const CodeReset&);
void apply(db::Connection&, const ledger::Entry&, const SettingChanged&);
void apply(db::Connection&, const ledger::Entry&, const CalendarSet&);
void apply(db::Connection&, const ledger::Entry&, const ContractorMade&);
void apply(db::Connection&, const ledger::Entry&, const ContractorEnded&);
void write_history(db::Connection&, const ledger::Entry&, UnitId, std::string_view about, OfficerId by,
                   const std::optional<std::string>& reason);

// ---- units: unit_store.cc ------------------------------------------------------------------------------------------
bool unit_name_taken(db::Connection&, std::optional<UnitId> parent, std::string_view name);  // by an open unit
bool has_open_units(db::Connection&, UnitId);
std::vector<Unit> units_under(db::Connection&, UnitId);  // open ones right under it, by id
struct UnitEvent {
    std::int64_t entry = 0;
    kernel::Instant at;
    std::string what;   // the kind of the entry
    std::string about;  // the unit's name or the post
    std::string by;     // the post of who did it; "" for the console
    std::optional<std::string> reason;
};
// Oldest first; the newest `at_most` of all, or of those before an entry.
std::vector<UnitEvent> history(db::Connection&, UnitId, std::optional<std::int64_t> before, int at_most);

// ---- officers: officer_store.cc ------------------------------------------------------------------------------------
std::optional<OfficerId> find_login(db::Connection&, std::string_view login);
bool login_taken(db::Connection&, std::string_view login);
bool has_officers(db::Connection&, UnitId);                       // active ones
std::int64_t administrators_besides(db::Connection&, OfficerId);  // active ones
std::string login_of(db::Connection&, OfficerId);                 // "" once erased
std::string post_of(db::Connection&, OfficerId);                  // "" for the console
struct OfficerRow {
    Officer officer;
    std::string login, name;
    bool has_password = false;
};
// For the administrator's list: after this officer, active and former, by id.
std::vector<OfficerRow> officer_rows(db::Connection&, OfficerId after, int at_most);
std::optional<OfficerRow> officer_row(db::Connection&, OfficerId);

// ---- contractors: contractor_store.cc ------------------------------------------------------------------------------
bool contractor_name_taken(db::Connection&, std::string_view name);  // by one that has not ended
bool has_officers(db::Connection&, ContractorId);                    // active ones
// Its active officers, by unit.
std::vector<std::pair<UnitId, std::int64_t>> posts_by_unit(db::Connection&, ContractorId);
// A post as it is shown: with the firm after it, "" for the institution's own.
std::string shown_post(const std::string& post, const std::string& firm);

// ---- settings: setting_store.cc ------------------------------------------------------------------------------------
struct SettingRow {
    std::string name, value;
    std::int64_t entry = 0;
    kernel::Instant since;
    std::string by;
    std::optional<std::string> reason;
};
std::vector<SettingRow> setting_rows(db::Connection&);  // those ever changed, by name
struct CalendarRow {
    std::int64_t entry = 0;
    kernel::Instant since;
    std::string by;  // the post; "" for the console
    std::optional<std::string> reason;
    kernel::Calendar calendar;
};
std::optional<CalendarRow> calendar_row(db::Connection&);  // the one in force
std::optional<CalendarRow> calendar_row(db::Connection&, std::int64_t entry);
// Newest first; the newest `at_most` of all, or of those set before an entry.
std::vector<CalendarRow> calendar_rows(db::Connection&, std::optional<std::int64_t> before, int at_most);

// ---- local rows, by the lease of Database::local(): session_store.cc, password_store.cc
// --------------------------------
struct Session {
    kernel::Hash id_hash{};
    OfficerId officer;
    std::int64_t officer_entry = 0;  // the officer's last change when they signed in; another one ends the session
    kernel::Instant created, seen;
};
void write_session(db::Connection& local, const Session&);
void touch_session(db::Connection& local, const kernel::Hash& id_hash, kernel::Instant now);
void end_session(db::Connection& local, const kernel::Hash& id_hash);
void end_sessions(db::Connection& local, OfficerId);
void end_old_sessions(db::Connection& local, kernel::Instant seen_by, kernel::Instant created_by);  // or earlier
std::vector<Session> sessions(db::Connection&, OfficerId);                                          // newest first
// The session and the officer as they are now, or nothing when either is gone or they no longer fit.
struct SignedIn {
    Session session;
    Officer officer;
    bool has_code = false;  // a second step is in force
};
std::optional<SignedIn> signed_in(db::Connection&, const kernel::Hash& id_hash);

// A password that was given is one its officer has not chosen.
enum class Chosen { by_officer, given };
void write_password(db::Connection& local, OfficerId, std::string_view hash, Chosen, kernel::Instant now);
struct Password {
    std::string hash;
    Chosen chosen = Chosen::by_officer;
    kernel::Instant set;
};
std::optional<Password> password(db::Connection&, OfficerId);
struct Credentials {
    OfficerId officer;
    std::int64_t officer_entry = 0;
    std::optional<std::string> hash;
};
std::optional<Credentials> credentials(db::Connection&, std::string_view login);  // of active officers

// ---- the second step: second_step_store.cc -------------------------------------------------------------------------
struct SecondStepRow {
    std::optional<kernel::Bytes> secret, fresh;  // sealed; in force, and waiting for its first code
    std::int64_t used = 0;                       // the last step of which a code was taken
    kernel::Instant since;
};
std::optional<SecondStepRow> second_step_row(db::Connection&, OfficerId);
void write_second_step(db::Connection& local, OfficerId, const SecondStepRow&);
bool use_step(db::Connection& local, OfficerId, std::int64_t step);  // false: it or a later one was used
void forget_second_step(db::Connection& local, OfficerId);           // and the recovery codes
bool any_second_step(db::Connection&);                               // somebody's is in force
void write_recovery(db::Connection& local, OfficerId, const std::vector<kernel::Hash>&);  // instead of the old ones
bool use_recovery(db::Connection& local, OfficerId, const kernel::Hash&);
std::int64_t recovery_left(db::Connection&, OfficerId);
struct SignInStep {
    kernel::Hash login_key{};
    OfficerId officer;  // zero: the password was wrong
    std::int64_t officer_entry = 0;
    std::int64_t tries = 0;
    kernel::Instant created;
};
void write_sign_in_step(db::Connection& local, const kernel::Hash& id_hash, const SignInStep&);
std::optional<SignInStep> sign_in_step(db::Connection&, const kernel::Hash& id_hash);
void end_sign_in_step(db::Connection& local, const kernel::Hash& id_hash);
void end_sign_in_steps(db::Connection& local, OfficerId);
void end_old_sign_in_steps(db::Connection& local, kernel::Instant created_by);  // or earlier

struct Failures {
    std::int64_t count = 0;
    kernel::Instant last, open;
};
std::optional<Failures> failures(db::Connection&, const kernel::Hash& login_key);
void write_failures(db::Connection& local, const kernel::Hash& login_key, const Failures&);
void clear_failures(db::Connection& local, const kernel::Hash& login_key);
void forget_failures(db::Connection& local, kernel::Instant last_before);

}  // namespace people

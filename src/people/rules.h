// Decisions of this feature as pure functions: (what is, what is asked) -> Result<Change>. No clock, no database.
// The drafts they decide on stand in acts.h; the refusals' keys in the message files.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <kernel/result.h>

#include "acts.h"
#include "change.h"

namespace people {

// What is, as the act read it in its transaction.
struct UnitState {
    std::optional<Unit> unit;        // the one the act is about
    std::optional<Unit> parent;      // the one it asks for as parent
    bool name_taken = false;         // by another open unit under the same parent
    bool parent_below_unit = false;  // or the unit itself
    bool has_open_units = false;     // right under it
    bool has_officers = false;       // active ones
};
struct OfficerState {
    std::optional<Officer> officer;  // the one the act is about
    std::optional<Unit> unit;        // the one it asks for
    bool login_taken = false;
    std::optional<Contractor> contractor;   // the one it asks for
    std::int64_t other_administrators = 0;  // active ones besides `officer`
};

struct ContractorState {
    std::optional<Contractor> contractor;  // the one the act is about
    bool name_taken = false;               // by another that has not ended
    bool has_officers = false;             // active ones
};

kernel::Result<UnitMade> decide(const UnitState&, const NewUnit&, OfficerId by);
kernel::Result<UnitRenamed> decide(const UnitState&, const UnitRename&, OfficerId by);
kernel::Result<UnitMoved> decide(const UnitState&, const UnitMove&, OfficerId by);
kernel::Result<UnitClosed> decide(const UnitState&, const UnitClosing&, OfficerId by);
kernel::Result<OfficerMade> decide(const OfficerState&, const NewOfficer&, OfficerId by);
kernel::Result<OfficerChanged> decide(const OfficerState&, const OfficerEdit&, OfficerId by);
kernel::Result<PasswordGiven> decide(const OfficerState&, OfficerId officer, OfficerId by);
kernel::Result<CodeReset> decide_code_reset(const OfficerState&, OfficerId officer, OfficerId by);
kernel::Result<ContractorMade> decide(const ContractorState&, std::string_view name, OfficerId by);
kernel::Result<ContractorEnded> decide(const ContractorState&, const ContractorEnd&, OfficerId by);
kernel::Result<SettingChanged> decide(const std::string& value_now, const SettingEdit&, OfficerId by);
kernel::Result<CalendarSet> decide(const kernel::Calendar& now, const CalendarEdit&, OfficerId by);

// At least one role, none twice, and an administrator has no other: they check each other. At the field "roles".
// The roles come back in the order of the enum.
kernel::Result<std::vector<Role>> check_roles(const std::vector<Role>&);
// 3 to 40 of a-z 0-9 . _ -, beginning with a letter. At the field "login".
kernel::Checked check_login(std::string_view);

// ---- signing in ----------------------------------------------------------------------------------------------------

// NIST SP 800-63B rev. 4 section 3.1.1: length, no rules of composition, none of the commonest. Text in NFC; 8 to 256
// code points. At the field "password".
kernel::Checked check_password(std::string_view password, std::string_view login, std::string_view organisation);

// Milliseconds during which a login takes no further attempt after so many failures in a row: none up to four, then
// half a minute, doubling, at most a quarter of an hour.
std::int64_t pause_after(std::int64_t failures);
inline constexpr std::int64_t longest_pause = 15 * 60'000;             // ms
inline constexpr std::int64_t failures_forgotten_after = 60 * 60'000;  // ms without an attempt

inline constexpr std::int64_t session_idle = 30 * 60'000;          // ms
inline constexpr std::int64_t session_longest = 12 * 60 * 60'000;  // ms
inline constexpr std::int64_t given_password_lasts =
    7 * 24 * 60 * 60'000ll;                                     // ms, in which its officer chooses another
inline constexpr std::int64_t sign_in_step_lasts = 5 * 60'000;  // ms between the password and the code
inline constexpr std::int64_t codes_per_step = 3;               // then the password again
inline constexpr std::int64_t clock_slack = 5 * 60'000;         // ms a clock may be set back without notice
bool session_alive(kernel::Instant created, kernel::Instant seen, kernel::Instant now);

}  // namespace people

// What an administrator may do to units, officers, settings and the calendar. Every act is recorded; every change of
// what stands has a reason, which everybody may read. Text arrives admitted (kernel::admit); its limits are checked
// again by the rules. Refusals stand at the field they are about.
// Any thread but the ledger's writer; durable when they return.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <kernel/bytes.h>
#include <kernel/result.h>

#include "people.h"

namespace people {

using Once = std::optional<kernel::Hash>;

// In code points.
inline constexpr std::size_t max_name = 80;
inline constexpr std::size_t max_post = 80;
inline constexpr std::size_t max_reason = 500;
inline constexpr std::size_t max_login = 40;
inline constexpr std::size_t max_setting = 500;
inline constexpr std::size_t max_calendar = 20'000;

struct NewUnit {
    std::optional<UnitId> parent;
    std::string name;
    bool sample = false;
};
struct UnitRename {
    UnitId unit;
    std::string name, reason;
};
struct UnitMove {
    UnitId unit, parent;
    std::string reason;
};
struct UnitClosing {
    UnitId unit;
    std::string reason;
};
struct NewOfficer {
    UnitId unit;
    std::string login, name, post;
    std::vector<Role> roles;
    bool sample = false;
    std::optional<ContractorId> contractor = {};  // then clerk and officer are the only roles there are
};
struct OfficerEdit {
    OfficerId officer;
    UnitId unit;
    std::string post;
    std::vector<Role> roles;
    bool active = true;
    std::string reason;
    std::optional<ContractorId> contractor = {};
};
struct ContractorEnd {
    ContractorId contractor;
    std::string reason;
};
struct SettingEdit {
    std::string name, value, reason;
};
struct CalendarEdit {
    std::string name, text, reason;
};  // text as kernel::parse_calendar reads it

kernel::Result<UnitId> make_unit(const Needs&, const Actor&, const NewUnit&, Once = {});
kernel::Checked rename_unit(const Needs&, const Actor&, const UnitRename&, Once = {});
kernel::Checked move_unit(const Needs&, const Actor&, const UnitMove&, Once = {});
kernel::Checked close_unit(const Needs&, const Actor&, const UnitClosing&, const Hooks&, Once = {});
// Without a password, nobody can sign in with it: for rehearsals.
kernel::Result<OfficerId> make_officer(const Needs&, const Actor&, const NewOfficer&, Once = {});
// With a random password, returned once. The same form sent again: people.password_shown (conflict).
kernel::Result<FirstAccount> open_account(const Needs&, const Actor&, const NewOfficer&, Once = {});
kernel::Checked change_officer(const Needs&, const Actor&, const OfficerEdit&, Once = {});
// The firm's name, at most max_name; no two that have not ended have one name. An ended one gets no officers and must
// have none in office.
kernel::Result<ContractorId> make_contractor(const Needs&, const Actor&, std::string_view name, Once = {});
kernel::Checked end_contractor(const Needs&, const Actor&, const ContractorEnd&, Once = {});
// A new random password, returned once; ends the officer's sessions. That it was given is in the ledger, the password
// is not. The same form sent again: people.password_shown (conflict).
kernel::Result<FirstAccount> give_password(const Needs&, const Actor&, OfficerId, Once = {});
// Takes the officer's second step away (a lost phone) and ends the sessions; recorded. At the next sign-in it is set up
// anew where the role asks for it.
kernel::Checked reset_code(const Needs&, const Actor&, OfficerId, Once = {});
kernel::Checked change_setting(const Needs&, const Actor&, const SettingEdit&, Once = {}, const Hooks& = {});
kernel::Checked set_calendar(const Needs&, const Actor&, const CalendarEdit&, Once = {});

}  // namespace people

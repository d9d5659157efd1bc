#include "rules.h"

#include <algorithm>

#include <kernel/calendar.h>
#include <kernel/text.h>

#include "common_passwords.h"
#include "settings.h"

namespace people {
namespace {

using kernel::Checked;
using kernel::Code;
using kernel::first_refusal;
using kernel::invalid;
using kernel::need_text;
using kernel::refuse;

Checked need_reason(std::string_view reason) {
    return need_text(reason, "reason", max_reason, "people.reason_missing");
}

Checked need_open(const std::optional<Unit>& unit, std::string_view field) {
    if (!unit) return invalid(std::string(field), "people.unit_unknown");
    if (!unit->open) return invalid(std::string(field), "people.unit_closed");
    return {};
}

// The unit that the address names, rather than a field.
Checked need_standing(const std::optional<Unit>& unit) {
    if (!unit) return refuse(Code::not_found, "people.unit_unknown");
    if (!unit->open) return refuse(Code::conflict, "people.unit_closed");
    return {};
}

// Their people type and draft; what answers for the institution, and what checks it, is not theirs.
Checked check_contractor(const OfficerState& now, const std::optional<ContractorId>& asked,
                         const std::vector<Role>& roles) {
    if (!asked) return {};
    if (!now.contractor) return invalid("contractor", "people.contractor_unknown");
    if (now.contractor->ended) return invalid("contractor", "people.contractor_has_ended");
    for (const Role role : roles)
        if (role != Role::clerk && role != Role::officer) return invalid("roles", "people.contractor_roles");
    return {};
}

}  // namespace

kernel::Result<UnitMade> decide(const UnitState& now, const NewUnit& asked, OfficerId by) {
    if (Checked ok = need_text(asked.name, "name", max_name, "people.unit_name_missing"); !ok) return ok.error();
    if (asked.parent)
        if (Checked ok = need_open(now.parent, "parent"); !ok) return ok.error();
    if (now.name_taken) return invalid("name", "people.unit_name_taken");
    return UnitMade{asked.parent, asked.name, asked.sample, by};
}

kernel::Result<UnitRenamed> decide(const UnitState& now, const UnitRename& asked, OfficerId by) {
    const Checked ok =
        first_refusal({need_standing(now.unit), need_text(asked.name, "name", max_name, "people.unit_name_missing"),
                       need_reason(asked.reason)});
    if (!ok) return ok.error();
    if (asked.name == now.unit->name) return invalid("name", "people.unchanged");
    if (now.name_taken) return invalid("name", "people.unit_name_taken");
    return UnitRenamed{asked.unit, asked.name, by, asked.reason};
}

kernel::Result<UnitMoved> decide(const UnitState& now, const UnitMove& asked, OfficerId by) {
    const Checked ok =
        first_refusal({need_standing(now.unit), need_open(now.parent, "parent"), need_reason(asked.reason)});
    if (!ok) return ok.error();
    if (now.parent_below_unit) return invalid("parent", "people.unit_cycle");
    if (now.unit->parent == asked.parent) return invalid("parent", "people.unchanged");
    if (now.name_taken) return invalid("parent", "people.unit_name_taken");
    return UnitMoved{asked.unit, asked.parent, by, asked.reason};
}

kernel::Result<UnitClosed> decide(const UnitState& now, const UnitClosing& asked, OfficerId by) {
    const Checked ok = first_refusal({need_standing(now.unit), need_reason(asked.reason)});
    if (!ok) return ok.error();
    if (now.has_open_units) return refuse(Code::conflict, "people.unit_has_units");
    if (now.has_officers) return refuse(Code::conflict, "people.unit_has_officers");
    return UnitClosed{asked.unit, by, asked.reason};
}

kernel::Result<std::vector<Role>> check_roles(const std::vector<Role>& asked) {
    if (asked.empty()) return invalid("roles", "people.roles_missing");
    std::vector<Role> roles = asked;
    std::sort(roles.begin(), roles.end());
    if (std::adjacent_find(roles.begin(), roles.end()) != roles.end()) return invalid("roles", "people.role_twice");
    if (roles.size() > 1 && roles.front() == Role::administrator) return invalid("roles", "people.administrator_alone");
    return roles;
}

Checked check_login(std::string_view login) {
    if (login.empty()) return invalid("login", "people.login_missing");
    const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto allowed = [&](char c) {
        return letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    };
    if (login.size() < 3 || login.size() > max_login || !letter(login.front()) ||
        !std::all_of(login.begin(), login.end(), allowed))
        return invalid("login", "people.login_form");
    return {};
}

kernel::Result<OfficerMade> decide(const OfficerState& now, const NewOfficer& asked, OfficerId by) {
    const Checked ok = first_refusal({need_open(now.unit, "unit"), check_login(asked.login),
                                      need_text(asked.post, "post", max_post, "people.post_missing")});
    if (!ok) return ok.error();
    if (!asked.name.empty())
        if (Checked short_enough = kernel::check_length(asked.name, "name", max_name); !short_enough)
            return short_enough.error();
    const kernel::Result<std::vector<Role>> roles = check_roles(asked.roles);
    if (!roles) return roles.error();
    if (Checked fits = check_contractor(now, asked.contractor, *roles); !fits) return fits.error();
    if (now.login_taken) return invalid("login", "people.login_taken");
    std::optional<std::string> name;
    if (!asked.name.empty()) name = asked.name;
    return OfficerMade{asked.unit, asked.post, *roles, asked.sample, by, asked.login, name, asked.contractor};
}

kernel::Result<OfficerChanged> decide(const OfficerState& now, const OfficerEdit& asked, OfficerId by) {
    if (!now.officer) return refuse(Code::not_found, "people.officer_unknown");
    // Somebody who leaves may leave a unit that was closed meanwhile; whoever stays needs an open one.
    if (!now.unit) return invalid("unit", "people.unit_unknown");
    if (asked.active && !now.unit->open) return invalid("unit", "people.unit_closed");
    const Checked ok =
        first_refusal({need_text(asked.post, "post", max_post, "people.post_missing"), need_reason(asked.reason)});
    if (!ok) return ok.error();
    const kernel::Result<std::vector<Role>> roles = check_roles(asked.roles);
    if (!roles) return roles.error();
    const Officer& officer = *now.officer;
    // Who leaves may leave a firm that ended meanwhile.
    if (asked.active || asked.contractor != officer.contractor)
        if (Checked fits = check_contractor(now, asked.contractor, *roles); !fits) return fits.error();
    if (officer.unit == asked.unit && officer.own_post == asked.post && officer.roles == *roles &&
        officer.active == asked.active && officer.contractor == asked.contractor)
        return refuse(Code::conflict, "people.unchanged");
    const bool was = officer.active && officer.has(Role::administrator);
    const bool stays = asked.active && roles->front() == Role::administrator;
    if (was && !stays && now.other_administrators == 0) return invalid("roles", "people.last_administrator");
    return OfficerChanged{asked.officer, asked.unit, asked.post,   *roles,
                          asked.active,  by,         asked.reason, asked.contractor};
}

kernel::Result<ContractorMade> decide(const ContractorState& now, std::string_view name, OfficerId by) {
    if (Checked ok = need_text(name, "name", max_name, "people.contractor_name_missing"); !ok) return ok.error();
    if (now.name_taken) return invalid("name", "people.contractor_name_taken");
    return ContractorMade{std::string(name), by};
}

kernel::Result<ContractorEnded> decide(const ContractorState& now, const ContractorEnd& asked, OfficerId by) {
    if (!now.contractor) return refuse(Code::not_found, "people.contractor_unknown");
    if (now.contractor->ended) return refuse(Code::conflict, "people.contractor_has_ended");
    if (Checked ok = need_reason(asked.reason); !ok) return ok.error();
    if (now.has_officers) return refuse(Code::conflict, "people.contractor_has_officers");
    return ContractorEnded{asked.contractor, by, asked.reason};
}

kernel::Result<PasswordGiven> decide(const OfficerState& now, OfficerId officer, OfficerId by) {
    if (!now.officer) return refuse(Code::not_found, "people.officer_unknown");
    if (!now.officer->active) return refuse(Code::conflict, "people.officer_left");
    return PasswordGiven{officer, now.officer->unit, by};
}

kernel::Result<CodeReset> decide_code_reset(const OfficerState& now, OfficerId officer, OfficerId by) {
    if (!now.officer) return refuse(Code::not_found, "people.officer_unknown");
    return CodeReset{officer, now.officer->unit, by};
}

kernel::Result<SettingChanged> decide(const std::string& value_now, const SettingEdit& asked, OfficerId by) {
    const SettingRule* rule = setting_rule(asked.name);
    if (!rule) return refuse(Code::not_found, "people.setting_unknown");
    const Checked ok = first_refusal({check_setting(*rule, asked.value), need_reason(asked.reason)});
    if (!ok) return ok.error();
    if (asked.value == value_now) return invalid("value", "people.unchanged");
    return SettingChanged{asked.name, asked.value, by, asked.reason};
}

kernel::Result<CalendarSet> decide(const kernel::Calendar& now, const CalendarEdit& asked, OfficerId by) {
    const Checked ok = first_refusal({need_text(asked.name, "name", max_name, "people.calendar_name_missing"),
                                      need_text(asked.text, "text", max_calendar, "people.calendar_text_missing"),
                                      need_reason(asked.reason)});
    if (!ok) return ok.error();
    const kernel::Result<kernel::Calendar> read = kernel::parse_calendar(asked.name, asked.text);
    if (!read) {
        kernel::Error error = read.error();
        error.field = "text";
        return error;
    }
    if (same(*read, now)) return invalid("text", "people.unchanged");
    return CalendarSet{*read, by, asked.reason};
}

// ---- signing in ----------------------------------------------------------------------------------------------------

namespace {

// What a guesser tries together: case and everything that is neither letter nor digit left out.
std::string core(std::string_view text) {
    std::string out;
    for (unsigned char c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<unsigned char>(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80) out += static_cast<char>(c);
    }
    return out;
}

// One character again and again, or neighbours in a row: aaaaaaaa, 12345678, hgfedcba.
bool monotone(std::string_view text) {
    for (int step : {-1, 0, 1}) {
        bool all = true;
        for (std::size_t i = 1; i < text.size() && all; ++i) all = text[i] - text[i - 1] == step;
        if (all) return true;
    }
    return false;
}

}  // namespace

Checked check_password(std::string_view password, std::string_view login, std::string_view organisation) {
    if (kernel::code_points(password) < 8) return invalid("password", "people.password_short");
    if (auto ok = kernel::check_length(password, "password", 256); !ok) return ok;
    const std::string bare = core(password);
    if (monotone(password) || is_common_password(bare)) return invalid("password", "people.password_common");
    if (bare == core(login) || bare == core(organisation)) return invalid("password", "people.password_is_name");
    return {};
}

std::int64_t pause_after(std::int64_t failures) {
    if (failures < 5) return 0;
    const std::int64_t doublings = std::min<std::int64_t>(failures - 5, 5);
    return std::min(std::int64_t{30'000} << doublings, longest_pause);
}

bool session_alive(kernel::Instant created, kernel::Instant seen, kernel::Instant now) {
    // One from the future was opened before the clock was set back: it would live for as long as that was.
    if (created - now > clock_slack) return false;
    return now - seen < session_idle && now - created < session_longest;
}

}  // namespace people

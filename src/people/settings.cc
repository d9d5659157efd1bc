#include "settings.h"

#include <algorithm>
#include <charconv>

#include <kernel/text.h>

#include "people.h"

namespace people {
namespace {

// Periods of cases: the neutral preset letters.generic (accept within 2 working days, answer within 10, once 10 more).
// "wd" is working days of the calendar in force.
constexpr SettingRule setting_table[] = {
    {"case.accept_days", SettingKind::number, "2", 1, 10},             // wd until a unit has it
    {"case.ask_back_days", SettingKind::number, "10", 1, 10},          // wd the clock may stand, once
    {"case.extension_days", SettingKind::number, "10", 0, 30},         // wd, once
    {"case.rating_days", SettingKind::number, "10", 5, 60},            // wd after the answer
    {"case.reopened_to_superior", SettingKind::number, "3", 2, 5},     // the reopening that goes a level up
    {"case.reply_days_complaint", SettingKind::number, "10", 1, 60},   // wd
    {"case.reply_days_help", SettingKind::number, "10", 1, 60},        // wd
    {"case.reply_days_praise", SettingKind::number, "10", 1, 60},      // wd
    {"case.reply_days_question", SettingKind::number, "10", 1, 60},    // wd
    {"case.reply_days_suggestion", SettingKind::number, "10", 1, 60},  // wd
    {"complaint.about_persons", SettingKind::text, "", 0, 500},        // where to turn; shown on the page
    {"confidential.higher_body", SettingKind::text, "", 0, 12},        // number of the unit for retaliation; "": none
    {"confidential.reply_days", SettingKind::number, "7", 1, 60},      // wd until a receiver has answered
    {"figures.min_cell", SettingKind::number, "5", 3, 50},             // k: no figure about fewer people
    {"moderation.hold_days", SettingKind::number, "2", 1, 2},          // wd; then published by the clock
    {"organisation.language", SettingKind::choice, "zh-Hans", 0, 0, "zh-Hans zh-Hant en"},
    {"organisation.zone", SettingKind::text, "Asia/Shanghai", 1, 60},  // tz database; takes effect at the next start
    {"retention.contact_days", SettingKind::number, "120", 7, 730},    // days how to reach an author is kept
    {"retention.note_days", SettingKind::number, "365", 30, 3650},     // days notes are kept after their case is over
    {"sign_in.code_roles", SettingKind::roles, "", 0, 0},              // of whom a code is asked besides the password
    {"spot_check.look_days", SettingKind::number, "20", 5, 60},        // wd in which what was drawn is looked at
    {"spot_check.per_unit", SettingKind::number, "3", 0, 20},          // drawn of each unit in a quarter; 0: none
};
static_assert(std::is_sorted(std::begin(setting_table), std::end(setting_table),
                             [](const SettingRule& a, const SettingRule& b) { return a.name < b.name; }));

kernel::Error out_of_range(std::string_view key, const SettingRule& rule) {
    return kernel::invalid("value", std::string(key),
                           {{"least", std::to_string(rule.least)}, {"most", std::to_string(rule.most)}});
}

// The form of a tz database name. Whether the machine knows it is asked at the door, where files may be looked at.
bool zone_form(std::string_view zone) {
    const bool letters = std::all_of(zone.begin(), zone.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
               c == '-' || c == '+';
    });
    return letters && !zone.empty() && zone.front() != '/' && zone.back() != '/';
}

}  // namespace

std::span<const SettingRule> setting_rules() { return setting_table; }

const SettingRule* setting_rule(std::string_view name) {
    const SettingRule* found =
        std::lower_bound(std::begin(setting_table), std::end(setting_table), name,
                         [](const SettingRule& rule, std::string_view n) { return rule.name < n; });
    return found != std::end(setting_table) && found->name == name ? found : nullptr;
}

std::optional<std::int64_t> parse_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || std::to_string(value) != text) return std::nullopt;
    return value;
}

kernel::Checked check_setting(const SettingRule& rule, std::string_view value) {
    switch (rule.kind) {
        case SettingKind::number: {
            const std::optional<std::int64_t> n = parse_number(value);
            if (!n) return kernel::invalid("value", "people.setting_not_a_number");
            if (*n < rule.least || *n > rule.most) return out_of_range("people.setting_out_of_range", rule);
            return {};
        }
        case SettingKind::text: {
            const auto length = static_cast<std::int64_t>(kernel::code_points(value));
            if (length < rule.least || length > rule.most) return out_of_range("people.setting_text_length", rule);
            if (rule.name == "confidential.higher_body" && !value.empty() && !kernel::parse_index(value))
                return kernel::invalid("value", "people.setting_not_a_number");
            if (rule.name == "organisation.zone" && !zone_form(value))
                return kernel::invalid("value", "people.setting_no_such_zone");
            return {};
        }
        case SettingKind::choice: {
            for (std::string_view one : kernel::split(rule.choices, ' '))
                if (one == value) return {};
            return kernel::invalid("value", "people.setting_no_such_choice", {{"choices", std::string(rule.choices)}});
        }
        case SettingKind::roles: {
            const std::vector<std::string_view> names = kernel::split(value, ' ');
            for (auto one = names.begin(); !value.empty() && one != names.end(); ++one)
                if (!parse_role(*one) || std::find(names.begin(), one, *one) != one)
                    return kernel::invalid("value", "people.role_unknown");
            return {};
        }
    }
    return {};
}

std::string meaning_key(const SettingRule& rule) {
    std::string key = "people.setting_" + std::string(rule.name);
    std::replace(key.begin() + 7, key.end(), '.', '_');
    return key;
}

}  // namespace people

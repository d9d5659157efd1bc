// The settings of an installation: what each is called, what holds when nobody changed it, what it may be. The list is
// in settings.cc; a feature that needs a new one adds a line there and its meaning to the three message files.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <kernel/result.h>

namespace people {

enum class SettingKind { number, text, choice, roles };  // roles: names separated by spaces, none twice, or ""

struct SettingRule {
    std::string_view name;  // "case.reply_days_help"
    SettingKind kind;
    std::string_view standard;  // the default
    std::int64_t least = 0;     // number: the range; text: the range of its length in code points
    std::int64_t most = 0;
    std::string_view choices = {};  // choice: separated by spaces
};

std::span<const SettingRule> setting_rules();            // sorted by name
const SettingRule* setting_rule(std::string_view name);  // null when there is none
// Refusals at the field "value": people.setting_not_a_number, people.setting_out_of_range {least, most},
// people.setting_no_such_choice {choices}, people.setting_text_length {least, most}, people.setting_no_such_zone.
kernel::Checked check_setting(const SettingRule&, std::string_view value);
// The message key of its meaning: "people.setting_case_reply_days_help".
std::string meaning_key(const SettingRule&);

// One canonical decimal integer: digits, perhaps a minus, no leading zero.
std::optional<std::int64_t> parse_number(std::string_view);

}  // namespace people

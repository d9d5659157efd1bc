#include "visit.h"

namespace visit {
namespace {

constexpr std::string_view mode_names[] = {"walk", "stay", "spot", "talk"};
constexpr std::string_view group_names[] = {"residents", "users",        "employees", "businesses",
                                            "students",  "associations", "others"};
static_assert(std::size(mode_names) == std::size(all_modes) && std::size(group_names) == std::size(all_groups));

template <class Value, std::size_t n>
std::optional<Value> parse(const Value (&values)[n], std::string_view text) {
    for (Value value : values)
        if (name(value) == text) return value;
    return std::nullopt;
}

}  // namespace

std::string_view name(Mode mode) { return mode_names[static_cast<std::size_t>(mode)]; }
std::string_view name(Group group) { return group_names[static_cast<std::size_t>(group)]; }
std::optional<Mode> parse_mode(std::string_view text) { return parse(all_modes, text); }
std::optional<Group> parse_group(std::string_view text) { return parse(all_groups, text); }

}  // namespace visit

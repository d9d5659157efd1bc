#include <algorithm>
#include <array>

#include "review.h"

namespace review {
namespace {

constexpr std::array<std::string_view, 7> group_names = {"superiors", "recipients", "media", "delegates",
                                                         "monitors",  "peers",      "people"};
constexpr std::array<std::string_view, 2> secrecy_names = {"secret", "named"};
constexpr std::array<std::string_view, 3> state_names = {"drafted", "open", "closed"};

template <class T, std::size_t n>
std::optional<T> find_name(const std::array<std::string_view, n>& names, std::string_view typed) {
    const auto at = std::find(names.begin(), names.end(), typed);
    return at == names.end() ? std::nullopt : std::optional(static_cast<T>(at - names.begin()));
}

}  // namespace

std::string_view name(Group g) { return group_names.at(static_cast<std::size_t>(g)); }
std::string_view name(Secrecy s) { return secrecy_names.at(static_cast<std::size_t>(s)); }
std::string_view name(State s) { return state_names.at(static_cast<std::size_t>(s)); }
std::optional<Group> parse_group(std::string_view typed) { return find_name<Group>(group_names, typed); }
std::optional<Secrecy> parse_secrecy(std::string_view typed) { return find_name<Secrecy>(secrecy_names, typed); }

bool always_secret(Group g) { return g == Group::recipients || g == Group::peers || g == Group::people; }
bool concerned(Group g) { return g == Group::recipients || g == Group::people; }

}  // namespace review

#include <algorithm>
#include <array>

#include "survey.h"

namespace survey {
namespace {

constexpr std::array<std::string_view, 8> type_names = {"single",  "multiple", "scale", "matrix",
                                                        "ranking", "number",   "text",  "place"};
constexpr std::array<std::string_view, 2> mode_names = {"anonymous", "roll"};
constexpr std::array<std::string_view, 3> state_names = {"drafted", "open", "closed"};

template <class T, std::size_t n>
std::optional<T> named(const std::array<std::string_view, n>& names, std::string_view typed) {
    const auto at = std::find(names.begin(), names.end(), typed);
    return at == names.end() ? std::nullopt : std::optional(static_cast<T>(at - names.begin()));
}

}  // namespace

std::string_view name(Type t) { return type_names.at(static_cast<std::size_t>(t)); }
std::string_view name(Mode m) { return mode_names.at(static_cast<std::size_t>(m)); }
std::string_view name(State s) { return state_names.at(static_cast<std::size_t>(s)); }
std::optional<Type> parse_type(std::string_view typed) { return named<Type>(type_names, typed); }
std::optional<Mode> parse_mode(std::string_view typed) { return named<Mode>(mode_names, typed); }
std::optional<State> parse_state(std::string_view typed) { return named<State>(state_names, typed); }

}  // namespace survey

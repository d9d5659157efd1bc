#include <algorithm>
#include <array>

#include "handover.h"

namespace handover {
namespace {

constexpr std::array<std::string_view, 4> state_names = {"waiting", "open", "closed", "let_go"};
constexpr std::array<std::string_view, 6> why_names = {"refused",       "not_sent", "not_reached",
                                                       "unknown_there", "silent",   "words_erased"};

template <class Enum, std::size_t n>
std::optional<Enum> parsed(const std::array<std::string_view, n>& names, std::string_view text) {
    const auto at = std::find(names.begin(), names.end(), text);
    return at == names.end() ? std::nullopt : std::optional(static_cast<Enum>(at - names.begin()));
}

}  // namespace

std::string_view name(State state) { return state_names.at(static_cast<std::size_t>(state)); }
std::string_view name(Why why) { return why_names.at(static_cast<std::size_t>(why)); }
std::optional<State> parse_state(std::string_view text) { return parsed<State>(state_names, text); }
std::optional<Why> parse_why(std::string_view text) { return parsed<Why>(why_names, text); }

}  // namespace handover

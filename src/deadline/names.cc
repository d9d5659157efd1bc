#include <array>
#include <string_view>
#include <utility>

#include "clock.h"

namespace deadline {
namespace {

constexpr std::array<std::string_view, 4> units = {"working_days", "days", "weeks", "months"};
constexpr std::array<std::string_view, 3> firsts = {"same_day", "next_day", "next_working_day"};
constexpr std::array<std::string_view, 2> endings = {"as_it_falls", "next_working_day"};
constexpr std::array<std::string_view, 4> levels = {"reminder", "due", "overdue", "far_overdue"};
constexpr std::array<std::string_view, 4> those = {"handler", "head", "unit_above", "inspector"};

constexpr std::array<std::string_view, 14> starts = {"received",     "confirmed", "registered", "assigned", "accepted",
                                                     "acknowledged", "corrected", "adopted",    "formed",   "published",
                                                     "decided",      "answered",  "closed",     "informed"};
constexpr std::array<std::string_view, 5> reasons = {"author_asked", "third_party", "other_body", "hearing",
                                                     "correction"};

template <class Word, class All>
std::optional<Word> parse(const All& all, std::string_view text) {
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i] == text) return static_cast<Word>(i);
    return std::nullopt;
}

}  // namespace

std::string_view name(Unit unit) { return units.at(static_cast<std::size_t>(unit)); }
std::string_view name(First first) { return firsts.at(static_cast<std::size_t>(first)); }
std::string_view name(Ending ending) { return endings.at(static_cast<std::size_t>(ending)); }
std::string_view name(Level level) { return levels.at(static_cast<std::size_t>(level)); }
std::string_view name(Whom whom) { return those.at(static_cast<std::size_t>(whom)); }
std::string_view name(Start start) { return starts.at(static_cast<std::size_t>(start)); }
std::string_view name(Reason reason) { return reasons.at(static_cast<std::size_t>(reason)); }
std::optional<Unit> parse_unit(std::string_view text) { return parse<Unit>(units, text); }
std::optional<First> parse_first(std::string_view text) { return parse<First>(firsts, text); }
std::optional<Ending> parse_ending(std::string_view text) { return parse<Ending>(endings, text); }
std::optional<Level> parse_level(std::string_view text) { return parse<Level>(levels, text); }
std::optional<Whom> parse_whom(std::string_view text) { return parse<Whom>(those, text); }
std::optional<Start> parse_start(std::string_view text) { return parse<Start>(starts, text); }
std::optional<Reason> parse_reason(std::string_view text) { return parse<Reason>(reasons, text); }

}  // namespace deadline

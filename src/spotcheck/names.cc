#include "spotcheck.h"

namespace spotcheck {

std::string_view name(Matter kind) { return kind == Matter::voice ? "voice" : "measure"; }

std::string_view name(Outcome outcome) {
    switch (outcome) {
        case Outcome::as_said:
            return "as_said";
        case Outcome::not_as_said:
            return "not_as_said";
        case Outcome::could_not_see:
            return "could_not_see";
    }
    return "";
}

std::optional<Matter> parse_matter(std::string_view text) {
    for (const Matter one : {Matter::voice, Matter::measure})
        if (name(one) == text) return one;
    return std::nullopt;
}

std::optional<Outcome> parse_outcome(std::string_view text) {
    for (const Outcome one : all_outcomes)
        if (name(one) == text) return one;
    return std::nullopt;
}

}  // namespace spotcheck

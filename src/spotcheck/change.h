// What can happen to a spot check, as typed values, and its permanent encoding in the ledger. What was seen is words,
// all else facts: anybody draws the lot again.
#pragma once
#include <string>
#include <string_view>
#include <variant>

#include <ledger/ledger.h>

#include "spotcheck.h"

namespace spotcheck::change {

struct Announced {
    people::UnitId unit;
    people::OfficerId by;  // 0: the clock
    kernel::Day day;
    // Of the quarter that is over, of the clock's: the last day of it.
    std::optional<kernel::Day> quarter;
    std::int64_t from = 0, to = 0;
    int n = 0, look_days = 0;
    bool sample = false;
    friend bool operator==(const Announced&, const Announced&) = default;
};
struct WasDrawn {  // by the clock
    CheckId check;
    std::int64_t size = 0;
    kernel::Hash root{};
    std::int64_t population = 0;
    std::vector<Candidate> drawn;  // in the order of the lot
    kernel::Day due;
    friend bool operator==(const WasDrawn&, const WasDrawn&) = default;
};
struct Looked {
    CheckId check;
    std::int64_t matter = 0;
    Outcome outcome = Outcome::as_said;
    kernel::Day day;
    bool on_site = false;
    people::OfficerId by;
    people::UnitId unit;
    bool reopens = false;  // the next entry opens the matter again
    std::string seen;
    friend bool operator==(const Looked&, const Looked&) = default;
};
struct NotLooked {  // by the clock: its last day is over, and nobody has looked at these
    CheckId check;
    std::vector<std::int64_t> matters;
    friend bool operator==(const NotLooked&, const NotLooked&) = default;
};
using Change = std::variant<Announced, WasDrawn, Looked, NotLooked>;

inline constexpr std::string_view announced_kind = "spotcheck.announced";
inline constexpr std::string_view drawn_kind = "spotcheck.drawn";
inline constexpr std::string_view looked_kind = "spotcheck.looked";
inline constexpr std::string_view not_looked_kind = "spotcheck.not_looked";

ledger::Draft encode(const Change&, std::int64_t index);
// Reads every version ever written; `seen` is empty where the words are gone. Throws std::runtime_error when the facts
// are not what some version wrote.
Change decode(const ledger::Entry&);

}  // namespace spotcheck::change

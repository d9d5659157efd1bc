// What a table may say, and what it would have meant for past cases: pure functions of what is and what is asked.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "change.h"
#include "routing.h"

namespace routing::rules {

// What is, as the act or the page read it.
struct Known {
    std::vector<people::Unit> units;  // all, closed ones too
    std::vector<std::string> kinds;   // of matters, by their codes
    std::optional<Table> now;         // in force
};

inline constexpr std::size_t most_faults = 50;  // told at once
// Everything that is wrong with the lists, in the order of the form, at most that many: empty lists (districts may be
// empty: not every place has them), too many lines, codes that are none, unknown or twice, names that are missing, two
// rows with the same conditions, units that are unknown or closed.
std::vector<kernel::Error> faults(const Lists&, const Known&);
// The field that a fault of a line stands at; lines count from 1.
std::string field_of(std::string_view list, std::size_t line, std::string_view column);  // "row_7_unit"

kernel::Result<change::TableSet> set_table(const people::Actor&, const Draft&, const Known&);

// ---- on past cases -------------------------------------------------------------------------------------------------
struct Tried {
    Past past;
    std::optional<people::UnitId> before,
        after;  // what each table gives; nothing where no row fits, or nothing is asked
};
// Of the cases that can be compared: how a table's unit stands to the one that answered.
struct Fit {
    std::int64_t agree = 0, differ = 0, none = 0;
    friend bool operator==(const Fit&, const Fit&) = default;
};
struct Trial {
    std::vector<Tried> cases;  // as they were given
    Fit before, after;
    std::int64_t moved = 0;           // the two tables give different units, or one gives none
    std::int64_t not_comparable = 0;  // counted nowhere else
    std::int64_t compared() const { return static_cast<std::int64_t>(cases.size()) - not_comparable; }
};
// `before` may be null: no table is in force, and it fits nothing.
Trial trial(const Sheet* before, const Sheet& after, std::vector<Past> cases);

}  // namespace routing::rules

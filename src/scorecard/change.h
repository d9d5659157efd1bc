// That a scorecard was published, and its permanent encoding in the ledger. All of it is facts.
#pragma once
#include <string_view>
#include <vector>

#include <ledger/ledger.h>

#include "scorecard.h"

namespace scorecard::change {

struct CardPublished {
    people::UnitId unit;
    kernel::Day from, to;
    std::int64_t k = 5;
    bool sample = false;
    std::vector<Published::Value> values;
    std::int64_t v = 1;  // 1 has the first six figures, 2 all ten
    friend bool operator==(const CardPublished&, const CardPublished&) = default;
};
inline constexpr std::int64_t newest = 2;
inline constexpr std::string_view published_kind = "scorecard.published";

ledger::Draft encode(const CardPublished&);
// Reads every version ever written. Throws std::runtime_error when the facts are not what some version wrote.
CardPublished decode(const ledger::Entry&);

}  // namespace scorecard::change

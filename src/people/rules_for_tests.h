// For the tests of rules: who asks, units without a database, and what a decision came to.
#pragma once
#include <optional>
#include <string>
#include <utility>

#include "rules.h"

namespace people {

inline const OfficerId by(3);

inline Unit unit_named(std::int64_t id, std::string name, std::optional<UnitId> parent = UnitId(1)) {
    return {UnitId(id), parent, std::move(name)};
}

inline Unit closed(Unit unit) {
    unit.open = false;
    return unit;
}

std::string outcome(const auto& result) { return result ? "ok" : result.error().field + ":" + result.error().key; }

}  // namespace people

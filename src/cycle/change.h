// What can happen to a round, as typed values, and its permanent encoding in the ledger. Facts hold ids, phases, days
// and which parts of the sheet are filled; words hold the texts, so that erasing them changes no gate and no figure.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <ledger/ledger.h>

#include "cycle.h"

namespace cycle {

// Bits of ContextSet::filled.
inline constexpr int touches_filled = 1, promised_filled = 2, means_filled = 4, limits_filled = 8, all_filled = 15;

struct Opened {
    people::UnitId organiser;
    std::string name, lang;
    std::optional<CycleId> inherits;
    std::string source;
    bool sample = false;
    people::OfficerId by;
    friend bool operator==(const Opened&, const Opened&) = default;
};

struct DeskOpened {
    people::UnitId organiser;
    std::string name, lang;
    friend bool operator==(const DeskOpened&, const DeskOpened&) = default;
};

struct CriterionSet {
    CycleId cycle;
    std::string text;
    std::optional<CriterionId> replaces;
    std::string reason;  // of the correction
    people::OfficerId by;
    friend bool operator==(const CriterionSet&, const CriterionSet&) = default;
};

struct ContextSet {
    CycleId cycle;
    Context context;
    int filled = 0;
    std::optional<std::int64_t> replaces;  // the entry of the sheet it corrects
    std::string reason;
    people::OfficerId by;
    friend bool operator==(const ContextSet&, const ContextSet&) = default;
};

struct PhaseEntered {
    CycleId cycle;
    Phase phase = Phase::prepare;
    std::optional<kernel::Day> ends;
    std::string remark;
    people::OfficerId by;
    friend bool operator==(const PhaseEntered&, const PhaseEntered&) = default;
};

inline constexpr std::string_view opened_kind = "cycle.opened";
inline constexpr std::string_view desk_opened_kind = "cycle.desk_opened";
inline constexpr std::string_view criterion_set_kind = "cycle.criterion_set";
inline constexpr std::string_view context_set_kind = "cycle.context_set";
inline constexpr std::string_view phase_entered_kind = "cycle.phase_entered";

using Change = std::variant<Opened, DeskOpened, CriterionSet, ContextSet, PhaseEntered>;

// `index` is the entry it will become, which is the subject of what it makes.
ledger::Draft encode(const Change&, std::int64_t index);
// Reads every version ever written; texts are empty where the words are gone. Throws std::runtime_error when the entry
// is none of ours or its facts are not what some version wrote: the ledger contradicts itself.
Change decode(const ledger::Entry&);

}  // namespace cycle

// What can happen to a preset, as a typed value, and its permanent encoding in the ledger. All figures are facts: what
// runs under a preset must be countable for ever. The reason is words.
#pragma once
#include <string>
#include <string_view>

#include <ledger/ledger.h>

#include "preset.h"

namespace preset::change {

// `adopted.entry` and `adopted.at` are those of the entry, unknown before it is written.
struct Adopted {
    Preset adopted;
};
bool operator==(const Adopted&, const Adopted&);  // but for entry and time

inline constexpr std::string_view adopted_kind = "preset.adopted";

// For the ledger; `index` is the entry that it will become, which is its subject.
ledger::Draft encode(const Adopted&, std::int64_t index);
// Throws std::runtime_error when the facts are not what some version wrote.
Adopted decode(const ledger::Entry&);

}  // namespace preset::change

// The figures of a preset and their JSON: whole in the ledger, as far as the source says them in the library.
#pragma once
#include <string>
#include <vector>

#include <kernel/json.h>

#include "preset.h"

namespace preset {

kernel::Json as_json(const Params&);
// Strict and whole: every figure is there. Refusals as those of deadline::JsonReader, at the figure's path, and
// preset.superior (1 to 5), preset.kind_unknown {kind}, preset.step_unknown {step}, preset.step_day (a term and a day
// of the year, or neither, or a day that is none), preset.steps_none.
kernel::Result<Params> parse_params(Applies, const kernel::Json&);
kernel::Checked check(const Params&);

// `more` over `base`: objects member by member, terms and lists as one.
kernel::Json over(const kernel::Json& base, const kernel::Json& more);
// The figures of it, by path.
std::vector<std::string> paths_of(const kernel::Json&);
// The paths at which two whole ones differ.
std::vector<std::string> differing(const kernel::Json& a, const kernel::Json& b);

}  // namespace preset

// What may be adopted, as a pure function of what there is and what is asked.
#pragma once
#include <optional>

#include "change.h"
#include "library.h"

namespace preset::rules {

struct Now {
    const LibraryPreset* asked = nullptr;  // null: there is none of that name
    std::optional<Preset> in_force;        // of what it applies to
    std::int64_t own_before = 0;           // how often figures of the institution's own were adopted for it
};
kernel::Result<change::Adopted> adopt(const Now&, const Adoption&, people::OfficerId by);

}  // namespace preset::rules

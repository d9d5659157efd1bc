// Who may read words that are not public.
#pragma once
#include "rules.h"

namespace voice {

// The unit that has the case and those above it, who assigns, who moderates, who inspects. Administrators set up; they
// do not read.
bool may_read(const rules::Who&, const Case&);
bool may_read(db::Connection&, const people::Actor&, const Case&);

}  // namespace voice

// The second half of an announcement: who it falls on.
#pragma once
#include "spotcheck.h"

namespace spotcheck {

// Draws what was announced: the root of the log's first entries up to and with the announcement decides, so that
// nothing is left to choose. Refuses spotcheck.unknown, not_found; spotcheck.drawn_already and
// spotcheck.changed_meanwhile (something was opened again while it was drawn: try again), conflict.
kernel::Checked draw(const people::Needs&, CheckId);

}  // namespace spotcheck

// The conditions of a list of what stands behind a figure.
#pragma once
#include <db/db.h>

#include "measure.h"

namespace measure {

void where_counted(db::Query&, const Counting&);

}  // namespace measure

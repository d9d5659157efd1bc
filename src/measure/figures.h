// The conditions of a list of what stands behind a figure.
#pragma once
#include <db/db.h>

#include "measure.h"

namespace measure {

void where_counted(db::Query&, const Counting&);

// What a measure adds to what is overdue now, read before and after an entry about it.
struct OverdueNow {
    std::int64_t unit = 0, level = 0;
    friend bool operator==(const OverdueNow&, const OverdueNow&) = default;
};
OverdueNow overdue_now(db::Connection&, MeasureId);
void count_overdue(db::Connection&, const OverdueNow& before, const OverdueNow& after);

}  // namespace measure

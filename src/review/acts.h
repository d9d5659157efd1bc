// What the acts of this feature share with its clock and its pages.
#pragma once
#include <ledger/ledger.h>

#include "rules.h"

namespace review {

rules::Who who_is(db::Connection&, const people::Actor& asked, const measure::Measure&);
// Passed over with a reason, or judged by too few.
bool listed_as_not_judged(db::Connection&, measure::MeasureId);

// The two halves of the end of a review, one transaction: its entry with the verdict, and the emptied box.
kernel::Result<std::int64_t> publish(ledger::Writing&, const Review&, people::OfficerId by);
kernel::Result<std::int64_t> end(ledger::Writing&, const Review&, people::OfficerId by);

}  // namespace review

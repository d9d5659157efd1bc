// On which day something of the rehearsal happens.
#pragma once
#include <kernel/calendar.h>

namespace server {

// So many days before `today`, on a working day before it: that one, the next, or else the last. What is planned
// longer ago never happens later. For 0 days or fewer: the working day then or next.
kernel::Day rehearsal_day(const kernel::Calendar&, kernel::Day today, int days_ago);

}  // namespace server

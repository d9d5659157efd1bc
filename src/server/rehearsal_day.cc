#include "rehearsal_day.h"

namespace server {

kernel::Day rehearsal_day(const kernel::Calendar& calendar, kernel::Day today, int days_ago) {
    kernel::Day day = today + -days_ago;
    while (!calendar.works(day)) ++day.days;
    // What was to happen on a weekend that ends today happened before it.
    if (days_ago > 0 && day >= today)
        for (day = today + -1; !calendar.works(day);) --day.days;
    return day;
}

}  // namespace server

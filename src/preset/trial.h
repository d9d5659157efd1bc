// What figures give: the days that a matter would have if it began on a day.
#pragma once
#include <string>
#include <vector>

#include <kernel/calendar.h>
#include <page/page.h>

#include "preset.h"

namespace preset {

struct TrialRow {
    std::string what;
    kernel::Day day;
    bool beyond = false;  // the calendar does not know the holidays of that time
};
// With this calendar, in the reader's words. What counts from another event counts from the same day.
std::vector<TrialRow> trial(page::Lang, const Params&, const kernel::Calendar&, kernel::Day from);

}  // namespace preset

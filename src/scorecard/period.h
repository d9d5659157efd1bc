// Periods of scorecards: whole months, above all quarters and years.
#pragma once
#include <vector>

#include <kernel/time.h>

namespace scorecard {

struct Period {
    kernel::Day from, to;
    friend bool operator==(const Period&, const Period&) = default;
};
Period whole_months(kernel::Day from, kernel::Day to);  // widened; `to` not before `from`
Period year_of(kernel::Day);
Period quarter_of(kernel::Day);
bool is_year(const Period&);
bool is_quarter(const Period&);
int quarter_number(const Period&);                       // 1..4
std::vector<Period> years(kernel::Day today, int n);     // newest first, this one included
std::vector<Period> quarters(kernel::Day today, int n);  // newest first, this one included
// At most ten years, in order; nothing else is a period.
bool sound(kernel::Day from, kernel::Day to);

}  // namespace scorecard

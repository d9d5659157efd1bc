// What may happen to a visit, as pure functions of what is and what is asked.
#pragma once
#include <optional>
#include <string_view>

#include "change.h"
#include "visit.h"

namespace visit::rules {

inline constexpr int days_back = 366;  // a year, whichever it was

// Officers, heads and clerks enter visits; not an administrator, who does not act on matters.
kernel::Checked may_record(const people::Actor&);
// An officer or head of the visit's unit, or a clerk.
kernel::Checked may_go_on(const people::Actor&, const Visit&);

kernel::Result<change::Recorded> record(const people::Actor&, const Draft&, const std::optional<issue::Issue>&,
                                        kernel::Day today);
kernel::Result<change::ReportedBack> report_back(const people::Actor&, const Visit&, kernel::Day, std::string_view what,
                                                 kernel::Day today);
kernel::Result<change::Corrected> correct(const people::Actor&, const Visit&, const Correction&,
                                          std::string_view reason, kernel::Day today);

}  // namespace visit::rules

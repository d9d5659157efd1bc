// How measures are named, stated and linked on pages.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <kernel/calendar.h>
#include <page/page.h>

#include "store.h"

namespace measure {

std::string address(MeasureId);                                  // "/measures/17"
page::Html state_of(page::Lang, const Measure&, int late_days);  // as text and colour
std::string kind_of(page::Lang, Kind);
std::string unit_name(db::Connection&, people::UnitId);
std::string post_of(db::Connection&, people::OfficerId);  // officers appear by post, heads also by name
// "63.5 complaints"; the unit of measurement may be none.
std::string amount_words(page::Lang, const Decimal&, const Indicator&);
// Working days late as of today: what the clock entered, or more where it has not come round yet; 0 when in time.
int late_days(const Measure&, kernel::Day today, const kernel::Calendar&);
// "due 7 December 2026 (10 working days left)", "… (2 working days late)".
std::string due_words(page::Lang, const Measure&, kernel::Day today, const kernel::Calendar&);
page::Html loop_of(page::Lang, const Measure&, const std::vector<Happened>&, int late_days);
page::Html history_html(page::Lang, db::Connection&, const Measure&, const std::vector<Happened>&);
page::Html verdicts_of(page::Lang, const Measure&, std::optional<int> judged_percent);
page::Html chart_of(page::Lang, const Measure&, const std::vector<Happened>&);

}  // namespace measure

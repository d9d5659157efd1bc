// How reviews are named, stated and linked on pages.
#pragma once
#include <string>
#include <vector>

#include <page/page.h>

#include "store.h"

namespace review {

std::string address(ReviewId);  // "/reviews/17"
std::string measure_title(page::Lang, const measure::Measure&);
std::string measure_address(measure::MeasureId);
std::string panel_name(page::Lang, const PanelDraft&);
std::string question_text(page::Lang, const Question&, std::size_t n);  // n from 0
std::string group_of(page::Lang, Group);
std::string post_of(page::Lang, db::Connection&, people::OfficerId);  // "by the clock" for nobody
page::Html state_of(page::Lang, const Review&, const std::optional<Result>&);
page::Html loop_of(page::Lang, const measure::Measure&, const Review&, const Life&);
page::Html history_html(page::Lang, db::Connection&, const Review&, const Life&);
// Both verdicts: the unit's own word and that of those concerned.
page::Html verdicts_of(page::Lang, const measure::Measure&, const Review&, const std::optional<Result>&);
// Shares of the panels with their intervals; those that do not count stand in the table of panels.
page::Html chart_of(page::Lang, const Result&, kernel::Instant counted);

}  // namespace review

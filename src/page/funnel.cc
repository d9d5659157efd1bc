#include <algorithm>

#include "chart.h"

namespace page {

// Its steps count different things (people, statements, issues), so it has no total and no shares: each bar is drawn
// against the largest count, and the number stands beside it.
Html funnel(Lang lang, std::string_view title, const std::vector<Step>& steps, std::string_view counted_when) {
    std::int64_t most = 1;
    for (const Step& step : steps) most = std::max(most, step.count);
    Markup out;
    out.raw("<figure class=\"funnel\"><figcaption>").text(title).raw("<span class=\"counted\">");
    out.text(say(lang, "page.counted_when", {{"when", std::string(counted_when)}})).raw("</span></figcaption><ol>");
    for (const Step& step : steps) {
        const double width =
            100.0 * static_cast<double>(std::max<std::int64_t>(step.count, 0)) / static_cast<double>(most);
        out.raw("<li><span class=\"count\">").text(number(lang, step.count)).raw("</span><span class=\"step\">");
        if (!step.link.empty()) out.raw("<a href=\"").text(step.link).raw("\">");
        out.text(step.label);
        if (!step.link.empty()) out.raw("</a>");
        out.raw(
            "</span><svg aria-hidden=\"true\" width=\"100%\" height=\"8\"><rect class=\"bar\" height=\"8\" width=\"");
        out.raw(percent_length(width)).raw("\"/></svg></li>");
    }
    out.raw("</ol></figure>");
    return std::move(out).html();
}

}  // namespace page

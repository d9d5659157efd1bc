#include <algorithm>

#include "chart.h"

namespace page {
namespace {

constexpr double bar_room = 80;  // percent of the width for the longest bar; the rest is for its number

void put_bar(Markup& out, Lang lang, const Bar& bar, std::int64_t most, int& y) {
    y = put_label(out, bar.label, y + 14) - 12;
    const double width = most <= 0 ? 0 : bar_room * static_cast<double>(bar.value) / static_cast<double>(most);
    out.raw("<rect class=\"bar\" x=\"0\" y=\"")
        .raw(y)
        .raw("\" width=\"")
        .raw(percent_length(width))
        .raw("\" height=\"14\"/>");
    out.raw("<text class=\"value\" dx=\"6\" x=\"").raw(percent_length(width)).raw("\" y=\"").raw(y + 12).raw("\">");
    out.text(number(lang, bar.value));
    if (!bar.note.empty()) out.raw("<tspan class=\"note\" dx=\"6\">").text(bar.note).raw("</tspan>");
    out.raw("</text>");
    y += 26;
}

}  // namespace

Html bars(Lang lang, std::string_view title, const std::vector<Bar>& all, std::string_view counted_when) {
    std::int64_t sum = 0, most = 0;
    Figure f;
    f.columns = {say(lang, "page.column_what"), say(lang, "page.column_count"), say(lang, "page.column_note")};
    Markup out;
    int y = 0;
    for (const Bar& bar : all) {
        sum += bar.value;
        most = std::max(most, bar.value);
    }
    for (const Bar& bar : all) {
        put_bar(out, lang, bar, most, y);
        f.rows.push_back({bar.label, number(lang, bar.value), bar.note});
        if (!f.description.empty()) f.description += "; ";
        f.description += bar.label + ": " + number(lang, bar.value);
    }
    const bool notes = std::any_of(all.begin(), all.end(), [](const Bar& bar) { return !bar.note.empty(); });
    if (!notes) {
        f.columns.pop_back();
        for (auto& row : f.rows) row.pop_back();
    }
    f.title = title;
    if (!counted_when.empty()) f.counted = counted(lang, sum, counted_when);
    f.height = y;
    f.drawing = std::move(out).html();
    return figure(lang, f);
}

}  // namespace page

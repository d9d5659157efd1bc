#include <algorithm>
#include <cmath>

#include "chart.h"

namespace page {
namespace {

constexpr double scale_left = 3, scale_room = 94;  // percent of the width: where 0 % stands, and how long 100 % is

double place(double share) { return scale_left + scale_room * std::clamp(share, 0.0, 1.0); }

std::string whole_percent(Lang lang, double share) {
    return percent(lang, static_cast<std::int64_t>(std::llround(share * 100)), 100);
}

void put_upright(Markup& out, const char* kind, double share, int from, int to) {
    out.raw("<line class=\"").raw(kind).raw("\" x1=\"").raw(percent_length(place(share))).raw("\" x2=\"");
    out.raw(percent_length(place(share))).raw("\" y1=\"").raw(from).raw("\" y2=\"").raw(to).raw("\"/>");
}

std::string reading(Lang lang, const Share& share) {
    if (share.whole <= 0) return say(lang, "page.too_few_to_say");
    return say(lang, "page.interval",
               {{"share", percent(lang, share.part, share.whole)},
                {"low", whole_percent(lang, share.low)},
                {"high", whole_percent(lang, share.high)},
                {"n", number(lang, share.whole)}});
}

void put_share(Markup& out, Lang lang, const Share& share, int& y) {
    y = put_label(out, share.label, y + 14);
    out.raw("<text class=\"note\" x=\"0\" y=\"").raw(y).raw("\">").text(reading(lang, share)).raw("</text>");
    y += 18;
    out.raw("<line class=\"axis\" x1=\"").raw(percent_length(place(0))).raw("\" x2=\"").raw(percent_length(place(1)));
    out.raw("\" y1=\"").raw(y).raw("\" y2=\"").raw(y).raw("\"/>");
    for (double at : {0.0, 0.5, 1.0}) put_upright(out, "axis", at, y - 4, y + 4);
    if (share.whole > 0) {
        out.raw("<line class=\"whisker\" x1=\"").raw(percent_length(place(share.low))).raw("\" x2=\"");
        out.raw(percent_length(place(share.high))).raw("\" y1=\"").raw(y).raw("\" y2=\"").raw(y).raw("\"/>");
        put_upright(out, "whisker", share.low, y - 6, y + 6);
        put_upright(out, "whisker", share.high, y - 6, y + 6);
        const double at = static_cast<double>(share.part) / static_cast<double>(share.whole);
        out.raw("<circle class=\"dot\" r=\"6\" cx=\"")
            .raw(percent_length(place(at)))
            .raw("\" cy=\"")
            .raw(y)
            .raw("\"/>");
    }
    y += 20;
}

void put_scale(Markup& out, Lang lang, int y) {
    const char* const anchors[] = {"start", "middle", "end"};
    for (int i = 0; i < 3; ++i) {
        out.raw("<text class=\"scale ")
            .raw(anchors[i])
            .raw("\" x=\"")
            .raw(percent_length(place(i / 2.0)))
            .raw("\" y=\"");
        out.raw(y).raw("\">").text(percent(lang, 50 * i, 100)).raw("</text>");
    }
}

}  // namespace

Html whiskers(Lang lang, std::string_view title, const std::vector<Share>& all, std::string_view counted_when) {
    std::int64_t sum = 0;
    int y = 0;
    Markup out;
    Figure f;
    f.columns = {say(lang, "page.column_what"), say(lang, "page.column_share"), say(lang, "page.column_interval"),
                 say(lang, "page.column_part"), "n"};
    for (const Share& share : all) {
        sum += share.whole;
        put_share(out, lang, share, y);
        const bool known = share.whole > 0;
        f.rows.push_back({share.label, percent(lang, share.part, share.whole),
                          known ? whole_percent(lang, share.low) + " – " + whole_percent(lang, share.high) : "–",
                          number(lang, share.part), number(lang, share.whole)});
        if (!f.description.empty()) f.description += "; ";
        f.description += share.label + ": " + reading(lang, share);
    }
    if (!all.empty()) put_scale(out, lang, y + 8);
    f.title = title;
    // Shares of overlapping wholes have no sum worth saying: each says its own n.
    if (!counted_when.empty()) f.counted = counted(lang, sum, counted_when);
    f.height = y + 14;
    f.drawing = std::move(out).html();
    return figure(lang, f);
}

}  // namespace page

#include "chart.h"

namespace page {
namespace {

// In percent of the width: disagree grows left of the centre, agree right of it, pass stands apart at the end.
constexpr double centre = 42, half_room = 32, pass_at = 86, pass_room = 14;

void put_rect(Markup& out, const char* kind, double x, double width, int y) {
    out.raw("<rect class=\"").raw(kind).raw("\" x=\"").raw(percent_length(x)).raw("\" y=\"").raw(y).raw("\" width=\"");
    out.raw(percent_length(width)).raw("\" height=\"16\"/>");
}

void put_text(Markup& out, const char* kind, double x, int dx, int y, const std::string& text) {
    out.raw("<text class=\"value ")
        .raw(kind)
        .raw("\" x=\"")
        .raw(percent_length(x))
        .raw("\" dx=\"")
        .raw(dx)
        .raw("\" y=\"");
    out.raw(y).raw("\">").text(text).raw("</text>");
}

void put_split(Markup& out, Lang lang, const Split& split, int& y) {
    const std::int64_t n = split.agree + split.disagree + split.pass;
    y = put_label(out, split.label + " (n = " + number(lang, n) + ")", y + 14) - 12;
    put_text(out, "note start", pass_at, 0, y - 4, percent(lang, split.pass, n));
    const auto share = [&](std::int64_t part) {
        return n == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(n);
    };
    const double left = half_room * share(split.disagree), right = half_room * share(split.agree);
    put_rect(out, "disagree", centre - left, left, y);
    put_rect(out, "agree", centre, right, y);
    put_rect(out, "pass", pass_at, pass_room * share(split.pass), y);
    put_text(out, "end", centre - left, -4, y + 13, percent(lang, split.disagree, n));
    put_text(out, "start", centre + right, 4, y + 13, percent(lang, split.agree, n));
    out.raw("<line class=\"axis\" x1=\"").raw(percent_length(centre)).raw("\" x2=\"").raw(percent_length(centre));
    out.raw("\" y1=\"").raw(y - 3).raw("\" y2=\"").raw(y + 19).raw("\"/>");
    y += 30;
}

Html legend(Lang lang) {
    Markup out;
    out.raw("<ul class=\"legend\">");
    for (const char* kind : {"disagree", "agree", "pass"}) {
        out.raw("<li><svg width=\"14\" height=\"14\" aria-hidden=\"true\"><rect class=\"").raw(kind);
        out.raw("\" width=\"14\" height=\"14\"/></svg>").text(say(lang, std::string("page.") + kind)).raw("</li>");
    }
    out.raw("</ul>");
    return std::move(out).html();
}

}  // namespace

Html divergence(Lang lang, std::string_view title, const std::vector<Split>& all, std::string_view counted_when) {
    std::int64_t sum = 0;
    int y = 0;
    Markup out;
    Figure f;
    f.columns = {say(lang, "page.column_group"), say(lang, "page.agree"), say(lang, "page.disagree"),
                 say(lang, "page.pass"), "n"};
    for (const Split& split : all) {
        const std::int64_t n = split.agree + split.disagree + split.pass;
        sum += n;
        put_split(out, lang, split, y);
        f.rows.push_back({split.label, number(lang, split.agree), number(lang, split.disagree),
                          number(lang, split.pass), number(lang, n)});
        if (!f.description.empty()) f.description += "; ";
        f.description += say(lang, "page.split",
                             {{"group", split.label},
                              {"agree", percent(lang, split.agree, n)},
                              {"disagree", percent(lang, split.disagree, n)}});
    }
    f.title = title;
    f.counted = counted(lang, sum, counted_when);
    f.height = y;
    f.legend = legend(lang);
    f.drawing = std::move(out).html();
    return figure(lang, f);
}

}  // namespace page

#include <algorithm>

#include "markup.h"

namespace page {
namespace {

// Both on one scale of 0 to 100; the stretch between them is the gap.
Html scale(const Verdict& unit, const Verdict& people, std::string_view sentence) {
    const int a = std::clamp(*unit.percent, 0, 100), b = std::clamp(*people.percent, 0, 100);
    Markup out;
    out.raw("<svg class=\"gap\" role=\"img\" width=\"100%\" height=\"44\" aria-label=\"").text(sentence).raw("\">");
    out.raw("<line class=\"rule\" x1=\"0\" x2=\"100%\" y1=\"22\" y2=\"22\"/>");
    out.raw("<line class=\"between\" x1=\"").raw(percent_length(std::min(a, b))).raw("\" x2=\"");
    out.raw(percent_length(std::max(a, b))).raw("\" y1=\"22\" y2=\"22\"/>");
    // The unit's word is a square, that of the people a disc: they differ without colour.
    out.raw("<svg class=\"at\" x=\"").raw(percent_length(a)).raw("\" y=\"22\" width=\"1\" height=\"1\">");
    out.raw("<rect x=\"-8\" y=\"-8\" width=\"16\" height=\"16\"/></svg>");
    out.raw("<svg class=\"at\" x=\"").raw(percent_length(b)).raw("\" y=\"22\" width=\"1\" height=\"1\">");
    out.raw("<circle r=\"9\"/></svg></svg>");
    return std::move(out).html();
}

Data side(Lang lang, const Verdict& verdict) {
    Data data;
    data.set("heading", verdict.heading).set("statement", verdict.statement);
    if (verdict.percent) data.set("percent", percent(lang, *verdict.percent, 100));
    return data;
}

}  // namespace

Html verdicts(Lang lang, const Verdict& unit, const Verdict& people, std::string_view gap_sentence) {
    Data data;
    data.set("unit", side(lang, unit)).set("people", side(lang, people)).set("sentence", gap_sentence);
    if (unit.percent && people.percent) data.set("scale", scale(unit, people, gap_sentence));
    return render(lang, "page/verdicts.html", data);
}

}  // namespace page

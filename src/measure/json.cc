// Measures as the API gives them. Figures are text, because a decimal is no binary fraction.
#include "pages.h"

namespace measure {
namespace {

using kernel::Json;

Json day_or_null(const std::optional<kernel::Day>& day) { return day ? Json(kernel::iso(*day)) : Json(); }
Json figure_or_null(const std::optional<Decimal>& d) { return d ? Json(d->text()) : Json(); }
template <class Number>
Json number_or_null(const std::optional<Number>& n) {
    return n ? Json(*n) : Json();
}

}  // namespace

Json as_json(const Measure& m) {
    const Draft& p = m.promised;
    Json indicator = Json::Object{{"name", p.indicator.name},
                                  {"unit", p.indicator.unit},
                                  {"baseline", p.indicator.baseline.text()},
                                  {"target", p.indicator.target.text()},
                                  {"value", figure_or_null(m.last_value)}};
    indicator.set("percent_of_way", m.last_value
                                        ? Json(percent_of_way(p.indicator.baseline, p.indicator.target, *m.last_value))
                                        : Json());
    Json j = Json::Object{{"id", m.id.value()},
                          {"cycle", p.cycle.value()},
                          {"kind", std::string(name(p.kind))},
                          {"state", std::string(name(m.state))},
                          {"title", p.title},
                          {"text", p.text},
                          {"lang", p.lang},
                          {"owner_unit", p.owner_unit.value()},
                          {"owner", p.owner.value()},
                          {"beneficiaries", p.beneficiaries},
                          {"worse_off", p.worse_off},
                          {"remedy", p.remedy},
                          {"due", kernel::iso(p.due)},
                          {"first_due", kernel::iso(m.first_due)},
                          {"late_days", m.late_days},
                          {"returned", m.returned},
                          {"reopened", m.reopened},
                          {"extended", m.extended},
                          {"nobody_independent", m.nobody_independent},
                          {"sample", p.sample}};
    j.set("voice", p.voice ? Json(p.voice->value()) : Json());
    j.set("issue", p.issue ? Json(p.issue->value()) : Json())
        .set("criterion", p.criterion ? Json(p.criterion.value()) : Json());
    j.set("indicator", std::move(indicator))
        .set("motion", number_or_null(m.motion))
        .set("review", number_or_null(m.review));
    j.set("percent", number_or_null(m.percent))
        .set("done_on", day_or_null(m.done_on))
        .set("look_back", day_or_null(m.look_back));
    return j;
}

Json history_json(const std::vector<Happened>& events) {
    Json::Array all;
    for (const Happened& h : events) {
        Json one = Json::Object{{"entry", h.entry},
                                {"time", kernel::iso(h.minute)},
                                {"what", std::string(name(h.what))},
                                {"words", h.words},
                                {"evidence", h.evidence}};
        if (h.by) one.set("by", h.by->value());
        if (h.day) one.set("day", kernel::iso(*h.day));
        if (h.from_day) one.set("from_day", kernel::iso(*h.from_day));
        if (h.days) one.set("late_days", *h.days);
        if (h.percent) one.set("percent", *h.percent);
        if (h.amount) one.set("value", h.amount->text());
        if (h.from_amount) one.set("from_value", h.from_amount->text());
        if (h.to) one.set("unit", h.to->unit.value()).set("owner", h.to->owner.value());
        if (h.from) one.set("from_unit", h.from->unit.value()).set("from_owner", h.from->owner.value());
        if (h.because) one.set("because", *h.because);
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace measure

#include "lists.h"
#include "pages.h"

namespace visit {
namespace {

using kernel::Json;

template <class Id>
Json id_or_null(const std::optional<Id>& id) {
    return id ? Json(id->value()) : Json();
}
Json day_or_null(const std::optional<kernel::Day>& day) { return day ? Json(kernel::iso(*day)) : Json(); }

}  // namespace

Json as_json(const Visit& v, bool whole) {
    Json j = Json::Object{{"id", v.id.value()},
                          {"issue", id_or_null(v.issue)},
                          {"cycle", v.cycle.value()},
                          {"unit", v.unit.value()},
                          {"posts", v.posts},
                          {"may_decide", v.may_decide},
                          {"where", v.where},
                          {"heard", v.heard},
                          {"promised", v.promised},
                          {"lang", v.lang},
                          {"day", kernel::iso(v.day)},
                          {"met", v.met},
                          {"told", v.told},
                          {"sample", v.sample}};
    j.set("reported_back", day_or_null(v.reported_back)).set("until", day_or_null(v.until));
    j.set("mode", v.mode ? Json(name(*v.mode)) : Json()).set("plan", id_or_null(v.plan));
    j.set("planned", v.planned ? Json(*v.planned) : Json());
    Json groups = Json::Object{};
    for (const Met& met : v.groups) groups.set(std::string(name(met.group)), met.n);
    j.set("groups", std::move(groups));
    if (whole) j.set("voices", numbers(v.voices)).set("measures", numbers(v.measures));
    return j;
}

Json as_json(const Plan& p) {
    Json j = Json::Object{{"id", p.id.value()},
                          {"issue", id_or_null(p.issue)},
                          {"cycle", p.cycle.value()},
                          {"unit", p.unit.value()},
                          {"made", kernel::iso(p.made)},
                          {"day", kernel::iso(p.day)},
                          {"announced", p.announced},
                          {"posts", p.posts},
                          {"where", p.where},
                          {"why", p.why},
                          {"lang", p.lang},
                          {"visit", id_or_null(p.visit)},
                          {"called_off", p.called_off},
                          {"reason", p.reason},
                          {"sample", p.sample}};
    return j;
}

}  // namespace visit

#include "pages.h"

namespace spotcheck {
namespace {

using kernel::Json;

template <class T, class Says>
Json or_null(const std::optional<T>& value, Says says) {
    return value ? Json(says(*value)) : Json();
}

Json as_json(const Drawn& d) {
    Json j = Json::Object{{"kind", std::string(name(d.kind))}, {"matter", d.matter}, {"overdue", d.overdue}};
    if (!d.look) return j.set("look", Json());
    return j.set("look", Json::Object{{"entry", d.look->entry},
                                      {"outcome", std::string(name(d.look->outcome))},
                                      {"day", kernel::iso(d.look->day)},
                                      {"on_site", d.look->on_site},
                                      {"unit", d.look->unit.value()},
                                      {"seen", d.look->seen},
                                      {"reopened", d.look->reopened}});
}

}  // namespace

Json as_json(const Check& c, const std::vector<Drawn>* drawn) {
    const auto integer = [](std::int64_t n) { return n; };
    Json j = Json::Object{{"id", c.id.value()},
                          {"unit", c.unit.value()},
                          {"ordered", c.by.has_value()},
                          {"announced", kernel::iso(c.announced)},
                          {"from", c.from},
                          {"to", c.to},
                          {"at_most", c.n},
                          {"population", c.population},
                          {"drawn", c.drawn},
                          {"looked", c.looked},
                          {"sample", c.sample}};
    j.set("drawn_entry", or_null(c.drawn_entry, integer)).set("overdue_entry", or_null(c.overdue_entry, integer));
    j.set("due", or_null(c.due, [](kernel::Day day) { return kernel::iso(day); }));
    j.set("root", c.drawn_entry ? Json(kernel::hex(c.root)) : Json());
    if (!drawn) return j;
    Json::Array matters;
    for (const Drawn& d : *drawn) matters.push_back(as_json(d));
    return j.set("matters", std::move(matters));
}

}  // namespace spotcheck

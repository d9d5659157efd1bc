#include <cmath>

#include "pages.h"

namespace scorecard {
namespace {

using kernel::Json;

// Four digits after the point: more would pretend.
Json rounded(double share) { return std::round(share * 10'000) / 10'000; }

Json counts_of(const std::vector<Count>& all) {
    Json::Array out;
    for (const Count& c : all) out.emplace_back(Json::Object{{"key", c.key}, {"n", c.n}, {"list", c.link}});
    return out;
}

Json figures_of(const std::vector<Figure>& all) {
    Json::Array out;
    for (const Figure& f : all) {
        Json one = Json::Object{{"key", f.key}, {"n", f.whole}, {"shown", f.shown}, {"list", f.link}};
        one.set("part", f.shown ? Json(f.part) : Json()).set("part_list", f.link_part);
        one.set("low", f.shown ? rounded(f.low) : Json()).set("high", f.shown ? rounded(f.high) : Json());
        one.set("inside", counts_of(f.inside)).set("outside", counts_of(f.outside));
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace

Json as_json(const Card& c, std::int64_t position, const std::vector<Published>& then) {
    Json::Array below, hidden, published;
    for (people::UnitId each : c.below) below.emplace_back(each.value());
    for (const Card::Hidden& h : c.hidden_by)
        hidden.emplace_back(
            Json::Object{{"ground", std::string(people::name(h.ground))}, {"n", h.n}, {"list", h.link}});
    for (const Published& p : then) {
        Json::Array values;
        for (const Published::Value& v : p.values)
            values.emplace_back(Json::Object{{"key", v.key}, {"part", v.part}, {"n", v.whole}});
        published.emplace_back(Json::Object{
            {"entry", p.entry}, {"at", kernel::iso(p.minute)}, {"k", p.k}, {"figures", std::move(values)}});
    }
    Json j = Json::Object{
        {"unit", c.unit.value()}, {"from", kernel::iso(c.from)}, {"to", kernel::iso(c.to)}, {"k", c.k},
        {"position", position},   {"sample", c.sample},          {"typed", c.typed},        {"by_staff", c.by_staff}};
    j.set("typed_list", c.typed_link).set("by_staff_list", c.by_staff_link);
    j.set("figures", figures_of(c.figures)).set("hidden_by", std::move(hidden));
    j.set("below", std::move(below)).set("with_below", figures_of(c.with_below));
    j.set("published", std::move(published));
    j.set("before", figures_of(c.before)).set("taken_over", c.taken_over);
    return j;
}

}  // namespace scorecard

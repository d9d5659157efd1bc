// The addresses under /api/v1: all of them read.
#include <memory>

#include <db/database.h>
#include <page/page.h>

#include "asked.h"
#include "pages.h"

namespace decision {
namespace {

using http::Request;
using http::Response;
using kernel::Json;

Response ok(const Json& json) { return http::json(200, kernel::canonical(json)); }

template <class Id>
std::optional<Id> asked_id(const Request& r, std::string_view name) {
    const auto number = kernel::parse_index(r.asked(name).value_or(""));
    return number ? std::optional(Id(*number)) : std::nullopt;
}

Response list_bodies(const people::Needs& needs, const Request& r) {
    auto all = bodies(*needs.database.read(), asked_id<BodyId>(r, "after").value_or(BodyId()), bodies_on_a_page + 1);
    const bool more = all.size() > bodies_on_a_page;
    if (more) all.pop_back();
    Json::Array rows;
    for (const Body& b : all) rows.push_back(brief_json(b));
    return ok(Json().set("bodies", std::move(rows)).set("next", more ? Json(all.back().id.value()) : Json()));
}

Response list_sittings(const people::Needs& needs, const Request& r) {
    auto all = sittings(*needs.database.read(), asked_id<BodyId>(r, "body"), asked_id<people::CycleId>(r, "cycle"),
                        asked_id<SittingId>(r, "before"), sittings_on_a_page + 1);
    const bool more = all.size() > sittings_on_a_page;
    if (more) all.pop_back();
    Json::Array rows;
    for (const Sitting& s : all) rows.push_back(brief_json(s));
    return ok(Json().set("sittings", std::move(rows)).set("next", more ? Json(all.back().id.value()) : Json()));
}

Response list_motions(const people::Needs& needs, const Request& r) {
    const auto in = asked_id<SittingId>(r, "sitting");
    const auto of = asked_id<issue::IssueId>(r, "issue");
    if (!in && !of) return page::refusal(r, kernel::invalid("sitting", "decision.which_motions"));
    auto db = needs.database.read();
    Json::Array rows;
    for (const Motion& m : in ? motions(*db, *in) : motions_of(*db, *of)) rows.push_back(as_json(*db, m));
    return ok(Json().set("motions", std::move(rows)));
}

template <class Id, class Find>
http::Handler one(const people::Needs& needs, Find find) {
    return [&needs, find](const Request& r) {
        auto db = needs.database.read();
        const auto it = found<Id>(r, *db, find);
        return it ? ok(as_json(*db, *it)) : page::refusal(r, unknown<Id>());
    };
}

}  // namespace

void add_json_routes(http::Router& router, const people::Needs& needs) {
    router.get("/api/v1/bodies", page::json_list([&needs](const Request& r) { return list_bodies(needs, r); }));
    router.get("/api/v1/bodies/{id}", one<BodyId>(needs, body));
    router.get("/api/v1/sittings", page::json_list([&needs](const Request& r) { return list_sittings(needs, r); }));
    router.get("/api/v1/sittings/{id}", one<SittingId>(needs, sitting));
    router.get("/api/v1/motions", [&needs](const Request& r) { return list_motions(needs, r); });
    router.get("/api/v1/motions/{id}", one<MotionId>(needs, motion));
}

}  // namespace decision

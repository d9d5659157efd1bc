// The map as JSON: what the page says, for programs.
#include "pages.h"
#include "store.h"

namespace opinion_map {
namespace {

using kernel::Json;

Json share_json(const Share& share) { return Json::Object{{"of", share.whole}, {"votes", share.part}}; }
Json counts_json(const opinion::Counts& counts) {
    return Json::Object{{"agree", std::int64_t{counts.agree}},
                        {"disagree", std::int64_t{counts.disagree}},
                        {"pass", std::int64_t{counts.pass}}};
}
Json point_json(const opinion::Point& at) { return Json::Array{at.x, at.y}; }
std::string_view says(bool agree) { return agree ? "agree" : "disagree"; }

Json group_json(const GroupView& group) {
    Json out;
    out.set("people", group.people).set("at", point_json(group.centre)).set("too_small", group.small);
    out.set("surely", group.surely ? Json(*group.surely) : Json());
    Json::Array telling;
    for (const Told& one : group.telling) {
        Json t;
        t.set("statement", one.statement.value()).set("says", says(one.agree));
        t.set("group", share_json(one.group)).set("others", share_json(one.others));
        telling.push_back(std::move(t));
    }
    return out.set("telling", std::move(telling));
}

Json frozen_json(db::Connection& db, std::int64_t entry) {
    const auto found = frozen(db, entry);
    if (!found) return {};
    Json out;
    out.set("entry", entry).set("matrix", kernel::hex(found->matrix)).set("map", kernel::hex(found->map));
    out.set("rows", found->rows).set("left_out", found->left_out).set("method", found->method);
    return out;
}

}  // namespace

Json as_json(db::Connection& db, const dialogue::Dialogue& d, const Shown& shown) {
    const Map& map = *shown.map;
    const View v = view(map, people::setting_number(db, "figures.min_cell"), shown.sure.get());
    const people::Turnout turnout = people::turnout(db, d.cycle);
    Json out;
    out.set("dialogue", d.id.value()).set("at", map.at).set("drawn", v.drawn);
    out.set("people", v.people).set("placed", v.placed).set("votes", v.votes).set("statements", v.statements);
    out.set("people_of_round", turnout.people).set("verified_of_round", turnout.verified);
    out.set("silhouette", v.drawn ? Json(v.silhouette) : Json())
        .set("share_drawn", v.drawn ? Json(v.share_drawn) : Json());
    out.set("stability", v.stability ? Json(*v.stability) : Json());
    Json::Array groups, shared, divided, spots, blocs;
    for (const std::int64_t people : v.blocs) blocs.emplace_back(people);
    out.set("blocs", std::move(blocs));
    if (v.drawn) {
        for (const GroupView& one : v.groups) groups.push_back(group_json(one));
        for (const SharedView& one : v.shared) {
            Json::Array shares;
            for (const Share& share : one.groups) shares.push_back(share_json(share));
            shared.push_back(Json::Object{
                {"groups", std::move(shares)}, {"says", says(one.agree)}, {"statement", one.statement.value()}});
        }
        for (const DividedView& one : v.divided) {
            Json::Array counts;
            for (const opinion::Counts& each : one.groups) counts.push_back(counts_json(each));
            divided.push_back(Json::Object{
                {"groups", std::move(counts)}, {"spread", one.spread}, {"statement", one.statement.value()}});
        }
        for (std::size_t g = 0; g < map.picture.grouping.groups.size(); ++g)
            for (const std::uint32_t base : map.picture.grouping.groups[g].bases) {
                const opinion::Base& one = map.picture.grouping.bases[base];
                spots.push_back(
                    Json::Object{{"at", point_json(one.centre)}, {"group", g}, {"people", std::int64_t{one.people}}});
            }
    }
    out.set("groups", std::move(groups)).set("shared", std::move(shared)).set("divided", std::move(divided));
    out.set("spots", std::move(spots)).set("frozen", map.frozen ? frozen_json(db, *map.frozen) : Json());
    return out;
}

}  // namespace opinion_map

#include <map>

#include <db/database.h>
#include <kernel/json.h>
#include <ledger/ledger.h>

#include "routes.h"
#include "store.h"

namespace people {
namespace {

constexpr int newest_events = 50;  // on a unit's page

// The tree of open units as nested lists: the branches under `parent`, each with its own branches inside.
using Branches = std::map<std::optional<UnitId>, std::vector<Unit>>;

page::Html branch(page::Lang lang, const Branches& all, const std::optional<UnitId>& parent) {
    const auto found = all.find(parent);
    if (found == all.end()) return {};
    std::vector<page::Data> rows;
    for (const Unit& unit : found->second) {
        page::Data row;
        row.set("name", unit.name).set("path", path_to(unit.id)).set("sample", unit.sample);
        row.set("branch", branch(lang, all, unit.id));
        rows.push_back(std::move(row));
    }
    page::Data data;
    data.set("units", std::move(rows));
    return page::render(lang, "people/unit_branch.html", data);
}

page::Page tree_page(const Site& site, page::Lang lang) {
    Branches all;
    db::Database::Lease db = site.needs.database.read();
    std::int64_t count = 0;
    for (Unit& unit : units(*db)) {
        if (!unit.open) continue;
        ++count;
        all[unit.parent].push_back(std::move(unit));
    }
    page::Data data;
    data.set("tree", branch(lang, all, std::nullopt));
    data.set("lead", page::say(lang, "people.units_lead", {{"count", page::number(lang, count)}}));
    page::Page page;
    page.title = page::say(lang, "people.units");
    page.main = page::render(lang, "people/units.html", data);
    page.section = "units";
    return page;
}

std::vector<page::Data> post_rows(db::Connection& db, page::Lang lang, UnitId unit) {
    std::vector<page::Data> rows;
    for (const Officer& officer : officers(db, unit)) {
        page::Data row;
        row.set("post", officer.post).set("name", public_name(db, officer.id).value_or(""));
        if (officer.contractor) row.set("contractor", true);
        if (officer.has(Role::head)) row.set("head", page::say(lang, "people.role_head"));
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<page::Data> path_rows(db::Connection& db, const Unit& unit) {
    std::vector<page::Data> rows;
    for (std::optional<Unit> above = unit; above && above->parent;) {
        above = people::unit(db, *above->parent);
        page::Data row;
        if (above) row.set("name", above->name).set("path", path_to(above->id));
        if (above) rows.insert(rows.begin(), std::move(row));
    }
    return rows;
}

std::vector<page::Event> events(page::Lang lang, const std::vector<UnitEvent>& history) {
    std::vector<page::Event> all;
    for (const UnitEvent& event : history) {
        // "people.unit_renamed" in the ledger is "people.did_unit_renamed" in the reader's words.
        std::string what =
            page::say(lang, "people.did_" + event.what.substr(event.what.find('.') + 1), {{"about", event.about}});
        if (event.reason) what = page::say(lang, "people.did_because", {{"what", what}, {"reason", *event.reason}});
        all.push_back(
            {event.at, what, event.by.empty() ? page::say(lang, "people.console") : event.by, event.entry, {}});
    }
    return all;
}

page::Page unit_page(const Site& site, const http::Request& request, page::Lang lang, const Unit& unit) {
    db::Database::Lease db = site.needs.database.read();
    page::Data data;
    data.set("name", unit.name).set("closed", !unit.open).set("above", path_rows(*db, unit));
    std::vector<page::Data> below;
    for (const Unit& each : units_under(*db, unit.id)) {
        page::Data row;
        row.set("name", each.name).set("path", path_to(each.id));
        below.push_back(std::move(row));
    }
    data.set("has_below", !below.empty()).set("below", std::move(below));
    std::vector<page::Data> posts = post_rows(*db, lang, unit.id);
    data.set("has_posts", !posts.empty()).set("posts", std::move(posts));
    page::Html parts;
    for (const auto& part : site.hooks.parts) parts = std::move(parts) + part(request, *db, unit.id);
    const auto before = kernel::parse_index(request.asked("before").value_or(""));
    std::vector<UnitEvent> lately = history(*db, unit.id, before, newest_events + 1);
    page::Pages pages{path_to(unit.id), {}, {}};
    if (lately.size() > newest_events) {
        lately.erase(lately.begin());
        pages.older = std::to_string(lately.front().entry);
    }
    data.set("pagination", page::pagination(lang, pages));
    data.set("parts", std::move(parts)).set("history", page::timeline(lang, events(lang, lately)));
    if (site.hooks.words) data.set("about_words", site.hooks.words(request, *db, entries_of(lately)));
    page::Page page;
    page.title = unit.name;
    page.main = page::render(lang, "people/unit.html", data);
    page.section = "units";
    page.sample = unit.sample;
    return page;
}

kernel::Json unit_object(const Unit& unit) {
    kernel::Json json;
    json.set("id", unit.id.value()).set("name", unit.name).set("open", unit.open).set("sample", unit.sample);
    json.set("parent", unit.parent ? kernel::Json(unit.parent->value()) : kernel::Json());
    return json;
}

http::Response public_json(const kernel::Json& json) {
    http::Response response = http::json(200, kernel::canonical(json));
    response.cacheable = true;
    return response;
}

}  // namespace

http::Response list_units(const Site& site, const http::Request& request) {
    return page::cached(request, "", site.needs.ledger.size(), [&] { return tree_page(site, page::lang_of(request)); });
}

http::Response show_unit(const Site& site, const http::Request& request) {
    const std::int64_t position = site.needs.ledger.size();
    const std::optional<Unit> found = unit(*site.needs.database.read(), id_of<UnitId>(request));
    if (!found) return refusal(request, kernel::refuse(kernel::Code::not_found, "people.unit_unknown"));
    const auto before = kernel::parse_index(request.asked("before").value_or(""));
    return page::cached(request, before ? std::to_string(*before) : std::string(), position,
                        [&] { return unit_page(site, request, page::lang_of(request), *found); });
}

http::Response units_json(const Site& site, const http::Request&) {
    kernel::Json::Array all;
    for (const Unit& unit : units(*site.needs.database.read())) all.push_back(unit_object(unit));
    return public_json(kernel::Json().set("units", std::move(all)));
}

http::Response unit_json(const Site& site, const http::Request& request) {
    db::Database::Lease db = site.needs.database.read();
    const std::optional<Unit> found = unit(*db, id_of<UnitId>(request));
    if (!found) return refusal(request, kernel::refuse(kernel::Code::not_found, "people.unit_unknown"));
    kernel::Json json = unit_object(*found);
    kernel::Json::Array posts;
    for (const Officer& officer : officers(*db, found->id)) {
        kernel::Json post;
        post.set("id", officer.id.value()).set("post", officer.post).set("head", officer.has(Role::head));
        post.set("contractor", officer.contractor ? kernel::Json(officer.contractor->value()) : kernel::Json());
        if (const std::optional<std::string> shown = public_name(*db, officer.id)) post.set("name", *shown);
        posts.push_back(std::move(post));
    }
    json.set("posts", std::move(posts));
    return public_json(json);
}

}  // namespace people

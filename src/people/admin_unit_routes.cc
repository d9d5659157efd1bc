#include <db/database.h>
#include <page/reader.h>

#include "acts.h"
#include "routes.h"
#include "store.h"

namespace people {
namespace {

// What can be changed about a unit, a page each.
struct UnitForm {
    std::string_view title, page, path;
};
constexpr UnitForm naming{"people.rename_unit", "people/admin_unit_name.html", "/name"};
constexpr UnitForm moving{"people.move_unit", "people/admin_unit_parent.html", "/parent"};
constexpr UnitForm closing{"people.close_unit", "people/admin_unit_closing.html", "/closing"};

http::Response unit_form(const Site& site, const http::Request& request, const UnitForm& which, page::Form form,
                         int status = 200) {
    db::Database::Lease db = site.needs.database.read();
    const std::optional<Unit> found = unit(*db, id_of<UnitId>(request));
    if (!found) return refusal(request, kernel::refuse(kernel::Code::not_found, "people.unit_unknown"));
    const page::Lang lang = page::lang_of(request);
    form.value("name", found->name).options("parent", unit_options(*db));
    if (found->parent) form.value("parent", std::to_string(found->parent->value()));
    page::Data data;
    data.set("unit", found->name).set("back", "/admin" + path_to(found->id));
    data.set("action", "/admin" + path_to(found->id) + std::string(which.path));
    form.fill(lang, data, {"name", "parent", "reason"});
    return answer_page(request, page::say(lang, which.title), page::render(lang, which.page, data), status);
}

// Back to the unit, or the same form with what was wrong.
http::Response after(const Site& site, const http::Request& request, const UnitForm& which,
                     const kernel::Checked& done) {
    if (done) return http::redirect("/admin" + path_to(id_of<UnitId>(request)));
    if (!page::mends(done.error())) return refusal(request, done.error());
    return unit_form(site, request, which, page::Form::again(request, {done.error()}),
                     http::status_of(done.error().code));
}

http::Response new_unit_form(const Site& site, const http::Request& request, page::Form form, int status = 200) {
    const page::Lang lang = page::lang_of(request);
    form.options("parent", unit_options(*site.needs.database.read()));
    page::Data data;
    form.fill(lang, data, {"name", "parent"});
    return answer_page(request, page::say(lang, "people.new_unit"),
                       page::render(lang, "people/admin_unit_new.html", data), status);
}

}  // namespace

http::Response show_admin(const Site& site, const http::Request& request) {
    const page::Lang lang = page::lang_of(request);
    db::Database::Lease db = site.needs.database.read();
    std::vector<page::Data> rows;
    for (const page::Option& option : unit_options(*db)) {
        page::Data row;
        row.set("path", "/admin/units/" + option.value).set("label", option.label);
        rows.push_back(std::move(row));
    }
    std::vector<page::Data> places;
    for (const Hooks::Place& place : site.hooks.admin) {
        page::Data row;
        row.set("path", place.path).set("title", page::say(lang, place.title_key));
        places.push_back(std::move(row.set("lead", page::say(lang, place.lead_key))));
    }
    page::Data data;
    if (const auto last = calendar_ends(*db, kernel::local_day(site.needs.clock.now())))
        data.set("calendar_ends", page::full_date(lang, *last));
    data.set("places", std::move(places));
    data.set("units", std::move(rows)).set("contact_missing", setting(*db, "complaint.about_persons").empty());
    return answer_page(request, page::say(lang, "people.admin"), page::render(lang, "people/admin.html", data));
}

http::Response new_unit(const Site& site, const http::Request& request) {
    page::Form form(request);
    if (const auto parent = request.asked("parent")) form.value("parent", std::string(*parent));
    return new_unit_form(site, request, std::move(form));
}

http::Response post_unit(const Site& site, const http::Request& request) {
    page::Reader reader(request);
    NewUnit asked;
    asked.name = reader.need_text("name", max_name, "people.unit_name_missing");
    asked.parent = reader.need_id<UnitId>("parent", "people.unit_missing", "people.unit_unknown");
    if (!reader.good()) return new_unit_form(site, request, page::Form::again(request, reader.errors()), 422);
    // What is made under a unit of a rehearsal belongs to the rehearsal.
    if (const std::optional<Unit> parent = unit(*site.needs.database.read(), *asked.parent))
        asked.sample = parent->sample;
    const kernel::Result<UnitId> made = make_unit(site.needs, actor(request), asked, page::once(request));
    if (made) return http::redirect("/admin" + path_to(*made));
    if (!page::mends(made.error())) return refusal(request, made.error());
    return new_unit_form(site, request, page::Form::again(request, {made.error()}), http::status_of(made.error().code));
}

http::Response edit_unit(const Site& site, const http::Request& request) {
    db::Database::Lease db = site.needs.database.read();
    const std::optional<Unit> found = unit(*db, id_of<UnitId>(request));
    if (!found) return refusal(request, kernel::refuse(kernel::Code::not_found, "people.unit_unknown"));
    const std::optional<Unit> parent = found->parent ? unit(*db, *found->parent) : std::nullopt;
    page::Data data;
    data.set("name", found->name).set("path", path_to(found->id)).set("admin_path", "/admin" + path_to(found->id));
    data.set("open", found->open).set("id", found->id.value()).set("parent", parent ? parent->name : "");
    std::vector<page::Data> rows;
    for (const Officer& officer : officers(*db, found->id)) {
        page::Data row;
        row.set("post", officer.post).set("path", "/admin/officers/" + std::to_string(officer.id.value()));
        rows.push_back(std::move(row));
    }
    data.set("has_officers", !rows.empty()).set("officers", std::move(rows));
    return answer_page(request, found->name, page::render(page::lang_of(request), "people/admin_unit.html", data));
}

http::Response edit_unit_name(const Site& site, const http::Request& request) {
    return unit_form(site, request, naming, page::Form(request));
}
http::Response edit_unit_parent(const Site& site, const http::Request& request) {
    return unit_form(site, request, moving, page::Form(request));
}
http::Response edit_unit_closing(const Site& site, const http::Request& request) {
    return unit_form(site, request, closing, page::Form(request));
}

http::Response post_unit_name(const Site& site, const http::Request& request) {
    page::Reader reader(request);
    const UnitRename asked{id_of<UnitId>(request), reader.need_text("name", max_name, "people.unit_name_missing"),
                           reader.need_text("reason", max_reason, "people.reason_missing")};
    if (!reader.good()) return unit_form(site, request, naming, page::Form::again(request, reader.errors()), 422);
    return after(site, request, naming, rename_unit(site.needs, actor(request), asked, page::once(request)));
}

http::Response post_unit_parent(const Site& site, const http::Request& request) {
    page::Reader reader(request);
    const UnitMove asked{id_of<UnitId>(request),
                         reader.need_id<UnitId>("parent", "people.unit_missing", "people.unit_unknown"),
                         reader.need_text("reason", max_reason, "people.reason_missing")};
    if (!reader.good()) return unit_form(site, request, moving, page::Form::again(request, reader.errors()), 422);
    return after(site, request, moving, move_unit(site.needs, actor(request), asked, page::once(request)));
}

http::Response post_unit_closing(const Site& site, const http::Request& request) {
    page::Reader reader(request);
    const UnitClosing asked{id_of<UnitId>(request), reader.need_text("reason", max_reason, "people.reason_missing")};
    if (!reader.good()) return unit_form(site, request, closing, page::Form::again(request, reader.errors()), 422);
    return after(site, request, closing,
                 close_unit(site.needs, actor(request), asked, site.hooks, page::once(request)));
}

}  // namespace people

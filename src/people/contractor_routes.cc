// Firms whose people work here: the list that everybody reads, and what an
// administrator does to it.
#include <algorithm>

#include <db/database.h>
#include <kernel/json.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "acts.h"
#include "routes.h"
#include "store.h"

namespace people {
namespace {

// How many of its people are in office, by unit.
std::vector<page::Data> units_data(db::Connection& db, page::Lang lang, ContractorId id) {
    std::vector<page::Data> rows;
    for (const auto& [unit, n] : posts_by_unit(db, id)) {
        page::Data row;
        const std::optional<Unit> found = people::unit(db, unit);
        row.set("name", found ? found->name : "").set("path", path_to(unit));
        row.set("posts", page::say(lang, "people.contractor_posts", {{"n", page::number(lang, n)}}));
        rows.push_back(std::move(row));
    }
    return rows;
}

page::Data contractor_data(db::Connection& db, page::Lang lang, const Contractor& one) {
    page::Data row;
    row.set("name", one.name).set("entry", one.id.value()).set("since", page::date_time(lang, one.since));
    row.set("path", "/admin/contractors/" + std::to_string(one.id.value())).set("reason", one.reason);
    if (one.ended) row.set("ended", page::date_time(lang, *one.ended)).set("ended_entry", one.ended_entry.value());
    std::vector<page::Data> units = units_data(db, lang, one.id);
    return row.set("no_posts", units.empty()).set("units", std::move(units));
}

std::vector<page::Data> rows_of(db::Connection& db, page::Lang lang) {
    std::vector<page::Data> rows;
    for (const Contractor& one : contractors(db)) rows.push_back(contractor_data(db, lang, one));
    return rows;
}

http::Response admin_page(const Site& site, const http::Request& request, page::Form form, int status = 200) {
    const page::Lang lang = page::lang_of(request);
    std::vector<page::Data> rows = rows_of(*site.needs.database.read(), lang);
    page::Data data;
    data.set("none", rows.empty()).set("contractors", std::move(rows));
    form.fill(lang, data, {"name"});
    return answer_page(request, page::say(lang, "people.contractors"),
                       page::render(lang, "people/admin_contractors.html", data), status);
}

http::Response one_page(const Site& site, const http::Request& request, page::Form form, int status = 200) {
    db::Database::Lease db = site.needs.database.read();
    const std::optional<Contractor> found = contractor(*db, id_of<ContractorId>(request));
    if (!found) return refusal(request, kernel::refuse(kernel::Code::not_found, "people.contractor_unknown"));
    const page::Lang lang = page::lang_of(request);
    page::Data data = contractor_data(*db, lang, *found);
    form.fill(lang, data, {"reason"});
    return answer_page(request, found->name, page::render(lang, "people/admin_contractor.html", data), status);
}

}  // namespace

std::vector<page::Option> contractor_options(db::Connection& db) {
    std::vector<page::Option> all;
    for (const Contractor& one : contractors(db, true)) all.push_back({std::to_string(one.id.value()), one.name, ""});
    return all;
}

http::Response list_contractors(const Site& site, const http::Request& request) {
    return page::cached(request, "", site.needs.ledger.size(), [&] {
        const page::Lang lang = page::lang_of(request);
        db::Database::Lease db = site.needs.database.read();
        page::Data data;
        const std::vector<Contractor> all = contractors(*db);
        std::vector<std::int64_t> ends;
        for (const Contractor& one : all)
            if (one.ended_entry) ends.push_back(*one.ended_entry);
        std::sort(ends.begin(), ends.end());
        if (site.hooks.words) data.set("about_words", site.hooks.words(request, *db, ends));
        data.set("none", all.empty()).set("contractors", rows_of(*db, lang));
        page::Page page;
        page.title = page::say(lang, "people.contractors");
        page.main = page::render(lang, "people/contractors.html", data);
        page.section = "units";
        return page;
    });
}

http::Response contractors_json(const Site& site, const http::Request&) {
    db::Database::Lease db = site.needs.database.read();
    kernel::Json::Array all;
    for (const Contractor& one : contractors(*db)) {
        std::int64_t posts = 0;
        for (const auto& [unit, n] : posts_by_unit(*db, one.id)) posts += n;
        kernel::Json json;
        json.set("id", one.id.value()).set("name", one.name).set("since", kernel::iso(one.since)).set("posts", posts);
        json.set("ended", one.ended ? kernel::Json(kernel::iso(*one.ended)) : kernel::Json());
        all.push_back(std::move(json));
    }
    http::Response response = http::json(200, kernel::canonical(kernel::Json().set("contractors", std::move(all))));
    response.cacheable = true;
    return response;
}

http::Response admin_contractors(const Site& site, const http::Request& request) {
    return admin_page(site, request, page::Form(request));
}

http::Response post_contractor(const Site& site, const http::Request& request) {
    page::Reader reader(request);
    const std::string name = reader.need_text("name", max_name, "people.contractor_name_missing");
    if (!reader.good()) return admin_page(site, request, page::Form::again(request, reader.errors()), 422);
    const auto made = make_contractor(site.needs, actor(request), name, page::once(request));
    if (made) return http::redirect("/admin/contractors");
    if (!page::mends(made.error())) return refusal(request, made.error());
    return admin_page(site, request, page::Form::again(request, {made.error()}), http::status_of(made.error().code));
}

http::Response edit_contractor(const Site& site, const http::Request& request) {
    return one_page(site, request, page::Form(request));
}

http::Response post_contractor_end(const Site& site, const http::Request& request) {
    page::Reader reader(request);
    const ContractorEnd asked{id_of<ContractorId>(request),
                              reader.need_text("reason", max_reason, "people.reason_missing")};
    if (!reader.good()) return one_page(site, request, page::Form::again(request, reader.errors()), 422);
    const kernel::Checked done = end_contractor(site.needs, actor(request), asked, page::once(request));
    if (done) return http::redirect("/admin/contractors");
    if (!page::mends(done.error())) return refusal(request, done.error());
    return one_page(site, request, page::Form::again(request, {done.error()}), http::status_of(done.error().code));
}

}  // namespace people

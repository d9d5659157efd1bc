#include <memory>

#include <db/database.h>
#include <kernel/id.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "form.h"
#include "library.h"
#include "pages.h"
#include "params.h"
#include "store.h"

namespace preset {
namespace {

using http::Request;
using http::Response;

kernel::Error unknown() { return kernel::refuse(kernel::Code::not_found, "preset.unknown"); }

// Where a refusal by the path of a figure stands on the form.
std::string field_of(const std::string& path) {
    const std::string top = path.substr(0, path.find_first_of(".["));
    if (path.ends_with(".ladder") || path.ends_with(".then_every")) return top + "_steps";
    return top == "stops" ? "stop_author_asked" : top;
}

class Routes {
public:
    Routes(const people::Needs& needs, Hooks hooks) : needs_(needs), hooks_(std::move(hooks)) {}

    Response list(const Request& r) const {
        const auto before = kernel::parse_index(r.asked("before").value_or(""));
        return page::cached(r, before ? std::to_string(*before) : std::string(), needs_.ledger.size(),
                            [&] { return list_page(r, *needs_.database.read(), before); });
    }

    Response show(const Request& r) const {
        auto db = needs_.database.read();
        const auto entry = kernel::parse_index(r.param("entry"));
        const auto found = entry ? preset::preset(*db, *entry) : std::nullopt;
        if (!found) return people::refusal(r, unknown());
        return page::cached(r, "", needs_.ledger.size(), [&] {
            const std::int64_t entries[] = {found->entry};
            return preset_page(r, *db, *found, hooks_.words ? hooks_.words(r, *db, entries) : page::Html());
        });
    }

    Response show_of_library(const Request& r) const {
        const LibraryPreset* found = in_library(r.param("id"));
        if (!found) return people::refusal(r, unknown());
        return page::cached(r, "", needs_.ledger.size(),
                            [&] { return preset_page(r, *needs_.database.read(), found->preset, {}); });
    }

    Response choose(const Request& r) const { return page::answer(r, admin_page(r, *needs_.database.read())); }

    Response edit(const Request& r) const {
        const Preset* from = asked_for(r);
        return from ? form(r, *from, {}, {}) : people::refusal(r, unknown());
    }

    Response try_out(const Request& r) const {
        const Preset* from = asked_for(r);
        if (!from) return people::refusal(r, unknown());
        page::Reader reader(r);
        const Params params = read_form(reader, r, from->params);
        const auto day = reader.day("day", "preset.day_form");
        if (!reader.good()) return form(r, *from, reader.errors(), {});
        auto checked = check(params);
        if (!checked) return form(r, *from, {at_its_field(checked.error())}, {});
        return form(r, *from, {}, Trial{day.value_or(today()), params});
    }

    Response adopt_it(const Request& r) const {
        const Preset* from = asked_for(r);
        if (!from) return people::refusal(r, unknown());
        page::Reader reader(r);
        Adoption asked{from->id, read_form(reader, r, from->params), {}};
        asked.reason = reader.need_text("reason", max_reason, "people.reason_missing");
        if (!reader.good()) return form(r, *from, reader.errors(), {});
        const auto done = adopt(needs_, people::actor(r), asked, page::once(r));
        if (done) return http::redirect("/rules/presets/" + std::to_string(*done));
        const bool mends = done.error().code == kernel::Code::invalid || done.error().code == kernel::Code::conflict;
        return mends ? form(r, *from, {at_its_field(done.error())}, {}) : people::refusal(r, done.error());
    }

    Response list_json(const Request& r) const {
        constexpr int at_once = 100;
        auto db = needs_.database.read();
        const auto before = kernel::parse_index(r.asked("before").value_or(""));
        std::vector<Preset> all = adopted(*db, before, at_once + 1);
        const bool more = all.size() > at_once;
        if (more) all.pop_back();
        kernel::Json::Array rows, from_library;
        for (const Preset& one : all) rows.push_back(as_json(one));
        for (const LibraryPreset& one : library()) from_library.push_back(as_json(one.preset));
        kernel::Json holding_now;
        for (Applies applies : all_applies)
            if (adoptable(applies)) holding_now.set(std::string(name(applies)), as_json(holding(*db, applies)));
        kernel::Json body;
        body.set("in_force", std::move(holding_now)).set("adopted", std::move(rows));
        body.set("library", std::move(from_library));
        body.set("next", more ? kernel::Json(all.back().entry) : kernel::Json());
        return http::json(200, kernel::canonical(body));
    }

private:
    static const Preset* asked_for(const Request& r) {
        const LibraryPreset* found = in_library(r.param("id"));
        return found && adoptable(found->preset.applies) ? &found->preset : nullptr;
    }
    static kernel::Error at_its_field(kernel::Error error) {
        error.field = field_of(error.field);
        return error;
    }
    kernel::Day today() const { return kernel::local_day(needs_.clock.now()); }

    Response form(const Request& r, const Preset& from, const std::vector<kernel::Error>& errors,
                  const std::optional<Trial>& tried) const {
        const bool sent = r.method == http::Method::post;
        page::Page shown = edit_page(r, *needs_.database.read(), from,
                                     sent ? page::Form::again(r, errors) : page::Form(r), tried, today());
        return page::answer(r, std::move(shown), errors);
    }

    const people::Needs& needs_;
    const Hooks hooks_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs, Hooks hooks) {
    const auto routes = std::make_shared<const Routes>(needs, std::move(hooks));
    const auto administrator = [](http::Handler serve) -> http::Handler {
        return [serve = std::move(serve)](const Request& r) {
            if (auto may = people::need_role(people::actor(r), people::Role::administrator); !may)
                return people::refusal(r, may.error());
            return serve(r);
        };
    };
    router.get("/rules/presets", [routes](const Request& r) { return routes->list(r); });
    router.get("/rules/presets/{entry}", [routes](const Request& r) { return routes->show(r); });
    router.get("/rules/presets/library/{id}", [routes](const Request& r) { return routes->show_of_library(r); });
    router.get("/admin/presets", administrator([routes](const Request& r) { return routes->choose(r); }));
    router.get("/admin/presets/{id}", administrator([routes](const Request& r) { return routes->edit(r); }));
    router.post("/admin/presets/{id}", administrator([routes](const Request& r) { return routes->adopt_it(r); }));
    router.post("/admin/presets/{id}/trial", administrator([routes](const Request& r) { return routes->try_out(r); }));
    router.get("/api/v1/presets", page::json_list([routes](const Request& r) { return routes->list_json(r); }));
}

}  // namespace preset

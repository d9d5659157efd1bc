#include <memory>

#include <db/database.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "pages.h"

namespace routing {
namespace {

using http::Request;
using http::Response;

constexpr int past_at_once = 250, lines_at_first = 5, lines_more = 20;

kernel::Error table_unknown() { return kernel::refuse(kernel::Code::not_found, "routing.unknown"); }

class Routes {
public:
    Routes(const people::Needs& needs, Hooks hooks) : needs_(needs), hooks_(std::move(hooks)) {}

    Response show_in_force(const Request& r) const {
        auto db = needs_.database.read();
        return shown(r, *db, in_force(*db));
    }
    Response show_version(const Request& r) const {
        auto db = needs_.database.read();
        const auto found = asked(*db, r);
        if (!found) return people::refusal(r, table_unknown());
        return shown(r, *db, found);
    }

    Response file(const Request& r, List list, std::string_view name) const {
        auto db = needs_.database.read();
        const auto found = asked(*db, r);
        if (!found) return people::refusal(r, table_unknown());
        Response response;
        response.content_type = "text/csv; charset=utf-8";
        response.set("Content-Disposition", "attachment; filename=\"" + std::string(name) + ".csv\"");
        response.body = csv_of(found->sheet->lists(), list, people::units(*db));
        return response;
    }

    Response list_versions(const Request& r) const {
        if (auto may = people::need_role(people::actor(r), people::Role::administrator); !may)
            return people::refusal(r, may.error());
        return page::answer(r, versions_page(r, *needs_.database.read()));
    }

    Response edit(const Request& r) const {
        auto db = needs_.database.read();
        Filling filling;
        if (auto wrong = begin(r, *db, filling)) return people::refusal(r, *wrong);
        const rules::Known known = what_is(*db);
        if (const auto from = asked(*db, r)) filling.typed = typed_of(from->sheet->lists(), known.units);
        filling.typed.seen = seen_of(known);
        return page::answer(r, form_page(r, hooks_, known, filling));
    }

    Response post(const Request& r) const {
        auto db = needs_.database.read();
        Filling filling;
        if (auto wrong = begin(r, *db, filling)) return people::refusal(r, *wrong);
        const rules::Known known = what_is(*db);
        filling.typed = typed_of(r);
        const std::string_view what = r.field("do").value_or("try");
        if (what == "more") {
            filling.empty_rows = lines_more;
        } else if (what == "read") {
            read(r, known, filling);
        } else if (what == "set") {
            if (auto done = set(r, known, filling)) return *std::move(done);
        } else {
            auto [lists, wrong] = lists_of(filling.typed, known);
            filling.errors = std::move(wrong);
            if (filling.errors.empty())
                filling.trial = rules::trial(known.now ? known.now->sheet.get() : nullptr, Sheet(std::move(lists)),
                                             past_cases(*db));
        }
        return page::answer(r, form_page(r, hooks_, known, filling));
    }

    Response json_in_force(const Request& r) const {
        auto db = needs_.database.read();
        const int at_most = page::asked_limit(r, 50);
        std::optional<TableId> before;
        if (const auto id = kernel::parse_index(r.asked("before").value_or(""))) before = TableId(*id);
        auto all = versions(*db, before, at_most + 1);
        const bool more = static_cast<int>(all.size()) > at_most;
        if (more) all.pop_back();
        kernel::Json::Array rows;
        for (const Version& one : all) rows.push_back(as_json(*db, one));
        kernel::Json body;
        const auto now = in_force(*db);
        body.set("table", now ? as_json(*db, version(*db, now->id).value(), now->sheet->lists()) : kernel::Json());
        body.set("versions", std::move(rows)).set("next", more ? kernel::Json(all.back().id.value()) : kernel::Json());
        return http::json(200, kernel::canonical(body));
    }
    Response json_version(const Request& r) const {
        auto db = needs_.database.read();
        const auto found = asked(*db, r, "id");
        if (!found) return page::refusal(r, table_unknown());
        return http::json(200, kernel::canonical(as_json(*db, version(*db, found->id).value(), found->sheet->lists())));
    }

private:
    static std::optional<Table> asked(db::Connection& db, const Request& r, std::string_view name = "entry") {
        const auto id = kernel::parse_index(r.param(name));
        return id ? table(db, TableId(*id)) : std::nullopt;
    }

    Response shown(const Request& r, db::Connection& db, const std::optional<Table>& one) const {
        const auto id = kernel::parse_index(r.asked("with").value_or(""));
        const auto with = id ? table(db, TableId(*id)) : std::nullopt;
        return page::cached(r, with ? std::to_string(with->id.value()) : "", needs_.ledger.size(),
                            [&] { return table_page(r, db, hooks_, one, with); });
    }

    rules::Known what_is(db::Connection& db) const {
        rules::Known known{people::units(db), {}, in_force(db)};
        for (const Kind& kind : hooks_.kinds) known.kinds.push_back(kind.code);
        return known;
    }
    static std::string seen_of(const rules::Known& known) {
        return known.now ? std::to_string(known.now->id.value()) : std::string();
    }

    // Who comes, and to which form: "new" begins with empty lists, a table's entry with that table's.
    std::optional<kernel::Error> begin(const Request& r, db::Connection& db, Filling& filling) const {
        if (auto may = people::need_role(people::actor(r), people::Role::administrator); !may) return may.error();
        if (r.param("entry") != "new" && !asked(db, r)) return table_unknown();
        filling.action = "/admin/routing/" + std::string(r.param("entry"));
        filling.empty_rows = lines_at_first;
        return std::nullopt;
    }

    void read(const Request& r, const rules::Known& known, Filling& filling) const {
        if (r.uploads.empty()) {
            filling.errors = {kernel::invalid("categories_csv", "routing.no_file")};
            return;
        }
        filling.errors = read_files(r, filling.typed);
        if (!filling.errors.empty()) return;
        filling.files_read = true;
        filling.errors = lists_of(filling.typed, known).second;
    }

    // Nothing when it was refused and the form is shown again.
    std::optional<Response> set(const Request& r, const rules::Known& known, Filling& filling) const {
        auto [lists, wrong] = lists_of(filling.typed, known);
        page::Reader reader(r);
        Draft draft{
            std::move(lists), reader.need_text("reason", max_reason, "people.reason_missing", kernel::Lines::many), {}};
        if (const auto seen = kernel::parse_index(filling.typed.seen)) draft.seen = TableId(*seen);
        filling.errors = std::move(wrong);
        filling.errors.insert(filling.errors.end(), reader.errors().begin(), reader.errors().end());
        if (!filling.errors.empty()) return std::nullopt;
        const auto done = set_table(needs_, hooks_, people::actor(r), draft, page::once(r));
        if (done) return http::redirect(address(*done));
        if (done.error().key == "routing.changed_meanwhile")
            filling.typed.seen = seen_of(known);  // whoever sends it again has been told
        else if (done.error().field.empty())
            return people::refusal(r, done.error());
        filling.errors = {done.error()};
        return std::nullopt;
    }

    std::vector<Past> past_cases(db::Connection& db) const {
        std::vector<Past> all;
        while (hooks_.past && static_cast<int>(all.size()) < tried_at_most) {
            const auto before = all.empty() ? std::nullopt : std::optional(all.back().number);
            std::vector<Past> more =
                hooks_.past(db, before, std::min(past_at_once, tried_at_most - static_cast<int>(all.size())));
            if (more.empty()) break;
            for (Past& one : more) all.push_back(std::move(one));
        }
        return all;
    }

    const people::Needs& needs_;
    const Hooks hooks_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs, Hooks hooks) {
    const auto routes = std::make_shared<const Routes>(needs, std::move(hooks));
    // A table at its largest, each cell a part of a multipart form.
    const http::Limits form{.body = 4u << 20, .seconds = 30, .fields = 8192, .files = 3, .file_bytes = 1u << 20};
    router.get("/routing", [routes](const Request& r) { return routes->show_in_force(r); });
    router.get("/routing/{entry}", [routes](const Request& r) { return routes->show_version(r); });
    router.get("/routing/{entry}/rows.csv", [routes](const Request& r) { return routes->file(r, List::rows, "rows"); });
    router.get("/routing/{entry}/categories.csv",
               [routes](const Request& r) { return routes->file(r, List::categories, "categories"); });
    router.get("/routing/{entry}/districts.csv",
               [routes](const Request& r) { return routes->file(r, List::districts, "districts"); });
    router.get("/admin/routing", [routes](const Request& r) { return routes->list_versions(r); });
    router.get("/admin/routing/{entry}", [routes](const Request& r) { return routes->edit(r); });
    router.post(
        "/admin/routing/{entry}", [routes](const Request& r) { return routes->post(r); }, form);
    router.get("/api/v1/routing",
               page::json_list([routes](const Request& r) { return routes->json_in_force(r); }, 100));
    router.get("/api/v1/routing/{id}", [routes](const Request& r) { return routes->json_version(r); });
}

}  // namespace routing

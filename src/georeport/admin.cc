// The administrator's pages, and what everybody reads of the clients on /rules.
#include <memory>

#include <db/database.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "routes.h"

namespace georeport {
namespace {

using http::Request;
using http::Response;
using page::Lang;

std::string path_of(ClientId id) { return "/admin/open311/" + std::to_string(id.value()); }

page::Data data_of(Lang lang, const Client& c) {
    page::Data row;
    row.set("name",
            c.name.empty() ? page::say(lang, "georeport.nameless", {{"n", std::to_string(c.id.value())}}) : c.name);
    row.set("path", path_of(c.id)).set("entry", c.id.value()).set("since", page::date_time(lang, c.since));
    row.set("per_minute", c.per_minute).set("for_authors", c.for_authors).set("reason", c.reason);
    if (c.ended) row.set("ended", page::date_time(lang, *c.ended)).set("ended_entry", c.ended_entry.value());
    return row;
}

std::vector<page::Data> rows_of(db::Connection& db, Lang lang, bool admitted_only) {
    std::vector<page::Data> rows;
    for (const Client& c : clients(db, admitted_only)) rows.push_back(data_of(lang, c));
    return rows;
}

Response shown(const Request& r, std::string title, page::Html main, int status = 200) {
    page::Page p;
    p.title = std::move(title);
    p.main = std::move(main);
    p.status = status;
    return page::answer(r, std::move(p));
}

kernel::Checked may(const Request& r) { return people::need_role(people::actor(r), people::Role::administrator); }

class Admin {
public:
    explicit Admin(const people::Needs& needs) : needs_(needs) {}

    Response list(const Request& r) const {
        if (auto ok = may(r); !ok) return people::refusal(r, ok.error());
        page::Form form(r);
        form.value("per_minute", std::to_string(Admission().per_minute));
        return list_page(r, std::move(form), 200);
    }

    Response admit(const Request& r) const {
        if (auto ok = may(r); !ok) return people::refusal(r, ok.error());
        page::Reader reader(r);
        Admission asked;
        asked.name = reader.need_text("name", max_name, "georeport.name_missing");
        const kernel::Error wrong =
            kernel::invalid("per_minute", "georeport.per_minute", {{"max", std::to_string(max_per_minute)}});
        const auto rate = kernel::parse_index(r.field("per_minute").value_or(""));
        if (!rate || *rate < 1 || *rate > max_per_minute) reader.refuse(wrong);
        asked.per_minute = static_cast<int>(std::min<std::int64_t>(rate.value_or(0), max_per_minute + 1));
        asked.for_authors = reader.ticked("for_authors");
        if (!reader.good()) return list_page(r, page::Form::again(r, reader.errors()), 422);
        const auto made = georeport::admit(needs_, people::actor(r), asked, page::once(r));
        if (made) return key_page(r, asked, *made);
        if (made.error().field.empty()) return people::refusal(r, made.error());
        return list_page(r, page::Form::again(r, {made.error()}), http::status_of(made.error().code));
    }

    Response show(const Request& r) const {
        if (auto ok = may(r); !ok) return people::refusal(r, ok.error());
        return one_page(r, page::Form(r), 200);
    }

    Response end(const Request& r) const {
        if (auto ok = may(r); !ok) return people::refusal(r, ok.error());
        page::Reader reader(r);
        const std::string reason = reader.need_text("reason", max_reason, "people.reason_missing");
        if (!reader.good()) return one_page(r, page::Form::again(r, reader.errors()), 422);
        const ClientId id(kernel::parse_index(r.param("id")).value_or(0));
        const auto done = georeport::end(needs_, people::actor(r), id, reason, page::once(r));
        if (done) return http::redirect("/admin/open311");
        if (done.error().field.empty()) return people::refusal(r, done.error());
        return one_page(r, page::Form::again(r, {done.error()}), http::status_of(done.error().code));
    }

private:
    Response list_page(const Request& r, page::Form form, int status) const {
        const Lang lang = page::lang_of(r);
        std::vector<page::Data> rows = rows_of(*needs_.database.read(), lang, false);
        page::Data data;
        data.set("none", rows.empty()).set("clients", std::move(rows)).set("address", address_of(r) + "/open311/v2");
        form.fill(lang, data, {"name", "per_minute", "for_authors"});
        return shown(r, page::say(lang, "georeport.admin"), page::render(lang, "georeport/admin.html", data), status);
    }

    // In the answer itself: the key stands in no address and no cookie, and is nowhere to be read again.
    static Response key_page(const Request& r, const Admission& asked, const Admitted& made) {
        const Lang lang = page::lang_of(r);
        page::Data data;
        data.set("name", asked.name).set("key", made.key).set("path", path_of(made.client));
        Response out = shown(r, page::say(lang, "georeport.key"), page::render(lang, "georeport/admitted.html", data));
        return std::move(out.set("Cache-Control", "no-store"));
    }

    Response one_page(const Request& r, page::Form form, int status) const {
        const Lang lang = page::lang_of(r);
        const auto id = kernel::parse_index(r.param("id"));
        const auto found = id ? client(*needs_.database.read(), ClientId(*id)) : std::nullopt;
        if (!found) return people::refusal(r, kernel::refuse(kernel::Code::not_found, "georeport.client_unknown"));
        page::Data data = data_of(lang, *found);
        form.fill(lang, data, {"reason"});
        return shown(r, page::say(lang, "georeport.client"), page::render(lang, "georeport/client.html", data), status);
    }

    const people::Needs& needs_;
};

}  // namespace

page::Html part_of_rules(page::Lang lang, db::Connection& db) {
    std::vector<page::Data> rows = rows_of(db, lang, true);
    page::Data data;
    data.set("none", rows.empty()).set("clients", std::move(rows));
    return page::render(lang, "georeport/rules.html", data);
}

void add_admin(http::Router& router, const people::Needs& needs) {
    const auto admin = std::make_shared<const Admin>(needs);
    router.get("/admin/open311", [admin](const Request& r) { return admin->list(r); });
    router.post("/admin/open311", [admin](const Request& r) { return admin->admit(r); });
    router.get("/admin/open311/{id}", [admin](const Request& r) { return admin->show(r); });
    router.post("/admin/open311/{id}/end", [admin](const Request& r) { return admin->end(r); });
}

}  // namespace georeport

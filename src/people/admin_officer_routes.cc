#include <db/database.h>
#include <page/reader.h>

#include "acts.h"
#include "routes.h"
#include "second_step.h"
#include "sign_in.h"
#include "store.h"

namespace people {
namespace {

constexpr int rows_on_a_page = 100;

std::vector<page::Option> role_options(page::Lang lang) {
    std::vector<page::Option> all;
    for (Role role : all_roles) {
        const std::string key = "people.role_" + std::string(name(role));
        all.push_back({std::string(name(role)), page::say(lang, key), page::say(lang, key + "_may")});
    }
    return all;
}

std::string role_words(page::Lang lang, const std::vector<Role>& roles) {
    std::string all;
    for (Role role : roles)
        all += (all.empty() ? "" : " · ") + page::say(lang, "people.role_" + std::string(name(role)));
    return all;
}

std::vector<Role> roles_in(page::Reader& reader, const http::Request& request) {
    std::vector<Role> roles;
    for (std::string_view text : request.fields("roles")) {
        if (const std::optional<Role> role = parse_role(text))
            roles.push_back(*role);
        else
            reader.refuse(kernel::invalid("roles", "people.role_unknown"));
    }
    if (roles.empty() && !reader.refused("roles")) reader.refuse(kernel::invalid("roles", "people.roles_missing"));
    return roles;
}

std::optional<ContractorId> contractor_in(page::Reader& reader) {
    const auto number = reader.number("contractor", "people.contractor_unknown");
    return number ? std::optional(ContractorId(*number)) : std::nullopt;
}

http::Response new_officer_form(const Site& site, const http::Request& request, page::Form form, int status = 200) {
    const page::Lang lang = page::lang_of(request);
    db::Database::Lease db = site.needs.database.read();
    form.options("unit", unit_options(*db)).options("roles", role_options(lang));
    form.options("contractor", contractor_options(*db));
    page::Data data;
    form.fill(lang, data, {"login", "post", "name", "unit", "roles", "contractor"});
    page::Html main = page::render(lang, "people/admin_officer_new.html", data);
    return answer_page(request, page::say(lang, "people.new_officer"), std::move(main), status);
}

http::Response officer_form(const Site& site, const http::Request& request, page::Form form, int status = 200) {
    const OfficerId id = id_of<OfficerId>(request);
    db::Database::Lease db = site.needs.database.read();
    const std::optional<OfficerRow> found = officer_row(*db, id);
    if (!found) return refusal(request, kernel::refuse(kernel::Code::not_found, "people.officer_unknown"));
    const page::Lang lang = page::lang_of(request);
    const Officer& officer = found->officer;
    form.value("unit", std::to_string(officer.unit.value())).value("post", officer.own_post);
    if (officer.contractor) form.value("contractor", std::to_string(officer.contractor->value()));
    if (officer.active) form.value("active", "yes");
    for (Role role : officer.roles) form.value("roles", std::string(name(role)));
    form.options("unit", unit_options(*db)).options("roles", role_options(lang));
    form.options("contractor", contractor_options(*db));
    page::Data data;
    form.fill(lang, data, {"post", "unit", "roles", "contractor", "active", "reason"});
    data.set("post", officer.post).set("login", found->login).set("name", found->name).set("left", !officer.active);
    data.set("has_password", found->has_password).set("admin_path", "/admin/officers/" + std::to_string(id.value()));
    data.set("has_code", second_step(site.needs, id).in_force);
    const std::size_t open = own_sessions(site.needs, id, "").size();
    data.set("has_sessions", open > 0)
        .set("open_sessions", static_cast<std::int64_t>(open))
        .set("csrf_only", page::csrf_field());
    return answer_page(request, officer.post, page::render(lang, "people/admin_officer.html", data), status);
}

// Shown in the answer itself: the password travels in no address and no cookie, and is nowhere to be read again.
http::Response password_page(const http::Request& request, const FirstAccount& account) {
    const page::Lang lang = page::lang_of(request);
    page::Data data;
    data.set("login", account.login).set("password", account.password);
    return answer_page(request, page::say(lang, "people.first_password"),
                       page::render(lang, "people/admin_password.html", data));
}

}  // namespace

http::Response list_officers(const Site& site, const http::Request& request) {
    const page::Lang lang = page::lang_of(request);
    const OfficerId after(kernel::parse_index(request.asked("after").value_or("")).value_or(0));
    db::Database::Lease db = site.needs.database.read();
    std::vector<OfficerRow> found = officer_rows(*db, after, rows_on_a_page + 1);
    const bool more = found.size() > rows_on_a_page;
    if (more) found.pop_back();
    std::vector<page::Data> rows;
    for (const OfficerRow& each : found) {
        const std::optional<Unit> unit = people::unit(*db, each.officer.unit);
        page::Data row;
        row.set("post", each.officer.post).set("login", each.login).set("name", each.name);
        row.set("path", "/admin/officers/" + std::to_string(each.officer.id.value()))
            .set("unit", unit ? unit->name : "");
        row.set("roles", role_words(lang, each.officer.roles)).set("left", !each.officer.active);
        rows.push_back(std::move(row));
    }
    page::Data data;
    data.set("officers", std::move(rows));
    if (more) data.set("more", "/admin/officers?after=" + std::to_string(found.back().officer.id.value()));
    return answer_page(request, page::say(lang, "people.officers"),
                       page::render(lang, "people/admin_officers.html", data));
}

http::Response new_officer(const Site& site, const http::Request& request) {
    page::Form form(request);
    if (const auto unit = request.asked("unit")) form.value("unit", std::string(*unit));
    return new_officer_form(site, request, std::move(form));
}

http::Response post_officer(const Site& site, const http::Request& request) {
    page::Reader reader(request);
    NewOfficer asked;
    asked.unit = reader.need_id<UnitId>("unit", "people.unit_missing", "people.unit_unknown");
    asked.post = reader.need_text("post", max_post, "people.post_missing");
    asked.name = reader.text("name", max_name);
    asked.login = lower_case(reader.need_text("login", max_login, "people.login_missing"));
    asked.roles = roles_in(reader, request);
    asked.contractor = contractor_in(reader);
    if (!reader.good()) return new_officer_form(site, request, page::Form::again(request, reader.errors()), 422);
    if (const std::optional<Unit> unit = people::unit(*site.needs.database.read(), asked.unit))
        asked.sample = unit->sample;
    const kernel::Result<FirstAccount> made = open_account(site.needs, actor(request), asked, page::once(request));
    if (made) return password_page(request, *made);
    if (!page::mends(made.error())) return refusal(request, made.error());
    return new_officer_form(site, request, page::Form::again(request, {made.error()}),
                            http::status_of(made.error().code));
}

http::Response edit_officer(const Site& site, const http::Request& request) {
    return officer_form(site, request, page::Form(request));
}

http::Response post_officer_edit(const Site& site, const http::Request& request) {
    page::Reader reader(request);
    OfficerEdit asked;
    asked.officer = id_of<OfficerId>(request);
    asked.unit = reader.need_id<UnitId>("unit", "people.unit_missing", "people.unit_unknown");
    asked.post = reader.need_text("post", max_post, "people.post_missing");
    asked.roles = roles_in(reader, request);
    asked.contractor = contractor_in(reader);
    asked.active = request.field("active").has_value();
    asked.reason = reader.need_text("reason", max_reason, "people.reason_missing");
    if (!reader.good()) return officer_form(site, request, page::Form::again(request, reader.errors()), 422);
    const kernel::Checked done = change_officer(site.needs, actor(request), asked, page::once(request));
    if (done) return http::redirect("/admin/officers/" + std::to_string(asked.officer.value()));
    if (!page::mends(done.error())) return refusal(request, done.error());
    return officer_form(site, request, page::Form::again(request, {done.error()}), http::status_of(done.error().code));
}

http::Response post_officer_password(const Site& site, const http::Request& request) {
    const kernel::Result<FirstAccount> given =
        give_password(site.needs, actor(request), id_of<OfficerId>(request), page::once(request));
    if (!given) return refusal(request, given.error());
    return password_page(request, *given);
}

http::Response post_officer_sign_out(const Site& site, const http::Request& request) {
    const OfficerId id = id_of<OfficerId>(request);
    if (!officer(*site.needs.database.read(), id))
        return refusal(request, kernel::refuse(kernel::Code::not_found, "people.officer_unknown"));
    end_all_sessions(site.needs, id);
    return http::redirect("/admin/officers/" + std::to_string(id.value()));
}

}  // namespace people

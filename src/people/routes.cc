#include "routes.h"

#include <memory>

#include <kernel/text.h>

#include "sign_in.h"

namespace people {
namespace {

using Serve = http::Response (*)(const Site&, const http::Request&);

}  // namespace

http::Response refusal(const http::Request& request, const kernel::Error& error) {
    const bool page_wanted = request.method == http::Method::get && !request.wants_json();
    if (page_wanted && error.code == kernel::Code::unauthenticated)
        return http::redirect("/sign-in?next=" + kernel::percent_encoded(request.target));
    return page::refusal(request, error);
}

http::Response answer_page(const http::Request& request, std::string title, page::Html main, int status) {
    page::Page page;
    page.title = std::move(title);
    page.main = std::move(main);
    page.status = status;
    return page::answer(request, std::move(page));
}

std::string lower_case(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

std::string path_to(UnitId unit) { return "/units/" + std::to_string(unit.value()); }

std::vector<page::Option> unit_options(db::Connection& db) {
    std::vector<page::Option> all;
    std::vector<Unit> above;  // from the root to the parent of the next one
    for (const Unit& unit : units(db)) {
        while (!above.empty() && above.back().id != unit.parent.value_or(UnitId())) above.pop_back();
        std::string label;
        for (const Unit& each : above) label += each.name + " / ";
        if (unit.open) all.push_back({std::to_string(unit.id.value()), label + unit.name, ""});
        above.push_back(unit);
    }
    return all;
}

void add_routes(http::Router& router, const Needs& needs, Hooks hooks) {
    // Shared, because every handler keeps it for as long as the router lives.
    const auto site = std::make_shared<const Site>(needs, std::move(hooks));
    const auto anyone = [site](Serve serve) -> http::Handler {
        return [site, serve](const http::Request& request) { return serve(*site, request); };
    };
    const auto staff = [site](Serve serve) -> http::Handler {
        return [site, serve](const http::Request& request) {
            if (kernel::Checked ok = need_staff(actor(request)); !ok) return refusal(request, ok.error());
            return serve(*site, request);
        };
    };
    const auto administrator = [site](Serve serve) -> http::Handler {
        return [site, serve](const http::Request& request) {
            if (kernel::Checked ok = need_role(actor(request), Role::administrator); !ok)
                return refusal(request, ok.error());
            return serve(*site, request);
        };
    };
    // Of one address: a whole office may sign in at eight o'clock. What slows guessing is counted by login.
    const http::Limits guessing{.rate = 120};

    router.get("/sign-in", anyone(show_sign_in));
    router.post("/sign-in", anyone(post_sign_in), guessing);
    router.post("/sign-out", anyone(post_sign_out));
    router.get("/sign-in/code", anyone(show_sign_in_code));
    router.post("/sign-in/code", anyone(post_sign_in_code), guessing);
    router.get("/account/code", staff(show_code));
    router.post("/account/code/begin", staff(post_code_begin), guessing);
    router.post("/account/code/confirm", staff(post_code_confirm), guessing);
    router.post("/account/code/recovery", staff(post_code_recovery), guessing);
    router.post("/account/code/end", staff(post_code_end), guessing);
    router.get("/account", staff(show_account));
    router.get(std::string(session_path), staff(session_json));
    router.post("/account/password", staff(post_password), guessing);
    router.post("/account/sessions/end", staff(post_end_session), guessing);

    router.get("/units", anyone(list_units));
    router.get("/units/{id}", anyone(show_unit));
    router.get("/calendars", anyone(list_calendars));
    router.get("/calendars/{entry}", anyone(show_calendar));
    router.get("/api/v1/units", anyone(units_json));
    router.get("/api/v1/units/{id}", anyone(unit_json));
    router.get("/contractors", anyone(list_contractors));
    router.get("/api/v1/contractors", anyone(contractors_json));
    router.get("/api/v1/settings", anyone(settings_json));
    router.get("/api/v1/calendar", anyone(calendar_json));

    router.get("/admin", administrator(show_admin));
    router.get("/admin/units/new", administrator(new_unit));
    router.post("/admin/units", administrator(post_unit));
    router.get("/admin/units/{id}", administrator(edit_unit));
    router.get("/admin/units/{id}/name", administrator(edit_unit_name));
    router.get("/admin/units/{id}/parent", administrator(edit_unit_parent));
    router.get("/admin/units/{id}/closing", administrator(edit_unit_closing));
    router.post("/admin/units/{id}/name", administrator(post_unit_name));
    router.post("/admin/units/{id}/parent", administrator(post_unit_parent));
    router.post("/admin/units/{id}/closing", administrator(post_unit_closing));

    router.get("/admin/officers", administrator(list_officers));
    router.get("/admin/officers/new", administrator(new_officer));
    router.post("/admin/officers", administrator(post_officer));
    router.get("/admin/officers/{id}", administrator(edit_officer));
    router.post("/admin/officers/{id}", administrator(post_officer_edit));
    router.post("/admin/officers/{id}/password", administrator(post_officer_password));
    router.post("/admin/officers/{id}/code", administrator(post_officer_code));
    router.post("/admin/officers/{id}/sign-out", administrator(post_officer_sign_out));

    router.get("/admin/contractors", administrator(admin_contractors));
    router.post("/admin/contractors", administrator(post_contractor));
    router.get("/admin/contractors/{id}", administrator(edit_contractor));
    router.post("/admin/contractors/{id}/end", administrator(post_contractor_end));

    router.get("/admin/settings", administrator(list_settings));
    router.get("/admin/settings/{name}", administrator(edit_setting));
    router.post("/admin/settings/{name}", administrator(post_setting));
    router.get("/admin/calendar", administrator(edit_calendar));
    router.post("/admin/calendar", administrator(post_calendar), {.body = 128 * 1024});
}

}  // namespace people

#include <algorithm>

#include <db/database.h>
#include <kernel/json.h>
#include <kernel/text.h>
#include <ledger/ledger.h>
#include <page/reader.h>
#include <watch/watch.h>

#include "routes.h"
#include "rules.h"
#include "second_step.h"
#include "sign_in.h"

namespace people {

kernel::Secret secret_field(const http::Request& request, std::string_view field) {
    const std::string_view typed = request.field(field).value_or("");
    return kernel::Secret(kernel::valid_utf8(typed) ? kernel::nfc(typed) : "");
}

std::string next_path(std::optional<std::string_view> asked) {
    constexpr std::string_view otherwise = "/account";
    if (!asked || asked->size() > 2000 || !asked->starts_with('/')) return std::string(otherwise);
    const bool odd = std::any_of(asked->begin(), asked->end(),
                                 [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\\'; });
    return std::string(odd || asked->starts_with("//") ? otherwise : *asked);
}

http::Response sign_in_page(const http::Request& request, const page::Form& form, std::string_view next, int status) {
    const page::Lang lang = page::lang_of(request);
    page::Data data;
    form.fill(lang, data, {"login", "password"});
    data.set("next", next).set("ended", request.asked("ended").has_value());
    return answer_page(request, page::say(lang, "people.sign_in"), page::render(lang, "people/sign_in.html", data),
                       status);
}

void log_sign_in(std::string_view factors, const kernel::Error* refused) {
    if (refused)
        watch::warn("people.sign_in_refused", {{"factors", factors}, {"why", refused->key}});
    else
        watch::info("people.sign_in", {{"factors", factors}});
}

namespace {

std::vector<page::Data> session_rows(page::Lang lang, const Site& site, const http::Request& request) {
    std::vector<page::Data> rows;
    const OfficerId me = actor(request).officer;
    for (const OwnSession& session : own_sessions(site.needs, me, request.cookie(session_cookie))) {
        page::Data row;
        row.set("handle", session.handle).set("this_one", session.this_one);
        row.set("created", page::date_time(lang, session.created)).set("seen", page::date_time(lang, session.seen));
        rows.push_back(std::move(row));
    }
    return rows;
}

// Which of its forms what is wrong belongs to.
enum class Part { password, sessions };

http::Response account_page(const Site& site, const http::Request& request, const page::Form& form, int status = 200,
                            Part part = Part::password) {
    const page::Lang lang = page::lang_of(request);
    const Actor me = actor(request);
    page::Data data;
    form.fill(lang, data, {"current", "password", "again", "proof"});
    std::vector<page::Data> sessions = session_rows(lang, site, request);
    data.set("others", sessions.size() > 1).set("at_sessions", part == Part::sessions);
    data.set("post", request.who.label).set("sessions", std::move(sessions));
    data.set("changed", request.asked("changed").has_value());
    data.set("has_code", second_step(site.needs, me.officer).in_force);
    std::vector<page::Data> roles;
    for (Role role : me.roles) {
        page::Data row;
        row.set("role", page::say(lang, "people.role_" + std::string(name(role))));
        roles.push_back(std::move(row));
    }
    data.set("roles", std::move(roles)).set("administrator", me.has(Role::administrator));
    db::Database::Lease db = site.needs.database.read();
    const std::optional<Unit> unit = people::unit(*db, me.unit);
    data.set("unit", unit ? unit->name : "").set("unit_path", path_to(me.unit));
    data.set("login", login_of(*db, me.officer));
    const std::optional<Password> kept = password(*db, me.officer);
    data.set("given", kept && kept->chosen == Chosen::given);
    page::Html parts;
    for (const auto& further : site.hooks.account) parts = parts + further(request, *db);
    data.set("parts", std::move(parts));
    return answer_page(request, page::say(lang, "people.account"), page::render(lang, "people/account.html", data),
                       status);
}

}  // namespace

http::Response show_sign_in(const Site& site, const http::Request& request) {
    const std::string next = next_path(request.asked("next"));
    if (const Actor me = actor(request); me.staff()) {
        const bool missing =
            code_required(*site.needs.database.read(), me.roles) && !second_step(site.needs, me.officer).in_force;
        return http::redirect(missing ? "/account/code" : next);
    }
    return sign_in_page(request, page::Form(request), next);
}

http::Response post_sign_in(const Site& site, const http::Request& request) {
    const std::string next = next_path(request.field("next"));
    page::Reader reader(request);
    const std::string login = lower_case(reader.need_text("login", max_login, "people.login_missing"));
    const kernel::Secret password = secret_field(request, "password");
    if (password.empty()) reader.refuse(kernel::invalid("password", "people.password_missing"));
    if (!reader.good()) return sign_in_page(request, page::Form::again(request, reader.errors()), next, 422);
    const kernel::Result<OpenedSession> opened =
        sign_in(site.needs, site.gate, login, password, request.cookie(session_cookie));
    log_sign_in("password", opened ? nullptr : &opened.error());
    if (!opened) {
        const int status = http::status_of(opened.error().code);
        return sign_in_page(request, page::Form::again(request, {opened.error()}), next, status);
    }
    if (opened->needs_code) {
        http::Response response = http::redirect("/sign-in/code?next=" + kernel::percent_encoded(next));
        response.set_cookie(request, step_cookie, opened->cookie, sign_in_step_lasts / 1000);
        return response;
    }
    http::Response response = http::redirect(opened->chosen == Chosen::given ? "/account" : next);
    response.set_cookie(request, session_cookie, opened->cookie, -1);
    return response;
}

http::Response post_sign_out(const Site& site, const http::Request& request) {
    sign_out(site.needs, request.cookie(session_cookie));
    http::Response response = http::redirect("/");
    response.set_cookie(request, session_cookie, "", 0);
    // Not the cookies: what a browser said stays its own. Not the storage: visits may be kept there that were not sent
    // yet.
    response.set("Clear-Site-Data", "\"cache\"");
    return response;
}

http::Response show_account(const Site& site, const http::Request& request) {
    return account_page(site, request, page::Form(request));
}

http::Response session_json(const Site& site, const http::Request& request) {
    const std::int64_t left = session_left(site.needs, actor(request).officer, request.cookie(session_cookie));
    return http::json(200,
                      kernel::canonical(kernel::Json().set("left", left / 1000).set("officer", request.who.officer)));
}

http::Response post_password(const Site& site, const http::Request& request) {
    const kernel::Secret current = secret_field(request, "current"), fresh = secret_field(request, "password");
    page::Reader reader(request);
    if (current.empty()) reader.refuse(kernel::invalid("current", "people.password_missing"));
    if (fresh.empty()) reader.refuse(kernel::invalid("password", "people.password_missing"));
    if (fresh.reveal() != secret_field(request, "again").reveal())
        reader.refuse(kernel::invalid("again", "people.password_differs"));
    if (!reader.good()) return account_page(site, request, page::Form::again(request, reader.errors()), 422);
    const OfficerId me = actor(request).officer;
    const kernel::Result<OpenedSession> opened = change_password(site.needs, site.gate, me, current, fresh);
    if (!opened) {
        const int status = http::status_of(opened.error().code);
        return account_page(site, request, page::Form::again(request, {opened.error()}), status);
    }
    http::Response response = http::redirect("/account?changed");
    response.set_cookie(request, session_cookie, opened->cookie, -1);
    return response;
}

http::Response post_end_session(const Site& site, const http::Request& request) {
    const OfficerId me = actor(request).officer;
    const std::string_view cookie = request.cookie(session_cookie), handle = request.field("session").value_or("");
    const std::vector<OwnSession> open = own_sessions(site.needs, me, cookie);
    const auto named = [&](const OwnSession& session) { return session.handle == handle; };
    // First of all: no code is used up for a session that has ended already.
    if (handle != "others" && std::none_of(open.begin(), open.end(), named))
        return refusal(request, kernel::refuse(kernel::Code::not_found, "people.session_unknown"));
    if (kernel::Checked shown = prove(site.needs, site.gate, me, secret_field(request, "proof")); !shown)
        return account_page(site, request, page::Form::again(request, {shown.error()}),
                            http::status_of(shown.error().code), Part::sessions);
    if (handle == "others") {
        end_other_sessions(site.needs, me, cookie);
    } else if (kernel::Checked ok = end_own_session(site.needs, me, handle); !ok) {
        return refusal(request, ok.error());
    }
    return http::redirect("/account");
}

}  // namespace people

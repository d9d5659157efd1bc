#include "second_step.h"

#include <db/database.h>
#include <page/reader.h>

#include "acts.h"
#include "routes.h"
#include "sign_in.h"

namespace people {
namespace {

constexpr std::size_t max_code = 40;

http::Response code_page(const Site& site, const http::Request& request, const page::Form& form, int status = 200) {
    const page::Lang lang = page::lang_of(request);
    const Actor me = actor(request);
    const SecondStep now = second_step(site.needs, me.officer);
    page::Data data;
    form.fill(lang, data, {"current", "code"});
    data.set("in_force", now.in_force)
        .set("fresh", !now.in_force && now.begun)
        .set("none", !now.in_force && !now.begun);
    data.set("required", code_required(*site.needs.database.read(), me.roles));
    data.set("ended", request.asked("ended").has_value());
    if (now.in_force)
        data.set("since", page::date_time(lang, now.since)).set("left", page::number(lang, now.recovery_left));
    if (const std::optional<FreshCode> fresh = now.in_force ? std::nullopt : fresh_code(site.needs, me.officer)) {
        data.set("typed", fresh->typed).set("address", fresh->address);
        data.set("picture", page::qr_code(page::say(lang, "people.code_picture"), fresh->address));
    }
    return answer_page(request, page::say(lang, "people.code_title"),
                       page::render(lang, "people/second_step.html", data), status);
}

http::Response code_page_again(const Site& site, const http::Request& request, const kernel::Error& error) {
    return code_page(site, request, page::Form::again(request, {error}), http::status_of(error.code));
}

// Shown in the answer itself, like a given password: the codes travel in no address and are nowhere to be read again.
http::Response recovery_page(const http::Request& request, const std::vector<std::string>& codes) {
    const page::Lang lang = page::lang_of(request);
    std::vector<page::Data> rows;
    for (const std::string& code : codes) {
        page::Data row;
        row.set("code", code);
        rows.push_back(std::move(row));
    }
    page::Data data;
    data.set("codes", std::move(rows));
    return answer_page(request, page::say(lang, "people.recovery_title"),
                       page::render(lang, "people/recovery_codes.html", data));
}

http::Response step_page(const http::Request& request, const page::Form& form, std::string_view next,
                         int status = 200) {
    const page::Lang lang = page::lang_of(request);
    page::Data data;
    form.fill(lang, data, {"code"});
    data.set("next", next);
    return answer_page(request, page::say(lang, "people.sign_in_code_title"),
                       page::render(lang, "people/sign_in_code.html", data), status);
}

}  // namespace

http::Response show_sign_in_code(const Site& site, const http::Request& request) {
    if (!step_waits(site.needs, request.cookie(step_cookie))) return http::redirect("/sign-in");
    return step_page(request, page::Form(request), next_path(request.asked("next")));
}

http::Response post_sign_in_code(const Site& site, const http::Request& request) {
    const std::string next = next_path(request.field("next"));
    page::Reader reader(request);
    const std::string code = reader.need_text("code", max_code, "people.code_missing");
    if (!reader.good()) return step_page(request, page::Form::again(request, reader.errors()), next, 422);
    const kernel::Result<OpenedSession> opened =
        sign_in_code(site.needs, request.cookie(step_cookie), code, request.cookie(session_cookie));
    log_sign_in("password and code", opened ? nullptr : &opened.error());
    if (!opened && opened.error().code == kernel::Code::unauthenticated)
        return sign_in_page(request, page::Form::again(request, {opened.error()}), next, 401);
    if (!opened) {
        const int status = http::status_of(opened.error().code);
        return step_page(request, page::Form::again(request, {opened.error()}), next, status);
    }
    http::Response response = http::redirect(opened->chosen == Chosen::given ? "/account" : next);
    response.set_cookie(request, session_cookie, opened->cookie, -1);
    response.set_cookie(request, step_cookie, "", 0);
    return response;
}

http::Response show_code(const Site& site, const http::Request& request) {
    return code_page(site, request, page::Form(request));
}

http::Response post_code_begin(const Site& site, const http::Request& request) {
    const kernel::Secret current = secret_field(request, "current");
    if (current.empty()) return code_page_again(site, request, kernel::invalid("current", "people.password_missing"));
    const kernel::Checked begun = begin_code(site.needs, site.gate, actor(request).officer, current);
    if (!begun) return code_page_again(site, request, begun.error());
    return http::redirect("/account/code");
}

http::Response post_code_confirm(const Site& site, const http::Request& request) {
    page::Reader reader(request);
    const std::string code = reader.need_text("code", max_code, "people.code_missing");
    if (!reader.good()) return code_page(site, request, page::Form::again(request, reader.errors()), 422);
    const kernel::Result<std::vector<std::string>> codes =
        confirm_code(site.needs, actor(request).officer, request.cookie(session_cookie), code);
    if (!codes) return code_page_again(site, request, codes.error());
    return recovery_page(request, *codes);
}

http::Response post_code_recovery(const Site& site, const http::Request& request) {
    page::Reader reader(request);
    const std::string code = reader.need_text("code", max_code, "people.code_missing");
    if (!reader.good()) return code_page(site, request, page::Form::again(request, reader.errors()), 422);
    const kernel::Result<std::vector<std::string>> codes = renew_recovery(site.needs, actor(request).officer, code);
    if (!codes) return code_page_again(site, request, codes.error());
    return recovery_page(request, *codes);
}

http::Response post_code_end(const Site& site, const http::Request& request) {
    page::Reader reader(request);
    const std::string code = reader.need_text("code", max_code, "people.code_missing");
    if (!reader.good()) return code_page(site, request, page::Form::again(request, reader.errors()), 422);
    if (kernel::Checked ended = end_code(site.needs, actor(request).officer, code); !ended)
        return code_page_again(site, request, ended.error());
    return http::redirect("/account/code?ended");
}

http::Response post_officer_code(const Site& site, const http::Request& request) {
    const OfficerId id = id_of<OfficerId>(request);
    if (kernel::Checked done = reset_code(site.needs, actor(request), id, page::once(request)); !done)
        return refusal(request, done.error());
    return http::redirect("/admin/officers/" + std::to_string(id.value()));
}

}  // namespace people

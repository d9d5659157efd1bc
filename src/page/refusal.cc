#include "page.h"

#include <kernel/json.h>

namespace page {
namespace {

std::string_view name_of(kernel::Code code) {
    switch (code) {
        case kernel::Code::invalid:
            return "invalid";
        case kernel::Code::malformed:
            return "malformed";
        case kernel::Code::unauthenticated:
            return "unauthenticated";
        case kernel::Code::forbidden:
            return "forbidden";
        case kernel::Code::not_found:
            return "not_found";
        case kernel::Code::conflict:
            return "conflict";
        case kernel::Code::too_large:
            return "too_large";
        case kernel::Code::unsupported:
            return "unsupported";
        case kernel::Code::too_many:
            return "too_many";
        case kernel::Code::unavailable:
            return "unavailable";
        case kernel::Code::no_space:
            return "no_space";
    }
    return "invalid";
}

// What the reader can do now, by kind of refusal: page.then_….
std::string next_step(kernel::Code code) { return "page.then_" + std::string(name_of(code)); }

http::Response as_json(Lang lang, const kernel::Error& error, int status) {
    kernel::Json inner = kernel::Json::Object{};
    inner.set("code", name_of(error.code)).set("key", error.key).set("message", say(lang, error));
    if (!error.field.empty()) inner.set("field", error.field);
    kernel::Json outer = kernel::Json::Object{};
    outer.set("error", std::move(inner));
    return http::json(status, kernel::canonical(outer));
}

}  // namespace

http::Response refusal(const http::Request& request, const kernel::Error& error, int status) {
    const Lang lang = lang_of(request);
    if (status == 0) status = http::status_of(error.code);
    if (request.wants_json()) return as_json(lang, error, status);
    Page page;
    page.status = status;
    // The server's own refusals have a title of their own; the others share one by code.
    const std::string own = error.key + "_title";
    page.title = say(lang, error.key.starts_with("http.") && has_message(own)
                               ? own
                               : "page.refused_" + std::string(name_of(error.code)));
    Data data;
    data.set("title", page.title).set("message", say(lang, error)).set("then", say(lang, next_step(error.code)));
    data.set("status", status).set("sign_in", error.code == kernel::Code::unauthenticated);
    page.main = render(lang, "page/refusal.html", data);
    return answer(request, std::move(page));
}

}  // namespace page

#include "assets.h"
#include "design.h"
#include "setup.h"
#include "shell.h"
#include "slots.h"

namespace page {
namespace {

constexpr std::int64_t one_year = 365LL * 24 * 60 * 60;

http::Response back(const http::Request& request) {
    return http::redirect(local_address(request.asked("to").value_or("/")));
}

http::Response choose_lang(const http::Request& request) {
    const auto lang = parse_lang(request.param("tag"));
    if (!lang) return refusal(request, kernel::refuse(kernel::Code::not_found, "page.not_found"));
    http::Response response = back(request);
    response.set_cookie(request, "lang", tag(*lang), one_year);
    return response;
}

http::Response choose_type(const http::Request& request, bool large) {
    http::Response response = back(request);
    response.set_cookie(request, "type", large ? "large" : "", large ? one_year : 0);
    return response;
}

// Leaves nothing in the browser, and stands in the history instead of the page that was left.
http::Response leave(const http::Request&) {
    http::Response response;
    if (!setup().way_out.empty()) response = http::redirect(setup().way_out);
    if (setup().way_out.empty())
        response.body =
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta "
            "charset=\"utf-8\"><title>.</title></head><body></body></html>\n";
    response.set("Clear-Site-Data", "\"cache\", \"cookies\", \"storage\"");
    return response;
}

http::Response accessibility(const http::Request& request) {
    return cached(request, "", 0, [&] {
        const Lang lang = lang_of(request);
        Page page;
        page.title = say(lang, "page.accessibility");
        page.main = render(lang, "page/accessibility.html", Data().set("contact", setup().contact));
        return page;
    });
}

}  // namespace

void add_routes(http::Router& router) {
    router.get("/assets/{name}", asset);
    router.get("/lang/{tag}", choose_lang);
    router.get("/type/large", [](const http::Request& request) { return choose_type(request, true); });
    router.get("/type/normal", [](const http::Request& request) { return choose_type(request, false); });
    router.get("/leave", leave);
    router.get("/accessibility", accessibility);
    add_design(router);
}

}  // namespace page

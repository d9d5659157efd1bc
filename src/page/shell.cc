#include "shell.h"

#include "assets.h"
#include "setup.h"

namespace page {
namespace {

constexpr int form_refused = 422;

std::string script_tag(std::string_view name) {
    return "<script src=\"" + asset_address(std::string(name) + ".js") + "\" defer></script>";
}

Html script_tags(const http::Request& request, const Page& page) {
    std::string out = script_tag("page_base");
    if (request.who.officer != 0) out += script_tag("page_session");
    for (const std::string& name : page.scripts) out += script_tag(name);
    return trusted(std::move(out));
}

std::vector<Data> languages(Lang current) {
    std::vector<Data> all;
    for (Lang lang : all_langs) {
        Data one;
        one.set("tag", tag(lang)).set("own_name", say(lang, "page.own_name")).set("current", lang == current);
        all.push_back(std::move(one));
    }
    return all;
}

std::vector<Data> links(Lang lang, const http::Request& request, const Page& page,
                        const std::vector<Section>& sections) {
    std::vector<Data> all;
    for (const Section& section : sections) {
        Data one;
        one.set("path", section.path).set("name", say(lang, section.message));
        if (section.key == page.section || request.path == section.path)
            one.set("current", request.path == section.path ? "page" : "true");
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace

bool large_type(const http::Request& request) { return request.cookie("type") == "large"; }

Shared in_shell(const http::Request& request, const Page& page) {
    const Setup& fixed = setup();
    const Lang lang = lang_of(request);
    Data data;
    data.set("title", page.title).set("organisation", fixed.organisation).set("main", page.main);
    data.set("wrong", page.status == form_refused).set("large", large_type(request));
    data.set("sample", page.sample || fixed.sample)
        .set("framed", page.framed)
        .set("private", page.private_matter)
        .set("trial", fixed.trial)
        .set("unwitnessed", !fixed.witnesses);
    data.set("style", asset_address("huiyin.css"))
        .set("icon", asset_address("mark.svg"))
        .set("scripts", script_tags(request, page));
    data.set("languages", languages(lang)).set("sections", links(lang, request, page, fixed.sections));
    data.set("has_sections", !fixed.sections.empty()).set("here", trusted(mark(Slot::here)));
    if (request.who.officer != 0) data.set("staff", links(lang, request, page, fixed.staff));
    data.set("signed_in", request.who.officer != 0).set("post", request.who.label);
    data.set("sign_in", fixed.sign_in).set("sign_out", fixed.sign_out).set("csrf", csrf_field());
    if (request.who.officer != 0)
        data.set("session", fixed.session).set("officer", std::to_string(request.who.officer));
    data.set("source", fixed.source).set("address", fixed.address + request.path);
    if (fixed.clock) data.set("as_of", date_time(lang, fixed.clock->now()));
    return find_slots(render(lang, "page/shell.html", data).text());
}

http::Response as_response(const http::Request& request, const Page& page, const Shared& shared) {
    http::Response response;
    response.status = page.status;
    response.body = put_in(shared, request);
    response.cacheable = page.status == 200 && !page.private_matter && request.who.officer == 0 && !shared.personal();
    response.set("Content-Language", std::string(tag(lang_of(request))));
    response.set("Vary", "Accept-Language, Cookie");
    return response;
}

http::Response answer(const http::Request& request, Page page) {
    return as_response(request, page, in_shell(request, page));
}

int status_of(const std::vector<kernel::Error>& errors) {
    return errors.empty() ? 200 : http::status_of(errors.front().code);
}

http::Response answer(const http::Request& request, Page page, const std::vector<kernel::Error>& errors) {
    if (!errors.empty()) page.status = status_of(errors);
    return answer(request, std::move(page));
}

bool mends(const kernel::Error& error) {
    return error.code == kernel::Code::invalid || error.code == kernel::Code::conflict || !error.field.empty();
}

}  // namespace page

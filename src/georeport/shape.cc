#include "shape.h"

#include <array>
#include <stdexcept>
#include <utility>

#include <page/page.h>
#include <page/xml.h>

#include "georeport.h"

namespace georeport {
namespace {

using kernel::Json;

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> containers = {{{"services", "service"},
                                                                                      {"attributes", "attribute"},
                                                                                      {"values", "value"},
                                                                                      {"service_requests", "request"},
                                                                                      {"endpoints", "endpoint"},
                                                                                      {"formats", "format"},
                                                                                      {"errors", "error"}}};

std::string_view child_of(std::string_view container) {
    for (const auto& [name, child] : containers)
        if (name == container) return child;
    throw std::logic_error("no container of GeoReport: " + std::string(container));
}

void put(std::string& out, std::string_view name, const Json& value) {
    if (value.is_null() || (value.string() && value.string()->empty())) {
        out.append("<").append(name).append("/>");
        return;
    }
    out.append("<").append(name).append(">");
    if (const auto* text = value.string()) {
        out += page::xml_text(*text);
    } else if (const auto* members = value.object()) {
        for (const auto& [member, each] : *members) put(out, member, each);
    } else if (const auto* rows = value.array()) {
        const std::string_view child = child_of(name);
        for (const Json& row : *rows) put(out, child, row);
    } else {
        out += kernel::canonical(value);
    }
    out.append("</").append(name).append(">");
}

// The specification's names of fields, where ours differ: what is told at a field is told at theirs.
std::string_view field_there(std::string_view ours) {
    if (ours == "text") return "description";
    if (ours == "title") return "attribute[title]";
    if (ours == "lang") return "attribute[lang]";
    if (ours == "place") return "address_string";
    if (ours == "position") return "lat, long";
    if (ours == "contact_name") return "first_name, last_name";
    if (ours == "contact_telephone") return "phone";
    if (ours == "contact_email") return "email";
    return ours;
}

}  // namespace

std::optional<Named> named(std::string_view segment) {
    for (const auto& [suffix, format] : {std::pair{".xml", Format::xml}, std::pair{".json", Format::json}})
        if (segment.ends_with(suffix)) return Named{std::string(segment.substr(0, segment.rfind('.'))), format};
    return std::nullopt;
}

Format format_of(const http::Request& r) {
    if (const auto asked = named(r.path.substr(r.path.rfind('/') + 1))) return asked->format;
    return r.header("accept").find("json") == std::string_view::npos ? Format::xml : Format::json;
}

std::string as_xml(const Json& value, std::string_view root) {
    std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    put(out, root, value);
    return out + "\n";
}

http::Response answer(const http::Request& r, Format format, const Json& value, std::string_view root) {
    http::Response out;
    out.content_type = format == Format::xml ? "text/xml; charset=utf-8" : "application/json; charset=utf-8";
    out.body = format == Format::xml ? as_xml(value, root) : kernel::canonical(value);
    out.set("Content-Language", std::string(page::tag(page::lang_of(r)))).set("Vary", "Accept, Accept-Language");
    // Open to scripts of other sites: nothing here depends on who asks, no cookie counts.
    return std::move(out.set("Access-Control-Allow-Origin", "*"));
}

int status_of(const kernel::Error& error) {
    switch (error.code) {
        case kernel::Code::invalid:
        case kernel::Code::malformed:
        case kernel::Code::conflict:
            return 400;
        case kernel::Code::unauthenticated:
        case kernel::Code::forbidden:
            return 403;
        case kernel::Code::not_found:
        case kernel::Code::too_large:
        case kernel::Code::unsupported:
        case kernel::Code::too_many:
        case kernel::Code::unavailable:
        case kernel::Code::no_space:
            break;
    }
    return http::status_of(error.code);
}

http::Response refusal(const http::Request& r, Format format, const std::vector<kernel::Error>& errors, int status) {
    Json::Array rows;
    for (const kernel::Error& error : errors) {
        std::string words = page::say(page::lang_of(r), error);
        if (!error.field.empty()) words = std::string(field_there(error.field)) + ": " + words;
        Json row;
        row.set("code", status ? status : status_of(error)).set("description", std::move(words));
        rows.push_back(std::move(row));
    }
    http::Response out = answer(r, format, std::move(rows), "errors");
    out.status = status ? status : status_of(errors.front());
    return out;
}

bool answers(const http::Request& r) { return r.path == "/open311" || r.path.starts_with("/open311/"); }

http::Response fault(const http::Request& r, int status, const kernel::Error& error) {
    return refusal(r, format_of(r), {error}, status);
}

}  // namespace georeport

// What everybody reads under /open311/v2, without a key.
#include <algorithm>
#include <memory>

#include <db/database.h>
#include <kernel/text.h>
#include <ledger/ledger.h>

#include "keys.h"
#include "listing.h"
#include "routes.h"
#include "shape.h"

namespace georeport {
namespace {

using http::Request;
using http::Response;
using kernel::Json;

constexpr std::string_view specification = "http://wiki.open311.org/GeoReport_v2";

kernel::Error not_found(std::string key) { return kernel::refuse(kernel::Code::not_found, std::move(key)); }

// The other parameters as they were asked, with the place to go on from.
std::string next_address(const Request& r, voice::VoiceId before) {
    std::string query;
    for (const auto& [name, value] : r.query)
        if (name != "before") query += kernel::percent_encoded(name) + "=" + kernel::percent_encoded(value) + "&";
    return address_of(r) + r.path + "?" + query + "before=" + std::to_string(before.value());
}

Json formats() { return Json::Array{Json("text/xml"), Json("application/json")}; }

class Reading {
public:
    explicit Reading(const people::Needs& needs) : needs_(needs) {}

    Response discovery(const Request& r, Format format) const {
        const page::Lang lang = page::lang_of(r);
        auto db = needs_.database.read();
        const auto table = routing::in_force(*db);
        const std::string changed = kernel::iso(table ? table->since : ledger::entry(*db, 0).value().time);
        Json endpoint;
        endpoint.set("specification", specification).set("url", address_of(r) + "/open311/v2");
        endpoint.set("changeset", changed).set("type", people::rehearsal(*db) ? "test" : "production");
        // Not of the specification: clients of this kind need not ask staff about a report that was cut off.
        endpoint.set("formats", formats()).set("idempotency_key", true);
        Json json;
        json.set("changeset", changed);
        json.set("contact", people::organisation(*db) + ", " + address_of(r));
        json.set("key_service", page::say(lang, "georeport.key_service", {{"address", address_of(r) + "/rules"}}));
        json.set("endpoints", Json::Array{std::move(endpoint)});
        return answer(r, format, json, "discovery");
    }

    Response list_services(const Request& r, Format format) const {
        auto db = needs_.database.read();
        return answer(r, format, georeport::as_json(services(sheet_in_force(*db), page::lang_of(r))), "services");
    }

    Response show_service(const Request& r, const Named& asked) const {
        auto db = needs_.database.read();
        const Sheet sheet = sheet_in_force(*db);
        const page::Lang lang = page::lang_of(r);
        const auto found = service(sheet, lang, asked.name);
        if (!found) return refusal(r, asked.format, {not_found("georeport.service_unknown")});
        return answer(r, asked.format, definition(sheet, lang, *found), "service_definition");
    }

    Response list_requests(const Request& r, Format format) const {
        const kernel::Result<Asked> asked = read_asked(r, needs_.clock.now());
        if (!asked) return refusal(r, format, {asked.error()});
        auto db = needs_.database.read();
        const Found found = find(*db, *asked);
        Response out = requests(r, format, *db, found.all);
        if (found.before) out.set("Link", "<" + next_address(r, *found.before) + ">; rel=\"next\"");
        return out;
    }

    Response show_request(const Request& r, const Named& asked) const {
        auto db = needs_.database.read();
        const auto id = kernel::parse_index(asked.name);
        const auto found = id ? voice::voice(*db, voice::VoiceId(*id)) : std::nullopt;
        // One that is not public is as one that is not: nothing tells which numbers those are.
        if (!found || !listed(*found)) return refusal(r, asked.format, {not_found("georeport.request_unknown")});
        return requests(r, asked.format, *db, {*found});
    }

    Response show_token(const Request& r, const Named& asked) const {
        const auto id = parse_token(needs_.server_key, asked.name);
        const auto found = id ? voice::voice(*needs_.database.read(), *id) : std::nullopt;
        if (!found) return refusal(r, asked.format, {not_found("georeport.token_unknown")});
        Json one;
        one.set("token", asked.name);
        if (listed(*found)) one.set("service_request_id", std::to_string(id->value()));
        return answer(r, asked.format, Json::Array{std::move(one)}, "service_requests");
    }

private:
    static Response requests(const Request& r, Format format, db::Connection& db,
                             const std::vector<voice::Voice>& all) {
        const Sheet sheet = sheet_in_force(db);
        const Reader reader{sheet, page::lang_of(r), address_of(r)};
        return answer(r, format, as_json(db, reader, all), "service_requests");
    }

    const people::Needs& needs_;
};

}  // namespace

std::string address_of(const http::Request& r) {
    if (!page::public_address().empty()) return page::public_address();
    return (r.secure ? "https://" : "http://") + std::string(r.header("host"));
}

kernel::Checked check_jurisdiction(const http::Request&, std::string_view asked) {
    std::string_view own = page::public_address();
    if (asked.empty() || own.empty()) return {};
    own.remove_prefix(std::min(own.find("://") + 3, own.size()));
    const auto bare = [](std::string_view host) {
        std::string out(host.substr(0, host.find_first_of(":/")));
        std::transform(out.begin(), out.end(), out.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        return out.starts_with("www.") ? out.substr(4) : out;
    };
    if (bare(own) == bare(asked)) return {};
    return kernel::Error{kernel::Code::not_found, "georeport.jurisdiction_unknown", "jurisdiction_id", {}};
}

void add_reading(http::Router& router, const people::Needs& needs) {
    const auto reading = std::make_shared<const Reading>(needs);
    using List = Response (Reading::*)(const Request&, Format) const;
    using Show = Response (Reading::*)(const Request&, const Named&) const;
    const auto list = [&](const char* name, List handler) {
        for (const auto& [suffix, format] : {std::pair{".json", Format::json}, std::pair{".xml", Format::xml}})
            router.get(std::string("/open311/v2/") + name + suffix,
                       [reading, handler, format = format](const Request& r) {
                           if (auto ok = check_jurisdiction(r, r.asked("jurisdiction_id").value_or("")); !ok)
                               return refusal(r, format, {ok.error()});
                           return ((*reading).*handler)(r, format);
                       });
    };
    const auto show = [&](const char* pattern, Show handler) {
        router.get(pattern, [reading, handler](const Request& r) {
            const auto asked = named(r.param("name"));
            if (!asked) return refusal(r, format_of(r), {not_found("georeport.format_unknown")});
            if (auto ok = check_jurisdiction(r, r.asked("jurisdiction_id").value_or("")); !ok)
                return refusal(r, asked->format, {ok.error()});
            return ((*reading).*handler)(r, *asked);
        });
    };
    list("discovery", &Reading::discovery);
    list("services", &Reading::list_services);
    list("requests", &Reading::list_requests);
    show("/open311/v2/services/{name}", &Reading::show_service);
    show("/open311/v2/requests/{name}", &Reading::show_request);
    show("/open311/v2/tokens/{name}", &Reading::show_token);
}

void add_routes(http::Router& router, const people::Needs& needs) {
    add_reading(router, needs);
    add_sending(router, needs);
    add_admin(router, needs);
}

}  // namespace georeport

// For this module's tests: an office with a standing desk and a client that may send.
#pragma once
#include <string>
#include <vector>

#include <contact/contact.h>
#include <cycle/cycle.h>
#include <people/testing.h>
#include <people/testing_routes.h>
#include <routing/routing.h>
#include <voice/casework.h>
#include <voice/voice.h>

#include "keys.h"
#include "routes.h"
#include "store.h"

namespace georeport {

inline kernel::Json json_of(const http::Response& response) { return must(kernel::parse_json(response.body)); }
inline const kernel::Json& first(const kernel::Json& list) { return list.array()->at(0); }

struct World : people::TestOrganisation {
    explicit World(db::Engine engine)
        : TestOrganisation(engine,
                           {cycle::add_kinds, routing::add_kinds, voice::add_kinds, contact::add_kinds, add_kinds}) {
        using people::Role;
        roads = unit(root, "Roads");
        officer(root, "administrator", {Role::administrator});
        officer(root, "clerk", {Role::clerk});
        officer(root, "moderator", {Role::moderator});
        officer(roads, "roads", {Role::officer});
        desk = must(cycle::open_standing_desk(*needs, "Always-open desk", "en"));
        georeport::add_routes(router, *needs);
    }

    Admitted admitted(const std::string& name = "City app", bool for_authors = true, int per_minute = 60) {
        return must(admit(*needs, as("administrator"), {name, per_minute, for_authors}));
    }
    // A table with two categories and a district.
    routing::TableId table() {
        routing::Draft draft;
        draft.lists.categories = {{"lamp", {"路灯", "路燈", "Street lamps"}}, {"road", {"", "", "Roads & paths"}}};
        draft.lists.districts = {{"north", {"北", "北", "North"}}};
        draft.lists.rows = {{"lamp", "", "", roads, true}};
        draft.reason = "First";
        routing::Hooks hooks;
        hooks.kinds = {{"help", "voice.kind_help"}};
        return must(routing::set_table(*needs, hooks, as("administrator"), draft));
    }
    voice::VoiceId said(const std::string& text, voice::Audience audience = voice::Audience::open) {
        voice::Draft draft;
        draft.cycle = desk;
        draft.text = text;
        draft.lang = "en";
        draft.audience = audience;
        draft.position = "31.2304,121.4737";
        draft.place = "Elm Street 5";
        return must(voice::receive(*needs, visitor(text), draft, {})).id;
    }

    http::Response get(const std::string& target) {
        http::Request r = http::testing::request(http::Method::get, target);
        r.headers["host"] = "voices.example.org";
        r.headers["accept-language"] = "en";
        return http::testing::answer(router, std::move(r));
    }
    http::Response post(http::testing::Fields fields, const std::string& format = "json",
                        const std::string& idempotency = "") {
        http::Request r = http::testing::request(http::Method::post, "/open311/v2/requests." + format);
        r.headers["host"] = "voices.example.org";
        r.headers["accept-language"] = "en";
        if (!idempotency.empty()) r.headers["idempotency-key"] = idempotency;
        r.form = std::move(fields);
        return http::testing::answer(router, std::move(r));
    }
    // What a report needs, with these fields besides, or in place of its own.
    http::testing::Fields report(const std::string& key, const http::testing::Fields& others = {}) {
        http::testing::Fields all = {{"api_key", key},
                                     {"service_code", "HELP"},
                                     {"lat", "37.76524078"},
                                     {"long", "-122.4212043"},
                                     {"description", "A large sinkhole is destroying the street"}};
        for (const auto& other : others) {
            const auto at =
                std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.first == other.first; });
            if (at == all.end())
                all.push_back(other);
            else
                at->second = other.second;
        }
        return all;
    }
    std::vector<std::string> ids(const std::string& query) {
        std::vector<std::string> all;
        const kernel::Json list = json_of(get("/open311/v2/requests.json?" + query));
        for (const kernel::Json& one : *list.array()) all.push_back(one.need_string("service_request_id"));
        return all;
    }
    static std::string id_of(voice::VoiceId id) { return std::to_string(id.value()); }
    kernel::Json request(voice::VoiceId id) {
        return first(json_of(get("/open311/v2/requests/" + id_of(id) + ".json")));
    }

    http::Router router;
    people::UnitId roads;
    people::CycleId desk;
};

}  // namespace georeport

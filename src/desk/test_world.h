// For this module's tests: an organisation whose complaints and requests are answered with a second person, on a fresh
// place of one engine.
#pragma once
#include <map>
#include <string>

#include <cycle/cycle.h>
#include <people/testing.h>
#include <preset/preset.h>
#include <voice/workbench.h>

#include "store.h"

namespace desk {

struct World : people::TestOrganisation {
    explicit World(db::Engine engine)
        : TestOrganisation(engine, {cycle::add_kinds, preset::add_kinds, voice::add_kinds, add_kinds}) {
        using people::Role;
        roads = unit(root, "Roads");
        lamps = unit(roads, "Street lamps");
        parks = unit(root, "Parks");
        officer(root, "admin2", {Role::administrator});
        officer(root, "clerk", {Role::clerk});
        officer(root, "moderator", {Role::moderator});
        officer(roads, "roads", {Role::officer});
        officer(roads, "roads2", {Role::officer});
        officer(roads, "roads_head", {Role::head});
        officer(lamps, "lamps", {Role::officer});
        officer(parks, "parks", {Role::officer, Role::head});
        cycle = kernel::must(cycle::open_standing_desk(*needs, "Always-open desk", "en"));
    }
    // From now on, answers to complaints are released by a second person.
    void need_release() {
        preset::Params params = preset::holding(*database->read(), preset::Applies::cases).params;
        std::get<preset::Casework>(params).release = {"complaint"};
        kernel::must(preset::adopt(*needs, as("admin2"), {"letters.generic", params, "Four eyes."}));
    }
    voice::VoiceId said(voice::Kind kind = voice::Kind::complaint, const std::string& text = "The lamp is dark.",
                        voice::Audience audience = voice::Audience::open) {
        voice::Draft d;
        d.cycle = cycle;
        d.kind = kind;
        d.audience = audience;
        d.text = text;
        d.lang = "en";
        const voice::VoiceId id = kernel::must(voice::receive(*needs, visitor(++visitors), d, {})).id;
        kernel::must(voice::assign(*needs, as("clerk"), id, roads, {}));
        return id;
    }
    std::optional<voice::DeskCase> seen_by(std::string_view who, voice::VoiceId id) {
        return voice::desk_case(*database->read(), as(who), id);
    }
    Draft get(DraftId id) { return draft(*database->read(), id).value(); }

    people::UnitId roads, lamps, parks;
    people::CycleId cycle;
    std::int64_t visitors = 0;
};

}  // namespace desk

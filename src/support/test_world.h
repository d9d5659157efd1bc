// For this module's tests: an organisation with staff, the standing desk and a round that asks, on a fresh place of one
// engine.
#pragma once
#include <string>

#include <cycle/testing.h>
#include <jobs/testing.h>
#include <people/testing.h>
#include <voice/voice.h>

#include "support.h"

namespace support {

struct World : people::TestOrganisation {
    explicit World(db::Engine engine) : TestOrganisation(engine, {cycle::add_kinds, voice::add_kinds, add_kinds}) {
        using people::Role;
        roads = unit(root, "Roads");
        officer(root, "head", {Role::head});
        officer(root, "clerk", {Role::clerk});
        officer(roads, "officer", {Role::officer});
        officer(unit(root, "Audit"), "moderator", {Role::moderator});
        desk = must(cycle::open_standing_desk(*needs, "Desk", "en"));
        round = cycle::asking_round(*needs, as("head"), root);
    }

    VoiceId say(const std::string& who, std::optional<people::CycleId> in = {},
                voice::Audience audience = voice::Audience::open, const std::string& text = "It is dark.") {
        voice::Draft draft;
        draft.cycle = in.value_or(desk);
        draft.audience = audience;
        draft.text = text;
        draft.lang = "en";
        return must(voice::receive(*needs, visitor(who), draft, {})).id;
    }
    std::int64_t n(VoiceId id) { return count(*database->read(), id); }

    people::UnitId roads;
    people::CycleId desk, round;
};

}  // namespace support

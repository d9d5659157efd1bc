// For this module's tests: an organisation with three units and officers in all roles, the standing desk and one open
// round, on a fresh place of one engine. 2026-11-23 is a Monday, nine o'clock.
#pragma once
#include <map>
#include <string>
#include <vector>

#include <cycle/cycle.h>
#include <jobs/testing.h>
#include <people/testing.h>

#include "casework.h"
#include "store.h"
#include "voice.h"

namespace voice {

inline kernel::Day day_of(std::string_view iso) { return kernel::parse_day(iso).value(); }

struct World : people::TestOrganisation {
    explicit World(db::Engine engine) : TestOrganisation(engine, {cycle::add_kinds, add_kinds}) {
        roads = unit(root, "Roads");
        lamps = unit(roads, "Street lamps");
        using people::Role;
        officer(root, "head", {Role::head});
        officer(root, "clerk", {Role::clerk});
        officer(root, "moderator", {Role::moderator});
        officer(root, "moderator2", {Role::moderator});
        officer(root, "inspector", {Role::inspector});
        officer(root, "member", {Role::member});
        officer(roads, "roads", {Role::officer});
        officer(roads, "roads2", {Role::officer});
        officer(roads, "roads_head", {Role::head});
        officer(roads, "roads_moderator", {Role::moderator, Role::officer});
        officer(lamps, "lamps", {Role::officer});
        desk = must(cycle::open_standing_desk(*needs, "Always-open desk", "en"));
    }

    people::Actor browser(const std::string& visitor = "visitor-a") {
        people::Actor actor;
        actor.visitor = visitor;
        return actor;
    }
    Draft draft(const std::string& text = "The lamp at the corner is dark.") const {
        Draft d;
        d.cycle = desk;
        d.text = text;
        d.lang = "en";
        return d;
    }
    Received said(const std::string& text = "The lamp at the corner is dark.",
                  const std::string& visitor = "visitor-a") {
        return must(receive(*needs, browser(visitor), draft(text), {}));
    }
    // Said by a browser and given to Roads.
    Received assigned(const std::string& visitor = "visitor-a") {
        const Received r = said("The lamp at the corner is dark.", visitor);
        must(assign(*needs, as("clerk"), r.id, roads, {}));
        return r;
    }
    Received answered(const std::string& visitor = "visitor-a") {
        const Received r = assigned(visitor);
        must(answer(*needs, as("roads"), r.id, Answer::done, "It burns again.", {}));
        return r;
    }
    Case get(VoiceId id) { return find_case(*database->read(), id).value(); }
    Counts count() { return counts(*database->read(), desk); }
    // The clock's tasks, once.
    void tick() { jobs::run_once(tasks(*needs)); }

    people::UnitId roads, lamps;
    people::CycleId desk;
};

}  // namespace voice

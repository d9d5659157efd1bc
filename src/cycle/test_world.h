// For this module's tests: an installation with a root unit, a second unit, officers and the standing desk, on a fresh
// place of one engine.
#pragma once
#include <string>

#include <people/testing.h>

#include "cycle.h"

namespace cycle {

struct World : people::TestOrganisation {
    explicit World(db::Engine engine) : TestOrganisation(engine, {add_kinds}) {
        other = unit(root, "Roads");
        must(people::add_officer(*needs, root, "head", "Head of the office", {people::Role::head}, false));
        must(people::add_officer(*needs, other, "roads", "Head of roads", {people::Role::head}, false));
        must(people::add_officer(*needs, other, "clerk", "Clerk of the council", {people::Role::clerk}, false));
        desk = must(open_standing_desk(*needs, "Always-open desk", "en"));
    }

    Cycle get(CycleId id) { return cycle(*database->read(), id).value(); }
    CycleId opened(const std::string& name = "Buses") { return must(open(*needs, as("head"), draft(name))); }
    Draft draft(const std::string& name) const {
        Draft d;
        d.name = name;
        d.lang = "en";
        d.organiser = root;
        return d;
    }
    Draft full(const std::string& name) const {
        Draft d = draft(name);
        d.context = {"Everybody who rides", "A bus every ten minutes", "40 buses", "The budget of this year"};
        d.criteria = {"Waiting is short", "Nobody is left standing"};
        return d;
    }

    people::UnitId other;
    CycleId desk;
};

}  // namespace cycle

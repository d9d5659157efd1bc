// For this module's tests: an organisation with three units and officers in all roles, the standing desk and one open
// round, on a fresh place of one engine. 2026-11-23 is a Monday, nine o'clock.
#pragma once
#include <map>
#include <string>
#include <vector>

#include <cycle/cycle.h>
#include <jobs/testing.h>
#include <people/testing.h>
#include <preset/preset.h>
#include <routing/routing.h>

#include "casework.h"
#include "store.h"
#include "voice.h"

namespace voice {

inline kernel::Day day_of(std::string_view iso) { return kernel::parse_day(iso).value(); }

struct World : people::TestOrganisation {
    explicit World(db::Engine engine)
        : TestOrganisation(engine, {preset::add_kinds, routing::add_kinds, cycle::add_kinds, add_kinds}) {
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
        officer(root, "administrator", {Role::administrator});
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
    // A preset with stops for others than the author, and a routing table with two categories and one district.
    preset::Casework more_stops() const {
        preset::Casework c = preset::neutral_casework();
        c.stops.push_back({deadline::Reason::third_party, {deadline::Unit::working_days, 5}});
        c.stops.push_back({deadline::Reason::hearing, {deadline::Unit::days, 20}});
        return c;
    }
    std::int64_t adopt(const preset::Casework& rules) {
        return must(preset::adopt(*needs, as("administrator"), {"letters.generic", rules, "as the charter says"}));
    }
    routing::TableId route(std::vector<routing::Row> rows) {
        routing::Draft draft;
        draft.lists.categories = {{"lamps", {"", "", "Lamps"}}, {"drains", {"", "", "Drains"}}};
        draft.lists.districts = {{"north", {"", "", "North"}}};
        draft.lists.rows = std::move(rows);
        draft.reason = "as the units are";
        const auto before = routing::in_force(*database->read());
        if (before) draft.seen = before->id;
        return must(
            routing::set_table(*needs, {{{"help", "voice.kind_help"}}, {}, {}, {}}, as("administrator"), draft));
    }
    void change_rules(bool table) {
        if (table) {
            if (!routing::in_force(*database->read()))
                route({{"lamps", "", "", lamps, false}, {"", "north", "", roads, true}});
        } else if (!preset::in_force(*database->read(), preset::Applies::cases)) {
            adopt(more_stops());
        }
    }
    Case get(VoiceId id) { return find_case(*database->read(), id).value(); }
    Counts count() { return counts(*database->read(), desk); }
    // The clock's tasks, once.
    void tick() { jobs::run_once(tasks(*needs)); }

    people::UnitId roads, lamps;
    people::CycleId desk;
};

}  // namespace voice

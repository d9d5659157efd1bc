// For this module's tests: an installation with a root unit, a second unit, officers and the standing desk, on a fresh
// place of one engine.
#pragma once
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <db/database.h>
#include <db/testing.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <people/people.h>

#include "cycle.h"

namespace cycle {

struct World {
    explicit World(db::Engine engine) : place(engine), database(db::Database::open(place.place())) {
        people::add_kinds(kinds);
        add_kinds(kinds);
        ledger = ledger::Ledger::start(*database, clock, merkle::SignerKey::generate("test"), kinds);
        needs =
            std::make_unique<people::Needs>(people::Needs{*database, *ledger, clock, kernel::Bytes(32, 7), {1, 64}});
        must(people::set_up(*needs, "Sample transport office"));
        root = people::units(*database->read()).front().id;
        other = must(people::add_unit(*needs, root, "Roads", false));
        must(people::add_officer(*needs, root, "head", "Head of the office", {people::Role::head}, false));
        must(people::add_officer(*needs, other, "roads", "Head of roads", {people::Role::head}, false));
        must(people::add_officer(*needs, other, "clerk", "Clerk of the council", {people::Role::clerk}, false));
        desk = must(open_standing_desk(*needs, "Always-open desk", "en"));
    }

    people::Actor as(std::string_view login) {
        auto db = database->read();
        return people::actor(*db, people::officer_by_login(*db, login).value().id);
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

    template <class T>
    static T must(kernel::Result<T> result) {
        if (!result) throw std::runtime_error(result.error().key + " at " + result.error().field);
        return *std::move(result);
    }

    db::TestPlace place;
    kernel::SetClock clock{kernel::start_of(kernel::parse_day("2026-11-23").value()) + 9 * 3'600'000};
    std::unique_ptr<db::Database> database;
    ledger::Kinds kinds;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<people::Needs> needs;
    people::UnitId root, other;
    CycleId desk;
};

}  // namespace cycle

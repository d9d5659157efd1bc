// For this module's tests: an installation with staff and a round that is asking, on a fresh place of one engine.
#pragma once
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <db/database.h>
#include <db/testing.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>

#include "dialogue.h"

namespace dialogue {

struct World {
    explicit World(db::Engine engine) : place(engine), database(db::Database::open(place.place())) {
        people::add_kinds(kinds);
        cycle::add_kinds(kinds);
        add_kinds(kinds);
        ledger = ledger::Ledger::start(*database, clock, merkle::SignerKey::generate("test"), kinds);
        needs =
            std::make_unique<people::Needs>(people::Needs{*database, *ledger, clock, kernel::Bytes(32, 7), {1, 64}});
        must(people::set_up(*needs, "Sample transport office"));
        root = people::units(*database->read()).front().id;
        audit = must(people::add_unit(*needs, root, "Audit section", false));
        must(people::add_officer(*needs, root, "head", "Head of the office", {people::Role::head}, false));
        must(people::add_officer(*needs, audit, "clerk", "Clerk of the council", {people::Role::clerk}, false));
        must(people::add_officer(*needs, audit, "moderator", "Moderator", {people::Role::moderator}, false));
        must(people::add_officer(*needs, root, "inside", "Moderator of the office", {people::Role::moderator}, false));
        desk = must(cycle::open_standing_desk(*needs, "Always-open desk", "en"));
        round = must(cycle::open(*needs, as("head"), round_draft()));
        must(cycle::advance(*needs, as("head"), round, cycle::Phase::consult, std::nullopt, ""));
    }

    cycle::Draft round_draft() const {
        cycle::Draft d;
        d.name = "Buses";
        d.lang = "en";
        d.organiser = root;
        d.context = {"Everybody who rides", "A bus every ten minutes", "40 buses", "The budget of this year"};
        d.criteria = {"Waiting is short"};
        return d;
    }
    people::Actor as(std::string_view login) {
        auto db = database->read();
        return people::actor(*db, people::officer_by_login(*db, login).value().id);
    }
    static people::Actor visitor(std::int64_t n) {
        people::Actor a;
        a.visitor = "a browser's own token " + std::to_string(n);
        return a;
    }
    Draft draft() const {
        Draft d;
        d.cycle = round;
        d.question = "How should the buses run?";
        d.lang = "en";
        return d;
    }
    DialogueId opened(Admission admission = Admission::moderated) {
        Draft d = draft();
        d.admission = admission;
        return must(open(*needs, as("head"), d));
    }
    // A dialogue with so many seeds.
    DialogueId seeded(int n, std::vector<StatementId>& statements) {
        const DialogueId id = opened();
        for (int i = 0; i < n; ++i)
            statements.push_back(must(seed(*needs, as("clerk"), id, "Statement " + std::to_string(i), "en")));
        return id;
    }
    Statement get(StatementId id) { return statement(*database->read(), id).value(); }
    Figures count(DialogueId id) { return figures(*database->read(), id); }

    template <class T>
    static T must(kernel::Result<T> result) {
        if (!result) throw std::runtime_error(result.error().key + " at " + result.error().field);
        return *std::move(result);
    }
    static void must(kernel::Checked result) {
        if (!result) throw std::runtime_error(result.error().key + " at " + result.error().field);
    }

    db::TestPlace place;
    kernel::SetClock clock{kernel::start_of(kernel::parse_day("2026-11-23").value()) + 9 * 3'600'000};  // a Monday
    std::unique_ptr<db::Database> database;
    ledger::Kinds kinds;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<people::Needs> needs;
    people::UnitId root, audit;
    CycleId desk, round;
};

}  // namespace dialogue

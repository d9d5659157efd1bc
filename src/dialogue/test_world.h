// For this module's tests: an installation with staff and a round that is asking, on a fresh place of one engine.
#pragma once
#include <string>
#include <vector>

#include <cycle/testing.h>
#include <people/testing.h>

#include "dialogue.h"

namespace dialogue {

struct World : people::TestOrganisation {
    explicit World(db::Engine engine) : TestOrganisation(engine, {cycle::add_kinds, add_kinds}) {
        audit = unit(root, "Audit section");
        must(people::add_officer(*needs, root, "head", "Head of the office", {people::Role::head}, false));
        must(people::add_officer(*needs, audit, "clerk", "Clerk of the council", {people::Role::clerk}, false));
        must(people::add_officer(*needs, audit, "moderator", "Moderator", {people::Role::moderator}, false));
        must(people::add_officer(*needs, root, "inside", "Moderator of the office", {people::Role::moderator}, false));
        desk = must(cycle::open_standing_desk(*needs, "Always-open desk", "en"));
        round = cycle::asking_round(*needs, as("head"), root);
    }

    cycle::Draft round_draft() const { return cycle::draft_for_tests(root); }
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

    people::UnitId audit;
    CycleId desk, round;
};

}  // namespace dialogue

// For this module's tests: a round with a dialogue in which two camps vote, on a fresh place of one engine.
#pragma once
#include <string>
#include <vector>

#include <cycle/testing.h>
#include <jobs/testing.h>
#include <people/testing.h>

#include "freeze.h"
#include "live.h"
#include "opinion_map.h"

namespace opinion_map {

struct World : people::TestOrganisation {
    explicit World(db::Engine engine) : TestOrganisation(engine, {cycle::add_kinds, dialogue::add_kinds, add_kinds}) {
        using people::Role;
        officer(root, "head", {Role::head});
        officer(unit(root, "Audit section"), "clerk", {Role::clerk});
        officer(unit(root, "Moderation"), "moderator", {Role::moderator});
        desk = must(cycle::open_standing_desk(*needs, "Desk", "en"));
        round = cycle::asking_round(*needs, as("head"), root);
        id = opened("How should the buses run?");
        for (int i = 0; i < 10; ++i)
            statements.push_back(must(dialogue::seed(*needs, as("clerk"), id, "Statement " + std::to_string(i), "en")));
    }

    dialogue::DialogueId opened(const std::string& question) {
        dialogue::Draft d;
        d.cycle = round;
        d.question = question;
        d.lang = "en";
        return must(dialogue::open(*needs, as("head"), d));
    }
    // Those of camp 0 agree with even statements and disagree with odd ones, those of camp 1 the other way; everybody
    // agrees with the first and passes over one.
    void vote(const std::string& who, int camp) {
        std::vector<dialogue::Vote> all;
        const std::size_t passed = who.size() % 3 + static_cast<std::size_t>(who.back() % 5) + 2;
        for (std::size_t i = 0; i < statements.size(); ++i) {
            dialogue::Choice choice =
                (i % 2 == 0) == (camp == 0) ? dialogue::Choice::agree : dialogue::Choice::disagree;
            if (i == 0) choice = dialogue::Choice::agree;
            if (i == passed) choice = dialogue::Choice::pass;
            all.push_back({statements[i], choice});
        }
        must(dialogue::vote(*needs, visitor(who), id, all));
    }
    void camps(int first, int second) {
        for (int i = 0; i < first; ++i) vote("somebody of the first camp " + std::to_string(i), 0);
        for (int i = 0; i < second; ++i) vote("somebody of the second camp " + std::to_string(i), 1);
    }
    std::shared_ptr<const Map> map(DialogueId of) {
        maps->map(of);
        maps->sync(*database, [] { return true; });
        return maps->map(of);
    }
    std::shared_ptr<const Map> map() { return map(id); }
    bool freeze(DialogueId of) {
        return opinion_map::freeze(*needs, *maps, of, [] { return true; });
    }
    void close() { must(dialogue::close(*needs, as("head"), id, "Enough was said.")); }

    std::shared_ptr<Live> maps = std::make_shared<Live>(false);
    people::CycleId desk, round;
    DialogueId id;
    std::vector<StatementId> statements;
};

}  // namespace opinion_map

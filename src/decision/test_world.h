// For this module's tests: an organisation with a clerk, an administrator, members of a body, a round, on a fresh place
// of one engine. 2026-11-23 is a Monday, nine o'clock.
#pragma once
#include <string>
#include <vector>

#include <cycle/testing.h>
#include <dialogue/dialogue.h>
#include <issue/issue.h>
#include <measure/measure.h>
#include <people/testing.h>
#include <voice/voice.h>

#include "decision.h"
#include "store.h"

namespace decision {

using kernel::on;

struct World : people::TestOrganisation {
    explicit World(db::Engine engine)
        : TestOrganisation(engine, {cycle::add_kinds, voice::add_kinds, dialogue::add_kinds, issue::add_kinds,
                                    measure::add_kinds, add_kinds}) {
        cycle::set_gates({gate()});
        using people::Role;
        add("head", {Role::head});
        add("clerk", {Role::clerk});
        add("owner", {Role::officer});
        add("setter", {Role::administrator});
        for (const char* member : {"mem1", "mem2", "mem3", "mem4", "outsider"}) add(member, {Role::member});
        must(cycle::open_standing_desk(*needs, "Desk", "en"));
        round = cycle::asking_round(*needs, as("head"), root);
        criterion = cycle::cycle(*database->read(), round)->criteria.at(0).id;
        Rules rules;
        rules.quorum = {2, 3, false, Base::filled};
        council = must(set_up(*needs, as("setter"), "Council", root, 5, rules, false));
        for (const char* member : {"mem1", "mem2", "mem3"})
            must(seat(*needs, as("setter"), council, as(member).officer, std::string("Name of ") + member,
                      member == std::string("mem1")));
    }
    ~World() { cycle::set_gates({}); }

    void add(const std::string& login, const std::vector<people::Role>& roles) {
        must(people::add_officer(*needs, root, login, "Post of " + login, roles, false));
    }
    cycle::Phase phase() { return cycle::cycle(*database->read(), round)->phase; }
    void decide() {  // people have been heard
        if (phase() == cycle::Phase::consult)
            must(cycle::advance(*needs, as("head"), round, cycle::Phase::decide, {}, ""));
    }
    issue::IssueId confirmed(const std::string& title = "Late buses") {
        voice::Draft said;
        said.cycle = phase() == cycle::Phase::consult ? round : cycle::standing_desk(*database->read()).id;
        said.text = title, said.lang = "en";
        people::Actor somebody;
        somebody.visitor = "browser-token-of-22-" + std::to_string(++visitors);
        const auto voice = must(voice::receive(*needs, somebody, said, std::nullopt)).id;
        const auto id = must(issue::suggest(*needs, as("owner"), {round, title, "They come late", "en"}));
        must(issue::gather(*needs, as("owner"), id, {voice}, {}));
        must(issue::confirm(*needs, as("clerk"), id, 0, ""));
        return id;
    }
    measure::Draft promise(const std::string& title = "More buses") {
        measure::Draft d;
        d.cycle = round, d.criterion = criterion, d.title = title, d.text = "In the morning", d.lang = "en";
        d.owner_unit = root, d.owner = as("owner").officer;
        d.indicator = {"complaints", "per month", measure::Decimal{24, 0}, measure::Decimal{6, 0}};
        d.due = on("2027-03-01"), d.beneficiaries = "Riders";
        return d;
    }
    MotionDraft motion_on(issue::IssueId id, bool secret = false) {
        return {id,     MotionKind::adopt_measures,          "Adopt more buses", "", "en",
                secret, {promise(), promise("Better plans")}};
    }
    MotionDraft refusal_of(issue::IssueId id) {
        return {id, MotionKind::refuse, "Refuse", "There is no money", "en", false, {}};
    }
    SittingId called() { return must(call(*needs, as("clerk"), council, round, on("2026-11-26"), "Room 1")); }
    // A sitting that is open with everybody there, and its one motion put.
    MotionId voting(const MotionDraft& draft) {
        const SittingId id = called();
        const MotionId m = must(table(*needs, as("clerk"), id, draft));
        must(publish_agenda(*needs, as("clerk"), id));
        decide();
        go_to("2026-11-26");
        for (const char* member : {"mem1", "mem2", "mem3"}) must(attend(*needs, as(member), id, as(member).officer));
        must(open(*needs, as("clerk"), id));
        must(put(*needs, as("clerk"), m));
        return m;
    }
    Motion get(MotionId id) { return motion(*database->read(), id).value(); }
    Sitting get(SittingId id) { return sitting(*database->read(), id).value(); }
    issue::State state(issue::IssueId id) { return issue::issue(*database->read(), id)->state; }

    people::CycleId round;
    cycle::CriterionId criterion;
    BodyId council;
    int visitors = 0;
};

}  // namespace decision

// For this module's tests: an organisation with a clerk, an administrator, members of a body, a round, on a fresh place
// of one engine. 2026-11-23 is a Monday, nine o'clock.
#pragma once
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <cycle/cycle.h>
#include <db/database.h>
#include <db/testing.h>
#include <dialogue/dialogue.h>
#include <gtest/gtest.h>
#include <issue/issue.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <measure/measure.h>
#include <people/people.h>
#include <voice/voice.h>

#include "decision.h"
#include "store.h"

namespace decision {

template <class T>
T must(kernel::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().key + " at " + result.error().field);
    return *std::move(result);
}
inline void must(const kernel::Checked& checked) {
    if (!checked) throw std::runtime_error(checked.error().key + " at " + checked.error().field);
}
template <class T>
std::string refused(const kernel::Result<T>& result) {
    return result ? "" : result.error().key;
}
inline kernel::Day on(std::string_view iso) { return kernel::parse_day(iso).value(); }

struct World {
    explicit World(db::Engine engine) : place(engine), database(db::Database::open(place.place())) {
        people::add_kinds(kinds);
        cycle::add_kinds(kinds);
        voice::add_kinds(kinds);
        dialogue::add_kinds(kinds);
        issue::add_kinds(kinds);
        measure::add_kinds(kinds);
        add_kinds(kinds);
        cycle::set_gates({gate()});
        ledger = ledger::Ledger::start(*database, clock, merkle::SignerKey::generate("test"), kinds);
        needs =
            std::make_unique<people::Needs>(people::Needs{*database, *ledger, clock, kernel::Bytes(32, 7), {1, 64}});
        must(people::set_up(*needs, "Sample transport office"));
        root = people::units(*database->read()).front().id;
        using people::Role;
        add("head", {Role::head});
        add("clerk", {Role::clerk});
        add("owner", {Role::officer});
        add("setter", {Role::administrator});
        for (const char* member : {"mem1", "mem2", "mem3", "mem4", "outsider"}) add(member, {Role::member});
        must(cycle::open_standing_desk(*needs, "Desk", "en"));
        cycle::Draft draft;
        draft.name = "Buses", draft.lang = "en", draft.organiser = root;
        draft.context = {"riders", "a bus every ten minutes", "40 buses", "this year's budget"};
        draft.criteria = {"Waiting is short"};
        round = must(cycle::open(*needs, as("head"), draft));
        must(cycle::advance(*needs, as("head"), round, cycle::Phase::consult, {}, ""));
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
    people::Actor as(std::string_view login) {
        auto db = database->read();
        return people::actor(*db, people::officer_by_login(*db, login).value().id);
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
    void go_to(std::string_view day) { clock.set(kernel::start_of(on(day)) + 9 * 3'600'000); }
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
    void expect_same_after_rebuild() {
        for (db::Engine engine : db::engines) {
            db::TestPlace other(engine);
            auto target = db::Database::open(other.place());
            auto source = database->read();
            ledger::rebuild(*source, *target, kinds);
            EXPECT_EQ(db::state_digests(*source), db::state_digests(*target->read()));
        }
    }

    db::TestPlace place;
    kernel::SetClock clock{kernel::start_of(on("2026-11-23")) + 9 * 3'600'000};
    std::unique_ptr<db::Database> database;
    ledger::Kinds kinds;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<people::Needs> needs;
    people::UnitId root;
    people::CycleId round;
    cycle::CriterionId criterion;
    BodyId council;
    int visitors = 0;
};

}  // namespace decision

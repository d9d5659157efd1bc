// For this module's tests: an organisation with three units and officers in all roles, the standing desk and one open
// round, on a fresh place of one engine. 2026-11-23 is a Monday, nine o'clock.
#pragma once
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <cycle/cycle.h>
#include <db/database.h>
#include <db/testing.h>
#include <gtest/gtest.h>
#include <jobs/jobs.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <people/people.h>

#include "store.h"
#include "voice.h"

namespace voice {

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
inline kernel::Day day_of(std::string_view iso) { return kernel::parse_day(iso).value(); }

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
        roads = must(people::add_unit(*needs, root, "Roads", false));
        lamps = must(people::add_unit(*needs, roads, "Street lamps", false));
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

    void officer(people::UnitId unit, const std::string& login, const std::vector<people::Role>& roles) {
        must(people::add_officer(*needs, unit, login, "Post of " + login, roles, false));
    }
    people::Actor as(std::string_view login) {
        auto db = database->read();
        return people::actor(*db, people::officer_by_login(*db, login).value().id);
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
    void go_to(std::string_view day) { clock.set(kernel::start_of(day_of(day)) + 9 * 3'600'000); }
    // The clock's tasks, once.
    void tick() {
        struct Once final : jobs::Run {
            bool stopping() const override { return false; }
            void progress(std::int64_t, std::int64_t) override {}
        } run;
        for (const jobs::Task& task : tasks(*needs)) task.work(run);
    }
    void erase(std::int64_t index) {
        must(ledger->perform([&](ledger::Writing& w) { return ledger::erase_words(w, index, "test"); }));
    }
    // Replaying the ledger into an empty database of either engine arrives at the same rows.
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
    kernel::SetClock clock{kernel::start_of(day_of("2026-11-23")) + 9 * 3'600'000};
    std::unique_ptr<db::Database> database;
    ledger::Kinds kinds;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<people::Needs> needs;
    people::UnitId root, roads, lamps;
    people::CycleId desk;
};

}  // namespace voice

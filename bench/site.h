// What the measurements share that send acts: a fresh place with an organisation and its desk, without a network.
#pragma once
#include <chrono>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <thread>

#include <cycle/cycle.h>
#include <db/database.h>
#include <kernel/clock.h>
#include <kernel/testing.h>
#include <ledger/ledger.h>
#include <people/acts.h>
#include <people/people.h>

namespace bench {

template <class Clock = kernel::SystemClock>
struct Site {
    using AddKinds = void (*)(ledger::Kinds&);

    // `above`: the kinds of the features that take part, besides those of people and cycles. `at`: what the clock says.
    template <class... At>
    Site(const std::filesystem::path& folder, std::initializer_list<AddKinds> above, At... at)
        : clock(at...), database(db::Database::open({folder, ""})) {
        people::add_kinds(kinds);
        cycle::add_kinds(kinds);
        for (const AddKinds add : above) add(kinds);
        ledger = ledger::Ledger::start(*database, clock, merkle::SignerKey::generate("bench"), kinds);
        needs =
            std::make_unique<people::Needs>(people::Needs{*database, *ledger, clock, kernel::Bytes(32, 7), {1, 64}});
        must(people::set_up(*needs, "Bench", "admin"));
        desk = must(cycle::open_standing_desk(*needs, "Desk", "en"));
        root = people::units(*database->read()).front().id;
    }
    people::Actor officer(people::UnitId at, const std::string& login, people::Role role) {
        must(people::add_officer(*needs, at, login, login, {role}, false));
        auto db = database->read();
        return people::actor(*db, people::officer_by_login(*db, login)->id);
    }
    // As in the server, what is committed is moved out of the WAL meanwhile.
    std::jthread mover() {
        return std::jthread([this](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                database->checkpoint();
                std::this_thread::sleep_for(std::chrono::milliseconds(500));
            }
        });
    }

    Clock clock;
    std::unique_ptr<db::Database> database;
    ledger::Kinds kinds;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<people::Needs> needs;
    people::CycleId desk;
    people::UnitId root;
};

}  // namespace bench

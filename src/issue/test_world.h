// For this module's tests: an organisation with staff, the standing desk, one round that asks, with messages and a
// dialogue, on a fresh place of one engine.
#pragma once
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <cycle/cycle.h>
#include <db/database.h>
#include <db/testing.h>
#include <dialogue/dialogue.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <people/people.h>
#include <voice/voice.h>

#include "issue.h"

namespace issue {

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

struct World {
    explicit World(db::Engine engine) : place(engine), database(db::Database::open(place.place())) {
        people::add_kinds(kinds);
        cycle::add_kinds(kinds);
        voice::add_kinds(kinds);
        dialogue::add_kinds(kinds);
        add_kinds(kinds);
        cycle::set_gates({gate()});
        ledger = ledger::Ledger::start(*database, clock, merkle::SignerKey::generate("test"), kinds);
        needs =
            std::make_unique<people::Needs>(people::Needs{*database, *ledger, clock, kernel::Bytes(32, 7), {1, 64}});
        must(people::set_up(*needs, "Sample transport office"));
        root = people::units(*database->read()).front().id;
        using people::Role;
        for (auto [login, role] : {std::pair{"head", Role::head},
                                   {"clerk", Role::clerk},
                                   {"officer", Role::officer},
                                   {"moderator", Role::moderator}})
            must(people::add_officer(*needs, root, login, login, {role}, false));
        must(cycle::open_standing_desk(*needs, "Desk", "en"));
        cycle::Draft draft;
        draft.name = "Buses";
        draft.lang = "en";
        draft.organiser = root;
        draft.context = {"riders", "a bus every ten minutes", "40 buses", "this year's budget"};
        draft.criteria = {"Waiting is short"};
        round = must(cycle::open(*needs, as("head"), draft));
        must(cycle::advance(*needs, as("head"), round, cycle::Phase::consult, {}, ""));
        talk = must(dialogue::open(*needs, as("head"), {round, "What should change?", "", "en"}));
    }
    ~World() { cycle::set_gates({}); }

    people::Actor as(std::string_view login) {
        auto db = database->read();
        return people::actor(*db, people::officer_by_login(*db, login).value().id);
    }
    people::Actor visitor(const std::string& who) {
        people::Actor actor;
        actor.visitor = who + "-browser-token-of-22";
        return actor;
    }
    voice::VoiceId say(const std::string& who, const std::string& text, std::optional<people::CycleId> in = {}) {
        voice::Draft draft;
        draft.cycle = in.value_or(round);
        draft.text = text;
        draft.lang = "en";
        return must(voice::receive(*needs, visitor(who), draft, std::nullopt)).id;
    }
    dialogue::StatementId state(const std::string& text) {
        return must(dialogue::seed(*needs, as("head"), talk, text, "en"));
    }
    IssueId suggested(const std::string& title = "Late buses") {
        return must(suggest(*needs, as("officer"), {round, title, "They come late", "en"}));
    }
    Issue get(IssueId id) { return issue(*database->read(), id).value(); }
    // Runs an act as a higher feature would.
    template <class Act>
    kernel::Checked within(Act act) {
        const auto receipt = ledger->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const std::int64_t index = w.next_index();
            if (auto done = act(w); !done) return done.error();
            return index;
        });
        return receipt ? kernel::Checked() : receipt.error();
    }

    db::TestPlace place;
    kernel::SetClock clock{kernel::start_of(kernel::parse_day("2026-11-23").value()) + 9 * 3'600'000};
    std::unique_ptr<db::Database> database;
    ledger::Kinds kinds;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<people::Needs> needs;
    people::UnitId root;
    people::CycleId round;
    dialogue::DialogueId talk;
};

}  // namespace issue

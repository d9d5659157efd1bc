// For this module's tests: an organisation with two units, staff, the standing desk, one round and two issues of it, on
// a fresh place of one engine. 2026-11-23, nine o'clock.
#pragma once
#include <memory>
#include <stdexcept>
#include <string>

#include <cycle/cycle.h>
#include <db/database.h>
#include <db/testing.h>
#include <dialogue/dialogue.h>
#include <issue/issue.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <people/people.h>
#include <voice/voice.h>

#include "visit.h"

namespace visit {

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
        issue::add_kinds(kinds);
        add_kinds(kinds);
        ledger = ledger::Ledger::start(*database, clock, merkle::SignerKey::generate("test"), kinds);
        needs =
            std::make_unique<people::Needs>(people::Needs{*database, *ledger, clock, kernel::Bytes(32, 7), {1, 64}});
        must(people::set_up(*needs, "Sample transport office"));
        root = people::units(*database->read()).front().id;
        roads = must(people::add_unit(*needs, root, "Roads", false));
        using people::Role;
        must(people::add_officer(*needs, root, "chief", "chief", {Role::head}, false));
        must(people::add_officer(*needs, root, "clerk", "clerk", {Role::clerk}, false));
        must(people::add_officer(*needs, roads, "engineer", "engineer", {Role::officer}, false));
        must(people::add_officer(*needs, roads, "moderator", "moderator", {Role::moderator}, false));
        must(cycle::open_standing_desk(*needs, "Desk", "en"));
        cycle::Draft draft;
        draft.name = "Buses", draft.lang = "en", draft.organiser = root;
        draft.context = {"riders", "a bus every ten minutes", "40 buses", "this year's budget"};
        draft.criteria = {"Waiting is short"};
        round = must(cycle::open(*needs, as("chief"), draft));
        must(cycle::advance(*needs, as("chief"), round, cycle::Phase::consult, {}, ""));
        late = must(issue::suggest(*needs, as("chief"), {round, "Late buses", "", "en"}));
        dark = must(issue::suggest(*needs, as("chief"), {round, "Dark stops", "", "en"}));
    }

    people::Actor as(std::string_view login) {
        auto db = database->read();
        return people::actor(*db, people::officer_by_login(*db, login).value().id);
    }
    kernel::Day today() { return kernel::local_day(clock.now()); }
    Draft draft(issue::IssueId about, std::int64_t met = 5, bool decides = false) {
        Draft d;
        d.issue = about;
        d.posts = "engineer", d.where = "East Street", d.heard = "It is dark after nine", d.promised = "A lamp";
        d.lang = "en";
        d.day = today() + -2;
        d.met = met, d.may_decide = decides;
        return d;
    }
    VisitId recorded(issue::IssueId about, std::int64_t met = 5, bool decides = false) {
        return must(record(*needs, as("engineer"), draft(about, met, decides)));
    }
    Visit get(VisitId id) { return visit(*database->read(), id).value(); }

    db::TestPlace place;
    kernel::SetClock clock{kernel::start_of(kernel::parse_day("2026-11-23").value()) + 9 * 3'600'000};
    std::unique_ptr<db::Database> database;
    ledger::Kinds kinds;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<people::Needs> needs;
    people::UnitId root, roads;
    people::CycleId round;
    issue::IssueId late, dark;
};

}  // namespace visit

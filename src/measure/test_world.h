// For this module's tests: an organisation with a unit that owns, one under it, one beside it, staff in each, the
// standing desk and one round with a criterion that acts, on a fresh place of one engine. 2026-11-23 is a Monday, nine
// o'clock.
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
#include <jobs/jobs.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <people/acts.h>
#include <people/people.h>
#include <voice/voice.h>

#include "measure.h"
#include "store.h"

namespace measure {

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
template <class T>
std::string refused_at(const kernel::Result<T>& result) {
    return result ? "" : result.error().field + " " + result.error().key;
}
inline kernel::Day on(std::string_view iso) { return kernel::parse_day(iso).value(); }
inline Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }

struct World {
    explicit World(db::Engine engine) : place(engine), database(db::Database::open(place.place())) {
        people::add_kinds(kinds);
        cycle::add_kinds(kinds);
        voice::add_kinds(kinds);
        dialogue::add_kinds(kinds);
        issue::add_kinds(kinds);
        add_kinds(kinds);
        cycle::set_gates({gate()});
        ledger = ledger::Ledger::start(*database, clock, merkle::SignerKey::generate("test"), kinds);
        needs =
            std::make_unique<people::Needs>(people::Needs{*database, *ledger, clock, kernel::Bytes(32, 7), {1, 64}});
        must(people::set_up(*needs, "Sample transport office"));
        root = people::units(*database->read()).front().id;
        roads = must(people::add_unit(*needs, root, "Roads", false));
        lamps = must(people::add_unit(*needs, roads, "Street lamps", false));
        audit = must(people::add_unit(*needs, root, "Audit", false));
        using people::Role;
        officer(root, "chief", {Role::head});
        officer(root, "clerk", {Role::clerk});
        officer(roads, "owner", {Role::officer});
        officer(roads, "roads_head", {Role::head});
        officer(lamps, "lamps_head", {Role::head});
        officer(audit, "auditor", {Role::officer});
        officer(audit, "inspector", {Role::inspector});
        desk = must(cycle::open_standing_desk(*needs, "Desk", "en"));
        cycle::Draft draft;
        draft.name = "Buses";
        draft.lang = "en";
        draft.organiser = root;
        draft.context = {"riders", "a bus every ten minutes", "40 buses", "this year's budget"};
        draft.criteria = {"Waiting is short"};
        round = must(cycle::open(*needs, as("chief"), draft));
        must(cycle::advance(*needs, as("chief"), round, cycle::Phase::consult, {}, ""));
        criterion = cycle::cycle(*database->read(), round)->criteria.at(0).id;
    }
    ~World() { cycle::set_gates({}); }

    void officer(people::UnitId unit, const std::string& login, const std::vector<people::Role>& roles) {
        must(people::add_officer(*needs, unit, login, "Post of " + login, roles, false));
    }
    people::Actor as(std::string_view login) {
        auto db = database->read();
        return people::actor(*db, people::officer_by_login(*db, login).value().id);
    }
    // 24 complaints a month shall be 6 by Monday, 7 December 2026: ten working days from now.
    Draft draft(const std::string& title = "Buses come on time") {
        Draft d;
        d.cycle = round;
        d.criterion = criterion;
        d.title = title;
        d.text = "More buses in the morning.";
        d.lang = "en";
        d.owner_unit = roads;
        d.owner = as("owner").officer;
        d.indicator = {"complaints about late buses", "per month", dec("24"), dec("6")};
        d.due = on("2026-12-07");
        d.beneficiaries = "Everybody who rides";
        return d;
    }
    // Runs an act as a higher feature would; the index that the act begins at.
    template <class Act>
    kernel::Result<std::int64_t> within(Act act) {
        const auto receipt = ledger->perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const std::int64_t index = w.next_index();
            if (const kernel::Checked done = act(w); !done) return done.error();
            return index;
        });
        if (!receipt) return receipt.error();
        return receipt->index;
    }
    MeasureId adopted(const Draft& promise) {
        return MeasureId(must(within([&](ledger::Writing& w) -> kernel::Checked {
            adopt(w, promise, 7);
            return {};
        })));
    }
    MeasureId adopted() { return adopted(draft()); }
    static Progress report(int percent, const std::string& value = "6") {
        return {percent, dec(value), "Two buses more", "Timetable of December"};
    }
    MeasureId done() {
        const MeasureId id = adopted();
        must(report_done(*needs, as("owner"), id, report(100)));
        return id;
    }
    MeasureId verified() {
        const MeasureId id = done();
        must(verify(*needs, as("auditor"), id, true, "Counted at the stop"));
        return id;
    }
    kernel::Checked judged(MeasureId id, bool accepted) {
        const auto result = within([&](ledger::Writing& w) { return judge(w, id, 9, accepted); });
        return result ? kernel::Checked() : result.error();
    }
    std::vector<What> what_happened(MeasureId id) {
        std::vector<What> all;
        for (const Happened& h : history(*database->read(), id)) all.push_back(h.what);
        return all;
    }
    // An issue for which a body has adopted measures.
    issue::IssueId decided_issue() {
        voice::Draft said;
        said.cycle = round;
        said.text = "The 7 is late";
        said.lang = "en";
        people::Actor somebody;
        somebody.visitor = "a-browser-token-of-22-c";
        const auto voice = must(voice::receive(*needs, somebody, said, std::nullopt)).id;
        const auto id = must(issue::suggest(*needs, as("owner"), {round, "Late buses", "They come late", "en"}));
        must(issue::gather(*needs, as("owner"), id, {voice}, {}));
        must(issue::confirm(*needs, as("clerk"), id, 0, ""));
        must(within([&](ledger::Writing& w) { return issue::put_before(w, id, 5); }));
        must(within([&](ledger::Writing& w) { return issue::decided(w, id, 7, true, ""); }));
        return id;
    }
    Measure get(MeasureId id) { return measure(*database->read(), id).value(); }
    Counts count() { return counts(*database->read(), round); }
    UnitCounts figures(people::UnitId unit, std::string_view from = "2026-12-01", std::string_view to = "2026-12-31") {
        return unit_counts(*database->read(), unit, on(from), on(to));
    }
    void go_to(std::string_view day) { clock.set(kernel::start_of(on(day)) + 9 * 3'600'000); }
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
    kernel::SetClock clock{kernel::start_of(on("2026-11-23")) + 9 * 3'600'000};
    std::unique_ptr<db::Database> database;
    ledger::Kinds kinds;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<people::Needs> needs;
    people::UnitId root, roads, lamps, audit;
    people::CycleId desk, round;
    cycle::CriterionId criterion;
};

}  // namespace measure

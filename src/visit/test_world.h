// For this module's tests: an organisation with two units, staff, the standing desk, one round and two issues of it, on
// a fresh place of one engine. 2026-11-23, nine o'clock.
#pragma once
#include <string>

#include <cycle/testing.h>
#include <dialogue/dialogue.h>
#include <issue/issue.h>
#include <measure/measure.h>
#include <people/testing.h>
#include <voice/voice.h>

#include "visit.h"

namespace visit {

struct World : people::TestOrganisation {
    explicit World(db::Engine engine)
        : TestOrganisation(engine, {cycle::add_kinds, voice::add_kinds, dialogue::add_kinds, issue::add_kinds,
                                    measure::add_kinds, add_kinds}) {
        roads = unit(root, "Roads");
        using people::Role;
        must(people::add_officer(*needs, root, "chief", "chief", {Role::head}, false));
        must(people::add_officer(*needs, root, "clerk", "clerk", {Role::clerk}, false));
        must(people::add_officer(*needs, roads, "engineer", "engineer", {Role::officer}, false));
        must(people::add_officer(*needs, roads, "moderator", "moderator", {Role::moderator}, false));
        desk = must(cycle::open_standing_desk(*needs, "Desk", "en"));
        round = cycle::asking_round(*needs, as("chief"), root);
        late = must(issue::suggest(*needs, as("chief"), {round, "Late buses", "", "en"}));
        dark = must(issue::suggest(*needs, as("chief"), {round, "Dark stops", "", "en"}));
    }

    Draft draft(std::optional<issue::IssueId> about, std::int64_t met = 5, bool decides = false) {
        Draft d;
        d.issue = about;
        d.posts = "engineer", d.where = "East Street", d.heard = "It is dark after nine", d.promised = "A lamp";
        d.lang = "en";
        d.day = today() + -2;
        d.met = met, d.may_decide = decides;
        return d;
    }
    // As it is entered now.
    Draft full_draft(std::optional<issue::IssueId> about, std::int64_t met = 5, bool decides = false) {
        Draft d = draft(about, met, decides);
        d.mode = Mode::spot;
        return d;
    }
    PlanDraft plan_draft(std::optional<issue::IssueId> about, std::int64_t days_ahead = 3) {
        PlanDraft d;
        d.issue = about;
        d.day = today() + days_ahead;
        d.posts = "engineer", d.where = "East Street", d.why = "To see how dark it is", d.lang = "en";
        return d;
    }
    VisitId recorded(issue::IssueId about, std::int64_t met = 5, bool decides = false) {
        return must(record(*needs, as("engineer"), draft(about, met, decides)));
    }
    voice::VoiceId said(voice::Audience audience = voice::Audience::open) {
        voice::Draft d;
        d.cycle = desk;
        d.text = "No light at the stop";
        d.lang = "en";
        d.audience = audience;
        return must(voice::receive(*needs, visitor(++speakers), d, {})).id;
    }
    measure::MeasureId promised() {
        measure::Draft d;
        d.cycle = desk;
        d.title = "A lamp", d.text = "A lamp at the stop.", d.lang = "en";
        d.owner_unit = roads, d.owner = as("engineer").officer;
        d.indicator = {"lamps", "", {0, 0}, {1, 0}};
        d.due = today() + 30;
        return measure::MeasureId(must(within([&](ledger::Writing& w) -> kernel::Checked {
            measure::adopt(w, d, 7);
            return {};
        })));
    }
    Visit get(VisitId id) { return visit(*database->read(), id).value(); }

    people::UnitId roads;
    people::CycleId desk, round;
    issue::IssueId late, dark;
    std::int64_t speakers = 0;
};

}  // namespace visit

// For this module's tests: the town of testing.h and what may happen to its measures, on a fresh place of one engine.
#pragma once
#include <string>
#include <vector>

#include <dialogue/dialogue.h>
#include <issue/issue.h>
#include <jobs/testing.h>
#include <voice/voice.h>

#include "measure.h"
#include "store.h"
#include "testing.h"

namespace measure {

using kernel::on;

inline Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }

struct World : TestTown {
    explicit World(db::Engine engine)
        : TestTown(engine, {cycle::add_kinds, voice::add_kinds, dialogue::add_kinds, issue::add_kinds, add_kinds}) {}

    // By Monday, 7 December 2026: ten working days from now.
    Draft draft(const std::string& title = "Buses come on time") { return promise(on("2026-12-07"), title); }
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
    // The clock's tasks, once.
    void tick() { jobs::run_once(tasks(*needs)); }
};

}  // namespace measure

// What the clock does: it ends surveys after their day, and drops what was begun and never sent. And what the last gate
// of a round asks for.
#include <db/database.h>
#include <jobs/jobs.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <watch/watch.h>

#include "acts.h"
#include "begun.h"
#include "box.h"
#include "store.h"

namespace survey {
namespace {

constexpr int ended_together = 64, most_named = 20;

kernel::Result<std::int64_t> end_by_clock(ledger::Writing& w, SurveyId id) {
    const Survey s = structure(w.db(), id).value();
    if (auto ok = rules::close_by_clock(s, kernel::local_day(w.now())); !ok) return ok.error();
    return end(w, id, {}, {});
}

void end_all(const people::Needs& needs, jobs::Run& run) {
    const kernel::Day today = kernel::local_day(needs.clock.now());
    std::int64_t ended = 0;
    for (std::int64_t good = 1; good > 0 && !run.stopping();) {
        good = 0;
        for (SurveyId id : past_their_day(*needs.database.read(), today, ended_together)) {
            if (run.stopping()) return;
            const auto done = needs.ledger.perform([&](ledger::Writing& w) { return end_by_clock(w, id); });
            // A conflict says that somebody ended it meanwhile.
            if (!done && done.error().code != kernel::Code::conflict)
                watch::warn("survey.clock_refused", {{"key", done.error().key}});
            good += done ? 1 : 0;
        }
        ended += good;
        run.progress(ended, ended);
    }
}

}  // namespace

std::vector<jobs::Task> tasks(const people::Needs& needs) {
    return {{"survey.close", 60, [needs](jobs::Run& run) { end_all(needs, run); }},
            {"survey.begun", 3600, [needs](jobs::Run&) { drop_old(needs, kernel::local_day(needs.clock.now())); }},
            ballot_box::sweep("survey.sweep", needs.database, ballots_waiting)};
}

cycle::Gate gate() {
    return [](db::Connection& db, const cycle::Cycle& c, cycle::Phase to) {
        std::vector<kernel::Error> missing;
        if (to != cycle::Phase::closed) return missing;
        for (SurveyId id : open_in(db, c.id, most_named)) {
            const std::string number = std::to_string(id.value());
            missing.push_back(kernel::refuse(kernel::Code::conflict, "survey.gate_open",
                                             {{"number", number}, {"link", "/surveys/" + number}}));
        }
        return missing;
    };
}

}  // namespace survey

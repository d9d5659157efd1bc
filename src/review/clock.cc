// What the clock does: it ends reviews after their day, and it sweeps away what the engine keeps of the box's past. And
// what the last gate of a round asks for.
#include <db/database.h>
#include <jobs/jobs.h>
#include <ledger/ledger.h>
#include <watch/watch.h>

#include "acts.h"
#include "box.h"
#include "store.h"

namespace review {
namespace {

constexpr int ended_together = 64;
constexpr int looked_at = 100;            // measures of a round at a time
constexpr std::size_t most_missing = 20;  // named in a refusal

kernel::Result<std::int64_t> end_by_clock(ledger::Writing& w, ReviewId id) {
    const Review r = review(w.db(), id).value();
    if (auto ok = rules::close_by_clock(r, kernel::local_day(w.now())); !ok) return ok.error();
    return end(w, r, {});
}

void end_all(const people::Needs& needs, jobs::Run& run) {
    const kernel::Day today = kernel::local_day(needs.clock.now());
    std::int64_t ended = 0;
    while (!run.stopping()) {
        const auto some = past_their_day(*needs.database.read(), today, ended_together);
        std::int64_t good = 0;
        for (ReviewId id : some) {
            if (run.stopping()) return;
            const auto done = needs.ledger.perform([&](ledger::Writing& w) { return end_by_clock(w, id); });
            // A conflict says that somebody ended it meanwhile.
            if (!done && done.error().code != kernel::Code::conflict)
                watch::warn("review.clock_refused", {{"key", done.error().key}});
            good += done ? 1 : 0;
        }
        ended += good;
        run.progress(ended, ended);
        if (good == 0) return;
    }
}

struct Unjudged {
    std::vector<measure::MeasureId> named;  // at most most_missing, oldest last
    std::int64_t more = 0;
};
// Adopted measures of a round that nobody judged and nobody listed.
Unjudged unjudged(db::Connection& db, people::CycleId cycle) {
    Unjudged missing;
    measure::Filter f;
    f.cycle = cycle;
    f.at_most = looked_at;
    for (;;) {
        const std::vector<measure::Measure> some = measure::measures(db, f);
        for (const measure::Measure& m : some) {
            if (m.review || listed_as_not_judged(db, m.id)) continue;
            if (missing.named.size() < most_missing)
                missing.named.push_back(m.id);
            else
                ++missing.more;
        }
        if (some.size() < static_cast<std::size_t>(looked_at)) return missing;
        f.before = some.back().id;
    }
}

}  // namespace

bool listed_as_not_judged(db::Connection& db, measure::MeasureId id) {
    return passed_over(db, id).has_value() || judged_before(db, id);
}

std::vector<jobs::Task> tasks(const people::Needs& needs) {
    return {{"review.close", 60, [needs](jobs::Run& run) { end_all(needs, run); }},
            ballot_box::sweep("review.sweep", needs.database, ballots_waiting)};
}

cycle::Gate gate() {
    return [](db::Connection& db, const cycle::Cycle& c, cycle::Phase to) {
        std::vector<kernel::Error> missing;
        if (to != cycle::Phase::closed) return missing;
        const Unjudged left = unjudged(db, c.id);
        for (measure::MeasureId id : left.named) {
            const std::string number = std::to_string(id.value());
            const auto open = open_review_of(db, id);
            missing.push_back(
                kernel::refuse(kernel::Code::conflict, open ? "review.gate_open" : "review.gate_unjudged",
                               {{"number", number},
                                {"link", open ? "/reviews/" + std::to_string(open->value()) : "/measures/" + number}}));
        }
        if (left.more > 0)
            missing.push_back(kernel::refuse(
                kernel::Code::conflict, "review.gate_more",
                {{"n", std::to_string(left.more)}, {"link", "/measures?cycle=" + std::to_string(c.id.value())}}));
        return missing;
    };
}

}  // namespace review

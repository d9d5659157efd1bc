// What happens by itself: what a closed round has not decided on goes to the next one, and issues are weighed.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include <db/database.h>
#include <jobs/jobs.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <watch/watch.h>

#include "scores.h"
#include "store.h"

namespace issue {
namespace {

constexpr int most_at_once = 100;

kernel::Checked hand_over(ledger::Writing& w, const cycle::Cycle& from, const cycle::Cycle& to) {
    const Counts n = counts(w.db(), from.id);
    if (n.suggested + n.confirmed + n.before_body == 0) return {};
    for (IssueId id : undecided(w.db(), from.id, most_at_once))
        if (auto done = carry_over(w, id, to.id); !done) return done;
    return {};
}

// What was more than one act takes, and what was left in rounds that were closed before there was a round to take it.
void hand_on_all(const people::Needs& needs, jobs::Run& run) {
    std::int64_t rounds = 0;
    const auto waits = [&](people::CycleId id) {
        auto db = needs.database.read();
        const auto c = cycle::cycle(*db, id);
        return c && c->phase == cycle::Phase::closed && !undecided(*db, id, 1).empty() && cycle::heir(*db, id);
    };
    const auto all = with_undecided(*needs.database.read());
    for (people::CycleId id : all) {
        while (!run.stopping() && waits(id)) {
            const auto done = needs.ledger.perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
                const std::int64_t first = w.next_index();
                if (auto handed = cycle::hand_on(w, id); !handed) return handed.error();
                if (w.next_index() == first) return kernel::refuse(kernel::Code::conflict, "issue.nothing_to_hand_on");
                return first;
            });
            if (done) continue;
            if (done.error().code != kernel::Code::conflict)
                watch::warn("issue.hand_on_refused", {{"key", done.error().key}});
            break;
        }
        run.progress(++rounds, static_cast<std::int64_t>(all.size()));
    }
}

// Figures can wait, those who speak cannot: on a busy machine this task's thread gets what is left over. A run ends
// after so many issues and goes on in the next: whoever stops it loses what was not written yet, and it is counted
// again.
void count_all(const people::Needs& needs, const OpinionGroups& groups, jobs::Run& run) {
    constexpr int at_once = 50, most_in_a_run = 2'000;
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 10);
    ledger::catch_up(needs.database, follower());
    const kernel::Day today = kernel::local_day(needs.clock.now());
    std::int64_t done = 0;
    const std::int64_t all = how_many_to_count(*needs.database.read(), today);
    while (!run.stopping() && done < most_in_a_run) {
        const int some = count_some(needs, groups, at_once, [&run] { return run.stopping(); });
        if (some == 0) break;
        done += some;
        run.progress(done, std::max(done, all));
    }
}

}  // namespace

cycle::HandOn hand_on() { return hand_over; }

std::vector<jobs::Task> tasks(const people::Needs& needs, OpinionGroups groups) {
    return {{"issue.hand_on", 60, [needs](jobs::Run& run) { hand_on_all(needs, run); }},
            {"issue.scores", 2, [needs, groups](jobs::Run& run) { count_all(needs, groups, run); }}};
}

}  // namespace issue

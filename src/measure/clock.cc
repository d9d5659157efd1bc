// Lateness is entered by the clock: it finds the measures by an index of days, and asks the rules again inside each
// act, so that a second run finds nothing to do.
#include <limits>

#include <db/database.h>
#include <jobs/jobs.h>
#include <ledger/ledger.h>
#include <watch/watch.h>

#include "rules.h"
#include "store.h"

namespace measure {
namespace {

constexpr int looked_at_together = 256;
constexpr Ringing before_all_days{kernel::Day{std::numeric_limits<std::int64_t>::min()}, MeasureId()};

kernel::Result<std::int64_t> enter_late(ledger::Writing& w, MeasureId id, const kernel::Calendar& calendar) {
    const auto found = measure(w.db(), id);
    const auto change =
        found ? rules::late(*found, next_day(w.db(), id), {kernel::local_day(w.now()), calendar}) : std::nullopt;
    if (!change) return kernel::refuse(kernel::Code::conflict, "measure.not_due");
    return w.append(change::encode(*change, w.next_index()));
}

void enter_all(const people::Needs& needs, jobs::Run& run) {
    const kernel::Calendar calendar = people::calendar(*needs.database.read());
    const kernel::Day today = kernel::local_day(needs.clock.now());
    std::int64_t looked_at = 0;
    for (Ringing after = before_all_days; !run.stopping();) {
        const std::vector<Ringing> some = ringing(*needs.database.read(), today, after, looked_at_together);
        if (some.empty()) return;
        after = some.back();
        for (const Ringing& one : some) {
            if (run.stopping()) return;
            const auto done =
                needs.ledger.perform([&](ledger::Writing& w) { return enter_late(w, one.measure, calendar); });
            // A conflict says that somebody reported meanwhile, or that only days without work have passed.
            if (!done && done.error().code != kernel::Code::conflict)
                watch::warn("measure.clock_refused", {{"key", done.error().key}});
            ++looked_at;
            run.progress(looked_at, looked_at);
        }
    }
}

}  // namespace

std::vector<jobs::Task> tasks(const people::Needs& needs) {
    return {{"measure.overdue", 60, [needs](jobs::Run& run) { enter_all(needs, run); }}};
}

}  // namespace measure

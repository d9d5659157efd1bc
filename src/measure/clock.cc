// Lateness is entered by the clock: it finds the measures by an index of days, and asks the rules again inside each
// act, so that a second run finds nothing to do.
#include <limits>

#include <db/database.h>
#include <jobs/jobs.h>
#include <ledger/in_flight.h>
#include <ledger/ledger.h>
#include <watch/watch.h>

#include "rules.h"
#include "store.h"

namespace measure {
namespace {

constexpr int looked_at_together = 256;
constexpr Ringing before_all_days{kernel::Day{std::numeric_limits<std::int64_t>::min()}, MeasureId()};

std::optional<change::Late> due_now(db::Connection& db, MeasureId id, rules::Today today) {
    const auto found = measure(db, id);
    return found ? rules::late(*found, next_day(db, id), today) : std::nullopt;
}

// Looked at here first: what a changed calendar made a day without work is asked for again each minute.
std::vector<MeasureId> some_due(const people::Needs& needs, rules::Today today, Ringing& after, std::int64_t& seen) {
    auto db = needs.database.read();
    std::vector<MeasureId> these;
    while (these.empty()) {
        const std::vector<Ringing> some = ringing(*db, today.day, after, looked_at_together);
        if (some.empty()) break;
        after = some.back();
        seen += std::ssize(some);
        for (const Ringing& one : some)
            if (due_now(*db, one.measure, today)) these.push_back(one.measure);
    }
    return these;
}

void enter_all(const people::Needs& needs, jobs::Run& run) {
    const auto calendar = std::make_shared<const kernel::Calendar>(people::calendar(*needs.database.read()));
    const kernel::Day today = kernel::local_day(needs.clock.now());
    ledger::InFlight flight(needs.ledger);
    std::int64_t seen = 0;
    for (Ringing after = before_all_days; !run.stopping();) {
        const std::vector<MeasureId> these = some_due(needs, {today, *calendar}, after, seen);
        if (these.empty()) break;
        for (MeasureId id : these)
            flight.submit([calendar, id](ledger::Writing& w) -> kernel::Result<std::int64_t> {
                // Somebody may have reported meanwhile.
                const auto change = due_now(w.db(), id, {kernel::local_day(w.now()), *calendar});
                if (!change) return kernel::refuse(kernel::Code::conflict, "measure.not_due");
                return w.append(change::encode(*change, w.next_index()));
            });
        run.progress(seen, seen);
    }
    flight.wait();
    if (const auto refused = flight.refused()) watch::warn("measure.clock_refused", {{"key", refused->key}});
}

}  // namespace

std::vector<jobs::Task> tasks(const people::Needs& needs) {
    return {{"measure.overdue", 60, [needs](jobs::Run& run) { enter_all(needs, run); }}};
}

}  // namespace measure

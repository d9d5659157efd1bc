#include "found.h"

#include <ledger/ledger.h>

#include "rules.h"
#include "store.h"

namespace measure {

bool had_a_hand(db::Connection& db, MeasureId id, people::OfficerId officer) {
    const Hands found = hands(db, id, officer);
    return found.answered || found.checked;
}

kernel::Result<std::int64_t> reopen_by_finding(ledger::Writing& w, MeasureId id, people::OfficerId by,
                                               std::int64_t look) {
    const auto found = measure(w.db(), id);
    if (!found) return kernel::refuse(kernel::Code::not_found, "measure.unknown");
    const kernel::Calendar calendar = people::calendar(w.db());
    const auto change = rules::find_open(*found, by, look, {kernel::local_day(w.now()), calendar});
    if (!change) return change.error();
    return w.append(change::encode(*change, w.next_index()));
}

}  // namespace measure

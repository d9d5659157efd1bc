#include "found.h"

#include "acts.h"

namespace voice {

kernel::Result<std::int64_t> reopen_by_finding(ledger::Writing& w, VoiceId id, std::int64_t look) {
    const std::optional<Case> found = find_case(w.db(), id);
    if (!found) return kernel::refuse(kernel::Code::not_found, "voice.unknown");
    const auto unit = found->unit ? people::unit(w.db(), *found->unit) : std::nullopt;
    const kernel::Calendar calendar = people::calendar(w.db());
    const auto change = rules::find_open(*found, look, unit && unit->open, {kernel::local_day(w.now()), calendar});
    if (!change) return change.error();
    return w.append(change::encode(*change));
}

}  // namespace voice

#include "found.h"

#include "acts.h"

namespace voice {

Reopening reopening(const people::Needs& needs) {
    return [now = in_force(needs)](ledger::Writing& w, VoiceId id, std::int64_t look) -> kernel::Result<std::int64_t> {
        const std::optional<Case> found = find_case(w.db(), id);
        if (!found) return kernel::refuse(kernel::Code::not_found, "voice.unknown");
        const auto unit = found->unit ? people::unit(w.db(), *found->unit) : std::nullopt;
        const Frozen frozen = now->frozen(w.db(), *found, w.now());
        const auto change = rules::find_open(*found, look, unit && unit->open, frozen.today());
        if (!change) return change.error();
        return w.append(change::encode(*change));
    };
}

}  // namespace voice

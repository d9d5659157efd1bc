#include "acts.h"
#include "show_page.h"
#include "workbench.h"

namespace voice {

kernel::Checked join(const people::Needs& needs, const people::Actor& actor, VoiceId id, VoiceId master,
                     std::string_view reason, const Sent& sent) {
    const std::shared_ptr<const InForce> now = in_force(needs);
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const std::optional<Case> found = find_case(w.db(), id);
            if (!found) return kernel::refuse(kernel::Code::not_found, "voice.unknown");
            if (auto ok = unchanged(w.db(), id, sent); !ok) return ok.error();
            const std::optional<change::Counted> own = counted_of(w.db(), *found, steps(w.db(), id));
            const kernel::Result<rules::Joining> made =
                rules::join(*found, who_of(w.db(), actor, *found), find_case(w.db(), master), has_joined(w.db(), id),
                            own.value_or(change::Counted{}), reason);
            if (!made) return made.error();
            const auto served = found->is_public() ? ledger::Served::open : ledger::Served::closed;
            const std::int64_t entry = w.append(change::encode(made->joined, served));
            if (made->sooner) w.append(change::encode(*made->sooner, served));
            return entry;
        },
        sent.once));
}

std::optional<std::string> address_of_joining(db::Connection& db, const people::Actor& actor, VoiceId id,
                                              VoiceId master) {
    constexpr std::string_view some_reason = "-";  // the form asks for it
    const std::optional<Case> found = find_case(db, id);
    if (!found ||
        !rules::join(*found, who_of(db, actor, *found), find_case(db, master), has_joined(db, id), {}, some_reason))
        return std::nullopt;
    return "/desk/voices/" + std::to_string(id.value()) + "/join?master=" + std::to_string(master.value());
}

kernel::Checked separate(const people::Needs& needs, const people::Actor& actor, VoiceId id, std::string_view reason,
                         const Sent& sent) {
    return checked(act_on<change::Parted>(needs, actor, id, {}, sent,
                                          [&](const Scene& s) { return rules::part(s.on, s.who, reason); }));
}

}  // namespace voice

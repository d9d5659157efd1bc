#include "acts.h"

namespace voice {

kernel::Checked publish(const people::Needs& needs, const people::Actor& actor, VoiceId id, const Sent& sent) {
    return checked(act_on<change::Published>(needs, actor, id, {}, sent,
                                             [&](const Scene& s) { return rules::publish(s.on, s.who); }));
}

kernel::Checked hold(const people::Needs& needs, const people::Actor& actor, VoiceId id, Ground ground,
                     std::string_view remark, const Sent& sent) {
    const int days = in_force(needs)->hold_days;
    return checked(act_on<change::PutOnHold>(needs, actor, id, {}, sent, [&](const Scene& s) {
        return rules::hold(s.on, s.who, ground, remark, days, s.today);
    }));
}

kernel::Checked hide(const people::Needs& needs, const people::Actor& actor, VoiceId id, Ground ground,
                     std::string_view remark, const Sent& sent, std::optional<VoiceId> master) {
    return checked(act_on<change::Hidden>(needs, actor, id, {}, sent, [&](const Scene& s) {
        return rules::hide(s.on, s.who, ground, remark, master ? find_case(s.db, *master) : std::nullopt);
    }));
}

kernel::Checked show_again(const people::Needs& needs, const people::Actor& actor, VoiceId id, std::string_view remark,
                           const Sent& sent) {
    return checked(act_on<change::ShownAgain>(needs, actor, id, {}, sent,
                                              [&](const Scene& s) { return rules::show_again(s.on, s.who, remark); }));
}

kernel::Checked refuse_appeal(const people::Needs& needs, const people::Actor& actor, VoiceId id,
                              std::string_view remark, const Sent& sent) {
    return checked(act_on<change::AppealRefused>(
        needs, actor, id, {}, sent, [&](const Scene& s) { return rules::refuse_appeal(s.on, s.who, remark); }));
}

kernel::Result<std::int64_t> report(const people::Needs& needs, const people::Actor& actor, VoiceId id, Ground ground,
                                    std::string_view remark, Once once) {
    {
        // What is reported of a part is looked at with the whole, as which it is shown.
        db::Database::Lease db = needs.database.read();
        if (const std::optional<Case> part = find_case(*db, id); part && part->part_of) id = *part->part_of;
    }
    const auto recorded = act_on<change::Reported>(needs, actor, id, {}, once,
                                                   [&](const Scene& s) { return rules::report(s.on, ground, remark); });
    if (!recorded) return recorded.error();
    return recorded->index;
}

kernel::Checked decide_report(const people::Needs& needs, const people::Actor& actor, std::int64_t report, bool hide,
                              std::string_view remark, Once once) {
    const auto recorded = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const std::optional<Report> reported = find_report(w.db(), report);
            if (!reported) return kernel::refuse(kernel::Code::not_found, "voice.report_unknown");
            const std::optional<Case> c = find_case(w.db(), reported->voice);
            if (!c) return kernel::refuse(kernel::Code::not_found, "voice.unknown");
            const rules::Who who = who_of(w.db(), actor, *c);
            const auto decided = rules::decide_report(*c, who, *reported, hide, remark);
            if (!decided) return decided.error();
            std::optional<change::Hidden> hidden;
            if (hide) {
                // A duplicate is hidden where its master can be named.
                const auto change = rules::hide(*c, who, reported->ground, remark, std::nullopt);
                if (!change) return change.error();
                hidden = *change;
            }
            const std::int64_t entry = w.append(change::encode(*decided));
            if (hidden) w.append(change::encode(*hidden));
            return entry;
        },
        once);
    return checked(recorded);
}

}  // namespace voice

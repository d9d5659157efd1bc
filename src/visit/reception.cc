#include "reception.h"

#include <db/database.h>
#include <kernel/clock.h>
#include <kernel/code.h>
#include <ledger/ledger.h>

#include "reception_rules.h"
#include "reception_store.h"

namespace visit {
namespace {

kernel::Error unknown_reception() { return kernel::refuse(kernel::Code::not_found, "visit.reception_unknown"); }

rules::Moment moment_of(const ledger::Writing& w) {
    return {kernel::local_day(w.now()), kernel::local_minutes(w.now())};
}

// `decide(db, in force, reception, moment)` gives the Change.
template <class Decide>
kernel::Result<ledger::Receipt> on_reception(const people::Needs& needs, const people::Actor& actor, ReceptionId id,
                                             const Once& once, Decide decide) {
    return needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = reception(w.db(), id);
            if (!found) return unknown_reception();
            const auto change = decide(w.db(), cycle::in_force(w.db(), actor), *found, moment_of(w));
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
}

kernel::Checked checked(const kernel::Result<ledger::Receipt>& receipt) {
    return receipt ? kernel::Checked() : receipt.error();
}

// The keys that somebody shows at the standing desk. Both are computed, whether or not the code is one: nothing is
// learned from the time it takes.
struct Shown {
    std::optional<kernel::Hash> browser, code;
};
Shown shown_keys(const people::Needs& needs, people::CycleId desk, std::string_view visitor, std::string_view typed) {
    Shown keys;
    const auto code = kernel::Code25::parse(typed);
    const kernel::Hash computed =
        people::code_key(needs.server_key, desk, code ? *code : kernel::Code25::parse(std::string(25, '0')).value());
    if (code) keys.code = computed;
    if (!visitor.empty()) keys.browser = people::browser_key(needs.server_key, desk, visitor);
    return keys;
}

std::optional<Slot> shown_slot(db::Connection& db, const Reception& r, const Shown& keys) {
    for (const auto& who : {keys.code ? people::by_code(db, r.cycle, *keys.code) : std::nullopt,
                            keys.browser ? people::by_browser(db, r.cycle, *keys.browser) : std::nullopt})
        if (who)
            if (auto slot = slot_of(db, r.id, who->id)) return slot;
    return std::nullopt;
}

people::CycleId desk_of(const people::Needs& needs) { return cycle::standing_desk(*needs.database.read()).id; }

}  // namespace

kernel::Result<ReceptionId> announce(const people::Needs& needs, const people::Actor& actor,
                                     const ReceptionDraft& draft, Once once) {
    const people::CycleId desk = desk_of(needs);
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto change = rules::announce(cycle::in_force(w.db(), actor), draft, desk, moment_of(w).day);
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    if (!receipt) return receipt.error();
    return ReceptionId(receipt->index);
}

kernel::Checked move(const people::Needs& needs, const people::Actor& actor, ReceptionId id, const Moved& to,
                     std::string_view reason, Once once) {
    return checked(on_reception(needs, actor, id, once,
                                [&](db::Connection&, const people::Actor& who, const Reception& r, rules::Moment now) {
                                    return rules::move(who, r, to, reason, now);
                                }));
}

kernel::Checked call_off(const people::Needs& needs, const people::Actor& actor, ReceptionId id,
                         std::string_view reason, Once once) {
    return checked(on_reception(needs, actor, id, once,
                                [&](db::Connection&, const people::Actor& who, const Reception& r, rules::Moment) {
                                    return rules::call_off(who, r, reason);
                                }));
}

kernel::Checked hold(const people::Needs& needs, const people::Actor& actor, ReceptionId id, const Outcome& outcome,
                     Once once) {
    std::vector<voice::Voice> voices;
    if (outcome.voices.size() <= max_linked) {
        auto db = needs.database.read();
        for (voice::VoiceId each : outcome.voices)
            if (auto found = voice::voice(*db, each)) voices.push_back(*std::move(found));
    }
    return checked(on_reception(needs, actor, id, once,
                                [&](db::Connection&, const people::Actor& who, const Reception& r, rules::Moment now) {
                                    return rules::hold(who, r, outcome, voices, now.day);
                                }));
}

kernel::Result<Taken> take(const people::Needs& needs, const people::Actor& actor, ReceptionId id, int slot,
                           std::string_view matter, Once once) {
    const people::CycleId desk = desk_of(needs);
    const kernel::Code25 code = kernel::Code25::random();
    const kernel::Hash code_key = people::code_key(needs.server_key, desk, code);
    const Shown keys = shown_keys(needs, desk, actor.visitor, "");
    bool code_given = false;
    const auto receipt = on_reception(
        needs, actor, id, once,
        [&](db::Connection& db, const people::Actor&, const Reception& r,
            rules::Moment now) -> kernel::Result<change::SlotTaken> {
            const auto known = keys.browser ? people::by_browser(db, r.cycle, *keys.browser) : std::nullopt;
            const bool has_one = known && slot_of(db, r.id, known->id);
            auto change = rules::take(r, {slot, slot_gone(db, r.id, slot), has_one}, matter, now);
            if (!change) return change;
            code_given = !known;
            if (known)
                change->who = known->id;
            else
                change->browser = keys.browser, change->code = code_key;
            return change;
        });
    if (!receipt) return receipt.error();
    return Taken{receipt->index, code_given && !receipt->repeated ? code.digits() : ""};
}

kernel::Checked give_back(const people::Needs& needs, const people::Actor& actor, ReceptionId id, std::string_view code,
                          Once once) {
    const Shown keys = shown_keys(needs, desk_of(needs), actor.visitor, code);
    return checked(on_reception(needs, actor, id, once,
                                [&](db::Connection& db, const people::Actor&, const Reception& r, rules::Moment now) {
                                    return rules::give_back(r, shown_slot(db, r, keys), now);
                                }));
}

}  // namespace visit

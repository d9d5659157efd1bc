// What the acts of this feature share: who asks, on which case, and how a decision is recorded.
#pragma once
#include <functional>
#include <optional>
#include <string_view>

#include <db/database.h>
#include <kernel/code.h>
#include <ledger/ledger.h>

#include "casework.h"
#include "in_force.h"
#include "rules.h"
#include "store.h"

namespace voice {

// Who speaks, by what they showed: keys of their browser and code in one cycle. Made before the act.
struct Keys {
    std::optional<kernel::Hash> browser, code;
};
// Always computes both, whether or not the code is one: nothing is learned from the time it takes.
Keys keys_of(const people::Needs&, people::CycleId, std::string_view visitor, std::string_view code);
kernel::Hash code_key(const people::Needs&, people::CycleId, const kernel::Code25&);
// The participants these keys name: none, one, or two when browser and code name different people.
std::vector<people::ParticipantId> participants_of(db::Connection&, people::CycleId, const Keys&);

// Roles and unit from the state; `keys`: whether the voice is theirs.
rules::Who who_of(db::Connection&, const people::Actor&, const Case&, const Keys& = {});
// The same without a case: for what starts one.
rules::Who who_of(db::Connection&, const people::Actor&);

// What an act reads: the state inside the transaction, the days outside of it.
struct Scene {
    db::Connection& db;
    const Case& on;
    rules::Who who;
    rules::Today today;
    const InForce& now;
};
// What else the same act records, after its entry.
template <class Change>
using Then = std::function<void(ledger::Writing&, const Case& before, const Change&)>;
template <class Change>
using Decide = std::function<kernel::Result<Change>(const Scene&)>;

// Reads the case, decides, records; the words of the Change are served to everybody while the voice is public.
// voice.unknown, not_found, when there is no such voice.
template <class Change>
kernel::Result<ledger::Receipt> act_on(const people::Needs& needs, const people::Actor& actor, VoiceId id,
                                       const Keys& keys, const Sent& sent, const Decide<Change>& decide,
                                       const Then<Change>& then = {}) {
    const std::shared_ptr<const InForce> now = in_force(needs);
    return needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const std::optional<Case> found = find_case(w.db(), id);
            if (!found) return kernel::refuse(kernel::Code::not_found, "voice.unknown");
            if (auto ok = unchanged(w.db(), id, sent); !ok) return ok.error();
            const Frozen frozen = now->frozen(w.db(), *found, w.now());
            const Scene scene{w.db(), *found, who_of(w.db(), actor, *found, keys), frozen.today(), *now};
            const kernel::Result<Change> change = decide(scene);
            if (!change) return change.error();
            const std::int64_t entry =
                w.append(change::encode(*change, found->is_public() ? ledger::Served::open : ledger::Served::closed));
            if (then) then(w, *found, *change);
            return entry;
        },
        sent.once);
}

// The parts that stand in its place now; `waited_for`: others wait with one of them.
std::vector<Case> parts_in(db::Connection&, VoiceId whole, bool& waited_for);

// Whether a second person has to release its answers.
bool needs_release(db::Connection&, const Case&);
// What an answer with a day sets going in the same act.
void promise(ledger::Writing&, const Case&, people::OfficerId by, std::optional<kernel::Day> due);

inline kernel::Checked checked(const kernel::Result<ledger::Receipt>& recorded) {
    if (!recorded) return recorded.error();
    return {};
}

}  // namespace voice

#include "support.h"

#include <db/database.h>
#include <kernel/code.h>
#include <ledger/ledger.h>

#include "acts.h"
#include "change.h"
#include "store.h"

namespace support {
namespace {

kernel::Error unknown_voice() { return kernel::refuse(kernel::Code::not_found, "voice.unknown"); }

// A message stays in its round: keys that are made of it before the act hold in the act too.
std::optional<people::CycleId> round_of(const people::Needs& needs, VoiceId id) {
    const auto found = voice::voice(*needs.database.read(), id);
    return found ? std::optional(found->cycle) : std::nullopt;
}

// Reads, decides and records; `decide` says what is recorded.
template <class Decide>
kernel::Result<ledger::Receipt> act(const people::Needs& needs, VoiceId id, Once once, Decide decide) {
    return needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto v = voice::voice(w.db(), id);
            if (!v) return unknown_voice();
            auto change = decide(w.db(), standing(w.db(), *v));
            if (!change) return change.error();
            return w.append(change::encode(*std::move(change)));
        },
        once);
}

rules::Who who(db::Connection& db, const voice::Voice& v, const std::optional<people::Participant>& found) {
    if (!found) return {};
    return {found->id, voice::author_of(db, v.id) == found->id, stands(db, v.id, found->id)};
}

}  // namespace

std::optional<VoiceId> leads_to(db::Connection& db, const voice::Voice& v) {
    // What the other leads to in its turn: a few steps at most, and never in a circle.
    constexpr int most = 4;
    std::optional<VoiceId> found;
    std::optional<voice::Voice> at = v;
    for (int step = 0; at && step < most; ++step) {
        std::optional<VoiceId> next = at->joined_to ? at->joined_to : at->master;
        if (!next && at->state == voice::State::put_back) next = at->part_of;
        if (!next || *next == v.id) break;
        found = next;
        at = voice::voice(db, *next);
    }
    return found;
}

rules::Standing standing(db::Connection& db, const voice::Voice& v) {
    return {v, leads_to(db, v), cycle::accepts_voices(db, v.cycle)};
}

rules::Who by_browser(db::Connection& db, const voice::Voice& v, const kernel::Hash& key) {
    return who(db, v, people::by_browser(db, v.cycle, key));
}
rules::Who by_code(db::Connection& db, const voice::Voice& v, const kernel::Hash& key) {
    return who(db, v, people::by_code(db, v.cycle, key));
}

kernel::Checked may_be_joined(db::Connection& db, const voice::Voice& v) {
    return rules::may_be_joined(standing(db, v));
}

bool joined(const people::Needs& needs, const http::Request& r, db::Connection& db, const voice::Voice& v) {
    if (!rules::key(r.visitor)) return false;
    return by_browser(db, v, people::browser_key(needs.server_key, v.cycle, r.visitor)).joined;
}

kernel::Result<ledger::Receipt> give(const people::Needs& needs, const people::Actor& actor, VoiceId id, Once once) {
    if (auto ok = rules::key(actor.visitor); !ok) return ok.error();
    const auto round = round_of(needs, id);
    if (!round) return unknown_voice();
    const kernel::Hash key = people::browser_key(needs.server_key, *round, actor.visitor);
    return act(needs, id, once, [&](db::Connection& db, const rules::Standing& s) {
        auto change = rules::give(s, by_browser(db, s.message, key));
        if (change && !change->who) change->key = key;
        return change;
    });
}

kernel::Result<ledger::Receipt> take_back(const people::Needs& needs, const people::Actor& actor, VoiceId id,
                                          std::string_view code, Once once) {
    if (auto ok = rules::key(actor.visitor); !ok) return ok.error();
    const auto round = round_of(needs, id);
    if (!round) return unknown_voice();
    // Both keys always: nothing is learned from the time that it takes.
    const auto typed = kernel::Code25::parse(code);
    const kernel::Hash own = people::browser_key(needs.server_key, *round, actor.visitor);
    const kernel::Hash key = people::code_key(needs.server_key, *round, typed ? *typed : kernel::Code25::random());
    return act(needs, id, once, [&](db::Connection& db, const rules::Standing& s) {
        const rules::Who browser = by_browser(db, s.message, own), other = by_code(db, s.message, key);
        return rules::take_back(s, code.empty() ? browser : other, !code.empty());
    });
}

void add_kinds(std::vector<ledger::Kind>& kinds) {
    kinds.push_back({change::given_kind, apply, forget});
    kinds.push_back({change::taken_back_kind, apply, {}});
}

}  // namespace support

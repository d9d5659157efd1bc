#include "change.h"

#include <algorithm>

#include <ledger/payload.h>

namespace support::change {
namespace {

using kernel::Json;

ledger::Draft of_speaker(std::string_view kind, people::CycleId cycle, VoiceId voice, people::ParticipantId who,
                         std::optional<Json> words) {
    ledger::Draft d = ledger::draft(kind, cycle.value(), Json::Object{{"voice", voice.value()}, {"who", who.value()}},
                                    std::move(words));
    d.facts_served = d.words_served = ledger::Served::closed;
    return d;
}

ledger::Draft draft_of(const Given& c) {
    // Words also where there is no key: the leaf must not tell whether somebody speaks for the first time.
    return of_speaker(given_kind, c.cycle, c.voice, c.who,
                      Json::Object{{"key", c.key ? kernel::hex(*c.key) : std::string()}});
}

ledger::Draft draft_of(const TakenBack& c) { return of_speaker(taken_back_kind, c.cycle, c.voice, c.who, {}); }

std::optional<kernel::Hash> key_in(const ledger::Entry& entry) {
    const std::string text = ledger::word(entry, "key");
    if (text.empty()) return std::nullopt;
    const auto bytes = kernel::parse_hex(text);
    kernel::Hash key{};
    if (!bytes || bytes->size() != key.size()) ledger::unreadable(entry, "a key of another size");
    std::copy(bytes->begin(), bytes->end(), key.begin());
    return key;
}

}  // namespace

ledger::Draft encode(const Change& change) {
    return std::visit([](const auto& c) { return draft_of(c); }, change);
}

Change decode(const ledger::Entry& entry) {
    ledger::need_version(entry, 1);
    const people::CycleId cycle(entry.subject);
    const VoiceId voice(entry.facts.need_integer("voice"));
    const people::ParticipantId who(entry.facts.need_integer("who"));
    if (entry.kind == given_kind) return Given{cycle, voice, who, key_in(entry)};
    if (entry.kind != taken_back_kind) ledger::unreadable(entry, "nothing that joins a message");
    return TakenBack{cycle, voice, who};
}

}  // namespace support::change

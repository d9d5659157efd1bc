#include "change.h"

#include <ledger/payload.h>

namespace contact::change {
namespace {

using kernel::Json;
using ledger::word;

ledger::Draft draft_of(const GivenTo& c) {
    ledger::Draft d = ledger::draft(given_kind, c.cycle.value(),
                                    Json::Object{{"until", kernel::iso(c.until)}, {"voice", c.voice.value()}});
    if (c.given)
        d.words = Json::Object{{"email", c.given->email},
                               {"name", c.given->name},
                               {"telephone", c.given->telephone},
                               {"wish", c.given->wish}};
    d.facts_served = d.words_served = ledger::Served::closed;
    return d;
}

ledger::Draft draft_of(const Opened& c) {
    ledger::Draft d = ledger::draft(
        opened_kind, c.voice.value(),
        Json::Object{{"by", c.by.value()}, {"reason", std::string(name(c.reason))}, {"voice", c.voice.value()}});
    d.parent = c.voice.value();
    return d;
}

}  // namespace

ledger::Draft encode(const Change& change) {
    return std::visit([](const auto& c) { return draft_of(c); }, change);
}

Change decode(const ledger::Entry& entry) {
    ledger::need_version(entry, 1);
    const VoiceId voice(entry.facts.need_integer("voice"));
    if (entry.kind == given_kind) {
        GivenTo c{people::CycleId(entry.subject), voice, ledger::day_in(entry, "until"), {}};
        if (entry.words)
            c.given = Given{word(entry, "name"), word(entry, "telephone"), word(entry, "email"), word(entry, "wish")};
        return c;
    }
    if (entry.kind != opened_kind) ledger::unreadable(entry, "no kind of contact data");
    return Opened{voice, people::OfficerId(entry.facts.need_integer("by")),
                  ledger::readable(entry, parse_reason(entry.facts.need_string("reason")), "unknown reason")};
}

}  // namespace contact::change

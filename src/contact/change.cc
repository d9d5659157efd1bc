#include "change.h"

#include <ledger/payload.h>

namespace contact::change {
namespace {

using kernel::Json;
using ledger::word;

ledger::Draft draft_of(const GivenTo& c) {
    ledger::Draft d = ledger::draft(given_kind, c.cycle.value(),
                                    Json::Object{{"until", kernel::iso(c.until)}, {"voice", c.voice.value()}});
    d.v = 2;
    if (c.sealed) d.words = Json::Object{{"sealed", *c.sealed}};
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
    const VoiceId voice(entry.facts.need_integer("voice"));
    if (entry.kind == given_kind) {
        if (entry.v != 1) ledger::need_version(entry, 2);
        GivenTo c{people::CycleId(entry.subject), voice, ledger::day_in(entry, "until"), {}, {}};
        if (entry.words && entry.v == 1)
            c.in_clear =
                Given{word(entry, "name"), word(entry, "telephone"), word(entry, "email"), word(entry, "wish")};
        else if (entry.words)
            c.sealed = entry.words->need_string("sealed");
        return c;
    }
    ledger::need_version(entry, 1);
    if (entry.kind != opened_kind) ledger::unreadable(entry, "no kind of contact data");
    return Opened{voice, people::OfficerId(entry.facts.need_integer("by")),
                  ledger::readable(entry, parse_reason(entry.facts.need_string("reason")), "unknown reason")};
}

}  // namespace contact::change

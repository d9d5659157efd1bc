#include "reception_change.h"

#include <algorithm>

#include <ledger/payload.h>

#include "lists.h"

namespace visit::change {
namespace {

using kernel::Json;
using ledger::day_in;
using ledger::word;

ledger::Draft reception_draft(const Announced& c, std::int64_t index) {
    const ReceptionDraft& d = c.draft;
    return ledger::draft(announced_kind, index,
                         Json::Object{{"by", c.by.value()},
                                      {"cycle", c.cycle.value()},
                                      {"day", kernel::iso(d.day)},
                                      {"from", d.from},
                                      {"lang", d.lang},
                                      {"minutes", d.minutes},
                                      {"sample", d.sample},
                                      {"short_notice", c.short_notice},
                                      {"slots", d.slots},
                                      {"unit", c.unit.value()}},
                         Json::Object{{"post", d.post}, {"topics", d.topics}, {"where", d.where}});
}

ledger::Draft reception_draft(const ReceptionMoved& c, std::int64_t) {
    return ledger::draft(reception_moved_kind, c.reception.value(),
                         Json::Object{{"by", c.by.value()},
                                      {"day", kernel::iso(c.to.day)},
                                      {"from", c.to.from},
                                      {"short_notice", c.short_notice}},
                         Json::Object{{"reason", c.reason}, {"where", c.to.where}});
}

ledger::Draft reception_draft(const ReceptionCalledOff& c, std::int64_t) {
    return ledger::draft(reception_called_off_kind, c.reception.value(), Json::Object{{"by", c.by.value()}},
                         Json::Object{{"reason", c.reason}});
}

ledger::Draft reception_draft(const Held& c, std::int64_t) {
    return ledger::draft(held_kind, c.reception.value(),
                         Json::Object{{"absent", c.outcome.absent},
                                      {"by", c.by.value()},
                                      {"came", c.outcome.came},
                                      {"voices", numbers(c.outcome.voices)}},
                         Json::Object{{"said", c.outcome.said}});
}

ledger::Draft reception_draft(const SlotTaken& c, std::int64_t) {
    Json facts = Json::Object{{"reception", c.reception.value()}, {"slot", c.slot}};
    if (c.who) facts.set("who", c.who.value());
    Json words = Json::Object{{"matter", c.matter}};
    if (c.browser) words.set("browser", kernel::hex(*c.browser));
    if (c.code) words.set("code", kernel::hex(*c.code));
    ledger::Draft d = ledger::draft(slot_taken_kind, c.cycle.value(), std::move(facts), std::move(words));
    d.facts_served = d.words_served = ledger::Served::closed;
    return d;
}

ledger::Draft reception_draft(const SlotGivenBack& c, std::int64_t) {
    ledger::Draft d = ledger::draft(slot_given_back_kind, c.cycle.value(),
                                    Json::Object{{"reception", c.reception.value()}, {"slot", c.slot}});
    d.parent = c.taken;
    d.facts_served = ledger::Served::closed;
    return d;
}

int small(const ledger::Entry& entry, std::string_view member) {
    const std::int64_t n = entry.facts.need_integer(member);
    if (n < 0 || n > 24 * 60) ledger::unreadable(entry, "a number that cannot be");
    return static_cast<int>(n);
}

std::optional<kernel::Hash> key_in(const ledger::Entry& entry, std::string_view member) {
    if (!entry.words || (*entry.words)[member].is_null()) return std::nullopt;
    const auto bytes = kernel::parse_hex(word(entry, member));
    kernel::Hash key{};
    if (!bytes || bytes->size() != key.size()) ledger::unreadable(entry, "no key");
    std::copy(bytes->begin(), bytes->end(), key.begin());
    return key;
}

Announced announced_in(const ledger::Entry& entry) {
    Announced c;
    c.unit = people::UnitId(entry.facts.need_integer("unit"));
    c.cycle = people::CycleId(entry.facts.need_integer("cycle"));
    c.by = people::OfficerId(entry.facts.need_integer("by"));
    c.short_notice = entry.facts.need_boolean("short_notice");
    ReceptionDraft& d = c.draft;
    d.day = day_in(entry, "day");
    d.from = small(entry, "from"), d.slots = small(entry, "slots"), d.minutes = small(entry, "minutes");
    d.post = word(entry, "post"), d.where = word(entry, "where"), d.topics = word(entry, "topics");
    d.lang = entry.facts.need_string("lang");
    d.sample = entry.facts.need_boolean("sample");
    return c;
}

SlotTaken taken_in(const ledger::Entry& entry) {
    SlotTaken c;
    c.cycle = people::CycleId(entry.subject);
    c.reception = ReceptionId(entry.facts.need_integer("reception"));
    c.slot = small(entry, "slot");
    if (const auto who = ledger::maybe_integer(entry, "who")) c.who = people::ParticipantId(*who);
    c.matter = word(entry, "matter");
    c.browser = key_in(entry, "browser"), c.code = key_in(entry, "code");
    return c;
}

}  // namespace

ledger::Draft encode(const ReceptionChange& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return reception_draft(c, index); }, change);
}

ReceptionChange decode_reception(const ledger::Entry& entry) {
    ledger::need_version(entry, 1);
    if (entry.kind == announced_kind) return announced_in(entry);
    if (entry.kind == slot_taken_kind) return taken_in(entry);
    if (entry.kind == slot_given_back_kind)
        return SlotGivenBack{people::CycleId(entry.subject), ReceptionId(entry.facts.need_integer("reception")),
                             small(entry, "slot"), entry.parent.value_or(0)};
    const people::OfficerId by(entry.facts.need_integer("by"));
    const ReceptionId id(entry.subject);
    if (entry.kind == reception_moved_kind)
        return ReceptionMoved{id,
                              {day_in(entry, "day"), small(entry, "from"), word(entry, "where")},
                              entry.facts.need_boolean("short_notice"),
                              word(entry, "reason"),
                              by};
    if (entry.kind == reception_called_off_kind) return ReceptionCalledOff{id, word(entry, "reason"), by};
    if (entry.kind == held_kind)
        return Held{id,
                    {entry.facts.need_integer("came"), entry.facts.need_integer("absent"),
                     ids_in<voice::VoiceId>(entry, "voices"), word(entry, "said")},
                    by};
    ledger::unreadable(entry, "no kind of receptions");
}

}  // namespace visit::change

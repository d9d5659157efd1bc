#include "change.h"

#include <ledger/payload.h>

namespace handover::change {
namespace {

using kernel::Json;
using ledger::Entry;
using ledger::readable;
using ledger::word;

ledger::Draft about(std::string_view kind, std::int64_t parent, Json facts, Json words, bool open) {
    ledger::Draft d = ledger::draft(kind, parent, std::move(facts), std::move(words));
    d.parent = parent;
    if (!open) d.words_served = ledger::Served::closed;
    return d;
}

ledger::Draft draft_of(const AuthorityNamed& c, std::int64_t index) {
    return ledger::draft(
        named_kind, index,
        Json::Object{{"by", c.by.value()}, {"jurisdiction", c.jurisdiction}, {"name", c.name}, {"url", c.url}});
}

ledger::Draft draft_of(const AuthorityEnded& c, std::int64_t) {
    return about(ended_kind, c.authority.value(), Json::Object{{"by", c.by.value()}},
                 Json::Object{{"reason", c.reason}}, true);
}

ledger::Draft draft_of(const Agreed& c, std::int64_t) {
    ledger::Draft d = ledger::draft(
        agreed_kind, c.cycle.value(),
        Json::Object{{"authority", c.authority.value()}, {"cycle", c.cycle.value()}, {"voice", c.voice.value()}});
    d.facts_served = ledger::Served::closed;
    return d;
}

ledger::Draft draft_of(const Handed& c, std::int64_t index) {
    ledger::Draft d = ledger::draft(handed_kind, index,
                                    Json::Object{{"authority", c.authority.value()},
                                                 {"by", c.by.value()},
                                                 {"open", c.open},
                                                 {"service", c.service},
                                                 {"voice", c.voice.value()}},
                                    Json::Object{{"address", c.address},
                                                 {"position", c.position},
                                                 {"reason", c.reason},
                                                 {"service_name", c.service_name},
                                                 {"text", c.text}});
    d.parent = c.voice.value();
    d.words_served = ledger::Served::closed;
    if (!c.open) d.facts_served = ledger::Served::closed;
    return d;
}

ledger::Draft draft_of(const Taken& c, std::int64_t) {
    return about(taken_kind, c.handover.value(), Json::Object{{"by", c.by.value()}, {"open", c.open}},
                 Json::Object{{"number", c.number}}, c.open);
}

ledger::Draft draft_of(const Followed& c, std::int64_t) {
    return about(followed_kind, c.handover.value(),
                 Json::Object{{"open", c.open}, {"status", std::string(name(c.state))}},
                 Json::Object{{"notes", c.notes}}, c.open);
}

ledger::Draft draft_of(const LetGo& c, std::int64_t) {
    return about(let_go_kind, c.handover.value(),
                 Json::Object{{"by", c.by.value()}, {"open", c.open}, {"why", std::string(name(c.why))}},
                 Json::Object{{"notes", c.notes}}, c.open);
}

people::OfficerId by_in(const Entry& e) { return people::OfficerId(e.facts.need_integer("by")); }

State status_in(const Entry& e) {
    const auto state = parse_state(e.facts.need_string("status"));
    if (state != State::open && state != State::closed) ledger::unreadable(e, "unknown status");
    return *state;
}

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const Entry& e) {
    ledger::need_version(e, 1);
    if (e.kind == named_kind)
        return AuthorityNamed{e.facts.need_string("name"), e.facts.need_string("url"),
                              e.facts.need_string("jurisdiction"), by_in(e)};
    if (e.kind == ended_kind) return AuthorityEnded{AuthorityId(e.subject), by_in(e), word(e, "reason")};
    if (e.kind == agreed_kind)
        return Agreed{people::CycleId(e.facts.need_integer("cycle")), VoiceId(e.facts.need_integer("voice")),
                      AuthorityId(e.facts.need_integer("authority"))};
    if (e.kind == handed_kind)
        return Handed{VoiceId(e.facts.need_integer("voice")),
                      AuthorityId(e.facts.need_integer("authority")),
                      e.facts.need_string("service"),
                      by_in(e),
                      word(e, "reason"),
                      word(e, "service_name"),
                      word(e, "text"),
                      word(e, "address"),
                      word(e, "position"),
                      e.facts.need_boolean("open")};
    const HandoverId id(e.subject);
    if (e.kind == taken_kind) return Taken{id, by_in(e), word(e, "number"), e.facts.need_boolean("open")};
    if (e.kind == followed_kind) return Followed{id, status_in(e), word(e, "notes"), e.facts.need_boolean("open")};
    if (e.kind != let_go_kind) ledger::unreadable(e, "no kind of handing over");
    return LetGo{id, by_in(e), readable(e, parse_why(e.facts.need_string("why")), "unknown reason"), word(e, "notes"),
                 e.facts.need_boolean("open")};
}

}  // namespace handover::change

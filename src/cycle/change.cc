#include "change.h"

#include <ledger/payload.h>

namespace cycle {
namespace {

using kernel::Json;
using ledger::maybe_integer;
using ledger::unreadable;
using ledger::word;

ledger::Draft draft_of(const Opened& c, std::int64_t index) {
    Json facts = Json::Object{{"by", c.by.value()},
                              {"lang", c.lang},
                              {"organiser", c.organiser.value()},
                              {"sample", c.sample},
                              {"source", c.source}};
    if (c.inherits) facts.set("inherits", c.inherits->value());
    return ledger::draft(opened_kind, index, std::move(facts), Json::Object{{"name", c.name}});
}

ledger::Draft draft_of(const DeskOpened& c, std::int64_t index) {
    return ledger::draft(desk_opened_kind, index, Json::Object{{"lang", c.lang}, {"organiser", c.organiser.value()}},
                         Json::Object{{"name", c.name}});
}

ledger::Draft draft_of(const CriterionSet& c, std::int64_t) {
    ledger::Draft d = ledger::draft(criterion_set_kind, c.cycle.value(), Json::Object{{"by", c.by.value()}},
                                    Json::Object{{"reason", c.reason}, {"text", c.text}});
    if (c.replaces) {
        d.facts.set("replaces", c.replaces->value());
        d.parent = c.replaces->value();
    }
    return d;
}

ledger::Draft draft_of(const ContextSet& c, std::int64_t) {
    ledger::Draft d =
        ledger::draft(context_set_kind, c.cycle.value(), Json::Object{{"by", c.by.value()}, {"filled", c.filled}},
                      Json::Object{{"limits", c.context.limits},
                                   {"means", c.context.means},
                                   {"promised", c.context.promised},
                                   {"reason", c.reason},
                                   {"touches", c.context.touches}});
    if (c.replaces) {
        d.facts.set("replaces", *c.replaces);
        d.parent = *c.replaces;
    }
    return d;
}

ledger::Draft draft_of(const PhaseEntered& c, std::int64_t) {
    Json facts = Json::Object{{"by", c.by.value()}, {"phase", std::string(name(c.phase))}};
    if (c.ends) facts.set("ends", kernel::iso(*c.ends));
    return ledger::draft(phase_entered_kind, c.cycle.value(), std::move(facts), Json::Object{{"remark", c.remark}});
}

Opened read_opened(const ledger::Entry& entry) {
    Opened c;
    c.organiser = people::UnitId(entry.facts.need_integer("organiser"));
    c.name = word(entry, "name");
    c.lang = entry.facts.need_string("lang");
    if (auto inherits = maybe_integer(entry, "inherits")) c.inherits = CycleId(*inherits);
    c.source = entry.facts.need_string("source");
    c.sample = entry.facts.need_boolean("sample");
    c.by = people::OfficerId(entry.facts.need_integer("by"));
    return c;
}

DeskOpened read_desk_opened(const ledger::Entry& entry) {
    return {people::UnitId(entry.facts.need_integer("organiser")), word(entry, "name"),
            entry.facts.need_string("lang")};
}

CriterionSet read_criterion_set(const ledger::Entry& entry) {
    CriterionSet c;
    c.cycle = CycleId(entry.subject);
    c.text = word(entry, "text");
    if (auto replaces = maybe_integer(entry, "replaces")) c.replaces = CriterionId(*replaces);
    c.reason = word(entry, "reason");
    c.by = people::OfficerId(entry.facts.need_integer("by"));
    return c;
}

ContextSet read_context_set(const ledger::Entry& entry) {
    ContextSet c;
    c.cycle = CycleId(entry.subject);
    c.context = {word(entry, "touches"), word(entry, "promised"), word(entry, "means"), word(entry, "limits")};
    c.filled = static_cast<int>(entry.facts.need_integer("filled"));
    c.replaces = maybe_integer(entry, "replaces");
    c.reason = word(entry, "reason");
    c.by = people::OfficerId(entry.facts.need_integer("by"));
    return c;
}

PhaseEntered read_phase_entered(const ledger::Entry& entry) {
    PhaseEntered c;
    c.cycle = CycleId(entry.subject);
    c.phase = ledger::readable(entry, parse_phase(entry.facts.need_string("phase")), "unknown phase");
    c.ends = ledger::maybe_day(entry, "ends");
    c.remark = word(entry, "remark");
    c.by = people::OfficerId(entry.facts.need_integer("by"));
    return c;
}

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const ledger::Entry& entry) {
    ledger::need_version(entry, 1);
    if (entry.kind == opened_kind) return read_opened(entry);
    if (entry.kind == desk_opened_kind) return read_desk_opened(entry);
    if (entry.kind == criterion_set_kind) return read_criterion_set(entry);
    if (entry.kind == context_set_kind) return read_context_set(entry);
    if (entry.kind == phase_entered_kind) return read_phase_entered(entry);
    unreadable(entry, "no kind of rounds");
}

}  // namespace cycle

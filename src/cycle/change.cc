#include "change.h"

#include <stdexcept>

namespace cycle {
namespace {

using kernel::Json;

std::string word(const ledger::Entry& entry, std::string_view member) {
    return entry.words ? entry.words->need_string(member) : std::string();
}

std::runtime_error contradiction(const ledger::Entry& entry, const std::string& what) {
    return std::runtime_error("entry " + std::to_string(entry.index) + ", " + entry.kind + ": " + what);
}

std::optional<std::int64_t> maybe_integer(const Json& facts, std::string_view member) {
    if (facts[member].is_null()) return std::nullopt;
    return facts.need_integer(member);
}

ledger::Draft draft_of(const Opened& c, std::int64_t index) {
    Json facts = Json::Object{{"by", c.by.value()},
                              {"lang", c.lang},
                              {"organiser", c.organiser.value()},
                              {"sample", c.sample},
                              {"source", c.source}};
    if (c.inherits) facts.set("inherits", c.inherits->value());
    ledger::Draft d;
    d.kind = opened_kind;
    d.subject = index;
    d.facts = std::move(facts);
    d.words = Json::Object{{"name", c.name}};
    return d;
}

ledger::Draft draft_of(const DeskOpened& c, std::int64_t index) {
    ledger::Draft d;
    d.kind = desk_opened_kind;
    d.subject = index;
    d.facts = Json::Object{{"lang", c.lang}, {"organiser", c.organiser.value()}};
    d.words = Json::Object{{"name", c.name}};
    return d;
}

ledger::Draft draft_of(const CriterionSet& c, std::int64_t) {
    Json facts = Json::Object{{"by", c.by.value()}};
    ledger::Draft d;
    if (c.replaces) {
        facts.set("replaces", c.replaces->value());
        d.parent = c.replaces->value();
    }
    d.kind = criterion_set_kind;
    d.subject = c.cycle.value();
    d.facts = std::move(facts);
    d.words = Json::Object{{"reason", c.reason}, {"text", c.text}};
    return d;
}

ledger::Draft draft_of(const ContextSet& c, std::int64_t) {
    Json facts = Json::Object{{"by", c.by.value()}, {"filled", c.filled}};
    ledger::Draft d;
    if (c.replaces) {
        facts.set("replaces", *c.replaces);
        d.parent = *c.replaces;
    }
    d.kind = context_set_kind;
    d.subject = c.cycle.value();
    d.facts = std::move(facts);
    d.words = Json::Object{{"limits", c.context.limits},
                           {"means", c.context.means},
                           {"promised", c.context.promised},
                           {"reason", c.reason},
                           {"touches", c.context.touches}};
    return d;
}

ledger::Draft draft_of(const PhaseEntered& c, std::int64_t) {
    Json facts = Json::Object{{"by", c.by.value()}, {"phase", std::string(name(c.phase))}};
    if (c.ends) facts.set("ends", kernel::iso(*c.ends));
    ledger::Draft d;
    d.kind = phase_entered_kind;
    d.subject = c.cycle.value();
    d.facts = std::move(facts);
    d.words = Json::Object{{"remark", c.remark}};
    return d;
}

Opened read_opened(const ledger::Entry& entry) {
    Opened c;
    c.organiser = people::UnitId(entry.facts.need_integer("organiser"));
    c.name = word(entry, "name");
    c.lang = entry.facts.need_string("lang");
    if (auto inherits = maybe_integer(entry.facts, "inherits")) c.inherits = CycleId(*inherits);
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
    if (auto replaces = maybe_integer(entry.facts, "replaces")) c.replaces = CriterionId(*replaces);
    c.reason = word(entry, "reason");
    c.by = people::OfficerId(entry.facts.need_integer("by"));
    return c;
}

ContextSet read_context_set(const ledger::Entry& entry) {
    ContextSet c;
    c.cycle = CycleId(entry.subject);
    c.context = {word(entry, "touches"), word(entry, "promised"), word(entry, "means"), word(entry, "limits")};
    c.filled = static_cast<int>(entry.facts.need_integer("filled"));
    c.replaces = maybe_integer(entry.facts, "replaces");
    c.reason = word(entry, "reason");
    c.by = people::OfficerId(entry.facts.need_integer("by"));
    return c;
}

PhaseEntered read_phase_entered(const ledger::Entry& entry) {
    PhaseEntered c;
    c.cycle = CycleId(entry.subject);
    const auto phase = parse_phase(entry.facts.need_string("phase"));
    if (!phase) throw contradiction(entry, "unknown phase");
    c.phase = *phase;
    if (!entry.facts["ends"].is_null()) {
        c.ends = kernel::parse_day(entry.facts.need_string("ends"));
        if (!c.ends) throw contradiction(entry, "ends is no day");
    }
    c.remark = word(entry, "remark");
    c.by = people::OfficerId(entry.facts.need_integer("by"));
    return c;
}

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const ledger::Entry& entry) {
    if (entry.v != 1) throw contradiction(entry, "unknown version " + std::to_string(entry.v));
    if (entry.kind == opened_kind) return read_opened(entry);
    if (entry.kind == desk_opened_kind) return read_desk_opened(entry);
    if (entry.kind == criterion_set_kind) return read_criterion_set(entry);
    if (entry.kind == context_set_kind) return read_context_set(entry);
    if (entry.kind == phase_entered_kind) return read_phase_entered(entry);
    throw contradiction(entry, "not a kind of rounds");
}

}  // namespace cycle

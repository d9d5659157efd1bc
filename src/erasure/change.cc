#include "change.h"

#include <stdexcept>

namespace erasure::change {
namespace {

using kernel::Json;

ledger::Draft about(std::string_view kind, ErasureId erasure, Json facts) {
    ledger::Draft d;
    d.kind = kind;
    d.subject = erasure.value();
    d.parent = erasure.value();
    d.facts = std::move(facts);
    return d;
}

ledger::Draft draft_of(const Proposed& c, std::int64_t index) {
    Json::Array targets;
    for (std::int64_t target : c.targets) targets.emplace_back(target);
    ledger::Draft d = about(
        proposed_kind, ErasureId(index),
        Json::Object{{"basis", std::string(name(c.basis))}, {"by", c.by.value()}, {"targets", std::move(targets)}});
    d.parent.reset();
    return d;
}

ledger::Draft draft_of(const Approved& c, std::int64_t) {
    return about(approved_kind, c.erasure, Json::Object{{"by", c.by.value()}});
}

ledger::Draft draft_of(const Refused& c, std::int64_t) {
    return about(refused_kind, c.erasure, Json::Object{{"by", c.by.value()}, {"ground", std::string(name(c.ground))}});
}

ledger::Draft draft_of(const Withdrawn& c, std::int64_t) {
    return about(withdrawn_kind, c.erasure, Json::Object{{"by", c.by.value()}});
}

[[noreturn]] void unreadable(const ledger::Entry& entry, std::string_view what) {
    throw std::runtime_error("entry " + std::to_string(entry.index) + ": " + std::string(what));
}

Proposed proposed(const ledger::Entry& entry, people::OfficerId by) {
    const auto basis = parse_basis(entry.facts.need_string("basis"));
    if (!basis) unreadable(entry, "unknown basis of an erasure");
    Proposed c{*basis, by, {}};
    for (const Json& one : entry.facts.need_array("targets")) {
        if (!one.integer()) unreadable(entry, "no target");
        c.targets.push_back(*one.integer());
    }
    return c;
}

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const ledger::Entry& entry) {
    if (entry.v != 1) unreadable(entry, "unknown version of " + entry.kind);
    const people::OfficerId by(entry.facts.need_integer("by"));
    if (entry.kind == proposed_kind) return proposed(entry, by);
    if (entry.kind == approved_kind) return Approved{ErasureId(entry.subject), by};
    if (entry.kind == withdrawn_kind) return Withdrawn{ErasureId(entry.subject), by};
    if (entry.kind != refused_kind) unreadable(entry, entry.kind + " is no kind of erasures");
    const auto ground = parse_ground(entry.facts.need_string("ground"));
    if (!ground) unreadable(entry, "unknown ground of a refusal");
    return Refused{ErasureId(entry.subject), by, *ground};
}

}  // namespace erasure::change

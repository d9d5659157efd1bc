#include "change.h"

#include <ledger/payload.h>

namespace erasure::change {
namespace {

using kernel::Json;
using ledger::readable;
using ledger::unreadable;

ledger::Draft about(std::string_view kind, ErasureId erasure, Json facts) {
    ledger::Draft d = ledger::draft(kind, erasure.value(), std::move(facts));
    d.parent = erasure.value();
    return d;
}

Json::Array numbers(const std::vector<std::int64_t>& targets) {
    Json::Array all;
    for (std::int64_t target : targets) all.emplace_back(target);
    return all;
}

ledger::Draft draft_of(const Proposed& c, std::int64_t index) {
    return ledger::draft(
        proposed_kind, index,
        Json::Object{{"basis", std::string(name(c.basis))}, {"by", c.by.value()}, {"targets", numbers(c.targets)}});
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

ledger::Draft draft_of(const TermOver& c, std::int64_t index) {
    return ledger::draft(term_over_kind, index, Json::Object{{"rule", c.rule}, {"targets", numbers(c.targets)}});
}

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const ledger::Entry& entry) {
    ledger::need_version(entry, 1);
    if (entry.kind == term_over_kind)
        return TermOver{entry.facts.need_string("rule"), ledger::integers_in(entry, "targets")};
    const people::OfficerId by(entry.facts.need_integer("by"));
    if (entry.kind == proposed_kind)
        return Proposed{readable(entry, parse_basis(entry.facts.need_string("basis")), "unknown basis"), by,
                        ledger::integers_in(entry, "targets")};
    if (entry.kind == approved_kind) return Approved{ErasureId(entry.subject), by};
    if (entry.kind == withdrawn_kind) return Withdrawn{ErasureId(entry.subject), by};
    if (entry.kind != refused_kind) unreadable(entry, "no kind of erasures");
    return Refused{ErasureId(entry.subject), by,
                   readable(entry, parse_ground(entry.facts.need_string("ground")), "unknown ground of a refusal")};
}

}  // namespace erasure::change

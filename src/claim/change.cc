#include "change.h"

#include <stdexcept>

namespace claim::change {
namespace {

using kernel::Json;

std::string word(const ledger::Entry& entry, std::string_view member) {
    return entry.words ? entry.words->need_string(member) : std::string();
}

ledger::Draft draft_of(const Filed& c, std::int64_t index) {
    ledger::Draft d;
    d.kind = filed_kind;
    d.subject = index;
    d.facts = Json::Object{{"entry", c.about}, {"ground", std::string(people::name(c.ground))}};
    // Also without a remark: that there was one tells nobody anything.
    d.words = Json::Object{{"remark", c.remark}};
    d.words_served = ledger::Served::closed;
    return d;
}

ledger::Draft draft_of(const Decided& c, std::int64_t) {
    ledger::Draft d;
    d.kind = decided_kind;
    d.subject = c.claim.value();
    d.parent = c.claim.value();
    d.facts = Json::Object{{"by", c.by.value()}, {"outcome", std::string(name(c.outcome))}};
    if (c.erasure) d.facts.set("erasure", c.erasure->value());
    d.words = Json::Object{{"reason", c.reason}};
    return d;
}

[[noreturn]] void unreadable(const ledger::Entry& entry, std::string_view what) {
    throw std::runtime_error("entry " + std::to_string(entry.index) + ": " + std::string(what));
}

Filed filed(const ledger::Entry& entry) {
    const auto ground = people::parse_ground(entry.facts.need_string("ground"));
    if (!ground) unreadable(entry, "unknown ground of a claim");
    return {entry.facts.need_integer("entry"), *ground, word(entry, "remark")};
}

Decided decided(const ledger::Entry& entry) {
    const auto outcome = parse_outcome(entry.facts.need_string("outcome"));
    if (!outcome) unreadable(entry, "unknown outcome of a claim");
    Decided c{ClaimId(entry.subject), people::OfficerId(entry.facts.need_integer("by")), *outcome, {}, {}};
    if (!entry.facts["erasure"].is_null()) c.erasure = erasure::ErasureId(entry.facts.need_integer("erasure"));
    c.reason = word(entry, "reason");
    return c;
}

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const ledger::Entry& entry) {
    if (entry.v != 1) unreadable(entry, "unknown version of " + entry.kind);
    if (entry.kind == filed_kind) return filed(entry);
    if (entry.kind == decided_kind) return decided(entry);
    unreadable(entry, entry.kind + " is no kind of claims");
}

}  // namespace claim::change

#include "change.h"

#include <ledger/payload.h>

namespace claim::change {
namespace {

using kernel::Json;
using ledger::readable;
using ledger::unreadable;
using ledger::word;

ledger::Draft draft_of(const Filed& c, std::int64_t index) {
    // Also without a remark: that there was one tells nobody anything.
    ledger::Draft d = ledger::draft(filed_kind, index,
                                    Json::Object{{"entry", c.about}, {"ground", std::string(people::name(c.ground))}},
                                    Json::Object{{"remark", c.remark}});
    d.words_served = ledger::Served::closed;
    return d;
}

ledger::Draft draft_of(const Decided& c, std::int64_t) {
    Json facts = Json::Object{{"by", c.by.value()}, {"outcome", std::string(name(c.outcome))}};
    if (c.erasure) facts.set("erasure", c.erasure->value());
    ledger::Draft d =
        ledger::draft(decided_kind, c.claim.value(), std::move(facts), Json::Object{{"reason", c.reason}});
    d.parent = c.claim.value();
    return d;
}

Filed filed(const ledger::Entry& entry) {
    const auto ground = readable(entry, people::parse_ground(entry.facts.need_string("ground")), "unknown ground");
    return {entry.facts.need_integer("entry"), ground, word(entry, "remark")};
}

Decided decided(const ledger::Entry& entry) {
    const auto outcome = readable(entry, parse_outcome(entry.facts.need_string("outcome")), "unknown outcome");
    Decided c{ClaimId(entry.subject), people::OfficerId(entry.facts.need_integer("by")), outcome, {}, {}};
    if (const auto erasure = ledger::maybe_integer(entry, "erasure")) c.erasure = erasure::ErasureId(*erasure);
    c.reason = word(entry, "reason");
    return c;
}

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const ledger::Entry& entry) {
    ledger::need_version(entry, 1);
    if (entry.kind == filed_kind) return filed(entry);
    if (entry.kind == decided_kind) return decided(entry);
    unreadable(entry, "no kind of claims");
}

}  // namespace claim::change

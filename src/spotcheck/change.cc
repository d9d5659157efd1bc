#include "change.h"

#include <algorithm>

#include <ledger/payload.h>

namespace spotcheck::change {
namespace {

using kernel::Json;
using ledger::day_in;
using ledger::Entry;
using ledger::readable;

ledger::Draft about(std::string_view kind, CheckId check, Json facts, std::optional<Json> words = {}) {
    ledger::Draft d = ledger::draft(kind, check.value(), std::move(facts), std::move(words));
    d.parent = check.value();
    return d;
}

ledger::Draft draft_of(const Announced& c, std::int64_t index) {
    Json facts =
        Json::Object{{"by", c.by.value()}, {"day", kernel::iso(c.day)}, {"from", c.from}, {"look_days", c.look_days},
                     {"n", c.n},           {"sample", c.sample},        {"to", c.to},     {"unit", c.unit.value()}};
    if (c.quarter) facts.set("quarter", kernel::iso(*c.quarter));
    return ledger::draft(announced_kind, index, std::move(facts));
}

ledger::Draft draft_of(const WasDrawn& c, std::int64_t) {
    Json::Array drawn;
    for (const Candidate& one : c.drawn)
        drawn.emplace_back(Json::Object{{"kind", std::string(name(one.kind))}, {"matter", one.matter}});
    return about(drawn_kind, c.check,
                 Json::Object{{"drawn", std::move(drawn)},
                              {"due", kernel::iso(c.due)},
                              {"population", c.population},
                              {"root", kernel::hex(c.root)},
                              {"size", c.size}});
}

ledger::Draft draft_of(const Looked& c, std::int64_t) {
    return about(looked_kind, c.check,
                 Json::Object{{"by", c.by.value()},
                              {"day", kernel::iso(c.day)},
                              {"matter", c.matter},
                              {"on_site", c.on_site},
                              {"outcome", std::string(name(c.outcome))},
                              {"reopens", c.reopens},
                              {"unit", c.unit.value()}},
                 Json::Object{{"seen", c.seen}});
}

ledger::Draft draft_of(const NotLooked& c, std::int64_t) {
    Json::Array matters;
    for (const std::int64_t one : c.matters) matters.emplace_back(one);
    return about(not_looked_kind, c.check, Json::Object{{"matters", std::move(matters)}});
}

int number(const Entry& e, std::string_view member) {
    const std::int64_t n = e.facts.need_integer(member);
    if (n < 0 || n > 1'000'000) ledger::unreadable(e, "no count in " + std::string(member));
    return static_cast<int>(n);
}

Announced announced(const Entry& e) {
    Announced c;
    c.unit = people::UnitId(e.facts.need_integer("unit"));
    c.by = people::OfficerId(e.facts.need_integer("by"));
    c.day = day_in(e, "day"), c.quarter = ledger::maybe_day(e, "quarter");
    c.from = e.facts.need_integer("from"), c.to = e.facts.need_integer("to");
    c.n = number(e, "n"), c.look_days = number(e, "look_days");
    c.sample = e.facts.need_boolean("sample");
    return c;
}

WasDrawn was_drawn(const Entry& e) {
    WasDrawn c;
    c.check = CheckId(e.subject);
    c.size = e.facts.need_integer("size");
    const auto root = kernel::parse_hex(e.facts.need_string("root"));
    if (!root || root->size() != c.root.size()) ledger::unreadable(e, "no root");
    std::copy(root->begin(), root->end(), c.root.begin());
    c.population = e.facts.need_integer("population");
    for (const Json& one : e.facts.need_array("drawn"))
        c.drawn.push_back(
            {readable(e, parse_matter(one.need_string("kind")), "unknown kind of matter"), one.need_integer("matter")});
    c.due = day_in(e, "due");
    return c;
}

Looked looked(const Entry& e) {
    return {CheckId(e.subject),
            e.facts.need_integer("matter"),
            readable(e, parse_outcome(e.facts.need_string("outcome")), "unknown outcome"),
            day_in(e, "day"),
            e.facts.need_boolean("on_site"),
            people::OfficerId(e.facts.need_integer("by")),
            people::UnitId(e.facts.need_integer("unit")),
            e.facts.need_boolean("reopens"),
            ledger::word(e, "seen")};
}

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const Entry& e) {
    ledger::need_version(e, 1);
    if (e.kind == announced_kind) return announced(e);
    if (e.kind == drawn_kind) return was_drawn(e);
    if (e.kind == looked_kind) return looked(e);
    if (e.kind == not_looked_kind) return NotLooked{CheckId(e.subject), ledger::integers_in(e, "matters")};
    ledger::unreadable(e, "no kind of spot checks");
}

}  // namespace spotcheck::change

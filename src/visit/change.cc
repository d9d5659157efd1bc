#include "change.h"

#include <ledger/payload.h>

#include "lists.h"

namespace visit::change {
namespace {

using kernel::Json;
using ledger::day_in;
using ledger::word;

// What version 2 has besides; each only where it says something.
void set_more(Json& facts, const Recorded& c) {
    facts.set("mode", name(*c.mode));
    if (c.until) facts.set("until", kernel::iso(*c.until));
    if (c.plan) facts.set("plan", c.plan->value());
    if (!c.voices.empty()) facts.set("voices", numbers(c.voices));
    if (!c.measures.empty()) facts.set("measures", numbers(c.measures));
    if (c.origin) facts.set("origin", kernel::hex(*c.origin));
    if (c.groups.empty()) return;
    Json groups;
    for (const Met& met : c.groups) groups.set(std::string(name(met.group)), met.n);
    facts.set("groups", std::move(groups));
}

ledger::Draft draft_of(const Recorded& c, std::int64_t index) {
    Json facts = Json::Object{{"by", c.by.value()}, {"cycle", c.cycle.value()},   {"day", kernel::iso(c.day)},
                              {"lang", c.lang},     {"may_decide", c.may_decide}, {"met", c.met},
                              {"sample", c.sample}, {"unit", c.unit.value()}};
    if (c.issue) facts.set("issue", c.issue->value());
    if (c.mode) set_more(facts, c);
    ledger::Draft d = ledger::draft(
        recorded_kind, index, std::move(facts),
        Json::Object{{"heard", c.heard}, {"posts", c.posts}, {"promised", c.promised}, {"where", c.where}});
    if (c.mode) d.v = 2;
    if (c.issue) d.parent = c.issue->value();
    return d;
}

ledger::Draft draft_of(const ReportedBack& c, std::int64_t) {
    return ledger::draft(reported_back_kind, c.visit.value(),
                         Json::Object{{"by", c.by.value()}, {"day", kernel::iso(c.day)}},
                         Json::Object{{"what", c.what}});
}

ledger::Draft draft_of(const Corrected& c, std::int64_t) {
    return ledger::draft(
        corrected_kind, c.visit.value(),
        Json::Object{
            {"by", c.by.value()}, {"day", kernel::iso(c.to.day)}, {"may_decide", c.to.may_decide}, {"met", c.to.met}},
        Json::Object{{"reason", c.reason}});
}

ledger::Draft draft_of(const Linked& c, std::int64_t) {
    return ledger::draft(
        linked_kind, c.visit.value(),
        Json::Object{{"by", c.by.value()}, {"measures", numbers(c.to.measures)}, {"voices", numbers(c.to.voices)}},
        Json::Object{{"reason", c.reason}});
}

ledger::Draft draft_of(const Planned& c, std::int64_t index) {
    Json facts = Json::Object{{"announced", c.announced},  {"by", c.by.value()},    {"cycle", c.cycle.value()},
                              {"day", kernel::iso(c.day)}, {"lang", c.lang},        {"made", kernel::iso(c.made)},
                              {"sample", c.sample},        {"unit", c.unit.value()}};
    if (c.issue) facts.set("issue", c.issue->value());
    ledger::Draft d = ledger::draft(planned_kind, index, std::move(facts),
                                    Json::Object{{"posts", c.posts}, {"where", c.where}, {"why", c.why}});
    if (c.issue) d.parent = c.issue->value();
    return d;
}

ledger::Draft draft_of(const CalledOff& c, std::int64_t) {
    return ledger::draft(called_off_kind, c.plan.value(), Json::Object{{"by", c.by.value()}},
                         Json::Object{{"reason", c.reason}});
}

template <class Id>
std::optional<Id> maybe_id(const ledger::Entry& entry, std::string_view member) {
    const auto n = ledger::maybe_integer(entry, member);
    return n ? std::optional(Id(*n)) : std::nullopt;
}

std::vector<Met> groups_in(const ledger::Entry& entry) {
    std::vector<Met> all;
    const Json& groups = entry.facts["groups"];
    if (groups.is_null()) return all;
    for (Group group : all_groups)
        if (!groups[name(group)].is_null()) all.push_back({group, groups.need_integer(name(group))});
    if (!groups.object() || groups.object()->size() != all.size()) ledger::unreadable(entry, "no groups");
    return all;
}

std::optional<kernel::Hash> origin_in(const ledger::Entry& entry) {
    if (entry.facts["origin"].is_null()) return std::nullopt;
    const auto bytes = kernel::parse_hex(entry.facts.need_string("origin"));
    kernel::Hash hash{};
    if (!bytes || bytes->size() != hash.size()) ledger::unreadable(entry, "no origin");
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    return hash;
}

Recorded recorded_in(const ledger::Entry& entry, people::OfficerId by) {
    if (entry.v != 1 && entry.v != 2) ledger::need_version(entry, 2);
    Recorded c;
    c.cycle = people::CycleId(entry.facts.need_integer("cycle"));
    c.unit = people::UnitId(entry.facts.need_integer("unit"));
    c.day = day_in(entry, "day");
    c.met = entry.facts.need_integer("met");
    c.may_decide = entry.facts.need_boolean("may_decide");
    c.posts = word(entry, "posts"), c.where = word(entry, "where");
    c.heard = word(entry, "heard"), c.promised = word(entry, "promised");
    c.lang = entry.facts.need_string("lang");
    c.sample = entry.facts.need_boolean("sample");
    c.by = by;
    if (entry.v == 1) {
        c.issue = issue::IssueId(entry.facts.need_integer("issue"));
        return c;
    }
    c.issue = maybe_id<issue::IssueId>(entry, "issue");
    c.mode = ledger::readable(entry, parse_mode(entry.facts.need_string("mode")), "no mode");
    c.until = ledger::maybe_day(entry, "until");
    c.plan = maybe_id<PlanId>(entry, "plan");
    c.groups = groups_in(entry);
    c.voices = ids_in<voice::VoiceId>(entry, "voices");
    c.measures = ids_in<measure::MeasureId>(entry, "measures");
    c.origin = origin_in(entry);
    return c;
}

Planned planned_in(const ledger::Entry& entry, people::OfficerId by) {
    Planned c;
    c.issue = maybe_id<issue::IssueId>(entry, "issue");
    c.cycle = people::CycleId(entry.facts.need_integer("cycle"));
    c.unit = people::UnitId(entry.facts.need_integer("unit"));
    c.made = day_in(entry, "made"), c.day = day_in(entry, "day");
    c.announced = entry.facts.need_boolean("announced");
    c.posts = word(entry, "posts"), c.where = word(entry, "where"), c.why = word(entry, "why");
    c.lang = entry.facts.need_string("lang");
    c.sample = entry.facts.need_boolean("sample");
    c.by = by;
    return c;
}

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const ledger::Entry& entry) {
    const people::OfficerId by(entry.facts.need_integer("by"));
    if (entry.kind == recorded_kind) return recorded_in(entry, by);
    ledger::need_version(entry, 1);
    if (entry.kind == reported_back_kind)
        return ReportedBack{VisitId(entry.subject), day_in(entry, "day"), word(entry, "what"), by};
    if (entry.kind == corrected_kind)
        return Corrected{
            VisitId(entry.subject),
            {day_in(entry, "day"), entry.facts.need_integer("met"), entry.facts.need_boolean("may_decide")},
            word(entry, "reason"),
            by};
    if (entry.kind == linked_kind)
        return Linked{VisitId(entry.subject),
                      {ids_in<voice::VoiceId>(entry, "voices"), ids_in<measure::MeasureId>(entry, "measures")},
                      word(entry, "reason"),
                      by};
    if (entry.kind == planned_kind) return planned_in(entry, by);
    if (entry.kind == called_off_kind) return CalledOff{PlanId(entry.subject), word(entry, "reason"), by};
    ledger::unreadable(entry, "no kind of visits");
}

}  // namespace visit::change

#include "change.h"

#include <ledger/payload.h>

namespace visit::change {
namespace {

using kernel::Json;
using ledger::day_in;
using ledger::word;

ledger::Draft draft_of(const Recorded& c, std::int64_t index) {
    ledger::Draft d = ledger::draft(
        recorded_kind, index,
        Json::Object{{"by", c.by.value()},
                     {"cycle", c.cycle.value()},
                     {"day", kernel::iso(c.day)},
                     {"issue", c.issue.value()},
                     {"lang", c.lang},
                     {"may_decide", c.may_decide},
                     {"met", c.met},
                     {"sample", c.sample},
                     {"unit", c.unit.value()}},
        Json::Object{{"heard", c.heard}, {"posts", c.posts}, {"promised", c.promised}, {"where", c.where}});
    d.parent = c.issue.value();
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

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const ledger::Entry& entry) {
    ledger::need_version(entry, 1);
    const people::OfficerId by(entry.facts.need_integer("by"));
    if (entry.kind == recorded_kind) {
        Recorded c;
        c.issue = issue::IssueId(entry.facts.need_integer("issue"));
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
        return c;
    }
    if (entry.kind == reported_back_kind)
        return ReportedBack{VisitId(entry.subject), day_in(entry, "day"), word(entry, "what"), by};
    if (entry.kind == corrected_kind)
        return Corrected{
            VisitId(entry.subject),
            {day_in(entry, "day"), entry.facts.need_integer("met"), entry.facts.need_boolean("may_decide")},
            word(entry, "reason"),
            by};
    ledger::unreadable(entry, "no kind of visits");
}

}  // namespace visit::change

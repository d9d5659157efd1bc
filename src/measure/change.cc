#include "change.h"

#include <ledger/payload.h>

namespace measure::change {
namespace {

using kernel::Json;
using ledger::day_in;
using ledger::Entry;
using ledger::maybe_day;
using ledger::readable;
using ledger::unreadable;
using ledger::word;

// ---- writing -------------------------------------------------------------------------------------------------------

ledger::Draft about(std::string_view kind, MeasureId measure, Json facts, std::optional<Json> words) {
    return ledger::draft(kind, measure.value(), std::move(facts), std::move(words));
}

Json reason(const std::string& text) { return Json::Object{{"reason", text}}; }

ledger::Draft draft_of(const Adopted& c, std::int64_t index) {
    const Draft& p = c.promised;
    Json facts = Json::Object{{"baseline", p.indicator.baseline.text()},
                              {"by", c.by.value()},
                              {"criterion", p.criterion.value()},
                              {"cycle", p.cycle.value()},
                              {"due", kernel::iso(p.due)},
                              {"kind", std::string(name(p.kind))},
                              {"lang", p.lang},
                              {"owner", p.owner.value()},
                              {"sample", p.sample},
                              {"target", p.indicator.target.text()},
                              {"unit", p.owner_unit.value()}};
    if (p.issue) facts.set("issue", p.issue->value());
    if (c.motion) facts.set("motion", *c.motion);
    if (p.voice) facts.set("voice", p.voice->value());
    Json words = Json::Object{{"beneficiaries", p.beneficiaries},
                              {"indicator", p.indicator.name},
                              {"indicator_unit", p.indicator.unit},
                              {"remedy", p.remedy},
                              {"text", p.text},
                              {"title", p.title},
                              {"worse_off", p.worse_off}};
    ledger::Draft d = ledger::draft(adopted_kind, index, std::move(facts), std::move(words));
    d.parent = c.motion;
    if (p.voice) d.v = 2;
    return d;
}

ledger::Draft draft_of(const Reported& c, std::int64_t) {
    Json facts =
        Json::Object{{"by", c.by.value()}, {"day", kernel::iso(c.day)}, {"done", c.done}, {"percent", c.percent}};
    if (c.value) facts.set("value", c.value->text());
    if (c.done) facts.set("late", c.late_days).set("nobody", c.nobody_independent);
    return about(reported_kind, c.measure, std::move(facts), Json::Object{{"evidence", c.evidence}, {"text", c.text}});
}

ledger::Draft draft_of(const Verified& c, std::int64_t) {
    return about(verified_kind, c.measure, Json::Object{{"by", c.by.value()}, {"confirmed", c.confirmed}},
                 Json::Object{{"finding", c.words}});
}

ledger::Draft draft_of(const Extended& c, std::int64_t) {
    return about(extended_kind, c.measure,
                 Json::Object{{"by", c.by.value()}, {"due", kernel::iso(c.due)}, {"from", kernel::iso(c.from)}},
                 reason(c.reason));
}

ledger::Draft draft_of(const Retargeted& c, std::int64_t) {
    return about(retargeted_kind, c.measure,
                 Json::Object{{"by", c.by.value()}, {"from", c.from.text()}, {"target", c.to.text()}},
                 reason(c.reason));
}

ledger::Draft draft_of(const Reassigned& c, std::int64_t) {
    Json facts = Json::Object{{"by", c.by.value()},
                              {"from_owner", c.from.owner.value()},
                              {"from_unit", c.from.unit.value()},
                              {"owner", c.to.owner.value()},
                              {"unit", c.to.unit.value()}};
    return about(reassigned_kind, c.measure, std::move(facts), reason(c.reason));
}

ledger::Draft draft_of(const Reworded& c, std::int64_t) {
    Json words = Json::Object{{"beneficiaries", c.to.beneficiaries},
                              {"reason", c.reason},
                              {"remedy", c.to.remedy},
                              {"text", c.to.text},
                              {"title", c.to.title},
                              {"worse_off", c.to.worse_off}};
    return about(reworded_kind, c.measure, Json::Object{{"by", c.by.value()}}, std::move(words));
}

ledger::Draft draft_of(const Late& c, std::int64_t) {
    return about(late_kind, c.measure,
                 Json::Object{{"days", c.days}, {"due", kernel::iso(c.due)}, {"next", kernel::iso(c.next)}}, {});
}

ledger::Draft draft_of(const Absent& c, std::int64_t) {
    return about(absent_kind, c.measure, Json::Object{{"by", c.by.value()}}, reason(c.reason));
}

ledger::Draft draft_of(const Judged& c, std::int64_t) {
    Json facts = Json::Object{{"accepted", c.accepted}, {"nobody", c.nobody_independent}, {"review", c.review}};
    if (c.due) facts.set("due", kernel::iso(*c.due));
    ledger::Draft d = about(judged_kind, c.measure, std::move(facts), {});
    d.parent = c.review;
    return d;
}

ledger::Draft draft_of(const Closed& c, std::int64_t) {
    return about(closed_kind, c.measure, Json::Object{{"by", c.by.value()}, {"look_back", kernel::iso(c.look_back)}},
                 reason(c.words));
}

ledger::Draft draft_of(const LookedBack& c, std::int64_t) {
    Json facts = Json::Object{{"by", c.by.value()}, {"held", c.held}};
    if (c.due) facts.set("due", kernel::iso(*c.due));
    if (!c.look) return about(looked_back_kind, c.measure, std::move(facts), Json::Object{{"finding", c.words}});
    facts.set("look", *c.look);
    ledger::Draft d = about(looked_back_kind, c.measure, std::move(facts), {});
    d.v = 2, d.parent = c.look;
    return d;
}

// ---- reading -------------------------------------------------------------------------------------------------------

bool has(const Entry& e, std::string_view member) { return !e.facts[member].is_null(); }
int number(const Entry& e, std::string_view member) { return static_cast<int>(e.facts.need_integer(member)); }
people::OfficerId by(const Entry& e) { return people::OfficerId(e.facts.need_integer("by")); }

Decimal decimal(const Entry& e, std::string_view member) {
    return readable(e, Decimal::parse(e.facts.need_string(member)), "no decimal in " + std::string(member));
}

Adopted adopted(const Entry& e) {
    Adopted c;
    Draft& p = c.promised;
    p.cycle = people::CycleId(e.facts.need_integer("cycle"));
    if (has(e, "issue")) p.issue = issue::IssueId(e.facts.need_integer("issue"));
    p.criterion = cycle::CriterionId(e.facts.need_integer("criterion"));
    p.kind = readable(e, parse_kind(e.facts.need_string("kind")), "unknown kind of measure");
    p.lang = e.facts.need_string("lang");
    p.owner_unit = people::UnitId(e.facts.need_integer("unit"));
    p.owner = people::OfficerId(e.facts.need_integer("owner"));
    p.indicator = {word(e, "indicator"), word(e, "indicator_unit"), decimal(e, "baseline"), decimal(e, "target")};
    p.due = day_in(e, "due");
    p.sample = e.facts.need_boolean("sample");
    if (e.v == 2) p.voice = voice::VoiceId(e.facts.need_integer("voice"));
    p.title = word(e, "title"), p.text = word(e, "text");
    p.beneficiaries = word(e, "beneficiaries"), p.worse_off = word(e, "worse_off"), p.remedy = word(e, "remedy");
    c.motion = ledger::maybe_integer(e, "motion");
    c.by = by(e);
    return c;
}

Reported reported(const Entry& e) {
    Reported c;
    c.measure = MeasureId(e.subject);
    c.done = e.facts.need_boolean("done");
    c.day = day_in(e, "day");
    c.percent = number(e, "percent");
    if (has(e, "value")) c.value = decimal(e, "value");
    if (c.done) c.late_days = number(e, "late"), c.nobody_independent = e.facts.need_boolean("nobody");
    c.by = by(e);
    c.text = word(e, "text"), c.evidence = word(e, "evidence");
    return c;
}

Reassigned reassigned(const Entry& e) {
    const Owned from{people::UnitId(e.facts.need_integer("from_unit")),
                     people::OfficerId(e.facts.need_integer("from_owner"))};
    const Owned to{people::UnitId(e.facts.need_integer("unit")), people::OfficerId(e.facts.need_integer("owner"))};
    return {MeasureId(e.subject), from, to, by(e), word(e, "reason")};
}

Reworded reworded(const Entry& e) {
    Wording to{word(e, "title"), word(e, "text"), word(e, "beneficiaries"), word(e, "worse_off"), word(e, "remedy")};
    return {MeasureId(e.subject), std::move(to), by(e), word(e, "reason")};
}

LookedBack looked_back(const Entry& e) {
    LookedBack c{
        MeasureId(e.subject), e.facts.need_boolean("held"), maybe_day(e, "due"), by(e), word(e, "finding"), {}};
    if (e.v == 2) c.look = e.facts.need_integer("look");
    return c;
}

Judged judged(const Entry& e) {
    return {MeasureId(e.subject), e.facts.need_integer("review"), e.facts.need_boolean("accepted"),
            e.facts.need_boolean("nobody"), maybe_day(e, "due")};
}

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const Entry& e) {
    const bool has_second = e.kind == adopted_kind || e.kind == looked_back_kind;
    if (!has_second || e.v != 2) ledger::need_version(e, 1);
    const MeasureId id(e.subject);
    if (e.kind == adopted_kind) return adopted(e);
    if (e.kind == reported_kind) return reported(e);
    if (e.kind == verified_kind) return Verified{id, e.facts.need_boolean("confirmed"), by(e), word(e, "finding")};
    if (e.kind == extended_kind) return Extended{id, day_in(e, "from"), day_in(e, "due"), by(e), word(e, "reason")};
    if (e.kind == retargeted_kind)
        return Retargeted{id, decimal(e, "from"), decimal(e, "target"), by(e), word(e, "reason")};
    if (e.kind == reassigned_kind) return reassigned(e);
    if (e.kind == reworded_kind) return reworded(e);
    if (e.kind == late_kind) return Late{id, day_in(e, "due"), number(e, "days"), day_in(e, "next")};
    if (e.kind == absent_kind) return Absent{id, by(e), word(e, "reason")};
    if (e.kind == judged_kind) return judged(e);
    if (e.kind == closed_kind) return Closed{id, day_in(e, "look_back"), by(e), word(e, "reason")};
    if (e.kind == looked_back_kind) return looked_back(e);
    unreadable(e, "no kind of measures");
}

}  // namespace measure::change

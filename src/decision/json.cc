// Bodies, sittings and motions as the API gives them: in lists without who sits and who is on the roll.
#include "pages.h"
#include "store.h"

namespace decision {
namespace {

using kernel::Json;

Json seated_json(const Member& m) {
    return Json::Object{{"chair", m.chair}, {"member", m.officer.value()}, {"name", m.name}};
}

Json promise_json(const measure::Draft& m) {
    Json j = Json::Object{{"kind", measure::name(m.kind)},
                          {"title", m.title},
                          {"text", m.text},
                          {"lang", m.lang},
                          {"owner_unit", m.owner_unit.value()},
                          {"owner", m.owner.value()},
                          {"due", kernel::iso(m.due)},
                          {"beneficiaries", m.beneficiaries},
                          {"worse_off", m.worse_off},
                          {"remedy", m.remedy}};
    j.set("criterion", m.criterion ? Json(m.criterion.value()) : Json());
    return j.set("indicator", Json::Object{{"name", m.indicator.name},
                                           {"unit", m.indicator.unit},
                                           {"baseline", m.indicator.baseline.text()},
                                           {"target", m.indicator.target.text()}});
}

}  // namespace

Json brief_json(const Body& b) {
    return Json::Object{{"id", b.id.value()}, {"name", b.name},     {"unit", b.unit.value()},
                        {"seats", b.seats},   {"filled", b.filled}, {"rules", as_json(b.rules)},
                        {"sample", b.sample}};
}

Json as_json(db::Connection& db, const Body& b) {
    Json::Array seated;
    for (const Member& m : members(db, b.id)) seated.push_back(seated_json(m));
    Json::Array clerks;
    for (people::OfficerId each : b.clerks) clerks.emplace_back(each.value());
    return brief_json(b).set("members", std::move(seated)).set("clerks", std::move(clerks));
}

Json brief_json(const Sitting& s) {
    return Json::Object{{"id", s.id.value()},         {"body", s.body.value()},    {"cycle", s.cycle.value()},
                        {"state", name(s.state)},     {"day", kernel::iso(s.day)}, {"where", s.where},
                        {"rules", as_json(s.frozen)}, {"seats", s.seats},          {"filled", s.roll},
                        {"present", s.present},       {"quorum", s.quorum},        {"sample", s.sample}};
}

Json as_json(db::Connection& db, const Sitting& s) {
    Json::Array on_roll, agenda;
    for (const Member& m : roll(db, s.id)) on_roll.push_back(seated_json(m).set("present", m.present));
    for (const Motion& m : motions(db, s.id)) agenda.emplace_back(m.id.value());
    return brief_json(s)
        .set("roll", std::move(on_roll))
        .set("motions", std::move(agenda))
        .set("minutes", s.minutes.empty() ? Json() : Json(s.minutes));
}

// Nothing of any vote before the count.
Json as_json(db::Connection& db, const Motion& m) {
    Json::Array measures, votes, voters;
    for (const measure::Draft& draft : m.measures) measures.push_back(promise_json(draft));
    Json j = Json::Object{{"id", m.id.value()},       {"sitting", m.sitting.value()},
                          {"issue", m.issue.value()}, {"kind", name(m.kind)},
                          {"title", m.title},         {"reason", m.reason},
                          {"lang", m.lang},           {"secret", m.secret},
                          {"state", name(m.state)},   {"sample", m.sample}};
    j.set("measures", std::move(measures)).set("tally", Json()).set("outcome", Json());
    if (m.state == MotionState::tabled || m.state == MotionState::voting) return j;
    j.set("tally", Json::Object{{"abstain", m.tally.abstain}, {"no", m.tally.no}, {"yes", m.tally.yes}});
    j.set("outcome", Json::Object{{"base", m.outcome.base},
                                  {"carried", m.outcome.carried},
                                  {"needed", m.outcome.needed},
                                  {"quorum", m.outcome.quorum}});
    for (const Cast& c : named_votes(db, m.id))
        votes.push_back(Json::Object{{"member", c.voter.value()}, {"remark", c.remark}, {"vote", name(c.vote)}});
    if (!m.secret) return j.set("votes", std::move(votes));
    for (people::OfficerId id : secret_voters(db, m.id)) voters.emplace_back(id.value());
    return j.set("voters", std::move(voters));
}

}  // namespace decision

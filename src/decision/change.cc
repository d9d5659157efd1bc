#include "change.h"

#include <ledger/payload.h>

namespace decision::change {
namespace {

using kernel::Json;
using ledger::unreadable;
using ledger::word;

ledger::Draft start(std::string_view kind, std::int64_t subject, people::OfficerId by, Json facts) {
    facts.set("by", by.value());
    return ledger::draft(kind, subject, std::move(facts));
}

ledger::Draft draft_of(const SetUp& c, std::int64_t index) {
    auto d = start(
        set_up_kind, index, c.by,
        Json::Object{{"rules", as_json(c.rules)}, {"sample", c.sample}, {"seats", c.seats}, {"unit", c.unit.value()}});
    d.words = Json::Object{{"name", c.name}};
    return d;
}
ledger::Draft draft_of(const RulesSet& c, std::int64_t) {
    auto d = start(rules_set_kind, c.body.value(), c.by, Json::Object{{"rules", as_json(c.rules)}});
    d.words = Json::Object{{"reason", c.reason}};
    return d;
}
ledger::Draft draft_of(const Seated& c, std::int64_t) {
    auto d = start(seated_kind, c.body.value(), c.by,
                   Json::Object{{"chair", c.member.chair}, {"member", c.member.officer.value()}});
    d.words = Json::Object{{"name", c.member.name}};
    return d;
}
ledger::Draft draft_of(const Unseated& c, std::int64_t) {
    auto d = start(unseated_kind, c.body.value(), c.by, Json::Object{{"member", c.member.value()}});
    d.words = Json::Object{{"reason", c.reason}};
    return d;
}
ledger::Draft draft_of(const ClerksNamed& c, std::int64_t) {
    Json::Array clerks;
    for (people::OfficerId each : c.clerks) clerks.emplace_back(each.value());
    auto d = start(clerks_named_kind, c.body.value(), c.by, Json::Object{{"clerks", std::move(clerks)}});
    d.words = Json::Object{{"reason", c.reason}};
    return d;
}
ledger::Draft draft_of(const Called& c, std::int64_t index) {
    Json::Array roll, names;
    for (const Member& m : c.roll) {
        roll.push_back(Json::Object{{"chair", m.chair}, {"member", m.officer.value()}});
        names.emplace_back(m.name);
    }
    auto d = start(called_kind, index, c.by,
                   Json::Object{{"body", c.body.value()},
                                {"cycle", c.cycle.value()},
                                {"day", kernel::iso(c.day)},
                                {"roll", std::move(roll)},
                                {"rules", as_json(c.frozen)},
                                {"sample", c.sample},
                                {"seats", c.seats}});
    d.words = Json::Object{{"names", std::move(names)}, {"where", c.where}};
    return d;
}
ledger::Draft draft_of(const Tabled& c, std::int64_t index) {
    const MotionDraft& m = c.draft;
    auto d = start(tabled_kind, index, c.by,
                   Json::Object{{"issue", m.issue.value()},
                                {"kind", name(m.kind)},
                                {"lang", m.lang},
                                {"measures", measure_facts(m.measures)},
                                {"sample", c.sample},
                                {"secret", m.secret},
                                {"sitting", c.sitting.value()}});
    d.words = Json::Object{{"measures", measure_words(m.measures)}, {"reason", m.reason}, {"title", m.title}};
    return d;
}
ledger::Draft draft_of(const Stepped& c, std::int64_t) {
    constexpr std::string_view names[] = {"agenda", "open", "signed"};
    return start(stepped_kind, c.sitting.value(), c.by,
                 Json::Object{{"state", names[static_cast<std::size_t>(c.step)]}});
}
ledger::Draft draft_of(const Attended& c, std::int64_t) {
    return start(attended_kind, c.sitting.value(), c.by, Json::Object{{"here", c.here}, {"member", c.member.value()}});
}
ledger::Draft draft_of(const Put& c, std::int64_t) { return start(put_kind, c.motion.value(), c.by, Json::Object{}); }
ledger::Draft draft_of(const Voted& c, std::int64_t) {
    auto d = start(voted_kind, c.motion.value(), c.by, Json::Object{{"vote", name(c.vote)}});
    d.words = Json::Object{{"remark", c.remark}};
    return d;
}
ledger::Draft draft_of(const Counted& c, std::int64_t) {
    Json facts = Json::Object{
        {"base", c.outcome.base}, {"needed", c.outcome.needed}, {"quorum", c.outcome.quorum}, {"state", name(c.state)}};
    facts.set("tally", Json::Object{{"abstain", c.tally.abstain}, {"no", c.tally.no}, {"yes", c.tally.yes}});
    if (!c.voters.empty()) {
        Json::Array voters, ballots;
        for (people::OfficerId voter : c.voters) voters.emplace_back(voter.value());
        for (const auto& [vote, n] :
             {std::pair{Vote::abstain, c.tally.abstain}, {Vote::no, c.tally.no}, {Vote::yes, c.tally.yes}})
            for (std::int64_t i = 0; i < n; ++i) ballots.emplace_back(name(vote));
        facts.set("voters", std::move(voters)).set("ballots", std::move(ballots));
    }
    return start(counted_kind, c.motion.value(), c.by, std::move(facts));
}
ledger::Draft draft_of(const Minuted& c, std::int64_t) {
    auto d = start(minuted_kind, c.sitting.value(), c.by, Json::Object{});
    d.words = Json::Object{{"text", c.text}};
    return d;
}

ClerksNamed clerks_of(const ledger::Entry& entry, people::OfficerId by) {
    ClerksNamed c{BodyId(entry.subject), {}, word(entry, "reason"), by};
    for (const Json& one : entry.facts.need_array("clerks"))
        c.clerks.emplace_back(ledger::readable(entry, one.integer() ? std::optional(*one.integer()) : std::nullopt,
                                               "a clerk that is no officer"));
    return c;
}

Called called_of(const ledger::Entry& entry, people::OfficerId by) {
    const Json& f = entry.facts;
    Called c{BodyId(f.need_integer("body")),
             people::CycleId(f.need_integer("cycle")),
             ledger::day_in(entry, "day"),
             word(entry, "where"),
             f.need_integer("seats"),
             rules_of(f["rules"]),
             {},
             f.need_boolean("sample"),
             by};
    for (const Json& one : f.need_array("roll")) {
        Member m{people::OfficerId(one.need_integer("member")), "", one.need_boolean("chair"), false};
        if (entry.words) m.name = *entry.words->need_array("names").at(c.roll.size()).string();
        c.roll.push_back(std::move(m));
    }
    return c;
}

Tabled tabled_of(const ledger::Entry& entry, people::OfficerId by) {
    const Json& f = entry.facts;
    Tabled c{SittingId(f.need_integer("sitting")), {}, f.need_boolean("sample"), by};
    MotionDraft& m = c.draft;
    m.issue = issue::IssueId(f.need_integer("issue"));
    m.kind = f.need_string("kind") == "refuse" ? MotionKind::refuse : MotionKind::adopt_measures;
    m.title = word(entry, "title"), m.reason = word(entry, "reason"), m.lang = f.need_string("lang");
    m.secret = f.need_boolean("secret");
    m.measures = measures_of(f["measures"], entry.words ? &(*entry.words)["measures"] : nullptr);
    return c;
}

Counted counted_of(const ledger::Entry& entry, people::OfficerId by) {
    const Json& f = entry.facts;
    Counted c;
    c.motion = MotionId(entry.subject);
    c.tally = {f["tally"].need_integer("yes"), f["tally"].need_integer("no"), f["tally"].need_integer("abstain")};
    const std::string& state = f.need_string("state");
    c.state = state == "carried" ? MotionState::carried : state == "lost" ? MotionState::lost : MotionState::no_quorum;
    c.outcome = {f.need_boolean("quorum"), c.state == MotionState::carried, f.need_integer("base"),
                 f.need_integer("needed")};
    if (const auto* voters = f["voters"].array())
        for (const Json& one : *voters)
            if (one.integer()) c.voters.emplace_back(*one.integer());
    c.by = by;
    return c;
}

Step step_of(const ledger::Entry& entry) {
    const std::string& state = entry.facts.need_string("state");
    if (state == "agenda") return Step::agenda;
    if (state == "open") return Step::open;
    if (state == "signed") return Step::signed_;
    unreadable(entry, "unknown state of a sitting");
}

}  // namespace

ledger::Draft encode(const Change& change, std::int64_t index) {
    return std::visit([&](const auto& c) { return draft_of(c, index); }, change);
}

Change decode(const ledger::Entry& entry) {
    ledger::need_version(entry, 1);
    const Json& f = entry.facts;
    const people::OfficerId by(f.need_integer("by"));
    const std::string& kind = entry.kind;
    if (kind == set_up_kind)
        return SetUp{word(entry, "name"),      people::UnitId(f.need_integer("unit")),
                     f.need_integer("seats"),  rules_of(f["rules"]),
                     f.need_boolean("sample"), by};
    if (kind == rules_set_kind) return RulesSet{BodyId(entry.subject), rules_of(f["rules"]), word(entry, "reason"), by};
    if (kind == seated_kind)
        return Seated{
            BodyId(entry.subject),
            {people::OfficerId(f.need_integer("member")), word(entry, "name"), f.need_boolean("chair"), false},
            by};
    if (kind == unseated_kind)
        return Unseated{BodyId(entry.subject), people::OfficerId(f.need_integer("member")), word(entry, "reason"), by};
    if (kind == clerks_named_kind) return clerks_of(entry, by);
    if (kind == called_kind) return called_of(entry, by);
    if (kind == tabled_kind) return tabled_of(entry, by);
    if (kind == stepped_kind) return Stepped{SittingId(entry.subject), step_of(entry), by};
    if (kind == attended_kind)
        return Attended{SittingId(entry.subject), people::OfficerId(f.need_integer("member")), f.need_boolean("here"),
                        by};
    if (kind == put_kind) return Put{MotionId(entry.subject), by};
    if (kind == voted_kind)
        return Voted{MotionId(entry.subject),
                     ledger::readable(entry, parse_vote(f.need_string("vote")), "unknown vote"), word(entry, "remark"),
                     by};
    if (kind == counted_kind) return counted_of(entry, by);
    if (kind == minuted_kind) return Minuted{SittingId(entry.subject), word(entry, "text"), by};
    unreadable(entry, "no kind of decisions");
}

}  // namespace decision::change

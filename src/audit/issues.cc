// Issues with the messages and statements gathered into them, and the visits that were paid because of them.
#include <stdexcept>

#include "world.h"

namespace audit {
namespace {

void gather(World& w, const Event& e, Issue& issue) {
    const bool in = e.flag("in");
    for (const auto& [member, all] : {std::pair{"voices", &issue.voices}, {"statements", &issue.statements}})
        for (const Json& one : e.facts.need_array(member)) {
            const Index id = one.integer() ? *one.integer() : 0;
            const bool there = std::string_view(member) == "voices" ? w.cases.contains(id) : w.statements.contains(id);
            const bool moved = in ? all->insert(id).second : all->erase(id) == 1;
            if (!there || !moved)
                w.fault("issue", e.subject, e.index,
                        (in ? "number " : "takes out number ") + std::to_string(id) + " of its " + member +
                            (there ? (in ? " is counted twice" : ", which was not in it") : " is none"));
        }
}

// What a body decided must be what its motion came to.
void check_decided(World& w, const Event& e, std::string_view to) {
    const Index by = e.has("because") ? e.integer("because") : 0;
    const auto found = w.motions.find(by);
    if (found == w.motions.end() || found->second.state != "carried" || found->second.issue != e.subject ||
        found->second.refusal != (to == "refused"))
        w.fault("issue", e.subject, e.index,
                std::string(to) + " by motion " + std::to_string(by) + ", which was not carried for that");
}

// Every measure of it was accepted.
void check_resolved(World& w, const Event& e) {
    for (const auto& [id, m] : w.measures)
        if (m.issue == e.subject && m.state != "accepted" && m.state != "closed")
            w.fault("issue", e.subject, e.index,
                    "resolved, and its measure " + std::to_string(id) + " is " + std::string(m.state));
}

// Out of a closed round into one that inherits it, undecided, and in the state it was in.
void carry(World& w, const Event& e, Issue& issue) {
    const Index next = e.integer("because");
    known(w.rounds, next, "round");
    const auto wrong = [&](const std::string& what) {
        w.fault("issue", e.subject, e.index, "carried over into round " + std::to_string(next) + ", " + what);
    };
    if (issue.state != "suggested" && issue.state != "confirmed" && issue.state != "before_body")
        wrong("and it was " + std::string(issue.state));
    if (known(w.rounds, issue.round, "round").phase != "closed")
        wrong("and round " + std::to_string(issue.round) + " is not closed");
    Index before = known(w.rounds, next, "round").inherits;
    while (before > issue.round) before = known(w.rounds, before, "round").inherits;
    if (before != issue.round || before == 0) wrong("which does not inherit round " + std::to_string(issue.round));
    issue.carried.push_back({issue.round, next, e.index});
    issue.round = next;
}

// A message says what its author would do: once for an issue, while it is asked.
void advise(World& w, const Event& e, Issue& issue) {
    const Index id = e.integer("voice");
    const auto wrong = [&](const char* what) {
        w.fault("issue", e.subject, e.index, "advice of message " + std::to_string(id) + what);
    };
    if (!w.cases.contains(id)) wrong(", which is none");
    if (!issue.advice.insert(id).second) wrong(" is counted twice");
    if (issue.state != "confirmed" && issue.state != "before_body" && issue.state != "adopted")
        wrong(", which was not asked for");
}

void move(World& w, const Event& e, Issue& issue) {
    const std::string_view to = one_of(issue_states, e.string("state"));
    if (to == "carried_over") return carry(w, e, issue);
    if (to == "adopted" || to == "refused") check_decided(w, e, to);
    if (to == "resolved") check_resolved(w, e);
    issue.state = to;
}

}  // namespace

void take_issue(World& w, const Event& e) {
    if (e.kind == "issue.suggested") {
        Issue issue;
        issue.round = e.integer("cycle"), issue.touched = e.index;
        w.issues[e.index] = std::move(issue);
        return;
    }
    Issue& issue = known(w.issues, e.subject, "issue");
    issue.touched = e.index;
    if (e.kind == "issue.gathered") return gather(w, e, issue);
    if (e.kind == "issue.advised") return advise(w, e, issue);
    move(w, e, issue);
}

void take_visit(World& w, const Event& e) {
    const bool recorded = e.kind == "visit.recorded";
    Visit v;
    if (recorded)
        v = {e.has("issue") ? e.integer("issue") : 0, e.integer("cycle"), 0, false};
    else
        v = known(w.visits, e.subject, "visit");
    const Visit before = v;
    v.met = e.integer("met"), v.may_decide = e.flag("may_decide");
    w.visits[recorded ? e.index : e.subject] = v;
    if (v.issue == 0) return;  // about none
    Issue& issue = known(w.issues, v.issue, "issue");
    issue.visits += recorded, issue.met += v.met - before.met;
    issue.by_deciders += Index{v.may_decide} - Index{before.may_decide};
    issue.touched = e.index;
}

Json figures_of(const World&, Index id, const Issue& i) {
    Json::Array carried;
    for (const Carried& c : i.carried)
        carried.emplace_back(Json::Object{{"from", c.from}, {"to", c.to}, {"entry", c.entry}});
    return Json::Object{{"id", id},
                        {"cycle", i.round},
                        {"state", i.state},
                        {"voices", i.voices.size()},
                        {"statements", i.statements.size()},
                        {"carried", std::move(carried)},
                        {"advice", Json::Object{{"messages", i.advice.size()}}},
                        {"visits", Json::Object{{"by_deciders", i.by_deciders}, {"met", i.met}, {"visits", i.visits}}}};
}

}  // namespace audit

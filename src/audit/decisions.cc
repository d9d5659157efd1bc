// Bodies, sittings and motions: who was there, who voted how, and what follows by the rules that were frozen at the
// call.
#include <algorithm>
#include <stdexcept>

#include "world.h"

namespace audit {
namespace {

__extension__ using Wide = __int128;

constexpr std::array<std::string_view, 3> votes = {"yes", "no", "abstain"};
constexpr std::array<std::string_view, 3> outcomes = {"carried", "lost", "no_quorum"};

Index whole_of(const std::string& base, Index seats, Index filled, Index present, const Votes& v) {
    if (base == "seats") return seats;
    if (base == "filled") return filled;
    if (base == "present") return present;
    if (base == "cast") return v.yes + v.no;
    throw std::runtime_error("rules with an unknown base: " + base);
}

// part / whole > or >= numerator / denominator, without dividing.
bool reached(const Json& fraction, Index part, Index whole) {
    const Wide left = Wide{part} * fraction.need_integer("denominator"),
               right = Wide{fraction.need_integer("numerator")} * whole;
    return fraction.need_boolean("strict") ? left > right : left >= right;
}

// The least part that reaches it: counted up from below, as one would by hand, in steps that halve.
Index least(const Json& fraction, Index whole) {
    Index low = 0, high = whole + 1;
    while (low < high) {
        const Index middle = low + (high - low) / 2;
        if (reached(fraction, middle, whole))
            high = middle;
        else
            low = middle + 1;
    }
    return std::max<Index>(1, low);
}

void add(Votes& v, std::string_view vote) { ++(vote == "yes" ? v.yes : vote == "no" ? v.no : v.abstain); }

std::string said(const Votes& v) {
    return std::to_string(v.yes) + " yes, " + std::to_string(v.no) + " no, " + std::to_string(v.abstain) + " abstain";
}

struct Count {  // a motion.counted entry
    World& w;
    const Event& e;
    Motion& m;
    Sitting& s;

    void wrong(std::string what) const { w.fault("motion", e.subject, e.index, std::move(what)); }

    // Of a secret count: who voted and which ballots there were, each sorted, nothing joins them.
    Votes of_box() const {
        Votes v;
        std::set<Index> voters;
        std::size_t listed = 0, ballots = 0;
        if (const Json::Array* all = e.facts["voters"].array())
            for (const Json& one : *all) {
                const Index voter = one.integer() ? *one.integer() : 0;
                ++listed;
                if (!voters.insert(voter).second)
                    wrong("member " + std::to_string(voter) + " is listed twice as a voter");
                const auto seat = s.roll.find(voter);
                if (seat == s.roll.end() || !seat->second.present)
                    wrong("member " + std::to_string(voter) + " is listed as a voter and was not there");
            }
        if (const Json::Array* all = e.facts["ballots"].array())
            for (const Json& one : *all) {
                if (!one.string()) throw std::runtime_error("a ballot that says nothing");
                add(v, one_of(votes, *one.string()));
                ++ballots;
            }
        if (listed != ballots) wrong(std::to_string(ballots) + " ballots of " + std::to_string(listed) + " voters");
        return v;
    }
    Votes by_name(std::optional<bool>& chair) const {
        Votes v;
        for (const auto& [member, vote] : m.votes) {
            add(v, vote);
            const auto seat = s.roll.find(member);
            if (seat != s.roll.end() && seat->second.chair && vote != "abstain") chair = vote == "yes";
        }
        return v;
    }

    void count() const {
        if (m.state != "voting") wrong("counted while it was " + std::string(m.state));
        std::optional<bool> chair;
        m.tally = m.secret ? of_box() : by_name(chair);
        const auto roll = static_cast<Index>(s.roll.size());
        m.outcome = outcome(s.rules, s.seats, roll, s.present(), m.tally, chair);
        m.state = !m.outcome.quorum ? "no_quorum" : m.outcome.carried ? "carried" : "lost";
        m.counted = e.index;

        const Json& t = e.facts["tally"];
        const Votes claimed{t.need_integer("yes"), t.need_integer("no"), t.need_integer("abstain")};
        if (!(claimed == m.tally)) wrong("says " + said(claimed) + "; the votes are " + said(m.tally));
        const std::string_view state = one_of(outcomes, e.string("state"));
        if (state != m.state)
            wrong("says " + std::string(state) + "; by its frozen rules it is " + std::string(m.state) + ": " +
                  std::to_string(s.present()) + " present of " + std::to_string(roll) + ", " + said(m.tally) + ", " +
                  std::to_string(m.outcome.needed) + " needed");
        if (e.flag("quorum") != m.outcome.quorum)
            wrong(std::string("says that the quorum was ") + (e.flag("quorum") ? "" : "not ") +
                  "there: " + std::to_string(s.present()) + " present of " + std::to_string(roll));
        if (e.integer("needed") != m.outcome.needed || e.integer("base") != m.outcome.base)
            wrong("says " + std::to_string(e.integer("needed")) + " of " + std::to_string(e.integer("base")) +
                  " were needed; by its frozen rules " + std::to_string(m.outcome.needed) + " of " +
                  std::to_string(m.outcome.base));
        if (--s.motions_left == 0) s.state = "voted";
        s.touched = e.index;
    }
};

// Where clerks are named, nobody else keeps the body.
void need_clerk(World& w, const Event& e, const char* of, Index subject, Index body) {
    const std::set<Index>& clerks = known(w.bodies, body, "body").clerks;
    if (!clerks.empty() && !clerks.contains(e.integer("by")))
        w.fault(of, subject, e.index,
                "entered by officer " + std::to_string(e.integer("by")) + ", who is no clerk of body " +
                    std::to_string(body));
}

void call(World& w, const Event& e) {
    Sitting s;
    s.body = e.integer("body"), s.round = e.integer("cycle"), s.seats = e.integer("seats"), s.touched = e.index;
    s.rules = e.facts["rules"];
    for (const Json& one : e.facts.need_array("roll"))
        s.roll[one.need_integer("member")] = {one.need_boolean("chair"), false};
    need_clerk(w, e, "sitting", e.index, s.body);
    const Body& body = known(w.bodies, s.body, "body");
    bool same = s.seats == body.seats && s.rules == body.rules && s.roll.size() == body.members.size();
    for (const auto& [id, member] : s.roll) {
        const auto seated = body.members.find(id);
        same = same && seated != body.members.end() && seated->second.chair == member.chair;
    }
    if (!same)
        w.fault("sitting", e.index, e.index,
                "its seats, rules or roll are not those of body " + std::to_string(s.body));
    w.sittings[e.index] = std::move(s);
}

void move_sitting(World& w, const Event& e) {
    constexpr std::array<std::string_view, 3> steps = {"agenda", "open", "signed"};
    Sitting& s = known(w.sittings, e.subject, "sitting");
    s.state = one_of(steps, e.string("state")), s.touched = e.index;
    if (s.state != "signed") need_clerk(w, e, "sitting", e.subject, s.body);
    if (s.state == "open" && !quorum(s.rules, s.seats, static_cast<Index>(s.roll.size()), s.present()))
        w.fault("sitting", e.subject, e.index,
                "opened without its quorum: " + std::to_string(s.present()) + " present of " +
                    std::to_string(s.roll.size()));
}

void table(World& w, const Event& e) {
    Motion m;
    m.sitting = e.integer("sitting"), m.issue = e.integer("issue"), m.touched = e.index;
    m.refusal = e.string("kind") == "refuse", m.secret = e.flag("secret");
    m.measures = e.facts["measures"];
    Sitting& s = known(w.sittings, m.sitting, "sitting");
    need_clerk(w, e, "motion", e.index, s.body);
    ++s.motions_left;
    w.motions[e.index] = std::move(m);
}

void cast(World& w, const Event& e, Motion& m) {
    const Index member = e.integer("by");
    const Sitting& s = known(w.sittings, m.sitting, "sitting");
    const auto seat = s.roll.find(member);
    if (m.secret || m.state != "voting" || seat == s.roll.end() || !seat->second.present)
        w.fault("motion", e.subject, e.index,
                "a vote of member " + std::to_string(member) +
                    (m.secret              ? " by name in a secret vote"
                     : m.state != "voting" ? " while it was " + std::string(m.state)
                                           : ", who was not there"));
    m.votes[member] = one_of(votes, e.string("vote"));
}

}  // namespace

Index Sitting::present() const {
    return std::count_if(roll.begin(), roll.end(), [](const auto& one) { return one.second.present; });
}

bool quorum(const Json& rules, Index seats, Index filled, Index present) {
    const Json& f = rules["quorum"];
    return present > 0 && reached(f, present, whole_of(f.need_string("base"), seats, filled, present, {}));
}

Outcome outcome(const Json& rules, Index seats, Index filled, Index present, const Votes& v,
                std::optional<bool> chair) {
    const Json& most = rules["majority"];
    Outcome o;
    o.quorum = quorum(rules, seats, filled, present);
    o.base = whole_of(most.need_string("base"), seats, filled, present, v);
    o.needed = least(most, o.base);
    bool enough = v.yes > 0 && reached(most, v.yes, o.base);
    if (!enough && v.yes > 0 && v.yes == v.no && chair == true && rules.need_boolean("chair_casts"))
        enough = reached(most, v.yes + 1, most.need_string("base") == "cast" ? o.base + 1 : o.base);
    o.carried = o.quorum && enough;
    return o;
}

void take_decision(World& w, const Event& e) {
    const std::string_view what = e.kind.substr(std::string_view("decision.").size());
    if (what == "body_set_up") {
        w.bodies[e.index] = {e.integer("seats"), e.facts["rules"], {}, {}};
    } else if (what == "rules_set") {
        known(w.bodies, e.subject, "body").rules = e.facts["rules"];
    } else if (what == "clerks_named") {
        Body& body = known(w.bodies, e.subject, "body");
        body.clerks.clear();
        for (const Json& one : e.facts.need_array("clerks"))
            if (one.integer()) body.clerks.insert(*one.integer());
    } else if (what == "member_seated") {
        known(w.bodies, e.subject, "body").members[e.integer("member")] = {e.flag("chair"), false};
    } else if (what == "member_unseated") {
        known(w.bodies, e.subject, "body").members.erase(e.integer("member"));
    } else if (what == "sitting_called") {
        call(w, e);
    } else if (what == "sitting_moved") {
        move_sitting(w, e);
    } else if (what == "motion_tabled") {
        table(w, e);
    } else if (what == "minutes_published") {
        Sitting& s = known(w.sittings, e.subject, "sitting");
        need_clerk(w, e, "sitting", e.subject, s.body);
        s.state = "minutes", s.touched = e.index;
    } else if (what == "attended") {
        Sitting& s = known(w.sittings, e.subject, "sitting");
        known(s.roll, e.integer("member"), "member").present = e.flag("here");
        s.touched = e.index;
    } else {
        Motion& m = known(w.motions, e.subject, "motion");
        m.touched = e.index;
        if (what == "motion_put") {
            if (m.state != "tabled" || known(w.sittings, m.sitting, "sitting").state != "open")
                w.fault("motion", e.subject, e.index, "put to the vote outside an open sitting, or twice");
            need_clerk(w, e, "motion", e.subject, known(w.sittings, m.sitting, "sitting").body);
            m.state = "voting";
        } else if (what == "voted") {
            cast(w, e, m);
        } else {
            need_clerk(w, e, "motion", e.subject, known(w.sittings, m.sitting, "sitting").body);
            Count{w, e, m, known(w.sittings, m.sitting, "sitting")}.count();
        }
    }
}

void end_decisions(World& w) {
    for (const auto& [id, m] : w.motions) {
        const std::size_t promised = m.measures.array() ? m.measures.array()->size() : 0;
        if (m.state == "carried" && !m.refusal && m.adopted != promised)
            w.fault("motion", id, m.counted,
                    "carried, and " + std::to_string(m.adopted) + " of its " + std::to_string(promised) +
                        " measures were adopted");
    }
}

Json figures_of(const World&, Index id, const Sitting& s) {
    const auto filled = static_cast<Index>(s.roll.size());
    return Json::Object{{"id", id},
                        {"body", s.body},
                        {"cycle", s.round},
                        {"state", s.state},
                        {"seats", s.seats},
                        {"filled", filled},
                        {"present", s.present()},
                        {"quorum", quorum(s.rules, s.seats, filled, s.present())},
                        {"rules", s.rules}};
}

Json figures_of(const World&, Index id, const Motion& m) {
    Json j =
        Json::Object{{"id", id}, {"sitting", m.sitting}, {"issue", m.issue}, {"secret", m.secret}, {"state", m.state}};
    if (!m.counted) return j;
    j.set("tally", Json::Object{{"abstain", m.tally.abstain}, {"no", m.tally.no}, {"yes", m.tally.yes}});
    return j.set("outcome", Json::Object{{"base", m.outcome.base},
                                         {"carried", m.outcome.carried},
                                         {"needed", m.outcome.needed},
                                         {"quorum", m.outcome.quorum}});
}

}  // namespace audit

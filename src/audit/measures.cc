// What was promised, how it went, and what it adds to the figures of the unit that answered for it.
#include <stdexcept>

#include "world.h"

namespace audit {
namespace {

Sum share_of(const Measure& m) {
    Sum s;
    s.due = 1, s.done_in_time = m.in_time, s.done_late = m.late, s.judged = m.ever_judged, s.returned = m.ever_returned;
    s.sample = m.sample;
    return s;
}

void count(World& w, const Measure& m, Index times) { w.sums[{m.counted_unit, m.month}].add(share_of(m), times); }

// Once it is known whether it was done in time, unit and month of its figures stand.
bool settled(const Measure& m) { return m.in_time || m.late; }

std::string decimal_text(const Json& d) {
    const Index value = d.need_integer("value");
    const auto decimals = static_cast<std::size_t>(d.need_integer("decimals"));
    if (decimals > 18) throw std::runtime_error("no decimal");
    std::string digits = std::to_string(value < 0 ? -value : value);
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    if (decimals) digits.insert(digits.size() - decimals, ".");
    return (value < 0 ? "-" : "") + digits;
}

// A measure that a motion adopted must be one that was voted on, and the motion must have been carried.
void check_motion(World& w, const Event& e, const Measure& m) {
    const auto found = w.motions.find(m.motion);
    const auto wrong = [&](std::string what) { w.fault("measure", e.index, e.index, std::move(what)); };
    const std::string motion = "motion " + std::to_string(m.motion);
    if (found == w.motions.end()) return wrong("adopted by " + motion + ", which is none");
    Motion& by = found->second;
    if (by.state != "carried" || by.refusal) return wrong("adopted by " + motion + ", which was not carried for it");
    const Json::Array* promised = by.measures.array();
    if (!promised || by.adopted >= promised->size()) return wrong("not among the measures of " + motion);
    const Json& p = (*promised)[by.adopted++];
    const bool same = p.need_integer("owner_unit") == m.unit && p.need_integer("owner") == m.owner &&
                      p.need_integer("issue") == m.issue && p.need_string("due") == kernel::iso(m.due) &&
                      p.need_string("kind") == e.string("kind") &&
                      p.need_integer("criterion") == e.integer("criterion") && decimal_text(p["target"]) == m.target &&
                      decimal_text(p["baseline"]) == m.baseline;
    if (!same) wrong("not what " + motion + " was voted on: owner, issue, due day, kind, criterion or figures differ");
}

// A measure that was promised in an answer ends on the day that answer names, and belongs to the unit that gave it.
void check_promise(World& w, const Event& e, const Measure& m) {
    const Case& c = known(w.cases, e.integer("voice"), "message");
    if (c.promised != m.due || c.unit != m.unit)
        w.fault("measure", e.index, e.index,
                "not what the answer to message " + std::to_string(e.integer("voice")) + " promises");
}

void adopt(World& w, const Event& e) {
    Measure m;
    m.round = e.integer("cycle"), m.unit = e.integer("unit"), m.owner = e.integer("owner");
    m.issue = e.has("issue") ? e.integer("issue") : 0;
    m.motion = e.has("motion") ? e.integer("motion") : 0;
    m.due = m.first_due = e.day("due");
    m.target = e.string("target"), m.baseline = e.string("baseline");
    m.sample = e.flag("sample");
    m.counted_unit = m.unit, m.month = month_of(m.due), m.touched = e.index;
    if (m.motion) check_motion(w, e, m);
    if (e.has("voice")) check_promise(w, e, m);
    count(w, m, 1);
    w.measures[e.index] = std::move(m);
}

void set_term(Measure& m, Day due) {
    if (m.due != due) m.late_days = 0;
    m.due = due;
}

struct Hand {  // one entry about one measure
    World& w;
    const Event& e;
    Index id;
    Measure& m;

    void wrong(std::string what) const { w.fault("measure", id, e.index, std::move(what)); }
    void need(bool good, const char* what) const {
        if (!good) wrong(std::string(what) + " while it was " + std::string(m.state));
    }

    void reported() const {
        const bool done = e.flag("done");
        need(m.being_done(), "reported");
        m.state = done ? "reported" : "under_way";
        m.percent = e.integer("percent");
        if (e.has("value")) m.value = e.string("value");
        if (!done) return;
        const Day day = e.day("day");
        const int late = std::max(0, w.working_days(m.due, day));
        if (e.integer("late") != late)
            wrong("reported done on " + kernel::iso(day) + " as " + std::to_string(e.integer("late")) +
                  " working days late; due on " + kernel::iso(m.due) + " it is " + std::to_string(late));
        m.done_on = day, m.nobody = e.flag("nobody");
        if (late > 0) m.late_days = late;
        if (!settled(m)) (late > 0 ? m.late : m.in_time) = true;
    }
    void verified() const {
        need(m.state == "reported", "checked");
        m.nobody = false;
        m.state = e.flag("confirmed") ? "verified" : "under_way";
        if (e.flag("confirmed")) return;
        m.done_on.reset();  // what was not confirmed was not done: neither in time nor at all
        if (!m.ever_judged) m.in_time = false;
    }
    void extended() const {
        const Day due = e.day("due");
        if (e.day("from") != m.due || due <= m.due || m.extended || !m.being_done() || e.day() > m.due + 1)
            wrong("extended from " + kernel::iso(e.day("from")) + " to " + kernel::iso(due) + "; it was due on " +
                  kernel::iso(m.due) + (m.extended ? " and had been extended before" : ""));
        m.extended = true;
        if (!settled(m)) m.month = month_of(due);
        set_term(m, due);
    }
    void retargeted() const {
        if (e.string("from") != m.target)
            wrong("its target was " + m.target + " and not " + e.string("from") + " when it was changed");
        m.target = e.string("target");
    }
    void reassigned() const {
        if (e.integer("from_unit") != m.unit || e.integer("from_owner") != m.owner)
            wrong("given away by unit " + std::to_string(e.integer("from_unit")) + ", which did not have it");
        m.unit = e.integer("unit"), m.owner = e.integer("owner");
        if (!settled(m)) m.counted_unit = m.unit;
    }
    void late() const {
        const Index days = e.integer("days");
        if (e.day("due") != m.due || days < 1 || !m.being_done() || !w.counted_to_today(e, m.due, days))
            wrong("said to be " + std::to_string(days) + " working days late; it was due on " + kernel::iso(m.due));
        m.late_days = static_cast<int>(days);
        if (!settled(m)) m.late = true;
    }
    // The verdict of the review must be this one, and it must be of this measure.
    void judged() const {
        const Index of = e.integer("review");
        const bool accepted = e.flag("accepted");
        const auto found = w.reviews.find(of);
        if (found == w.reviews.end() || found->second.measure != id || !found->second.closed) {
            wrong("judged by review " + std::to_string(of) + ", which has not judged it");
        } else {
            Review& r = found->second;
            if (!r.verdict.enough || r.verdict.accepted != accepted)
                wrong(std::string(accepted ? "accepted" : "returned") + " against the verdict of review " +
                      std::to_string(of) + ": " +
                      (!r.verdict.enough    ? "too few judged"
                       : r.verdict.accepted ? "accepted"
                                            : "returned"));
            if (r.judged) wrong("judged twice by review " + std::to_string(of));
            r.judged = e.index;
        }
        need(m.state == "verified" || (m.state == "reported" && e.flag("nobody")), "judged");
        m.state = accepted ? "accepted" : "returned";
        m.review = of, m.nobody = e.flag("nobody");
        m.ever_judged = true;
        if (accepted) return;
        m.ever_returned = true, ++m.returned;
        m.done_on.reset();
        set_term(m, e.day("due"));
    }
    void closed() const {
        need(m.state == "accepted", "closed");
        m.state = "closed", m.look_back = e.day("look_back");
        m.closed = e.index, w.closings[{m.unit, e.index}] = {id, "measure"};
    }
    void looked_back() const {
        need(m.state == "closed", "looked back on");
        m.look_back.reset();
        if (e.has("look")) meet_finding(w, e, "measure", id, e.integer("look"));
        if (e.flag("held")) return;
        w.closings.erase({m.unit, m.closed});
        m.closed = 0;
        m.state = "under_way", ++m.reopened;
        m.done_on.reset();
        set_term(m, e.day("due"));
    }
};

}  // namespace

void take_measure(World& w, const Event& e) {
    if (e.kind == "measure.adopted") return adopt(w, e);
    Measure& m = known(w.measures, e.subject, "measure");
    const Hand hand{w, e, e.subject, m};
    const std::string_view what = e.kind.substr(std::string_view("measure.").size());
    count(w, m, -1);
    try {
        if (what == "reported") hand.reported();
        if (what == "verified") hand.verified();
        if (what == "extended") hand.extended();
        if (what == "retargeted") hand.retargeted();
        if (what == "reassigned") hand.reassigned();
        if (what == "late") hand.late();
        if (what == "judged") hand.judged();
        if (what == "closed") hand.closed();
        if (what == "looked_back") hand.looked_back();
    } catch (const std::exception&) {
        count(w, m, 1);
        throw;
    }
    m.touched = e.index;
    count(w, m, 1);
}

void end_measures(World& w) {
    if (!w.calendar) return;
    const Day last = w.last_day();
    for (const auto& [id, m] : w.measures)
        if (m.being_done() && m.late_days == 0 && w.working_days(m.due, last + -2) > 0)
            w.fault("measure", id, m.touched,
                    "due on " + kernel::iso(m.due) + " and not reported, and no entry says that it is late");
}

Json figures_of(const World&, Index id, const Measure& m) {
    Json j = Json::Object{{"id", id},
                          {"cycle", m.round},
                          {"state", m.state},
                          {"owner_unit", m.unit},
                          {"owner", m.owner},
                          {"due", kernel::iso(m.due)},
                          {"first_due", kernel::iso(m.first_due)},
                          {"late_days", m.late_days},
                          {"returned", m.returned},
                          {"reopened", m.reopened},
                          {"extended", m.extended},
                          {"nobody_independent", m.nobody},
                          {"sample", m.sample}};
    Json indicator = Json::Object{{"baseline", m.baseline}, {"target", m.target}};
    indicator.set("value", m.value.empty() ? Json() : Json(m.value));
    j.set("issue", m.issue ? Json(m.issue) : Json()).set("motion", m.motion ? Json(m.motion) : Json());
    j.set("review", m.review ? Json(m.review) : Json()).set("percent", m.percent ? Json(*m.percent) : Json());
    j.set("done_on", m.done_on ? Json(kernel::iso(*m.done_on)) : Json());
    j.set("look_back", m.look_back ? Json(kernel::iso(*m.look_back)) : Json());
    return j.set("indicator", std::move(indicator));
}

}  // namespace audit

// What became of each message: the case as its entries tell it, and what it adds to the figures of the unit that had
// it.
#include <stdexcept>

#include "world.h"

namespace audit {
namespace {

constexpr std::array<std::string_view, 4> shown_names = {"held", "published", "unit_only", "hidden"};
constexpr std::array<std::string_view, 5> answers = {"done", "dated", "long_term", "agreed", "cannot"};
constexpr Index a_day = 86'400'000;

Sum share_of(const Case& c) {
    Sum s;
    s.by_staff = c.by_staff, s.sample = c.sample;
    if (c.by_staff) return s;  // counted apart
    s.received = 1, s.typed = c.typed;
    s.in_time = c.came == Came::in_time, s.late = c.came == Came::late, s.withdrawn = c.came == Came::withdrawn;
    const std::string_view agreement = c.agreed_badly.empty() ? c.agreement : c.agreed_badly;
    s.contracted = c.contracted, s.agreed = !agreement.empty();
    s.agreed_kept = agreement == "kept", s.agreed_broken = agreement == "broken";
    s.agreed_denied = agreement == "denied", s.agreed_unsaid = agreement == "unsaid";
    s.solved = c.solved == true, s.unsolved = c.solved == false;
    s.rated = c.stars > 0, s.satisfied = c.stars >= 4, s.called_back = c.stars > 0 && c.called;
    if (c.shown != "hidden") return s;
    s.hidden = 1;
    for (std::size_t g = 0; g < grounds.size(); ++g) s.by_ground[g] = grounds[g] == c.ground;
    return s;
}

void count(World& w, const Case& c, Index times) {
    if (c.month >= 0 && !c.out) w.sums[{c.counted_unit, c.month}].add(share_of(c), times);
}

// A case counts for the unit that has it until it is known how it came out; then that stands. It is late when the clock
// said so, and also when an answer comes a day and more after the first late day: then it is late in every zone.
void settle(Case& c, const Event& e) {
    if (c.came != Came::running) return;
    c.counted_unit = c.unit;
    if (c.late_days > 0)
        c.came = Came::late;
    else if (!c.answer.empty())
        c.came = e.time.ms >= (c.late_from.days + 1) * a_day ? Came::late : Came::in_time;
    else if (c.state == "withdrawn")
        c.came = Came::withdrawn;
}

void receive(World& w, const Event& e) {
    Case c;
    c.round = e.integer("cycle");
    c.shown = one_of(shown_names, e.string("shown"));
    c.by_staff = e.flag("by_staff"), c.sample = e.flag("sample"), c.typed = e.has("typist");
    if (e.facts["held"].object()) c.ground = one_of(grounds, e.facts["held"].need_string("ground"));
    const std::string* audience = e.facts["audience"].string();
    c.for_all = audience && *audience == "open";
    c.contracted = c.typed && w.contracted[e.integer("typist")];
    set_due(w, e.index, e.index, c, e.facts["reply"]);
    c.month = month_of(Event::day_in(e.facts["reply"], "from"));
    c.touched = e.index;
    count(w, c, 1);
    w.cases[e.index] = c;
}

// A case of another register: what came of it there, by its own dates, against the term that was named.
void take_over(World& w, const Event& e, Case& c) {
    const Json& there = e.facts["before"];
    const auto day = [&](const Json& of, std::string_view member) -> std::optional<Day> {
        return of[member].is_null() ? std::nullopt : std::optional(Event::day_in(of, member));
    };
    const std::optional<Day> said = day(e.facts, "said_on"), replied = day(there, "replied_on");
    if (there.need_boolean("unit_only")) c.shown = "unit_only";
    c.unit = there["unit"].is_null() ? 0 : there.need_integer("unit");
    if (c.unit) known(w.units, c.unit, "unit");
    const bool term = there["term"].object() != nullptr;
    if (term) {
        set_due(w, e.index, e.index, c, there["term"]);
        if (!said || Event::day_in(there["term"], "from") != *said)
            w.fault("voice", e.index, e.index, "its term there does not begin on the day it was said");
    }
    if (!there.need_boolean("replied"))
        c.before = "unanswered";
    else if (!term || !said || !replied || *replied < *said)
        c.before = "replied";
    else
        c.before = *replied <= c.due ? "in_time" : "late";
    const Index stars = there["rating"].is_null() ? 0 : there.need_integer("rating");
    if (stars < 0 || stars > 5) w.fault("voice", e.index, e.index, "rated with " + std::to_string(stars));
    Sum& sum = w.sums[{c.unit, month_of(said.value_or(Day{0}))}];
    ++sum.taken_over, sum.there_sample += c.sample;
    sum.there_in_time += c.before == "in_time", sum.there_late += c.before == "late";
    sum.there_replied += c.before == "replied", sum.there_unanswered += c.before == "unanswered";
    sum.there_rated += stars > 0, sum.there_satisfied += stars >= 4;
}

void take_in(World& w, const Event& e) {
    Case c;
    c.round = e.integer("cycle");
    c.state = "noted", c.shown = "published", c.imported = true, c.sample = e.flag("sample"), c.touched = e.index;
    if (e.has("before")) take_over(w, e, c);
    w.cases[e.index] = c;
}

void be_late(World& w, const Event& e, Index id, Case& c) {
    if (e.string("duty") != "reply") return;
    const Index days = e.integer("days");
    if (days < 1 || !w.counted_to_today(e, c.due, days))
        w.fault("voice", id, e.index,
                "said to be " + std::to_string(days) + " working days late; it was due on " + kernel::iso(c.due));
    c.late_days = static_cast<int>(days);
}

void open_again(World& w, Case& c) {
    if (c.closed) w.closings.erase({c.unit, c.closed});
    c.closed = 0, c.agreement = "";
    c.solved.reset(), c.stars = 0;  // the judgement was of the answer that is now redone
    c.calls = 0, c.called = false;
}

// `facts`: of the reopening, in an entry of its own or in that of a call.
void reopen(World& w, const Json& facts, Index entry, Index id, Case& c) {
    const Index nth = facts.need_integer("nth");
    if (nth != c.reopened + 1)
        w.fault("voice", id, entry,
                "counted as reopening " + std::to_string(nth) + ", it is number " + std::to_string(c.reopened + 1));
    ++c.reopened;
    if (c.state == "closed_unrated") c.silent = false;
    open_again(w, c);
    if (!facts["superior"].is_null()) c.unit = facts.need_integer("superior");
    c.state = c.unit ? "assigned" : "received";
    set_due(w, entry, id, c, facts["reply"]);
}

// An agreement without a day can be neither kept nor broken.
void offer(Case& c) { c.agreement = c.answer == "agreed" && c.promised ? "offered" : ""; }

void agree(Case& c, std::string_view what, const Event& e) {
    if (what == "agreement_said")
        c.agreement = e.flag("agrees") ? "confirmed" : "denied";
    else if (!e.has("kept"))
        c.agreement = "unsaid";
    else
        c.agreement = e.flag("kept") ? "kept" : "broken";
    if (c.agreement == "denied" || c.agreement == "broken") c.agreed_badly = c.agreement;
}

void close(World& w, const Event& e, Index id, Case& c, std::string_view state) {
    c.state = state, c.closed = e.index;
    if (c.for_all) w.closings[{c.unit, e.index}] = {id, "voice"};
}

void find_open(World& w, const Event& e, Index id, Case& c) {
    if (c.state != "closed" && c.state != "closed_unrated")
        w.fault("voice", id, e.index, "found to be open again, and it was " + std::string(c.state));
    if (c.state == "closed_unrated") c.silent = false;
    meet_finding(w, e, "voice", id, e.integer("look"));
    open_again(w, c);
    c.unit = e.has("unit") ? e.integer("unit") : 0;
    c.state = c.unit ? "assigned" : "received";
    set_due(w, e.index, id, c, e.facts["reply"]);
}

void rate(World& w, const Event& e, Index id, Case& c) {
    const Index stars = e.integer("stars");
    if (stars < 1 || stars > 5 || c.answer.empty())
        w.fault("voice", id, e.index, "rated with " + std::to_string(stars) + (c.answer.empty() ? ", unanswered" : ""));
    c.state = "rated", c.stars = static_cast<int>(stars), c.solved = e.flag("solved");
}

// Asked by telephone, at most three times for one answer, and by another unit than the one that has the case.
void call_back(World& w, const Event& e, Index id, Case& c) {
    const std::string& outcome = e.string("outcome");
    ++c.calls;
    if (e.integer("nth") != c.calls || c.calls > 3)
        w.fault("voice", id, e.index,
                "counted as call " + std::to_string(e.integer("nth")) + ", it is number " + std::to_string(c.calls));
    if (!c.typed || c.state != "answered")
        w.fault("voice", id, e.index, "called back, but its author rates it, or it is not answered");
    if (c.unit && e.integer("unit") == c.unit) w.fault("voice", id, e.index, "called back by the unit that has it");
    if (outcome == "refused") c.calls = 3;
    if (outcome != "rated") return;
    rate(w, e, id, c);
    c.called = true;
    if (e.facts["again"].object()) reopen(w, e.facts["again"], e.index, id, c);
}

void split(World& w, const Event& e, Index id, Case& c) {
    if (c.state != "received" && c.state != "assigned")
        w.fault("voice", id, e.index, "split, and it was " + std::string(c.state));
    if (e.integer("parts") < 2) w.fault("voice", id, e.index, "split into fewer than two");
    c.state = "split", c.out = true, c.standing = 0;
}

// A part is a case like any other, with the days and the lateness that its whole had.
void split_off(World& w, const Event& e) {
    const Index id = e.integer("voice");
    Case& whole = known(w.cases, id, "message");
    if (whole.state != "split") w.fault("voice", id, e.index, "a part of what is not split");
    if (e.integer("nth") != ++whole.standing)
        w.fault("voice", id, e.index, "counted as part " + std::to_string(e.integer("nth")));
    Case part = whole;
    part.parts.clear(), part.standing = 0;
    part.part_of = id, part.out = false, part.touched = e.index;
    part.unit = e.has("unit") ? e.integer("unit") : 0;
    part.state = part.unit ? "assigned" : "received";
    if (part.came == Came::running) part.counted_unit = part.unit;
    set_due(w, e.index, e.index, part, e.facts["reply"]);
    if (part.due > whole.due) w.fault("voice", e.index, e.index, "a part that is due later than its whole was");
    whole.parts.push_back(e.index), whole.touched = e.index;
    count(w, part, 1);
    w.cases[e.index] = part;
}

void put_together(World& w, const Event& e, Index id, Case& c) {
    if (c.state != "split") w.fault("voice", id, e.index, "put together, and it was not split");
    for (Index part : c.parts) {
        Case& p = known(w.cases, part, "message");
        if (p.out) continue;  // of a split before this one
        if (p.answered)
            w.fault("voice", id, e.index, "put together, and part " + std::to_string(part) + " is answered");
        count(w, p, -1);
        p.state = "put_back", p.out = true, p.touched = e.index;
    }
    c.out = false;
    c.state = c.unit ? "assigned" : "received";
}

// A part is shown as its whole is.
void show_parts(World& w, const Case& c) {
    for (Index part : c.parts) {
        Case& p = known(w.cases, part, "message");
        count(w, p, -1);
        p.shown = c.shown, p.ground = c.ground;
        count(w, p, 1);
    }
}

void handle(World& w, const Event& e, Index id, Case& c) {
    const std::string_view what = e.kind.substr(std::string_view("voice.").size());
    if (c.state == "withdrawn" && (what == "answered" || what == "rated" || what == "reopened" || what == "assigned"))
        w.fault("voice", id, e.index, std::string(what) + " after it was withdrawn");
    if (what == "assigned") {
        c.unit = e.integer("unit"), c.state = "assigned";
    } else if (what == "bounced") {
        c.unit = 0, c.state = "received";
    } else if (what == "asked_back" || what == "paused") {
        c.state = "asked_back";
    } else if (what == "resumed") {
        c.state = "assigned";
        set_due(w, e.index, id, c, e.facts["reply"]);
    } else if (what == "word_added") {
        if (!e.has("resumed")) return;
        c.state = "assigned";
        set_due(w, e.index, id, c, e.facts["resumed"]);
    } else if (what == "extended") {
        set_due(w, e.index, id, c, e.facts["reply"]);
    } else if (what == "agreement_said" || what == "agreement_judged" || what == "agreement_found") {
        if (c.answer != "agreed") w.fault("voice", id, e.index, std::string(what) + ", but nothing was agreed on");
        agree(c, what, e);
    } else if (what == "found_open") {
        find_open(w, e, id, c);
    } else if (what == "due_sooner") {
        set_due(w, e.index, id, c, e.facts["reply"]);
    } else if (what == "joined") {
        c.state = "joined", c.unit = e.has("unit") ? e.integer("unit") : 0;
        known(w.cases, e.integer("master"), "message");
    } else if (what == "parted" || what == "kept_apart") {
        c.state = c.unit ? "assigned" : "received";
    } else if (what == "answered_with") {
        // The answer itself stands with the other message: that one must have it.
        const Case& master = known(w.cases, e.integer("master"), "message");
        if (master.answer.empty()) w.fault("voice", id, e.index, "answered with a message that has no answer");
        if (e.has("unit")) c.unit = e.integer("unit");
        c.answer = one_of(answers, e.string("answer")), c.state = "answered", c.answered = true;
    } else if (what == "answered") {
        c.answer = one_of(answers, e.string("answer")), c.state = "answered", c.answered = true;
        c.promised = e.has("promised") ? std::optional(e.day("promised")) : std::nullopt;
        offer(c);
    } else if (what == "corrected") {
        if (!e.has("answer")) return;
        c.answer = one_of(answers, e.string("answer"));
        c.promised = e.has("promised") ? std::optional(e.day("promised")) : std::nullopt;
        offer(c);
    } else if (what == "late") {
        be_late(w, e, id, c);
    } else if (what == "closed") {
        close(w, e, id, c, "closed");
    } else if (what == "closed_unrated") {
        close(w, e, id, c, "closed_unrated"), c.silent = true;
    } else if (what == "rated") {
        rate(w, e, id, c);
    } else if (what == "called_back") {
        call_back(w, e, id, c);
    } else if (what == "reopened") {
        reopen(w, e.facts, e.index, id, c);
    } else if (what == "withdrawn") {
        c.state = "withdrawn";
    } else if (what == "split") {
        split(w, e, id, c);
    } else if (what == "kept_whole" || what == "put_together") {
        put_together(w, e, id, c);
    } else if (what == "published" || what == "shown_again") {
        c.shown = "published", c.ground = "";
        show_parts(w, c);
    } else if (what == "held" || what == "hidden") {
        c.shown = one_of(shown_names, what), c.ground = one_of(grounds, e.string("ground"));
        show_parts(w, c);
    }
}

}  // namespace

int month_of(Day day) {
    const kernel::Date d = kernel::date(day);
    return d.year * 12 + d.month - 1;
}

void take_case(World& w, const Event& e) {
    if (e.kind == "voice.received") return receive(w, e);
    if (e.kind == "voice.imported") return take_in(w, e);
    if (e.kind == "voice.split_off") return split_off(w, e);
    const Index id = e.integer("voice");
    Case& c = known(w.cases, id, "message");
    count(w, c, -1);
    try {
        handle(w, e, id, c);
    } catch (const std::exception&) {
        count(w, c, 1);
        throw;
    }
    settle(c, e);
    c.touched = e.index;
    count(w, c, 1);
}

// The clock says within a minute what is late; two days cover every zone and a night without it.
void end_cases(World& w) {
    const Day last = w.last_day();
    for (const auto& [id, c] : w.cases)
        if ((c.state == "received" || c.state == "assigned" || c.state == "joined") && c.late_days == 0 &&
            last >= c.late_from + 2)
            w.fault("voice", id, c.touched,
                    "nobody answered, it was due on " + kernel::iso(c.due) + ", and no entry says that it is late");
}

Json figures_of(const World&, Index id, const Case& c) {
    Json j = Json::Object{{"id", id},
                          {"cycle", c.round},
                          {"state", c.state},
                          {"shown", c.shown},
                          {"late_days", c.late_days},
                          {"reopened", c.reopened},
                          {"by_staff", c.by_staff},
                          {"sample", c.sample}};
    j.set("unit", c.unit ? Json(c.unit) : Json()).set("rating", c.stars ? Json(c.stars) : Json());
    j.set("solved", c.solved ? Json(*c.solved) : Json()).set("answer", c.answer.empty() ? Json() : Json(c.answer));
    j.set("ground", c.ground.empty() ? Json() : Json(c.ground));
    if (!c.imported) j.set("due", kernel::iso(c.due));
    j.set("before", c.before.empty() ? Json() : Json(c.before));
    return j;
}

}  // namespace audit

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
    s.solved = c.solved == true, s.unsolved = c.solved == false;
    s.rated = c.stars > 0, s.satisfied = c.stars >= 4;
    if (c.shown != "hidden") return s;
    s.hidden = 1;
    for (std::size_t g = 0; g < grounds.size(); ++g) s.by_ground[g] = grounds[g] == c.ground;
    return s;
}

void count(World& w, const Case& c, Index times) {
    if (c.month >= 0) w.sums[{c.counted_unit, c.month}].add(share_of(c), times);
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

// A term as the facts have it: "days" alone are working days from the day after.
struct Span {
    std::string unit = "working_days", first = "next_day", ending = "as_it_falls";
    int n = 0;
};

Span span_in(const Json& reply) {
    Span s;
    if (reply["days"].integer()) {
        s.n = static_cast<int>(reply.need_integer("days"));
    } else {
        const Json& term = reply["term"];
        s = {term.need_string("unit"), term.need_string("first"), term.need_string("ending"),
             static_cast<int>(term.need_integer("n"))};
    }
    if (s.n < 0 || s.n > 3660) throw std::runtime_error("no term that anybody could count");
    return s;
}

Day open_from(const kernel::Calendar& own, Day day) {
    return own.works(day) ? day : kernel::add_working_days(own, day, 1);
}

Day months_after(Day from, int n) {
    const kernel::Date d = kernel::date(from);
    const int month = d.year * 12 + d.month - 1 + n;
    Day day = kernel::day({month / 12, month % 12 + 1, 1}) + (d.day - 1);
    while (kernel::date(day).month != month % 12 + 1) day = day + -1;  // a month without such a day: its last one
    return day;
}

Day end_of(const kernel::Calendar& own, Day from, const Span& s) {
    if (s.unit == "working_days") {
        if (s.n == 0) return from;
        return kernel::add_working_days(
            own, from, s.n, s.first == "same_day" ? kernel::FirstDay::same_day : kernel::FirstDay::next_day);
    }
    Day end = from;
    if (s.n > 0) {
        if (s.first == "same_day") end = from + -1;
        if (s.first == "next_working_day") end = open_from(own, from + 1) + -1;
        end = s.unit == "months" ? months_after(end, s.n) : end + s.n * (s.unit == "weeks" ? 7 : 1);
    }
    return s.ending == "next_working_day" ? open_from(own, end) : end;
}

// The due day says of itself how it was counted: from a day on, over these closed days.
void set_due(World& w, const Event& e, Index id, Case& c, const Json& reply) {
    c.due = Event::day_in(reply, "due"), c.late_from = Event::day_in(reply, "late");
    kernel::Calendar own;
    own.weekend.clear();
    for (const Json& one : reply.need_array("weekend"))
        if (one.integer()) own.weekend.insert(static_cast<int>(*one.integer()));
    for (const auto& [member, into] : {std::pair{"closed", &own.holidays}, {"worked", &own.makeup_days}})
        for (const Json& one : reply.need_array(member))
            into->insert(kernel::parse_day(one.string() ? *one.string() : "").value_or(Day{}));
    if (own.weekend.size() > 6) throw std::runtime_error("no week that anybody could count");
    const Day from = Event::day_in(reply, "from");
    const Span span = span_in(reply);
    const Day due = end_of(own, from, span);
    if (due != c.due)
        w.fault("voice", id, e.index,
                "due " + kernel::iso(c.due) + ", but " + std::to_string(span.n) + " " +
                    (span.unit == "working_days" ? "working days" : span.unit) + " from " + kernel::iso(from) +
                    " end on " + kernel::iso(due));
    if (kernel::add_working_days(own, c.due, 1) != c.late_from)
        w.fault("voice", id, e.index,
                "late from " + kernel::iso(c.late_from) + ", which is not the first working day after " +
                    kernel::iso(c.due));
}

void receive(World& w, const Event& e) {
    Case c;
    c.round = e.integer("cycle");
    c.shown = one_of(shown_names, e.string("shown"));
    c.by_staff = e.flag("by_staff"), c.sample = e.flag("sample"), c.typed = e.has("typist");
    if (e.facts["held"].object()) c.ground = one_of(grounds, e.facts["held"].need_string("ground"));
    set_due(w, e, e.index, c, e.facts["reply"]);
    c.month = month_of(Event::day_in(e.facts["reply"], "from"));
    c.touched = e.index;
    count(w, c, 1);
    w.cases[e.index] = c;
}

void take_in(World& w, const Event& e) {
    Case c;
    c.round = e.integer("cycle");
    c.state = "noted", c.shown = "published", c.imported = true, c.sample = e.flag("sample"), c.touched = e.index;
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

void reopen(World& w, const Event& e, Index id, Case& c) {
    if (e.integer("nth") != c.reopened + 1)
        w.fault("voice", id, e.index,
                "counted as reopening " + std::to_string(e.integer("nth")) + ", it is number " +
                    std::to_string(c.reopened + 1));
    ++c.reopened;
    if (e.has("superior")) c.unit = e.integer("superior");
    c.state = c.unit ? "assigned" : "received";
    c.solved.reset(), c.stars = 0;  // the judgement was of the answer that is now redone
    set_due(w, e, id, c, e.facts["reply"]);
}

void rate(World& w, const Event& e, Index id, Case& c) {
    const Index stars = e.integer("stars");
    if (stars < 1 || stars > 5 || c.answer.empty())
        w.fault("voice", id, e.index, "rated with " + std::to_string(stars) + (c.answer.empty() ? ", unanswered" : ""));
    c.state = "rated", c.stars = static_cast<int>(stars), c.solved = e.flag("solved");
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
        set_due(w, e, id, c, e.facts["reply"]);
    } else if (what == "word_added") {
        if (!e.has("resumed")) return;
        c.state = "assigned";
        set_due(w, e, id, c, e.facts["resumed"]);
    } else if (what == "extended") {
        set_due(w, e, id, c, e.facts["reply"]);
    } else if (what == "agreement_said" || what == "agreement_judged" || what == "agreement_found") {
        if (c.answer != "agreed") w.fault("voice", id, e.index, std::string(what) + ", but nothing was agreed on");
    } else if (what == "due_sooner") {
        set_due(w, e, id, c, e.facts["reply"]);
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
    } else if (what == "corrected") {
        if (!e.has("answer")) return;
        c.answer = one_of(answers, e.string("answer"));
        c.promised = e.has("promised") ? std::optional(e.day("promised")) : std::nullopt;
    } else if (what == "late") {
        be_late(w, e, id, c);
    } else if (what == "closed") {
        c.state = "closed";
    } else if (what == "closed_unrated") {
        c.state = "closed_unrated", c.silent = true;
    } else if (what == "rated") {
        rate(w, e, id, c);
    } else if (what == "reopened") {
        reopen(w, e, id, c);
    } else if (what == "withdrawn") {
        c.state = "withdrawn";
    } else if (what == "published" || what == "shown_again") {
        c.shown = "published", c.ground = "";
    } else if (what == "held" || what == "hidden") {
        c.shown = one_of(shown_names, what), c.ground = one_of(grounds, e.string("ground"));
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
    return j;
}

}  // namespace audit

#include "labels.h"

#include <algorithm>

#include "rules.h"

namespace measure {
namespace {

using page::Lang;
using page::say;

page::Tone tone_of(const Measure& m, int late) {
    switch (m.state) {
        case State::adopted:
        case State::under_way:
        case State::returned:
            return late > 0 || m.state == State::returned ? page::Tone::late : page::Tone::due;
        case State::reported:
        case State::verified:
            return page::Tone::due;
        case State::accepted:
        case State::closed:
            return page::Tone::done;
    }
    return page::Tone::neutral;
}

double as_number(const Decimal& d) {
    double value = static_cast<double>(d.value);
    for (int i = 0; i < d.decimals; ++i) value /= 10;
    return value;
}

std::string unit_says(Lang lang, const Measure& m) {
    if (!m.percent) return say(lang, "measure.unit_nothing");
    const std::string value =
        m.last_value ? amount_words(lang, *m.last_value, m.promised.indicator) : say(lang, "measure.not_measured");
    if (m.done_on)
        return say(lang, "measure.unit_done", {{"day", page::full_date(lang, *m.done_on)}, {"value", value}});
    return say(lang, m.state == State::returned ? "measure.unit_returned" : "measure.unit_under_way",
               {{"percent", page::percent(lang, *m.percent, 100)}, {"value", value}});
}

std::string people_say(Lang lang, const Measure& m) {
    if (m.state == State::accepted || m.state == State::closed) return say(lang, "measure.people_accepted");
    if (m.state == State::returned) return say(lang, "measure.people_returned");
    return say(lang, m.returned > 0 ? "measure.people_again" : "measure.people_nothing",
               {{"n", std::to_string(m.returned)}});
}

std::string gap_sentence(Lang lang, const Measure& m, std::optional<int> judged) {
    if (!m.percent) return say(lang, "measure.gap_unit_silent");
    if (!judged && m.review) return say(lang, "measure.gap_too_few");
    if (!judged) return say(lang, m.state == State::verified ? "measure.gap_checked" : "measure.gap_people_silent");
    const int gap = *m.percent - *judged;
    const page::Args args = {{"unit", page::percent(lang, *m.percent, 100)},
                             {"people", page::percent(lang, *judged, 100)},
                             {"gap", std::to_string(std::abs(gap))}};
    if (gap == 0) return say(lang, "measure.gap_none", {{"unit", args[0].second}});
    return say(lang, gap > 0 ? "measure.gap_unit_more" : "measure.gap_people_more", args);
}

std::string owner_words(db::Connection& db, const std::optional<change::Owned>& o) {
    return o ? unit_name(db, o->unit) + " · " + post_of(db, o->owner) : std::string();
}

page::Args args_of(Lang lang, db::Connection& db, const Measure& m, const Happened& h) {
    page::Args args;
    const auto day = [&](const char* arg, const std::optional<kernel::Day>& d) {
        if (d) args.emplace_back(arg, page::full_date(lang, *d));
    };
    const auto amount = [&](const char* arg, const std::optional<Decimal>& d) {
        args.emplace_back(arg, d ? amount_words(lang, *d, m.promised.indicator) : say(lang, "measure.not_measured"));
    };
    day("day", h.day), day("from_day", h.from_day);
    amount("amount", h.amount), amount("from_amount", h.from_amount);
    args.emplace_back("n", std::to_string(h.days.value_or(0)));
    args.emplace_back("percent", page::percent(lang, h.percent.value_or(0), 100));
    args.emplace_back("to", owner_words(db, h.to));
    args.emplace_back("from", owner_words(db, h.from));
    args.emplace_back("number", std::to_string(h.because.value_or(0)));
    return args;
}

page::Tone tone_of(What what) {
    switch (what) {
        case What::done:
        case What::confirmed:
        case What::accepted:
        case What::closed:
        case What::held:
            return page::Tone::done;
        case What::late:
        case What::not_confirmed:
        case What::returned:
        case What::rebound:
        case What::absent:
            return page::Tone::late;
        case What::extended:
        case What::retargeted:
        case What::reassigned:
        case What::reworded:
            return page::Tone::due;
        case What::adopted:
        case What::pledged:
        case What::progressed:
            return page::Tone::neutral;
    }
    return page::Tone::neutral;
}

}  // namespace

std::string address(MeasureId id) { return "/measures/" + std::to_string(id.value()); }
std::string title_of(Lang lang, const Measure& m) {
    if (!m.promised.title.empty()) return m.promised.title;
    return m.promised.voice ? say(lang, "measure.promise_to", {{"n", std::to_string(m.promised.voice->value())}})
                            : say(lang, "measure.nameless");
}
std::string kind_of(Lang lang, Kind kind) { return say(lang, "measure.kind_" + std::string(name(kind))); }

page::Html state_of(Lang lang, const Measure& m, int late) {
    const bool overdue = late > 0 && rules::being_done(m);
    return page::state(lang, overdue ? "measure.state_late" : "measure.state_" + std::string(name(m.state)),
                       tone_of(m, late));
}

std::string unit_name(db::Connection& db, people::UnitId id) {
    const auto unit = people::unit(db, id);
    return unit ? unit->name : std::string();
}

std::string post_of(db::Connection& db, people::OfficerId id) {
    const auto officer = people::officer(db, id);
    if (!officer) return {};
    const auto name = people::public_name(db, id);
    return name ? officer->post + " · " + *name : officer->post;
}

std::string amount_words(Lang lang, const Decimal& d, const Indicator& i) {
    if (i.unit.empty()) return d.text();
    return say(lang, "measure.amount", {{"value", d.text()}, {"unit", i.unit}});
}

int late_days(const Measure& m, kernel::Day today, const kernel::Calendar& calendar) {
    if (!rules::being_done(m) || today <= m.promised.due) return m.late_days;
    return std::max(m.late_days, kernel::working_days_between(calendar, m.promised.due, today));
}

std::string due_words(Lang lang, const Measure& m, kernel::Day today, const kernel::Calendar& calendar) {
    const std::string day = page::full_date(lang, m.promised.due);
    if (const int late = late_days(m, today, calendar))
        return say(lang, "measure.due_late", {{"day", day}, {"n", page::number(lang, late)}});
    if (!rules::being_done(m)) return say(lang, "measure.due_on", {{"day", day}});
    const int left = std::max(0, kernel::working_days_between(calendar, today, m.promised.due));
    return say(lang, "measure.due_in", {{"day", day}, {"n", page::number(lang, left)}});
}

page::Html loop_of(Lang lang, const Measure& m, const std::vector<Happened>& events, int late) {
    using S = page::Station::State;
    std::vector<page::Station> five(5);
    if (m.promised.issue) {
        five[0].state = S::done;
        five[0].link = "/issues/" + std::to_string(m.promised.issue->value());
    }
    five[1].state = S::done;
    for (const Happened& h : events) {
        const std::string link = "/entries/" + std::to_string(h.entry);
        if (h.what == What::adopted || h.what == What::pledged) five[1].link = link;
        if (h.what == What::progressed) five[2].link = link;
        if (h.what == What::done) five[2].link = five[3].link = link;
        if (h.what == What::confirmed) five[3].link = link;
        if (h.what == What::accepted || h.what == What::returned) five[4].link = link;
    }
    switch (m.state) {
        case State::adopted:
        case State::under_way:
        case State::returned:
            five[2].state = S::here;
            break;
        case State::reported:
            five[2].state = S::done, five[3].state = m.nobody_independent ? S::done : S::here;
            break;
        case State::verified:
            five[2].state = five[3].state = S::done;
            break;
        case State::accepted:
        case State::closed:
            five[2].state = five[3].state = five[4].state = S::done;
            break;
    }
    if (m.state == State::verified || (m.state == State::reported && m.nobody_independent)) five[4].state = S::here;
    if (late > 0) five[2].state = S::late, five[2].late_days = late;
    return page::loop_bar(lang, page::Loop::matter, five);
}

page::Html history_html(Lang lang, db::Connection& db, const Measure& m, const std::vector<Happened>& events) {
    std::vector<page::Event> shown;
    for (const Happened& h : events) {
        page::Event e;
        e.at = h.minute;
        e.what = say(lang, "measure.event_" + std::string(name(h.what)), args_of(lang, db, m, h));
        if (h.what == What::rebound && h.because)
            e.what = say(lang, "measure.event_rebound_found", args_of(lang, db, m, h));
        if (!h.words.empty() && h.what != What::progressed && h.what != What::done)
            e.what = say(lang, "measure.event_words", {{"what", e.what}, {"words", h.words}});
        if (h.what == What::done && h.days)
            e.what = say(lang, "measure.event_done_late", {{"what", e.what}, {"n", std::to_string(*h.days)}});
        if (h.by) e.who = post_of(db, *h.by);
        if (h.what == What::late) e.who = say(lang, "measure.by_clock");
        e.entry = h.entry;
        e.tone = tone_of(h.what);
        shown.push_back(std::move(e));
    }
    return page::timeline(lang, shown);
}

page::Html verdicts_of(Lang lang, const Measure& m, std::optional<int> judged) {
    page::Verdict unit{say(lang, "measure.unit_says"), unit_says(lang, m), m.percent};
    page::Verdict people{say(lang, "measure.people_say"), people_say(lang, m), judged};
    return page::verdicts(lang, unit, people, gap_sentence(lang, m, judged));
}

page::Html chart_of(Lang lang, const Measure& m, const std::vector<Happened>& events) {
    std::vector<page::Point> points;
    for (const Happened& h : events)
        if ((h.what == What::progressed || h.what == What::done) && h.amount && h.day)
            points.push_back({*h.day, as_number(*h.amount)});
    const Indicator& i = m.promised.indicator;
    const std::string title = i.name.empty() ? say(lang, "measure.indicator") : i.name;
    return page::indicator_line(lang, title, points, as_number(i.baseline), as_number(i.target), i.unit);
}

}  // namespace measure

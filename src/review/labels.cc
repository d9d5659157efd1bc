#include "labels.h"

#include <cmath>

namespace review {
namespace {

using page::Lang;
using page::say;
using page::Tone;

std::string percent_words(Lang lang, int percent) { return page::percent(lang, percent, 100); }

std::string unit_words(Lang lang, const measure::Measure& m) {
    if (m.done_on) return say(lang, "review.unit_done", {{"day", page::full_date(lang, *m.done_on)}});
    return say(lang, m.percent ? "review.unit_under_way" : "review.unit_nothing");
}

std::string people_words(Lang lang, const Review& r, const std::optional<Result>& result) {
    if (!result)
        return say(lang, r.state == State::drafted ? "review.people_not_yet" : "review.people_judging",
                   {{"day", page::full_date(lang, r.frozen.closes)}});
    if (!result->enough) return say(lang, "review.people_too_few");
    return say(lang, result->accepted ? "review.people_accept" : "review.people_return",
               {{"threshold", percent_words(lang, r.frozen.accept_percent)}});
}

std::string gap_sentence(Lang lang, const measure::Measure& m, const Review& r, const std::optional<Result>& result) {
    if (!result) return say(lang, r.state == State::drafted ? "review.gap_not_yet" : "review.gap_judging");
    if (!result->percent) return say(lang, "review.gap_too_few");
    if (!m.percent) return say(lang, "review.gap_unit_silent");
    const int gap = *m.percent - *result->percent;
    const page::Args args = {{"unit", percent_words(lang, *m.percent)},
                             {"people", percent_words(lang, *result->percent)},
                             {"gap", page::number(lang, std::abs(gap))}};
    if (gap == 0) return say(lang, "review.gap_none", args);
    return say(lang, gap > 0 ? "review.gap_unit_more" : "review.gap_people_more", args);
}

page::Event event_of(Lang lang, db::Connection& db, const Stamp& stamp, std::string what, Tone tone) {
    return {stamp.minute, std::move(what), post_of(lang, db, stamp.by), stamp.entry, tone};
}

}  // namespace

std::string address(ReviewId id) { return "/reviews/" + std::to_string(id.value()); }
std::string measure_address(measure::MeasureId id) { return "/measures/" + std::to_string(id.value()); }

std::string measure_title(Lang lang, const measure::Measure& m) { return measure::title_of(lang, m); }

std::string panel_name(Lang lang, const PanelDraft& panel) {
    return panel.name.empty() ? group_of(lang, panel.group) : panel.name;
}

std::string question_text(Lang lang, const Question& q, std::size_t n) {
    return q.text.empty() ? say(lang, "review.question_erased", {{"n", page::number(lang, static_cast<int>(n + 1))}})
                          : q.text;
}

std::string group_of(Lang lang, Group group) { return say(lang, "review.group_" + std::string(name(group))); }

std::string post_of(Lang lang, db::Connection& db, people::OfficerId id) {
    if (!id) return say(lang, "review.by_clock");
    const auto officer = people::officer(db, id);
    if (!officer) return {};
    const auto name = people::public_name(db, id);
    return name ? officer->post + " · " + *name : officer->post;
}

page::Html state_of(Lang lang, const Review& r, const std::optional<Result>& result) {
    switch (r.state) {
        case State::drafted:
            return page::state(lang, "review.state_drafted", Tone::neutral);
        case State::open:
            return page::state(lang, "review.state_open", Tone::due);
        case State::closed:
            break;
    }
    if (!result || !result->enough) return page::state(lang, "review.state_too_few", Tone::late);
    return result->accepted ? page::state(lang, "review.state_accepted", Tone::done)
                            : page::state(lang, "review.state_returned", Tone::late);
}

page::Html loop_of(Lang lang, const measure::Measure& m, const Review& r, const Life& l) {
    using S = page::Station::State;
    std::vector<page::Station> five(5);
    if (m.promised.issue) {
        five[0].state = S::done;
        five[0].link = "/issues/" + std::to_string(m.promised.issue->value());
    }
    const std::string link = measure_address(m.id);
    for (std::size_t i = 1; i < 4; ++i) {
        five[i].state = S::done;
        five[i].link = link;
    }
    five[4].state = r.state == State::closed ? S::done : S::here;
    if (l.closed) five[4].link = "/entries/" + std::to_string(l.closed->entry);
    return page::loop_bar(lang, page::Loop::matter, five);
}

page::Html history_html(Lang lang, db::Connection& db, const Review& r, const Life& l) {
    std::vector<page::Event> all;
    all.push_back(event_of(lang, db, l.drafted, say(lang, "review.event_drafted"), Tone::neutral));
    if (l.opened)
        all.push_back(event_of(lang, db, *l.opened,
                               say(lang, "review.event_opened", {{"day", page::full_date(lang, r.frozen.closes)}}),
                               Tone::due));
    if (l.closed)
        all.push_back(event_of(lang, db, *l.closed, say(lang, l.lost ? "review.event_lost" : "review.event_closed"),
                               l.lost ? Tone::late : Tone::done));
    return page::timeline(lang, all);
}

page::Html verdicts_of(Lang lang, const measure::Measure& m, const Review& r, const std::optional<Result>& result) {
    const page::Verdict unit{say(lang, "review.unit_says"), unit_words(lang, m), m.percent};
    const page::Verdict people{say(lang, "review.people_say"), people_words(lang, r, result),
                               result ? result->percent : std::nullopt};
    return page::verdicts(lang, unit, people, gap_sentence(lang, m, r, result));
}

page::Html chart_of(Lang lang, const Result& result, kernel::Instant counted) {
    std::vector<page::Share> shares;
    for (const PanelResult& p : result.panels)
        if (p.counted) shares.push_back({panel_name(lang, p.panel), p.good, p.marks, p.low, p.high});
    if (shares.empty()) return {};
    return page::whiskers(lang, say(lang, "review.chart"), shares, page::date_time(lang, counted));
}

}  // namespace review

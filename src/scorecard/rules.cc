#include "rules.h"

#include <algorithm>

#include <page/page.h>

namespace scorecard::rules {
namespace {

std::string address(std::string_view list, const Counted& c, std::string_view figure) {
    page::Query query;
    people::add_counting(query, {c.unit}, c.period.from, c.period.to, figure, c.below);
    return "/" + std::string(list) + query.text();
}

}  // namespace

std::string link(const Counted& c, voice::Figure figure) { return address("voices", c, voice::name(figure)); }
std::string link(const Counted& c, measure::Figure figure) { return address("measures", c, measure::name(figure)); }

namespace {

template <class Kind>
Count count(const Counted& c, Kind kind, std::string key, std::int64_t n) {
    return {std::move(key), n, link(c, kind)};
}

template <class Kind>
Figure figure(const Counted& c, std::string key, Kind part_kind, std::int64_t part, Kind whole_kind, std::int64_t whole,
              std::int64_t k) {
    Figure f;
    f.key = std::move(key);
    f.part = part, f.whole = whole;
    f.shown = whole >= k && whole > 0;
    std::tie(f.low, f.high) = page::wilson(part, whole);
    f.link = link(c, whole_kind), f.link_part = link(c, part_kind);
    return f;
}

}  // namespace

std::vector<Figure> figures(const Counted& c, std::int64_t k) {
    using V = voice::Figure;
    using M = measure::Figure;
    const voice::UnitCounts& v = c.voices;
    const measure::UnitCounts& m = c.measures;
    const std::int64_t settled = v.in_time + v.late + v.withdrawn, running = v.received - settled;
    const std::int64_t silent = settled - v.solved - v.unsolved;
    std::vector<Figure> all;

    Figure in_time = figure(c, "answered_in_time", V::in_time, v.in_time, V::settled, settled, k);
    in_time.inside = {count(c, V::late, "late", v.late), count(c, V::withdrawn, "withdrawn", v.withdrawn)};
    in_time.outside = {count(c, V::running, "running", running)};
    all.push_back(std::move(in_time));

    Figure solved = figure(c, "solved", V::solved, v.solved, V::settled, settled, k);
    solved.inside = {count(c, V::unsolved, "unsolved", v.unsolved), count(c, V::silent, "silent", silent)};
    solved.outside = {count(c, V::running, "running", running)};
    all.push_back(std::move(solved));

    Figure satisfied = figure(c, "satisfied", V::satisfied, v.satisfied, V::rated, v.rated, k);
    satisfied.outside = {count(c, V::silent, "silent", silent)};
    all.push_back(std::move(satisfied));

    const std::int64_t done = m.done_in_time + m.late;
    Figure on_time = figure(c, "measures_on_time", M::done_in_time, m.done_in_time, M::settled, done, k);
    on_time.inside = {count(c, M::late, "measures_late", m.late)};
    on_time.outside = {count(c, M::running, "measures_running", m.due - done)};
    all.push_back(std::move(on_time));

    Figure returned = figure(c, "returned", M::returned, m.measures_returned, M::judged, m.measures_judged, k);
    returned.outside = {count(c, M::not_judged, "not_judged", m.due - m.measures_judged)};
    all.push_back(std::move(returned));

    all.push_back(figure(c, "hidden_share", V::hidden, v.hidden, V::received, v.received, k));
    return all;
}

std::vector<Figure> before(const Counted& c, const voice::BeforeCounts& b, std::int64_t k) {
    using V = voice::Figure;
    if (b.taken == 0) return {};
    Figure in_time =
        figure(c, "before_in_time", V::before_in_time, b.in_time, V::before_answered, b.in_time + b.late, k);
    in_time.inside = {count(c, V::before_late, "before_late", b.late)};
    in_time.outside = {count(c, V::before_replied, "before_replied", b.replied),
                       count(c, V::before_unanswered, "before_unanswered", b.unanswered)};
    return {std::move(in_time),
            figure(c, "before_satisfied", V::before_satisfied, b.satisfied, V::before_rated, b.rated, k)};
}

bool nothing(const std::vector<Figure>& figures) {
    return std::all_of(figures.begin(), figures.end(), [](const Figure& f) {
        return f.whole == 0 && std::all_of(f.outside.begin(), f.outside.end(), [](const Count& c) { return c.n == 0; });
    });
}

}  // namespace scorecard::rules

// The figures of units: parts and wholes with all that the whole holds, and what was published of them.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "world.h"

namespace audit {
namespace {

struct Beside {
    const char* key;
    Index n;
};
struct Figure {
    const char* key;
    Index part, whole;
    std::vector<Beside> inside, outside;
};

// What each whole holds: those that came out badly, the withdrawn and the silent, too. What is still running stands
// outside, and is said.
std::vector<Figure> six(const Sum& s) {
    const Index settled = s.in_time + s.late + s.withdrawn, running = s.received - settled;
    const Index silent = settled - s.solved - s.unsolved, done = s.done_in_time + s.done_late;
    return {{"answered_in_time",
             s.in_time,
             settled,
             {{"late", s.late}, {"withdrawn", s.withdrawn}},
             {{"running", running}}},
            {"solved", s.solved, settled, {{"unsolved", s.unsolved}, {"silent", silent}}, {{"running", running}}},
            {"satisfied", s.satisfied, s.rated, {}, {{"silent", silent}}},
            {"measures_on_time",
             s.done_in_time,
             done,
             {{"measures_late", s.done_late}},
             {{"measures_running", s.due - done}}},
            {"returned", s.returned, s.judged, {}, {{"not_judged", s.due - s.judged}}},
            {"hidden_share", s.hidden, s.received, {}, {}}};
}

Json counts(const std::vector<Beside>& all) {
    Json::Array out;
    for (const Beside& one : all) out.emplace_back(Json::Object{{"key", one.key}, {"n", one.n}});
    return out;
}

// Of cases that another register handled.
std::vector<Figure> before(const Sum& s) {
    if (s.taken_over == 0) return {};
    return {{"before_in_time",
             s.there_in_time,
             s.there_in_time + s.there_late,
             {{"before_late", s.there_late}},
             {{"before_replied", s.there_replied}, {"before_unanswered", s.there_unanswered}}},
            {"before_satisfied", s.there_satisfied, s.there_rated, {}, {}}};
}

Json figures(const std::vector<Figure>& all, Index k) {
    Json::Array out;
    for (const Figure& f : all) {
        const bool shown = f.whole >= k && f.whole > 0;
        const auto [low, high] = wilson(f.part, f.whole);
        const auto rounded = [&](double share) { return shown ? Json(std::round(share * 10'000) / 10'000) : Json(); };
        Json one = Json::Object{{"key", f.key}, {"n", f.whole}, {"shown", shown}};
        one.set("part", shown ? Json(f.part) : Json()).set("low", rounded(low)).set("high", rounded(high));
        out.push_back(one.set("inside", counts(f.inside)).set("outside", counts(f.outside)));
    }
    return out;
}

bool whole_months(Day from, Day to) {
    return from <= to && kernel::date(from).day == 1 && kernel::date(to + 1).day == 1;
}

// The samples of a unit and of those under it mark its card.
bool sample(const World& w, Index unit, int from, int to) {
    const Sum own = w.sum({unit}, from, to);
    if (own.sample > 0 || own.there_sample > 0) return true;
    return unit != 0 && w.sum(w.below(unit), from, to).sample > 0;
}

}  // namespace

void Sum::add(const Sum& o, Index times) {
    const std::pair<Index*, Index> all[] = {{&received, o.received},
                                            {&in_time, o.in_time},
                                            {&late, o.late},
                                            {&withdrawn, o.withdrawn},
                                            {&solved, o.solved},
                                            {&unsolved, o.unsolved},
                                            {&rated, o.rated},
                                            {&satisfied, o.satisfied},
                                            {&hidden, o.hidden},
                                            {&typed, o.typed},
                                            {&by_staff, o.by_staff},
                                            {&sample, o.sample},
                                            {&taken_over, o.taken_over},
                                            {&there_in_time, o.there_in_time},
                                            {&there_late, o.there_late},
                                            {&there_replied, o.there_replied},
                                            {&there_unanswered, o.there_unanswered},
                                            {&there_rated, o.there_rated},
                                            {&there_satisfied, o.there_satisfied},
                                            {&there_sample, o.there_sample},
                                            {&called_back, o.called_back},
                                            {&due, o.due},
                                            {&done_in_time, o.done_in_time},
                                            {&done_late, o.done_late},
                                            {&judged, o.judged},
                                            {&returned, o.returned}};
    for (const auto& [mine, theirs] : all) *mine += times * theirs;
    for (std::size_t g = 0; g < by_ground.size(); ++g) by_ground[g] += times * o.by_ground[g];
}

Sum World::sum(const std::vector<Index>& of, int from, int to) const {
    Sum total;
    for (Index unit : of)
        for (auto at = sums.lower_bound({unit, from}); at != sums.end() && at->first <= std::pair{unit, to}; ++at)
            total.add(at->second, 1);
    return total;
}

Json World::scorecard(Index unit, Day from, Day to) const {
    const int first = month_of(from), final = month_of(to);
    const Sum own = sum({unit}, first, final);
    Json::Array hidden;
    for (std::size_t g = 0; g < grounds.size(); ++g)
        if (own.by_ground[g]) hidden.emplace_back(Json::Object{{"ground", grounds[g]}, {"n", own.by_ground[g]}});
    Json j = Json::Object{{"unit", unit},
                          {"from", kernel::iso(from)},
                          {"to", kernel::iso(to)},
                          {"k", k},
                          {"sample", sample(*this, unit, first, final)},
                          {"typed", own.typed},
                          {"by_staff", own.by_staff}};
    j.set("figures", figures(six(own), k)).set("hidden_by", std::move(hidden));
    Json::Array published;
    if (const auto card = cards.find({"scorecard", unit, kernel::iso(from), kernel::iso(to)}); card != cards.end())
        published.emplace_back(
            Json::Object{{"entry", card->second.entry}, {"k", card->second.k}, {"figures", card->second.figures}});
    j.set("published", std::move(published));
    j.set("before", figures(before(own), k)).set("taken_over", own.taken_over);
    std::vector<Index> together = unit ? below(unit) : std::vector<Index>();
    if (together.empty()) return j.set("with_below", Json::Array{});
    together.push_back(unit);
    return j.set("with_below", figures(six(sum(together, first, final)), k));
}

void take_scorecard(World& w, const Event& e) {
    const Name name{"scorecard", e.subject, e.string("from"), e.string("to")};
    const auto wrong = [&](std::string what) { w.faults.push_back({name, e.index, std::move(what)}); };
    const Day from = e.day("from"), to = e.day("to");
    known(w.units, e.subject, "unit");
    if (!whole_months(from, to) || e.day() < to) wrong("of no whole months, or before they were over");
    if (w.cards.contains(name)) wrong("published twice, before at entry " + std::to_string(w.cards[name].entry));
    Card& card = w.cards[name] = {e.index, e.integer("k"), Json::Array{}};
    if (e.integer("k") != w.k) wrong("says k = " + std::to_string(e.integer("k")) + ", it was " + std::to_string(w.k));
    if (e.flag("sample") != sample(w, e.subject, month_of(from), month_of(to)))
        wrong(e.flag("sample") ? "marked as a rehearsal, and nothing of it is" : "not marked as a rehearsal");
    const std::vector<Figure> own = six(w.sum({e.subject}, month_of(from), month_of(to)));
    const Json::Array& claimed = e.facts.need_array("figures");
    if (claimed.size() != own.size()) return wrong("does not have its six figures");
    for (std::size_t i = 0; i < own.size(); ++i) {
        const std::string& key = claimed[i].need_string("key");
        const Index part = claimed[i].need_integer("part"), whole = claimed[i].need_integer("whole");
        card.figures.array()->emplace_back(Json::Object{{"key", key}, {"part", part}, {"n", whole}});
        if (key != own[i].key || part != own[i].part || whole != own[i].whole)
            wrong("says " + key + " " + std::to_string(part) + " of " + std::to_string(whole) + "; the log gives " +
                  own[i].key + " " + std::to_string(own[i].part) + " of " + std::to_string(own[i].whole));
    }
}

}  // namespace audit

// Where issues stand: the picture of heat and difficulty, and the table behind it, which can be sorted by each figure.
#include <algorithm>
#include <set>

#include "pages.h"
#include "rules.h"

namespace issue {
namespace {

using page::Data;
using page::Lang;

constexpr State states_in_order[] = {State::suggested, State::confirmed, State::before_body,  State::adopted,
                                     State::refused,   State::resolved,  State::carried_over, State::dismissed};

// The address of the list with these filters; of the default nothing is said.
std::string address_of_list(const ListOf& of, std::optional<State> state, Sort sort) {
    page::Query q;
    if (of.cycle) q.add("cycle", of.cycle->value());
    if (state) q.add("state", name(*state));
    if (sort != Sort::newest) q.add("sort", name(sort));
    return "/issues" + q.text();
}

struct Found {
    std::vector<Issue> issues;
    std::optional<std::string> older;  // where the next page begins
};

Found find(db::Connection& db, const ListOf& of) {
    constexpr std::size_t most = issues_on_the_map;
    Found out;
    if (of.sort == Sort::newest) {
        out.issues = issues(db, of.cycle, of.state, of.before, static_cast<int>(most) + 1);
        if (out.issues.size() > most) out.issues.pop_back(), out.older = std::to_string(out.issues.back().id.value());
        return out;
    }
    auto rows = ranked(db, of.cycle, of.state, of.sort, of.after, static_cast<int>(most) + 1);
    if (rows.size() > most) {
        rows.pop_back();
        out.older = std::to_string(rows.back().value) + "-" + std::to_string(rows.back().issue.value());
    }
    for (const Ranked& row : rows)
        if (auto one = issue(db, row.issue)) out.issues.push_back(*std::move(one));
    return out;
}

std::string trend_words(Lang lang, const Weight& w) {
    std::int64_t messages = 0, newest = 0;
    for (const Week& week : w.weeks) {
        messages += week.messages;
        if (week.week == week_of(w.score.day)) newest = week.messages;
    }
    return page::say(lang, "issue.trend_words",
                     {{"n", page::number(lang, messages)}, {"newest", page::number(lang, newest)}});
}

std::vector<std::int64_t> by_week(const Weight& w) {
    std::vector<std::int64_t> all(static_cast<std::size_t>(weeks_shown));
    const std::int64_t first = week_of(w.score.day) - weeks_shown + 1;
    for (const Week& week : w.weeks)
        if (week.week >= first && week.week < first + weeks_shown)
            all[static_cast<std::size_t>(week.week - first)] = week.messages;
    return all;
}

std::string division_of(Lang lang, const Score& s) {
    return s.division ? hundredths(lang, *s.division) : page::say(lang, "issue.not_known");
}

void set_figures(Lang lang, Data& d, const Weight& w) {
    const Score& s = w.score;
    d.set("counted", true)
        .set("heat", tenths(lang, s.heat))
        .set("difficulty", tenths(lang, s.difficulty))
        .set("focus", hundredths(lang, s.focus))
        .set("division", division_of(lang, s))
        .set("trend", page::trend(trend_words(lang, w), by_week(w)))
        .set("day", page::full_date(lang, s.day));
}

page::Spot spot_of(Lang lang, const Issue& i, int n, const Score& s) {
    page::Spot spot;
    spot.name = title_of(lang, i), spot.link = address(i.id), spot.n = n;
    spot.said = page::say(lang, "issue.spot_words",
                          {{"heat", tenths(lang, s.heat)},
                           {"difficulty", tenths(lang, s.difficulty)},
                           {"focus", hundredths(lang, s.focus)},
                           {"n", page::number(lang, s.people)}});
    spot.across = static_cast<double>(s.heat) / 1000, spot.up = static_cast<double>(s.difficulty) / 1000;
    spot.behind = s.people, spot.level = focus_level(s.focus);
    return spot;
}

page::Html map_of(Lang lang, std::vector<page::Spot> spots, kernel::Day first, kernel::Day last) {
    page::SpotMap map;
    map.title = page::say(lang, "issue.map");
    map.description = page::say(lang, "issue.map_is", {{"n", page::number(lang, std::ssize(spots))}});
    map.across = page::say(lang, "issue.heat"), map.up = page::say(lang, "issue.difficulty");
    for (const char* level : {"issue.focus_low", "issue.focus_some", "issue.focus_high"})
        map.levels.push_back(page::say(lang, level));
    map.counted = page::say(lang, first == last ? "issue.map_counted" : "issue.map_counted_between",
                            {{"n", page::number(lang, std::ssize(spots))},
                             {"day", page::full_date(lang, last)},
                             {"first", page::full_date(lang, first)}});
    map.spots = std::move(spots);
    return page::spot_map(lang, map);
}

std::vector<Data> sorts(Lang lang, const ListOf& of) {
    std::vector<Data> all;
    for (const Sort sort : all_sorts)
        all.push_back(Data()
                          .set("link", address_of_list(of, of.state, sort))
                          .set("name", page::say(lang, "issue.sort_" + std::string(name(sort))))
                          .set("here", of.sort == sort));
    return all;
}

std::vector<Data> states(Lang lang, const ListOf& of) {
    std::vector<Data> all;
    for (const State s : states_in_order)
        all.push_back(Data()
                          .set("link", address_of_list(of, s, of.sort))
                          .set("name", page::say(lang, "issue.state_" + std::string(name(s))))
                          .set("here", of.state == s));
    return all;
}

}  // namespace

page::Page list_page(const http::Request& r, db::Connection& db, const ListOf& of, const Hooks& hooks) {
    const Lang lang = page::lang_of(r);
    const Found found = find(db, of);
    std::vector<IssueId> ids;
    for (const Issue& i : found.issues) ids.push_back(i.id);
    const auto weighed = weights(db, ids);
    std::vector<Data> rows;
    std::vector<page::Spot> spots;
    std::optional<kernel::Day> first, last;
    for (const Issue& i : found.issues) {
        Data d = row_of(lang, i, of.cycle);
        const int n = static_cast<int>(rows.size()) + 1;
        d.set("n", n);
        if (const auto w = weighed.find(i.id); w != weighed.end()) {
            const Score& s = w->second.score;
            set_figures(lang, d, w->second);
            spots.push_back(spot_of(lang, i, n, s));
            first = first ? std::min(*first, s.day) : s.day, last = last ? std::max(*last, s.day) : s.day;
        }
        rows.push_back(std::move(d));
    }
    Data d;
    std::set<people::CycleId> rounds;
    for (const Issue& i : found.issues) rounds.insert(i.cycle);
    const bool verified = std::any_of(rounds.begin(), rounds.end(),
                                      [&](people::CycleId id) { return people::turnout(db, id).verified > 0; });
    d.set("verified", page::say(lang, verified ? "issue.verified_on_page" : "issue.verified_none"));
    d.set("empty", rows.empty()).set("issues", std::move(rows)).set("states", states(lang, of));
    d.set("none_ranked", of.sort != Sort::newest);
    d.set("sorts", sorts(lang, of)).set("by_division", of.sort == Sort::division);
    d.set("all_link", address_of_list(of, {}, of.sort)).set("all_here", !of.state);
    if (!spots.empty()) d.set("map", map_of(lang, std::move(spots), *first, *last));
    d.set("pagination", page::pagination(lang, {address_of_list(of, of.state, of.sort), {}, found.older}));
    d.set("may_suggest", rules::may_gather(people::actor(r)).has_value());
    const auto round = of.cycle ? cycle::cycle(db, *of.cycle) : std::nullopt;
    const bool of_round = round && !round->standing;
    if (hooks.search) d.set("search", hooks.search(lang, of_round ? of.cycle : std::nullopt));
    return page_of(page::say(lang, "issue.list"), page::render(lang, "issue/list.html", d));
}

}  // namespace issue

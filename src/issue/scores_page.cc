// What an issue weighs, on its page: each figure with its parts, its formula with the parts put in, its n, its day.
#include <algorithm>
#include <cstdlib>

#include <kernel/id.h>

#include "pages.h"
#include "store.h"

namespace issue {
namespace {

using page::Data;
using page::Lang;

constexpr int messages_looked_at_for_places = 200;
constexpr std::int64_t some_focus = 100, high_focus = 300;

std::string rounded(Lang lang, std::int64_t thousandths, int digits) {
    const std::int64_t unit = digits == 1 ? 10 : 100, step = 1000 / unit;
    const std::int64_t n = (thousandths + step / 2) / step;
    std::string behind = std::to_string(n % unit);
    while (static_cast<int>(behind.size()) < digits) behind = "0" + behind;
    return page::number(lang, n / unit) + "." + behind;
}

page::Args parts_of(Lang lang, const Score& s) {
    const auto n = [&](std::int64_t v) { return page::number(lang, v); };
    return {{"heat", tenths(lang, s.heat)},
            {"plain", tenths(lang, s.heat_plain)},
            {"growth", hundredths(lang, s.growth)},
            {"n", n(s.heat_people)},
            {"copying", n(s.copying)},
            {"difficulty", tenths(lang, s.difficulty)},
            {"days", n(s.oldest_days)},
            {"reopened", n(s.reopened)},
            {"extended", n(s.extended)},
            {"units", n(s.units)},
            {"rounds", n(s.rounds)},
            {"focus", hundredths(lang, s.focus)},
            {"messages", n(s.messages)},
            {"answers", n(s.answers)},
            {"refused", n(s.refused)},
            {"appeals", n(s.appeals)},
            {"dissatisfied", n(s.dissatisfied)},
            {"division", s.division ? hundredths(lang, *s.division) : std::string()},
            {"statements", n(s.divided_statements)},
            {"votes", n(s.divided_votes)},
            {"day", page::full_date(lang, s.day)}};
}

page::Html week_bars(Lang lang, const Weight& w) {
    std::vector<page::Bar> bars;
    const std::int64_t last = week_of(w.score.day);
    for (std::int64_t week = last - weeks_shown + 1; week <= last; ++week) {
        page::Bar bar;
        bar.label = page::say(lang, "issue.week_from", {{"day", page::full_date(lang, first_day_of_week(week))}});
        for (const Week& one : w.weeks)
            if (one.week == week) {
                bar.value = one.messages;
                bar.note = page::say(lang, "issue.week_people", {{"n", page::number(lang, one.people)}});
            }
        bars.push_back(std::move(bar));
    }
    return page::bars(lang, page::say(lang, "issue.weeks_title"), bars, page::full_date(lang, w.score.day));
}

page::Html district_bars(Lang lang, db::Connection& db, const Weight& w) {
    std::vector<page::Bar> bars;
    std::int64_t unsaid = 0;
    for (const District& d : w.districts) {
        if (d.code.empty())
            unsaid = d.messages;
        else
            bars.push_back({voice::district_name(db, lang, d.code), d.messages, ""});
    }
    if (bars.empty()) return {};
    std::stable_sort(bars.begin(), bars.end(), [](const auto& a, const auto& b) { return a.value > b.value; });
    if (unsaid > 0) bars.push_back({page::say(lang, "issue.district_unsaid"), unsaid, ""});
    return page::bars(lang, page::say(lang, "issue.districts_title"), bars, page::full_date(lang, w.score.day));
}

std::optional<double> degrees(std::string_view text) {
    const std::string copy(text);
    char* end = nullptr;
    const double value = std::strtod(copy.c_str(), &end);
    return end == copy.c_str() + copy.size() && !copy.empty() ? std::optional(value) : std::nullopt;
}

// Of the newest messages that everybody may read, those that say where. Read from their own rows, which an erasure
// empties: nothing of it is kept here.
page::Html places(Lang lang, db::Connection& db, const Issue& i, kernel::Day day) {
    std::vector<page::Located> all;
    const auto newest = voices_of(db, i.id, std::nullopt, messages_looked_at_for_places);
    for (const voice::Standing& one : voice::standing(db, newest)) {
        const std::size_t comma = one.position.find(',');
        if (comma == std::string::npos) continue;
        const auto latitude = degrees(std::string_view(one.position).substr(0, comma));
        const auto longitude = degrees(std::string_view(one.position).substr(comma + 1));
        if (!latitude || !longitude) continue;
        all.push_back(
            {*latitude, *longitude, page::say(lang, "issue.message_n", {{"n", std::to_string(one.id.value())}})});
    }
    if (all.empty()) return {};
    return page::sketch(lang, page::say(lang, "issue.places_title"), all, page::full_date(lang, day));
}

}  // namespace

std::string tenths(Lang lang, std::int64_t thousandths) { return rounded(lang, thousandths, 1); }
std::string hundredths(Lang lang, std::int64_t thousandths) { return rounded(lang, thousandths, 2); }
int focus_level(std::int64_t thousandths) { return thousandths >= high_focus ? 2 : thousandths >= some_focus ? 1 : 0; }

page::Html figures_part(Lang lang, db::Connection& db, const Issue& i) {
    const auto w = weight(db, i.id);
    Data d;
    d.set("counted", w.has_value());
    if (!w) return page::render(lang, "issue/figures.html", d);
    const Score& s = w->score;
    const page::Args args = parts_of(lang, s);
    std::vector<Data> rows;
    const auto row = [&](const char* figure, const std::string& value, const std::string& parts) {
        rows.push_back(Data()
                           .set("name", page::say(lang, "issue." + std::string(figure)))
                           .set("value", value)
                           .set("parts", page::say(lang, parts, args))
                           .set("formula", page::say(lang, "issue.formula_" + std::string(figure), args)));
    };
    row("heat", tenths(lang, s.heat), s.copying > 0 ? "issue.parts_heat_copied" : "issue.parts_heat");
    row("difficulty", tenths(lang, s.difficulty), "issue.parts_difficulty");
    row("focus", hundredths(lang, s.focus), "issue.parts_focus");
    row("division", s.division ? hundredths(lang, *s.division) : page::say(lang, "issue.not_known"),
        s.division ? "issue.parts_division" : "issue.parts_division_unknown");
    d.set("rows", std::move(rows)).set("day", page::full_date(lang, s.day));
    if (s.first_day) d.set("since", page::full_date(lang, *s.first_day));
    if (s.messages > 0) d.set("weeks", week_bars(lang, *w));
    page::Html districts = district_bars(lang, db, *w), sketch = places(lang, db, i, s.day);
    d.set("where", !districts.text().empty() || !sketch.text().empty());
    d.set("districts", std::move(districts)).set("sketch", std::move(sketch));
    d.set("of_newest",
          i.voices > messages_looked_at_for_places
              ? page::say(lang, "issue.places_of_newest", {{"n", page::number(lang, messages_looked_at_for_places)}})
              : std::string());
    return page::render(lang, "issue/figures.html", d);
}

std::string beside_mark(Lang lang, const std::optional<Weight>& w, Mark mark) {
    if (!w) return page::say(lang, "issue.not_counted_yet");
    const page::Args args = parts_of(lang, w->score);
    switch (mark) {
        case Mark::hot:
            return page::say(lang, "issue.beside_hot", args);
        case Mark::difficult:
            return page::say(lang, "issue.beside_difficult", args);
        case Mark::focal:
            return page::say(lang, "issue.beside_focal", args);
        case Mark::divided:
            return page::say(lang, w->score.division ? "issue.beside_divided" : "issue.beside_divided_unknown", args);
    }
    return {};
}

kernel::Json figures_json(const std::optional<Weight>& w) {
    if (!w) return {};
    const Score& s = w->score;
    const auto real = [](std::int64_t thousandths) { return kernel::Json(static_cast<double>(thousandths) / 1000); };
    kernel::Json::Array weeks;
    for (const Week& week : w->weeks)
        weeks.emplace_back(kernel::Json::Object{
            {"from", kernel::iso(first_day_of_week(week.week))}, {"messages", week.messages}, {"people", week.people}});
    return kernel::Json::Object{
        {"day", kernel::iso(s.day)},
        {"since", s.first_day ? kernel::Json(kernel::iso(*s.first_day)) : kernel::Json()},
        {"heat", kernel::Json::Object{{"value", real(s.heat)},
                                      {"without_discount", real(s.heat_plain)},
                                      {"growth", real(s.growth)},
                                      {"people", s.heat_people},
                                      {"copying", s.copying}}},
        {"difficulty", kernel::Json::Object{{"value", real(s.difficulty)},
                                            {"days", s.oldest_days},
                                            {"reopened", s.reopened},
                                            {"extended", s.extended},
                                            {"units", s.units},
                                            {"rounds", s.rounds}}},
        {"focus", kernel::Json::Object{{"value", real(s.focus)},
                                       {"messages", s.messages},
                                       {"answers", s.answers},
                                       {"refused", s.refused},
                                       {"reopened", s.reopened},
                                       {"appeals", s.appeals},
                                       {"dissatisfied", s.dissatisfied}}},
        {"division", s.division ? kernel::Json(kernel::Json::Object{{"value", real(*s.division)},
                                                                    {"statements", s.divided_statements},
                                                                    {"votes", s.divided_votes}})
                                : kernel::Json()},
        {"weeks", std::move(weeks)}};
}

}  // namespace issue

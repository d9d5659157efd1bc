#include "pages.h"

#include <algorithm>
#include <cmath>

#include "rules.h"

namespace scorecard {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

std::string query_of(const Period& p) { return "?from=" + kernel::iso(p.from) + "&to=" + kernel::iso(p.to); }

std::string period_name(Lang lang, const Period& p) {
    const std::string year = std::to_string(kernel::date(p.from).year);
    if (is_year(p)) return say(lang, "scorecard.year", {{"year", year}});
    if (is_quarter(p))
        return say(lang, "scorecard.quarter", {{"year", year}, {"q", std::to_string(quarter_number(p))}});
    return say(lang, "scorecard.from_to",
               {{"from", page::full_date(lang, p.from)}, {"to", page::full_date(lang, p.to)}});
}

// `before`: further years, of cases that were taken over.
std::vector<Data> period_links(Lang lang, const std::string& path, const Period& here, kernel::Day today,
                               const std::vector<int>& before = {}) {
    std::vector<Period> all = years(today, 3);
    for (auto year = before.rbegin(); year != before.rend(); ++year)
        if (const Period p{kernel::day({*year, 1, 1}), kernel::day({*year, 12, 31})}; p.to < all.back().from)
            all.push_back(p);
    for (const Period& q : quarters(today, 6)) all.push_back(q);
    std::vector<Data> rows;
    for (const Period& p : all)
        rows.push_back(Data().set("link", path + query_of(p)).set("name", period_name(lang, p)).set("here", p == here));
    return rows;
}

// Rounded as the chart rounds it.
std::string whole_percent(Lang lang, double share) {
    return page::percent(lang, static_cast<std::int64_t>(std::llround(share * 100)), 100);
}

std::string too_few(Lang lang, const Figure& f) {
    return say(lang, f.whole == 0 ? "scorecard.nothing" : "scorecard.too_few", {{"n", page::number(lang, f.whole)}});
}

std::string share_words(Lang lang, const Figure& f) {
    return f.shown ? page::percent(lang, f.part, f.whole) : too_few(lang, f);
}

std::string name_of(Lang lang, const std::string& key) { return say(lang, "scorecard.figure_" + key); }

std::vector<Data> count_rows(Lang lang, const std::vector<Count>& all) {
    std::vector<Data> rows;
    for (const Count& c : all)
        if (c.n > 0)
            rows.push_back(Data()
                               .set("what", say(lang, "scorecard.count_" + c.key, {{"n", page::number(lang, c.n)}}))
                               .set("link", c.link));
    return rows;
}

Data figure_row(Lang lang, const Figure& f) {
    Data d;
    d.set("id", "figure-" + f.key).set("name", name_of(lang, f.key)).set("shown", f.shown);
    d.set("share", share_words(lang, f)).set("says", say(lang, "scorecard.says_" + f.key));
    d.set("part", page::number(lang, f.part)).set("whole", page::number(lang, f.whole));
    d.set("part_link", f.part > 0 ? f.link_part : std::string())
        .set("whole_link", f.whole > 0 ? f.link : std::string());
    d.set("range",
          say(lang, "scorecard.range", {{"low", whole_percent(lang, f.low)}, {"high", whole_percent(lang, f.high)}}));
    std::vector<Data> inside = count_rows(lang, f.inside), outside = count_rows(lang, f.outside);
    d.set("has_inside", !inside.empty()).set("inside", std::move(inside));
    d.set("has_outside", !outside.empty()).set("outside", std::move(outside));
    return d;
}

page::Html chart(Lang lang, const std::vector<Figure>& figures) {
    std::vector<page::Share> shares;
    for (const Figure& f : figures)
        if (f.shown) shares.push_back({name_of(lang, f.key), f.part, f.whole, f.low, f.high});
    if (shares.empty()) return {};
    return page::whiskers(lang, say(lang, "scorecard.chart"), shares, "");
}

std::vector<Data> hidden_rows(Lang lang, const std::vector<Card::Hidden>& all) {
    std::vector<Data> rows;
    for (const Card::Hidden& h : all)
        rows.push_back(Data()
                           .set("ground", say(lang, "people.ground_" + std::string(people::name(h.ground))))
                           .set("n", page::number(lang, h.n))
                           .set("link", h.link));
    return rows;
}

std::vector<Data> below_rows(Lang lang, db::Connection& db, const Card& c) {
    std::vector<Data> rows;
    for (people::UnitId each : c.below)
        rows.push_back(Data().set("name", unit_name(lang, db, each)).set("link", address(each, {c.from, c.to})));
    return rows;
}

std::vector<Data> figure_rows(Lang lang, const std::vector<Figure>& all) {
    std::vector<Data> rows;
    for (const Figure& f : all) rows.push_back(figure_row(lang, f));
    return rows;
}

// What was published, beside what the same figures are now.
std::vector<Data> published_rows(Lang lang, const std::vector<Published>& all, const Card& now) {
    std::vector<Data> rows;
    for (const Published& p : all) {
        Data one;
        one.set("entry", say(lang, "page.entry", {{"n", std::to_string(p.entry)}}))
            .set("link", "/receipts/" + std::to_string(p.entry))
            .set("when", page::date_time(lang, p.minute));
        std::vector<Data> values;
        for (const Published::Value& v : p.values) {
            const auto found =
                std::find_if(now.figures.begin(), now.figures.end(), [&](const Figure& f) { return f.key == v.key; });
            if (found == now.figures.end()) continue;
            const auto of = [&](std::int64_t part, std::int64_t whole) {
                return say(lang, "scorecard.of",
                           {{"part", page::number(lang, part)}, {"whole", page::number(lang, whole)}});
            };
            values.push_back(Data()
                                 .set("name", name_of(lang, v.key))
                                 .set("then", of(v.part, v.whole))
                                 .set("now", of(found->part, found->whole)));
        }
        one.set("values", std::move(values));
        rows.push_back(std::move(one));
    }
    return rows;
}

}  // namespace

std::string address(people::UnitId unit, const Period& p) {
    return "/units/" + std::to_string(unit.value()) + "/scorecard" + query_of(p);
}

std::string unit_name(Lang lang, db::Connection& db, people::UnitId id) {
    const auto unit = people::unit(db, id);
    return unit ? unit->name : say(lang, "scorecard.no_unit");
}

page::Page list_page(const Request& r, db::Connection& db, const Period& p, kernel::Day today) {
    const Lang lang = page::lang_of(r);
    std::vector<people::Unit> all = people::units(db);
    bool sample = false;
    std::vector<Data> rows;
    const auto add = [&](people::UnitId id, const std::string& name, bool open) {
        const Card c = own_card(db, id, p.from, p.to);
        const bool empty = rules::nothing(c.figures);
        if (empty && (!open || id == no_unit)) return;
        sample = sample || c.sample;
        std::vector<Data> cells;
        for (const Figure& f : c.figures) {
            Data cell;
            cell.set("share", f.shown ? page::percent(lang, f.part, f.whole)
                                      : say(lang, f.whole == 0 ? "scorecard.none_short" : "scorecard.too_few_short"));
            cell.set("n", f.whole > 0 ? "n = " + page::number(lang, f.whole) : std::string());
            cell.set("link", f.whole > 0 ? f.link : std::string());
            cells.push_back(std::move(cell));
        }
        rows.push_back(
            Data().set("name", name).set("link", address(id, p)).set("cells", std::move(cells)).set("open", open));
    };
    for (const people::Unit& unit : all) add(unit.id, unit.name, unit.open);
    add(no_unit, say(lang, "scorecard.no_unit"), true);
    Data d;
    std::vector<Data> heads;
    for (const Figure& f : rules::figures({no_unit, false, p, {}, {}}, 1))
        heads.push_back(Data().set("name", name_of(lang, f.key)));
    d.set("heads", std::move(heads)).set("units", std::move(rows)).set("period", period_name(lang, p));
    d.set("periods", period_links(lang, "/scorecards", p, today));
    page::Page shown;
    shown.title = say(lang, "scorecard.list");
    shown.section = "scorecards";
    shown.sample = sample;
    shown.main = page::render(lang, "scorecard/list.html", d);
    return shown;
}

page::Page card_page(const Request& r, db::Connection& db, people::UnitId unit, const Period& p, kernel::Day today) {
    const Lang lang = page::lang_of(r);
    const Card c = card(db, unit, p.from, p.to);
    const std::string name = unit_name(lang, db, unit);
    Data d;
    d.set("unit", name).set("unit_link", unit == no_unit ? std::string() : "/units/" + std::to_string(unit.value()));
    d.set("period", period_name(lang, p)).set("no_unit", unit == no_unit);
    d.set("days", say(lang, "scorecard.from_to",
                      {{"from", page::full_date(lang, p.from)}, {"to", page::full_date(lang, p.to)}}));
    d.set("periods", period_links(lang, "/units/" + std::to_string(unit.value()) + "/scorecard", p, today,
                                  voice::before_years(db, unit)));
    d.set("running_on", today <= p.to).set("k", page::number(lang, c.k));
    d.set("chart", chart(lang, c.figures)).set("figures", figure_rows(lang, c.figures));
    std::vector<Data> hidden = hidden_rows(lang, c.hidden_by);
    d.set("has_hidden", !hidden.empty()).set("hidden", std::move(hidden));
    d.set("typed", c.typed > 0 ? say(lang, "scorecard.typed", {{"n", page::number(lang, c.typed)}}) : std::string());
    d.set("by_staff",
          c.by_staff > 0 ? say(lang, "scorecard.by_staff", {{"n", page::number(lang, c.by_staff)}}) : std::string());
    d.set("typed_link", c.typed_link).set("by_staff_link", c.by_staff_link);
    d.set("has_below", !c.below.empty()).set("below", below_rows(lang, db, c));
    d.set("with_below", figure_rows(lang, c.with_below));
    d.set("has_before", !c.before.empty()).set("before", figure_rows(lang, c.before));
    d.set("before_text", say(lang, "scorecard.before_text", {{"n", page::number(lang, c.taken_over)}}));
    std::vector<Data> then = published_rows(lang, published(db, unit, p.from, p.to), c);
    d.set("has_published", !then.empty()).set("published", std::move(then));
    d.set("json", "/api/v1" + address(unit, p)).set("list", "/scorecards" + query_of(p));
    page::Page shown;
    shown.title = say(lang, "scorecard.title", {{"unit", name}});
    shown.section = "scorecards";
    shown.sample = c.sample;
    shown.main = page::render(lang, "scorecard/show.html", d);
    return shown;
}

page::Html part_of_unit(const Request& r, db::Connection& db, people::UnitId unit) {
    const Lang lang = page::lang_of(r);
    // Kept for all readers and knows no day: from the first day of the installation to beyond the last.
    const Card c = card(db, unit, kernel::Day{0}, kernel::day({2200, 12, 31}));
    Data d;
    std::vector<Data> rows;
    for (const Figure& f : c.figures)
        rows.push_back(Data()
                           .set("name", name_of(lang, f.key))
                           .set("share", share_words(lang, f))
                           .set("n", f.shown ? "n = " + page::number(lang, f.whole) : std::string())
                           .set("link", f.link));
    for (const Figure& f : c.before)
        if (f.whole > 0)
            rows.push_back(Data()
                               .set("name", name_of(lang, f.key))
                               .set("share", share_words(lang, f))
                               .set("n", f.shown ? "n = " + page::number(lang, f.whole) : std::string())
                               .set("link", f.link));
    d.set("figures", std::move(rows)).set("all", "/units/" + std::to_string(unit.value()) + "/scorecard");
    return page::render(lang, "scorecard/part.html", d);
}

}  // namespace scorecard

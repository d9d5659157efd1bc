#include <db/database.h>
#include <kernel/text.h>

#include "pages.h"

namespace measure {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

std::string query_of(const Filter& f) {
    page::Query query;
    if (f.cycle) query.add("cycle", f.cycle->value());
    if (f.issue) query.add("issue", f.issue->value());
    if (f.unit) query.add("unit", f.unit->value());
    if (f.state) query.add("state", name(*f.state));
    if (f.late_only) query.add("late", "yes");
    if (f.open_only) query.add("open", "yes");
    if (f.counted)
        people::add_counting(query, f.counted->units, f.counted->from, f.counted->to, name(f.counted->what),
                             f.counted->below);
    return query.text();
}

std::int64_t counted_n(const UnitCounts& c, Figure what) {
    switch (what) {
        case Figure::due:
            return c.due;
        case Figure::settled:
            return c.done_in_time + c.late;
        case Figure::running:
            return c.due - c.done_in_time - c.late;
        case Figure::done_in_time:
            return c.done_in_time;
        case Figure::late:
            return c.late;
        case Figure::judged:
            return c.measures_judged;
        case Figure::returned:
            return c.measures_returned;
        case Figure::not_judged:
            return c.due - c.measures_judged;
    }
    return 0;
}

std::string whose(Lang lang, db::Connection& db, const Counting& c) {
    const auto n = [&](std::size_t count) { return page::number(lang, static_cast<std::int64_t>(count)); };
    if (c.below)
        return say(lang, "measure.figure_below",
                   {{"unit", unit_name(db, c.units[0])}, {"n", n(people::all_units_under(db, c.units[0]).size())}});
    return c.units.size() == 1 ? unit_name(db, c.units[0])
                               : say(lang, "measure.figure_units", {{"n", n(c.units.size())}});
}

// Of a list behind a figure: which figure, whose, of which months, and its number from the counters.
Data figure_words(Lang lang, db::Connection& db, const Counting& c) {
    Data d;
    d.set("what", say(lang, "measure.figure_" + std::string(name(c.what)))).set("of", whose(lang, db, c));
    d.set("days", say(lang, "measure.figure_days",
                      {{"from", page::full_date(lang, c.from)}, {"to", page::full_date(lang, c.to)}}));
    const UnitCounts all = unit_counts(db, people::spread(db, c).units, c.from, c.to);
    d.set("n", say(lang, "measure.figure_n", {{"n", page::number(lang, counted_n(all, c.what))}}));
    return d;
}

std::optional<Counting> counting_of(const Request& r) {
    const auto asked = people::counting_asked(r, "due");
    const std::optional<Figure> what = asked ? parse_figure(asked->what) : std::nullopt;
    return what ? std::optional(Counting{asked->units, asked->from, asked->to, *what, asked->below}) : std::nullopt;
}

std::vector<page::Option> rounds(Lang lang, db::Connection& db, const cycle::Choice& choice) {
    std::vector<page::Option> all = {{"", say(lang, "measure.all"), ""}};
    all.push_back({std::to_string(cycle::standing_desk(db).id.value()), say(lang, "measure.desk"), ""});
    for (const cycle::Cycle& c : choice.rounds)
        all.push_back({std::to_string(c.id.value()), c.name.empty() ? say(lang, "measure.its_round") : c.name, ""});
    return all;
}

std::vector<page::Option> all_units(Lang lang, db::Connection& db) {
    std::vector<page::Option> all = {{"", say(lang, "measure.all"), ""}};
    for (const people::Unit& unit : people::units(db)) all.push_back({std::to_string(unit.id.value()), unit.name, ""});
    return all;
}

std::vector<page::Option> state_options(Lang lang) {
    std::vector<page::Option> all = {{"", say(lang, "measure.all"), ""}};
    for (State s : all_states)
        all.push_back({std::string(name(s)), say(lang, "measure.state_" + std::string(name(s))), ""});
    return all;
}

std::string counted_words(Lang lang, const Counts& c) {
    const std::int64_t all = c.adopted + c.under_way + c.reported + c.verified + c.accepted + c.returned + c.closed;
    return say(lang, "measure.counted",
               {{"n", page::number(lang, all)},
                {"accepted", page::number(lang, c.accepted + c.closed)},
                {"returned", page::number(lang, c.returned)},
                {"late", page::number(lang, c.late)}});
}

void set_filters(Data& data, const Request& r, Lang lang, db::Connection& db, const Filter& f) {
    page::Form form(r);
    const cycle::Choice choice = cycle::to_choose(db, f.cycle ? std::optional(f.cycle->value()) : std::nullopt,
                                                  [](const cycle::Cycle&) { return true; });
    form.options("cycle", rounds(lang, db, choice))
        .options("unit", all_units(lang, db))
        .options("state", state_options(lang));
    if (f.cycle) form.value("cycle", std::to_string(f.cycle->value()));
    if (f.unit) form.value("unit", std::to_string(f.unit->value()));
    if (f.state) form.value("state", std::string(name(*f.state)));
    form.fill(lang, data, {"cycle", "unit", "state"});
    data.set("late_value", f.late_only).set("open_value", f.open_only);
    data.set("more_rounds", cycle::name_another(lang, choice, "/measures", "cycle"));
    data.set("issue", f.issue ? std::to_string(f.issue->value()) : "")
        .set("issue_link", f.issue ? "/issues/" + std::to_string(f.issue->value()) : "");
}

std::vector<Data> rows_of(Lang lang, db::Connection& db, const std::vector<Measure>& all, kernel::Day today,
                          const kernel::Calendar& calendar) {
    std::vector<Data> rows;
    for (const Measure& m : all) rows.push_back(row_of(lang, db, m, today, calendar));
    return rows;
}

// A part is kept for all readers and knows no day: what is late there is what the clock has entered.
page::Html part_with(Lang lang, db::Connection& db, const Filter& f, std::string_view heading_key,
                     const std::string& counted) {
    const std::vector<Measure> all = measures(db, f);
    if (all.empty()) return {};
    std::vector<Data> rows;
    for (const Measure& m : all) {
        Data row = row_of(lang, db, m, kernel::Day{}, kernel::Calendar{});
        row.set("owner", post_of(db, m.promised.owner));
        const Indicator& what = m.promised.indicator;
        if (!m.promised.voice && !what.name.empty())
            row.set("measured", what.name)
                .set("way", say(lang, "measure.part_way",
                                {{"baseline", amount_words(lang, what.baseline, what)},
                                 {"target", amount_words(lang, what.target, what)}}));
        rows.push_back(std::move(row));
    }
    Data d;
    d.set("heading", say(lang, heading_key)).set("measures", std::move(rows)).set("counted", counted);
    d.set("all", "/measures" + query_of(f));
    return page::render(lang, "measure/part.html", d);
}

}  // namespace

Filter filter_of(const Request& r) {
    Filter f;
    const auto index = [&](std::string_view key) { return kernel::parse_index(r.asked(key).value_or("")); };
    if (const auto id = index("cycle")) f.cycle = people::CycleId(*id);
    if (const auto id = index("issue")) f.issue = issue::IssueId(*id);
    if (const auto id = index("unit")) f.unit = people::UnitId(*id);
    f.state = parse_state(r.asked("state").value_or(""));
    f.late_only = !r.asked("late").value_or("").empty();
    f.open_only = !r.asked("open").value_or("").empty();
    if (const auto id = index("before")) f.before = MeasureId(*id);
    if (const auto id = index("after")) f.after = MeasureId(*id);
    f.at_most = measures_on_a_page;
    f.counted = counting_of(r);
    if (f.counted) f.unit.reset();
    return f;
}

Listed listed(db::Connection& db, Filter f) {
    const int most = f.at_most;
    f.at_most = most + 1;
    Listed l{measures(db, f), {}, {}};
    const page::Further further = page::cut(l.measures, most, f);
    if (further.newer) l.newer = l.measures.front().id;
    if (further.older) l.older = l.measures.back().id;
    return l;
}

Data row_of(Lang lang, db::Connection& db, const Measure& m, kernel::Day today, const kernel::Calendar& calendar) {
    Data d;
    d.set("id", m.id.value()).set("link", address(m.id)).set("title", title_of(lang, m));
    d.set("lang", m.promised.title.empty() ? std::string(page::tag(lang)) : m.promised.lang);
    d.set("state", state_of(lang, m, late_days(m, today, calendar))).set("kind", kind_of(lang, m.promised.kind));
    d.set("unit", unit_name(db, m.promised.owner_unit))
        .set("unit_link", "/units/" + std::to_string(m.promised.owner_unit.value()));
    d.set("due", today == kernel::Day{} ? say(lang, "measure.due_on", {{"day", page::full_date(lang, m.promised.due)}})
                                        : due_words(lang, m, today, calendar));
    d.set("percent", m.percent
                         ? say(lang, "measure.reported_percent", {{"percent", page::percent(lang, *m.percent, 100)}})
                         : std::string());
    d.set("sample", m.promised.sample);
    return d;
}

page::Page list_page(const Request& r, db::Connection& db, kernel::Day today) {
    const Lang lang = page::lang_of(r);
    const Filter f = filter_of(r);
    const Listed l = listed(db, f);
    const kernel::Calendar calendar = people::calendar(db);
    Data d;
    set_filters(d, r, lang, db, f);
    const bool whole_round = f.cycle && !f.issue && !f.unit && !f.state && !f.late_only && !f.open_only && !f.counted;
    d.set("counted", whole_round ? counted_words(lang, counts(db, *f.cycle)) : std::string());
    if (f.counted) d.set("figure", figure_words(lang, db, *f.counted));
    d.set("empty", l.measures.empty()).set("measures", rows_of(lang, db, l.measures, today, calendar));
    page::Pages pages{"/measures" + query_of(f), {}, {}};
    if (l.newer) pages.newer = std::to_string(l.newer->value());
    if (l.older) pages.older = std::to_string(l.older->value());
    d.set("pagination", page::pagination(lang, pages));
    d.set("may_pledge", people::actor(r).has(people::Role::head));
    page::Page p;
    p.title = say(lang, "measure.list");
    p.section = "measures";
    p.main = page::render(lang, "measure/list.html", d);
    return p;
}

// ---- parts of other features' pages ---------------------------------------------------------------------------------

page::Html part(const Request& r, db::Connection& db, const cycle::Cycle& c) {
    const Lang lang = page::lang_of(r);
    Filter f;
    f.cycle = c.id;
    f.at_most = 5;
    return part_with(lang, db, f, "measure.list", counted_words(lang, counts(db, c.id)));
}

page::Html part_of_issue(const Request& r, db::Connection& db, const issue::Issue& i) {
    Filter f;
    f.issue = i.id;
    return part_with(page::lang_of(r), db, f, "measure.of_issue", "");
}

page::Html part_of_voice(const Request& r, db::Connection& db, const voice::Voice& v) {
    const Lang lang = page::lang_of(r);
    page::Html all;
    const voice::VoiceId answered = v.joined_to.value_or(v.id);
    if (measure_of_voice(db, answered)) {
        Filter f;
        f.voice = answered;
        f.at_most = 5;
        all = all + part_with(lang, db, f, "measure.promised_here", "");
    }
    for (const issue::Issue& i : issue::issues_of(db, v.id)) {
        Filter f;
        f.issue = i.id;
        f.at_most = 5;
        all = all + part_with(lang, db, f, "measure.came_of_it", "");
    }
    return all;
}

page::Html part_of_unit(const Request& r, db::Connection& db, people::UnitId unit) {
    Filter f;
    f.unit = unit;
    f.at_most = 5;
    return part_with(page::lang_of(r), db, f, "measure.of_unit", "");
}

}  // namespace measure

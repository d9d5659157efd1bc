#include "pages.h"

#include "store.h"
#include "who.h"

namespace spotcheck {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

constexpr int checks_on_a_page = 20, checks_on_a_unit = 3;

std::string entry_address(std::int64_t entry) { return "/entries/" + std::to_string(entry); }

page::Page page_of(std::string title, page::Html main, bool sample, std::string section = "scorecards") {
    page::Page p;
    p.title = std::move(title);
    p.main = std::move(main);
    p.section = std::move(section);
    p.sample = sample;
    return p;
}

std::string unit_name(db::Connection& db, people::UnitId id) {
    const auto unit = people::unit(db, id);
    return unit ? unit->name : std::string();
}

std::string post_of(db::Connection& db, people::OfficerId id) {
    const auto officer = people::officer(db, id);
    return officer ? officer->post : std::string();
}

std::string title_of(Lang lang, db::Connection& db, const Check& c) {
    return say(lang, "spotcheck.title", {{"unit", unit_name(db, c.unit)}, {"day", page::full_date(lang, c.announced)}});
}

page::Html state_of(Lang lang, const Check& c, kernel::Day today) {
    if (!c.drawn_entry) return page::state(lang, "spotcheck.state_announced", page::Tone::neutral);
    if (c.drawn == 0) return page::state(lang, "spotcheck.state_empty", page::Tone::neutral);
    if (c.looked == c.drawn) return page::state(lang, "spotcheck.state_done", page::Tone::done);
    return c.due && today > *c.due ? page::state(lang, "spotcheck.state_overdue", page::Tone::late)
                                   : page::state(lang, "spotcheck.state_open", page::Tone::due);
}

page::Html outcome_of(Lang lang, const Drawn& d) {
    if (!d.look)
        return page::state(lang, d.overdue ? "spotcheck.not_looked_in_time" : "spotcheck.not_looked",
                           d.overdue ? page::Tone::late : page::Tone::due);
    const page::Tone tone = d.look->outcome == Outcome::as_said       ? page::Tone::done
                            : d.look->outcome == Outcome::not_as_said ? page::Tone::late
                                                                      : page::Tone::neutral;
    return page::state(lang, "spotcheck.outcome_" + std::string(name(d.look->outcome)), tone);
}

Data check_row(Lang lang, db::Connection& db, const Check& c, kernel::Day today) {
    Data d;
    d.set("link", address(c.id)).set("title", title_of(lang, db, c)).set("state", state_of(lang, c, today));
    d.set("progress", c.drawn_entry ? say(lang, "spotcheck.progress",
                                          {{"looked", page::number(lang, c.looked)},
                                           {"drawn", page::number(lang, c.drawn)},
                                           {"population", page::number(lang, c.population)}})
                                    : std::string());
    d.set("sample", c.sample);
    return d;
}

// What the unit has closed, by the name under which everybody finds it.
struct Named {
    std::string title, lang, link;
};
Named named(Lang lang, db::Connection& db, const Drawn& d) {
    const std::string number = std::to_string(d.matter);
    if (d.kind == Matter::measure) {
        const auto m = measure::measure(db, measure::MeasureId(d.matter));
        return {m ? measure::title_of(lang, *m) : number, m ? m->promised.lang : "", "/measures/" + number};
    }
    const auto v = voice::voice(db, voice::VoiceId(d.matter));
    const std::string plain = say(lang, "spotcheck.voice_number", {{"n", number}});
    const bool titled = v && !v->title.empty();
    return {titled ? v->title : plain, titled ? v->lang : std::string(page::tag(lang)), "/voices/" + number};
}

Data drawn_row(Lang lang, db::Connection& db, const Drawn& d) {
    Data row;
    const Named of = named(lang, db, d);
    row.set("title", of.title).set("lang", of.lang).set("link", of.link);
    row.set("kind", say(lang, "spotcheck.kind_" + std::string(name(d.kind)))).set("outcome", outcome_of(lang, d));
    row.set("overdue", d.overdue && d.look).set("looked", d.look.has_value());
    if (!d.look) return row;
    row.set("when", page::full_date(lang, d.look->day));
    row.set("how", say(lang, d.look->on_site ? "spotcheck.on_site" : "spotcheck.not_on_site"));
    row.set("who", post_of(db, d.look->by)).set("unit", unit_name(db, d.look->unit));
    row.set("seen", page::paragraphs(d.look->seen)).set("has_seen", !d.look->seen.empty());
    row.set("reopened", d.look->reopened);
    row.set("entry", say(lang, "page.entry", {{"n", std::to_string(d.look->entry)}}))
        .set("entry_link", entry_address(d.look->entry));
    return row;
}

std::vector<std::int64_t> entries_of(const std::vector<Drawn>& all) {
    std::vector<std::int64_t> entries;
    for (const Drawn& d : all)
        if (d.look) entries.push_back(d.look->entry);
    return entries;
}

// How the lot fell, for whoever draws it again.
void set_lot(Lang lang, Data& d, const Check& c) {
    d.set("from", c.from).set("to", c.to).set("size", c.to + 1).set("n", c.n).set("unit_number", c.unit.value());
    d.set("population", page::number(lang, c.population)).set("root", c.drawn_entry ? kernel::hex(c.root) : "");
    d.set("announced_link", entry_address(c.id.value()));
    d.set("drawn_link", c.drawn_entry ? entry_address(*c.drawn_entry) : std::string());
}

page::Html part(const Request& r, db::Connection& db, Matter kind, std::int64_t matter) {
    const Lang lang = page::lang_of(r);
    const std::vector<Drawn> all = looks_of(db, kind, matter);
    if (all.empty()) return {};
    std::vector<Data> rows;
    for (const Drawn& d : all) {
        Data row = drawn_row(lang, db, d);
        row.set("link", address(d.check));
        rows.push_back(std::move(row));
    }
    Data d;
    return page::render(lang, "spotcheck/part.html", d.set("looks", std::move(rows)));
}

}  // namespace

std::string address(CheckId id) { return "/spot-checks/" + std::to_string(id.value()); }
std::string look_address(CheckId id, std::int64_t matter) {
    return "/desk/spot-checks/" + std::to_string(id.value()) + "/" + std::to_string(matter);
}

Filter filter_of(const Request& r) {
    Filter f;
    f.counted = people::counting_asked(r, "drawn");
    const auto unit = f.counted ? std::nullopt : kernel::parse_index(r.asked("unit").value_or(""));
    if (unit) f.unit = people::UnitId(*unit);
    if (const auto id = kernel::parse_index(r.asked("before").value_or(""))) f.before = CheckId(*id);
    f.open_only = !r.asked("open").value_or("").empty();
    f.at_most = checks_on_a_page;
    return f;
}

Listed listed(db::Connection& db, Filter f) {
    const std::size_t most = static_cast<std::size_t>(f.at_most++);
    Listed l{checks(db, f), {}};
    if (l.rows.size() <= most) return l;
    l.rows.pop_back();
    l.older = l.rows.back().id;
    return l;
}

page::Page list_page(const Request& r, db::Connection& db, const Filter& f, kernel::Day today) {
    const Lang lang = page::lang_of(r);
    const Listed found = listed(db, f);
    std::vector<Data> rows;
    bool sample = false;
    for (const Check& c : found.rows) {
        rows.push_back(check_row(lang, db, c, today));
        sample = sample || c.sample;
    }
    page::Query query;
    if (f.counted)
        people::add_counting(query, f.counted->units, f.counted->from, f.counted->to, f.counted->what,
                             f.counted->below);
    if (f.unit) query.add("unit", f.unit->value());
    if (f.open_only) query.add("open", "yes");
    page::Pages pages{"/spot-checks" + query.text(), {}, {}};
    if (found.older) pages.older = std::to_string(found.older->value());
    Data d;
    const people::Actor actor = people::actor(r);
    d.set("may_order", actor.has(people::Role::inspector) || actor.has(people::Role::head));
    const std::int64_t n = people::setting_number(db, "spot_check.per_unit");
    d.set("rule", n == 0 ? say(lang, "spotcheck.rule_off")
                         : say(lang, "spotcheck.rule",
                               {{"n", std::to_string(n)},
                                {"days", std::to_string(people::setting_number(db, "spot_check.look_days"))}}));
    if (f.counted)
        d.set("counted",
              say(lang, "spotcheck.counted",
                  {{"from", page::full_date(lang, f.counted->from)}, {"to", page::full_date(lang, f.counted->to)}}));
    d.set("open_only", f.open_only).set("pagination", page::pagination(lang, pages));
    d.set("empty", rows.empty()).set("checks", std::move(rows));
    return page_of(say(lang, "spotcheck.list"), page::render(lang, "spotcheck/list.html", d), sample);
}

page::Page show_page(const Request& r, db::Connection& db, const Check& c, const Hooks& hooks, kernel::Day today) {
    const Lang lang = page::lang_of(r);
    const std::vector<Drawn> all = drawn(db, c.id);
    const people::Actor actor = people::actor(r);
    std::vector<Data> rows;
    for (const Drawn& d : all) {
        Data row = drawn_row(lang, db, d);
        const bool may = actor.staff() && !d.look && rules::may_look(d, who_is(db, actor, c.unit, d)).has_value();
        row.set("look_link", may ? look_address(c.id, d.matter) : std::string());
        rows.push_back(std::move(row));
    }
    Data d;
    d.set("title", title_of(lang, db, c)).set("state", state_of(lang, c, today));
    d.set("unit", unit_name(db, c.unit)).set("unit_link", "/units/" + std::to_string(c.unit.value()));
    d.set("by", c.by ? post_of(db, *c.by) : say(lang, "spotcheck.by_clock"));
    d.set("announced", page::full_date(lang, c.announced));
    d.set("due", c.due ? page::full_date(lang, *c.due) : std::string()).set("was_drawn", c.drawn_entry.has_value());
    const bool open = c.drawn_entry && c.looked < c.drawn;
    d.set("next", say(lang,
                      !c.drawn_entry                  ? "spotcheck.next_announced"
                      : c.drawn == 0                  ? "spotcheck.next_empty"
                      : !open                         ? "spotcheck.next_done"
                      : today > c.due.value_or(today) ? "spotcheck.next_overdue"
                                                      : "spotcheck.next_open",
                      {{"day", c.due ? page::full_date(lang, *c.due) : std::string()}}));
    d.set("late", open && today > c.due.value_or(today));
    // Everybody is under the root: of its matters nobody is independent.
    d.set("nobody", !people::unit(db, c.unit)->parent && open);
    d.set("has_matters", !rows.empty()).set("matters", std::move(rows));
    set_lot(lang, d, c);
    const std::vector<std::int64_t> entries = entries_of(all);
    if (hooks.words) d.set("about_words", hooks.words(r, db, entries));
    d.set("json", "/api/v1/spot-checks/" + std::to_string(c.id.value()));
    return page_of(title_of(lang, db, c), page::render(lang, "spotcheck/show.html", d), c.sample);
}

page::Page look_page(const Request& r, db::Connection& db, const Check& c, const Drawn& d, page::Form form) {
    const Lang lang = page::lang_of(r);
    std::vector<page::Option> outcomes;
    for (const Outcome one : all_outcomes) {
        const std::string code(name(one));
        outcomes.push_back({code, say(lang, "spotcheck.outcome_" + code), say(lang, "spotcheck.hint_" + code)});
    }
    form.options("outcome", std::move(outcomes));
    Data data;
    form.fill(lang, data, {"outcome", "day", "on_site", "seen"});
    const Named of = named(lang, db, d);
    data.set("title", of.title).set("lang", of.lang).set("link", of.link);
    data.set("check", title_of(lang, db, c))
        .set("check_link", address(c.id))
        .set("action", look_address(c.id, d.matter));
    return page_of(say(lang, "spotcheck.look"), page::render(lang, "spotcheck/look.html", data), c.sample, "work");
}

page::Page order_page(const Request& r, db::Connection& db, page::Form form) {
    const Lang lang = page::lang_of(r);
    const people::Actor actor = people::actor(r);
    std::vector<page::Option> units;
    for (const people::Unit& unit : people::units(db))
        if (unit.open && rules::may_order(who_is(db, actor, unit.id)))
            units.push_back({std::to_string(unit.id.value()), unit.name, ""});
    Data d;
    d.set("none", units.empty());
    form.options("unit", std::move(units));
    form.fill(lang, d, {"unit"});
    return page_of(say(lang, "spotcheck.order"), page::render(lang, "spotcheck/order.html", d), false, "work");
}

// ---- parts of other features' pages --------------------------------------------------------------------------------

page::Html part_of_voice(const Request& r, db::Connection& db, const voice::Voice& v) {
    return part(r, db, Matter::voice, v.id.value());
}
page::Html part_of_measure(const Request& r, db::Connection& db, const measure::Measure& m) {
    return part(r, db, Matter::measure, m.id.value());
}

page::Html part_of_unit(const Request& r, db::Connection& db, people::UnitId unit) {
    const Lang lang = page::lang_of(r);
    Filter f;
    f.unit = unit, f.at_most = checks_on_a_unit;
    const std::vector<Check> newest = checks(db, f);
    if (newest.empty()) return {};
    std::vector<Data> rows;
    for (const Check& c : newest)
        rows.push_back(Data()
                           .set("link", address(c.id))
                           .set("day", page::full_date(lang, c.announced))
                           .set("progress", say(lang, "spotcheck.progress",
                                                {{"looked", page::number(lang, c.looked)},
                                                 {"drawn", page::number(lang, c.drawn)},
                                                 {"population", page::number(lang, c.population)}})));
    Data d;
    d.set("checks", std::move(rows)).set("all", "/spot-checks?unit=" + std::to_string(unit.value()));
    return page::render(lang, "spotcheck/unit_part.html", d);
}

}  // namespace spotcheck

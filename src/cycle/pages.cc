#include "pages.h"

#include <ledger/ledger.h>

#include "rules.h"
#include "store.h"

namespace cycle {
namespace {

using page::Data;
using page::Lang;

std::string phase_key(Phase phase) { return "cycle.phase_" + std::string(name(phase)); }

page::Tone tone_of(const Cycle& c) {
    if (c.phase == Phase::closed) return page::Tone::done;
    return c.phase == Phase::consult ? page::Tone::due : page::Tone::neutral;
}

// Which of the five stations a phase belongs to.
int station_of(Phase phase) {
    switch (phase) {
        case Phase::prepare:
        case Phase::consult:
            return 0;
        case Phase::decide:
            return 1;
        case Phase::act:
            return 2;
        case Phase::report:
            return 3;
        case Phase::review:
            return 4;
        case Phase::closed:
            return 5;
    }
    return 0;
}

// Working days past the announced end of the phase; 0 when in time.
int days_late(db::Connection& db, const Cycle& c, kernel::Day today) {
    if (!c.phase_ends || c.phase == Phase::closed || today <= *c.phase_ends) return 0;
    return kernel::working_days_between(people::calendar(db), *c.phase_ends, today);
}

page::Html loop(Lang lang, const Cycle& c, const std::vector<Happened>& events, int late) {
    std::vector<page::Station> five(5);
    const int here = station_of(c.phase);
    for (int i = 0; i < 5; ++i)
        five[static_cast<std::size_t>(i)].state = i < here ? page::Station::State::done : page::Station::State::ahead;
    if (here < 5) {
        auto& station = five[static_cast<std::size_t>(here)];
        station.state = late > 0 ? page::Station::State::late : page::Station::State::here;
        station.late_days = late;
    }
    for (const Happened& event : events)
        if (event.phase && station_of(*event.phase) < 5)
            five[static_cast<std::size_t>(station_of(*event.phase))].link = "/entries/" + std::to_string(event.entry);
    return page::loop_bar(lang, page::Loop::matter, five);
}

// "until 3 March 2027, 12 working days left", as far as it is announced.
std::string by_when(Lang lang, db::Connection& db, const Cycle& c, kernel::Day today, int late) {
    if (c.phase == Phase::closed) return {};
    if (!c.phase_ends) return page::say(lang, "cycle.no_end_announced");
    const std::string day = page::full_date(lang, *c.phase_ends);
    if (late > 0) return page::say(lang, "cycle.ended_late", {{"day", day}, {"n", std::to_string(late)}});
    const int left = kernel::working_days_between(people::calendar(db), today, *c.phase_ends);
    return page::say(lang, "cycle.ends_on", {{"day", day}, {"n", std::to_string(left)}});
}

std::string what_happened(Lang lang, const Happened& event) {
    page::Args args;
    if (event.phase) args.emplace_back("phase", page::say(lang, phase_key(*event.phase)));
    return page::say(lang, key_of(event.what), args);
}

page::Html history_html(Lang lang, db::Connection& db, const std::vector<Happened>& events) {
    std::vector<page::Event> shown;
    for (const Happened& event : events) {
        page::Event e;
        e.at = event.minute;
        e.what = what_happened(lang, event);
        if (!event.remark.empty())
            e.what = page::say(lang, "cycle.event_remark", {{"what", e.what}, {"remark", event.remark}});
        const auto officer = event.by && *event.by ? people::officer(db, *event.by) : std::nullopt;
        e.who = officer ? officer->post : page::say(lang, "cycle.by_console");
        e.entry = event.entry;
        shown.push_back(std::move(e));
    }
    return page::timeline(lang, shown);
}

Data link_to(Lang lang, const Cycle& c) {
    Data d;
    d.set("link", address(c.id)).set("name", title_of(lang, c)).set("lang", c.lang);
    return d;
}

void set_context(Data& d, const Cycle& c) {
    Data sheet;
    sheet.set("lang", c.lang);
    sheet.set("touches", page::paragraphs(c.context.touches)).set("promised", page::paragraphs(c.context.promised));
    sheet.set("means", page::paragraphs(c.context.means)).set("limits", page::paragraphs(c.context.limits));
    d.set("context", std::move(sheet));
}

std::vector<Data> criteria_rows(const Cycle& c) {
    std::vector<Data> rows;
    for (const Criterion& criterion : c.criteria) {
        Data row;
        row.set("id", criterion.id.value()).set("text", criterion.text).set("lang", c.lang);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string organiser_name(db::Connection& db, const Cycle& c) {
    const auto unit = people::unit(db, c.organiser);
    return unit ? unit->name : std::string();
}

void set_neighbours(Lang lang, db::Connection& db, const Cycle& c, Data& d) {
    if (c.inherits)
        if (const auto before = cycle(db, *c.inherits)) {
            Data link = link_to(lang, *before);
            link.set("words", page::say(lang, before->phase == Phase::closed ? "cycle.took_over" : "cycle.takes_over"));
            d.set("inherits", std::move(link));
        }
    std::vector<Data> after;
    for (CycleId heir : heirs(db, c.id))
        if (const auto next = cycle(db, heir)) after.push_back(link_to(lang, *next));
    d.set("heirs_words", page::say(lang, c.phase == Phase::closed ? "cycle.heirs" : "cycle.heirs_later"));
    d.set("has_heirs", !after.empty()).set("heirs", std::move(after));
}

}  // namespace

std::string address(CycleId id) { return "/cycles/" + std::to_string(id.value()); }

std::string title_of(Lang lang, const Cycle& c) { return c.name.empty() ? page::say(lang, "cycle.nameless") : c.name; }

std::optional<CycleId> cursor(const http::Request& r, std::string_view name) {
    const auto index = kernel::parse_index(r.asked(name).value_or(""));
    return index ? std::optional(CycleId(*index)) : std::nullopt;
}

page::Html funnel(Lang lang, db::Connection& db, const Cycle& c, const std::vector<Step>& steps) {
    std::vector<page::Step> counted;
    for (const Step& step : steps)
        counted.push_back(
            {step.verified ? page::say(lang, step.message_key, {{"verified", page::number(lang, step.verified(db, c))}})
                           : page::say(lang, step.message_key),
             step.count(db, c), step.link ? step.link(c) : std::string()});
    if (counted.empty()) return {};
    return page::funnel(lang, page::say(lang, "cycle.funnel"), counted,
                        page::say(lang, "cycle.counted_at", {{"n", page::number(lang, ledger::size(db))}}));
}

page::Page list_page(const http::Request& r, db::Connection& db) {
    const Lang lang = page::lang_of(r);
    const auto down = cursor(r, "before"), up = down ? std::nullopt : cursor(r, "after");
    std::vector<Cycle> all = up ? newer_cycles(db, *up, cycles_on_a_page + 1) : cycles(db, down, cycles_on_a_page + 1);
    const bool more = all.size() > cycles_on_a_page;
    if (more) all.erase(up ? all.begin() : all.end() - 1);
    std::vector<Data> rows;
    for (const Cycle& c : all) {
        Data row = link_to(lang, c);
        row.set("state", page::state(lang, phase_key(c.phase), tone_of(c))).set("organiser", organiser_name(db, c));
        if (c.phase_ends && c.phase != Phase::closed) row.set("ends", page::full_date(lang, *c.phase_ends));
        row.set("sample", c.sample).set("imported", !c.source.empty());
        rows.push_back(std::move(row));
    }
    page::Pages pages{"/cycles", {}, {}};
    if (!all.empty() && (up ? more : down.has_value())) pages.newer = std::to_string(all.front().id.value());
    if (!all.empty() && (up || more)) pages.older = std::to_string(all.back().id.value());
    Data d;
    d.set("empty", rows.empty()).set("cycles", std::move(rows)).set("pagination", page::pagination(lang, pages));
    d.set("desk", link_to(lang, standing_desk(db)));
    d.set("may_open", r.who.has("clerk") || r.who.has("head") || r.who.has("administrator"));
    page::Page p;
    p.title = page::say(lang, "cycle.list");
    p.section = "cycles";
    p.main = page::render(lang, "cycle/list.html", d);
    return p;
}

page::Page show_page(const http::Request& r, db::Connection& db, const Cycle& c, const Hooks& hooks,
                     kernel::Day today) {
    const Lang lang = page::lang_of(r);
    const std::vector<Happened> events = history(db, c.id);
    const int late = days_late(db, c, today);
    Data d = link_to(lang, c);
    d.set("standing", c.standing).set("source", c.source).set("organiser", organiser_name(db, c));
    d.set("organiser_link", "/units/" + std::to_string(c.organiser.value()));
    d.set("funnel", funnel(lang, db, c, hooks.funnel));
    if (!c.standing) {
        d.set("loop", loop(lang, c, events, late)).set("state", page::state(lang, phase_key(c.phase), tone_of(c)));
        d.set("next", page::say(lang, "cycle.next_" + std::string(name(c.phase))))
            .set("by_when", by_when(lang, db, c, today, late));
        d.set("late", late > 0).set("sheet", true);
        set_context(d, c);
        d.set("complete", c.context_complete).set("no_criteria", c.criteria.empty()).set("criteria", criteria_rows(c));
        const bool may_act = rules::may_act(people::actor(r), c).has_value();
        d.set("may_edit", may_act && c.phase == Phase::prepare)
            .set("may_advance", may_act && rules::next(c.phase).has_value());
        set_neighbours(lang, db, c, d);
    }
    std::vector<Data> parts;
    for (const Part& part : hooks.parts) {
        page::Html html = part.html(r, db, c);
        if (html.text().empty()) continue;
        Data one;
        one.set("id", part.name).set("html", std::move(html));
        parts.push_back(std::move(one));
    }
    if (!c.standing) d.set("desk_link", address(standing_desk(db).id));
    d.set("parts", std::move(parts)).set("history", history_html(lang, db, events));
    if (hooks.words) d.set("about_words", hooks.words(r, db, people::entries_of(events)));
    page::Page p;
    p.title = title_of(lang, c);
    p.section = c.standing ? "desk" : "cycles";
    p.sample = c.sample;
    p.main = page::render(lang, "cycle/show.html", d);
    return p;
}

page::Page new_page(const http::Request& r, db::Connection& db, const page::Form& shown) {
    const Lang lang = page::lang_of(r);
    page::Form form = shown;
    std::vector<page::Option> units, langs, earlier;
    for (const people::Unit& unit : people::units(db))
        if (unit.open) units.push_back({std::to_string(unit.id.value()), unit.name, {}});
    for (Lang each : page::all_langs)
        langs.push_back(
            {std::string(page::tag(each)), page::say(lang, "cycle.lang_" + std::string(page::tag(each))), {}});
    earlier.push_back({"", page::say(lang, "cycle.inherits_nothing"), {}});
    const auto named = kernel::parse_index(r.field("inherits").value_or(r.asked("inherits").value_or("")));
    const Choice choice = to_choose(db, named, [](const Cycle&) { return true; });
    for (const Cycle& c : choice.rounds) earlier.push_back({std::to_string(c.id.value()), title_of(lang, c), {}});
    form.options("organiser", std::move(units))
        .options("lang", std::move(langs))
        .options("inherits", std::move(earlier));
    Data d;
    form.fill(lang, d, {"name", "lang", "organiser", "touches", "promised", "means", "limits", "criteria", "inherits"});
    d.set("more_rounds", name_another(lang, choice, "/cycles/new", "inherits"));
    page::Page p;
    p.title = page::say(lang, "cycle.new");
    p.section = "cycles";
    p.main = page::render(lang, "cycle/form.html", d);
    return p;
}

page::Page edit_page(const http::Request& r, db::Connection& db, const Cycle& c, page::Form form) {
    const Lang lang = page::lang_of(r);
    const bool corrected = context_entry(db, c.id).has_value();
    form.value("touches", c.context.touches).value("promised", c.context.promised);
    form.value("means", c.context.means).value("limits", c.context.limits);
    std::vector<page::Option> replaceable = {{"", page::say(lang, "cycle.criterion_added"), {}}};
    for (const Criterion& criterion : c.criteria)
        replaceable.push_back({std::to_string(criterion.id.value()), criterion.text, {}});
    form.options("replaces", std::move(replaceable));
    Data d = link_to(lang, c);
    d.set("correction", corrected).set("preparing", c.phase == Phase::prepare && !c.standing);
    d.set("has_criteria", !c.criteria.empty()).set("criteria", criteria_rows(c));
    form.fill(lang, d, {"touches", "promised", "means", "limits", "reason", "text", "replaces", "why"});
    page::Page p;
    p.title = page::say(lang, "cycle.edit");
    p.section = "cycles";
    p.sample = c.sample;
    p.main = page::render(lang, "cycle/edit.html", d);
    return p;
}

page::Page phase_page(const http::Request& r, db::Connection& db, const Cycle& c, page::Form form) {
    const Lang lang = page::lang_of(r);
    Data d = link_to(lang, c);
    d.set("state", page::state(lang, phase_key(c.phase), tone_of(c)));
    const auto to = c.standing ? std::nullopt : rules::next(c.phase);
    if (to) {
        std::vector<Data> reasons;
        for (const kernel::Error& gate : unmet(db, c, *to)) {
            Data row;  // its own link, even if empty: mustache would take the page's
            row.set("text", page::say(lang, gate)).set("link", "");
            for (const auto& [arg, value] : gate.args)
                if (arg == "link") row.set("link", value);
            reasons.push_back(std::move(row));
        }
        Data step;
        step.set("here", address(c.id) + "/phase")
            .set("to", name(*to))
            .set("to_name", page::say(lang, phase_key(*to)))
            .set("has_end", *to != Phase::closed);
        step.set("shut", !reasons.empty()).set("reasons", std::move(reasons));
        d.set("step", std::move(step));
    }
    form.fill(lang, d, {"to", "ends", "remark"});
    page::Page p;
    p.title = page::say(lang, "cycle.advance");
    p.section = "cycles";
    p.sample = c.sample;
    p.main = page::render(lang, "cycle/phase.html", d);
    return p;
}

kernel::Json as_json(db::Connection& db, const Cycle& c) {
    kernel::Json context, json;
    context.set("touches", c.context.touches).set("promised", c.context.promised);
    context.set("means", c.context.means).set("limits", c.context.limits);
    kernel::Json::Array criteria;
    for (const Criterion& criterion : c.criteria)
        criteria.push_back(kernel::Json().set("id", criterion.id.value()).set("text", criterion.text));
    json.set("id", c.id.value()).set("standing", c.standing).set("name", c.name).set("lang", c.lang);
    json.set("organiser", c.organiser.value()).set("organiser_name", organiser_name(db, c));
    json.set("phase", c.standing ? kernel::Json() : kernel::Json(name(c.phase)));
    json.set("phase_ends", c.phase_ends ? kernel::Json(kernel::iso(*c.phase_ends)) : kernel::Json());
    json.set("accepts_voices", accepts_voices(c).has_value());
    json.set("context", std::move(context)).set("criteria", std::move(criteria));
    json.set("inherits", c.inherits ? kernel::Json(c.inherits->value()) : kernel::Json());
    kernel::Json::Array after;
    for (CycleId heir : heirs(db, c.id)) after.emplace_back(heir.value());
    json.set("heirs", std::move(after)).set("source", c.source).set("sample", c.sample);
    return json;
}

}  // namespace cycle

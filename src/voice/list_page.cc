#include "list_page.h"

#include "show_page.h"
#include "there.h"

namespace voice {
namespace {

using http::Request;
using page::Data;
using page::Lang;

std::string query_of(const Filter& f) {
    page::Query query;
    if (f.cycle) query.add("cycle", f.cycle->value());
    if (f.kind) query.add("kind", name(*f.kind));
    if (f.state) query.add("state", name(*f.state));
    if (f.unit) query.add("unit", f.unit->value());
    if (f.late_only) query.add("late", "yes");
    if (f.counted)
        people::add_counting(query, f.counted->units, f.counted->from, f.counted->to, name(f.counted->what),
                             f.counted->below);
    if (f.ground) query.add("ground", people::name(*f.ground));
    return query.text();
}

std::int64_t counted_n(const UnitCounts& c, Figure what) {
    const std::int64_t settled = c.in_time + c.late + c.withdrawn;
    switch (what) {
        case Figure::received:
            return c.received;
        case Figure::settled:
            return settled;
        case Figure::running:
            return c.received - settled;
        case Figure::in_time:
            return c.in_time;
        case Figure::late:
            return c.late;
        case Figure::withdrawn:
            return c.withdrawn;
        case Figure::solved:
            return c.solved;
        case Figure::unsolved:
            return c.unsolved;
        case Figure::silent:
            return settled - c.solved - c.unsolved;
        case Figure::rated:
            return c.rated;
        case Figure::satisfied:
            return c.satisfied;
        case Figure::hidden:
            return c.hidden;
        case Figure::typed:
            return c.typed;
        case Figure::by_staff:
            return c.by_staff;
        case Figure::before:
        case Figure::before_answered:
        case Figure::before_in_time:
        case Figure::before_late:
        case Figure::before_replied:
        case Figure::before_unanswered:
        case Figure::before_rated:
        case Figure::before_satisfied:
            return 0;  // counted apart: before_n()
        case Figure::called_back:
            return c.called_back;
        case Figure::agreed_over:
            return c.agreed_kept + c.agreed_broken + c.agreed_denied + c.agreed_unsaid;
        case Figure::agreed_kept:
            return c.agreed_kept;
        case Figure::agreed_broken:
            return c.agreed_broken;
        case Figure::agreed_denied:
            return c.agreed_denied;
        case Figure::agreed_unsaid:
            return c.agreed_unsaid;
        case Figure::agreed_open:
            return c.agreed - c.agreed_kept - c.agreed_broken - c.agreed_denied - c.agreed_unsaid;
        case Figure::contracted:
            return c.contracted;
    }
    return 0;
}

std::string whose(Lang lang, db::Connection& db, const Counting& c) {
    const std::string first =
        c.units[0].value() == 0 ? page::say(lang, "voice.figure_no_unit") : unit_name(db, c.units[0]);
    const auto n = [&](std::size_t count) { return page::number(lang, static_cast<std::int64_t>(count)); };
    if (c.below)
        return page::say(lang, "voice.figure_below",
                         {{"unit", first}, {"n", n(people::all_units_under(db, c.units[0]).size())}});
    return c.units.size() == 1 ? first : page::say(lang, "voice.figure_units", {{"n", n(c.units.size())}});
}

// Of a list behind a figure: which figure, whose, of which days, and its number from the counters.
Data figure_words(Lang lang, db::Connection& db, const Counting& c, std::optional<Ground> ground) {
    Data d;
    const std::vector<people::UnitId> units = people::spread(db, c).units;
    std::string what = page::say(lang, "voice.figure_" + std::string(name(c.what)));
    std::int64_t n = 0;
    if (ground) {
        what = page::say(lang, "voice.figure_hidden_on", {{"ground", page::say(lang, people::ground_key(*ground))}});
        for (const HiddenCount& h : hidden_counts(db, units, c.from, c.to))
            if (h.ground == *ground) n = h.n;
    } else if (is_before(c.what)) {
        n = before_n(before_counts(db, units, c.from, c.to), c.what);
    } else {
        n = counted_n(unit_counts(db, units, c.from, c.to), c.what);
    }
    d.set("what", what).set("of", whose(lang, db, c));
    d.set("days", page::say(lang, "voice.figure_days",
                            {{"from", page::full_date(lang, c.from)}, {"to", page::full_date(lang, c.to)}}));
    d.set("n", page::say(lang, "voice.figure_n", {{"n", page::number(lang, n)}}));
    return d;
}

std::vector<page::Option> with_all(Lang lang, std::vector<page::Option> these) {
    these.insert(these.begin(), {"", page::say(lang, "voice.all"), ""});
    return these;
}

std::vector<page::Option> units_of(db::Connection& db) {
    std::vector<page::Option> all;
    for (const people::Unit& unit : people::units(db)) all.push_back({std::to_string(unit.id.value()), unit.name, ""});
    return all;
}

// How many there are, when the list is of one round or of the desk and not narrowed further.
std::string counted_words(Lang lang, db::Connection& db, const Filter& f, const std::optional<cycle::Cycle>& round) {
    if (f.kind || f.state || f.unit || f.late_only || f.counted || f.ground) return {};
    const Counts c = counts(db, round ? round->id : cycle::standing_desk(db).id);
    return page::say(lang, round ? "voice.counted_round" : "voice.counted_desk",
                     {{"n", page::number(lang, c.voices)},
                      {"open", page::number(lang, c.open_to_public)},
                      {"answered", page::number(lang, c.answered)},
                      {"late", page::number(lang, c.late)},
                      {"hidden", page::number(lang, c.hidden)},
                      {"noted", page::number(lang, c.noted)},
                      {"by_author", page::number(lang, c.rated - c.called_back)},
                      {"called", page::number(lang, c.called_back)},
                      {"silent", page::number(lang, c.silent)}}) +
           (c.parts == 0
                ? std::string()
                : " " + page::say(lang, "voice.counted_parts",
                                  {{"split", page::number(lang, c.split)}, {"parts", page::number(lang, c.parts)}}));
}

struct Listed {
    std::vector<Voice> voices;
    page::Pages pages;
};
Listed listed(db::Connection& db, Filter f) {
    f.at_most = voices_on_a_page + 1;
    Listed l{voices(db, f), {"/voices" + query_of(f), {}, {}}};
    const page::Further further = page::cut(l.voices, voices_on_a_page, f);
    if (further.newer) l.pages.newer = std::to_string(l.voices.front().id.value());
    if (further.older) l.pages.older = std::to_string(l.voices.back().id.value());
    return l;
}

}  // namespace

Data list_row(Lang lang, db::Connection& db, const kernel::Calendar& calendar, const Voice& v, kernel::Day today) {
    const bool erased = v.shown == Shown::published && v.text.empty();
    Data row;
    row.set("link", address(v.id))
        .set("text", excerpt(lang, v))
        .set("lang", v.text.empty() ? std::string(page::tag(lang)) : v.lang);
    row.set("instead", instead_of_words(lang, v, std::nullopt, erased)).set("state", state_of(lang, v));
    row.set("number", page::say(lang, "voice.no", {{"n", std::to_string(v.id.value())}}))
        .set("kind", label(lang, "kind", v.kind));
    row.set("day", page::full_date(lang, kernel::local_day(v.received))).set("unit", unit_name(db, v.unit));
    row.set("due", v.due && v.state < State::answered && v.state != State::asked_back
                       ? due_words(lang, calendar, *v.due, today)
                       : "");
    row.set("verdict", verdict_words(lang, db, v.rating, v.solved, v.rating_unit))
        .set("sample", v.sample)
        .set("source",
             v.shown != Shown::published || v.state != State::noted ? v.source : std::string());  // the state says it
    row.set("part", v.part_of ? page::say(lang, "voice.part_of", {{"other", number_words(lang, *v.part_of)}}) : "");
    row.set("before", v.before ? page::say(lang, "voice.before_" + std::string(name(*v.before))) : std::string());
    return row;
}

page::Page list_page(const Request& r, db::Connection& db, const Hooks& hooks, kernel::Day today) {
    const Lang lang = page::lang_of(r);
    const Filter f = filter_of(r, voices_on_a_page);
    const std::optional<cycle::Cycle> named = f.cycle ? cycle::cycle(db, *f.cycle) : std::nullopt;
    const std::optional<cycle::Cycle> round = named && !named->standing ? named : std::nullopt;
    const kernel::Calendar calendar = people::calendar(db);
    Listed l = listed(db, f);

    page::Form form(r);
    form.options("kind", with_all(lang, options(lang, "kind", all_kinds)))
        .options("state", with_all(lang, options(lang, "state", all_states)));
    form.options("unit", with_all(lang, units_of(db)));
    if (f.kind) form.value("kind", std::string(name(*f.kind)));
    if (f.state) form.value("state", std::string(name(*f.state)));
    if (f.unit) form.value("unit", std::to_string(f.unit->value()));
    Data data;
    form.fill(lang, data, {"kind", "state", "unit"});
    data.set("late_value", f.late_only).set("cycle", f.cycle ? std::to_string(f.cycle->value()) : "");
    data.set("csv", "/voices.csv" + query_of(f));
    data.set("channels", round ? "/cycles/" + std::to_string(round->id.value()) + "/channels" : "/channels");
    data.set("counted", counted_words(lang, db, f, round))
        .set("say",
             round && cycle::accepts_voices(*round) ? "/cycles/" + std::to_string(round->id.value()) + "/say" : "/say");
    if (hooks.search) data.set("search", hooks.search(lang, round ? std::optional(round->id) : std::nullopt));
    if (f.counted) data.set("figure", figure_words(lang, db, *f.counted, f.ground));
    if (round) {
        Data about;
        about.set("link", "/cycles/" + std::to_string(round->id.value()))
            .set("name", round->name)
            .set("lang", round->lang);
        data.set("round", std::move(about));
    }
    std::vector<Data> rows;
    for (const Voice& v : l.voices) rows.push_back(list_row(lang, db, calendar, v, today));
    data.set("empty", rows.empty()).set("voices", std::move(rows)).set("pagination", page::pagination(lang, l.pages));

    page::Page page;
    page.title = page::say(lang, "voice.list");
    page.section = "voices";
    page.main = page::render(lang, "voice/list.html", data);
    return page;
}

page::Html part(const Request& r, db::Connection& db, const cycle::Cycle& c) {
    const Lang lang = page::lang_of(r);
    Filter f;
    f.cycle = c.id;
    f.at_most = 5;
    const kernel::Calendar calendar = people::calendar(db);
    std::vector<Data> rows;
    for (const Voice& v : voices(db, f)) rows.push_back(list_row(lang, db, calendar, v, {}));
    const std::string id = std::to_string(c.id.value());
    Data data;
    data.set("empty", rows.empty()).set("voices", std::move(rows)).set("all", "/voices?cycle=" + id);
    data.set("all_words", page::say(lang, "voice.all_of_them", {{"n", page::number(lang, counts(db, c.id).voices)}}));
    data.set("staff", people::need_staff(people::actor(r)).has_value());  // their next step is another
    data.set("say",
             cycle::accepts_voices(c) ? c.standing ? std::string("/say") : "/cycles/" + id + "/say" : std::string());
    return page::render(lang, "voice/part.html", data);
}

}  // namespace voice

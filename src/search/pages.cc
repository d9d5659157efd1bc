#include "pages.h"

#include <algorithm>

#include <cycle/cycle.h>
#include <kernel/id.h>
#include <kernel/text.h>
#include <people/people.h>

#include "search.h"

namespace search {
namespace {

using page::Data;
using page::Lang;
using page::say;

constexpr std::string_view field_names[] = {"q", "kind", "cycle", "unit", "state", "from", "until", "order"};

std::string label(Lang lang, Kind k) { return say(lang, "search.kind_" + std::string(name(k))); }

// "Message no. 17"
std::string label(Lang lang, const Matter& m) {
    return say(lang, "search.matter", {{"kind", label(lang, m.kind)}, {"n", std::to_string(m.id)}});
}

std::string state_words(Lang lang, Kind kind, const std::string& state) {
    return state.empty() ? std::string() : say(lang, std::string(states_of(kind).key) + state);
}

std::string round_name(Lang lang, const cycle::Cycle& c) {
    return c.name.empty() ? say(lang, "cycle.nameless") : c.name;
}

std::vector<Data> pieces(const std::vector<Shown>& all) {
    std::vector<Data> out;
    for (const Shown& one : all) out.push_back(Data().set("text", one.text).set("hit", one.hit));
    return out;
}

Data row(Lang lang, db::Connection& db, const Read& read) {
    const Document& doc = read.document;
    Data d;
    d.set("link", address(doc.matter)).set("title", pieces(read.title)).set("excerpt", pieces(read.excerpt));
    d.set("has_excerpt", !read.excerpt.empty()).set("lang", doc.lang.empty() ? std::string(page::tag(lang)) : doc.lang);
    d.set("label", label(lang, doc.matter)).set("day", page::full_date(lang, kernel::local_day(read.hit.came)));
    d.set("state", state_words(lang, doc.matter.kind, doc.attributes.state)).set("sample", doc.sample);
    const auto round = cycle::cycle(db, people::CycleId(doc.attributes.cycle));
    if (round && !round->standing)
        d.set("round", round_name(lang, *round))
            .set("round_lang", round->name.empty() ? std::string(page::tag(lang)) : round->lang);
    const auto unit = people::unit(db, people::UnitId(doc.attributes.unit));
    if (unit) d.set("unit", unit->name);
    return d;
}

std::vector<page::Option> rounds(Lang lang, db::Connection& db, const cycle::Choice& choice) {
    std::vector<page::Option> all = {{"", say(lang, "search.any"), ""}};
    all.push_back({std::to_string(cycle::standing_desk(db).id.value()), say(lang, "search.desk"), ""});
    for (const cycle::Cycle& c : choice.rounds) all.push_back({std::to_string(c.id.value()), round_name(lang, c), ""});
    return all;
}

// Everything that was asked stands in the form again, right or wrong.
void set_form(Lang lang, Data& d, const http::Request& r, db::Connection& db,
              const std::vector<kernel::Error>& errors) {
    http::Request typed = r;
    typed.form = r.query;
    page::Form form = page::Form::again(typed, errors);
    std::vector<page::Option> kind_options = {{"", say(lang, "search.any_kind"), ""}},
                              units = {{"", say(lang, "search.any"), ""}}, states = {{"", say(lang, "search.any"), ""}};
    for (const Kind kind : all_kinds) kind_options.push_back({std::string(name(kind)), label(lang, kind), ""});
    for (const people::Unit& unit : people::units(db))
        units.push_back({std::to_string(unit.id.value()), unit.name, ""});
    const auto kind = parse_kind(r.asked("kind").value_or(""));
    if (kind)
        for (const std::string_view state : states_of(*kind).names)
            states.push_back({std::string(state), state_words(lang, *kind, std::string(state)), ""});
    d.set("has_states", states.size() > 1);
    const cycle::Choice choice = cycle::to_choose(db, kernel::parse_index(r.asked("cycle").value_or("")),
                                                  [](const cycle::Cycle&) { return true; });
    form.options("kind", std::move(kind_options)).options("unit", std::move(units)).options("state", std::move(states));
    form.options("cycle", rounds(lang, db, choice));
    form.options("order", {{"fitting", say(lang, "search.order_fitting"), ""},
                           {"newest", say(lang, "search.order_newest"), ""}});
    form.fill(lang, d, field_names);
    d.set("more_rounds", choice.more);
}

// How many, as far as that is known.
std::string count_words(Lang lang, const Asked& asked, const Found& found, std::size_t shown) {
    if (asked.cursor) return {};
    if (found.more) return say(lang, "search.count_more", {{"n", page::number(lang, most_ranked)}});
    // Of one page that is all, what is shown was looked at again, and is the truth.
    const bool all = found.hits.size() == static_cast<std::size_t>(found.count);
    const std::int64_t n = all ? static_cast<std::int64_t>(shown) : found.count;
    return say(lang, "search.count", {{"n", page::number(lang, n)}});
}

}  // namespace

page::Html field(Lang lang, Among among, std::optional<people::CycleId> round) {
    Data d;
    if (among == Among::all) return page::render(lang, "search/field.html", d.set("label", say(lang, "search.field")));
    const std::string_view kind = name(among == Among::voices ? Kind::voice : Kind::issue);
    d.set("kind", kind).set("cycle", round ? std::to_string(round->value()) : std::string());
    d.set("label", say(lang, "search.in_" + std::string(kind) + (round ? "s_of_round" : "s")));
    return page::render(lang, "search/field.html", d);
}

page::Page search_page(const http::Request& r, db::Connection& db, const Wished& wish,
                       const std::optional<Found>& found, const std::vector<Read>& shown, const Standing& standing) {
    const Lang lang = page::lang_of(r);
    Data d;
    set_form(lang, d, r, db, wish.errors);
    d.set("behind", standing.behind());
    d.set("made", say(lang, "search.being_made",
                      {{"n", page::number(lang, standing.entries)}, {"of", page::number(lang, standing.of)}}));
    page::Page p;
    p.title = say(lang, "search.title");
    p.section = "search";
    if (wish.asked && found) {
        const Asked& asked = *wish.asked;
        p.title = say(lang, "search.title_of", {{"what", asked.query.text}});
        std::vector<Data> rows;
        for (const Read& one : shown) {
            rows.push_back(row(lang, db, one));
            p.sample = p.sample || one.document.sample;
        }
        Data result;
        result.set("none", rows.empty() && !found->next).set("hits", std::move(rows)).set("has_hits", !shown.empty());
        result.set("count", shown.empty() ? std::string() : count_words(lang, asked, *found, shown.size()));
        result.set("bounded", found->more && asked.order == Order::fitting && !asked.cursor);
        result.set("bound", page::number(lang, most_ranked));
        if (found->stopped_at) result.set("stopped_at", page::full_date(lang, kernel::local_day(*found->stopped_at)));
        const std::string own = address_of(asked, "/search");
        if (found->next) result.set("next", own + "&before=" + found->next->text());
        if (asked.cursor) result.set("first", own);
        result.set("feed", address_of(asked, "/search.atom") + "&lang=" + std::string(page::tag(lang)));
        d.set("result", std::move(result));
    } else {
        d.set("empty", wish.errors.empty());
    }
    p.main = page::render(lang, "search/search.html", d);
    return p;
}

kernel::Json as_json(const Found& found, const std::vector<Read>& shown) {
    kernel::Json::Array hits;
    const auto pieces_of = [](const std::vector<Shown>& all) {
        kernel::Json::Array out;
        for (const Shown& one : all) out.push_back(kernel::Json().set("hit", one.hit).set("text", one.text));
        return out;
    };
    for (const Read& one : shown) {
        const Document& doc = one.document;
        const Attributes& a = doc.attributes;
        kernel::Json hit;
        hit.set("kind", name(doc.matter.kind)).set("id", doc.matter.id).set("link", address(doc.matter));
        hit.set("title", pieces_of(one.title)).set("excerpt", pieces_of(one.excerpt)).set("lang", doc.lang);
        hit.set("came", kernel::iso(one.hit.came)).set("score", one.hit.score).set("sample", doc.sample);
        hit.set("cycle", a.cycle == 0 ? kernel::Json() : kernel::Json(a.cycle));
        hit.set("unit", a.unit == 0 ? kernel::Json() : kernel::Json(a.unit));
        hit.set("state", a.state.empty() ? kernel::Json() : kernel::Json(a.state));
        hits.push_back(std::move(hit));
    }
    kernel::Json out;
    out.set("hits", std::move(hits)).set("count", found.count).set("more", found.more);
    out.set("next", found.next ? kernel::Json(found.next->text()) : kernel::Json());
    out.set("looked_back_to", found.stopped_at ? kernel::Json(kernel::iso(*found.stopped_at)) : kernel::Json());
    return out;
}

page::Feed as_feed(Lang lang, db::Connection& db, const Asked& asked, const std::vector<Read>& shown,
                   const std::string& origin, kernel::Instant since) {
    page::Feed feed;
    const std::string self = address_of(asked, "/search.atom");
    feed.name = "search/" + kernel::hex(kernel::View(kernel::sha256(kernel::view(self))).first(16));
    feed.self = self + "&lang=" + std::string(page::tag(lang));
    feed.title = say(lang, "search.title_of", {{"what", asked.query.text}});
    feed.author = people::organisation(db);
    feed.address = page::public_address();
    feed.lang = page::tag(lang);
    feed.link = address_of(asked, "/search");
    feed.origin = origin;
    feed.since = since;
    for (const Read& one : shown)
        feed.entries.push_back(
            {one.document.matter.id, label(lang, one.document.matter), address(one.document.matter), one.hit.came});
    return feed;
}

}  // namespace search

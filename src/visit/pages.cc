#include "pages.h"

#include "rules.h"
#include "store.h"

namespace visit {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

std::string number_of(std::int64_t id) { return std::to_string(id); }
std::string issue_link(issue::IssueId id) { return "/issues/" + number_of(id.value()); }

page::Html decides(Lang lang, const Visit& v) {
    return page::state(lang, v.may_decide ? "visit.may_decide" : "visit.may_not_decide",
                       v.may_decide ? page::Tone::done : page::Tone::due);
}

Data row_of(Lang lang, const Visit& v) {
    Data d;
    d.set("link", address(v.id)).set("title", title_of(lang, v)).set("lang", v.lang).set("decides", decides(lang, v));
    d.set("where", v.where).set("posts", v.posts).set("sample", v.sample);
    d.set("met", say(lang, "visit.met_n", {{"n", page::number(lang, v.met)}}));
    d.set("told", v.reported_back ? say(lang, "visit.told_on", {{"day", page::full_date(lang, *v.reported_back)}})
                                  : say(lang, "visit.not_told"));
    return d;
}

std::string yes_no(Lang lang, bool yes) { return say(lang, yes ? "visit.yes" : "visit.no"); }

template <class Id>
std::string numbers_of(Lang lang, const std::vector<Id>& ids) {
    std::string text;
    for (const Id& id : ids) text += (text.empty() ? "" : ", ") + number_of(id.value());
    return text.empty() ? say(lang, "visit.none") : text;
}

std::string days_of(Lang lang, const Visit& v) {
    if (!v.until) return page::full_date(lang, v.day);
    return say(lang, "visit.from_until",
               {{"from", page::full_date(lang, v.day)}, {"until", page::full_date(lang, *v.until)}});
}

// What was heard and promised there, each with a link.
void set_links(Data& d, Lang lang, db::Connection& db, const Visit& v) {
    std::vector<Data> voices, measures;
    for (voice::VoiceId id : v.voices)
        voices.push_back(Data()
                             .set("link", "/voices/" + number_of(id.value()))
                             .set("words", say(lang, "visit.message_n", {{"n", number_of(id.value())}})));
    for (measure::MeasureId id : v.measures) {
        const auto found = measure::measure(db, id);
        const bool named = found && !found->promised.title.empty();
        measures.push_back(Data()
                               .set("link", "/measures/" + number_of(id.value()))
                               .set("lang", named ? found->promised.lang : std::string(page::tag(lang)))
                               .set("words", named ? found->promised.title
                                                   : say(lang, "visit.measure_n", {{"n", number_of(id.value())}})));
    }
    d.set("has_voices", !voices.empty()).set("voices", std::move(voices));
    d.set("has_measures", !measures.empty()).set("measures", std::move(measures));
}

void set_how(Data& d, Lang lang, const Visit& v) {
    if (v.mode) d.set("mode", say(lang, "visit.mode_" + std::string(name(*v.mode))));
    if (v.planned) d.set("planned", say(lang, *v.planned ? "visit.planned_yes" : "visit.planned_no"));
    if (v.plan) d.set("plan_link", address(*v.plan));
    std::string groups;
    for (const Met& met : v.groups) {
        const std::string one = say(
            lang, "visit.group_n",
            {{"group", say(lang, "visit.group_" + std::string(name(met.group)))}, {"n", page::number(lang, met.n)}});
        groups = groups.empty() ? one : say(lang, "visit.event_and", {{"one", groups}, {"other", one}});
    }
    d.set("groups", groups);
}

std::string what_happened(Lang lang, const Happened& h) {
    switch (h.what) {
        case What::recorded:
            return say(lang, "visit.event_recorded", {{"day", page::full_date(lang, h.day)}});
        case What::told:
            return say(lang, "visit.event_told", {{"day", page::full_date(lang, h.day)}});
        case What::linked: {
            const std::string what =
                say(lang, "visit.event_linked",
                    {{"voices", numbers_of(lang, h.links->voices)}, {"measures", numbers_of(lang, h.links->measures)}});
            return h.reason.empty() ? what : say(lang, "visit.event_reason", {{"what", what}, {"reason", h.reason}});
        }
        case What::corrected:
            break;
    }
    std::string changes;
    const auto add = [&](std::string_view key, const std::string& from, const std::string& to) {
        if (from == to) return;
        const std::string one = say(lang, "visit.event_change", {{"what", say(lang, key)}, {"from", from}, {"to", to}});
        changes = changes.empty() ? one : say(lang, "visit.event_and", {{"one", changes}, {"other", one}});
    };
    add("visit.day", page::full_date(lang, h.was->day), page::full_date(lang, h.now->day));
    add("visit.met", page::number(lang, h.was->met), page::number(lang, h.now->met));
    add("visit.decides", yes_no(lang, h.was->may_decide), yes_no(lang, h.now->may_decide));
    const std::string what = say(lang, "visit.event_corrected", {{"changes", changes}});
    return h.reason.empty() ? what : say(lang, "visit.event_reason", {{"what", what}, {"reason", h.reason}});
}

page::Html history_html(Lang lang, db::Connection& db, const std::vector<Happened>& events) {
    std::vector<page::Event> shown;
    for (const Happened& h : events) {
        page::Event e;
        e.at = h.minute;
        e.what = what_happened(lang, h);
        const auto officer = h.by ? people::officer(db, *h.by) : std::nullopt;
        if (officer) e.who = officer->post;
        e.entry = h.entry;
        e.tone = h.what == What::told ? page::Tone::done : page::Tone::neutral;
        shown.push_back(std::move(e));
    }
    return page::timeline(lang, shown);
}

std::string sum_words(Lang lang, const Counts& n) {
    return say(lang, "visit.sum",
               {{"n", page::number(lang, n.visits)},
                {"met", page::number(lang, n.met)},
                {"deciders", page::number(lang, n.by_deciders)}});
}

Data list_of(Lang lang, db::Connection& db, const std::vector<VisitId>& ids) {
    std::vector<Data> rows;
    for (VisitId id : ids)
        if (const auto v = visit(db, id)) rows.push_back(row_of(lang, *v));
    Data d;
    d.set("visits", std::move(rows));
    return d;
}

}  // namespace

std::string title_of(Lang lang, const Visit& v) {
    return say(lang, "visit.title", {{"day", page::full_date(lang, v.day)}});
}

void set_issue(Data& d, Lang lang, const std::optional<issue::Issue>& of) {
    if (!of) return;
    const bool named = !of->title.empty();
    d.set("issue_link", issue_link(of->id)).set("issue", named ? of->title : say(lang, "issue.nameless"));
    d.set("issue_lang", named ? of->lang : std::string(page::tag(lang)));
}

page::Page page_of(std::string title, page::Html main, bool sample) {
    page::Page p;
    p.title = std::move(title);
    p.main = std::move(main);
    p.section = "issues";
    p.sample = sample;
    return p;
}

std::string address(VisitId id) { return "/visits/" + number_of(id.value()); }

Filter filter_of(const Request& r) {
    Filter f;
    const auto index = [&](std::string_view key) { return kernel::parse_index(r.asked(key).value_or("")); };
    if (const auto id = index("issue")) f.issue = issue::IssueId(*id);
    if (const auto id = index("cycle")) f.cycle = people::CycleId(*id);
    if (const auto id = index("unit")) f.unit = people::UnitId(*id);
    if (const auto id = index("before")) f.before = VisitId(*id);
    f.at_most = visits_on_a_page;
    return f;
}

Listed listed(db::Connection& db, Filter f) {
    const std::size_t most = static_cast<std::size_t>(f.at_most++);
    Listed l{visits(db, f), {}};
    if (l.rows.size() <= most) return l;
    l.rows.pop_back();
    l.older = l.rows.back().id;
    return l;
}

page::Page list_page(const Request& r, db::Connection& db, const Filter& f) {
    const Lang lang = page::lang_of(r);
    const Listed found = listed(db, f);
    Data d;
    std::vector<Data> rows;
    for (const Visit& v : found.rows) {
        Data row = row_of(lang, v);
        if (v.issue) set_issue(row, lang, issue::issue(db, *v.issue));
        rows.push_back(std::move(row));
    }
    std::string path = "/visits";
    if (f.issue) {
        path += "?issue=" + number_of(f.issue->value());
        if (const auto of = issue::issue(db, *f.issue)) set_issue(d, lang, of);
        d.set("counted", sum_words(lang, counts(db, *f.issue)));
    } else if (f.cycle) {
        path += "?cycle=" + number_of(f.cycle->value());
        d.set("cycle_link", "/cycles/" + number_of(f.cycle->value()));
        d.set("counted", sum_words(lang, counts(db, *f.cycle)));
    } else if (f.unit) {
        path += "?unit=" + number_of(f.unit->value());
        if (const auto unit = people::unit(db, *f.unit))
            d.set("unit", unit->name).set("unit_link", "/units/" + number_of(f.unit->value()));
    }
    d.set("may_enter", rules::may_record(people::actor(r)).has_value());
    page::Pages pages{path, {}, {}};
    if (found.older) pages.older = number_of(found.older->value());
    d.set("pagination", page::pagination(lang, pages)).set("empty", rows.empty()).set("visits", std::move(rows));
    return page_of(say(lang, "visit.list"), page::render(lang, "visit/list.html", d));
}

page::Page show_page(const Request& r, db::Connection& db, const Visit& v, const Hooks& hooks) {
    const Lang lang = page::lang_of(r);
    Data d = row_of(lang, v);
    if (v.issue) set_issue(d, lang, issue::issue(db, *v.issue));
    d.set("erased", v.posts.empty()).set("day", days_of(lang, v));
    set_how(d, lang, v);
    set_links(d, lang, db, v);
    d.set("met", page::number(lang, v.met)).set("id", v.id.value());
    d.set("decides_text", say(lang, v.may_decide ? "visit.decides_yes" : "visit.decides_no"));
    d.set("heard", page::own_words(v.heard, v.lang)).set("has_heard", !v.heard.empty());
    d.set("promised", page::own_words(v.promised, v.lang)).set("has_promised", !v.promised.empty());
    d.set("told_text", page::own_words(v.told, v.lang)).set("has_told", !v.told.empty());
    d.set("is_told", v.reported_back.has_value());
    if (const auto unit = people::unit(db, v.unit))
        d.set("unit", unit->name).set("unit_link", "/units/" + number_of(v.unit.value()));
    const bool may = rules::may_go_on(people::actor(r), v).has_value();
    d.set("may_tell", may && !v.reported_back).set("may_correct", may);
    const std::vector<Happened> events = history(db, v.id);
    std::vector<Happened> on_page = events;
    d.set("history_turning", page::turning_all(r, {"/visits/" + number_of(v.id.value()), "history"}, on_page,
                                               page::history_on_a_page, [](const Happened& h) { return h.entry; }));
    d.set("history", history_html(lang, db, on_page));
    if (hooks.words) d.set("about_words", hooks.words(r, db, people::entries_of(events)));
    return page_of(title_of(lang, v), page::render(lang, "visit/show.html", d), v.sample);
}

// ---- parts of other features' pages --------------------------------------------------------------------------------

page::Html part(const Request& r, db::Connection& db, const issue::Issue& about) {
    const Lang lang = page::lang_of(r);
    Filter f;
    f.issue = about.id;
    f.at_most = visits_on_an_issue;
    const Counts n = counts(db, about.id);
    std::vector<Data> rows;
    for (const Visit& v : visits(db, f)) rows.push_back(row_of(lang, v));
    Data d;
    d.set("nobody", rows.empty());
    if (!rows.empty())
        d.set("counted", sum_words(lang, n))
            .set("verdict", say(lang, n.by_deciders > 0 ? "visit.decider_went" : "visit.no_decider_went"));
    d.set("late", n.by_deciders == 0);
    d.set("all", n.visits > visits_on_an_issue ? "/visits?issue=" + number_of(about.id.value()) : std::string());
    d.set("visits", std::move(rows));
    const bool may = rules::may_record(people::actor(r)) && about.state != issue::State::dismissed;
    d.set("new_link", may ? "/visits/new?issue=" + number_of(about.id.value()) : std::string());
    return page::render(lang, "visit/part.html", d);
}

page::Html part_of_voice(const Request& r, db::Connection& db, const voice::Voice& v) {
    const auto ids = visits_of(db, v.id);
    if (ids.empty()) return {};
    const Lang lang = page::lang_of(r);
    Data d = list_of(lang, db, ids);
    return page::render(lang, "visit/part_of.html", d.set("heading", say(lang, "visit.heard_on")));
}

page::Html part_of_measure(const Request& r, db::Connection& db, const measure::Measure& m) {
    const auto ids = visits_of(db, m.id);
    if (ids.empty()) return {};
    const Lang lang = page::lang_of(r);
    Data d = list_of(lang, db, ids);
    return page::render(lang, "visit/part_of.html", d.set("heading", say(lang, "visit.promised_on")));
}

page::Html part_of_cycle(const Request& r, db::Connection& db, const cycle::Cycle& c) {
    const Lang lang = page::lang_of(r);
    const issue::Counts of = issue::counts(db, c.id);
    const std::int64_t issues = of.confirmed + of.before_body + of.adopted + of.refused + of.resolved + of.carried_over;
    const Counts n = counts(db, c.id);
    if (issues == 0 && n.visits == 0) return {};
    Data d;
    d.set("nobody", n.visits == 0);
    d.set("visits", page::number(lang, n.visits)).set("seen", page::number(lang, n.issues_seen));
    d.set("met", page::number(lang, n.met)).set("deciders", page::number(lang, n.by_deciders));
    d.set("all", "/visits?cycle=" + number_of(c.id.value()));
    return page::render(lang, "visit/part_of_cycle.html", d);
}

}  // namespace visit

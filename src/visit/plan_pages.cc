// Visits that were published before anybody went.
#include "pages.h"
#include "rules.h"

namespace visit {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

page::Html state_of(Lang lang, const Plan& p, kernel::Day today) {
    if (p.visit) return page::state(lang, "visit.plan_state_kept", page::Tone::done);
    if (p.called_off) return page::state(lang, "visit.plan_state_called_off", page::Tone::neutral);
    if (p.day < today) return page::state(lang, "visit.plan_state_over", page::Tone::late);
    return page::state(lang, "visit.plan_state_open", page::Tone::due);
}

std::string title_of(Lang lang, const Plan& p) {
    return say(lang, "visit.plan_title", {{"day", page::full_date(lang, p.day)}});
}

Data row_of(Lang lang, db::Connection& db, const Plan& p, kernel::Day today) {
    Data d;
    d.set("link", address(p.id)).set("title", title_of(lang, p)).set("state", state_of(lang, p, today));
    d.set("lang", p.lang).set("where", p.where).set("posts", p.posts).set("sample", p.sample);
    d.set("why", page::own_words(p.why, p.lang)).set("has_why", !p.why.empty());
    d.set("reason", page::own_words(p.reason, p.lang)).set("has_reason", !p.reason.empty());
    d.set("announced", say(lang, p.announced ? "visit.announced_yes" : "visit.announced_no"));
    d.set("visit_link", p.visit ? address(*p.visit) : std::string());
    if (const auto unit = people::unit(db, p.unit))
        d.set("unit", unit->name).set("unit_link", "/units/" + std::to_string(p.unit.value()));
    if (p.issue) set_issue(d, lang, issue::issue(db, *p.issue));
    return d;
}

}  // namespace

std::string address(PlanId id) { return "/visits/plan/" + std::to_string(id.value()); }

PlanFilter plan_filter_of(const Request& r) {
    PlanFilter f;
    if (const auto id = kernel::parse_index(r.asked("unit").value_or(""))) f.unit = people::UnitId(*id);
    if (const auto id = kernel::parse_index(r.asked("before").value_or(""))) f.before = PlanId(*id);
    f.open_only = !r.asked("open").value_or("").empty();
    f.at_most = visits_on_a_page;
    return f;
}

ListedPlans listed(db::Connection& db, PlanFilter f) {
    const std::size_t most = static_cast<std::size_t>(f.at_most++);
    ListedPlans l{plans(db, f), {}};
    if (l.rows.size() <= most) return l;
    l.rows.pop_back();
    l.older = l.rows.back().id;
    return l;
}

page::Page plans_page(const Request& r, db::Connection& db, const PlanFilter& f, kernel::Day today) {
    const Lang lang = page::lang_of(r);
    const ListedPlans found = listed(db, f);
    std::vector<Data> rows;
    for (const Plan& p : found.rows) rows.push_back(row_of(lang, db, p, today));
    page::Query query;
    if (f.unit) query.add("unit", f.unit->value());
    if (f.open_only) query.add("open", "yes");
    page::Pages pages{"/visits/plan" + query.text(), {}, {}};
    if (found.older) pages.older = std::to_string(found.older->value());
    Data d;
    d.set("may_plan", rules::may_record(people::actor(r)).has_value()).set("open_only", f.open_only);
    d.set("pagination", page::pagination(lang, pages)).set("empty", rows.empty()).set("plans", std::move(rows));
    return page_of(say(lang, "visit.plans"), page::render(lang, "visit/plans.html", d));
}

page::Page plan_page(const Request& r, db::Connection& db, const Plan& p, const Hooks& hooks, kernel::Day today) {
    const Lang lang = page::lang_of(r);
    Data d = row_of(lang, db, p, today);
    d.set("day", page::full_date(lang, p.day)).set("made", page::full_date(lang, p.made)).set("id", p.id.value());
    d.set("erased", p.posts.empty()).set("called_off", p.called_off);
    const char* next = p.visit         ? "visit.plan_next_kept"
                       : p.called_off  ? "visit.plan_next_called_off"
                       : p.day < today ? "visit.plan_next_over"
                                       : "visit.plan_next_open";
    d.set("next", say(lang, next)).set("late", p.open() && p.day < today);
    d.set("may_end", p.open() && rules::may_go_on(people::actor(r), p).has_value());
    const std::int64_t entries[] = {p.id.value()};
    if (hooks.words) d.set("about_words", hooks.words(r, db, entries));
    return page_of(title_of(lang, p), page::render(lang, "visit/plan.html", d), p.sample);
}

page::Page new_plan_page(const Request& r, db::Connection& db, const std::optional<issue::Issue>& about,
                         page::Form form) {
    const Lang lang = page::lang_of(r);
    form.value("lang", std::string(page::tag(lang)));
    Data d;
    fill_fields(r, db, !about, form, d);
    form.fill(lang, d, {"announced", "why"});
    set_issue(d, lang, about);
    if (about) d.set("about", about->id.value());
    return page_of(say(lang, "visit.plan_new"), page::render(lang, "visit/plan_form.html", d), about && about->sample);
}

page::Page call_off_page(const Request& r, const Plan& p, page::Form form) {
    const Lang lang = page::lang_of(r);
    Data d;
    d.set("link", address(p.id)).set("title", title_of(lang, p));
    form.fill(lang, d, {"reason"});
    return page_of(say(lang, "visit.call_off"), page::render(lang, "visit/call_off.html", d), p.sample);
}

}  // namespace visit

// The list, and what stands of surveys on the page of their round.
#include <db/database.h>

#include "pages.h"
#include "rules.h"

namespace survey {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

constexpr int on_a_part = 10;

Data row_of(Lang lang, const Survey& s) {
    const Words title = title_of(lang, s);
    Data row;
    row.set("link", address(s.id)).set("title", title.text).set("lang", title.lang).set("state", state_of(lang, s));
    row.set("day", say(lang, s.state == State::closed ? "survey.closed_by" : "survey.open_until",
                       {{"day", page::full_date(lang, s.asked.closes)}}));
    if (s.state == State::closed || (s.state == State::open && s.asked.mode == Mode::anonymous))
        row.set("answers", say(lang, "survey.answers_n", {{"n", page::number(lang, s.answers)}}));
    row.set("sample", s.asked.sample);
    return row;
}

std::vector<Data> rows_of(Lang lang, const std::vector<Survey>& all) {
    std::vector<Data> rows;
    for (const Survey& s : all) rows.push_back(row_of(lang, s));
    return rows;
}

bool runs(db::Connection& db, const Request& r, const cycle::Cycle& c) {
    const people::Actor actor = people::actor(r);
    return actor.staff() && rules::may_run(people::in_force(db, actor), c).has_value();
}

}  // namespace

Filter filter_of(const Request& r) {
    Filter f;
    f.state = parse_state(r.asked("state").value_or(""));
    if (f.state == State::drafted) f.state.reset();
    const auto index = [&](std::string_view key) { return kernel::parse_index(r.asked(key).value_or("")); };
    if (const auto id = index("cycle")) f.cycle = CycleId(*id);
    if (const auto id = index("before")) f.before = SurveyId(*id);
    if (const auto id = index("after")) f.after = SurveyId(*id);
    f.at_most = surveys_on_a_page;
    return f;
}

Listed listed(db::Connection& db, Filter f) {
    const int most = f.at_most;
    f.at_most = most + 1;
    Listed l{surveys(db, f), {}, {}};
    const page::Further further = page::cut(l.surveys, most, f);
    if (further.newer) l.newer = l.surveys.front().id;
    if (further.older) l.older = l.surveys.back().id;
    return l;
}

page::Page list_page(const Request& r, db::Connection& db) {
    const Lang lang = page::lang_of(r);
    const Filter f = filter_of(r);
    const Listed l = listed(db, f);
    Data d;
    d.set("empty", l.surveys.empty()).set("surveys", rows_of(lang, l.surveys));
    page::Query query;
    if (f.cycle) {
        query.add("cycle", f.cycle->value());
        d.set("cycle_link", "/cycles/" + std::to_string(f.cycle->value()));
    }
    page::Pages pages{"/surveys" + query.text(), {}, {}};
    if (l.newer) pages.newer = std::to_string(l.newer->value());
    if (l.older) pages.older = std::to_string(l.older->value());
    d.set("pagination", page::pagination(lang, pages));
    page::Page p;
    p.title = say(lang, "survey.list");
    p.section = "cycles";
    p.main = page::render(lang, "survey/list.html", d);
    return p;
}

page::Html part(const Request& r, db::Connection& db, const cycle::Cycle& c) {
    const Lang lang = page::lang_of(r);
    const page::List list{"/cycles/" + std::to_string(c.id.value()), "surveys"};
    Filter f;
    f.cycle = c.id;
    f.drafts = runs(db, r, c);
    if (const auto after = page::index_after(r, list.name)) f.before = SurveyId(*after);
    f.at_most = on_a_part + 1;
    std::vector<Survey> some = surveys(db, f);
    Data d;
    d.set("turning",
          page::turning(r, list, some, on_a_part, [](const Survey& s) { return std::to_string(s.id.value()); }));
    const bool open = c.standing || c.phase != cycle::Phase::closed;
    if (f.drafts && open) d.set("new", "/surveys/new?cycle=" + std::to_string(c.id.value()));
    if (some.empty() && !(f.drafts && open)) return {};
    d.set("all", "/surveys?cycle=" + std::to_string(c.id.value()));
    d.set("empty", some.empty()).set("surveys", rows_of(lang, some));
    return page::render(lang, "survey/part.html", d);
}

}  // namespace survey

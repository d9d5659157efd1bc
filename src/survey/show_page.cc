#include <db/database.h>

#include "pages.h"
#include "rules.h"

namespace survey {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

constexpr int marks_shown = 200;  // the entry has them all

void set_questions(Data& d, Lang lang, const Survey& s) {
    std::vector<Data> rows;
    for (std::size_t n = 0; n < s.asked.questions.size(); ++n) {
        const Question& q = s.asked.questions[n];
        const Words text = question_of(lang, s, n);
        Data row;
        row.set("text", text.text).set("lang", text.lang);
        row.set("type", say(lang, "survey.type_" + std::string(name(q.type)))).set("needed", q.needed);
        if (q.when) row.set("when", say(lang, "survey.asked_if", {{"n", std::to_string(q.when->question)}}));
        rows.push_back(std::move(row));
    }
    d.set("questions", std::move(rows));
}

std::string next_words(Lang lang, const Survey& s, bool running) {
    const page::Args day = {{"day", page::full_date(lang, s.asked.closes)}};
    if (s.state == State::drafted) return say(lang, "survey.next_drafted");
    if (s.state == State::closed) return say(lang, "survey.next_closed");
    if (!running) return say(lang, "survey.next_over");
    return say(lang, s.asked.mode == Mode::roll ? "survey.next_roll" : "survey.next_open", day);
}

// The page's one filled button: to answer, or for staff to open it or end it; and what else they may do.
void set_steps(Data& d, Lang lang, db::Connection& db, const Request& r, const Survey& s, bool running) {
    const people::Actor actor = people::actor(r);
    const bool runs =
        actor.staff() && rules::may_run(people::in_force(db, actor), cycle::cycle(db, s.asked.cycle)).has_value();
    const std::string here = address(s.id);
    const auto step = [&](std::string link, std::string_view key) {
        return Data().set("link", std::move(link)).set("name", say(lang, key));
    };
    std::vector<Data> links;
    if (running) d.set("button", step(here + "/answer", "survey.answer"));
    if (runs && s.state == State::drafted) {
        d.set("button", step(here + "/open", "survey.open"));
        links = {step(here + "/change", "survey.change"), step(here + "/preview", "survey.preview")};
    }
    if (runs && s.state == State::open) {
        if (running)
            links.push_back(step(here + "/close", "survey.close"));
        else
            d.set("button", step(here + "/close", "survey.close"));
    }
    if (runs && s.state == State::closed)
        links = {step(here + "/answers.csv", "survey.export"), step(here + "/texts", "survey.texts")};
    d.set("has_links", !links.empty()).set("links", std::move(links));
}

void set_marks(Data& d, db::Connection& db, const Survey& s) {
    std::vector<Data> marks;
    for (const std::string& mark : spent_marks(db, s.id, "", marks_shown)) marks.push_back(Data().set("mark", mark));
    d.set("has_marks", !marks.empty()).set("marks", std::move(marks));
}

}  // namespace

page::Page show_page(const Request& r, db::Connection& db, const Survey& s, const Hooks& hooks, kernel::Day today) {
    const Lang lang = page::lang_of(r);
    const bool running = s.state == State::open && today <= s.asked.closes;
    const Words title = title_of(lang, s);
    const auto round = cycle::cycle(db, s.asked.cycle);
    Data d;
    d.set("title", title.text).set("lang", title.lang).set("state", state_of(lang, s));
    d.set("round", round && !round->name.empty() ? round->name : say(lang, "cycle.nameless"));
    d.set("round_lang", round && !round->name.empty() ? round->lang : std::string(page::tag(lang)));
    d.set("round_link", "/cycles/" + std::to_string(s.asked.cycle.value()));
    if (!s.asked.intro.empty()) d.set("intro", page::own_words(s.asked.intro, s.asked.lang));
    d.set("next", next_words(lang, s, running));
    set_steps(d, lang, db, r, s, running);
    set_questions(d, lang, s);
    const std::vector<Event> events = history(db, s.id);
    d.set("history", history_html(lang, db, s)).set("k", s.asked.k);
    d.set("on_roll", s.asked.mode == Mode::roll).set("roll", page::number(lang, s.asked.roll));
    if (s.state == State::closed) {
        d.set("closed", true).set("lost", lost(db, s.id));
        d.set("results", results_html(lang, s, figures(db, s)));
        d.set("people", say(lang, s.asked.mode == Mode::roll ? "survey.people_roll" : "survey.people_anonymous",
                            {{"n", page::number(lang, s.answers)},
                             {"roll", page::number(lang, s.asked.roll)},
                             {"share", page::percent(lang, s.answers, s.asked.roll)},
                             {"when", page::date_time(lang, events.back().minute)}}));
        set_marks(d, db, s);
        d.set("closing_entry", "/entries/" + std::to_string(events.back().entry));
    } else if (s.state == State::open && s.asked.mode == Mode::anonymous) {
        d.set("so_far", say(lang, "survey.so_far", {{"n", page::number(lang, s.answers)}}));
    }
    if (hooks.words) d.set("about_words", hooks.words(r, db, people::entries_of(events)));
    d.set("check_link", "/receipts/" + std::to_string(s.id.value()));
    page::Page p;
    p.title = title.text;
    p.section = "cycles";
    p.sample = s.asked.sample;
    p.main = page::render(lang, "survey/show.html", d);
    return p;
}

}  // namespace survey

#include <db/database.h>

#include "acts.h"
#include "pages.h"

namespace review {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

constexpr int marks_shown = 200;  // of each panel; the entry has them all

std::string own_lang(Lang lang, const Review& r, bool erased) {
    return erased ? std::string(page::tag(lang)) : r.frozen.lang;
}

void set_questions(Data& d, Lang lang, db::Connection& db, const Review& r) {
    std::vector<Data> rows;
    for (std::size_t i = 0; i < r.frozen.questions.size(); ++i) {
        const Question& q = r.frozen.questions[i];
        Data row;
        row.set("text", question_text(lang, q, i)).set("lang", own_lang(lang, r, q.text.empty()));
        row.set("overall", i == 0);
        people::CycleId of;
        if (const auto criterion = q.criterion ? cycle::criterion(db, q.criterion, &of) : std::nullopt) {
            const auto round = cycle::cycle(db, of);
            Data one;
            one.set("text", criterion->text.empty() ? say(lang, "measure.criterion_erased") : criterion->text);
            one.set("lang", criterion->text.empty() || !round ? std::string(page::tag(lang)) : round->lang);
            one.set("link",
                    "/cycles/" + std::to_string(of.value()) + "#criterion-" + std::to_string(q.criterion.value()));
            row.set("criterion", std::move(one));
        }
        rows.push_back(std::move(row));
    }
    d.set("questions", std::move(rows));
}

std::string share_words(Lang lang, const PanelResult& p) {
    if (!p.shown) return say(lang, "review.below_k");
    if (!p.counted) return say(lang, "review.no_marks");
    const auto whole = [&](double share) {
        return page::percent(lang, static_cast<std::int64_t>(share * 100 + 0.5), 100);
    };
    return say(lang, "review.share",
               {{"share", page::percent(lang, p.good, p.marks)},
                {"low", whole(p.low)},
                {"high", whole(p.high)},
                {"n", page::number(lang, p.marks)}});
}

void set_panels(Data& d, Lang lang, const Review& r, const std::optional<Result>& found) {
    std::vector<Data> rows;
    for (std::size_t i = 0; i < r.frozen.panels.size(); ++i) {
        const PanelDraft& p = r.frozen.panels[i];
        Data row;
        row.set("name", panel_name(lang, p)).set("lang", own_lang(lang, r, p.name.empty()));
        row.set("group", group_of(lang, p.group)).set("weight", page::percent(lang, p.weight, 100));
        row.set("secrecy", say(lang, "review.secrecy_" + std::string(name(p.secrecy))))
            .set("roll", page::number(lang, p.roll));
        row.set("chosen_by", p.chosen_by.empty() ? say(lang, "review.words_erased") : p.chosen_by);
        row.set("chosen_lang", own_lang(lang, r, p.chosen_by.empty()));
        if (found)
            row.set("cast", page::number(lang, found->panels[i].cast))
                .set("share", share_words(lang, found->panels[i]));
        rows.push_back(std::move(row));
    }
    d.set("panels", std::move(rows)).set("counted", found.has_value());
}

// How many gave which answer, panel by panel, for each question.
void set_answers(Data& d, Lang lang, const Review& r, const Result& found) {
    std::vector<Data> tables;
    for (std::size_t q = 0; q < r.frozen.questions.size(); ++q) {
        std::vector<Data> rows;
        for (const PanelResult& p : found.panels) {
            Data row;
            row.set("name", panel_name(lang, p.panel)).set("lang", own_lang(lang, r, p.panel.name.empty()));
            row.set("shown", p.shown);
            std::vector<Data> cells;
            for (std::size_t answer : {5, 4, 3, 2, 1, 0})
                if (p.shown) cells.push_back(Data().set("n", page::number(lang, p.counts[q][answer])));
            row.set("cells", std::move(cells));
            rows.push_back(std::move(row));
        }
        Data table;
        table.set("question", question_text(lang, r.frozen.questions[q], q));
        table.set("lang", own_lang(lang, r, r.frozen.questions[q].text.empty())).set("rows", std::move(rows));
        tables.push_back(std::move(table));
    }
    d.set("answers", std::move(tables));
}

void set_named(Data& d, Lang lang, db::Connection& db, const Review& r) {
    std::vector<Data> rows;
    for (std::size_t p = 0; p < r.frozen.panels.size(); ++p) {
        if (r.frozen.panels[p].secrecy != Secrecy::named) continue;
        for (const change::Named& one : named_ballots(db, r.id, static_cast<int>(p))) {
            Data row;
            row.set("name", one.name.empty() ? say(lang, "review.name_erased") : one.name);
            row.set("panel", panel_name(lang, r.frozen.panels[p]));
            const char overall = one.answers.at(0);
            row.set("mark", overall == '0' ? say(lang, "review.dont_know")
                                           : say(lang, "review.gave", {{"mark", std::string(1, overall)}}));
            row.set("reasons", page::paragraphs(one.reasons));
            rows.push_back(std::move(row));
        }
    }
    d.set("has_named", !rows.empty()).set("named", std::move(rows));
}

void set_marks(Data& d, Lang lang, db::Connection& db, const Review& r, const Life& l) {
    std::vector<Data> panels;
    for (std::size_t p = 0; p < r.frozen.panels.size(); ++p) {
        Data panel;
        std::vector<Data> marks;
        for (const std::string& mark : spent_marks(db, r.id, static_cast<int>(p), "", marks_shown))
            marks.push_back(Data().set("mark", mark));
        if (marks.empty()) continue;
        panel.set("name", panel_name(lang, r.frozen.panels[p]))
            .set("lang", own_lang(lang, r, r.frozen.panels[p].name.empty()))
            .set("marks", std::move(marks));
        panels.push_back(std::move(panel));
    }
    d.set("has_marks", !panels.empty()).set("marks", std::move(panels));
    d.set("closing_entry", "/entries/" + std::to_string(l.closed->entry));
}

std::string next_words(Lang lang, const Review& r, const std::optional<Result>& found, const Life& l) {
    if (r.state == State::drafted) return say(lang, "review.next_drafted");
    if (!found) return say(lang, "review.next_open", {{"day", page::full_date(lang, r.frozen.closes)}});
    if (!found->enough) return say(lang, "review.next_too_few");
    if (!l.applied) return say(lang, "review.next_not_applied");
    return say(lang, found->accepted ? "review.next_accepted" : "review.next_returned");
}

std::string by_when(Lang lang, db::Connection& db, const Review& r, kernel::Day today) {
    if (r.state == State::closed) return {};
    const int left = std::max(0, kernel::working_days_between(people::calendar(db), today, r.frozen.closes));
    return say(lang, "review.by_when",
               {{"day", page::full_date(lang, r.frozen.closes)}, {"n", page::number(lang, left)}});
}

// The page's one filled button: to vote, or for staff to open it or end it.
void set_steps(Data& d, Lang lang, db::Connection& db, const Request& r, const Review& rv, const measure::Measure& m,
               kernel::Day today) {
    const bool running = rv.state == State::open && today <= rv.frozen.closes;
    const people::Actor actor = people::actor(r);
    const bool runs = actor.staff() && may_run(db, actor, m).has_value();
    const auto offer = [&](std::string_view name, std::string link, std::string_view key) {
        d.set(std::string(name), Data().set("link", std::move(link)).set("name", say(lang, key)));
    };
    if (running) offer("button", address(rv.id) + "/vote", "review.vote");
    if (runs && rv.state == State::drafted) offer("button", address(rv.id) + "/open", "review.open");
    if (runs && rv.state == State::open && !running) offer("button", address(rv.id) + "/close", "review.close");
}

}  // namespace

page::Page show_page(const Request& r, db::Connection& db, const Review& rv, const Hooks& hooks, kernel::Day today) {
    const Lang lang = page::lang_of(r);
    const measure::Measure m = measure::measure(db, rv.frozen.measure).value();
    const auto found = result(db, rv.id);
    const Life l = life(db, rv.id);
    Data d;
    d.set("title", say(lang, "review.title", {{"n", std::to_string(rv.id.value())}}));
    d.set("measure", measure_title(lang, m)).set("measure_link", measure_address(m.id));
    d.set("measure_lang", m.promised.title.empty() ? std::string(page::tag(lang)) : m.promised.lang);
    d.set("state", state_of(lang, rv, found)).set("loop", loop_of(lang, m, rv, l));
    d.set("next", next_words(lang, rv, found, l)).set("by_when", by_when(lang, db, rv, today));
    d.set("drafted", rv.state == State::drafted).set("lost", l.lost);
    set_steps(d, lang, db, r, rv, m, today);
    set_questions(d, lang, db, rv);
    set_panels(d, lang, rv, found);
    d.set("k", page::number(lang, rv.frozen.k)).set("threshold", page::percent(lang, rv.frozen.accept_percent, 100));
    d.set("verdicts", verdicts_of(lang, m, rv, found)).set("history", history_html(lang, db, rv, l));
    if (found) {
        d.set("percent", found->percent ? page::percent(lang, *found->percent, 100) : std::string());
        d.set("outcome", say(lang,
                             !found->enough    ? "review.outcome_too_few"
                             : found->accepted ? "review.outcome_accepted"
                                               : "review.outcome_returned",
                             {{"percent", page::percent(lang, found->percent.value_or(0), 100)},
                              {"threshold", page::percent(lang, rv.frozen.accept_percent, 100)}}));
        d.set("chart", chart_of(lang, *found, l.closed->minute));
        set_answers(d, lang, rv, *found);
        set_named(d, lang, db, rv);
        set_marks(d, lang, db, rv, l);
    }
    std::vector<Stamp> events = {l.drafted};
    for (const auto& later : {l.opened, l.closed})
        if (later) events.push_back(*later);
    if (hooks.words) d.set("about_words", hooks.words(r, db, people::entries_of(events)));
    d.set("check_link", "/receipts/" + std::to_string(rv.id.value()));
    page::Page p;
    p.title = say(lang, "review.title", {{"n", std::to_string(rv.id.value())}});
    p.section = "reviews";
    p.sample = rv.sample;
    p.main = page::render(lang, "review/show.html", d);
    return p;
}

}  // namespace review

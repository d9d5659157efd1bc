#include <algorithm>

#include <db/database.h>
#include <dialogue/dialogue.h>
#include <kernel/text.h>

#include "pages.h"
#include "who.h"

namespace measure {
namespace {

using http::Request;
using page::Data;
using page::Lang;
using page::say;

constexpr int said_shown = 20;  // of messages and of statements; the issue has all

// Only what can be opened becomes a link.
bool is_link(std::string_view text) {
    const bool known = text.starts_with("https://") || text.starts_with("http://");
    return known && text.find_first_of(" \n\t\"<>") == text.npos;
}

void set_place(Data& d, Lang lang, db::Connection& db, const Measure& m) {
    const auto round = cycle::cycle(db, m.promised.cycle);
    d.set("cycle_link", "/cycles/" + std::to_string(m.promised.cycle.value()));
    const bool named = round && !round->name.empty() && !round->standing;
    d.set("cycle", named ? round->name : say(lang, round && round->standing ? "measure.desk" : "measure.its_round"));
    d.set("cycle_lang", named ? round->lang : std::string(page::tag(lang)));
    const auto criterion = m.promised.criterion ? cycle::criterion(db, m.promised.criterion) : std::nullopt;
    if (criterion && round) {
        Data one;
        one.set("text", criterion->text.empty() ? say(lang, "measure.criterion_erased") : criterion->text)
            .set("lang", round->lang);
        one.set("link", "/cycles/" + std::to_string(m.promised.cycle.value()) + "#criterion-" +
                            std::to_string(m.promised.criterion.value()));
        d.set("criterion", std::move(one));
    }
}

Data said_row(Lang lang, std::string link, std::string_view words, const std::string& its_lang) {
    Data row;
    row.set("link", std::move(link));
    row.set("text",
            words.empty() ? say(lang, "issue.voice_closed") : std::string(kernel::first_code_points(words, 120)));
    row.set("lang", words.empty() ? std::string(page::tag(lang)) : its_lang);
    return row;
}
std::vector<Data> voice_rows(Lang lang, db::Connection& db, issue::IssueId of) {
    std::vector<Data> rows;
    for (voice::VoiceId id : issue::voices_of(db, of, std::nullopt, said_shown))
        if (const auto v = voice::voice(db, id))
            rows.push_back(said_row(lang, "/voices/" + std::to_string(id.value()),
                                    v->title.empty() ? v->text : v->title, v->lang));
    return rows;
}
std::vector<Data> statement_rows(Lang lang, db::Connection& db, issue::IssueId of) {
    std::vector<Data> rows;
    for (dialogue::StatementId id : issue::statements_of(db, of, {}, said_shown))
        if (const auto s = dialogue::statement(db, id))
            rows.push_back(said_row(lang, "/statements/" + std::to_string(id.value()), s->text, s->lang));
    return rows;
}

// The issue it answers, and the messages and statements behind it: from the measure back to what people said.
void set_origin(Data& d, Lang lang, db::Connection& db, const Measure& m) {
    if (!m.promised.issue) return;
    const auto of = issue::issue(db, *m.promised.issue);
    if (!of) return;
    const std::string link = "/issues/" + std::to_string(of->id.value());
    Data origin;
    origin.set("link", link).set("title", of->title.empty() ? say(lang, "issue.nameless") : of->title);
    origin.set("lang", of->title.empty() ? std::string(page::tag(lang)) : of->lang);
    origin.set("state", say(lang, "issue.state_" + std::string(issue::name(of->state))));
    origin.set("people", say(lang, "measure.behind_it",
                             {{"voices", page::number(lang, of->voices)},
                              {"people", page::number(lang, of->people)},
                              {"statements", page::number(lang, of->statements)}}) +
                             " · " + people::verified_words(lang, people::turnout(db, of->cycle)));
    auto voices = voice_rows(lang, db, of->id);
    auto statements = statement_rows(lang, db, of->id);
    origin.set("more", of->voices > std::ssize(voices) || of->statements > std::ssize(statements) ? link : "");
    origin.set("has_voices", !voices.empty()).set("voices", std::move(voices));
    origin.set("has_statements", !statements.empty()).set("statements", std::move(statements));
    d.set("origin", std::move(origin));
}

void set_substance(Data& d, Lang lang, db::Connection& db, const Measure& m, const Hooks& hooks) {
    const Draft& p = m.promised;
    d.set("text", page::own_words(p.text, p.lang));
    d.set("owner", post_of(db, p.owner));
    d.set("due_day", page::full_date(lang, p.due))
        .set("first_due", m.first_due == p.due ? std::string() : page::full_date(lang, m.first_due));
    d.set("indicator", p.voice ? say(lang, "measure.promise_indicator") : p.indicator.name)
        .set("baseline", amount_words(lang, p.indicator.baseline, p.indicator));
    d.set("target", amount_words(lang, p.indicator.target, p.indicator));
    if (m.last_value) {
        const int way = percent_of_way(p.indicator.baseline, p.indicator.target, *m.last_value);
        d.set("latest", say(lang, "measure.latest",
                            {{"value", amount_words(lang, *m.last_value, p.indicator)},
                             {"percent", page::percent(lang, way, 100)}}));
    }
    if (p.voice) d.set("voice_link", "/voices/" + std::to_string(p.voice->value()));
    d.set("beneficiaries", p.beneficiaries).set("worse_off", p.worse_off).set("remedy", p.remedy);
    d.set("decided_by", say(lang, m.motion ? "measure.by_motion" : "measure.by_pledge"));
    if (m.motion)
        d.set("motion_link",
              hooks.motion_link ? hooks.motion_link(db, *m.motion) : "/entries/" + std::to_string(*m.motion));
    d.set("nobody", m.nobody_independent);
}

// Reports and checks in full; the history has them in one line each.
std::vector<Data> report_rows(Lang lang, db::Connection& db, const Measure& m, const std::vector<Happened>& events) {
    std::vector<Data> rows;
    for (const Happened& h : events) {
        const bool reports = h.what == What::progressed || h.what == What::done;
        const bool checks = h.what == What::confirmed || h.what == What::not_confirmed;
        if (!reports && !checks) continue;
        Data row;
        const std::string amount =
            h.amount ? amount_words(lang, *h.amount, m.promised.indicator) : say(lang, "measure.not_measured");
        const std::string key = "measure.event_" + std::string(name(h.what));
        row.set("what",
                reports
                    ? say(lang, key, {{"percent", page::percent(lang, h.percent.value_or(0), 100)}, {"amount", amount}})
                    : say(lang, key));
        row.set("who", h.by ? post_of(db, *h.by) : std::string()).set("when", page::date_time(lang, h.minute));
        row.set("entry", say(lang, "page.entry", {{"n", std::to_string(h.entry)}}))
            .set("entry_link", "/entries/" + std::to_string(h.entry));
        row.set("text", page::paragraphs(h.words));
        row.set("evidence", reports ? h.evidence : std::string())
            .set("evidence_link", is_link(h.evidence) ? h.evidence : std::string());
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Data> earlier_wordings(Lang lang, const std::vector<Worded>& all, const std::string& tag) {
    std::vector<Data> rows;
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
        Data row;
        row.set("title", all[i].wording.title).set("lang", tag).set("text", page::own_words(all[i].wording.text, tag));
        row.set("beneficiaries", all[i].wording.beneficiaries)
            .set("worse_off", all[i].wording.worse_off)
            .set("remedy", all[i].wording.remedy);
        row.set("until", say(lang, "measure.worded_until", {{"n", std::to_string(all[i + 1].entry)}}));
        row.set("entry_link", "/entries/" + std::to_string(all[i + 1].entry));
        rows.push_back(std::move(row));
    }
    return rows;
}

// What this reader may do now. The first step of the way is the page's one filled button.
void set_steps(Data& d, Lang lang, db::Connection& db, const Request& r, const Measure& m, kernel::Day today) {
    const people::Actor actor = cycle::in_force(db, people::actor(r));
    if (!actor.staff()) return;
    const rules::Who who = who_is(db, actor, m);
    std::vector<Data> others;
    bool button = false;
    for (const Step& step : steps()) {
        if (!rules::may(step.act, m, who, today)) continue;
        Data one;
        one.set("link", address(m.id) + "/" + std::string(step.path)).set("name", say(lang, words_of(step)));
        if (step.next && !button)
            d.set("button", std::move(one)), button = true;
        else
            others.push_back(std::move(one));
    }
    d.set("has_others", !others.empty()).set("others", std::move(others));
}

std::string next_words(Lang lang, const Measure& m) {
    const bool unchecked = m.state == State::reported && m.nobody_independent;
    return say(lang, unchecked ? "measure.next_unchecked" : "measure.next_" + std::string(name(m.state)));
}

std::string by_when(Lang lang, const Measure& m, kernel::Day today, const kernel::Calendar& calendar) {
    if (rules::being_done(m)) return due_words(lang, m, today, calendar);
    if (m.state != State::closed) return {};
    return m.look_back ? say(lang, "measure.look_back_on", {{"day", page::full_date(lang, *m.look_back)}})
                       : say(lang, "measure.look_back_done");
}

}  // namespace

page::Page show_page(const Request& r, db::Connection& db, const Measure& m, const Hooks& hooks, kernel::Day today) {
    const Lang lang = page::lang_of(r);
    const kernel::Calendar calendar = people::calendar(db);
    const std::vector<Happened> events = history(db, m.id);
    const int late = late_days(m, today, calendar);
    Data d = row_of(lang, db, m, today, calendar);
    d.set("what", say(lang, "measure.what",
                      {{"kind", kind_of(lang, m.promised.kind)},
                       {"unit", unit_name(db, m.promised.owner_unit)},
                       {"day", page::full_date(lang, m.promised.due)}}));
    d.set("loop", loop_of(lang, m, events, late))
        .set("next", next_words(lang, m))
        .set("by_when", by_when(lang, m, today, calendar));
    d.set("late", late > 0 && rules::being_done(m));
    set_steps(d, lang, db, r, m, today);
    set_place(d, lang, db, m);
    set_substance(d, lang, db, m, hooks);
    set_origin(d, lang, db, m);
    d.set("chart", chart_of(lang, m, events));
    d.set("verdicts", verdicts_of(lang, m, hooks.judged_percent ? hooks.judged_percent(db, m.id) : std::nullopt));
    std::vector<Data> reports = report_rows(lang, db, m, events);
    d.set("has_reports", !reports.empty()).set("reports", std::move(reports));
    std::vector<Data> earlier = earlier_wordings(lang, wordings(db, m.id), m.promised.lang);
    d.set("has_earlier", !earlier.empty()).set("earlier", std::move(earlier));
    std::vector<Data> parts;
    for (const auto& part : hooks.parts) {
        page::Html html = part(r, db, m);
        if (!html.text().empty()) parts.push_back(Data().set("html", std::move(html)));
    }
    std::vector<Happened> on_page = events;
    d.set("history_turning", page::turning_all(r, {"/measures/" + std::to_string(m.id.value()), "history"}, on_page,
                                               page::history_on_a_page, [](const Happened& h) { return h.entry; }));
    d.set("parts", std::move(parts)).set("history", history_html(lang, db, m, on_page));
    if (hooks.words) d.set("about_words", hooks.words(r, db, people::entries_of(events)));
    page::Page p;
    p.title = title_of(lang, m);
    p.section = "measures";
    p.sample = m.promised.sample;
    p.main = page::render(lang, "measure/show.html", d);
    return p;
}

}  // namespace measure

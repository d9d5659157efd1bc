#include "pages.h"

#include <algorithm>

#include <kernel/text.h>

#include "advice.h"
#include "rules.h"
#include "store.h"

namespace issue {
namespace {

using page::Data;
using page::Lang;

constexpr std::string_view inherited_list = "inherited-issues";

page::Tone tone_of(State state) {
    switch (state) {
        case State::suggested:
            return page::Tone::neutral;
        case State::confirmed:
        case State::before_body:
            return page::Tone::due;
        case State::adopted:
        case State::resolved:
            return page::Tone::done;
        case State::refused:
        case State::dismissed:
            return page::Tone::late;
        case State::carried_over:
            return page::Tone::neutral;
    }
    return page::Tone::neutral;
}

page::Html loop(Lang lang, const Issue& i, const std::vector<Happened>& events) {
    using S = page::Station::State;
    std::vector<page::Station> five(5);
    const bool decided = i.state == State::adopted || i.state == State::refused || i.state == State::resolved;
    five[0].state = i.state == State::suggested ? S::here : S::done;
    if (i.state == State::confirmed || i.state == State::before_body) five[1].state = S::here;
    if (decided) five[1].state = S::done;
    if (i.state == State::adopted) five[2].state = S::here;
    if (i.state == State::resolved)
        for (std::size_t n = 2; n < 5; ++n) five[n].state = S::done;
    for (const Happened& event : events) {
        const std::string link = "/entries/" + std::to_string(event.entry);
        if (event.what == What::suggested) five[0].link = link;
        if (event.what == What::adopted || event.what == What::refused) five[1].link = link;
    }
    return page::loop_bar(lang, page::Loop::matter, five);
}

std::vector<Data> marks_of(Lang lang, const Issue& i) {
    std::vector<Data> rows;
    for (const auto& [bit, key] : {std::pair{1, "issue.mark_hot"},
                                   {2, "issue.mark_difficult"},
                                   {4, "issue.mark_focal"},
                                   {8, "issue.mark_divided"}})
        if (i.marks & bit) rows.push_back(Data().set("name", page::say(lang, key)));
    return rows;
}

// The round as a link; without its name where that was removed.
Data round_of(Lang lang, db::Connection& db, people::CycleId id) {
    const auto c = cycle::cycle(db, id);
    const bool named = c && !c->name.empty();
    Data d;
    d.set("cycle_link", "/cycles/" + std::to_string(id.value()))
        .set("cycle", named ? c->name : page::say(lang, "issue.its_round"))
        .set("cycle_lang", named ? c->lang : std::string(page::tag(lang)));
    return d;
}

// Where it came from, in the order in which it went.
std::vector<Data> rounds_before(Lang lang, db::Connection& db, const std::vector<Carried>& went) {
    std::vector<Data> rows;
    for (const Carried& c : went)
        rows.push_back(
            round_of(lang, db, c.from).set("entry", c.entry).set("entry_link", "/entries/" + std::to_string(c.entry)));
    return rows;
}

page::Html history_html(Lang lang, db::Connection& db, const std::vector<Happened>& events) {
    std::vector<page::Event> shown;
    for (const Happened& event : events) {
        page::Event e;
        e.at = event.minute;
        e.what = page::say(lang, key_of(event.what), {{"n", page::number(lang, event.n)}});
        if (!event.reason.empty())
            e.what = page::say(lang, "issue.event_reason", {{"what", e.what}, {"reason", event.reason}});
        const auto officer = event.by ? people::officer(db, *event.by) : std::nullopt;
        if (officer) e.who = officer->post;
        e.entry = event.entry;
        shown.push_back(std::move(e));
    }
    return page::timeline(lang, shown);
}

std::vector<Data> statement_rows(db::Connection& db, const std::vector<dialogue::StatementId>& ids) {
    std::vector<Data> rows;
    for (dialogue::StatementId id : ids)
        if (const auto s = dialogue::statement(db, id))
            rows.push_back(Data()
                               .set("text", s->text)
                               .set("lang", s->lang)
                               .set("link", "/statements/" + std::to_string(id.value())));
    return rows;
}

}  // namespace

Data row_of(Lang lang, const Issue& i, std::optional<people::CycleId> of) {
    Data d;
    d.set("id", i.id.value()).set("link", address(i.id)).set("title", title_of(lang, i)).set("lang", i.lang);
    d.set("state", of && *of != i.cycle ? page::state(lang, "issue.state_carried_over", page::Tone::neutral)
                                        : state_of(lang, i));
    d.set("marks", marks_of(lang, i));
    d.set("voices", page::number(lang, i.voices))
        .set("statements", page::number(lang, i.statements))
        .set("people", page::number(lang, i.people));
    return d;
}

page::Page page_of(std::string title, page::Html main, const Issue* i) {
    page::Page p;
    p.title = std::move(title);
    p.main = std::move(main);
    p.section = "issues";
    p.sample = i && i->sample;
    return p;
}

std::vector<Data> voice_rows(Lang lang, db::Connection& db, const std::vector<voice::VoiceId>& ids) {
    std::vector<Data> rows;
    for (voice::VoiceId id : ids) {
        const auto v = voice::voice(db, id);
        if (!v) continue;
        const bool closed = v->title.empty() && v->text.empty();
        std::string start(kernel::first_code_points(v->title.empty() ? v->text : v->title, 120));
        Data d;
        d.set("link", "/voices/" + std::to_string(id.value())).set("id", id.value());
        d.set("text", closed ? page::say(lang, "issue.voice_closed") : start)
            .set("lang", closed ? std::string(page::tag(lang)) : v->lang);
        d.set("kind", page::say(lang, "voice.kind_" + std::string(voice::name(v->kind))));
        rows.push_back(std::move(d));
    }
    return rows;
}

std::string address(IssueId id) { return "/issues/" + std::to_string(id.value()); }
std::string title_of(Lang lang, const Issue& i) {
    return i.title.empty() ? page::say(lang, "issue.nameless") : i.title;
}
page::Html state_of(Lang lang, const Issue& i) {
    return page::state(lang, "issue.state_" + std::string(name(i.state)), tone_of(i.state));
}

page::Page show_page(const http::Request& r, db::Connection& db, const Issue& i, const Hooks& hooks) {
    const Lang lang = page::lang_of(r);
    const auto events = history(db, i.id);
    Data d = row_of(lang, i);
    d.set("people", people::people_words(lang, i.people, people::turnout(db, i.cycle)));
    d.set("text", page::own_words(i.text, i.lang)).set("loop", loop(lang, i, events));
    if (const auto into = merged_into(db, i.id))
        if (const auto other = issue(db, *into)) d.set("merged", row_of(lang, *other));
    // As of every figure out of surveys: nothing below the smallest number that is shown.
    if (const Answers in_surveys = answers(db, i.id); in_surveys.answers > 0) {
        const std::int64_t k = people::setting_number(db, "figures.min_cell");
        d.set(
            "answers",
            Data().set("words", in_surveys.people >= k
                                    ? page::say(lang, "issue.answers_n", {{"n", page::number(lang, in_surveys.people)}})
                                    : page::say(lang, "issue.answers_few", {{"k", page::number(lang, k)}})));
    }
    d.set("next", page::say(lang, "issue.next_" + std::string(name(i.state))));
    std::vector<Data> in = {round_of(lang, db, i.cycle)};
    const std::vector<Carried> went = carried(db, i.id);
    d.set("in", std::move(in)).set("came", !went.empty()).set("before", rounds_before(lang, db, went));
    d.set("twice", went.size() > 1
                       ? page::say(lang, "issue.carried_often", {{"n", page::number(lang, std::ssize(went))}})
                       : std::string());
    const auto before = kernel::parse_index(r.asked("before").value_or(""));
    auto ids =
        voices_of(db, i.id, before ? std::optional(voice::VoiceId(*before)) : std::nullopt, voices_on_a_page + 1);
    const bool more = ids.size() > voices_on_a_page;
    if (more) ids.pop_back();
    d.set("voice_rows", voice_rows(lang, db, ids)).set("has_voices", !ids.empty());
    page::Pages pages{address(i.id), {}, {}};
    if (more) pages.older = std::to_string(ids.back().value());
    d.set("pagination", page::pagination(lang, pages));
    auto joined = statements_of(db, i.id, dialogue::StatementId(page::index_after(r, "statements").value_or(0)),
                                statements_on_a_page + 1);
    d.set("statements_turning", page::turning(r, {address(i.id), "statements"}, joined, statements_on_a_page,
                                              [](auto id) { return std::to_string(id.value()); }));
    auto statements = statement_rows(db, joined);
    d.set("has_statements", !statements.empty()).set("statement_rows", std::move(statements));
    d.set("figures", figures_part(lang, db, i)).set("advice", advice_part(r, db, i));
    d.set("asks_advice", rules::takes_advice(i).has_value());
    std::vector<Data> parts;
    for (const auto& part : hooks.parts) {
        page::Html html = part(r, db, i);
        if (!html.text().empty()) parts.push_back(Data().set("html", std::move(html)));
    }
    std::vector<Happened> on_page = events;
    d.set("history_turning", page::turning_all(r, {address(i.id), "history"}, on_page, page::history_on_a_page,
                                               [](const Happened& h) { return h.entry; }));
    d.set("parts", std::move(parts)).set("history", history_html(lang, db, on_page));
    if (hooks.words) d.set("about_words", hooks.words(r, db, people::entries_of(events)));
    d.set("may_edit", rules::may_gather(people::actor(r)).has_value() &&
                          (i.state == State::suggested || i.state == State::confirmed));
    return page_of(title_of(lang, i), page::render(lang, "issue/show.html", d), &i);
}

page::Page new_page(const http::Request& r, db::Connection& db, page::Form form) {
    const Lang lang = page::lang_of(r);
    std::vector<page::Option> rounds;
    const auto desk = cycle::standing_desk(db);
    rounds.push_back({std::to_string(desk.id.value()), page::say(lang, "issue.desk"), ""});
    const auto named = kernel::parse_index(r.field("cycle").value_or(r.asked("cycle").value_or("")));
    const cycle::Choice choice = cycle::to_choose(db, named, [](const cycle::Cycle& c) {
        return c.phase != cycle::Phase::prepare && c.phase != cycle::Phase::closed;
    });
    for (const cycle::Cycle& c : choice.rounds) rounds.push_back({std::to_string(c.id.value()), c.name, ""});
    form.options("cycle", std::move(rounds));
    std::vector<page::Option> langs;
    for (Lang l : page::all_langs)
        langs.push_back({std::string(page::tag(l)), page::say(l, "issue.this_language"), ""});
    form.options("lang", std::move(langs));
    Data d;
    form.fill(lang, d, {"cycle", "title", "text", "lang"});
    const auto of = kernel::parse_index(r.field("statement").value_or(r.asked("statement").value_or("")));
    if (const auto s = of ? dialogue::statement(db, dialogue::StatementId(*of)) : std::nullopt)
        d.set("statement", s->id.value()).set("statement_text", s->text).set("statement_lang", s->lang);
    d.set("more_rounds", cycle::name_another(lang, choice, "/issues/new", "cycle"));
    return page_of(page::say(lang, "issue.new"), page::render(lang, "issue/form.html", d));
}

page::Page edit_page(const http::Request& r, db::Connection& db, const Issue& i, page::Form form) {
    const Lang lang = page::lang_of(r);
    std::vector<page::Option> marks;
    const auto weighed = weight(db, i.id);
    for (const auto& [bit, key] : {std::pair{"1", "issue.mark_hot"},
                                   {"2", "issue.mark_difficult"},
                                   {"4", "issue.mark_focal"},
                                   {"8", "issue.mark_divided"}}) {
        marks.push_back({bit, page::say(lang, key),
                         page::say(lang, std::string(key) + "_hint") + " " +
                             beside_mark(lang, weighed, static_cast<Mark>(std::stoi(bit)))});
        if (i.marks & std::stoi(bit)) form.value("marks", bit);
    }
    form.options("marks", std::move(marks));
    Data d = row_of(lang, i);
    form.fill(lang, d, {"voices", "statements", "marks", "reason"});
    std::optional<voice::VoiceId> before;
    if (const auto last = page::index_after(r, "gathered")) before = voice::VoiceId(*last);
    auto ids = voices_of(db, i.id, before, gathered_on_a_page + 1);
    d.set("gathered_turning", page::turning(r, {address(i.id) + "/edit", "gathered"}, ids, gathered_on_a_page,
                                            [](auto id) { return std::to_string(id.value()); }));
    d.set("has_voices", !ids.empty()).set("voice_rows", voice_rows(lang, db, ids));
    d.set("may_confirm", rules::may_confirm(people::actor(r)).has_value());
    return page_of(title_of(lang, i), page::render(lang, "issue/edit.html", d), &i);
}

page::Page rest_page(const http::Request& r, db::Connection& db, const cycle::Cycle& c, page::Form form) {
    const Lang lang = page::lang_of(r);
    const auto after = kernel::parse_index(r.asked("after").value_or(""));
    auto items = rest(db, c.id, after ? std::optional(voice::VoiceId(*after)) : std::nullopt, 51);
    const bool more = items.size() > 50;
    if (more) items.pop_back();
    std::vector<Data> rows;
    for (const Rest& item : items)
        rows.push_back(Data()
                           .set("id", item.voice.value())
                           .set("link", "/voices/" + std::to_string(item.voice.value()))
                           .set("entry", item.entry)
                           .set("reason", item.reason));
    Data d;
    form.fill(lang, d, {"voices", "reason"});
    d.set("cycle_link", "/cycles/" + std::to_string(c.id.value()))
        .set("cycle", c.standing ? page::say(lang, "issue.desk") : c.name)
        .set("lang", c.standing ? std::string(page::tag(lang)) : c.lang);
    d.set("empty", rows.empty())
        .set("rows", std::move(rows))
        .set("here", "/cycles/" + std::to_string(c.id.value()) + "/rest");
    d.set("more",
          more ? "/cycles/" + std::to_string(c.id.value()) + "/rest?after=" + std::to_string(items.back().voice.value())
               : std::string());
    d.set("may_list", rules::may_confirm(people::actor(r)).has_value());
    return page_of(page::say(lang, "issue.rest"), page::render(lang, "issue/rest.html", d));
}

kernel::Json as_json(db::Connection& db, const Issue& i) {
    kernel::Json::Array marks;
    for (const auto& [bit, word] : {std::pair{1, "hot"}, {2, "difficult"}, {4, "focal"}, {8, "divided"}})
        if (i.marks & bit) marks.emplace_back(word);
    kernel::Json j = kernel::Json::Object{
        {"id", i.id.value()},        {"cycle", i.cycle.value()}, {"state", std::string(name(i.state))},
        {"title", i.title},          {"text", i.text},           {"lang", i.lang},
        {"marks", std::move(marks)}, {"voices", i.voices},       {"statements", i.statements},
        {"people", i.people},        {"sample", i.sample}};
    kernel::Json::Array went;
    for (const Carried& c : carried(db, i.id))
        went.emplace_back(kernel::Json::Object{{"from", c.from.value()}, {"to", c.to.value()}, {"entry", c.entry}});
    j.set("carried", std::move(went))
        .set("advice", advice_json(db, i.id))
        .set("figures", figures_json(weight(db, i.id)));
    return j;
}

// ---- parts of other features' pages
// ----------------------------------------------------------------------------------

page::Html part(const http::Request& r, db::Connection& db, const cycle::Cycle& c) {
    const Lang lang = page::lang_of(r);
    std::vector<Data> rows;
    for (const Issue& i : issues(db, c.id, std::nullopt, std::nullopt, 5)) rows.push_back(row_of(lang, i, c.id));
    const Counts n = counts(db, c.id);
    if (rows.empty() && n.rest == 0) return {};
    Data d;
    d.set("issues", std::move(rows)).set("all", "/issues?cycle=" + std::to_string(c.id.value()));
    d.set("carried", n.carried_over ? page::say(lang, "issue.carried_n", {{"n", page::number(lang, n.carried_over)}})
                                    : std::string())
        .set("carried_link", "/issues?cycle=" + std::to_string(c.id.value()) + "&state=carried_over");
    d.set("rest", n.rest ? page::number(lang, n.rest) : std::string())
        .set("rest_link", "/cycles/" + std::to_string(c.id.value()) + "/rest");
    return page::render(lang, "issue/part.html", d);
}

page::Html part_inherited(const http::Request& r, db::Connection& db, const cycle::Cycle& c) {
    const Counts n = counts(db, c.id);
    if (n.inherited == 0) return {};
    const Lang lang = page::lang_of(r);
    auto all = inherited(db, c.id, IssueId(page::index_after(r, inherited_list).value_or(0)), issues_on_a_page + 1);
    Data d;
    d.set("turning", page::turning(r, {"/cycles/" + std::to_string(c.id.value()), std::string(inherited_list)}, all,
                                   issues_on_a_page, [](const Issue& i) { return std::to_string(i.id.value()); }));
    std::vector<Data> rows;
    for (const Issue& i : all) rows.push_back(row_of(lang, i, c.id));
    d.set("n", page::say(lang, "issue.inherited_n", {{"n", page::number(lang, n.inherited)}}))
        .set("issues", std::move(rows));
    return page::render(lang, "issue/inherited.html", d);
}

namespace {

page::Html list_of(Lang lang, const std::vector<Issue>& all, bool advice = false) {
    if (all.empty()) return {};
    std::vector<Data> rows;
    for (const Issue& i : all) rows.push_back(row_of(lang, i));
    return page::render(lang, "issue/part_of.html", Data().set("issues", std::move(rows)).set("advice", advice));
}

}  // namespace

page::Html part_of_voice(const http::Request& r, db::Connection& db, const voice::Voice& v) {
    const Lang lang = page::lang_of(r);
    return list_of(lang, issues_of(db, v.id)) + list_of(lang, advised_by(db, v.id), true);
}
page::Html part_of_statement(const http::Request& r, db::Connection& db, dialogue::StatementId id) {
    return list_of(page::lang_of(r), issues_of(db, id));
}

page::Html offer_statement(const http::Request& r, db::Connection& db, dialogue::StatementId id,
                           const std::string& words) {
    if (!rules::may_gather(people::actor(r))) return {};
    const auto s = dialogue::statement(db, id);
    if (!s || s->state != dialogue::State::accepted) return {};
    if (auto in = issues_of(db, id); !in.empty()) return list_of(page::lang_of(r), in);
    const auto d = dialogue::dialogue(db, s->dialogue).value();
    Data data;
    data.set("cycle", d.cycle.value()).set("statement", id.value()).set("words", words);
    data.set("title", kernel::first_code_points(s->text, rules::title_max));
    return page::render(page::lang_of(r), "issue/offer.html", data);
}

}  // namespace issue

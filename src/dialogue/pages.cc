#include "pages.h"

#include <algorithm>

#include <kernel/text.h>
#include <ledger/ledger.h>

#include "rules.h"
#include "store.h"
#include "translation.h"

namespace dialogue {
namespace {

using page::Data;
using page::Lang;

std::string said(Lang lang, std::string_view prefix, std::string_view case_name) {
    return page::say(lang, std::string(prefix) + std::string(case_name));
}

page::Tone tone_of(State state) {
    switch (state) {
        case State::accepted:
            return page::Tone::done;
        case State::pending:
            return page::Tone::due;
        case State::set_aside:
            return page::Tone::neutral;
    }
    return page::Tone::neutral;
}

// Of a chart of votes: one pseudonym, one vote, and how many of them are known to be one person each.
std::string votes_counted(Lang lang, db::Connection& db, people::CycleId round) {
    return counted_at(lang, db) + " · " + people::verified_words(lang, people::turnout(db, round));
}

page::Split split_of(Lang lang, db::Connection& db, const Statement& s) {
    constexpr std::size_t label_length = max_statement;
    std::string label = s.text.empty() ? page::say(lang, "dialogue.erased") : line_for(lang, db, s).text;
    if (const auto cut = kernel::first_code_points(label, label_length); cut.size() < label.size())
        label = std::string(cut) + "…";
    return {std::move(label), s.counts.agree, s.counts.disagree, s.counts.pass};
}

std::vector<page::Option> lang_options(Lang lang) {
    std::vector<page::Option> all;
    for (Lang each : page::all_langs)
        all.push_back({std::string(page::tag(each)), said(lang, "dialogue.lang_", page::tag(each)), {}});
    return all;
}

}  // namespace

std::string counted_at(Lang lang, db::Connection& db) {
    return page::say(lang, "dialogue.counted_at", {{"n", page::number(lang, ledger::size(db))}});
}

page::Html history_html(Lang lang, db::Connection& db, const std::vector<Happened>& events) {
    std::vector<page::Event> shown;
    for (const Happened& event : events) {
        page::Event e;
        e.at = event.minute;
        e.what = page::say(lang, key_of(event.what));
        if (event.ground)
            e.what = page::say(lang, "dialogue.event_ground",
                               {{"what", e.what}, {"ground", page::say(lang, people::ground_key(*event.ground))}});
        if (!event.remark.empty())
            e.what = page::say(lang, "dialogue.event_remark", {{"what", e.what}, {"remark", event.remark}});
        const auto officer = event.by && *event.by ? people::officer(db, *event.by) : std::nullopt;
        if (officer) e.who = officer->post;
        e.entry = event.entry;
        e.tone = event.what == What::accepted_late ? page::Tone::late : page::Tone::neutral;
        shown.push_back(std::move(e));
    }
    return page::timeline(lang, shown);
}

page::Page in_round(const Dialogue& d, std::string title, page::Html main) {
    page::Page p;
    p.title = std::move(title);
    p.section = "cycles";
    p.sample = d.sample;
    p.main = std::move(main);
    return p;
}

std::string address(DialogueId id) { return "/dialogues/" + std::to_string(id.value()); }
std::string address(StatementId id) { return "/statements/" + std::to_string(id.value()); }

std::string title_of(Lang lang, const Dialogue& d) {
    return d.question.empty() ? page::say(lang, "dialogue.erased") : d.question;
}

std::optional<people::ParticipantId> visitor(const http::Request& r, db::Connection& db, const people::Needs& needs,
                                             CycleId cycle) {
    if (!rules::key(r.visitor)) return std::nullopt;
    const auto found = people::by_browser(db, cycle, people::browser_key(needs.server_key, cycle, r.visitor));
    return found ? std::optional(found->id) : std::nullopt;
}

Data dialogue_data(Lang lang, const Dialogue& d) {
    Data data;
    data.set("link", address(d.id))
        .set("dialogue_id", d.id.value())
        .set("question", title_of(lang, d))
        .set("lang", d.lang)
        .set("source", d.source);
    data.set("about", d.about.empty() ? page::Html() : page::own_words(d.about, d.lang));
    data.set("round", "/cycles/" + std::to_string(d.cycle.value()));
    return data;
}

Data statement_data(Lang lang, db::Connection& db, const Statement& s) {
    Data data = statement_data(lang, s);
    if (s.state == State::accepted && !s.text.empty()) data.set("words", words_for(lang, db, s));
    return data;
}

Data statement_data(Lang lang, const Statement& s) {
    Data data;
    data.set("id", s.id.value()).set("link", address(s.id)).set("day", page::full_date(lang, s.day));
    data.set("origin", said(lang, "dialogue.origin_", name(s.origin)));
    data.set("state", page::state(lang, "dialogue.state_" + std::string(name(s.state)), tone_of(s.state)));
    data.set("removed", s.ground ? page::say(lang, people::ground_key(*s.ground)) : "");
    data.set("statement_lang", s.lang);
    if (s.state == State::accepted) {
        data.set("text", s.text.empty() ? page::say(lang, "dialogue.erased") : s.text);
        data.set("words",
                 s.text.empty() ? page::escape(page::say(lang, "dialogue.erased")) : page::own_words(s.text, s.lang));
    } else {
        data.set("text", "").set("words", page::Html());
    }
    data.set("counts", counts_data(lang, s.counts));
    return data;
}

StatementId first_for(std::string_view visitor, db::Connection& db, const Dialogue& d) {
    const kernel::Hash hash = kernel::sha256(kernel::view(visitor));
    std::uint64_t n = 0;
    for (int i = 0; i < 8; ++i) n = n << 8 | hash[static_cast<std::size_t>(i)];
    const auto span = static_cast<std::uint64_t>(ledger::size(db) - d.id.value());
    return StatementId(d.id.value() + static_cast<std::int64_t>(n % std::max<std::uint64_t>(span, 1)));
}

std::optional<StatementId> id_asked(const http::Request& r, std::string_view name) {
    const auto index = kernel::parse_index(r.asked(name).value_or(""));
    return index ? std::optional(StatementId(*index)) : std::nullopt;
}

Data counts_data(Lang lang, const Counts& c) {
    Data data;
    data.set("agree", page::number(lang, c.agree)).set("disagree", page::number(lang, c.disagree));
    data.set("pass", page::number(lang, c.pass)).set("n", page::number(lang, c.agree + c.disagree + c.pass));
    return data;
}

std::vector<Data> figure_rows(Lang lang, db::Connection& db, const Dialogue& d) {
    const Figures f = figures(db, d.id);
    std::vector<Data> rows;
    const auto add = [&](std::string_view key, std::string value) {
        Data row;
        row.set("name", page::say(lang, key)).set("value", std::move(value));
        rows.push_back(std::move(row));
    };
    if (f.people > 0 || f.imported_people == 0) {
        add("dialogue.people", people::people_words(lang, f.people, people::turnout(db, d.cycle)));
    }
    if (f.imported_people > 0) add("dialogue.imported_people", page::number(lang, f.imported_people));
    if (d.first && d.last)
        add("dialogue.imported_days",
            page::say(lang, "dialogue.from_to",
                      {{"first", page::full_date(lang, *d.first)}, {"last", page::full_date(lang, *d.last)}}));
    add("dialogue.votes", page::say(lang, "dialogue.votes_cast",
                                    {{"n", page::number(lang, f.votes)}, {"cast", page::number(lang, f.votes_cast)}}));
    add("dialogue.statements_open", page::number(lang, f.accepted));
    add("dialogue.statements_set_aside", page::number(lang, f.set_aside));
    if (f.pending > 0) add("dialogue.statements_pending", page::number(lang, f.pending));
    if (f.never_moderated > 0) add("dialogue.statements_never", page::number(lang, f.never_moderated));
    return rows;
}

page::Page list_page(const http::Request& r, db::Connection& db, const Dialogue& d, State state) {
    const Lang lang = page::lang_of(r);
    // Newest first, as all lists of matters: further down is older.
    const auto down = id_asked(r, "before"), up = down ? std::nullopt : id_asked(r, "after");
    Filter filter{d.id, state, up, up ? std::nullopt : std::optional(down.value_or(StatementId(INT64_MAX))),
                  statements_on_a_page + 1};
    std::vector<Statement> all = statements(db, filter);
    std::reverse(all.begin(), all.end());
    const bool more = all.size() > statements_on_a_page;
    if (more) all.erase(up ? all.begin() : all.end() - 1);
    Data data = dialogue_data(lang, d);
    std::vector<Data> rows;
    std::vector<page::Split> splits;
    for (const Statement& s : all) {
        rows.push_back(statement_data(lang, db, s));
        if (state == State::accepted) splits.push_back(split_of(lang, db, s));
    }
    page::Pages pages{address(d.id) + "/statements?state=" + std::string(name(state)), {}, {}};
    if (!all.empty() && (up ? more : down.has_value())) pages.newer = std::to_string(all.front().id.value());
    if (!all.empty() && (up || more)) pages.older = std::to_string(all.back().id.value());
    data.set("empty", rows.empty()).set("statements", std::move(rows)).set("pagination", page::pagination(lang, pages));
    data.set("accepted", state == State::accepted).set("set_aside", state == State::set_aside);
    if (!splits.empty())
        data.set("chart",
                 page::divergence(lang, page::say(lang, "dialogue.chart"), splits, votes_counted(lang, db, d.cycle)));
    const Figures f = figures(db, d.id);
    data.set("n_accepted", page::number(lang, f.accepted)).set("n_set_aside", page::number(lang, f.set_aside));
    return in_round(d, page::say(lang, "dialogue.statements"), page::render(lang, "dialogue/list.html", data));
}

page::Page statement_page(const http::Request& r, db::Connection& db, const Statement& s, const Hooks& hooks) {
    const Lang lang = page::lang_of(r);
    const Dialogue d = dialogue(db, s.dialogue).value();
    Data data = statement_data(lang, db, s);
    const cycle::Cycle round = cycle::cycle(db, d.cycle).value();
    data.set("may_translate",
             s.state == State::accepted && !s.text.empty() && may_translate(people::actor(r), round).has_value());
    // The vote page takes the statement after this one: so it begins with the statement itself.
    data.set("before", s.id.value() - 1);
    data.set("dialogue", dialogue_data(lang, d))
        .set("open", s.state == State::accepted)
        .set("pending", s.state == State::pending);
    if (s.state == State::accepted)
        data.set("chart", page::divergence(lang, page::say(lang, "dialogue.chart"), {split_of(lang, db, s)},
                                           votes_counted(lang, db, d.cycle)));
    std::vector<Data> parts;
    const auto removed = removal(db, s.id);
    data.set("may_appeal", removed && !removed->appeal);
    for (const auto& part : hooks.parts) {
        Data one;
        one.set("html", part(r, db, s));
        parts.push_back(std::move(one));
    }
    data.set("parts", std::move(parts)).set("history", history_html(lang, db, history(db, s.id.value())));
    return in_round(d, page::say(lang, "dialogue.statement_number", {{"n", std::to_string(s.id.value())}}),
                    page::render(lang, "dialogue/statement.html", data));
}

namespace {

std::optional<StatementId> id_after(const http::Request& r, std::string_view list) {
    const auto id = page::index_after(r, list);
    return id ? std::optional(StatementId(*id)) : std::nullopt;
}

}  // namespace

page::Page moderation_page(const http::Request& r, db::Connection& db, const Dialogue& d,
                           const std::vector<kernel::Error>& errors) {
    const Lang lang = page::lang_of(r);
    Data data = dialogue_data(lang, d);
    std::vector<Data> grounds, rows;
    int key = 0;
    for (Ground ground : all_grounds) {
        Data row;
        row.set("value", name(ground)).set("label", page::say(lang, people::ground_key(ground))).set("key", ++key);
        grounds.push_back(std::move(row));
    }
    auto waiting = to_moderate(db, d.id, id_after(r, "statements"), moderated_on_a_page + 1);
    data.set("turning", page::turning(r, {address(d.id) + "/moderation", "statements"}, waiting, moderated_on_a_page,
                                      [](const Statement& s) { return std::to_string(s.id.value()); }));
    for (const Statement& s : waiting) {
        Data row = statement_data(lang, s);
        row.set("words", page::own_words(s.text, s.lang)).set("until", s.until ? page::full_date(lang, *s.until) : "");
        row.set("grounds", grounds);
        // What was typed for the one that could not be decided on stays there.
        const bool typed = !errors.empty() && r.param("id") == std::to_string(s.id.value());
        row.set("remark", typed ? std::string(r.field("remark").value_or("")) : "");
        rows.push_back(std::move(row));
    }
    const Figures f = figures(db, d.id);
    data.set("waiting", page::number(lang, f.pending))
        .set("never", f.never_moderated > 0 ? page::number(lang, f.never_moderated) : "");
    data.set("empty", rows.empty()).set("statements", std::move(rows)).set("grounds", std::move(grounds));
    data.set("complaints", complaints(r, db, d.id));
    page::Form::again(r, errors).fill(lang, data, {});
    page::Page p =
        in_round(d, page::say(lang, "dialogue.moderation"), page::render(lang, "dialogue/moderation.html", data));
    p.scripts = {"dialogue_moderate"};
    return p;
}

page::Page open_page(const http::Request& r, const cycle::Cycle& c, page::Form form) {
    const Lang lang = page::lang_of(r);
    Data data;
    data.set("round", "/cycles/" + std::to_string(c.id.value()))
        .set("lang", c.standing ? std::string(page::tag(lang)) : c.lang);
    data.set("round_name", c.standing ? page::say(lang, "dialogue.desk") : c.name);
    form.options("lang", lang_options(lang));
    form.options("admission", {{"moderated", page::say(lang, "dialogue.admission_moderated"),
                                page::say(lang, "dialogue.admission_moderated_hint")},
                               {"at_once", page::say(lang, "dialogue.admission_at_once"),
                                page::say(lang, "dialogue.admission_at_once_hint")}});
    form.value("lang", c.lang).value("admission", "moderated");
    form.fill(lang, data, {"question", "about", "lang", "admission"});
    page::Page p;
    p.title = page::say(lang, "dialogue.new");
    p.section = "cycles";
    p.sample = c.sample;
    p.main = page::render(lang, "dialogue/form.html", data);
    return p;
}

page::Page manage_page(const http::Request& r, db::Connection& db, const Dialogue& d, page::Form form) {
    const Lang lang = page::lang_of(r);
    Data data = dialogue_data(lang, d);
    data.set("closed", d.closed).set("open", page::number(lang, figures(db, d.id).accepted));
    form.options("lang", lang_options(lang)).value("lang", d.lang);
    form.fill(lang, data, {"text", "lang", "remark"});
    return in_round(d, page::say(lang, "dialogue.manage"), page::render(lang, "dialogue/manage.html", data));
}

cycle::Part part() {
    const auto html = [](const http::Request& r, db::Connection& db, const cycle::Cycle& c) {
        const Lang lang = page::lang_of(r);
        const std::vector<Dialogue> all = dialogues(db, c.id);
        const bool may_open =
            cycle::may_run(people::actor(r), c).has_value() && (c.standing || c.phase <= cycle::Phase::consult);
        if (all.empty() && !may_open) return page::Html();
        std::vector<Data> rows;
        for (const Dialogue& d : all) {
            Data row = dialogue_data(lang, d);
            row.set("takes_votes", accepts_votes(db, d).has_value()).set("figures", figure_rows(lang, db, d));
            rows.push_back(std::move(row));
        }
        Data data;
        data.set("dialogues", std::move(rows))
            .set("may_open", may_open)
            .set("round", "/cycles/" + std::to_string(c.id.value()));
        return page::render(lang, "dialogue/part.html", data);
    };
    return {"statements", html};
}

}  // namespace dialogue

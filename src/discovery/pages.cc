#include "pages.h"
#include "corpus.h"

#include <algorithm>

#include <kernel/text.h>

#include "words.h"

namespace discovery {
namespace {

using page::Data;
using page::Lang;

std::string title_of(Lang lang, const std::optional<Shown>& example, const Group& g) {
    if (example && !example->start.empty()) return example->start;
    if (!g.keywords.empty()) return g.keywords.front();
    return page::say(lang, "discovery.closed_words");
}

std::string joined(const std::vector<std::string>& all) {
    std::string out;
    for (const std::string& one : all) out += (out.empty() ? "" : " · ") + one;
    return out;
}

Data issue_link(Lang lang, const issue::Issue& i) {
    return Data()
        .set("link", "/issues/" + std::to_string(i.id.value()))
        .set("title", i.title.empty() ? page::say(lang, "issue.nameless") : i.title)
        .set("lang", i.lang)
        .set("state", page::say(lang, "issue.state_" + std::string(issue::name(i.state))));
}

// Cohesion as people say it: 0.24.
std::string hundredths(std::int64_t ten_thousandths) {
    const std::int64_t n = (ten_thousandths + 50) / 100;
    return std::to_string(n / 100) + "." + (n % 100 < 10 ? "0" : "") + std::to_string(n % 100);
}

// The round whose list the reader came from, to go back to it.
std::string came_from(const std::optional<people::CycleId>& of) {
    return of ? "?of=" + std::to_string(of->value()) : std::string();
}

Data row_of(Lang lang, db::Connection& db, const people::Actor& actor, const Group& g,
            const std::optional<people::CycleId>& of) {
    const auto example = shown(lang, db, actor, g.example);
    Data d;
    d.set("link", address(g.id) + came_from(of)).set("id", g.id).set("title", title_of(lang, example, g));
    d.set("lang", example && !example->start.empty() ? example->lang : std::string(page::tag(lang)));
    d.set("people", page::number(lang, g.people)).set("items", page::number(lang, g.items));
    d.set("copies", g.items > g.texts
                        ? page::say(lang, "discovery.copies", {{"n", page::number(lang, g.items - g.texts)}})
                        : std::string());
    const auto round = cycle::cycle(db, g.cycle);
    d.set("preparing", round && !takes_part(*round));
    d.set("keywords", joined(g.keywords)).set("districts", joined(g.districts)).set("cohesive", g.cohesive);
    if (g.issue)
        if (const auto to = issue::issue(db, *g.issue)) d.set("joins", issue_link(lang, *to));
    if (g.resembles)
        if (const auto like = issue::issue(db, *g.resembles)) d.set("resembles", issue_link(lang, *like));
    return d;
}

std::string name_of(Lang lang, const cycle::Cycle& c) {
    return c.standing || c.name.empty() ? page::say(lang, "discovery.desk") : c.name;
}

std::string counted(Lang lang, db::Connection& db) {
    const auto run = last_run(db);
    if (!run) return page::say(lang, "discovery.not_yet");
    return page::say(lang, run->left_out ? "discovery.counted_newest" : "discovery.counted",
                     {{"when", page::date_time(lang, run->at)},
                      {"n", page::number(lang, run->items)},
                      {"groups", page::number(lang, run->groups)}});
}

Data item_row(Lang lang, db::Connection& db, const people::Actor& actor, const Group& g, const Grouped& one,
              bool chosen) {
    Data d;
    d.set("value", one.item).set("chosen", chosen);
    const auto s = shown(lang, db, actor, one.item);
    const bool readable = s && !s->start.empty();
    d.set("text", readable ? s->start : page::say(lang, "discovery.closed_words"))
        .set("lang", readable ? s->lang : std::string(page::tag(lang)))
        .set("link", s ? s->link : std::string());
    d.set("kind", s ? s->kind : std::string()).set("day", s ? s->day : std::string());
    d.set("number", page::say(lang, "discovery.number", {{"n", std::to_string(entry_of(one.item))}}));
    d.set("copy", one.first != one.item
                      ? page::say(lang, "discovery.copy_of", {{"n", std::to_string(entry_of(one.first))}})
                      : std::string());
    d.set("example", one.item == g.example);
    const bool elsewhere = s && s->cycle != g.cycle && !cycle::cycle(db, s->cycle)->standing;
    d.set("elsewhere", elsewhere);
    return d;
}

// Open issues of the round and of the desk, the newest, to put something in.
std::vector<page::Option> open_issues(Lang lang, db::Connection& db, const Group& g) {
    std::vector<page::Option> all;
    for (const issue::State state : {issue::State::confirmed, issue::State::suggested})
        for (const issue::Issue& i : issue::issues(db, g.cycle, state, std::nullopt, issues_to_choose))
            all.push_back({std::to_string(i.id.value()), i.title.empty() ? page::say(lang, "issue.nameless") : i.title,
                           page::say(lang, "issue.state_" + std::string(issue::name(i.state)))});
    return all;
}

std::vector<page::Option> marks(Lang lang) {
    std::vector<page::Option> all;
    for (const auto& [bit, key] : {std::pair{"1", "issue.mark_hot"},
                                   {"2", "issue.mark_difficult"},
                                   {"4", "issue.mark_focal"},
                                   {"8", "issue.mark_divided"}})
        all.push_back({bit, page::say(lang, key), page::say(lang, std::string(key) + "_hint")});
    return all;
}

std::vector<Data> reasons(Lang lang, const Group& g) {
    std::vector<std::string> all;
    if (!g.keywords.empty()) all.push_back(page::say(lang, "discovery.because_words", {{"words", joined(g.keywords)}}));
    if (!g.districts.empty())
        all.push_back(page::say(lang, "discovery.because_place", {{"places", joined(g.districts)}}));
    all.push_back(page::say(lang, g.cohesive ? "discovery.because_alike" : "discovery.because_broad",
                            {{"cohesion", hundredths(g.cohesion)}}));
    if (g.items > g.texts)
        all.push_back(page::say(lang, "discovery.because_copies",
                                {{"n", page::number(lang, g.items)}, {"texts", page::number(lang, g.texts)}}));
    std::vector<Data> rows;
    for (std::string& one : all) rows.push_back(Data().set("why", std::move(one)));
    return rows;
}

page::Page of(std::string title, page::Html main) {
    page::Page p;
    p.title = std::move(title);
    p.main = std::move(main);
    p.section = "issues";
    p.scripts = {"discovery_register"};
    return p;
}

}  // namespace

std::string address(std::int64_t group) { return "/suggestions/" + std::to_string(group); }
std::string rank_text(const Rank& r) { return std::to_string(r.people) + "." + std::to_string(r.id); }

std::optional<Rank> parse_rank(std::string_view text) {
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto people = kernel::parse_index(text.substr(0, dot)), id = kernel::parse_index(text.substr(dot + 1));
    if (!people || !id) return std::nullopt;
    return Rank{*people, *id};
}

std::optional<people::CycleId> list_of(const http::Request& r) {
    const auto id =
        kernel::parse_index(r.method == http::Method::post ? r.field("of").value_or("") : r.asked("of").value_or(""));
    return id ? std::optional(people::CycleId(*id)) : std::nullopt;
}

page::Page list_page(const http::Request& r, db::Connection& db, const ListOf& asked) {
    const Lang lang = page::lang_of(r);
    const people::Actor actor = people::actor(r);
    auto all = groups(db, asked.cycle, asked.after, groups_on_a_page + 1);
    Data d;
    page::Query of_round;
    if (asked.cycle) of_round.add("cycle", asked.cycle->value());
    const auto from = [&](page::Query query, const Rank& rank) {
        return "/suggestions" + query.add("after", rank_text(rank)).text();
    };
    if (all.size() > groups_on_a_page) {
        all.pop_back();
        d.set("more", from(of_round, {all.back().people, all.back().id}));
    }
    std::vector<Data> rows, rounds;
    for (const Group& g : all) rows.push_back(row_of(lang, db, actor, g, asked.cycle));
    std::vector<cycle::Cycle> listed = open_rounds(db);
    for (cycle::Cycle& c : rounds_in_preparation(db))
        if (how_many(db, c.id, 1) > 0) listed.push_back(std::move(c));
    for (const cycle::Cycle& c : listed)
        rounds.push_back(Data()
                             .set("link", "/suggestions?cycle=" + std::to_string(c.id.value()))
                             .set("name", name_of(lang, c))
                             .set("lang", c.standing ? std::string(page::tag(lang)) : c.lang)
                             .set("here", asked.cycle == c.id));
    if (asked.done)
        if (const auto done = issue::issue(db, *asked.done)) {
            page::Query back = of_round;
            back.add("undone", done->id.value());
            Data row = issue_link(lang, *done);
            row.set("may_undo", issue::undoable(db, *done).has_value());
            row.set("back", asked.after ? from(back, *asked.after) : "/suggestions" + back.text());
            d.set("done", std::move(row));
        }
    if (asked.undone)
        if (const auto undone = issue::issue(db, *asked.undone)) d.set("undone", issue_link(lang, *undone));
    page::Form form(r);
    form.fill(lang, d, {});
    d.set("counted", counted(lang, db)).set("empty", rows.empty()).set("rows", std::move(rows));
    d.set("rounds", std::move(rounds)).set("all_here", !asked.cycle);
    return of(page::say(lang, "discovery.title"), page::render(lang, "discovery/list.html", d));
}

page::Page show_page(const http::Request& r, db::Connection& db, const Group& g, page::Form form,
                     const std::vector<Item>& chosen, bool again) {
    const Lang lang = page::lang_of(r);
    const people::Actor actor = people::actor(r);
    const auto example = shown(lang, db, actor, g.example);
    const std::optional<people::CycleId> round = list_of(r);
    Data d = row_of(lang, db, actor, g, round);
    d.set("of", round ? std::to_string(round->value()) : std::string());
    d.set("list", "/suggestions" + (round ? "?cycle=" + std::to_string(round->value()) : std::string()));
    auto items = grouped(db, g.id, page::index_after(r, "items").value_or(0), items_on_a_page + 1);
    d.set("turning", page::turning(r, {address(g.id) + came_from(round), "items"}, items, items_on_a_page,
                                   [](const Grouped& one) { return std::to_string(one.item); }));
    std::vector<Data> rows;
    std::string on_page;
    for (const Grouped& one : items) {
        const bool ticked = again ? std::find(chosen.begin(), chosen.end(), one.item) != chosen.end() : true;
        rows.push_back(item_row(lang, db, actor, g, one, ticked));
        on_page += (on_page.empty() ? "" : " ") + std::to_string(one.item);
    }
    const std::int64_t others = g.items - std::ssize(rows);
    d.set("item_rows", std::move(rows)).set("on_page", on_page);
    d.set("others", others > 0 ? page::say(lang, "discovery.others", {{"n", page::number(lang, others)}}) : "");

    form.value("title", example ? std::string(kernel::first_code_points(example->start, 120)) : std::string());
    const std::string own = example && page::parse_lang(example->lang)
                                ? std::string(page::tag(*page::parse_lang(example->lang)))
                                : std::string(page::tag(lang));
    form.value("lang", own);
    std::vector<page::Option> langs, rounds;
    for (const Lang l : page::all_langs)
        langs.push_back({std::string(page::tag(l)), page::say(l, "issue.this_language"), ""});
    for (const cycle::Cycle& c : open_rounds(db))
        rounds.push_back({std::to_string(c.id.value()), name_of(lang, c), ""});
    form.value("cycle", std::to_string(g.cycle.value()));
    if (g.issue) form.value("into", std::to_string(g.issue->value()));
    form.options("lang", std::move(langs)).options("cycle", std::move(rounds)).options("marks", marks(lang));
    auto open = open_issues(lang, db, g);
    d.set("has_open", !open.empty());
    form.options("into", std::move(open));
    form.fill(lang, d, {"items", "title", "text", "lang", "cycle", "marks", "reason", "into"});
    d.set("may_confirm", issue::may_confirm(actor).has_value());
    d.set("text_of_example", example ? page::own_words(example->text, example->lang) : page::Html());
    d.set("has_example", example && !example->text.empty());
    d.set("reasons", reasons(lang, g)).set("counted", counted(lang, db));
    std::vector<Data> near;
    for (const Group& other : of_topic(db, g.topic, 11))
        if (other.id != g.id && near.size() < 10) near.push_back(row_of(lang, db, actor, other, round));
    d.set("has_near", !near.empty()).set("near", std::move(near));
    return of(page::say(lang, "discovery.one"), page::render(lang, "discovery/show.html", d));
}

page::Html part_of_cycle(const http::Request& r, db::Connection& db, const cycle::Cycle& c) {
    if (!issue::may_gather(people::actor(r))) return {};
    const std::int64_t n = how_many(db, c.id, 1000);
    if (n == 0) return {};
    const Lang lang = page::lang_of(r);
    return page::render(lang, "discovery/part.html",
                        Data()
                            .set("link", "/suggestions?cycle=" + std::to_string(c.id.value()))
                            .set("n", page::say(lang, "discovery.waiting", {{"n", page::number(lang, n)}})));
}

}  // namespace discovery

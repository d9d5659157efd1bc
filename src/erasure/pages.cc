#include "pages.h"

#include <set>

#include <ledger/ledger.h>

#include "rules.h"

namespace erasure {
namespace {

using page::Data;
using page::Lang;

std::string sentence(Lang lang, Basis basis) { return page::say(lang, "erasure.basis_" + std::string(name(basis))); }
std::string sentence(Lang lang, Ground ground) {
    return page::say(lang, "erasure.ground_" + std::string(name(ground)));
}

page::Html state_of(Lang lang, State state) {
    const page::Tone tone = state == State::approved ? page::Tone::done : page::Tone::neutral;
    return page::state(lang, "erasure.state_" + std::string(name(state)), tone);
}

// An officer by post; an author by nothing.
std::string who(Lang lang, db::Connection& db, const Erasure& e, people::OfficerId id) {
    if (e.rule) return page::say(lang, "erasure.the_clock");
    if (!id) return page::say(lang, "erasure.the_author");
    const auto officer = people::officer(db, id);
    return officer ? officer->post : page::say(lang, "erasure.an_officer");
}

std::vector<Data> target_rows(Lang lang, db::Connection& db, const Hooks& hooks, const Erasure& e) {
    std::vector<Data> rows;
    for (std::int64_t target : e.targets) {
        const auto entry = ledger::entry(db, target);
        Data row;
        row.set("entry", target).set("kind", entry ? people::kind_words(lang, entry->kind) : std::string());
        row.set("matter", hooks.link ? hooks.link(db, target) : std::string());
        rows.push_back(std::move(row));
    }
    return rows;
}

Data row_of(Lang lang, db::Connection& db, const Erasure& e) {
    Data d;
    d.set("id", e.id.value()).set("link", address(e.id)).set("basis", sentence(lang, e.basis));
    d.set("state", state_of(lang, e.state)).set("at", page::date_time(lang, e.at)).set("by", who(lang, db, e, e.by));
    d.set("n", page::number(lang, static_cast<std::int64_t>(e.targets.size())));
    if (e.decided_at) d.set("decided_at", page::date_time(lang, *e.decided_at));
    if (e.state == State::approved || e.state == State::refused) d.set("decided_by", who(lang, db, e, e.decided_by));
    if (e.ground) d.set("ground", sentence(lang, *e.ground));
    if (e.rule) d.set("rule", page::say(lang, "erasure.by_rule", {{"setting", *e.rule}}));
    if (e.decided_entry) d.set("decided_entry", *e.decided_entry);
    return d;
}

std::vector<Data> published_list(Lang lang) {
    std::vector<Data> rows;
    for (Basis basis : all_bases)
        rows.push_back(Data().set("code", name(basis)).set("sentence", sentence(lang, basis)));
    return rows;
}

page::Page of(std::string title, page::Html main) {
    page::Page p;
    p.title = std::move(title);
    p.main = std::move(main);
    p.section = "proof";
    return p;
}

// Who looks sees their next step: to decide, to take back, or whose turn it is.
void set_acts(Data& d, Lang lang, db::Connection& db, const people::Actor& actor, const Erasure& e) {
    const bool open = e.state == State::proposed, mine = e.by && e.by == actor.officer;
    d.set("may_decide", open && !mine && rules::may_decide(actor).has_value());
    d.set("may_withdraw", open && mine);
    if (e.state != State::approved || !actor.staff()) return;
    const Scrub s = scrub(db, e.id);
    // PostgreSQL overwrites nothing by itself: docs/operating.md says what is left to do there.
    const bool certain = db.engine() == db::Engine::sqlite;
    if (s.gone)
        d.set("scrub",
              page::say(lang, certain ? "erasure.gone" : "erasure.let_go", {{"when", page::date_time(lang, *s.gone)}}));
    if (!s.gone) d.set("scrub", page::say(lang, s.here ? "erasure.going" : "erasure.elsewhere"));
}

}  // namespace

std::string address(ErasureId id) { return "/erasures/" + std::to_string(id.value()); }

page::Page list_page(const http::Request& r, db::Connection& db, std::optional<ErasureId> before) {
    const Lang lang = page::lang_of(r);
    const bool by_clock = r.asked("by") == "clock";
    auto all = erasures(db, State::approved, before, erasures_on_a_page + 1, by_clock ? By::clock : By::people);
    const bool more = all.size() > erasures_on_a_page;
    if (more) all.pop_back();
    std::vector<Data> rows, waiting;
    for (const Erasure& e : all) rows.push_back(row_of(lang, db, e));
    const people::Actor actor = people::actor(r);
    Data d;
    if (actor.staff() && !by_clock) {
        const auto after = page::index_after(r, "waiting");
        auto proposed = erasures(db, State::proposed, after ? std::optional(ErasureId(*after)) : std::nullopt,
                                 erasures_on_a_page + 1);
        d.set("turning", page::turning(r, {"/erasures", "waiting"}, proposed, erasures_on_a_page,
                                       [](const Erasure& e) { return std::to_string(e.id.value()); }));
        for (const Erasure& e : proposed) waiting.push_back(row_of(lang, db, e));
    }
    d.set("has_waiting", !waiting.empty()).set("waiting", std::move(waiting));
    d.set("empty", rows.empty()).set("rows", std::move(rows)).set("bases", published_list(lang));
    d.set("by_clock", by_clock);
    page::Pages pages{by_clock ? "/erasures?by=clock" : "/erasures", {}, {}};
    if (more) pages.older = std::to_string(all.back().id.value());
    d.set("pagination", page::pagination(lang, pages)).set("may_propose", rules::may_propose(actor).has_value());
    return of(page::say(lang, "erasure.list"), page::render(lang, "erasure/list.html", d));
}

page::Page new_page(const http::Request& r, page::Form form) {
    const Lang lang = page::lang_of(r);
    std::vector<page::Option> bases;
    for (Basis basis : all_bases) bases.push_back({std::string(name(basis)), sentence(lang, basis), ""});
    form.options("basis", std::move(bases));
    Data d;
    form.fill(lang, d, {"targets", "basis"});
    return of(page::say(lang, "erasure.new"), page::render(lang, "erasure/form.html", d));
}

page::Page show_page(const http::Request& r, db::Connection& db, const Hooks& hooks, const Erasure& e,
                     page::Form form) {
    const Lang lang = page::lang_of(r);
    std::vector<page::Option> grounds;
    for (Ground ground : all_grounds) grounds.push_back({std::string(name(ground)), sentence(lang, ground), ""});
    form.options("ground", std::move(grounds));
    Data d = row_of(lang, db, e);
    form.fill(lang, d, {"ground"});
    d.set("targets", target_rows(lang, db, hooks, e));
    d.set("basis_code", name(e.basis));
    set_acts(d, lang, db, people::actor(r), e);
    return of(page::say(lang, "erasure.one", {{"n", std::to_string(e.id.value())}}),
              page::render(lang, "erasure/show.html", d));
}

kernel::Json as_json(const Erasure& e) {
    kernel::Json::Array targets;
    for (std::int64_t target : e.targets) targets.emplace_back(target);
    kernel::Json j = kernel::Json::Object{{"id", e.id.value()},
                                          {"basis", std::string(name(e.basis))},
                                          {"state", std::string(name(e.state))},
                                          {"proposed", kernel::iso(e.at)},
                                          {"by_author", !e.by && !e.rule},
                                          {"targets", std::move(targets)}};
    j.set("decided", e.decided_at ? kernel::Json(kernel::iso(*e.decided_at)) : kernel::Json());
    j.set("rule", e.rule ? kernel::Json(*e.rule) : kernel::Json());
    j.set("decided_entry", e.decided_entry ? kernel::Json(*e.decided_entry) : kernel::Json());
    return j;
}

// ---- parts of other features' pages --------------------------------------------------------------------------------

page::Html notice(const http::Request& r, db::Connection& db, std::span<const std::int64_t> entries) {
    const Lang lang = page::lang_of(r);
    std::vector<Data> rows;
    std::set<std::int64_t> told;
    for (std::int64_t entry : entries)
        if (const auto e = erased_by(db, entry); e && told.insert(e->id.value()).second)
            rows.push_back(row_of(lang, db, *e));
    if (rows.empty()) return {};
    return page::render(lang, "erasure/notice.html", Data().set("rows", std::move(rows)));
}

page::Html part_of_voice(const http::Request& r, db::Connection& db, const voice::Voice& v) {
    return notice(r, db, voice::entries_of(db, v.id));
}

page::Html part_of_entry(const http::Request& r, db::Connection& db, std::int64_t entry) {
    const std::int64_t one[] = {entry};
    page::Html shown = notice(r, db, one);
    if (!shown.text().empty() || !rules::may_propose(people::actor(r))) return shown;
    const auto found = ledger::entry(db, entry);
    if (!found || !found->words) return {};
    return page::render(page::lang_of(r), "erasure/entry_part.html", Data().set("entry", entry));
}

page::Html part_of_author(const http::Request& r, db::Connection&, voice::VoiceId id, const page::Html& code_field) {
    Data d;
    d.set("link", "/voices/" + std::to_string(id.value()) + "/erasure").set("code_field", code_field);
    d.set("csrf", page::csrf_field());
    return page::render(page::lang_of(r), "erasure/author_part.html", d);
}

}  // namespace erasure

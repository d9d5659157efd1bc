// /issues/{id}/arrange: moving, splitting, keeping out, merging, undoing.
#include <algorithm>
#include <memory>

#include <db/database.h>
#include <ledger/ledger.h>
#include <page/reader.h>
#include <survey/survey.h>

#include "pages.h"
#include "rules.h"
#include "store.h"

namespace issue {
namespace {

using http::Request;
using http::Response;
using page::Data;
using page::Lang;

constexpr int items_on_a_page = 200;
constexpr std::int64_t questions = 64;  // more than a survey can have: an answer is one number in the form

std::int64_t number_of(AnswerId id) { return id.entry * questions + id.question; }
AnswerId answer_at(std::int64_t number) { return {number / questions, static_cast<int>(number % questions)}; }

// Where undoing may lead back to: the list that the step was taken in, never an address that somebody put into a form.
bool known_back(std::string_view back) { return back == "/suggestions" || back.starts_with("/suggestions?"); }

struct Chosen {
    std::vector<std::int64_t> voices, statements, answers;
    Items items() const {
        Items all;
        for (const std::int64_t one : voices) all.voices.emplace_back(one);
        for (const std::int64_t one : statements) all.statements.emplace_back(one);
        for (const std::int64_t one : answers) all.answers.push_back(answer_at(one));
        return all;
    }
};

Data row(Lang lang, std::string_view name, std::int64_t value, const std::vector<std::int64_t>& chosen) {
    Data d;
    d.set("name", name).set("value", value);
    d.set("chosen", std::find(chosen.begin(), chosen.end(), value) != chosen.end());
    d.set("lang", std::string(page::tag(lang))).set("text", page::say(lang, "issue.voice_closed"));
    return d;
}

Data numbered(Data d, Lang lang, std::int64_t number, std::string kind) {
    return std::move(
        d.set("number", page::say(lang, "issue.number", {{"n", std::to_string(number)}})).set("kind", std::move(kind)));
}

// All statements and answers stand on the first page; messages are turned.
std::vector<Data> rows_of(Lang lang, db::Connection& db, const people::Actor& actor, const Issue& i,
                          const std::vector<voice::VoiceId>& voices, bool first, const Chosen& chosen) {
    std::vector<Data> rows;
    for (const voice::VoiceId id : voices) {
        const auto v = voice::voice(db, id);
        if (!v) continue;
        Data d = row(lang, "voices", id.value(), chosen.voices);
        if (!(v->title.empty() && v->text.empty()))
            d.set("lang", v->lang)
                .set("text", std::string(kernel::first_code_points(v->title.empty() ? v->text : v->title, 120)));
        d.set("link", "/voices/" + std::to_string(id.value()));
        rows.push_back(numbered(std::move(d), lang, id.value(),
                                page::say(lang, "voice.kind_" + std::string(voice::name(v->kind)))));
    }
    if (!first) return rows;
    for (const auto id : statements_of(db, i.id, {}, items_on_a_page)) {
        const auto s = dialogue::statement(db, id);
        if (!s) continue;
        Data d = row(lang, "statements", id.value(), chosen.statements);
        if (!s->text.empty()) d.set("lang", s->lang).set("text", s->text);
        d.set("link", "/statements/" + std::to_string(id.value()));
        rows.push_back(numbered(std::move(d), lang, id.value(), page::say(lang, "issue.statement")));
    }
    for (const AnswerId id : answers_of(db, i.id, {}, items_on_a_page)) {
        const auto w = survey::written(db, id.entry, id.question);
        if (!w) continue;
        Data d = row(lang, "answers", number_of(id), chosen.answers);
        const auto c = cycle::cycle(db, w->cycle);
        if (c && cycle::may_run(cycle::in_force(db, actor), *c) && !w->text.empty())
            d.set("lang", w->lang).set("text", std::string(kernel::first_code_points(w->text, 120)));
        rows.push_back(numbered(std::move(d), lang, id.entry, page::say(lang, "issue.answers_in")));
    }
    return rows;
}

class Arranging {
public:
    explicit Arranging(const people::Needs& needs) : needs_(needs) {}

    Response show(const Request& r) const { return form(r, {}, {}); }

    Response act(const Request& r, std::string_view what) const {
        const auto id = kernel::parse_index(r.param("id"));
        if (!id) return people::refusal(r, kernel::refuse(kernel::Code::not_found, "issue.unknown"));
        page::Reader reader(r);
        Chosen chosen{reader.numbers("voices", "issue.numbers_only"),
                      reader.numbers("statements", "issue.numbers_only"),
                      reader.numbers("answers", "issue.numbers_only")};
        std::vector<kernel::Error> errors = reader.errors();
        if (errors.empty()) {
            page::Reader fields(r);
            const auto done = perform(r, what, IssueId(*id), chosen.items(), fields);
            const std::string_view back = r.field("back").value_or("");
            if (done) return http::redirect(known_back(back) ? std::string(back) : address(*done));
            errors = fields.errors();
            if (errors.empty()) errors.push_back(done.error());
        }
        if (!page::mends(errors.front())) return people::refusal(r, errors.front());
        for (kernel::Error& error : errors) {
            if (error.field == "statements" || error.field == "answers") error.field = "voices";
            if (error.field == "into" && what == "merge") error.field = "other";
        }
        return form(r, errors, chosen);
    }

private:
    // Where to go on: the issue that it led to.
    kernel::Result<IssueId> perform(const Request& r, std::string_view what, IssueId id, const Items& items,
                                    page::Reader& fields) const {
        const people::Actor actor = people::actor(r);
        const auto once = page::once(r);
        const auto then = [](const kernel::Checked& done, IssueId to) -> kernel::Result<IssueId> {
            if (!done) return done.error();
            return to;
        };
        if (what == "undo") return then(undo(needs_, actor, id, once), id);
        if (what == "out") return then(keep_out(needs_, actor, id, items, once), id);
        if (what == "split") {
            Draft draft;
            draft.title = fields.text("title", rules::title_max);
            draft.lang = fields.text("lang", 35);
            if (!fields.good()) return fields.errors().front();
            return split(needs_, actor, id, draft, items, once);
        }
        const IssueId into =
            fields.need_id<IssueId>(what == "merge" ? "other" : "into", "issue.into_missing", "issue.numbers_only");
        if (!fields.good()) return fields.errors().front();
        if (what == "move") return then(move(needs_, actor, id, into, items, once), id);
        const std::string reason = fields.text("reason", rules::reason_max, kernel::Lines::many);
        if (!fields.good()) return fields.errors().front();
        return then(merge(needs_, actor, id, into, reason, once), into);
    }

    Response form(const Request& r, const std::vector<kernel::Error>& errors, const Chosen& chosen) const {
        const Lang lang = page::lang_of(r);
        const people::Actor actor = people::actor(r);
        if (auto may = rules::may_gather(actor); !may) return people::refusal(r, may.error());
        auto db = needs_.database.read();
        const auto id = kernel::parse_index(r.param("id"));
        const auto found = id ? issue(*db, IssueId(*id)) : std::nullopt;
        if (!found) return people::refusal(r, kernel::refuse(kernel::Code::not_found, "issue.unknown"));
        page::Form form = page::Form::of(r, errors);
        std::vector<page::Option> langs;
        for (const Lang l : page::all_langs)
            langs.push_back({std::string(page::tag(l)), page::say(l, "issue.this_language"), ""});
        form.value("lang", found->lang).options("lang", std::move(langs));
        Data d;
        d.set("link", address(found->id)).set("title", title_of(lang, *found)).set("lang", found->lang);
        d.set("state", state_of(lang, *found));
        form.fill(lang, d, {"voices", "into", "title", "lang", "other", "reason"});
        d.set("lang_of_title", found->lang);
        const auto last = page::index_after(r, "items");
        auto voices =
            voices_of(*db, found->id, last ? std::optional(voice::VoiceId(*last)) : std::nullopt, items_on_a_page + 1);
        d.set("turning", page::turning(r, {address(found->id) + "/arrange", "items"}, voices, items_on_a_page,
                                       [](auto one) { return std::to_string(one.value()); }));
        const bool open = is_open(found->state);
        auto rows = rows_of(lang, *db, actor, *found, voices, !last, chosen);
        d.set("has_items", open && !rows.empty()).set("rows", std::move(rows));
        d.set("may_merge", open && rules::may_confirm(actor).has_value());
        if (undoable(*db, *found)) {
            const auto newest = newest_step(*db, found->id);
            d.set("undo",
                  Data().set("what", page::say(lang, key_of(newest->what), {{"n", page::number(lang, newest->n)}})));
        }
        page::Page p;
        p.title = page::say(lang, "issue.arrange");
        p.main = page::render(lang, "issue/arrange.html", d);
        p.section = "issues";
        p.sample = found->sample;
        return page::answer(r, std::move(p), errors);
    }

    const people::Needs& needs_;
};

}  // namespace

void add_arranging(http::Router& router, const people::Needs& needs) {
    const auto routes = std::make_shared<const Arranging>(needs);
    router.get("/issues/{id}/arrange", [routes](const Request& r) { return routes->show(r); });
    for (const char* what : {"move", "out", "split", "merge", "undo"})
        router.post("/issues/{id}/arrange/" + std::string(what),
                    [routes, what](const Request& r) { return routes->act(r, what); });
}

}  // namespace issue

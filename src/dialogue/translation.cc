#include "translation.h"

#include <algorithm>
#include <memory>

#include <db/database.h>
#include <http/http.h>
#include <kernel/text.h>
#include <ledger/ledger.h>

#include "pages.h"
#include "rules.h"
#include "store.h"

namespace dialogue {
namespace {

using http::Request;
using http::Response;
using page::Data;
using page::Lang;

bool is_shown(const Statement& s) { return s.state == State::accepted && !s.text.empty(); }

std::string field_of(StatementId id) { return "text-" + std::to_string(id.value()); }

std::optional<Lang> lang_asked(std::string_view tag) {
    for (const Lang each : page::all_langs)
        if (page::tag(each) == tag) return each;
    return std::nullopt;
}

bool is_in(const Statement& s, Lang lang) { return same_language(s.lang, page::tag(lang)); }

std::string name_of(Lang lang, std::string_view tag) { return page::say(lang, "dialogue.lang_" + std::string(tag)); }

// What a page for translators shows: one statement, or the next ones without a translation.
struct Work {
    Dialogue dialogue;
    Lang to = Lang::en;
    std::optional<Statement> one;
};

Data row_of(Lang lang, const Work& work, const Statement& s, const std::string& typed,
            const std::vector<kernel::Error>& errors) {
    Data row = statement_data(lang, s);
    const std::string field = field_of(s.id);
    row.set("field", field).set("typed", typed).set("to", page::tag(work.to));
    row.set("label", page::say(lang, "dialogue.translation_into", {{"lang", name_of(lang, page::tag(work.to))}}));
    for (const kernel::Error& error : errors)
        if (error.field == field) row.set("error", page::say(lang, error));
    return row;
}

page::Page translations_page(const Request& r, db::Connection& db, const Work& work,
                             const std::vector<kernel::Error>& errors) {
    const Lang lang = page::lang_of(r);
    const Dialogue& d = work.dialogue;
    const std::string at = address(d.id) + "/translations?to=" + std::string(page::tag(work.to));
    Data data = dialogue_data(lang, d);
    std::vector<Statement> shown;
    if (work.one) {
        shown.push_back(*work.one);
    } else {
        const StatementId after(page::index_after(r, "statements").value_or(0));
        shown = untranslated(db, d.id, page::tag(work.to), after, translated_at_once + 1);
        data.set("turning", page::turning(r, {at, "statements"}, shown, translated_at_once,
                                          [](const Statement& s) { return std::to_string(s.id.value()); }));
    }
    std::vector<Data> rows, langs;
    for (const Statement& s : shown) {
        std::string typed;
        if (!errors.empty())
            typed = r.field(field_of(s.id)).value_or("");
        else if (const auto stands = work.one ? translation(db, s.id, page::tag(work.to)) : std::nullopt)
            typed = stands->text;
        rows.push_back(row_of(lang, work, s, typed, errors));
    }
    const std::string only = work.one ? "&statement=" + std::to_string(work.one->id.value()) : "";
    for (const Lang each : page::all_langs) {
        if (work.one && is_in(*work.one, each)) continue;
        Data row;
        row.set("name", name_of(lang, page::tag(each))).set("here", each == work.to);
        row.set("link", address(d.id) + "/translations?to=" + std::string(page::tag(each)) + only);
        langs.push_back(std::move(row));
    }
    data.set("langs", std::move(langs)).set("empty", rows.empty()).set("statements", std::move(rows));
    data.set("to", page::tag(work.to)).set("to_name", name_of(lang, page::tag(work.to)));
    data.set("one", work.one ? std::to_string(work.one->id.value()) : "");
    page::Form::of(r, errors).fill(lang, data, {});
    page::Page p =
        in_round(d, page::say(lang, "dialogue.translations"), page::render(lang, "dialogue/translations.html", data));
    p.status = page::status_of(errors);
    return p;
}

class Translations {
public:
    explicit Translations(const people::Needs& needs) : needs_(needs) {}

    Response show(const Request& r) const { return shown(r, r.asked("to"), r.asked("statement"), {}); }

    Response save(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        const auto to = lang_asked(r.field("to").value_or(""));
        if (!id || !to) return people::refusal(r, kernel::refuse(kernel::Code::malformed, "dialogue.lang_unknown"));
        const auto one = kernel::parse_index(r.field("statement").value_or(""));
        std::vector<kernel::Error> errors;
        const std::vector<Translating> all = typed(r, one.has_value(), errors);
        if (errors.empty()) {
            const auto done = translate(needs_, people::actor(r), DialogueId(*id), page::tag(*to), all, page::once(r));
            if (done && one) return http::redirect(address(StatementId(*one)));
            if (done)
                return http::redirect(address(DialogueId(*id)) + "/translations?to=" + std::string(page::tag(*to)));
            if (done.error().field.empty()) return people::refusal(r, done.error());
            errors.push_back(done.error());
        }
        return shown(r, r.field("to"), r.field("statement"), errors);
    }

private:
    // What somebody typed. Of many, what is empty was left for later; of one, it is taken back.
    static std::vector<Translating> typed(const Request& r, bool one, std::vector<kernel::Error>& errors) {
        constexpr std::string_view prefix = "text-";
        std::vector<Translating> all;
        for (const auto& [name, value] : r.form) {
            if (!name.starts_with(prefix)) continue;
            const auto id = kernel::parse_index(std::string_view(name).substr(prefix.size()));
            if (!id) continue;
            auto admitted = kernel::admit(value, name, max_translation, kernel::Lines::one);
            if (!admitted)
                errors.push_back(admitted.error());
            else if (one || !admitted->empty())
                all.push_back({StatementId(*id), *std::move(admitted)});
        }
        return all;
    }

    Response shown(const Request& r, std::optional<std::string_view> to,
                   std::optional<std::string_view> statement_asked, const std::vector<kernel::Error>& errors) const {
        auto db = needs_.database.read();
        const auto id = kernel::parse_index(r.param("id"));
        const auto found = id ? dialogue(*db, DialogueId(*id)) : std::nullopt;
        if (!found) return people::refusal(r, kernel::refuse(kernel::Code::not_found, "dialogue.unknown"));
        const auto may = may_translate(people::actor(r), cycle::cycle(*db, found->cycle).value());
        if (!may) return people::refusal(r, may.error());
        Work work{*found, Lang::en, std::nullopt};
        if (statement_asked && !statement_asked->empty()) {
            const auto index = kernel::parse_index(*statement_asked);
            work.one = index ? statement(*db, StatementId(*index)) : std::nullopt;
            if (!work.one || work.one->dialogue != found->id || !is_shown(*work.one))
                return people::refusal(r, kernel::refuse(kernel::Code::not_found, "dialogue.statement_unknown"));
        }
        const std::string& from = work.one ? work.one->lang : found->lang;
        const auto other = std::find_if(std::begin(page::all_langs), std::end(page::all_langs),
                                        [&](Lang each) { return !same_language(from, page::tag(each)); });
        work.to = lang_asked(to.value_or("")).value_or(*other);
        return page::answer(r, translations_page(r, *db, work, errors));
    }

    const people::Needs& needs_;
};

}  // namespace

bool same_language(std::string_view tag, std::string_view other) {
    const auto known = page::parse_lang(tag);
    return tag == other || (known && known == page::parse_lang(other));
}

kernel::Checked may_translate(const people::Actor& actor, const cycle::Cycle& c) {
    if (actor.has(people::Role::moderator)) return {};
    return cycle::may_run(actor, c);
}

kernel::Checked translate(const people::Needs& needs, const people::Actor& actor, DialogueId id, std::string_view lang,
                          const std::vector<Translating>& all, Once once) {
    if (all.size() > translated_at_once)
        return kernel::refuse(kernel::Code::malformed, "dialogue.translations_too_many",
                              {{"n", std::to_string(translated_at_once)}});
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = dialogue(w.db(), id);
            if (!found) return kernel::refuse(kernel::Code::not_found, "dialogue.unknown");
            const auto round = cycle::cycle(w.db(), found->cycle).value();
            const people::Actor who = cycle::in_force(w.db(), actor);
            if (auto may = may_translate(who, round); !may) return may.error();
            std::vector<Translated> changes;
            for (const Translating& one : all) {
                const auto said = statement(w.db(), one.statement);
                if (!said || said->dialogue != id)
                    return kernel::refuse(kernel::Code::not_found, "dialogue.statement_unknown");
                const auto stands = translation(w.db(), one.statement, lang);
                if (one.text == (stands ? stands->text : "")) continue;
                auto change =
                    rules::translate(who, round, *said, lang, one.text, times_translated(w.db(), one.statement));
                if (!change) {
                    kernel::Error error = change.error();
                    error.field = field_of(one.statement);
                    return error;
                }
                changes.push_back(*std::move(change));
            }
            if (changes.empty()) return kernel::refuse(kernel::Code::conflict, "dialogue.nothing_translated");
            std::int64_t first = 0;
            for (const Translated& change : changes) {
                const std::int64_t index = w.append(encode(change, w.next_index()));
                if (first == 0) first = index;
            }
            return first;
        },
        once);
    if (!receipt) return receipt.error();
    return {};
}

Line line_for(Lang lang, db::Connection& db, const Statement& s) {
    if (!is_shown(s)) return {};
    if (!is_in(s, lang))
        if (auto found = translation(db, s.id, page::tag(lang))) return {std::move(found->text), found->lang, true};
    return {s.text, s.lang, false};
}

page::Html words_for(Lang lang, db::Connection& db, const Statement& s) {
    if (!is_shown(s)) return {};
    const Line line = line_for(lang, db, s);
    if (!line.translated) return page::own_words(s.text, s.lang);
    Data data;
    data.set("words", page::own_words(s.text, s.lang)).set("translation", page::own_words(line.text, line.lang));
    return page::render(lang, "dialogue/translated.html", data);
}

void add_translation_routes(http::Router& router, const people::Needs& needs) {
    const auto routes = std::make_shared<const Translations>(needs);
    router.get("/dialogues/{id}/translations", [routes](const Request& r) { return routes->show(r); });
    router.post("/dialogues/{id}/translations", [routes](const Request& r) { return routes->save(r); });
}

}  // namespace dialogue

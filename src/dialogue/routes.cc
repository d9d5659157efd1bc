#include <algorithm>
#include <memory>

#include <db/database.h>
#include <files/csv.h>
#include <http/http.h>
#include <kernel/text.h>
#include <ledger/ledger.h>
#include <page/page.h>

#include "alike.h"
#include "dialogue.h"
#include "pages.h"
#include "rules.h"
#include "store.h"
#include "translation.h"

namespace dialogue {
namespace {

using http::Request;
using http::Response;

kernel::Error dialogue_unknown() { return kernel::refuse(kernel::Code::not_found, "dialogue.unknown"); }
kernel::Error statement_unknown() { return kernel::refuse(kernel::Code::not_found, "dialogue.statement_unknown"); }

template <class Id>
std::optional<Id> id_of(const Request& r) {
    const auto index = kernel::parse_index(r.param("id"));
    return index ? std::optional(Id(*index)) : std::nullopt;
}

// A field through the door; what is wrong with it goes to `errors`.
std::string text(const Request& r, std::string_view field, std::size_t max, kernel::Lines lines,
                 std::vector<kernel::Error>& errors) {
    auto admitted = kernel::admit(r.field(field).value_or(""), field, max, lines);
    if (admitted) return *std::move(admitted);
    errors.push_back(admitted.error());
    return {};
}

// Each line that holds something, without the spaces around it.
std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> all;
    while (!text.empty()) {
        const std::size_t cut = std::min(text.find('\n'), text.size());
        if (std::string line = kernel::trim(text.substr(0, cut)); !line.empty()) all.push_back(std::move(line));
        text.remove_prefix(std::min(cut + 1, text.size()));
    }
    return all;
}

// Where a vote may lead back to: the home page or a round's page, never an address that somebody put into a form.
bool known_back(std::string_view back) {
    if (back == "/") return true;
    constexpr std::string_view rounds = "/cycles/";
    return back.starts_with(rounds) && kernel::parse_index(back.substr(rounds.size())).has_value();
}

class Routes {
public:
    Routes(const people::Needs& needs, Hooks hooks) : needs_(needs), hooks_(std::move(hooks)) {}

    Response show(const Request& r) const { return vote_form(r, {}); }

    Response cast(const Request& r) const {
        const auto id = id_of<DialogueId>(r);
        const auto statement = kernel::parse_index(r.field("statement").value_or(""));
        const std::string_view word = r.field("vote").value_or("");
        const auto choice = parse_choice(word);
        if (!id || !statement || (!choice && word != "none"))
            return people::refusal(r, kernel::refuse(kernel::Code::malformed, "dialogue.vote_malformed"));
        const auto receipt = vote(needs_, people::actor(r), *id, {{StatementId(*statement), choice}}, page::once(r));
        if (!receipt) return people::refusal(r, receipt.error());
        return after_vote(r, *id, *statement, receipt->index);
    }

    // The same from a page that is kept for everybody and has no token.
    Response cast_here(const Request& r) const {
        const auto id = id_of<StatementId>(r);
        const auto found = id ? statement(*needs_.database.read(), *id) : std::nullopt;
        if (!found) return people::refusal(r, statement_unknown());
        const auto choice = parse_choice(r.field("vote").value_or(""));
        if (!choice) return people::refusal(r, kernel::refuse(kernel::Code::malformed, "dialogue.vote_malformed"));
        if (!http::from_own_page(r)) {
            const std::string_view back = r.field("back").value_or("");
            return page::answer(
                r, confirm_page(r, *needs_.database.read(), *found, *choice, known_back(back) ? back : ""));
        }
        people::Actor actor = people::actor(r);
        actor.visitor = r.need_visitor();
        const auto receipt = vote(needs_, actor, found->dialogue, {{*id, choice}}, page::once(r));
        if (!receipt) return people::refusal(r, receipt.error());
        return after_vote(r, found->dialogue, id->value(), receipt->index);
    }

    Response say(const Request& r) const {
        const auto id = id_of<DialogueId>(r);
        if (!id) return people::refusal(r, dialogue_unknown());
        std::vector<kernel::Error> errors;
        const std::string words = text(r, "text", max_statement, kernel::Lines::one, errors);
        if (errors.empty() && r.field("sure") != "yes") {
            constexpr std::size_t most_shown = 3;
            auto near = alike_->near(*needs_.database.read(), *id, words, most_shown);
            if (!near.empty()) return vote_form(r, {}, near);
        }
        if (errors.empty()) {
            const auto made = propose(needs_, people::actor(r), *id, words, page::tag(page::lang_of(r)), page::once(r));
            if (made) return http::redirect("/receipts/" + std::to_string(made->value()));
            if (made.error().field != "text") return people::refusal(r, made.error());
            errors.push_back(made.error());
        }
        return vote_form(r, errors);
    }

    Response list(const Request& r) const {
        const auto id = id_of<DialogueId>(r);
        const std::string_view asked = r.asked("state").value_or("accepted");
        const State state = asked == "set_aside" ? State::set_aside : State::accepted;
        if (!id || !dialogue(*needs_.database.read(), *id)) return people::refusal(r, dialogue_unknown());
        const std::string key = std::string(name(state)) + "/" + std::string(r.asked("before").value_or("")) + "/" +
                                std::string(r.asked("after").value_or(""));
        return page::cached(r, key, needs_.ledger.size(), [&] {
            auto db = needs_.database.read();
            return list_page(r, *db, dialogue(*db, *id).value(), state);
        });
    }

    Response show_statement(const Request& r) const {
        const auto id = id_of<StatementId>(r);
        if (!id || !statement(*needs_.database.read(), *id)) return people::refusal(r, statement_unknown());
        return page::cached(r, "", needs_.ledger.size(), [&] {
            auto db = needs_.database.read();
            return statement_page(r, *db, statement(*db, *id).value(), hooks_);
        });
    }

    // Every statement with its counts.
    Response export_counts(const Request& r) const {
        return exported(
            r, "csv", "text/csv; charset=utf-8",
            std::string(files::csv_bom) + files::csv_row({"statement", "day", "origin", "state", "ground", "agree",
                                                          "disagree", "pass", "number", "lang", "text"}),
            [](db::Connection&, const Statement& s) {
                return files::csv_row({std::to_string(s.id.value()), kernel::iso(s.day), std::string(name(s.origin)),
                                       std::string(name(s.state)), s.ground ? std::string(name(*s.ground)) : "",
                                       std::to_string(s.counts.agree), std::to_string(s.counts.disagree),
                                       std::to_string(s.counts.pass), s.number ? std::to_string(*s.number) : "", s.lang,
                                       s.text});
            });
    }

    Response export_lines(const Request& r) const {
        return exported(r, "jsonl", "application/x-ndjson", "", [](db::Connection& db, const Statement& s) {
            return kernel::canonical(statement_json(db, s)) + "\n";
        });
    }

    Response show_moderation(const Request& r) const { return moderation_form(r, id_of<DialogueId>(r), {}); }

    Response accept_statement(const Request& r) const {
        return moderate(r, [&](const people::Actor& actor, StatementId id, const std::string& remark) {
            return accept(needs_, actor, id, remark, page::once(r));
        });
    }

    Response set_statement_aside(const Request& r) const {
        return moderate(r,
                        [&](const people::Actor& actor, StatementId id, const std::string& remark) -> kernel::Checked {
                            const auto ground = parse_ground(r.field("ground").value_or(""));
                            if (!ground) return kernel::invalid("ground", "dialogue.ground_missing");
                            return set_aside(needs_, actor, id, *ground, remark, page::once(r));
                        });
    }

    Response show_new(const Request& r) const { return open_form(r, {}); }

    Response make(const Request& r) const {
        const auto id = id_of<CycleId>(r);
        if (!id) return people::refusal(r, kernel::refuse(kernel::Code::not_found, "cycle.unknown"));
        std::vector<kernel::Error> errors;
        Draft draft;
        draft.cycle = *id;
        draft.question = text(r, "question", max_question, kernel::Lines::one, errors);
        draft.about = text(r, "about", max_about, kernel::Lines::many, errors);
        draft.lang = text(r, "lang", 35, kernel::Lines::one, errors);
        draft.admission = r.field("admission") == "at_once" ? Admission::at_once : Admission::moderated;
        if (errors.empty()) {
            const auto made = open(needs_, people::actor(r), draft, page::once(r));
            if (made) return http::redirect(address(*made) + "/manage");
            if (made.error().field.empty()) return people::refusal(r, made.error());
            errors.push_back(made.error());
        }
        return open_form(r, errors);
    }

    Response show_manage(const Request& r) const { return manage_form(r, {}); }

    Response add_seed(const Request& r) const {
        std::vector<kernel::Error> errors;
        const std::string words = text(r, "text", max_seeds * (max_statement + 1), kernel::Lines::many, errors);
        const std::string lang = text(r, "lang", 35, kernel::Lines::one, errors);
        return managed(r, std::move(errors), [&](const people::Actor& actor, DialogueId id) -> kernel::Checked {
            const auto made = seed(needs_, actor, id, lines_of(words), lang, page::once(r));
            if (!made) return made.error();
            return {};
        });
    }

    Response close_it(const Request& r) const {
        std::vector<kernel::Error> errors;
        const std::string remark = text(r, "remark", rules::max_remark, kernel::Lines::many, errors);
        return managed(r, std::move(errors), [&](const people::Actor& actor, DialogueId id) {
            return close(needs_, actor, id, remark, page::once(r));
        });
    }

private:
    // Streamed in pages of rows.
    Response exported(const Request& r, std::string_view ending, std::string_view type, std::string first,
                      std::function<std::string(db::Connection&, const Statement&)> line) const {
        const auto id = id_of<DialogueId>(r);
        if (!id || !dialogue(*needs_.database.read(), *id)) return people::refusal(r, dialogue_unknown());
        Response response;
        response.content_type = type;
        response.set("Content-Disposition", "attachment; filename=\"dialogue-" + std::to_string(id->value()) + "." +
                                                std::string(ending) + "\"");
        response.stream = [this, id = *id, after = StatementId(), first = std::move(first),
                           line = std::move(line)](std::string& piece) mutable {
            constexpr int at_once = 500;
            piece += std::exchange(first, {});
            auto db = needs_.database.read();
            const auto rows = export_statements(*db, id, after, at_once);
            for (const Statement& s : rows) piece += line(*db, s);
            if (!rows.empty()) after = rows.back().id;
            return !rows.empty();
        };
        return response;
    }

    static Response after_vote(const Request& r, DialogueId id, std::int64_t statement, std::int64_t receipt) {
        const std::string_view back = r.field("back").value_or("");
        const std::string what = std::to_string(statement) + "&receipt=" + std::to_string(receipt);
        if (known_back(back)) return http::redirect(std::string(back) + "?voted=" + what + "#statements");
        return http::redirect(address(id) + "?last=" + what);
    }
    static void set_status(page::Page& shown, const std::vector<kernel::Error>& errors) {
        shown.status = page::status_of(errors);
    }
    static page::Form form(const Request& r, const std::vector<kernel::Error>& errors) {
        return page::Form::of(r, errors);
    }

    // `alike`: what others said already, before somebody adds the same.
    Response vote_form(const Request& r, const std::vector<kernel::Error>& errors,
                       const std::vector<StatementId>& alike = {}) const {
        auto db = needs_.database.read();
        const auto id = id_of<DialogueId>(r);
        const auto found = id ? dialogue(*db, *id) : std::nullopt;
        if (!found) return people::refusal(r, dialogue_unknown());
        page::Page shown = vote_page(r, *db, *found, visitor(r, *db, needs_, found->cycle),
                                     alike.empty() ? form(r, errors) : page::Form::again(r, {}), hooks_, alike);
        set_status(shown, errors);
        return page::answer(r, std::move(shown));
    }

    Response moderation_form(const Request& r, std::optional<DialogueId> id,
                             const std::vector<kernel::Error>& errors) const {
        if (auto ok = people::need_role(people::actor(r), people::Role::moderator); !ok)
            return people::refusal(r, ok.error());
        auto db = needs_.database.read();
        const auto found = id ? dialogue(*db, *id) : std::nullopt;
        if (!found) return people::refusal(r, dialogue_unknown());
        page::Page shown = moderation_page(r, *db, *found, errors);
        set_status(shown, errors);
        return page::answer(r, std::move(shown));
    }

    template <class Perform>
    Response moderate(const Request& r, Perform perform) const {
        const auto id = id_of<StatementId>(r);
        const auto found = id ? statement(*needs_.database.read(), *id) : std::nullopt;
        if (!found) return people::refusal(r, statement_unknown());
        std::vector<kernel::Error> errors;
        const std::string remark = text(r, "remark", rules::max_remark, kernel::Lines::many, errors);
        if (errors.empty()) {
            const kernel::Checked done = perform(people::actor(r), *id, remark);
            if (done) return http::redirect(address(found->dialogue) + "/moderation");
            if (done.error().field.empty()) return people::refusal(r, done.error());
            errors.push_back(done.error());
        }
        return moderation_form(r, found->dialogue, errors);
    }

    Response open_form(const Request& r, const std::vector<kernel::Error>& errors) const {
        auto db = needs_.database.read();
        const auto id = id_of<CycleId>(r);
        const auto round = id ? cycle::cycle(*db, *id) : std::nullopt;
        if (!round) return people::refusal(r, kernel::refuse(kernel::Code::not_found, "cycle.unknown"));
        if (auto ok = cycle::may_run(people::actor(r), *round); !ok) return people::refusal(r, ok.error());
        page::Page shown = open_page(r, *round, form(r, errors));
        set_status(shown, errors);
        return page::answer(r, std::move(shown));
    }

    Response manage_form(const Request& r, const std::vector<kernel::Error>& errors) const {
        auto db = needs_.database.read();
        const auto id = id_of<DialogueId>(r);
        const auto found = id ? dialogue(*db, *id) : std::nullopt;
        if (!found) return people::refusal(r, dialogue_unknown());
        const auto round = cycle::cycle(*db, found->cycle).value();
        if (auto ok = cycle::may_run(people::actor(r), round); !ok) return people::refusal(r, ok.error());
        page::Page shown = manage_page(r, *db, *found, form(r, errors));
        set_status(shown, errors);
        return page::answer(r, std::move(shown));
    }

    template <class Perform>
    Response managed(const Request& r, std::vector<kernel::Error> errors, Perform perform) const {
        const auto id = id_of<DialogueId>(r);
        if (!id) return people::refusal(r, dialogue_unknown());
        if (errors.empty()) {
            const kernel::Checked done = perform(people::actor(r), *id);
            if (done) return http::redirect(address(*id) + "/manage");
            if (done.error().field.empty()) return people::refusal(r, done.error());
            errors.push_back(done.error());
        }
        return manage_form(r, errors);
    }

    const people::Needs& needs_;
    const Hooks hooks_;
    const std::shared_ptr<Alike> alike_ = std::make_shared<Alike>();
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs, Hooks hooks) {
    const auto routes = std::make_shared<const Routes>(needs, std::move(hooks));
    const auto to = [&routes](Response (Routes::*handler)(const Request&) const) {
        return [routes, handler](const Request& r) { return (*routes.*handler)(r); };
    };
    router.get("/dialogues/{id}", to(&Routes::show));
    router.post("/dialogues/{id}/vote", to(&Routes::cast), {.work = true});
    router.get("/dialogues/{id}/statements", to(&Routes::list));
    router.post("/dialogues/{id}/statements", to(&Routes::say), {.work = true});
    router.get("/dialogues/{id}/statements.csv", to(&Routes::export_counts));
    router.get("/dialogues/{id}/statements.jsonl", to(&Routes::export_lines));
    router.get("/dialogues/{id}/moderation", to(&Routes::show_moderation));
    router.get("/dialogues/{id}/manage", to(&Routes::show_manage));
    router.post("/dialogues/{id}/seeds", to(&Routes::add_seed));
    router.post("/dialogues/{id}/close", to(&Routes::close_it));
    router.get("/statements/{id}", to(&Routes::show_statement));
    router.post("/statements/{id}/vote", to(&Routes::cast_here), {.csrf = false, .work = true});
    router.post("/statements/{id}/accept", to(&Routes::accept_statement));
    router.post("/statements/{id}/set-aside", to(&Routes::set_statement_aside));
    router.get("/cycles/{id}/dialogues/new", to(&Routes::show_new));
    router.post("/cycles/{id}/dialogues", to(&Routes::make));
    add_report_routes(router, needs);
    add_translation_routes(router, needs);
    add_api(router, needs);
}

}  // namespace dialogue

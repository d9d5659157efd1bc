#include "routes.h"

#include <memory>

#include <db/database.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>

#include "acts.h"
#include "pages.h"
#include "rules.h"

namespace survey {
namespace {

using http::Request;
using http::Response;

constexpr int proposed_term = 14;  // days
constexpr std::size_t form_fields = 1024;

kernel::Error past_it() { return kernel::refuse(kernel::Code::conflict, "survey.past_it"); }

class Routes {
public:
    Routes(const people::Needs& needs, Hooks hooks) : needs_(needs), hooks_(std::move(hooks)) {}

    Response list(const Request& r) const {
        std::string key;
        for (std::string_view name : {"cycle", "state", "before", "after"})
            key += std::string(r.asked(name).value_or("").substr(0, 20)) + "/";
        return page::cached(r, key, needs_.ledger.size(), [&] { return list_page(r, *needs_.database.read()); });
    }

    Response show(const Request& r) const {
        const std::int64_t position = needs_.ledger.size();
        const auto found = asked(r);
        if (!found) return people::refusal(r, no_such_survey());
        return page::cached(r, kernel::iso(today()), position, [&] {
            auto db = needs_.database.read();
            return show_page(r, *db, survey(*db, found->id).value(), hooks_, today());
        });
    }

    Response show_new(const Request& r) const {
        const auto id = kernel::parse_index(r.asked("cycle").value_or(""));
        const auto round = round_run(r, CycleId(id.value_or(0)));
        if (!round) return people::refusal(r, round.error());
        Draft was;
        was.lang = page::tag(page::lang_of(r));
        was.k = people::setting_number(*needs_.database.read(), "figures.min_cell");
        was.closes = today() + proposed_term;
        return page::answer(r, form_page(r, *round, {}, was, nullptr, page::Form(r)));
    }

    Response make(const Request& r) const {
        page::Reader reader(r);
        const Typed typed = read_draft(r, reader);
        const auto round = round_run(r, typed.draft.cycle);
        if (!round) return people::refusal(r, round.error());
        if (typed.more) return again(r, *round, {}, typed, {});
        if (reader.good()) {
            const auto made = draft(needs_, people::actor(r), typed.draft, page::once(r));
            if (made) return http::redirect(address(*made));
            if (made.error().field.empty()) return people::refusal(r, made.error());
            reader.refuse(at_form(typed, made.error()));
        }
        return again(r, *round, {}, typed, reader.errors());
    }

    Response show_change(const Request& r) const {
        const auto s = mine(r, State::drafted);
        if (!s) return people::refusal(r, s.error());
        const auto round = cycle::cycle(*needs_.database.read(), s->asked.cycle);
        return page::answer(r, form_page(r, round.value(), s->id, s->asked, nullptr, page::Form(r)));
    }

    Response change_it(const Request& r) const {
        const auto s = mine(r, State::drafted);
        if (!s) return people::refusal(r, s.error());
        const auto round = cycle::cycle(*needs_.database.read(), s->asked.cycle).value();
        page::Reader reader(r);
        const Typed typed = read_draft(r, reader);
        if (typed.more) return again(r, round, s->id, typed, {});
        if (reader.good()) {
            const auto done = redraft(needs_, people::actor(r), s->id, typed.draft, page::once(r));
            if (done) return http::redirect(address(s->id));
            if (done.error().field.empty()) return people::refusal(r, done.error());
            reader.refuse(at_form(typed, done.error()));
        }
        return again(r, round, s->id, typed, reader.errors());
    }

    Response show_preview(const Request& r) const {
        const auto s = mine(r, {});
        if (!s) return people::refusal(r, s.error());
        return no_store(page::answer(r, preview_page(r, *s)));
    }

    Response show_open(const Request& r) const {
        const auto s = mine(r, State::drafted);
        if (!s) return people::refusal(r, s.error());
        return page::answer(r, step_page(r, *s, "open", false, page::Form(r)));
    }

    // The codes are the answer to the form itself: an address of their own would be theirs for ever.
    Response open_it(const Request& r) const {
        const auto s = mine(r, {});
        if (!s) return people::refusal(r, s.error());
        const auto codes = open(needs_, people::actor(r), s->id, page::once(r));
        if (!codes) return people::refusal(r, codes.error());
        if (codes->empty()) return http::redirect(address(s->id));
        return no_store(page::answer(r, codes_page(r, *s, *codes)));
    }

    Response show_close(const Request& r) const {
        const auto s = mine(r, State::open);
        if (!s) return people::refusal(r, s.error());
        return page::answer(r, step_page(r, *s, "close", today() <= s->asked.closes, page::Form(r)));
    }

    Response close_it(const Request& r) const {
        const auto s = mine(r, {});
        if (!s) return people::refusal(r, s.error());
        page::Reader reader(r);
        const std::string reason = reader.text("reason", max_reason, kernel::Lines::many);
        if (reader.good()) {
            const auto done = close(needs_, people::actor(r), s->id, reason, page::once(r));
            if (done) return http::redirect(address(s->id));
            if (done.error().field.empty()) return people::refusal(r, done.error());
            reader.refuse(done.error());
        }
        return page::answer(
            r, step_page(r, *s, "close", today() <= s->asked.closes, page::Form::again(r, reader.errors())));
    }

    Response show_texts(const Request& r) const {
        const auto s = mine(r, State::closed);
        if (!s) return people::refusal(r, s.error());
        const auto after = kernel::parse_index(r.asked("after").value_or("0"));
        return no_store(page::answer(r, texts_page(r, *needs_.database.read(), *s, after.value_or(0))));
    }

    Response show_export(const Request& r) const {
        const auto s = mine(r, State::closed);
        if (!s) return people::refusal(r, s.error());
        return export_csv(needs_, *s);
    }

    Response list_json(const Request& r) const {
        const Listed found = listed(*needs_.database.read(), filter_of(r));
        kernel::Json::Array rows;
        for (const Survey& s : found.surveys) rows.push_back(as_json(s));
        kernel::Json body;
        body.set("surveys", std::move(rows));
        body.set("next", found.older ? kernel::Json(found.older->value()) : kernel::Json());
        return http::json(200, kernel::canonical(body));
    }

    Response show_json(const Request& r) const {
        const auto found = asked(r);
        if (!found) return page::refusal(r, no_such_survey());
        return http::json(200, kernel::canonical(in_full_json(*needs_.database.read(), *found)));
    }

private:
    kernel::Day today() const { return kernel::local_day(needs_.clock.now()); }

    std::optional<Survey> asked(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        return id ? survey(*needs_.database.read(), SurveyId(*id)) : std::nullopt;
    }
    // A round that this reader runs.
    kernel::Result<cycle::Cycle> round_run(const Request& r, CycleId id) const {
        auto db = needs_.database.read();
        auto round = cycle::cycle(*db, id);
        if (auto may = rules::may_run(people::in_force(*db, people::actor(r)), round); !may) return may.error();
        return *std::move(round);
    }
    // A survey of such a round, in this state.
    kernel::Result<Survey> mine(const Request& r, std::optional<State> state) const {
        auto s = asked(r);
        if (!s) return no_such_survey();
        if (const auto round = round_run(r, s->asked.cycle); !round) return round.error();
        if (state && s->state != *state) return past_it();
        return *std::move(s);
    }
    static Response again(const Request& r, const cycle::Cycle& round, std::optional<SurveyId> id, const Typed& typed,
                          std::vector<kernel::Error> errors) {
        return page::answer(r, form_page(r, round, id, typed.draft, &typed, page::Form::again(r, std::move(errors))));
    }

    const people::Needs& needs_;
    const Hooks hooks_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs, Hooks hooks) {
    const auto routes = std::make_shared<const Routes>(needs, std::move(hooks));
    const auto to = [&routes](Response (Routes::*handler)(const Request&) const) {
        return [routes, handler](const Request& r) { return (*routes.*handler)(r); };
    };
    http::Limits forms;
    forms.body = form_bytes;
    forms.fields = form_fields;
    router.get("/surveys", to(&Routes::list));
    router.get("/surveys/new", to(&Routes::show_new));
    router.post("/surveys", to(&Routes::make), forms);
    router.get("/surveys/{id}", to(&Routes::show));
    router.get("/surveys/{id}/change", to(&Routes::show_change));
    router.post("/surveys/{id}/change", to(&Routes::change_it), forms);
    router.get("/surveys/{id}/preview", to(&Routes::show_preview));
    router.get("/surveys/{id}/open", to(&Routes::show_open));
    router.post("/surveys/{id}/open", to(&Routes::open_it));
    router.get("/surveys/{id}/close", to(&Routes::show_close));
    router.post("/surveys/{id}/close", to(&Routes::close_it));
    router.get("/surveys/{id}/texts", to(&Routes::show_texts));
    router.get("/surveys/{id}/answers.csv", to(&Routes::show_export));
    router.get("/api/v1/surveys", page::json_list(to(&Routes::list_json)));
    router.get("/api/v1/surveys/{id}", to(&Routes::show_json));
    add_answering(router, needs);
}

}  // namespace survey

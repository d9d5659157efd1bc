#include <memory>

#include <db/database.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "acts.h"
#include "pages.h"

namespace review {
namespace {

using http::Request;
using http::Response;

// Of the addresses where a code is shown: a hall full of people with one network is not stopped, ten guesses a second
// at 83 bits lead nowhere, and no line in the log says when a ballot came.
constexpr int ballots_a_minute = 600;

kernel::Error not_there() { return kernel::refuse(kernel::Code::not_found, "review.unknown"); }
kernel::Error measure_not_there() { return kernel::refuse(kernel::Code::not_found, "measure.unknown"); }
kernel::Error past_it() { return kernel::refuse(kernel::Code::conflict, "review.wrong_state"); }
kernel::Error malformed(std::string field) {
    return {kernel::Code::malformed, "review.json_malformed", std::move(field), {}};
}

// One {"code": "12345 …", "answers": [5, 4, 0], "name": "", "reasons": ""}; the last two may be left out.
struct SentBallot {
    std::string code, name, reasons;
    std::vector<int> answers;
};
kernel::Result<std::string> sent_text(const kernel::Json& json, const std::string& member, std::size_t max,
                                      kernel::Lines lines) {
    if (json[member].is_null()) return std::string();
    if (!json[member].string()) return malformed(member);
    return kernel::admit(*json[member].string(), member, max, lines);
}
kernel::Result<SentBallot> sent_ballot(const kernel::Json& json) {
    if (!json["code"].string()) return malformed("code");
    const kernel::Json::Array* answers = json["answers"].array();
    if (!answers || answers->size() > max_questions) return malformed("answers");
    SentBallot ballot;
    ballot.code = *json["code"].string();
    for (const kernel::Json& one : *answers) {
        if (!one.integer()) return malformed("answers");
        ballot.answers.push_back(*one.integer() < 0 || *one.integer() > 5 ? -1 : static_cast<int>(*one.integer()));
    }
    auto name = sent_text(json, "name", max_name, kernel::Lines::one);
    if (!name) return name.error();
    auto reasons = sent_text(json, "reasons", max_reasons, kernel::Lines::many);
    if (!reasons) return reasons.error();
    ballot.name = *std::move(name), ballot.reasons = *std::move(reasons);
    return ballot;
}

class Routes {
public:
    Routes(const people::Needs& needs, Hooks hooks) : needs_(needs), hooks_(std::move(hooks)) {}

    Response list(const Request& r) const {
        std::string key;
        for (std::string_view name : {"state", "before", "after"})
            key += std::string(r.asked(name).value_or("").substr(0, 20)) + "/";
        return page::cached(r, key, needs_.ledger.size(), [&] { return list_page(r, *needs_.database.read()); });
    }

    Response show(const Request& r) const {
        const std::int64_t position = needs_.ledger.size();
        const auto found = asked(r);
        if (!found) return people::refusal(r, not_there());
        return page::cached(r, kernel::iso(today()), position, [&] {
            auto db = needs_.database.read();
            return show_page(r, *db, review(*db, found->id).value(), hooks_, today());
        });
    }

    Response show_draft(const Request& r) const {
        auto db = needs_.database.read();
        const auto m = measure_asked(*db, r.asked("measure").value_or(""));
        if (!m) return people::refusal(r, measure_not_there());
        if (auto may = may_run(*db, people::actor(r), *m); !may) return people::refusal(r, may.error());
        return page::answer(r, draft_page(r, *db, *m, page::Form(r), today()));
    }

    Response make_draft(const Request& r) const {
        page::Reader reader(r);
        const Typed typed = read_draft(reader);
        if (reader.good()) {
            const auto made = draft(needs_, people::actor(r), typed.draft, page::once(r));
            if (made) return http::redirect(address(*made));
            if (made.error().field.empty()) return people::refusal(r, made.error());
            reader.refuse(at_form(typed, made.error()));
        }
        auto db = needs_.database.read();
        const auto m = measure::measure(*db, typed.draft.measure);
        if (!m) return people::refusal(r, measure_not_there());
        if (auto may = may_run(*db, people::actor(r), *m); !may) return people::refusal(r, may.error());
        return page::answer(r, draft_page(r, *db, *m, page::Form::again(r, reader.errors()), today()));
    }

    Response show_step(const Request& r, const std::string& step) const {
        const auto found = asked(r);
        if (!found) return people::refusal(r, not_there());
        auto db = needs_.database.read();
        const measure::Measure m = measure::measure(*db, found->frozen.measure).value();
        if (auto may = may_run(*db, people::actor(r), m); !may) return people::refusal(r, may.error());
        if (found->state != (step == "open" ? State::drafted : State::open)) return people::refusal(r, past_it());
        return page::answer(r, step_page(r, *found, m, step, page::Form(r)));
    }

    // The codes are the answer to the form itself: an address of their own would be theirs for ever.
    Response open_it(const Request& r) const {
        const auto found = asked(r);
        if (!found) return people::refusal(r, not_there());
        const auto codes = open(needs_, people::actor(r), found->id, page::once(r));
        if (!codes) return people::refusal(r, codes.error());
        const auto m = measure::measure(*needs_.database.read(), found->frozen.measure);
        return no_store(page::answer(r, codes_page(r, *found, m.value(), *codes)));
    }

    Response close_it(const Request& r) const {
        const auto found = asked(r);
        if (!found) return people::refusal(r, not_there());
        if (auto done = close(needs_, people::actor(r), found->id, page::once(r)); !done)
            return people::refusal(r, done.error());
        return http::redirect(address(found->id));
    }

    Response show_pass_over(const Request& r) const {
        auto db = needs_.database.read();
        const auto m = measure_asked(*db, r.asked("measure").value_or(""));
        if (!m) return people::refusal(r, measure_not_there());
        if (auto may = may_run(*db, people::actor(r), *m); !may) return people::refusal(r, may.error());
        return page::answer(r, pass_over_page(r, *m, page::Form(r)));
    }

    Response pass_it_over(const Request& r) const {
        page::Reader reader(r);
        const std::string reason = reader.text("reason", max_reason, kernel::Lines::many);
        const auto id = reader.number("measure", "measure.unknown");
        if (!id) return people::refusal(r, measure_not_there());
        const measure::MeasureId of(*id);
        if (reader.good()) {
            const auto done = pass_over(needs_, people::actor(r), of, reason, page::once(r));
            if (done) return http::redirect(measure_address(of));
            if (done.error().field.empty()) return people::refusal(r, done.error());
            reader.refuse(done.error());
        }
        const auto m = measure::measure(*needs_.database.read(), of);
        if (!m) return people::refusal(r, measure_not_there());
        return page::answer(r, pass_over_page(r, *m, page::Form::again(r, reader.errors())));
    }

    Response show_vote(const Request& r) const {
        const auto found = asked(r);
        if (!found) return people::refusal(r, not_there());
        if (found->state != State::open || today() > found->frozen.closes) return people::refusal(r, not_now(*found));
        return vote_form(r, *found, page::Form(r));
    }

    Response vote(const Request& r) const {
        const auto found = asked(r);
        if (!found) return people::refusal(r, not_there());
        page::Reader reader(r);
        const std::string name = reader.text("name", max_name);
        const std::string reasons = reader.text("reasons", max_reasons, kernel::Lines::many);
        const std::vector<int> answers = read_answers(r, *found);
        if (auto own = not_of_owner_unit(r, *found, name); !own) reader.refuse(own.error());
        if (r.field("code").value_or("").empty()) reader.refuse(kernel::invalid("code", "review.code_missing"));
        for (std::size_t q = 0; q < answers.size(); ++q)
            if (answers[q] < 0) reader.refuse(kernel::invalid("q" + std::to_string(q + 1), "review.answer_missing"));
        if (reader.good()) {
            const auto done = cast(needs_, found->id, r.field("code").value_or(""), answers, name, reasons);
            if (done) {
                const auto m = measure::measure(*needs_.database.read(), found->frozen.measure);
                return no_store(page::answer(r, cast_page(r, *found, m.value(), *done)));
            }
            if (done.error().field.empty()) return people::refusal(r, done.error());
            reader.refuse(done.error());
        }
        return vote_form(r, *found, page::Form::again(r, reader.errors()));
    }

    Response list_json(const Request& r) const {
        auto db = needs_.database.read();
        kernel::Json::Array rows;
        kernel::Json body;
        const auto of = kernel::parse_index(r.asked("measure").value_or(""));
        const Listed l = of ? Listed{reviews_of(*db, measure::MeasureId(*of)), {}, {}} : listed(*db, filter_of(r));
        for (const Review& one : l.reviews) rows.push_back(as_json(one));
        body.set("reviews", std::move(rows)).set("next", l.older ? kernel::Json(l.older->value()) : kernel::Json());
        return http::json(200, kernel::canonical(body));
    }

    Response show_json(const Request& r) const {
        const auto found = asked(r);
        if (!found) return page::refusal(r, not_there());
        return http::json(200, kernel::canonical(in_full_json(*needs_.database.read(), *found)));
    }

    Response vote_json(const Request& r) const {
        const auto json = kernel::parse_json(r.body);
        if (!json) return page::refusal(r, json.error());
        const auto found = asked(r);
        if (!found) return page::refusal(r, not_there());
        const auto ballot = sent_ballot(*json);
        if (!ballot) return page::refusal(r, ballot.error());
        const auto done = cast(needs_, found->id, ballot->code, ballot->answers, ballot->name, ballot->reasons);
        if (!done) return page::refusal(r, done.error());
        return no_store(http::json(201, kernel::canonical(kernel::Json().set("mark", *done))));
    }

private:
    kernel::Day today() const { return kernel::local_day(needs_.clock.now()); }

    std::optional<Review> asked(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        return id ? review(*needs_.database.read(), ReviewId(*id)) : std::nullopt;
    }
    static std::optional<measure::Measure> measure_asked(db::Connection& db, std::string_view typed) {
        const auto id = kernel::parse_index(typed);
        return id ? measure::measure(db, measure::MeasureId(*id)) : std::nullopt;
    }
    static kernel::Error not_now(const Review& r) {
        return kernel::refuse(kernel::Code::conflict,
                              r.state == State::drafted ? "review.not_open_yet" : "review.over");
    }
    static Response no_store(Response response) {
        response.cacheable = false;
        response.set("Cache-Control", "no-store");
        return response;
    }

    Response vote_form(const Request& r, const Review& rv, page::Form form) const {
        const auto m = measure::measure(*needs_.database.read(), rv.frozen.measure);
        return no_store(page::answer(r, vote_page(r, rv, m.value(), std::move(form))));
    }

    // Who signs is asked who they are; a secret ballot is not.
    kernel::Checked not_of_owner_unit(const Request& r, const Review& rv, const std::string& name) const {
        const people::Actor actor = people::actor(r);
        if (name.empty() || !actor.staff()) return {};
        auto db = needs_.database.read();
        const auto m = measure::measure(*db, rv.frozen.measure);
        if (people::independent(*db, actor.unit, m.value().promised.owner_unit)) return {};
        return kernel::invalid("name", "review.of_owner_unit");
    }

    const people::Needs& needs_;
    const Hooks hooks_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs, Hooks hooks) {
    const auto routes = std::make_shared<const Routes>(needs, std::move(hooks));
    http::Limits of_ballots;
    of_ballots.body = 16 * 1024;
    of_ballots.rate = ballots_a_minute;
    of_ballots.quiet = true;
    router.get("/reviews", [routes](const Request& r) { return routes->list(r); });
    router.get("/reviews/new", [routes](const Request& r) { return routes->show_draft(r); });
    router.post("/reviews", [routes](const Request& r) { return routes->make_draft(r); });
    router.get("/reviews/not-judged", [routes](const Request& r) { return routes->show_pass_over(r); });
    router.post("/reviews/not-judged", [routes](const Request& r) { return routes->pass_it_over(r); });
    router.get("/reviews/{id}", [routes](const Request& r) { return routes->show(r); });
    router.get("/reviews/{id}/open", [routes](const Request& r) { return routes->show_step(r, "open"); });
    router.post("/reviews/{id}/open", [routes](const Request& r) { return routes->open_it(r); });
    router.get("/reviews/{id}/close", [routes](const Request& r) { return routes->show_step(r, "close"); });
    router.post("/reviews/{id}/close", [routes](const Request& r) { return routes->close_it(r); });
    router.on(
        http::Method::get, "/reviews/{id}/vote", [routes](const Request& r) { return routes->show_vote(r); },
        of_ballots);
    router.post(
        "/reviews/{id}/vote", [routes](const Request& r) { return routes->vote(r); }, of_ballots);
    router.get("/api/v1/reviews", page::json_list([routes](const Request& r) { return routes->list_json(r); }));
    router.get("/api/v1/reviews/{id}", [routes](const Request& r) { return routes->show_json(r); });
    router.post(
        "/api/v1/reviews/{id}/ballots", [routes](const Request& r) { return routes->vote_json(r); }, of_ballots);
}

}  // namespace review

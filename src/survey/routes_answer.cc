// Answering: pages that lead on and back, kept in between for this browser alone; nothing is counted before it is sent.
#include <algorithm>
#include <memory>

#include <db/database.h>
#include <kernel/clock.h>

#include "acts.h"
#include "begun.h"
#include "pages.h"
#include "routes.h"

namespace survey {
namespace {

using http::Request;
using http::Response;

constexpr std::size_t api_bytes = 128 * 1024;
constexpr int sent_a_minute = 600;  // a whole school may stand behind one address

class Answering {
public:
    explicit Answering(const people::Needs& needs) : needs_(needs) {}

    // Where this browser left off.
    Response begin(const Request& r) const {
        const auto s = open_one(r);
        if (!s) return people::refusal(r, s.error());
        const Answers answers = begun_by(r, *s);
        const auto unfinished = first_unfinished(*s, answers);
        const bool nothing = std::none_of(answers.begin(), answers.end(), [](const Answer& a) { return a.given(); });
        if (nothing || unfinished) return to_page(*s, nothing ? 1 : *unfinished);
        return http::redirect(address(s->id) + "/answer/check");
    }

    Response show(const Request& r) const {
        const auto s = open_one(r);
        if (!s) return people::refusal(r, s.error());
        const Answers answers = begun_by(r, *s);
        const auto page = page_asked(r, *s, answers);
        if (!page) return people::refusal(r, no_such_page());
        if (const auto sooner = first_unfinished(*s, answers); sooner && *sooner < *page) return to_page(*s, *sooner);
        return no_store(page::answer(r, answer_page(r, *s, *page, answers, nullptr, page::Form(r))));
    }

    Response send_page(const Request& r) const {
        const auto s = open_one(r);
        if (!s) return people::refusal(r, s.error());
        Answers answers = begun_by(r, *s);
        const auto page = page_asked(r, *s, answers);
        if (!page) return people::refusal(r, no_such_page());
        const bool back = !r.field("back").value_or("").empty(), later = !r.field("later").value_or("").empty();
        std::vector<kernel::Error> errors;
        read_page(r, *s, *page, answers, errors);
        if (errors.empty()) errors = check_page(s->asked.questions, answers, *page, !back && !later);
        if (!errors.empty())
            return no_store(
                page::answer(r, answer_page(r, *s, *page, answers, &r, page::Form::again(r, std::move(errors)))));
        // What hung on an answer that is another one now is asked no more.
        answers = without_unasked(s->asked.questions, std::move(answers));
        keep_begun(needs_, *s, r.need_visitor(), answers);
        if (later) return http::redirect(address(s->id) + "/answer/kept");
        const auto to = back ? page_before(*s, answers, *page) : next_page(*s, answers, *page);
        if (to) return to_page(*s, *to);
        return back ? to_page(*s, *page) : http::redirect(address(s->id) + "/answer/check");
    }

    Response show_kept(const Request& r) const {
        const auto s = open_one(r);
        if (!s) return people::refusal(r, s.error());
        return no_store(page::answer(r, kept_page(r, *s)));
    }

    Response show_check(const Request& r) const {
        const auto s = open_one(r);
        if (!s) return people::refusal(r, s.error());
        const Answers answers = begun_by(r, *s);
        if (const auto sooner = first_unfinished(*s, answers)) return to_page(*s, *sooner);
        return no_store(page::answer(r, check_page_of(r, *s, answers, page::Form(r))));
    }

    // Sends what was kept, whatever this form says: only what somebody has looked over is counted.
    Response send(const Request& r) const {
        const auto s = open_one(r);
        if (!s) return people::refusal(r, s.error());
        const Answers answers = begun_by(r, *s);
        if (const auto sooner = first_unfinished(*s, answers)) return to_page(*s, *sooner);
        const auto done = answer(needs_, people::actor(r), s->id, answers, r.field("code").value_or(""), page::once(r));
        if (done) {
            drop_begun(needs_, s->id, r.need_visitor());
            if (done->entry) return http::redirect("/receipts/" + std::to_string(*done->entry));
            return no_store(page::answer(r, answered_page(r, *s, done->mark)));
        }
        if (done.error().field.empty()) return people::refusal(r, done.error());
        return no_store(page::answer(r, check_page_of(r, *s, answers, page::Form::again(r, {done.error()}))));
    }

    Response send_json(const Request& r) const {
        const auto json = kernel::parse_json(r.body);
        if (!json) return page::refusal(r, json.error());
        const auto id = kernel::parse_index(r.param("id"));
        const auto s = id ? survey(*needs_.database.read(), SurveyId(*id)) : std::nullopt;
        if (!s) return page::refusal(r, no_such_survey());
        const auto answers = answers_in(*json, *s);
        if (!answers) return page::refusal(r, answers.error());
        const std::string* code = (*json)["code"].string();
        const std::string* own = (*json)["participant"].string();
        people::Actor actor;
        actor.visitor = own ? *own : kernel::base64url(kernel::random_bytes(24));
        const auto done = answer(needs_, actor, s->id, *answers, code ? *code : std::string(), page::once(r));
        if (!done) return page::refusal(r, done.error());
        kernel::Json body;
        if (done->entry)
            body.set("entry", *done->entry);
        else
            body.set("mark", done->mark);
        if (done->entry && !own) body.set("participant", actor.visitor);
        return no_store(http::json(201, kernel::canonical(body)));
    }

private:
    static kernel::Error no_such_page() { return kernel::refuse(kernel::Code::not_found, "survey.page_unknown"); }
    static Response to_page(const Survey& s, int page) {
        return no_store(http::redirect(address(s.id) + "/answer/" + std::to_string(page)));
    }

    kernel::Result<Survey> open_one(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        auto s = id ? survey(*needs_.database.read(), SurveyId(*id)) : std::nullopt;
        if (!s) return no_such_survey();
        if (auto ok = rules::takes_answers(*s, kernel::local_day(needs_.clock.now())); !ok) return ok.error();
        if (s->asked.mode == Mode::anonymous && has_answered(needs_, s->id, r.visitor))
            return kernel::refuse(kernel::Code::conflict, "survey.answered_already");
        return *std::move(s);
    }
    Answers begun_by(const Request& r, const Survey& s) const {
        return begun(needs_, s, r.visitor).value_or(Answers(s.asked.questions.size()));
    }
    // One that there is, and that asks something of who answered so.
    static std::optional<int> page_asked(const Request& r, const Survey& s, const Answers& answers) {
        const auto page = kernel::parse_index(r.param("page"));
        if (!page || *page < 1 || *page > pages_of(s.asked)) return std::nullopt;
        const int n = static_cast<int>(*page);
        return next_page(s, answers, n - 1) == n ? std::optional(n) : std::nullopt;
    }

    const people::Needs& needs_;
};

}  // namespace

void add_answering(http::Router& router, const people::Needs& needs) {
    const auto routes = std::make_shared<const Answering>(needs);
    const auto to = [&routes](Response (Answering::*handler)(const Request&) const) {
        return [routes, handler](const Request& r) { return (*routes.*handler)(r); };
    };
    http::Limits pages;
    pages.body = form_bytes;
    pages.fields = 2048;  // a page of forty tables
    pages.rate = 1200;
    pages.quiet = true;
    http::Limits sends = pages;
    sends.rate = sent_a_minute;
    sends.work = true;
    const auto get = [&](std::string_view pattern, auto handler) {
        router.on(http::Method::get, pattern, to(handler), pages);
    };
    get("/surveys/{id}/answer", &Answering::begin);
    get("/surveys/{id}/answer/check", &Answering::show_check);
    get("/surveys/{id}/answer/kept", &Answering::show_kept);
    get("/surveys/{id}/answer/{page}", &Answering::show);
    router.post("/surveys/{id}/answer/{page}", to(&Answering::send_page), pages);
    router.post("/surveys/{id}/answer", to(&Answering::send), sends);
    http::Limits api = sends;
    api.body = api_bytes;
    router.post("/api/v1/surveys/{id}/answers", to(&Answering::send_json), api);
}

}  // namespace survey

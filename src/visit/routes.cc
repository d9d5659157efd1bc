#include <memory>

#include <db/database.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "pages.h"
#include "rules.h"

namespace visit {
namespace {

using http::Request;
using http::Response;

kernel::Error no_such_visit() { return kernel::refuse(kernel::Code::not_found, "visit.unknown"); }
kernel::Error no_such_issue() { return kernel::refuse(kernel::Code::not_found, "issue.unknown"); }

class Routes {
public:
    Routes(const people::Needs& needs, Hooks hooks) : needs_(needs), hooks_(std::move(hooks)) {}

    Response list(const Request& r) const {
        std::string key;
        for (std::string_view name : {"issue", "cycle", "before"}) key += std::string(r.asked(name).value_or("")) + "/";
        return page::cached(r, key, needs_.ledger.size(),
                            [&] { return list_page(r, *needs_.database.read(), filter_of(r)); });
    }

    Response show(const Request& r) const {
        const std::int64_t position = needs_.ledger.size();
        const auto found = asked(r);
        if (!found) return people::refusal(r, no_such_visit());
        return page::cached(r, "", position, [&] {
            auto db = needs_.database.read();
            return show_page(r, *db, *visit(*db, found->id), hooks_);
        });
    }

    Response show_new(const Request& r) const {
        page::Form form(r);
        form.value("lang", std::string(page::tag(page::lang_of(r))));
        return form_page(r, r.asked("issue").value_or(""), std::move(form));
    }

    Response make(const Request& r) const {
        page::Reader reader(r);
        const auto about = kernel::parse_index(r.field("issue").value_or(""));
        if (!about) return people::refusal(r, no_such_issue());
        Draft draft;
        draft.issue = issue::IssueId(*about);
        draft.posts = reader.text("posts", max_posts);
        draft.may_decide = reader.ticked("may_decide");
        draft.day = day_of(reader);
        draft.where = reader.text("where", max_where);
        draft.met = met_of(reader);
        draft.heard = reader.text("heard", max_heard, kernel::Lines::many);
        draft.promised = reader.text("promised", max_promised, kernel::Lines::many);
        if (const auto lang = page::parse_lang(reader.text("lang", 35)))
            draft.lang = page::tag(*lang);
        else
            reader.refuse(kernel::invalid("lang", "visit.lang_missing"));
        if (reader.good()) {
            const auto made = record(needs_, people::actor(r), draft, page::once(r));
            if (made) return http::redirect(address(*made));
            if (made.error().field.empty()) return people::refusal(r, made.error());
            reader.refuse(made.error());
        }
        return form_page(r, r.field("issue").value_or(""), page::Form::again(r, reader.errors()),
                         http::status_of(reader.errors().front().code));
    }

    Response show_told(const Request& r) const {
        page::Form form(r);
        form.value("day", kernel::iso(kernel::local_day(needs_.clock.now())));
        return told_form(r, std::move(form));
    }

    Response tell(const Request& r) const {
        page::Reader reader(r);
        const kernel::Day day = day_of(reader);
        const std::string what = reader.text("what", max_told, kernel::Lines::many);
        const auto done = after(r, reader, [&](const people::Actor& actor, VisitId id) {
            return report_back(needs_, actor, id, day, what, page::once(r));
        });
        return done
                   ? *done
                   : told_form(r, page::Form::again(r, reader.errors()), http::status_of(reader.errors().front().code));
    }

    Response show_correct(const Request& r) const { return correct_form(r, page::Form(r)); }

    Response put_right(const Request& r) const {
        page::Reader reader(r);
        const Correction to{day_of(reader), met_of(reader), reader.ticked("may_decide")};
        const std::string reason = reader.text("reason", max_reason, kernel::Lines::many);
        const auto done = after(r, reader, [&](const people::Actor& actor, VisitId id) {
            return correct(needs_, actor, id, to, reason, page::once(r));
        });
        return done ? *done
                    : correct_form(r, page::Form::again(r, reader.errors()),
                                   http::status_of(reader.errors().front().code));
    }

    Response list_json(const Request& r) const {
        const Listed found = listed(*needs_.database.read(), filter_of(r));
        kernel::Json::Array rows;
        for (const Visit& v : found.visits) rows.push_back(as_json(v));
        kernel::Json body;
        body.set("visits", std::move(rows));
        body.set("next", found.older ? kernel::Json(found.older->value()) : kernel::Json());
        return http::json(200, kernel::canonical(body));
    }

    Response show_json(const Request& r) const {
        const auto found = asked(r);
        if (!found) return page::refusal(r, no_such_visit());
        return http::json(200, kernel::canonical(as_json(*found)));
    }

private:
    static kernel::Day day_of(page::Reader& reader) {
        const std::size_t before = reader.errors().size();
        const auto day = reader.day("day", "visit.day_missing");
        if (!day && before == reader.errors().size()) reader.refuse(kernel::invalid("day", "visit.day_missing"));
        return day.value_or(kernel::Day{});
    }
    static std::int64_t met_of(page::Reader& reader) {
        const std::size_t before = reader.errors().size();
        const auto met = reader.number("met", "visit.met_missing");
        if (!met && before == reader.errors().size()) reader.refuse(kernel::invalid("met", "visit.met_missing"));
        return met.value_or(0);
    }
    std::optional<Visit> asked(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        return id ? visit(*needs_.database.read(), VisitId(*id)) : std::nullopt;
    }
    Response form_page(const Request& r, std::string_view about, page::Form form, int status = 200) const {
        if (auto may = rules::may_record(people::actor(r)); !may) return people::refusal(r, may.error());
        const auto id = kernel::parse_index(about);
        auto db = needs_.database.read();
        const auto found = id ? issue::issue(*db, issue::IssueId(*id)) : std::nullopt;
        if (!found) return people::refusal(r, no_such_issue());
        page::Page shown = new_page(r, *db, *found, std::move(form));
        shown.status = status;
        return page::answer(r, std::move(shown));
    }
    template <class Make>
    Response form_of_visit(const Request& r, int status, Make make) const {
        const auto found = asked(r);
        if (!found) return people::refusal(r, no_such_visit());
        if (auto may = rules::may_go_on(people::actor(r), *found); !may) return people::refusal(r, may.error());
        page::Page shown = make(*found);
        shown.status = status;
        return page::answer(r, std::move(shown));
    }
    Response told_form(const Request& r, page::Form form, int status = 200) const {
        return form_of_visit(r, status, [&](const Visit& v) -> page::Page { return told_page(r, v, std::move(form)); });
    }
    Response correct_form(const Request& r, page::Form form, int status = 200) const {
        return form_of_visit(r, status,
                             [&](const Visit& v) -> page::Page { return correct_page(r, v, std::move(form)); });
    }
    // The redirect or the refusal; nothing when the form must be shown again with what the reader has gathered.
    template <class Perform>
    std::optional<Response> after(const Request& r, page::Reader& reader, Perform perform) const {
        const auto id = kernel::parse_index(r.param("id"));
        if (!id) return people::refusal(r, no_such_visit());
        if (!reader.good()) return std::nullopt;
        const kernel::Checked done = perform(people::actor(r), VisitId(*id));
        if (done) return http::redirect(address(VisitId(*id)));
        if (done.error().field.empty()) return people::refusal(r, done.error());
        reader.refuse(done.error());
        return std::nullopt;
    }

    const people::Needs& needs_;
    const Hooks hooks_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs, Hooks hooks) {
    const auto routes = std::make_shared<const Routes>(needs, std::move(hooks));
    router.get("/visits", [routes](const Request& r) { return routes->list(r); });
    router.get("/visits/new", [routes](const Request& r) { return routes->show_new(r); });
    router.post("/visits", [routes](const Request& r) { return routes->make(r); });
    router.get("/visits/{id}", [routes](const Request& r) { return routes->show(r); });
    router.get("/visits/{id}/told", [routes](const Request& r) { return routes->show_told(r); });
    router.post("/visits/{id}/told", [routes](const Request& r) { return routes->tell(r); });
    router.get("/visits/{id}/correct", [routes](const Request& r) { return routes->show_correct(r); });
    router.post("/visits/{id}/correct", [routes](const Request& r) { return routes->put_right(r); });
    router.get("/api/v1/visits", page::json_list([routes](const Request& r) { return routes->list_json(r); }));
    router.get("/api/v1/visits/{id}", [routes](const Request& r) { return routes->show_json(r); });
}

}  // namespace visit

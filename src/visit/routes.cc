#include <memory>

#include <db/database.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "pages.h"
#include "routes.h"
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
        for (std::string_view name : {"issue", "cycle", "unit", "before"})
            key += std::string(r.asked(name).value_or("")) + "/";
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
        return form_page(r, r.asked("issue").value_or(""), r.asked("plan").value_or(""), page::Form(r));
    }

    Response make(const Request& r) const {
        page::Reader reader(r);
        const Draft draft = read_draft(reader, r);
        if (reader.good()) {
            const auto made = record(needs_, people::actor(r), draft, page::once(r));
            if (made) return http::redirect(address(*made));
            if (made.error().field.empty()) return people::refusal(r, made.error());
            reader.refuse(made.error());
        }
        return form_page(r, r.field("about").value_or(""), r.field("plan").value_or(""),
                         page::Form::again(r, reader.errors()), status_of(reader.errors()));
    }

    Response show_links(const Request& r) const { return links_form(r, page::Form(r)); }

    Response set_links(const Request& r) const {
        page::Reader reader(r);
        Links to;
        for (std::int64_t n : reader.numbers("voices", "visit.numbers_wrong")) to.voices.emplace_back(n);
        for (std::int64_t n : reader.numbers("measures", "visit.numbers_wrong")) to.measures.emplace_back(n);
        const std::string reason = reader.text("reason", max_reason, kernel::Lines::many);
        const auto done = after(r, reader, [&](const people::Actor& actor, VisitId id) {
            return link(needs_, actor, id, to, reason, page::once(r));
        });
        return done ? *done : links_form(r, page::Form::again(r, reader.errors()), status_of(reader.errors()));
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
        return done ? *done : told_form(r, page::Form::again(r, reader.errors()), status_of(reader.errors()));
    }

    Response show_correct(const Request& r) const { return correct_form(r, page::Form(r)); }

    Response put_right(const Request& r) const {
        page::Reader reader(r);
        const Correction to{day_of(reader), met_of(reader), reader.ticked("may_decide")};
        const std::string reason = reader.text("reason", max_reason, kernel::Lines::many);
        const auto done = after(r, reader, [&](const people::Actor& actor, VisitId id) {
            return correct(needs_, actor, id, to, reason, page::once(r));
        });
        return done ? *done : correct_form(r, page::Form::again(r, reader.errors()), status_of(reader.errors()));
    }

    Response list_json(const Request& r) const {
        const Listed found = listed(*needs_.database.read(), filter_of(r));
        kernel::Json::Array rows;
        for (const Visit& v : found.rows) rows.push_back(as_json(v, false));
        kernel::Json body;
        body.set("visits", std::move(rows));
        body.set("next", found.older ? kernel::Json(found.older->value()) : kernel::Json());
        return http::json(200, kernel::canonical(body));
    }

    Response show_json(const Request& r) const {
        const auto found = asked(r);
        if (!found) return page::refusal(r, no_such_visit());
        return http::json(200, kernel::canonical(as_json(*found, true)));
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
    // About the issue or the plan with that number; about neither where both are empty.
    Response form_page(const Request& r, std::string_view about, std::string_view kept, page::Form form,
                       int status = 200) const {
        if (auto may = rules::may_record(people::actor(r)); !may) return people::refusal(r, may.error());
        auto db = needs_.database.read();
        About from;
        if (!kept.empty()) {
            if (const auto id = kernel::parse_index(kept)) from.plan = plan(*db, PlanId(*id));
            if (!from.plan) return people::refusal(r, kernel::refuse(kernel::Code::not_found, "visit.plan_unknown"));
            if (from.plan->issue) from.issue = issue::issue(*db, *from.plan->issue);
        } else if (!about.empty()) {
            if (const auto id = kernel::parse_index(about)) from.issue = issue::issue(*db, issue::IssueId(*id));
            if (!from.issue) return people::refusal(r, no_such_issue());
        }
        page::Page shown = new_page(r, *db, from, std::move(form));
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
    Response links_form(const Request& r, page::Form form, int status = 200) const {
        return form_of_visit(r, status,
                             [&](const Visit& v) -> page::Page { return links_page(r, v, std::move(form)); });
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

int status_of(const std::vector<kernel::Error>& errors) { return http::status_of(errors.front().code); }

void add_routes(http::Router& router, const people::Needs& needs, Hooks hooks) {
    add_plan_routes(router, needs, hooks);
    add_reception_routes(router, needs, hooks);
    add_field_routes(router, needs);
    const auto routes = std::make_shared<const Routes>(needs, std::move(hooks));
    router.get("/visits", [routes](const Request& r) { return routes->list(r); });
    router.get("/visits/new", [routes](const Request& r) { return routes->show_new(r); });
    router.post("/visits", [routes](const Request& r) { return routes->make(r); });
    router.get("/visits/{id}", [routes](const Request& r) { return routes->show(r); });
    router.get("/visits/{id}/told", [routes](const Request& r) { return routes->show_told(r); });
    router.post("/visits/{id}/told", [routes](const Request& r) { return routes->tell(r); });
    router.get("/visits/{id}/correct", [routes](const Request& r) { return routes->show_correct(r); });
    router.post("/visits/{id}/correct", [routes](const Request& r) { return routes->put_right(r); });
    router.get("/visits/{id}/links", [routes](const Request& r) { return routes->show_links(r); });
    router.post("/visits/{id}/links", [routes](const Request& r) { return routes->set_links(r); });
    router.get("/api/v1/visits", page::json_list([routes](const Request& r) { return routes->list_json(r); }));
    router.get("/api/v1/visits/{id}", [routes](const Request& r) { return routes->show_json(r); });
}

}  // namespace visit

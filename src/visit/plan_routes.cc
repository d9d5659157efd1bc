#include <memory>

#include <db/database.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>

#include "pages.h"
#include "routes.h"
#include "rules.h"

namespace visit {
namespace {

using http::Request;
using http::Response;

kernel::Error no_such_plan() { return kernel::refuse(kernel::Code::not_found, "visit.plan_unknown"); }

class PlanRoutes {
public:
    PlanRoutes(const people::Needs& needs, const Hooks& hooks) : needs_(needs), hooks_(hooks) {}

    Response list(const Request& r) const {
        std::string key = kernel::iso(today());  // what is over hangs on the day
        for (std::string_view name : {"unit", "open", "before"}) key += "/" + std::string(r.asked(name).value_or(""));
        return page::cached(r, key, needs_.ledger.size(),
                            [&] { return plans_page(r, *needs_.database.read(), plan_filter_of(r), today()); });
    }

    Response show(const Request& r) const {
        const std::int64_t position = needs_.ledger.size();
        const auto found = asked(r);
        if (!found) return people::refusal(r, no_such_plan());
        return page::cached(r, kernel::iso(today()), position, [&] {
            auto db = needs_.database.read();
            return plan_page(r, *db, *plan(*db, found->id), hooks_, today());
        });
    }

    Response show_new(const Request& r) const {
        return form_page(r, r.asked("issue").value_or(""), page::Form(r), 200);
    }

    Response make(const Request& r) const {
        page::Reader reader(r);
        PlanDraft draft;
        if (const auto id = reader.number("issue", "visit.issue_number")) draft.issue = issue::IssueId(*id);
        if (const auto day = reader.day("day", "visit.day_missing"))
            draft.day = *day;
        else if (!reader.refused("day"))
            reader.refuse(kernel::invalid("day", "visit.day_missing"));
        draft.posts = reader.text("posts", max_posts);
        draft.where = reader.text("where", max_where);
        draft.why = reader.text("why", max_reason, kernel::Lines::many);
        draft.announced = reader.ticked("announced");
        if (const auto lang = page::parse_lang(reader.text("lang", 35)))
            draft.lang = page::tag(*lang);
        else
            reader.refuse(kernel::invalid("lang", "visit.lang_missing"));
        if (reader.good()) {
            const auto made = plan(needs_, people::actor(r), draft, page::once(r));
            if (made) return http::redirect(address(*made));
            if (made.error().field.empty()) return people::refusal(r, made.error());
            reader.refuse(made.error());
        }
        return form_page(r, r.field("about").value_or(""), page::Form::again(r, reader.errors()),
                         status_of(reader.errors()));
    }

    Response show_call_off(const Request& r) const { return ending(r, page::Form(r), 200); }

    Response end(const Request& r) const {
        page::Reader reader(r);
        const auto found = asked(r);
        if (!found) return people::refusal(r, no_such_plan());
        const std::string reason = reader.text("reason", max_reason, kernel::Lines::many);
        if (reader.good()) {
            const auto done = call_off(needs_, people::actor(r), found->id, reason, page::once(r));
            if (done) return http::redirect(address(found->id));
            if (done.error().field.empty()) return people::refusal(r, done.error());
            reader.refuse(done.error());
        }
        return ending(r, page::Form::again(r, reader.errors()), status_of(reader.errors()));
    }

    Response list_json(const Request& r) const {
        const ListedPlans found = listed(*needs_.database.read(), plan_filter_of(r));
        kernel::Json::Array rows;
        for (const Plan& p : found.rows) rows.push_back(as_json(p));
        kernel::Json body;
        body.set("plans", std::move(rows));
        body.set("next", found.older ? kernel::Json(found.older->value()) : kernel::Json());
        return http::json(200, kernel::canonical(body));
    }

    Response show_json(const Request& r) const {
        const auto found = asked(r);
        if (!found) return page::refusal(r, no_such_plan());
        return http::json(200, kernel::canonical(as_json(*found)));
    }

private:
    kernel::Day today() const { return kernel::local_day(needs_.clock.now()); }

    std::optional<Plan> asked(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        return id ? plan(*needs_.database.read(), PlanId(*id)) : std::nullopt;
    }
    Response form_page(const Request& r, std::string_view about, page::Form form, int status) const {
        if (auto may = rules::may_record(people::actor(r)); !may) return people::refusal(r, may.error());
        auto db = needs_.database.read();
        std::optional<issue::Issue> found;
        if (!about.empty()) {
            const auto id = kernel::parse_index(about);
            if (id) found = issue::issue(*db, issue::IssueId(*id));
            if (!found) return people::refusal(r, kernel::refuse(kernel::Code::not_found, "issue.unknown"));
        }
        page::Page shown = new_plan_page(r, *db, found, std::move(form));
        shown.status = status;
        return page::answer(r, std::move(shown));
    }
    Response ending(const Request& r, page::Form form, int status) const {
        const auto found = asked(r);
        if (!found) return people::refusal(r, no_such_plan());
        if (auto may = rules::may_go_on(people::actor(r), *found); !may) return people::refusal(r, may.error());
        page::Page shown = call_off_page(r, *found, std::move(form));
        shown.status = status;
        return page::answer(r, std::move(shown));
    }

    const people::Needs& needs_;
    const Hooks hooks_;
};

}  // namespace

void add_plan_routes(http::Router& router, const people::Needs& needs, const Hooks& hooks) {
    const auto routes = std::make_shared<const PlanRoutes>(needs, hooks);
    router.get("/visits/plan", [routes](const Request& r) { return routes->list(r); });
    router.post("/visits/plan", [routes](const Request& r) { return routes->make(r); });
    router.get("/visits/plan/new", [routes](const Request& r) { return routes->show_new(r); });
    router.get("/visits/plan/{id}", [routes](const Request& r) { return routes->show(r); });
    router.get("/visits/plan/{id}/call-off", [routes](const Request& r) { return routes->show_call_off(r); });
    router.post("/visits/plan/{id}/call-off", [routes](const Request& r) { return routes->end(r); });
    router.get("/api/v1/visits/plans", page::json_list([routes](const Request& r) { return routes->list_json(r); }));
    router.get("/api/v1/visits/plans/{id}", [routes](const Request& r) { return routes->show_json(r); });
}

}  // namespace visit

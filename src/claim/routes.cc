#include <memory>

#include <db/database.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "pages.h"
#include "public_words.h"
#include "rules.h"

namespace claim {
namespace {

using http::Request;
using http::Response;

kernel::Error entry_unknown() { return kernel::refuse(kernel::Code::not_found, "claim.entry_unknown"); }
kernel::Error claim_unknown() { return kernel::refuse(kernel::Code::not_found, "claim.unknown"); }

class Routes {
public:
    Routes(const people::Needs& needs, Hooks hooks) : needs_(needs), hooks_(std::move(hooks)) {}

    Response show_report(const Request& r) const { return report_form(r, {}); }

    Response post_report(const Request& r) const {
        const auto entry = entry_asked(r);
        if (!entry) return people::refusal(r, entry_unknown());
        if (auto elsewhere = own_form(*entry)) return *std::move(elsewhere);
        page::Reader reader(r);
        const auto ground = people::parse_ground(r.field("ground").value_or(""));
        if (!ground) reader.refuse(kernel::invalid("ground", "people.ground_missing"));
        const std::string remark = reader.text("remark", max_remark, kernel::Lines::many);
        if (reader.good()) {
            const auto filed = file(needs_, hooks_, *entry, *ground, remark, page::once(r));
            if (filed) return http::redirect("/receipts/" + std::to_string(filed->value()));
            if (filed.error().field.empty()) return people::refusal(r, filed.error());
            reader.refuse(filed.error());
        }
        return report_form(r, reader.errors());
    }

    Response show_decision(const Request& r) const { return decision_form(r, {}); }

    Response post_decision(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        if (!id) return people::refusal(r, claim_unknown());
        page::Reader reader(r);
        Decision asked;
        const auto outcome = parse_outcome(r.field("outcome").value_or(""));
        if (outcome)
            asked.outcome = *outcome;
        else
            reader.refuse(kernel::invalid("outcome", "claim.outcome_missing"));
        asked.basis = erasure::parse_basis(r.field("basis").value_or(""));
        asked.reason = reader.text("reason", max_reason, kernel::Lines::many);
        if (reader.good()) {
            const auto done = decide(needs_, hooks_, people::actor(r), ClaimId(*id), asked, page::once(r));
            if (done) return http::redirect("/desk/moderation");
            if (done.error().field.empty()) return people::refusal(r, done.error());
            reader.refuse(done.error());
        }
        return decision_form(r, reader.errors());
    }

    Response list_json(const Request& r) const {
        constexpr int at_once = 100;
        std::optional<ClaimId> before;
        if (const auto id = kernel::parse_index(r.asked("before").value_or(""))) before = ClaimId(*id);
        auto all = claims(*needs_.database.read(), before, at_once + 1);
        const bool more = all.size() > at_once;
        if (more) all.pop_back();
        kernel::Json::Array rows;
        for (const Claim& one : all) rows.push_back(as_json(one));
        kernel::Json body;
        body.set("claims", std::move(rows)).set("next", more ? kernel::Json(all.back().id.value()) : kernel::Json());
        return http::json(200, kernel::canonical(body));
    }

    Response show_json(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        const auto found = id ? claim(*needs_.database.read(), ClaimId(*id)) : std::nullopt;
        if (!found) return page::refusal(r, claim_unknown());
        return http::json(200, kernel::canonical(as_json(*found)));
    }

private:
    static std::optional<std::int64_t> entry_asked(const Request& r) { return kernel::parse_index(r.param("index")); }

    // Messages and statements are reported in a way of their own.
    std::optional<Response> own_form(std::int64_t entry) const {
        const std::string form = hooks_.own_form ? hooks_.own_form(*needs_.database.read(), entry) : std::string();
        return form.empty() ? std::nullopt : std::optional(http::redirect(form));
    }

    Response report_form(const Request& r, const std::vector<kernel::Error>& errors) const {
        const auto entry = entry_asked(r);
        if (!entry || *entry >= needs_.ledger.size()) return people::refusal(r, entry_unknown());
        if (auto elsewhere = own_form(*entry)) return *std::move(elsewhere);
        auto db = needs_.database.read();
        if (public_words(*db, hooks_, *entry).empty())
            return people::refusal(r, kernel::refuse(kernel::Code::conflict, "claim.no_public_words"));
        page::Page shown = report_page(r, *db, *entry, page::Form::of(r, errors));
        return page::answer(r, std::move(shown), errors);
    }

    Response decision_form(const Request& r, const std::vector<kernel::Error>& errors) const {
        const people::Actor actor = people::actor(r);
        if (auto may = people::need_role(actor, people::Role::moderator); !may) return people::refusal(r, may.error());
        const auto id = kernel::parse_index(r.param("id"));
        auto db = needs_.database.read();
        const auto found = id ? claim(*db, ClaimId(*id)) : std::nullopt;
        if (!found) return people::refusal(r, claim_unknown());
        const bool own = hooks_.own_matter && hooks_.own_matter(*db, actor, found->about);
        if (auto may = rules::may_decide(actor, *found, own); !may) return people::refusal(r, may.error());
        page::Page shown = decide_page(r, *db, hooks_, *found, page::Form::of(r, errors));
        return page::answer(r, std::move(shown), errors);
    }

    const people::Needs& needs_;
    const Hooks hooks_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs, Hooks hooks) {
    const auto routes = std::make_shared<const Routes>(needs, std::move(hooks));
    const http::Limits anybody{.rate = 30};
    router.get("/entries/{index}/report", [routes](const Request& r) { return routes->show_report(r); });
    router.post(
        "/entries/{index}/report", [routes](const Request& r) { return routes->post_report(r); }, anybody);
    router.get("/desk/claims/{id}", [routes](const Request& r) { return routes->show_decision(r); });
    router.get("/api/v1/claims", page::json_list([routes](const Request& r) { return routes->list_json(r); }));
    router.get("/api/v1/claims/{id}", [routes](const Request& r) { return routes->show_json(r); });
    router.post("/desk/claims/{id}", [routes](const Request& r) { return routes->post_decision(r); });
}

}  // namespace claim

#include <memory>

#include <db/database.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "pages.h"
#include "rules.h"

namespace erasure {
namespace {

using http::Request;
using http::Response;

kernel::Error no_such_erasure() { return kernel::refuse(kernel::Code::not_found, "erasure.unknown"); }

class Routes {
public:
    Routes(const people::Needs& needs, Hooks hooks) : needs_(needs), hooks_(std::move(hooks)) {}

    Response list(const Request& r) const {
        const auto before = kernel::parse_index(r.asked("before").value_or(""));
        const std::string key =
            std::string(r.asked("by").value_or("")) + " " + std::string(r.asked("before").value_or(""));
        return page::cached(r, key, needs_.ledger.size(), [&] {
            return list_page(r, *needs_.database.read(), before ? std::optional(ErasureId(*before)) : std::nullopt);
        });
    }

    // What nobody has decided on, or was refused, is in the log for whoever looks; no page draws attention to words
    // that may have to go.
    Response show(const Request& r) const { return shown(r, {}); }

    Response show_new(const Request& r) const {
        if (auto may = rules::may_propose(people::actor(r)); !may) return people::refusal(r, may.error());
        page::Form form(r);
        if (auto entry = r.asked("entry")) form.value("targets", std::string(*entry));
        return page::answer(r, new_page(r, std::move(form)));
    }

    Response make(const Request& r) const {
        page::Reader reader(r);
        const auto targets = reader.numbers("targets", "erasure.numbers_only");
        const auto basis = parse_basis(r.field("basis").value_or(""));
        if (!basis) reader.refuse(kernel::invalid("basis", "erasure.basis_unknown"));
        if (reader.good()) {
            const auto made = propose(needs_, people::actor(r), with_repeated(targets), *basis, page::once(r));
            if (made) return http::redirect(address(*made));
            if (made.error().field.empty()) return people::refusal(r, made.error());
            reader.refuse(made.error());
        }
        page::Page again = new_page(r, page::Form::again(r, reader.errors()));
        again.status = http::status_of(reader.errors().front().code);
        return page::answer(r, std::move(again));
    }

    Response make_own(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        if (!id) return people::refusal(r, kernel::refuse(kernel::Code::not_found, "voice.unknown"));
        const auto made =
            propose_own(needs_, hooks_, voice::VoiceId(*id), r.visitor, r.field("code").value_or(""), page::once(r));
        if (!made) return people::refusal(r, made.error());
        return http::redirect("/receipts/" + std::to_string(made->value()));
    }

    Response approve_it(const Request& r) const {
        return after(r, [&](ErasureId id) { return approve(needs_, hooks_, people::actor(r), id, page::once(r)); });
    }
    Response withdraw_it(const Request& r) const {
        return after(r, [&](ErasureId id) { return withdraw(needs_, people::actor(r), id, page::once(r)); });
    }
    Response refuse_it(const Request& r) const {
        const auto ground = parse_ground(r.field("ground").value_or(""));
        if (!ground) return shown(r, {kernel::invalid("ground", "erasure.ground_missing")});
        return after(
            r, [&](ErasureId id) { return refuse(needs_, hooks_, people::actor(r), id, *ground, page::once(r)); });
    }

    Response list_json(const Request& r) const {
        const auto before = kernel::parse_index(r.asked("before").value_or(""));
        auto db = needs_.database.read();
        auto all = erasures(*db, State::approved, before ? std::optional(ErasureId(*before)) : std::nullopt,
                            erasures_on_a_page + 1);
        const bool more = all.size() > erasures_on_a_page;
        if (more) all.pop_back();
        kernel::Json::Array rows;
        for (const Erasure& e : all) rows.push_back(as_json(e));
        kernel::Json body;
        body.set("erasures", std::move(rows)).set("next", more ? kernel::Json(all.back().id.value()) : kernel::Json());
        return http::json(200, kernel::canonical(body));
    }

    Response show_json(const Request& r) const {
        const auto found = asked(r);
        if (!found || found->state != State::approved) return page::refusal(r, no_such_erasure());
        return http::json(200, kernel::canonical(as_json(*found)));
    }

private:
    // With entries whose words repeat theirs and are still there: they go together.
    std::vector<std::int64_t> with_repeated(const std::vector<std::int64_t>& targets) const {
        auto db = needs_.database.read();
        std::vector<std::int64_t> all = targets;
        for (const std::int64_t target : targets)
            for (const auto& ask : hooks_.repeated)
                for (const std::int64_t entry : ask(*db, target)) {
                    const auto found = ledger::entry(*db, entry);
                    if (found && found->words && !proposed_about(*db, entry)) all.push_back(entry);
                }
        return all;
    }
    std::optional<Erasure> asked(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        return id ? erasure(*needs_.database.read(), ErasureId(*id)) : std::nullopt;
    }
    Response shown(const Request& r, const std::vector<kernel::Error>& errors) const {
        const auto found = asked(r);
        if (!found) return people::refusal(r, no_such_erasure());
        if (found->state != State::approved)
            if (auto may = people::need_staff(people::actor(r)); !may) return people::refusal(r, may.error());
        page::Page shown = show_page(r, *needs_.database.read(), hooks_, *found, page::Form::of(r, errors));
        return page::answer(r, std::move(shown), errors);
    }
    template <class Perform>
    Response after(const Request& r, Perform perform) const {
        const auto id = kernel::parse_index(r.param("id"));
        if (!id) return people::refusal(r, no_such_erasure());
        const kernel::Checked done = perform(ErasureId(*id));
        if (!done) return people::refusal(r, done.error());
        return http::redirect(address(ErasureId(*id)));
    }

    const people::Needs& needs_;
    const Hooks hooks_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs, Hooks hooks) {
    const auto routes = std::make_shared<const Routes>(needs, std::move(hooks));
    router.get("/erasures", [routes](const Request& r) { return routes->list(r); });
    router.get("/erasures/new", [routes](const Request& r) { return routes->show_new(r); });
    router.post("/erasures", [routes](const Request& r) { return routes->make(r); });
    router.get("/erasures/{id}", [routes](const Request& r) { return routes->show(r); });
    router.post("/erasures/{id}/approve", [routes](const Request& r) { return routes->approve_it(r); });
    router.post("/erasures/{id}/refuse", [routes](const Request& r) { return routes->refuse_it(r); });
    router.post("/erasures/{id}/withdraw", [routes](const Request& r) { return routes->withdraw_it(r); });
    const http::Limits guessing{.rate = 20};
    router.post(
        "/voices/{id}/erasure", [routes](const Request& r) { return routes->make_own(r); }, guessing);
    router.get("/api/v1/erasures", page::json_list([routes](const Request& r) { return routes->list_json(r); }));
    router.get("/api/v1/erasures/{id}", [routes](const Request& r) { return routes->show_json(r); });
}

}  // namespace erasure

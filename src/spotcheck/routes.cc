#include <algorithm>
#include <memory>

#include <db/database.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <page/reader.h>

#include "pages.h"
#include "who.h"

namespace spotcheck {
namespace {

using http::Request;
using http::Response;

kernel::Error no_such_check() { return kernel::refuse(kernel::Code::not_found, "spotcheck.unknown"); }
class Routes {
public:
    Routes(const people::Needs& needs, Hooks hooks) : needs_(needs), hooks_(std::move(hooks)) {}

    Response list(const Request& r) const {
        std::string key = kernel::iso(today());  // what is overdue hangs on the day
        for (std::string_view name : {"unit", "open", "before", "from", "to", "figure", "below"})
            key += "/" + std::string(r.asked(name).value_or(""));
        return page::cached(r, key, needs_.ledger.size(),
                            [&] { return list_page(r, *needs_.database.read(), filter_of(r), today()); });
    }

    Response show(const Request& r) const {
        const std::int64_t position = needs_.ledger.size();
        const auto found = asked(r);
        if (!found) return people::refusal(r, no_such_check());
        return page::cached(r, kernel::iso(today()), position, [&] {
            auto db = needs_.database.read();
            return show_page(r, *db, *check(*db, found->id), hooks_, today());
        });
    }

    Response show_look(const Request& r) const { return looking(r, page::Form(r), 200); }

    Response post_look(const Request& r) const {
        const auto found = asked(r);
        const auto matter = kernel::parse_index(r.param("matter"));
        if (!found || !matter) return people::refusal(r, no_such_check());
        page::Reader reader(r);
        Look asked;
        if (const auto outcome = parse_outcome(reader.text("outcome", 20)))
            asked.outcome = *outcome;
        else
            reader.refuse(kernel::invalid("outcome", "spotcheck.outcome_missing"));
        if (const auto day = reader.day("day", "spotcheck.day_missing"))
            asked.day = *day;
        else if (!reader.refused("day"))
            reader.refuse(kernel::invalid("day", "spotcheck.day_missing"));
        asked.on_site = reader.ticked("on_site");
        asked.seen = reader.text("seen", max_seen, kernel::Lines::many);
        if (reader.good()) {
            const auto done = look(needs_, people::actor(r), found->id, *matter, asked, page::once(r));
            if (done) return http::redirect(address(found->id));
            if (done.error().field.empty()) return people::refusal(r, done.error());
            reader.refuse(done.error());
        }
        return looking(r, page::Form::again(r, reader.errors()), page::status_of(reader.errors()));
    }

    Response show_order(const Request& r) const { return ordering(r, page::Form(r), 200); }

    Response post_order(const Request& r) const {
        page::Reader reader(r);
        const auto unit = reader.number("unit", "spotcheck.unit_unknown");
        if (!unit && !reader.refused("unit")) reader.refuse(kernel::invalid("unit", "spotcheck.unit_unknown"));
        if (reader.good()) {
            const auto made = order(needs_, people::actor(r), people::UnitId(*unit), page::once(r));
            if (made) return http::redirect(address(*made));
            if (made.error().field.empty()) return people::refusal(r, made.error());
            reader.refuse(made.error());
        }
        return ordering(r, page::Form::again(r, reader.errors()), page::status_of(reader.errors()));
    }

    Response list_json(const Request& r) const {
        const Listed found = listed(*needs_.database.read(), filter_of(r));
        kernel::Json::Array rows;
        for (const Check& c : found.rows) rows.push_back(as_json(c, nullptr));
        kernel::Json body;
        body.set("spot_checks", std::move(rows));
        body.set("next", found.older ? kernel::Json(found.older->value()) : kernel::Json());
        return http::json(200, kernel::canonical(body));
    }

    Response show_json(const Request& r) const {
        const auto found = asked(r);
        if (!found) return page::refusal(r, no_such_check());
        const std::vector<Drawn> all = drawn(*needs_.database.read(), found->id);
        return http::json(200, kernel::canonical(as_json(*found, &all)));
    }

private:
    kernel::Day today() const { return kernel::local_day(needs_.clock.now()); }

    std::optional<Check> asked(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        return id ? check(*needs_.database.read(), CheckId(*id)) : std::nullopt;
    }

    Response looking(const Request& r, page::Form form, int status) const {
        const people::Actor actor = people::actor(r);
        if (auto ok = people::need_staff(actor); !ok) return people::refusal(r, ok.error());
        const auto found = asked(r);
        const auto matter = kernel::parse_index(r.param("matter"));
        if (!found || !matter) return people::refusal(r, no_such_check());
        auto db = needs_.database.read();
        const std::vector<Drawn> all = drawn(*db, found->id);
        const auto one = std::find_if(all.begin(), all.end(), [&](const Drawn& d) { return d.matter == *matter; });
        if (one == all.end()) return people::refusal(r, kernel::refuse(kernel::Code::not_found, "spotcheck.not_drawn"));
        if (auto may = rules::may_look(*one, who_is(*db, people::in_force(*db, actor), found->unit, *one)); !may)
            return people::refusal(r, may.error());
        page::Page shown = look_page(r, *db, *found, *one, std::move(form));
        shown.status = status;
        return page::answer(r, std::move(shown));
    }

    Response ordering(const Request& r, page::Form form, int status) const {
        const people::Actor actor = people::actor(r);
        if (auto ok = people::need_staff(actor); !ok) return people::refusal(r, ok.error());
        if (!actor.has(people::Role::inspector) && !actor.has(people::Role::head))
            return people::refusal(r, kernel::refuse(kernel::Code::forbidden, "spotcheck.may_not_order"));
        page::Page shown = order_page(r, *needs_.database.read(), std::move(form));
        shown.status = status;
        return page::answer(r, std::move(shown));
    }

    const people::Needs& needs_;
    const Hooks hooks_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs, Hooks hooks) {
    const auto routes = std::make_shared<const Routes>(needs, std::move(hooks));
    router.get("/spot-checks", [routes](const Request& r) { return routes->list(r); });
    router.get("/spot-checks/{id}", [routes](const Request& r) { return routes->show(r); });
    router.get("/desk/spot-checks/order", [routes](const Request& r) { return routes->show_order(r); });
    router.post("/desk/spot-checks/order", [routes](const Request& r) { return routes->post_order(r); });
    router.get("/desk/spot-checks/{id}/{matter}", [routes](const Request& r) { return routes->show_look(r); });
    router.post("/desk/spot-checks/{id}/{matter}", [routes](const Request& r) { return routes->post_look(r); });
    router.get("/api/v1/spot-checks", page::json_list([routes](const Request& r) { return routes->list_json(r); }));
    router.get("/api/v1/spot-checks/{id}", [routes](const Request& r) { return routes->show_json(r); });
}

}  // namespace spotcheck

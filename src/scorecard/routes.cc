#include <memory>

#include <db/database.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>

#include "pages.h"

namespace scorecard {
namespace {

using http::Request;
using http::Response;

kernel::Error no_such_unit() { return kernel::refuse(kernel::Code::not_found, "people.unit_unknown"); }

class Routes {
public:
    explicit Routes(const people::Needs& needs) : needs_(needs) {}

    Response list(const Request& r) const {
        const kernel::Day now = today();
        const Period p = asked_for(r, now);
        return page::cached(r, key_of(p, now), needs_.ledger.size(),
                            [&] { return list_page(r, *needs_.database.read(), p, now); });
    }

    Response show(const Request& r) const {
        const std::int64_t position = needs_.ledger.size();
        const kernel::Day now = today();
        const Period p = asked_for(r, now);
        const auto unit = asked_unit(r);
        if (!unit) return people::refusal(r, no_such_unit());
        return page::cached(r, key_of(p, now), position,
                            [&] { return card_page(r, *needs_.database.read(), *unit, p, now); });
    }

    Response show_json(const Request& r) const {
        const std::int64_t position = needs_.ledger.size();
        const Period p = asked_for(r, today());
        const auto unit = asked_unit(r);
        if (!unit) return page::refusal(r, no_such_unit());
        auto db = needs_.database.read();
        const Card c = card(*db, *unit, p.from, p.to);
        Response response =
            http::json(200, kernel::canonical(as_json(c, position, published(*db, *unit, c.from, c.to))));
        response.cacheable = true;
        return response;
    }

private:
    kernel::Day today() const { return kernel::local_day(needs_.clock.now()); }
    // What no sound pair of days says is this year.
    static Period asked_for(const Request& r, kernel::Day today) {
        const auto from = kernel::parse_day(r.asked("from").value_or("")),
                   to = kernel::parse_day(r.asked("to").value_or(""));
        if (!from || !to || !sound(*from, *to)) return year_of(today);
        return whole_months(*from, *to);
    }
    static std::string key_of(const Period& p, kernel::Day today) {
        return kernel::iso(p.from) + "/" + kernel::iso(p.to) + "/" + kernel::iso(today);
    }
    // A unit's number; 0 asks for what no unit has.
    std::optional<people::UnitId> asked_unit(const Request& r) const {
        const auto id = kernel::parse_index(r.param("id"));
        if (!id) return std::nullopt;
        const people::UnitId unit(*id);
        if (unit == no_unit || people::unit(*needs_.database.read(), unit)) return unit;
        return std::nullopt;
    }

    const people::Needs& needs_;
};

}  // namespace

void add_routes(http::Router& router, const people::Needs& needs) {
    const auto routes = std::make_shared<const Routes>(needs);
    router.get("/scorecards", [routes](const Request& r) { return routes->list(r); });
    router.get("/units/{id}/scorecard", [routes](const Request& r) { return routes->show(r); });
    router.get("/api/v1/units/{id}/scorecard", [routes](const Request& r) { return routes->show_json(r); });
}

}  // namespace scorecard

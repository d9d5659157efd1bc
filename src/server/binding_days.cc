#include "binding_days.h"

#include <cycle/cycle.h>
#include <decision/decision.h>
#include <ledger/ledger.h>
#include <measure/measure.h>
#include <people/people.h>

namespace server {
namespace {

using notice::Date;

constexpr int at_most = 200;  // of each, the newest

kernel::Instant said_at(db::Connection& db, std::int64_t entry) {
    const auto found = ledger::entry(db, entry);
    return found ? found->time : kernel::Instant{};
}

void add_sittings(db::Connection& db, std::optional<decision::BodyId> body, std::optional<people::CycleId> round,
                  std::vector<Date>& all) {
    for (const decision::Sitting& s : decision::sittings(db, body, round, {}, at_most)) {
        const std::int64_t id = s.id.value();
        all.push_back({id, "sitting", s.day, "server.day_sitting", id, "/sittings/" + std::to_string(id), 0, false,
                       said_at(db, id)});
    }
}

// A measure that is extended, sent back or opened again has another day than before.
void add_measures(db::Connection& db, measure::Filter filter, std::vector<Date>& all) {
    filter.open_only = true;
    filter.at_most = at_most;
    for (const measure::Measure& m : measure::measures(db, filter)) {
        const std::int64_t id = m.id.value();
        all.push_back({id, "due", m.promised.due, "server.day_measure", id, "/measures/" + std::to_string(id),
                       (m.extended ? 1 : 0) + m.returned + m.reopened, false, said_at(db, id)});
    }
}

void add_phase(db::Connection& db, const cycle::Cycle& c, std::vector<Date>& all) {
    const std::int64_t id = c.id.value();
    if (c.phase_ends)
        all.push_back({id, "phase_" + std::string(cycle::name(c.phase)), *c.phase_ends, "server.day_phase", id,
                       "/cycles/" + std::to_string(id), 0, false, said_at(db, id)});
}

}  // namespace

std::optional<std::vector<Date>> binding_days(db::Connection& db, std::string_view of, std::int64_t id) {
    std::vector<Date> all;
    if (of == "cycles") {
        const auto found = cycle::cycle(db, people::CycleId(id));
        if (!found) return std::nullopt;
        add_phase(db, *found, all);
        add_sittings(db, {}, found->id, all);
        add_measures(db, {.cycle = found->id}, all);
    } else if (of == "units") {
        const auto found = people::unit(db, people::UnitId(id));
        if (!found) return std::nullopt;
        add_measures(db, {.unit = found->id}, all);
    } else {
        const auto found = decision::body(db, decision::BodyId(id));
        if (!found) return std::nullopt;
        add_sittings(db, found->id, {}, all);
    }
    return all;
}

}  // namespace server

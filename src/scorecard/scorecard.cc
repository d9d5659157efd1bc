#include "scorecard.h"

#include <jobs/jobs.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <watch/watch.h>

#include <db/database.h>

#include "change.h"
#include "rules.h"
#include "store.h"

namespace scorecard {
namespace {

constexpr std::size_t most_units = 500;  // what one list can name

rules::Counted counted(db::Connection& db, std::vector<people::UnitId> units, const Period& p) {
    rules::Counted c{std::move(units), p, {}, {}};
    c.voices = voice::unit_counts(db, c.units, p.from, p.to);
    c.measures = measure::unit_counts(db, c.units, p.from, p.to);
    return c;
}

std::vector<people::UnitId> units_below(db::Connection& db, people::UnitId top) {
    std::vector<people::UnitId> all;
    for (const people::Unit& each : people::units(db))
        if (each.id != top && all.size() + 1 < most_units && people::is_under(db, each.id, top)) all.push_back(each.id);
    return all;
}

kernel::Error conflict(std::string key) { return kernel::refuse(kernel::Code::conflict, std::move(key)); }

}  // namespace

Card card(db::Connection& db, people::UnitId unit, kernel::Day from, kernel::Day to) {
    const Period p = whole_months(from, to);
    Card c;
    c.unit = unit;
    c.from = p.from, c.to = p.to;
    c.k = people::setting_number(db, "figures.min_cell");
    const rules::Counted own = counted(db, {unit}, p);
    c.figures = rules::figures(own, c.k);
    c.typed = own.voices.typed, c.by_staff = own.voices.by_staff;
    c.hidden_by = voice::hidden_counts(db, own.units, p.from, p.to);
    c.sample = own.voices.sample > 0 || measure::any_sample(db, own.units, p.from, p.to);
    if (unit.value() == 0) return c;
    c.below = units_below(db, unit);
    if (c.below.empty()) return c;
    std::vector<people::UnitId> all = c.below;
    all.insert(all.begin(), unit);
    const rules::Counted together = counted(db, std::move(all), p);
    c.with_below = rules::figures(together, c.k);
    c.sample = c.sample || together.voices.sample > 0 || measure::any_sample(db, together.units, p.from, p.to);
    return c;
}

kernel::Result<std::int64_t> publish(const people::Needs& needs, people::UnitId unit, kernel::Day from,
                                     kernel::Day to) {
    const Period p = whole_months(from, to);
    const auto receipt = needs.ledger.perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
        if (kernel::local_day(w.now()) <= p.to) return conflict("scorecard.not_over");
        if (!published(w.db(), unit, p.from, p.to).empty()) return conflict("scorecard.published_already");
        const Card now = card(w.db(), unit, p.from, p.to);
        if (rules::nothing(now.figures)) return conflict("scorecard.nothing_counted");
        change::CardPublished c{unit, p.from, p.to, now.k, now.sample, {}};
        for (const Figure& f : now.figures) c.values.push_back({f.key, f.part, f.whole});
        return w.append(change::encode(c));
    });
    if (!receipt) return receipt.error();
    return receipt->index;
}

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    const auto found = published_at(db, entry);
    if (!found) return std::nullopt;
    return Slip{"scorecard.slip", "/units/" + std::to_string(found->unit.value()) +
                                      "/scorecard?from=" + kernel::iso(found->from) + "&to=" + kernel::iso(found->to)};
}

void add_kinds(std::vector<ledger::Kind>& kinds) { kinds.push_back({change::published_kind, apply, {}}); }

std::vector<jobs::Task> tasks(const people::Needs& needs) {
    const auto publish_quarter = [needs](jobs::Run& run) {
        const Period over = quarters(kernel::local_day(needs.clock.now()), 2).back();
        std::vector<people::UnitId> waiting;
        {
            db::Database::Lease db = needs.database.read();
            for (const people::Unit& each : people::units(*db))
                if (published(*db, each.id, over.from, over.to).empty() &&
                    !rules::nothing(rules::figures(counted(*db, {each.id}, over), 1)))
                    waiting.push_back(each.id);
        }
        std::int64_t done = 0;
        for (people::UnitId unit : waiting) {
            if (run.stopping()) return;
            if (auto made = publish(needs, unit, over.from, over.to); !made)
                watch::warn("scorecard.clock_refused", {{"key", made.error().key}});
            run.progress(++done, std::ssize(waiting));
        }
    };
    return {{"scorecard.quarter", 3600, publish_quarter}};
}

}  // namespace scorecard

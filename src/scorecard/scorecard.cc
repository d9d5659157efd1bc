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

rules::Counted counted(db::Connection& db, people::UnitId unit, const std::vector<people::UnitId>& below,
                       const Period& p) {
    std::vector<people::UnitId> all = below;
    all.push_back(unit);
    return {unit, !below.empty(), p, voice::unit_counts(db, all, p.from, p.to),
            measure::unit_counts(db, all, p.from, p.to)};
}

kernel::Error conflict(std::string key) { return kernel::refuse(kernel::Code::conflict, std::move(key)); }

}  // namespace

Card own_card(db::Connection& db, people::UnitId unit, kernel::Day from, kernel::Day to) {
    const Period p = whole_months(from, to);
    Card c;
    c.unit = unit;
    c.from = p.from, c.to = p.to;
    c.k = people::setting_number(db, "figures.min_cell");
    const rules::Counted own = counted(db, unit, {}, p);
    c.figures = rules::figures(own, c.k);
    c.typed = own.voices.typed, c.by_staff = own.voices.by_staff;
    c.typed_link = rules::link(own, voice::Figure::typed), c.by_staff_link = rules::link(own, voice::Figure::by_staff);
    for (const voice::HiddenCount& h : voice::hidden_counts(db, {unit}, p.from, p.to))
        c.hidden_by.push_back(
            {h.ground, h.n,
             rules::link(own, voice::Figure::hidden) + "&ground=" + std::string(people::name(h.ground))});
    const voice::BeforeCounts before = voice::before_counts(db, {unit}, p.from, p.to);
    c.before = rules::before(own, before, c.k), c.taken_over = before.taken;
    c.sample = own.voices.sample > 0 || before.sample > 0 || measure::any_sample(db, {unit}, p.from, p.to);
    return c;
}

Card card(db::Connection& db, people::UnitId unit, kernel::Day from, kernel::Day to) {
    Card c = own_card(db, unit, from, to);
    if (unit.value() == 0) return c;
    c.below = people::all_units_under(db, unit);
    if (c.below.empty()) return c;
    const rules::Counted together = counted(db, unit, c.below, {c.from, c.to});
    c.with_below = rules::figures(together, c.k);
    c.sample = c.sample || together.voices.sample > 0 || measure::any_sample(db, c.below, c.from, c.to);
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
                    !rules::nothing(rules::figures(counted(*db, each.id, {}, over), 1)))
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

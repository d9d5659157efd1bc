// What happens by the clock: once in a quarter a check of each unit is announced, then drawn, and when its last day is
// over it is said what nobody looked at. Each step is an entry of its own; whoever stops in between goes on there.
#include <db/database.h>
#include <jobs/jobs.h>
#include <kernel/clock.h>
#include <ledger/ledger.h>
#include <merkle/merkle.h>
#include <watch/watch.h>

#include "change.h"
#include "draw.h"
#include "store.h"
#include "who.h"

namespace spotcheck {
namespace {

kernel::Error conflict(std::string key) { return kernel::refuse(kernel::Code::conflict, std::move(key)); }

// Whether a check of the unit is to be announced for the quarter that ended on this day: something of what it closed
// since the last one was closed by then.
bool announcement_due(db::Connection& db, people::UnitId unit, kernel::Day quarter) {
    const Last last = last_of(db, unit);
    if (last.quarter && *last.quarter >= quarter) return false;
    const auto first = first_closed(db, unit, last.to);
    const auto entry = first ? ledger::entry(db, *first) : std::nullopt;
    return entry && kernel::local_day(entry->time) <= quarter;
}

std::vector<people::UnitId> to_announce(const people::Needs& needs, kernel::Day quarter) {
    std::vector<people::UnitId> all;
    auto db = needs.database.read();
    if (people::setting_number(*db, "spot_check.per_unit") == 0) return all;
    for (const people::Unit& unit : people::units(*db))
        if (announcement_due(*db, unit.id, quarter)) all.push_back(unit.id);
    return all;
}

kernel::Checked announce(const people::Needs& needs, people::UnitId unit) {
    const auto receipt = needs.ledger.perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
        const kernel::Day today = kernel::local_day(w.now()), quarter = rules::last_quarter_end(today);
        const rules::Ground now = ground(w.db(), unit, w.next_index(), today);
        if (now.n == 0 || !announcement_due(w.db(), unit, quarter)) return conflict("spotcheck.not_due");
        return w.append(change::encode(rules::announce(now, quarter), w.next_index()));
    });
    return receipt ? kernel::Checked() : receipt.error();
}

kernel::Checked say_not_looked(const people::Needs& needs, CheckId id) {
    const auto receipt = needs.ledger.perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
        const auto found = check(w.db(), id);
        const auto change =
            found ? rules::not_looked(*found, drawn(w.db(), id), kernel::local_day(w.now())) : std::nullopt;
        if (!change) return conflict("spotcheck.not_due");
        return w.append(change::encode(*change, w.next_index()));
    });
    return receipt ? kernel::Checked() : receipt.error();
}

void tell(const kernel::Checked& done) {
    if (!done) watch::warn("spotcheck.clock_refused", {{"key", done.error().key}});
}

void enter_all(const people::Needs& needs, jobs::Run& run) {
    const kernel::Day today = kernel::local_day(needs.clock.now());
    for (people::UnitId unit : to_announce(needs, rules::last_quarter_end(today))) {
        if (run.stopping()) return;
        tell(announce(needs, unit));
    }
    const auto each = [&](auto find, auto act) {
        std::vector<CheckId> these;
        {
            auto db = needs.database.read();
            these = find(*db);
        }
        for (CheckId id : these) {
            if (run.stopping()) return;
            tell(act(needs, id));
        }
    };
    each([](db::Connection& db) { return undrawn(db); }, draw);
    each([&](db::Connection& db) { return due_before(db, today); }, say_not_looked);
}

}  // namespace

kernel::Checked draw(const people::Needs& needs, CheckId id) {
    change::WasDrawn drawn;
    std::optional<Check> found;
    kernel::Calendar calendar;
    {
        // What is long is done before the act: a unit may have closed a hundred thousand matters.
        auto db = needs.database.read();
        found = check(*db, id);
        if (!found) return kernel::refuse(kernel::Code::not_found, "spotcheck.unknown");
        if (found->drawn_entry) return conflict("spotcheck.drawn_already");
        std::vector<Candidate> all = population(*db, *found);
        drawn.check = id, drawn.size = id.value() + 1;
        drawn.root = merkle::root(drawn.size, ledger::hashes(*db));
        drawn.population = std::ssize(all);
        drawn.drawn = lot(drawn.root, found->unit, std::move(all), found->n);
        calendar = people::calendar(*db);
    }
    const auto receipt = needs.ledger.perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
        const auto now = check(w.db(), id);
        if (!now || now->drawn_entry) return conflict("spotcheck.drawn_already");
        // What it is drawn from can only have become less: as many are the same.
        if (population_count(w.db(), *now) != drawn.population) return conflict("spotcheck.changed_meanwhile");
        drawn.due = kernel::add_working_days(calendar, kernel::local_day(w.now()), now->look_days);
        return w.append(change::encode(drawn, w.next_index()));
    });
    return receipt ? kernel::Checked() : receipt.error();
}

std::vector<jobs::Task> tasks(const people::Needs& needs) {
    return {{"spotcheck.checks", 600, [needs](jobs::Run& run) { enter_all(needs, run); }}};
}

}  // namespace spotcheck

#include "measure.h"

#include <set>

#include <db/database.h>
#include <ledger/ledger.h>

#include "rules.h"
#include "store.h"
#include "who.h"

namespace measure {
namespace {

kernel::Error unknown_measure() { return kernel::refuse(kernel::Code::not_found, "measure.unknown"); }
kernel::Checked checked(const kernel::Result<ledger::Receipt>& receipt) {
    return receipt ? kernel::Checked() : receipt.error();
}

rules::Ground ground_of(db::Connection& db, const Draft& draft) {
    rules::Ground ground{
        cycle::cycle(db, draft.cycle), {}, people::unit(db, draft.owner_unit), people::officer(db, draft.owner)};
    if (draft.issue) ground.issue = issue::issue(db, *draft.issue);
    return ground;
}

// What one of this feature's own acts decides about one measure.
template <class Decide>
kernel::Checked act_on(const people::Needs& needs, const people::Actor& actor, MeasureId id, const Once& once,
                       Decide decide) {
    return checked(needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = measure(w.db(), id);
            if (!found) return unknown_measure();
            const rules::Who who = who_is(w.db(), cycle::in_force(w.db(), actor), *found);
            const auto change = decide(w, *found, who);
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once));
}

kernel::Day today_of(const ledger::Writing& w) { return kernel::local_day(w.now()); }

// Read before the act: a calendar is too long to be read on the writer's thread for every report.
kernel::Calendar calendar_of(const people::Needs& needs) { return people::calendar(*needs.database.read()); }

kernel::Checked report(const people::Needs& needs, const people::Actor& actor, MeasureId id, const Progress& p,
                       bool done, const Once& once) {
    const kernel::Calendar calendar = calendar_of(needs);
    return act_on(needs, actor, id, once, [&](ledger::Writing& w, const Measure& m, const rules::Who& who) {
        return rules::report(m, who, p, done, !done || somebody_independent(w.db(), m), {today_of(w), calendar});
    });
}

}  // namespace

rules::Who who_is(db::Connection& db, const people::Actor& actor, const Measure& m) {
    rules::Who who;
    who.actor = actor;
    if (!actor.staff()) return who;
    const people::UnitId owner = m.promised.owner_unit;
    who.independent = people::independent(db, actor.unit, owner);
    who.above = actor.unit != owner && people::is_under(db, owner, actor.unit);
    const Hands found = hands(db, m.id, actor.officer);
    who.answered = found.answered;
    who.checked = found.checked;
    return who;
}

bool somebody_independent(db::Connection& db, const Measure& m) {
    std::set<people::UnitId> dependent;
    for (people::Role role : {people::Role::officer, people::Role::head})
        for (const people::Officer& officer : people::officers_with(db, role)) {
            if (dependent.contains(officer.unit)) continue;
            if (!people::independent(db, officer.unit, m.promised.owner_unit))
                dependent.insert(officer.unit);
            else if (!hands(db, m.id, officer.id).answered)
                return true;
        }
    return false;
}

kernel::Checked check(db::Connection& db, const Draft& draft, kernel::Day today, std::string_view prefix) {
    return rules::check(draft, ground_of(db, draft), today, prefix);
}

kernel::Result<MeasureId> pledge(const people::Needs& needs, const people::Actor& actor, const Draft& draft,
                                 Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto change =
                rules::pledge(cycle::in_force(w.db(), actor), draft, ground_of(w.db(), draft), today_of(w));
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    if (!receipt) return receipt.error();
    return MeasureId(receipt->index);
}

kernel::Checked progress(const people::Needs& needs, const people::Actor& actor, MeasureId id, const Progress& p,
                         Once once) {
    return report(needs, actor, id, p, false, once);
}

kernel::Checked report_done(const people::Needs& needs, const people::Actor& actor, MeasureId id, const Progress& p,
                            Once once) {
    return report(needs, actor, id, p, true, once);
}

kernel::Checked verify(const people::Needs& needs, const people::Actor& actor, MeasureId id, bool confirmed,
                       std::string_view words, Once once) {
    return act_on(needs, actor, id, once, [&](ledger::Writing& w, const Measure& m, const rules::Who& who) {
        return rules::verify(m, who, confirmed, words, today_of(w));
    });
}

kernel::Checked extend(const people::Needs& needs, const people::Actor& actor, MeasureId id, kernel::Day due,
                       std::string_view reason, Once once) {
    return act_on(needs, actor, id, once, [&](ledger::Writing& w, const Measure& m, const rules::Who& who) {
        return rules::extend(m, who, due, reason, today_of(w));
    });
}

kernel::Checked retarget(const people::Needs& needs, const people::Actor& actor, MeasureId id, const Decimal& target,
                         std::string_view reason, Once once) {
    return act_on(needs, actor, id, once, [&](ledger::Writing& w, const Measure& m, const rules::Who& who) {
        return rules::retarget(m, who, target, reason, today_of(w));
    });
}

kernel::Checked reassign(const people::Needs& needs, const people::Actor& actor, MeasureId id, people::OfficerId owner,
                         std::string_view reason, Once once) {
    return act_on(needs, actor, id, once, [&](ledger::Writing& w, const Measure& m, const rules::Who& who) {
        const auto officer = people::officer(w.db(), owner);
        const auto unit = officer ? people::unit(w.db(), officer->unit) : std::nullopt;
        return rules::reassign(m, who, officer, unit && unit->open, !hands(w.db(), id, owner).checked, reason,
                               today_of(w));
    });
}

kernel::Checked reword(const people::Needs& needs, const people::Actor& actor, MeasureId id, const Wording& to,
                       std::string_view reason, Once once) {
    return act_on(needs, actor, id, once, [&](ledger::Writing& w, const Measure& m, const rules::Who& who) {
        return rules::reword(m, who, to, reason, today_of(w));
    });
}

kernel::Checked record_absence(const people::Needs& needs, const people::Actor& actor, MeasureId id,
                               std::string_view reason, Once once) {
    return act_on(needs, actor, id, once, [&](ledger::Writing& w, const Measure& m, const rules::Who& who) {
        return rules::record_absence(m, who, reason, today_of(w));
    });
}

kernel::Checked close(const people::Needs& needs, const people::Actor& actor, MeasureId id, std::string_view words,
                      Once once) {
    const kernel::Calendar calendar = calendar_of(needs);
    return act_on(needs, actor, id, once, [&](ledger::Writing& w, const Measure& m, const rules::Who& who) {
        return rules::close(m, who, words, {today_of(w), calendar});
    });
}

kernel::Checked look_back(const people::Needs& needs, const people::Actor& actor, MeasureId id, bool held,
                          std::string_view words, Once once) {
    const kernel::Calendar calendar = calendar_of(needs);
    return act_on(needs, actor, id, once, [&](ledger::Writing& w, const Measure& m, const rules::Who& who) {
        return rules::look_back(m, who, held, words, {today_of(w), calendar});
    });
}

// ---- for the acts of higher features --------------------------------------------------------------------------------

std::int64_t adopt(ledger::Writing& w, const Draft& draft, std::int64_t motion) {
    return w.append(change::encode(change::Adopted{draft, motion, {}}, w.next_index()));
}

kernel::Checked may_judge(db::Connection& db, const Measure& m) {
    return rules::may_judge(m, m.state != State::reported || somebody_independent(db, m));
}

kernel::Checked judge(ledger::Writing& w, MeasureId id, std::int64_t review, bool accepted) {
    const auto found = measure(w.db(), id);
    if (!found) return unknown_measure();
    const bool somebody = found->state != State::reported || somebody_independent(w.db(), *found);
    const kernel::Calendar calendar = people::calendar(w.db());
    const auto change = rules::judge(*found, review, accepted, somebody, {today_of(w), calendar});
    if (!change) return change.error();
    const std::int64_t entry = w.append(change::encode(*change, w.next_index()));
    const auto& of = found->promised.issue;
    if (!accepted || !of || !all_accepted(w.db(), *of)) return {};
    const auto open = issue::issue(w.db(), *of);
    if (!open || open->state != issue::State::adopted) return {};
    return issue::resolved(w, *of, entry);
}

// ---- wiring ---------------------------------------------------------------------------------------------------------

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    const auto id = measure_of_entry(db, entry);
    if (!id) return std::nullopt;
    return Slip{"measure.slip", "/measures/" + std::to_string(id->value())};
}

bool concerns(db::Connection& db, const people::Actor& actor, std::int64_t entry) {
    const auto id = measure_of_entry(db, entry);
    const auto found = id ? measure(db, *id) : std::nullopt;
    return found && (found->promised.owner == actor.officer || people::own_unit(db, actor, found->promised.owner_unit));
}

void add_kinds(std::vector<ledger::Kind>& kinds) {
    for (std::string_view kind :
         {change::adopted_kind, change::reported_kind, change::verified_kind, change::extended_kind,
          change::retargeted_kind, change::reassigned_kind, change::reworded_kind, change::absent_kind,
          change::closed_kind, change::looked_back_kind})
        kinds.push_back({kind, apply, forget});
    for (std::string_view kind : {change::late_kind, change::judged_kind}) kinds.push_back({kind, apply, {}});
}

cycle::Gate gate() {
    return [](db::Connection& db, const cycle::Cycle& c, cycle::Phase to) {
        std::vector<kernel::Error> missing;
        if (to != cycle::Phase::report) return missing;
        constexpr int most = 20;  // named one by one
        const std::vector<MeasureId> named = unaccounted(db, c.id, most);
        for (MeasureId id : named) {
            const std::string number = std::to_string(id.value());
            missing.push_back(kernel::refuse(kernel::Code::conflict, "measure.gate_report",
                                             {{"number", number}, {"link", "/measures/" + number}}));
        }
        if (const std::int64_t more = unaccounted_count(db, c.id) - std::ssize(named); more > 0)
            missing.push_back(kernel::refuse(
                kernel::Code::conflict, "measure.gate_more",
                {{"n", std::to_string(more)}, {"link", "/measures?cycle=" + std::to_string(c.id.value())}}));
        return missing;
    };
}

kernel::Checked guard(db::Connection& db, people::UnitId unit) {
    if (has_open(db, unit)) return kernel::refuse(kernel::Code::conflict, "measure.unit_owns");
    return {};
}

}  // namespace measure

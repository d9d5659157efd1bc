#include "review.h"

#include <db/database.h>
#include <kernel/code.h>
#include <kernel/text.h>
#include <ledger/ledger.h>

#include "acts.h"
#include "box.h"
#include "rules.h"
#include "store.h"
#include "tally.h"

namespace review {
namespace {

kernel::Error no_such_review() { return kernel::refuse(kernel::Code::not_found, "review.unknown"); }
kernel::Error at_code(std::string key) { return kernel::invalid("code", std::move(key)); }

kernel::Day today_of(const ledger::Writing& w) { return kernel::local_day(w.now()); }

// Codes of one panel after the other, with their marks under the review's key.
struct Codes {
    kernel::Hash key = kernel::random_hash();
    std::vector<std::vector<std::string>> in_fives, marks;
};
Codes make_codes(const Review& r) {
    Codes codes;
    for (const PanelDraft& panel : r.frozen.panels) {
        ballot_box::Slips slips = ballot_box::make_slips(codes.key, r.id.value(), panel.roll);
        codes.in_fives.push_back(std::move(slips.in_fives));
        codes.marks.push_back(std::move(slips.marks));
    }
    return codes;
}

// Does somebody of the owner's unit, or of one under it, go by this name or post?
bool goes_by(db::Connection& db, people::UnitId owner_unit, std::string_view name) {
    for (const people::Unit& unit : people::units(db)) {
        if (!people::is_under(db, unit.id, owner_unit)) continue;
        for (const people::Officer& officer : people::officers(db, unit.id))
            if (officer.post == name || people::public_name(db, officer.id) == name) return true;
    }
    return false;
}

kernel::Result<std::int64_t> put_in(ledger::Writing& w, ReviewId id, const kernel::Code25& code,
                                    const std::vector<int>& answers, std::string_view name, std::string_view reasons,
                                    std::string& mark) {
    const auto found = review(w.db(), id);
    if (!found) return no_such_review();
    if (auto ok = rules::whole(*found, answers, today_of(w)); !ok) return ok.error();
    const auto key = key_of(w.db(), id);
    if (!key) return kernel::refuse(kernel::Code::conflict, "review.box_lost");
    mark = ballot_box::mark_of(*key, id.value(), code.digits());
    const auto place = on_roll(w.db(), id, mark);
    const bool used = spent(w.db(), id, mark);
    if (!place) return at_code("review.code_unknown");
    if (used) return at_code("review.code_spent");
    const PanelDraft& panel = found->frozen.panels.at(static_cast<std::size_t>(place->panel));
    if (auto ok = rules::signature(panel, name, reasons); !ok) return ok.error();
    Ballot ballot{place->panel, {}, std::string(name), std::string(reasons)};
    for (int answer : answers) ballot.answers += static_cast<char>('0' + answer);
    put_ballot(w.db(), id, mark, ballot);
    w.keep_local();
    return id.value();
}

}  // namespace

rules::Who who_is(db::Connection& db, const people::Actor& asked, const measure::Measure& m) {
    rules::Who who;
    who.actor = cycle::in_force(db, asked);
    if (!who.actor.staff()) return who;
    who.independent = people::independent(db, who.actor.unit, m.promised.owner_unit);
    who.of_owner_unit = who.actor.unit == m.promised.owner_unit;
    who.nobody = m.nobody_independent;
    return who;
}

kernel::Checked may_run(db::Connection& db, const people::Actor& actor, const measure::Measure& m) {
    return rules::may_run(m, who_is(db, actor, m));
}

kernel::Result<ReviewId> draft(const people::Needs& needs, const people::Actor& actor, const Draft& asked, Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            rules::Ground ground{measure::measure(w.db(), asked.measure), {}, 0};
            ground.least_k = people::setting_number(w.db(), "figures.min_cell");
            if (ground.measure) ground.cycle = cycle::cycle(w.db(), ground.measure->promised.cycle);
            const rules::Who who = ground.measure ? who_is(w.db(), actor, *ground.measure) : rules::Who{};
            const auto change = rules::draft(asked, ground, who, today_of(w));
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    if (!receipt) return receipt.error();
    return ReviewId(receipt->index);
}

kernel::Result<std::vector<std::vector<std::string>>> open(const people::Needs& needs, const people::Actor& actor,
                                                           ReviewId id, Once once) {
    const auto drafted = review(*needs.database.read(), id);
    if (!drafted) return no_such_review();
    Codes codes = make_codes(*drafted);
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const Review now = review(w.db(), id).value();
            const measure::Measure m = measure::measure(w.db(), now.frozen.measure).value();
            const rules::Who who = who_is(w.db(), actor, m);
            const bool another = open_review_of(w.db(), m.id).has_value();
            if (auto ok = rules::open(now, m, who, measure::may_judge(w.db(), m), another, today_of(w)); !ok)
                return ok.error();
            const std::int64_t entry =
                w.append(change::encode(change::Opened{id, who.actor.officer, codes.marks}, w.next_index()));
            put_key(w.db(), id, codes.key);
            return entry;
        },
        once);
    if (!receipt) return receipt.error();
    if (receipt->repeated) return kernel::refuse(kernel::Code::conflict, "review.codes_shown");
    return std::move(codes.in_fives);
}

kernel::Result<std::string> cast(const people::Needs& needs, ReviewId id, std::string_view typed,
                                 const std::vector<int>& answers, std::string_view name, std::string_view reasons,
                                 Once) {
    // Names are many; they are looked at before the writer's turn.
    {
        auto db = needs.database.read();
        const auto found = review(*db, id);
        if (!found) return no_such_review();
        if (auto ok = rules::whole(*found, answers, kernel::local_day(needs.clock.now())); !ok) return ok.error();
        const auto m = measure::measure(*db, found->frozen.measure);
        if (!name.empty() && goes_by(*db, m.value().promised.owner_unit, name))
            return kernel::invalid("name", "review.of_owner_unit");
    }
    const auto code = kernel::Code25::parse(typed);
    if (!code) return at_code("review.code_malformed");
    std::string mark;
    const auto receipt =
        needs.ledger.perform([&](ledger::Writing& w) { return put_in(w, id, *code, answers, name, reasons, mark); });
    if (!receipt) return receipt.error();
    return mark;
}

kernel::Result<std::int64_t> publish(ledger::Writing& w, const Review& r, people::OfficerId by) {
    const measure::Measure m = measure::measure(w.db(), r.frozen.measure).value();
    change::Closed change = rules::closed(
        r, ballots_in(w.db(), r.id), spent_in(w.db(), r.id),
        [&](const std::string& mark) { return on_roll(w.db(), r.id, mark).value().panel; },
        ballot_box::shuffle<std::string>);
    change.by = by;
    change.unit = m.promised.owner_unit;
    change.day = today_of(w);
    change.lost = !key_of(w.db(), r.id);
    change.applied = change.enough && measure::may_judge(w.db(), m).has_value();
    const std::int64_t entry = w.append(change::encode(change, w.next_index()));
    if (change.applied)
        if (auto judged = measure::judge(w, m.id, r.id.value(), change.accepted); !judged) return judged.error();
    return entry;
}

kernel::Result<std::int64_t> end(ledger::Writing& w, const Review& r, people::OfficerId by) {
    auto entry = publish(w, r, by);
    if (entry) empty_box(w.db(), r.id);
    return entry;
}

kernel::Checked close(const people::Needs& needs, const people::Actor& actor, ReviewId id, Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = review(w.db(), id);
            if (!found) return no_such_review();
            const measure::Measure m = measure::measure(w.db(), found->frozen.measure).value();
            const rules::Who who = who_is(w.db(), actor, m);
            const auto waiting = static_cast<std::int64_t>(spent_in(w.db(), id).size());
            if (auto ok = rules::close(*found, m, who, waiting, today_of(w)); !ok) return ok.error();
            return end(w, *found, who.actor.officer);
        },
        once);
    return receipt ? kernel::Checked() : receipt.error();
}

kernel::Checked pass_over(const people::Needs& needs, const people::Actor& actor, measure::MeasureId id,
                          std::string_view reason, Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto m = measure::measure(w.db(), id);
            const bool listed = m && listed_as_not_judged(w.db(), id);
            const auto change = rules::pass_over(m, m ? who_is(w.db(), actor, *m) : rules::Who{}, listed, reason);
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    return receipt ? kernel::Checked() : receipt.error();
}

// ---- wiring ---------------------------------------------------------------------------------------------------------

void add_kinds(std::vector<ledger::Kind>& kinds) {
    kinds.push_back({change::drafted_kind, apply, forget});
    kinds.push_back({change::opened_kind, apply, {}});
    kinds.push_back({change::closed_kind, apply, forget_closed});
    kinds.push_back({change::passed_over_kind, apply, forget_passed_over});
}

}  // namespace review

#include "spotcheck.h"

#include <algorithm>

#include <cycle/cycle.h>
#include <db/database.h>
#include <ledger/ledger.h>
#include <measure/found.h>
#include <voice/found.h>

#include "draw.h"
#include "store.h"
#include "who.h"

namespace spotcheck {
namespace {

kernel::Error unknown_check() { return kernel::refuse(kernel::Code::not_found, "spotcheck.unknown"); }
kernel::Day today_of(const ledger::Writing& w) { return kernel::local_day(w.now()); }

bool had_a_hand(db::Connection& db, const Drawn& d, people::OfficerId officer) {
    if (d.kind == Matter::voice) return voice::had_a_hand(db, voice::VoiceId(d.matter), officer);
    return measure::had_a_hand(db, measure::MeasureId(d.matter), officer);
}

kernel::Checked open_again(ledger::Writing& w, const voice::Reopening& reopen, const Drawn& d, people::OfficerId by,
                           std::int64_t look) {
    const auto done = d.kind == Matter::voice ? reopen(w, voice::VoiceId(d.matter), look)
                                              : measure::reopen_by_finding(w, measure::MeasureId(d.matter), by, look);
    return done ? kernel::Checked() : done.error();
}

}  // namespace

rules::Who who_is(db::Connection& db, const people::Actor& actor, people::UnitId unit) {
    rules::Who who{actor, false, false, false};
    if (!actor.staff()) return who;
    who.independent = people::independent(db, actor.unit, unit);
    who.above = actor.unit != unit && people::is_under(db, unit, actor.unit);
    return who;
}

rules::Who who_is(db::Connection& db, const people::Actor& actor, people::UnitId unit, const Drawn& d) {
    rules::Who who = who_is(db, actor, unit);
    who.had_a_hand = actor.staff() && had_a_hand(db, d, actor.officer);
    return who;
}

bool still_closed(db::Connection& db, const Drawn& d) {
    if (d.kind == Matter::voice) {
        const auto v = voice::voice(db, voice::VoiceId(d.matter));
        return v && (v->state == voice::State::closed || v->state == voice::State::closed_unrated);
    }
    const auto m = measure::measure(db, measure::MeasureId(d.matter));
    return m && m->state == measure::State::closed;
}

std::vector<Candidate> population(db::Connection& db, const Check& c) {
    std::vector<Candidate> all;
    for (const voice::ClosedCase& one : voice::closed_between(db, c.unit, c.from, c.to))
        all.push_back({Matter::voice, one.voice.value()});
    for (const measure::ClosedMeasure& one : measure::closed_between(db, c.unit, c.from, c.to))
        all.push_back({Matter::measure, one.measure.value()});
    return all;
}

std::int64_t population_count(db::Connection& db, const Check& c) {
    return voice::closed_count(db, c.unit, c.from, c.to) + measure::closed_count(db, c.unit, c.from, c.to);
}

std::optional<std::int64_t> first_closed(db::Connection& db, people::UnitId unit, std::int64_t from) {
    const auto voice = voice::first_closed(db, unit, from), measure = measure::first_closed(db, unit, from);
    if (voice && measure) return std::min(*voice, *measure);
    return voice ? voice : measure;
}

rules::Ground ground(db::Connection& db, people::UnitId id, std::int64_t next, kernel::Day today) {
    rules::Ground g;
    const auto unit = people::unit(db, id);
    const Last last = last_of(db, id);
    g.unit = id, g.next = next, g.today = today;
    g.last_to = last.to, g.still_open = last.open;
    g.anything = first_closed(db, id, last.to).has_value();
    g.n = static_cast<int>(people::setting_number(db, "spot_check.per_unit"));
    g.look_days = static_cast<int>(people::setting_number(db, "spot_check.look_days"));
    g.sample = unit && unit->sample;
    return g;
}

kernel::Result<CheckId> order(const people::Needs& needs, const people::Actor& actor, people::UnitId unit, Once once) {
    const auto announced = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            if (!people::unit(w.db(), unit)) return kernel::invalid("unit", "spotcheck.unit_unknown");
            const rules::Who who = who_is(w.db(), people::in_force(w.db(), actor), unit);
            const auto change = rules::order(who, ground(w.db(), unit, w.next_index(), today_of(w)));
            if (!change) return change.error();
            return w.append(change::encode(*change, w.next_index()));
        },
        once);
    if (!announced) return announced.error();
    const CheckId id(announced->index);
    // Whoever is stopped before this finds it drawn by the clock.
    if (const auto done = draw(needs, id); !done && done.error().key != "spotcheck.drawn_already") return done.error();
    return id;
}

kernel::Checked look(const people::Needs& needs, const people::Actor& actor, CheckId id, std::int64_t matter,
                     const Look& asked, Once once) {
    const voice::Reopening reopen = voice::reopening(needs);
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = check(w.db(), id);
            if (!found) return unknown_check();
            const std::vector<Drawn> all = drawn(w.db(), id);
            const auto one = std::find_if(all.begin(), all.end(), [&](const Drawn& d) { return d.matter == matter; });
            if (one == all.end()) return kernel::refuse(kernel::Code::not_found, "spotcheck.not_drawn");
            const rules::Who who = who_is(w.db(), people::in_force(w.db(), actor), found->unit, *one);
            const auto change =
                rules::look(*one, who, asked, found->announced, still_closed(w.db(), *one), today_of(w));
            if (!change) return change.error();
            const std::int64_t entry = w.append(change::encode(*change, w.next_index()));
            if (change->reopens)
                if (auto ok = open_again(w, reopen, *one, change->by, entry); !ok) return ok.error();
            return entry;
        },
        once);
    return receipt ? kernel::Checked() : receipt.error();
}

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    const auto id = check_of_entry(db, entry);
    if (!id) return std::nullopt;
    return Slip{"spotcheck.slip", "/spot-checks/" + std::to_string(id->value())};
}

bool concerns(db::Connection& db, const people::Actor& actor, std::int64_t entry) {
    const auto found = look_in(db, entry);
    const auto of = found ? check(db, found->check) : std::nullopt;
    return of && (found->look->by == actor.officer || people::own_unit(db, actor, of->unit));
}

void add_kinds(std::vector<ledger::Kind>& kinds) {
    kinds.push_back({change::looked_kind, apply, forget});
    for (std::string_view kind : {change::announced_kind, change::drawn_kind, change::not_looked_kind})
        kinds.push_back({kind, apply, {}});
}

}  // namespace spotcheck

#include "cycle.h"

#include <array>

#include <db/db.h>
#include <ledger/ledger.h>

#include "change.h"
#include "rules.h"
#include "store.h"

namespace cycle {
namespace {

constexpr std::array<std::string_view, 7> phase_names = {"prepare", "consult", "decide", "act",
                                                         "report",  "review",  "closed"};

constexpr std::size_t most_forerunners = 20, most_heirs = 100;

// Handed over once at start, read by acts on the writer thread and by pages.
std::vector<Gate>& handed_gates() {
    static std::vector<Gate> gates;
    return gates;
}

std::vector<HandOn>& handed_on() {
    static std::vector<HandOn> all;
    return all;
}

// As part of an act on this round: what was left open in those before it goes on, and in it, where it is closed now.
kernel::Checked hand_all_on(ledger::Writing& w, CycleId id) {
    if (auto done = hand_on(w, id); !done) return done;
    for (const Cycle& before : forerunners(w.db(), cycle(w.db(), id).value()))
        if (auto done = hand_on(w, before.id); !done) return done;
    return {};
}

kernel::Error unknown_cycle() { return kernel::refuse(kernel::Code::not_found, "cycle.unknown"); }

void append_parts(ledger::Writing& w, const Draft& draft, CycleId self, people::OfficerId by) {
    if (const int filled = rules::filled(draft.context))
        w.append(encode(ContextSet{self, draft.context, filled, std::nullopt, "", by}, w.next_index()));
    for (const std::string& text : draft.criteria)
        w.append(encode(CriterionSet{self, text, std::nullopt, "", by}, w.next_index()));
}

}  // namespace

std::string_view name(Phase phase) { return phase_names.at(static_cast<std::size_t>(phase)); }

std::optional<Phase> parse_phase(std::string_view text) {
    for (std::size_t i = 0; i < phase_names.size(); ++i)
        if (phase_names[i] == text) return static_cast<Phase>(i);
    return std::nullopt;
}

kernel::Checked accepts_voices(const Cycle& cycle) {
    if (cycle.standing || cycle.phase == Phase::consult) return {};
    return kernel::refuse(kernel::Code::conflict, "cycle.not_open", {{"phase", std::string(name(cycle.phase))}});
}

kernel::Checked accepts_voices(db::Connection& db, CycleId id) {
    const std::optional<Door> found = door(db, id);
    if (!found) return unknown_cycle();
    Cycle c;
    c.standing = found->standing;
    c.phase = found->phase;
    return accepts_voices(c);
}

std::vector<Cycle> forerunners(db::Connection& db, const Cycle& c) {
    std::vector<Cycle> all;
    for (auto id = c.inherits; id && all.size() < most_forerunners; id = all.back().inherits)
        all.push_back(cycle(db, *id).value());
    return all;
}

std::optional<Cycle> heir(db::Connection& db, CycleId id) {
    std::vector<CycleId> asked = heirs(db, id);
    for (std::size_t i = 0; i < asked.size() && i < most_heirs; ++i) {
        auto found = cycle(db, asked[i]);
        if (found && found->phase != Phase::closed) return found;
        for (CycleId later : heirs(db, asked[i])) asked.push_back(later);
    }
    return std::nullopt;
}

kernel::Checked may_run(const people::Actor& actor, const Cycle& cycle) { return rules::may_act(actor, cycle); }

std::optional<Slip> slip(db::Connection& db, std::int64_t entry) {
    const std::optional<Event> found = event(db, entry);
    if (!found) return std::nullopt;
    const What what = found->happened.what;
    return Slip{what == What::phase_entered ? "cycle.slip_phase_entered" : std::string(key_of(what)),
                "/cycles/" + std::to_string(found->of.value())};
}

void set_gates(std::vector<Gate> gates) { handed_gates() = std::move(gates); }

void set_hand_on(std::vector<HandOn> all) { handed_on() = std::move(all); }

kernel::Checked hand_on(ledger::Writing& w, CycleId id) {
    if (handed_on().empty()) return {};
    const auto from = cycle(w.db(), id);
    if (!from || from->phase != Phase::closed) return {};
    const auto to = heir(w.db(), id);
    if (!to) return {};
    for (const HandOn& hand : handed_on())
        if (auto done = hand(w, *from, *to); !done) return done;
    return {};
}

std::vector<kernel::Error> unmet(db::Connection& db, const Cycle& cycle, Phase to) {
    std::vector<kernel::Error> missing = rules::gates(cycle, to);
    for (const Gate& gate : handed_gates())
        for (kernel::Error& reason : gate(db, cycle, to)) missing.push_back(std::move(reason));
    return missing;
}

// ---- acts ----------------------------------------------------------------------------------------------------------

kernel::Result<CycleId> open(const people::Needs& needs, const people::Actor& actor, const Draft& draft, Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const people::Actor who = in_force(w.db(), actor);
            std::optional<Cycle> previous;
            if (draft.inherits) previous = cycle(w.db(), *draft.inherits);
            const auto change = rules::open(who, draft, people::unit(w.db(), draft.organiser), previous);
            if (!change) return change.error();
            const CycleId self(w.next_index());
            w.append(encode(*change, self.value()));
            append_parts(w, draft, self, who.officer);
            if (auto done = hand_all_on(w, self); !done) return done.error();
            return self.value();
        },
        once);
    if (!receipt) return receipt.error();
    return CycleId(receipt->index);
}

kernel::Result<CycleId> open_standing_desk(const people::Needs& needs, std::string_view name, std::string_view lang) {
    const auto receipt = needs.ledger.perform([&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
        if (find_standing_desk(w.db())) return kernel::refuse(kernel::Code::conflict, "cycle.desk_exists");
        const auto units = people::units(w.db());
        if (units.empty()) return kernel::refuse(kernel::Code::conflict, "cycle.organiser_unknown");
        return w.append(encode(DeskOpened{units.front().id, std::string(name), std::string(lang)}, w.next_index()));
    });
    if (!receipt) return receipt.error();
    return CycleId(receipt->index);
}

kernel::Result<std::int64_t> set_context(const people::Needs& needs, const people::Actor& actor, CycleId id,
                                         const Context& context, std::string_view reason, Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = cycle(w.db(), id);
            if (!found) return unknown_cycle();
            const auto change =
                rules::set_context(in_force(w.db(), actor), *found, context, context_entry(w.db(), id), reason);
            if (!change) return change.error();
            return w.append(encode(*change, w.next_index()));
        },
        once);
    if (!receipt) return receipt.error();
    return receipt->index;
}

kernel::Result<CriterionId> set_criterion(const people::Needs& needs, const people::Actor& actor, CycleId id,
                                          std::string_view text, std::optional<CriterionId> replaces,
                                          std::string_view reason, Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = cycle(w.db(), id);
            if (!found) return unknown_cycle();
            const auto change = rules::set_criterion(in_force(w.db(), actor), *found, text, replaces, reason);
            if (!change) return change.error();
            return w.append(encode(*change, w.next_index()));
        },
        once);
    if (!receipt) return receipt.error();
    return CriterionId(receipt->index);
}

kernel::Result<std::int64_t> advance(const people::Needs& needs, const people::Actor& actor, CycleId id, Phase to,
                                     std::optional<kernel::Day> ends, std::string_view remark, Once once) {
    const auto receipt = needs.ledger.perform(
        [&](ledger::Writing& w) -> kernel::Result<std::int64_t> {
            const auto found = cycle(w.db(), id);
            if (!found) return unknown_cycle();
            const auto change = rules::advance(in_force(w.db(), actor), *found, to, ends, remark,
                                               kernel::local_day(w.now()), unmet(w.db(), *found, to));
            if (!change) return change.error();
            const std::int64_t entry = w.append(encode(*change, w.next_index()));
            if (auto done = hand_all_on(w, id); !done) return done.error();
            return entry;
        },
        once);
    if (!receipt) return receipt.error();
    return receipt->index;
}

void add_kinds(std::vector<ledger::Kind>& kinds) {
    kinds.push_back({opened_kind, apply_opened, forget_opened});
    kinds.push_back({desk_opened_kind, apply_desk_opened, forget_opened});
    kinds.push_back({criterion_set_kind, apply_criterion_set, forget_criterion_set});
    kinds.push_back({context_set_kind, apply_context_set, forget_context_set});
    kinds.push_back({phase_entered_kind, apply_phase_entered, forget_phase_entered});
}

}  // namespace cycle

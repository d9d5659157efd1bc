#include "rules.h"

#include <algorithm>

#include <kernel/text.h>

namespace cycle::rules {
namespace {

using kernel::check_length;
using kernel::Code;
using kernel::invalid;
using kernel::refuse;

kernel::Checked context_lengths(const Context& context) {
    const std::pair<std::string_view, std::string_view> parts[] = {{context.touches, "touches"},
                                                                   {context.promised, "promised"},
                                                                   {context.means, "means"},
                                                                   {context.limits, "limits"}};
    for (const auto& [text, field] : parts)
        if (auto ok = check_length(text, field, context_max); !ok) return ok;
    return {};
}

kernel::Checked criterion_text(std::string_view text, std::string_view field) {
    if (text.empty()) return invalid(std::string(field), "cycle.criterion_missing");
    return check_length(text, field, criterion_max);
}

bool runs(const people::Actor& actor, people::UnitId organiser) {
    return actor.has(people::Role::clerk) || (actor.has(people::Role::head) && actor.unit == organiser);
}

kernel::Checked still_preparing(const Cycle& cycle) {
    if (cycle.standing) return refuse(Code::conflict, "cycle.desk_has_no_phases");
    if (cycle.phase != Phase::prepare) return refuse(Code::conflict, "cycle.only_while_preparing");
    return {};
}

}  // namespace

std::optional<Phase> next(Phase phase) {
    switch (phase) {
        case Phase::prepare:
            return Phase::consult;
        case Phase::consult:
            return Phase::decide;
        case Phase::decide:
            return Phase::act;
        case Phase::act:
            return Phase::report;
        case Phase::report:
            return Phase::review;
        case Phase::review:
            return Phase::closed;
        case Phase::closed:
            return std::nullopt;
    }
    return std::nullopt;
}

kernel::Checked may_open(const people::Actor& actor, people::UnitId organiser) {
    if (actor.roles.empty()) return refuse(Code::unauthenticated, "people.sign_in_first");
    if (actor.has(people::Role::administrator) || runs(actor, organiser)) return {};
    return refuse(Code::forbidden, "cycle.may_not_open");
}

kernel::Checked may_act(const people::Actor& actor, const Cycle& cycle) {
    if (actor.roles.empty()) return refuse(Code::unauthenticated, "people.sign_in_first");
    if (!actor.has(people::Role::administrator) && runs(actor, cycle.organiser)) return {};
    return refuse(Code::forbidden, "cycle.may_not_act");
}

kernel::Result<Opened> open(const people::Actor& actor, const Draft& draft,
                            const std::optional<people::Unit>& organiser, const std::optional<Cycle>& previous) {
    if (auto ok = may_open(actor, draft.organiser); !ok) return ok.error();
    if (!organiser || !organiser->open) return invalid("organiser", "cycle.organiser_unknown");
    if (draft.name.empty()) return invalid("name", "cycle.name_missing");
    if (auto ok = check_length(draft.name, "name", name_max); !ok) return ok.error();
    if (!kernel::language_tag(draft.lang)) return invalid("lang", "cycle.lang_unknown");
    if (auto ok = check_length(draft.source, "source", source_max); !ok) return ok.error();
    if (draft.inherits && (!previous || previous->standing)) return invalid("inherits", "cycle.inherits_unknown");
    if (auto ok = texts(draft); !ok) return ok.error();
    Opened change;
    change.organiser = draft.organiser;
    change.name = draft.name;
    change.lang = draft.lang;
    change.inherits = draft.inherits;
    change.source = draft.source;
    change.sample = draft.sample;
    change.by = actor.officer;
    return change;
}

kernel::Checked texts(const Draft& draft) {
    if (auto ok = context_lengths(draft.context); !ok) return ok;
    if (draft.criteria.size() > criteria_max)
        return invalid("criteria", "cycle.too_many_criteria", {{"max", std::to_string(criteria_max)}});
    for (const std::string& criterion : draft.criteria)
        if (auto ok = criterion_text(criterion, "criteria"); !ok) return ok;
    return {};
}

int filled(const Context& context) {
    return (context.touches.empty() ? 0 : touches_filled) | (context.promised.empty() ? 0 : promised_filled) |
           (context.means.empty() ? 0 : means_filled) | (context.limits.empty() ? 0 : limits_filled);
}

kernel::Result<ContextSet> set_context(const people::Actor& actor, const Cycle& cycle, const Context& context,
                                       std::optional<std::int64_t> in_force, std::string_view reason) {
    if (auto ok = may_act(actor, cycle); !ok) return ok.error();
    if (auto ok = still_preparing(cycle); !ok) return ok.error();
    if (auto ok = context_lengths(context); !ok) return ok.error();
    if (filled(context) == 0) return invalid("touches", "cycle.context_empty");
    if (in_force && reason.empty()) return invalid("reason", "cycle.reason_missing");
    if (auto ok = check_length(reason, "reason", reason_max); !ok) return ok.error();
    return ContextSet{cycle.id, context, filled(context), in_force, std::string(reason), actor.officer};
}

kernel::Result<CriterionSet> set_criterion(const people::Actor& actor, const Cycle& cycle, std::string_view text,
                                           std::optional<CriterionId> replaces, std::string_view reason) {
    if (auto ok = may_act(actor, cycle); !ok) return ok.error();
    if (auto ok = still_preparing(cycle); !ok) return ok.error();
    if (auto ok = criterion_text(text, "text"); !ok) return ok.error();
    if (replaces) {
        const bool in_force = std::any_of(cycle.criteria.begin(), cycle.criteria.end(),
                                          [&](const Criterion& c) { return c.id == *replaces; });
        if (!in_force) return invalid("replaces", "cycle.criterion_unknown");
        if (reason.empty()) return invalid("reason", "cycle.reason_missing");
    } else if (cycle.criteria.size() >= criteria_max) {
        return invalid("text", "cycle.too_many_criteria", {{"max", std::to_string(criteria_max)}});
    }
    if (auto ok = check_length(reason, "reason", reason_max); !ok) return ok.error();
    return CriterionSet{cycle.id, std::string(text), replaces, std::string(reason), actor.officer};
}

std::vector<kernel::Error> gates(const Cycle& cycle, Phase to) {
    std::vector<kernel::Error> missing;
    if (to != Phase::consult) return missing;
    const std::string page = "/cycles/" + std::to_string(cycle.id.value()) + "/edit";
    if (cycle.criteria.empty())
        missing.push_back(refuse(Code::conflict, "cycle.gate_criteria", {{"link", page + "#criteria"}}));
    if (!cycle.context_complete)
        missing.push_back(refuse(Code::conflict, "cycle.gate_context", {{"link", page + "#context"}}));
    return missing;
}

kernel::Result<PhaseEntered> advance(const people::Actor& actor, const Cycle& cycle, Phase to,
                                     std::optional<kernel::Day> ends, std::string_view remark, kernel::Day today,
                                     const std::vector<kernel::Error>& unmet) {
    if (auto ok = may_act(actor, cycle); !ok) return ok.error();
    if (cycle.standing) return refuse(Code::conflict, "cycle.desk_has_no_phases");
    if (next(cycle.phase) != to)
        return refuse(Code::conflict, "cycle.phase_order",
                      {{"from", std::string(name(cycle.phase))}, {"to", std::string(name(to))}});
    if (ends && to == Phase::closed) return invalid("ends", "cycle.closed_has_no_end");
    if (ends && *ends < today) return invalid("ends", "cycle.ends_in_the_past");
    if (auto ok = check_length(remark, "remark", reason_max); !ok) return ok.error();
    if (!unmet.empty()) {
        kernel::Error refusal = refuse(Code::conflict, "cycle.gates_not_met");
        for (const kernel::Error& gate : unmet) refusal.args.emplace_back("reason", gate.key);
        return refusal;
    }
    return PhaseEntered{cycle.id, to, ends, std::string(remark), actor.officer};
}

}  // namespace cycle::rules

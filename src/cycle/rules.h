// What may happen to a round, as pure functions of what is, what is asked and when.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "change.h"
#include "cycle.h"

namespace cycle::rules {

inline constexpr std::size_t name_max = 120, context_max = 2000, criterion_max = 300, reason_max = 1000,
                             source_max = 2000;
inline constexpr std::size_t criteria_max = 20;

// The phase after this one; nothing after closed.
std::optional<Phase> next(Phase);

// Refusals: people.sign_in_first, unauthenticated; cycle.may_not_open and cycle.may_not_act, forbidden.
kernel::Checked may_open(const people::Actor&, people::UnitId organiser);
kernel::Checked may_act(const people::Actor&, const Cycle&);

// `organiser`: the unit, when it exists; `previous`: the round that is to be inherited from, when it exists.
kernel::Result<Opened> open(const people::Actor&, const Draft&, const std::optional<people::Unit>& organiser,
                            const std::optional<Cycle>& previous);
// The texts of a draft's criteria and context, before they become entries of their own.
kernel::Checked texts(const Draft&);

kernel::Result<ContextSet> set_context(const people::Actor&, const Cycle&, const Context&,
                                       std::optional<std::int64_t> in_force, std::string_view reason);
int filled(const Context&);

kernel::Result<CriterionSet> set_criterion(const people::Actor&, const Cycle&, std::string_view text,
                                           std::optional<CriterionId> replaces, std::string_view reason);

// What this feature itself demands before `to` is entered.
std::vector<kernel::Error> gates(const Cycle&, Phase to);

kernel::Result<PhaseEntered> advance(const people::Actor&, const Cycle&, Phase to, std::optional<kernel::Day> ends,
                                     std::string_view remark, kernel::Day today,
                                     const std::vector<kernel::Error>& unmet);

}  // namespace cycle::rules

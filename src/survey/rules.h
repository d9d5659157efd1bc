// What may happen to a survey, as pure functions of what is, who asks and what is asked.
#pragma once
#include <optional>
#include <string_view>

#include "answers.h"
#include "change.h"
#include "survey.h"

namespace survey::rules {

// The round as the state has it, and the installation's smallest number that is shown.
struct Ground {
    std::optional<cycle::Cycle> cycle;
    std::int64_t least_k = 5;
};
kernel::Checked may_run(const people::Actor&, const std::optional<cycle::Cycle>&);
kernel::Result<change::Drafted> draft(const Draft&, const Ground&, const people::Actor&, kernel::Day today);
kernel::Result<change::Changed> redraft(const Survey&, const Draft&, const Ground&, const people::Actor&,
                                        kernel::Day today);
kernel::Checked open(const Survey&, const Ground&, const people::Actor&, kernel::Day today);
// Are answers taken now?
kernel::Checked takes_answers(const Survey&, kernel::Day today);
kernel::Checked close(const Survey&, const Ground&, const people::Actor&, std::string_view reason, kernel::Day today);
kernel::Checked close_by_clock(const Survey&, kernel::Day today);

}  // namespace survey::rules

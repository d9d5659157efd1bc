// What may happen to an issue, as pure functions of what is and what is asked.
#pragma once
#include <optional>
#include <string_view>

#include "change.h"
#include "issue.h"

namespace issue::rules {

inline constexpr std::size_t title_max = 120, text_max = 2000, reason_max = 1000, gather_max = 500;
inline constexpr int all_marks = 15;

// Officers, heads and clerks gather; heads and clerks confirm and dismiss. An administrator does neither.
kernel::Checked may_gather(const people::Actor&);
kernel::Checked may_confirm(const people::Actor&);

kernel::Result<change::Suggested> suggest(const people::Actor&, const Draft&, const std::optional<cycle::Cycle>&);
// Into or out of an issue that no body has decided on yet.
kernel::Checked gather(const people::Actor&, const Issue&, std::size_t voices, std::size_t statements);
// Merging, splitting, moving: of issues that no body has decided on yet.
kernel::Checked arrange(const people::Actor&, const Issue&);
// `answers` of surveys that it holds beside its messages and statements.
kernel::Result<change::Moved> confirm(const people::Actor&, const Issue&, int marks, std::string_view reason,
                                      std::int64_t answers = 0);
kernel::Result<change::Moved> dismiss(const people::Actor&, const Issue&, std::string_view reason);
// As part of a body's acts and of judgements: the steps that the state allows.
kernel::Result<change::Moved> move(const Issue&, State to, std::string_view reason,
                                   std::optional<std::int64_t> because);
// Into a later round: what no body has decided on. What was adopted stays in its round; what is open of it are
// measures.
kernel::Result<change::Moved> carry_over(const Issue&, people::CycleId next);

// Whether what people would do about it is asked for: once it is confirmed, until it is refused or resolved; also while
// measures are carried out, for how is still open then.
kernel::Checked takes_advice(const Issue&);

}  // namespace issue::rules

// What may happen in a dialogue, as pure functions of what is, what is asked and when.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "change.h"
#include "dialogue.h"
#include "store.h"

namespace dialogue::rules {

inline constexpr std::size_t max_remark = 1000;
inline constexpr std::size_t least_key = 16, longest_key = 200;  // bytes of a participant's own key
inline constexpr int moderation_days = 2;                        // working days until the clock shows what waits

kernel::Result<Opened> open(const people::Actor&, const cycle::Cycle&, const Draft&);
kernel::Result<Closed> close(const people::Actor&, const cycle::Cycle&, const Dialogue&, std::string_view remark);
// Seeds may be put in while the round is prepared, so that the first visitor finds something to vote on.
kernel::Result<std::vector<Seeded>> seed(const people::Actor&, const cycle::Cycle&, const Dialogue&,
                                         const std::vector<std::string>& texts, std::string_view lang,
                                         kernel::Day today);

// The same by whoever may, officer 0 on the operator's console.
kernel::Result<std::vector<Seeded>> seeds(const cycle::Cycle&, const Dialogue&, const std::vector<std::string>& texts,
                                          std::string_view lang, kernel::Day today, people::OfficerId by);

// A moderator's word. A reason is needed where another decision is turned round: by a moderator, or at its source.
kernel::Result<Accepted> accept(const people::Actor&, const Statement&, std::string_view remark);
kernel::Result<SetAside> set_aside(const people::Actor&, const cycle::Cycle&, const Statement&, Ground,
                                   std::string_view remark);

// By anybody, about what everybody sees.
kernel::Result<Reported> report(const cycle::Cycle&, const Statement&, Ground, std::string_view remark);
kernel::Result<ReportDecided> decide_report(const people::Actor&, const cycle::Cycle&, const Report&, bool hide,
                                            std::string_view remark);
inline constexpr std::size_t max_reason = 2000;
kernel::Result<Appealed> appeal(bool author, const cycle::Cycle&, const Statement&, const std::optional<Removal>&,
                                std::string_view reason);
kernel::Result<AppealRefused> refuse_appeal(const people::Actor&, const cycle::Cycle&, const Statement&,
                                            const std::optional<Removal>&, std::string_view remark);
// Where an appeal waits: may this moderator decide it?
kernel::Checked uphold(const people::Actor&, const cycle::Cycle&, const std::optional<Removal>&);

// ---- translations --------------------------------------------------------------------------------------------------
// What stands into that language, and how often the statement was translated. Errors without a field.
kernel::Result<Translated> translate(const people::Actor&, const cycle::Cycle&, const Statement&, std::string_view lang,
                                     std::string_view text, std::int64_t times);

// ---- participants --------------------------------------------------------------------------------------------------
kernel::Checked key(std::string_view visitor);
// 1 to max_votes, no statement twice. At the field "votes".
kernel::Checked votes(const std::vector<Vote>&);
kernel::Checked statement_text(std::string_view text, std::string_view lang);
// What a vote is refused for besides: whether statements are open is asked of the rows.
kernel::Checked open_to_votes(bool closed, const kernel::Checked& cycle_accepts);

}  // namespace dialogue::rules

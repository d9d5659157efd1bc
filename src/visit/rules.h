// What may happen to a visit and to a plan of one, as pure functions of what is and what is asked.
#pragma once
#include <optional>
#include <string_view>

#include "change.h"
#include "visit.h"

namespace visit::rules {

inline constexpr int days_back = 366;  // a year, whichever it was
inline constexpr int days_ahead = 366;

// Officers, heads and clerks enter visits; not an administrator, who does not act on matters.
kernel::Checked may_record(const people::Actor&);
// An officer or head of the visit's unit, or a clerk.
kernel::Checked may_go_on(const people::Actor&, const Visit&);
kernel::Checked may_go_on(const people::Actor&, const Plan&);

// What the state knows of what a Draft names.
struct Known {
    people::CycleId desk;                      // the standing desk
    std::optional<issue::Issue> issue;         // none where there is no such issue, and where none was named
    std::optional<Plan> plan;                  // the same
    std::vector<voice::Voice> voices;          // those that exist
    std::vector<measure::MeasureId> measures;  // the same
};
kernel::Result<change::Recorded> record(const people::Actor&, const Draft&, const Known&, kernel::Day today);
kernel::Result<change::Linked> link(const people::Actor&, const Visit&, const Links&, const Known&,
                                    std::string_view reason);
kernel::Result<change::Planned> plan(const people::Actor&, const PlanDraft&, const Known&, kernel::Day today);
kernel::Result<change::CalledOff> call_off(const people::Actor&, const Plan&, std::string_view reason);
kernel::Result<change::ReportedBack> report_back(const people::Actor&, const Visit&, kernel::Day, std::string_view what,
                                                 kernel::Day today);
kernel::Result<change::Corrected> correct(const people::Actor&, const Visit&, const Correction&,
                                          std::string_view reason, kernel::Day today);
// Public ones that exist, at most 50; puts them in order, each once.
kernel::Checked check_voices(std::vector<voice::VoiceId>&, const Known&);
// 32 lower-case hexadecimal digits.
bool is_origin(std::string_view);

}  // namespace visit::rules

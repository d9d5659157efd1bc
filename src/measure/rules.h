// What may happen to a measure, as pure functions of what is, who asks and what is asked.
#pragma once
#include <optional>
#include <string_view>

#include <kernel/calendar.h>

#include "change.h"
#include "measure.h"

namespace measure::rules {

inline constexpr int rework_days = 15;         // working days after a return or a rebound
inline constexpr int look_back_after = 90;     // days after closing; then the next working day
inline constexpr int longest_promise = 3653;   // days from today to the due day
inline constexpr int longest_extension = 366;  // days

enum class Act { report, verify, extend, retarget, reassign, reword, record_absence, close, look_back };
inline constexpr Act all_acts[] = {Act::report, Act::verify,         Act::extend, Act::retarget, Act::reassign,
                                   Act::reword, Act::record_absence, Act::close,  Act::look_back};

// Who asks, and how they stand to this measure.
struct Who {
    people::Actor actor;
    bool independent = false;  // of a unit that is neither the owner's nor under it
    bool above = false;        // of a unit that the owner's is under, and not the owner's itself
    bool answered = false;     // has promised, reported or owned it at any time
    bool checked = false;      // has verified, approved, closed … at any time
};
struct Today {
    kernel::Day day;
    const kernel::Calendar& calendar;
};

bool being_done(const Measure&);  // the owner has to act: adopted, under way, returned

// Refuses people.sign_in_first; measure.may_not_… and measure.answered_before, measure.checked_before (forbidden);
// measure.wrong_state {state} and the like (conflict).
kernel::Checked may(Act, const Measure&, const Who&, kernel::Day today);

// What a promise leans on, as the state has it.
struct Ground {
    std::optional<cycle::Cycle> cycle;
    std::optional<issue::Issue> issue;
    std::optional<people::Unit> unit;
    std::optional<people::Officer> owner;
};
kernel::Checked check(const Draft&, const Ground&, kernel::Day today, std::string_view prefix);
kernel::Result<change::Adopted> pledge(const people::Actor&, const Draft&, const Ground&, kernel::Day today);

// `somebody`: there is an officer who could verify.
kernel::Result<change::Reported> report(const Measure&, const Who&, const Progress&, bool done, bool somebody, Today);
kernel::Result<change::Verified> verify(const Measure&, const Who&, bool confirmed, std::string_view words,
                                        kernel::Day today);
kernel::Result<change::Extended> extend(const Measure&, const Who&, kernel::Day due, std::string_view reason,
                                        kernel::Day today);
kernel::Result<change::Retargeted> retarget(const Measure&, const Who&, const Decimal& target, std::string_view reason,
                                            kernel::Day today);
// `fit`: the new owner has not checked this measure before.
kernel::Result<change::Reassigned> reassign(const Measure&, const Who&, const std::optional<people::Officer>& owner,
                                            bool unit_open, bool fit, std::string_view reason, kernel::Day today);
kernel::Result<change::Reworded> reword(const Measure&, const Who&, const Wording&, std::string_view reason,
                                        kernel::Day today);
kernel::Result<change::Absent> record_absence(const Measure&, const Who&, std::string_view reason, kernel::Day today);
kernel::Result<change::Closed> close(const Measure&, const Who&, std::string_view words, Today);
kernel::Result<change::LookedBack> look_back(const Measure&, const Who&, bool held, std::string_view words, Today);
// What a spot check found is not what was said: a closed measure, looked back on or not. `by` found it, in that entry.
kernel::Result<change::LookedBack> find_open(const Measure&, people::OfficerId by, std::int64_t look, Today);
kernel::Checked may_judge(const Measure&, bool somebody);
kernel::Result<change::Judged> judge(const Measure&, std::int64_t review, bool accepted, bool somebody, Today);
// The clock: nothing when it is not late, or not at the next mark yet.
std::optional<change::Late> late(const Measure&, std::optional<kernel::Day> next_day, Today);

}  // namespace measure::rules

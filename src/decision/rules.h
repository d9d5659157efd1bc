// What may happen to bodies, sittings and motions, as pure functions of what is and what is asked.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "change.h"
#include "decision.h"

namespace decision::rules {

inline constexpr std::size_t name_max = 120, place_max = 200, title_max = 120, reason_max = 1000, remark_max = 500,
                             minutes_max = 10000, clerks_max = 20;
inline constexpr std::int64_t seats_max = 10'000, part_max = 1'000;
inline constexpr std::size_t measures_max = 10;
inline constexpr int notice_max = 365;

kernel::Checked may_set_up(const people::Actor&);  // an administrator
// A clerk, as the body sees them: who keeps another body alone is none here.
kernel::Checked may_keep(const people::Actor&);
// Does this clerk keep the body: as one of its named clerks, or, where none are named, from its unit or above it?
bool keeps(const people::Actor&, const Body&, bool in_or_above_its_unit);
kernel::Checked check_rules(const Rules&);  // refused at "rules"

kernel::Result<change::SetUp> set_up(const people::Actor&, std::string_view name, const std::optional<people::Unit>&,
                                     std::int64_t seats, const Rules&, bool sample);
kernel::Result<change::RulesSet> set_rules(const people::Actor&, const Body&, const Rules&, std::string_view reason);
kernel::Result<change::Seated> seat(const people::Actor&, const Body&, const std::vector<Member>&,
                                    const std::optional<people::Officer>&, std::string_view shown_name, bool chair);
kernel::Result<change::Unseated> unseat(const people::Actor&, const Body&, const std::vector<Member>&,
                                        people::OfficerId, std::string_view reason);
kernel::Result<change::ClerksNamed> name_clerks(const people::Actor&, const Body&,
                                                const std::vector<std::optional<people::Officer>>&,
                                                std::string_view reason);
kernel::Result<change::Called> call(const people::Actor&, const Body&, const std::vector<Member>&,
                                    const std::optional<cycle::Cycle>&, kernel::Day, std::string_view where,
                                    kernel::Day today);
// The measures themselves are checked by their own feature.
kernel::Result<change::Tabled> table(const people::Actor&, const Sitting&, const std::vector<Motion>&,
                                     const std::optional<issue::Issue>&, const MotionDraft&);
kernel::Result<change::Stepped> publish_agenda(const people::Actor&, const Sitting&, std::size_t motions);
kernel::Result<change::Stepped> open(const people::Actor&, const Sitting&, kernel::Day today);
kernel::Result<change::Stepped> sign(const people::Actor&, const Sitting&, const std::vector<Member>& roll,
                                     std::optional<people::OfficerId> written_by);
kernel::Result<change::Attended> attend(const people::Actor&, const Sitting&, const std::vector<Member>& roll,
                                        const std::vector<Motion>&, people::OfficerId, bool here, kernel::Day today);
kernel::Result<change::Put> put(const people::Actor&, const Sitting&, const cycle::Cycle&, const Motion&,
                                const std::optional<issue::Issue>&, const std::vector<Motion>& of_issue);
// Who may vote on it: on the roll, present, and never an administrator.
kernel::Checked may_vote(const people::Actor&, const Motion&, const std::vector<Member>& roll);
kernel::Result<change::Voted> vote(const people::Actor&, const Motion&, const std::vector<Member>& roll, Vote,
                                   std::string_view remark);
kernel::Result<change::Counted> count(const people::Actor&, const Sitting&, const Motion&,
                                      const std::vector<Member>& roll, const std::vector<Cast>&);
kernel::Result<change::Minuted> minutes(const people::Actor&, const Sitting&, const std::vector<Motion>&,
                                        std::string_view text, kernel::Day today);
// Is the quorum of its frozen rules there?
bool quorum(const Rules&, std::int64_t seats, std::int64_t filled, std::int64_t present);

}  // namespace decision::rules

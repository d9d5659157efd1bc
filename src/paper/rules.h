// Decisions about paper as pure functions: (what is, what is asked) -> Result<Change>. No clock, no database.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "change.h"
#include "paper.h"

namespace paper::rules {

// Who types and checks in a batch: officers and heads of its unit, and clerks.
kernel::Checked may_work(const people::Actor&, const Batch&);
// Who opens one.
kernel::Checked may_open(const people::Actor&);

kernel::Result<change::Opened> open(const people::Actor&, const Opening&, kernel::Day today);

// `there`: the sheet of this number.
kernel::Result<change::SheetTyped> type(const people::Actor&, const Batch&, const std::optional<Sheet>& there, int n,
                                        const Typed&, kernel::Day today);

// Whether this officer may compare it: a second person of the institution's own. `typists`: of all its versions.
kernel::Checked may_check(const people::Actor&, const Batch&, const Sheet&,
                          const std::vector<people::OfficerId>& typists);
// What the comparison says, against the newest version; the message's number is put in later. Nothing wrong: whether it
// was corrected.
kernel::Result<change::SheetChecked> check(const people::Actor&, const Batch&, const Sheet&,
                                           const std::vector<people::OfficerId>& typists, const Version& newest,
                                           const Compared&);
kernel::Result<change::SentBack> send_back(const people::Actor&, const Batch&, const Sheet&,
                                           const std::vector<people::OfficerId>& typists, std::string_view remark);
kernel::Result<change::Recounted> recount(const people::Actor&, const Batch&, people::OfficerId said_by,
                                          std::int64_t sheets, std::string_view reason);
// The part of an officer in one message. `own_unit`: the case is their unit's, or of one under it.
kernel::Checked may_code(const people::Actor&, const Batch&);
bool may_code_this(const people::Actor&, const Sheet&, const std::vector<people::OfficerId>& typists, bool own_unit);

}  // namespace paper::rules

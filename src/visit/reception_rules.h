// What may happen to a reception, as pure functions of what is and what is asked.
#pragma once
#include "reception_change.h"

namespace visit::rules {

// The moment of an act in the organisation's zone.
struct Moment {
    kernel::Day day;
    int minutes = 0;
};
kernel::Checked may_go_on(const people::Actor&, const Reception&);

kernel::Result<change::Announced> announce(const people::Actor&, const ReceptionDraft&, people::CycleId desk,
                                           kernel::Day today);
kernel::Result<change::ReceptionMoved> move(const people::Actor&, const Reception&, const Moved&,
                                            std::string_view reason, Moment);
kernel::Result<change::ReceptionCalledOff> call_off(const people::Actor&, const Reception&, std::string_view reason);
// `voices`: those of the outcome that exist.
kernel::Result<change::Held> hold(const people::Actor&, const Reception&, const Outcome&,
                                  const std::vector<voice::Voice>& voices, kernel::Day today);
// What of the slots matters to whoever wants one.
struct Want {
    int slot = 0;
    bool gone = false;     // somebody has it
    bool has_one = false;  // of this reception, already
};
// Whether it can be taken; the entry is completed with who takes it.
kernel::Result<change::SlotTaken> take(const Reception&, const Want&, std::string_view matter, Moment);
kernel::Result<change::SlotGivenBack> give_back(const Reception&, const std::optional<Slot>& theirs, Moment);

}  // namespace visit::rules

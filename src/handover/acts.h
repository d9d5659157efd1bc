// What acts, pages and the job share.
#pragma once
#include "rules.h"

namespace handover {

// What is known of the case and of this actor; nothing where there is no such voice. What depends on an authority is
// not filled in.
std::optional<rules::Case> case_of(db::Connection&, const people::Actor&, VoiceId);
bool for_everybody(db::Connection&, VoiceId);  // now: chosen so by its author, and shown
// The errand is taken up now, at most once a minute. handover.asked_just_now, conflict.
kernel::Checked look_soon(const people::Needs&, const people::Actor&, HandoverId);

}  // namespace handover

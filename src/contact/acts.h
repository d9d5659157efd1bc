// What the act and its pages share.
#pragma once
#include "rules.h"

namespace contact {

// What this officer has to do with it. people.sign_in_first, voice.unknown, people.contractor_may_not.
kernel::Result<rules::Standing> standing(const people::Needs&, db::Connection&, const people::Actor&, VoiceId);

}  // namespace contact

// Who may join what, as pure functions.
#pragma once
#include <string_view>

#include "change.h"

namespace support::rules {

// The message as everybody may see it, what speaks for it, and whether its round takes messages.
struct Standing {
    voice::Voice message;
    std::optional<VoiceId> leads_to;
    kernel::Checked round;
};
// Whoever asks, as a participant of the message's round.
struct Who {
    people::ParticipantId id;  // zero: they have not spoken in the round
    bool author = false;       // of this message
    bool joined = false;
};

// A browser's token, or what a client made itself: the bounds that a vote has. At the field "participant".
kernel::Checked key(std::string_view visitor);
// What stands in everybody's way.
kernel::Checked may_be_joined(const Standing&);
// Without a key: whoever asked has spoken in the round, or the act adds it.
kernel::Result<change::Given> give(const Standing&, const Who&);
// `typed`: by a code, which is wrong where it is nobody's.
kernel::Result<change::TakenBack> take_back(const Standing&, const Who&, bool typed = false);

}  // namespace support::rules

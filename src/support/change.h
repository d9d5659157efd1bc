// Who joined a message and who took it back, as typed values, and their permanent encoding in the ledger.
#pragma once
#include <optional>
#include <string_view>
#include <variant>

#include <ledger/ledger.h>

#include "support.h"

namespace support::change {

// Facts and words are served to nobody; the leaf names the round alone and has no parent, like that of a vote.
struct Given {
    people::CycleId cycle;
    VoiceId voice;
    people::ParticipantId who;        // zero: this entry is where they first speak
    std::optional<kernel::Hash> key;  // then their key, unless it was erased
    friend bool operator==(const Given&, const Given&) = default;
};
struct TakenBack {
    people::CycleId cycle;
    VoiceId voice;
    people::ParticipantId who;
    friend bool operator==(const TakenBack&, const TakenBack&) = default;
};
using Change = std::variant<Given, TakenBack>;

inline constexpr std::string_view given_kind = "support.given";
inline constexpr std::string_view taken_back_kind = "support.taken_back";

ledger::Draft encode(const Change&);
// Throws std::runtime_error when the facts are not what some version wrote.
Change decode(const ledger::Entry&);

}  // namespace support::change

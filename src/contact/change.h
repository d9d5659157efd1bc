// What can happen to contact data, as typed values, and its permanent encoding in the ledger.
#pragma once
#include <optional>
#include <string_view>
#include <variant>

#include <ledger/ledger.h>

#include "contact.h"

namespace contact::change {

// Facts and words are served to nobody. Its leaf names the round alone and has no parent; all four words are there
// always, and are empty where nothing was left.
struct GivenTo {
    people::CycleId cycle;
    VoiceId voice;
    kernel::Day until;
    std::optional<Given> given;  // nothing once it was erased
    friend bool operator==(const GivenTo&, const GivenTo&) = default;
};
struct Opened {
    VoiceId voice;
    people::OfficerId by;
    Reason reason = Reason::ask_author;
    friend bool operator==(const Opened&, const Opened&) = default;
};
using Change = std::variant<GivenTo, Opened>;

inline constexpr std::string_view given_kind = "contact.given";
inline constexpr std::string_view opened_kind = "contact.opened";

ledger::Draft encode(const Change&);
// Throws std::runtime_error when the facts are not what some version wrote.
Change decode(const ledger::Entry&);

}  // namespace contact::change

// What can happen to contact data, as typed values, and its permanent encoding in the ledger.
#pragma once
#include <optional>
#include <string_view>
#include <variant>

#include <ledger/ledger.h>

#include "contact.h"

namespace contact::change {

// Facts and words are served to nobody. Its leaf names the round alone and has no parent; its words are there always,
// and say nothing where nothing was left. Version 1 had the four words in clear, and is only read.
struct GivenTo {
    people::CycleId cycle;
    VoiceId voice;
    kernel::Day until;
    std::optional<std::string> sealed;  // seal.h; neither once it was erased
    std::optional<Given> in_clear = {};
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

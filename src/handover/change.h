// What can happen when a case is handed to another authority, as typed values, and its permanent encoding in the
// ledger.
#pragma once
#include <string>
#include <string_view>
#include <variant>

#include <ledger/ledger.h>

#include "handover.h"

namespace handover::change {

struct AuthorityNamed {
    std::string name, url, jurisdiction;
    people::OfficerId by;
    friend bool operator==(const AuthorityNamed&, const AuthorityNamed&) = default;
};
struct AuthorityEnded {
    AuthorityId authority;
    people::OfficerId by;
    std::string reason;
    friend bool operator==(const AuthorityEnded&, const AuthorityEnded&) = default;
};
// The author's own act: its subject is the round. Only cases that not everybody may read need it, so its facts, which
// say what they are about by naming the authority, are served to nobody.
struct Agreed {
    people::CycleId cycle;
    VoiceId voice;
    AuthorityId authority;
    friend bool operator==(const Agreed&, const Agreed&) = default;
};
// Its words are served to nobody: they are what was sent, which the author may have a say in for ever.
struct Handed {
    VoiceId voice;
    AuthorityId authority;
    std::string service;
    people::OfficerId by;
    std::string reason, service_name, text, address, position;
    bool open = true;  // everybody may read the case; else its facts are served to nobody either
    friend bool operator==(const Handed&, const Handed&) = default;
};
// `open`: everybody might read the case then, so what the other side says of it is served.
struct Taken {
    HandoverId handover;
    people::OfficerId by;  // nobody: the program
    std::string number;
    bool open = true;
    friend bool operator==(const Taken&, const Taken&) = default;
};
struct Followed {
    HandoverId handover;
    State state = State::open;
    std::string notes;
    bool open = true;
    friend bool operator==(const Followed&, const Followed&) = default;
};
struct LetGo {
    HandoverId handover;
    people::OfficerId by;
    Why why = Why::refused;
    std::string notes;
    bool open = true;
    friend bool operator==(const LetGo&, const LetGo&) = default;
};
using Change = std::variant<AuthorityNamed, AuthorityEnded, Agreed, Handed, Taken, Followed, LetGo>;

inline constexpr std::string_view named_kind = "handover.authority_named";
inline constexpr std::string_view ended_kind = "handover.authority_ended";
inline constexpr std::string_view agreed_kind = "handover.agreed";
inline constexpr std::string_view handed_kind = "handover.handed";
inline constexpr std::string_view taken_kind = "handover.taken";
inline constexpr std::string_view followed_kind = "handover.followed";
inline constexpr std::string_view let_go_kind = "handover.let_go";

ledger::Draft encode(const Change&, std::int64_t index);
// Throws std::runtime_error when the facts are not what some version wrote.
Change decode(const ledger::Entry&);

}  // namespace handover::change

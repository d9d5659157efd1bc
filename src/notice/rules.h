// When something is sent, and when it is given up. Pure: no clock, no database.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include <kernel/result.h>
#include <kernel/time.h>

#include "notice.h"

namespace notice::rules {

inline constexpr int most_followed = 200;                         // matters of one address
inline constexpr int most_unconfirmed = 10;                       // of them asked for and not confirmed yet
inline constexpr std::int64_t unconfirmed_ms = 3 * 86'400'000LL;  // after that they are forgotten
inline constexpr std::int64_t asking_ms = 3'600'000;              // between two letters that ask one address to confirm
inline constexpr int refusals_to_forget = 3;  // days on which the mail server knew no such recipient
inline constexpr int digest_hour = 7;         // of the organisation's zone
inline constexpr int most_in_digest = 200;

// Lower case, for the key: nobody tells two mailboxes apart by it. Refusals at "email": notice.email_missing,
// notice.email_wrong.
kernel::Result<std::string> address_of(std::string_view typed);

// The first 07:00 of the zone after `now`.
kernel::Instant next_digest(kernel::Instant now);

// When it is tried again after the nth failure (from 1); nothing: given up. `busy`: the other side said "not now"; else
// the connection broke, which is over sooner.
std::optional<kernel::Instant> try_again(kernel::Instant now, int failures, bool busy);
// How long nobody is sent anything after the nth time in a row that the mail server could not be reached.
std::int64_t relay_pause_ms(int failures);

// "voice.answered" under {"voice.", "cycle.phase_entered"}.
bool wanted(const Webhook&, std::string_view kind);
// "https://voices.example.org": a scheme and a host, perhaps a port, nothing after it.
bool public_address(std::string_view);
std::string host_of(std::string_view address);  // "voices.example.org"

}  // namespace notice::rules

// Who may hand what to whom, and when the other side is asked, as pure functions.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include <voice/call_back.h>

#include "change.h"
#include "directory.h"

namespace handover::rules {

struct Others {
    bool name_taken = false, url_taken = false;  // by one in use
    int in_use = 0;
};
// `fetchable`: the address can be asked at all (http/client.h).
kernel::Result<change::AuthorityNamed> name_authority(const people::Actor&, const Naming&, bool fetchable,
                                                      const Others&);
kernel::Result<change::AuthorityEnded> end_authority(const people::Actor&, const std::optional<Authority>&,
                                                     std::string_view reason);
// As it is kept: without the stroke at its end.
std::string plain_url(std::string_view);

// What is known of the case and of whoever acts. The actor is as the state has them.
struct Case {
    people::Actor actor;
    voice::Part part;
    voice::Voice voice;    // as everybody may see it
    std::string said;      // the author's words, whoever may read them
    bool agreed = false;   // by the author, to this authority
    bool has_key = false;  // huiyin.toml says how this authority is asked
    bool there = false;    // it has the case already, or will
    int going = 0;         // handed over, not let go and not closed there
};
// Those who may hand over at all: whoever handles it or assigns it, of the own staff. handover.not_yours.
kernel::Checked has_part(const Case&);
// handover.state, handover.not_shown, handover.too_many_going, conflict.
kernel::Checked may_go(const Case&);
kernel::Result<change::Handed> hand(const Case&, const std::optional<Authority>&, const std::optional<Service>&,
                                    const Draft&);
// Whether a whole sentence of the author's stands there as it was written.
bool quotes(std::string_view sent, std::string_view said);
// "31.2304,121.4737"; "" where neither is given. handover.degrees at the field.
kernel::Result<std::string> position(std::string_view latitude, std::string_view longitude);

kernel::Result<change::Agreed> agree(const voice::Voice&, const std::optional<Authority>&, bool agreed_already);

// ---- times, in milliseconds ----------------------------------------------------------------------------------------
inline constexpr std::int64_t minute = 60'000, hour = 60 * minute, day = 24 * hour;
inline constexpr std::int64_t longest_try = 14 * day;       // after which what could not be sent is let go
inline constexpr std::int64_t longest_silence = 365 * day;  // after which what does not change is not followed any more
inline constexpr std::int64_t followed_closed = 30 * day;   // what is closed there may be opened again there
inline constexpr std::int64_t longest_wait = 7 * day;       // whatever Retry-After says
inline constexpr int most_unknown = 20;                     // times that they do not know their number any more
// After so many tries without an answer, and when the other side named a time.
std::int64_t wait_after_fault(int tries, std::int64_t retry_after);
// Between two looks at what they have: short at first, then longer. `age`: since they took it.
std::int64_t wait_between_looks(std::int64_t age, bool closed);

}  // namespace handover::rules

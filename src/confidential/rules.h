// Who may receive, and what an act makes of a matter, as pure functions of what is, what is asked and the day.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "change.h"
#include "confidential.h"

namespace confidential::rules {

// `before`: what is known of the officer as a receiver.
kernel::Result<change::Named> name_receiver(const people::Actor&, const std::optional<people::Officer>&,
                                            const std::optional<Receiver>& before, std::string_view reason);
kernel::Result<change::Left> end_receiver(const people::Actor&, people::OfficerId,
                                          const std::optional<Receiver>& before, std::string_view reason);
kernel::Result<change::Ready> make_key(const people::Actor&, const std::optional<Receiver>& before,
                                       const kernel::Hash& public_key);
kernel::Checked passphrase(const kernel::Secret&);

// Of those offered, the ones that the author left, in the same order.
kernel::Result<std::vector<Receiver>> chosen(const std::vector<Receiver>& offered,
                                             const std::vector<people::OfficerId>& left);

// Today, and the day until which somebody who is asked today answers.
struct Days {
    kernel::Day today, answer;
};
change::Facts opened(std::string_view tag, const std::vector<Receiver>&, const Days&);

// What is needed of a matter.
struct Standing {
    change::Facts now;
    bool closed = false;
    bool erased = false;  // the words of the first act: nobody can be answered any more
};
kernel::Result<change::Facts> word(const Standing&, const Days&);
kernel::Result<change::Facts> reply(const Standing&, people::OfficerId, const Days&);
kernel::Result<change::Facts> close(const Standing&, people::OfficerId, const Days&);
// In the place, and with the turn, of who hands it over.
kernel::Result<change::Facts> hand_over(const Standing&, people::OfficerId, people::OfficerId to, const Days&);
// Nothing where nobody is late, or the last place that acts can have is taken.
std::optional<change::Facts> late(const Standing&, const Days&);

// The instant when what is sent at `now` enters the log, and until when that is promised.
kernel::Instant enters(kernel::Instant now);                 // the next full hour of UTC, later than `now`
inline constexpr std::int64_t promised_after = 10 * 60'000;  // ms after it

}  // namespace confidential::rules

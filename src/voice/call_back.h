// 回访: authors who told staff what they had to say have no code, and whoever typed it cannot rate for them. Somebody
// of a unit that has no part in the case calls them, at most three times for one answer, and enters what they say; the
// rating is marked with the unit that asked.
#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "casework.h"

namespace voice {

inline constexpr int most_calls = 3;  // for one answer

enum class Call { rated, not_reached, refused };  // what came of it; the names stand in the log
inline constexpr Call all_calls[] = {Call::rated, Call::not_reached, Call::refused};
std::string_view name(Call);
std::optional<Call> parse_call(std::string_view);

struct Called {
    Call outcome = Call::not_reached;
    std::optional<bool> solved;  // needed where they rate, and only there
    std::optional<int> stars;    // 1..5, likewise
    bool again = false;          // not solved, and the caller wants it taken up again: within the author's bounds
};
// By an officer, head or clerk of a unit that neither has the case nor is under it, who neither typed, handled nor
// answered it. Refuses voice.call_unneeded, voice.called_enough, voice.term_over, voice.reopened_enough (conflict);
// voice.solved_missing, voice.stars_missing, voice.call_not_rated, voice.again_solved, voice.said_missing at "call_…".
kernel::Checked call_back(const people::Needs&, const people::Actor&, VoiceId, const Called&, std::string_view said,
                          const Sent& = {});
// Whether this officer may call the author of this voice now.
kernel::Checked may_call_back(db::Connection&, const people::Actor&, VoiceId);

// What somebody has to do with a case, for features that keep a part of it apart.
struct Part {
    bool reads = false;        // its words, also where they are not public
    bool handles = false;      // it was given to them, and they are of the unit that has it
    bool independent = false;  // of a unit that neither has it nor is under the one that has
    bool clerk = false;
};
// Nothing where there is no such voice. Roles and units are those of the state.
std::optional<Part> part_in(db::Connection&, const people::Actor&, VoiceId);

// Those that wait for a call: the oldest answer first, after the one with this last day.
struct ToCall {
    kernel::Day until;
    VoiceId voice;
};
std::vector<ToCall> to_call(db::Connection&, std::optional<ToCall> after, int at_most);

}  // namespace voice

// The order of work of whoever answers cases: their own by due day, then what else their unit has, by due day.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store.h"

namespace voice {

enum class Group { own, unit };
// Where a page of the queue begins: after this one of the group, or at its beginning.
struct Turn {
    Group group = Group::own;
    std::optional<Ringing> after;
};
std::string text_of(const Turn&);  // "own-20780-17", as in an address
std::optional<Turn> parse_turn(std::string_view);

DeskFilter queue_filter(const people::Actor&, const Turn&);
struct Queue {
    std::vector<Waiting> own, unit;
    std::optional<Turn> next;  // where the next page begins; nothing when this is the last
};
Queue queue(db::Connection&, const people::Actor&, const Turn& from, int at_most);

// What comes after a case in the list it stood in, as it stood there: those without a unit for one that had none, else
// the queue. Cases whose clock stands are passed over. Nothing when it was the last.
std::optional<VoiceId> next_in_queue(db::Connection&, const people::Actor&, const Case& stood);

}  // namespace voice

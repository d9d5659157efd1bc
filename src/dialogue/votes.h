// Votes for whoever computes from them: the opinion map. None of it is ever shown singly.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "dialogue.h"

namespace http {
struct Request;
}
namespace ledger {
struct Entry;
}

namespace dialogue {

// Of one person in one entry. People of an import have negative numbers (imported_number() gives their own).
struct Cast {
    DialogueId dialogue;
    std::int64_t person = 0;
    std::vector<Vote> votes;
};
// In the order in which they count; none for entries of other kinds.
std::vector<Cast> casts(const ledger::Entry&);
std::optional<std::int64_t> imported_number(DialogueId, std::int64_t person);

// Every vote that stands in a dialogue, streamed, person by person: of an import in the order of their numbers, then
// others as they first spoke in the round; of each by statement. `go_on` is asked now and then; false ends it.
void each_vote(db::Connection&, DialogueId, const std::function<void(std::int64_t person, StatementId, Choice)>&,
               const std::function<bool()>& go_on);
// The votes of one person in a dialogue that stand, by statement.
std::vector<Vote> standing_votes(db::Connection&, DialogueId, people::ParticipantId);

// What stands of each statement, oldest first.
struct Standing {
    StatementId id;
    State state = State::pending;
    Origin origin = Origin::participant;
    std::optional<std::int64_t> number;
};
std::vector<Standing> standings(db::Connection&, DialogueId);
// Every dialogue there is, after `after`, oldest first.
std::vector<DialogueId> all_dialogues(db::Connection&, DialogueId after, int at_most);
// It takes votes no more, for good: it is closed, or its round has gone on.
bool over(db::Connection&, const Dialogue&);

// Who looks: the participant this browser is in the round, when it has spoken there.
std::optional<people::ParticipantId> visitor(const http::Request&, db::Connection&, const people::Needs&, CycleId);

}  // namespace dialogue

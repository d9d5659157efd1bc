// The opinion map (观点图) of a dialogue: groups of opinion, what tells them apart, what all share; kept fresh while
// votes come in, frozen with all it was computed from when the dialogue is over. Single votes are never shown:
// README.md.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <dialogue/dialogue.h>
#include <people/people.h>

namespace http {
class Router;
struct Request;
}  // namespace http
namespace jobs {
struct Task;
}
namespace ledger {
struct Kind;
}

namespace opinion_map {

using dialogue::DialogueId;
using dialogue::StatementId;

// The maps in memory, of which the task is the only writer. Thread-safe.
class Live;
std::shared_ptr<Live> live();

void add_kinds(std::vector<ledger::Kind>&);
// Follows votes and draws, and freezes what is over.
std::vector<jobs::Task> tasks(const people::Needs&, std::shared_ptr<Live>);
struct Hooks {
    std::vector<std::string> frames_on;  // sites that may show a map in a frame, besides our own pages
    // For staff: what becomes of a statement that divides people, or that all share; the words say so with figures.
    std::function<page::Html(const http::Request&, db::Connection&, StatementId, const std::string& words)> offer;
};
void add_routes(http::Router&, const people::Needs&, std::shared_ptr<Live>, Hooks = {});

// What each group of opinion said to a statement; none where its dialogue has no groups yet.
struct GroupVotes {
    std::int64_t agree = 0, disagree = 0, pass = 0;
};
std::vector<GroupVotes> groups_on(Live&, db::Connection&, StatementId);

// Statements this person should be asked next, best first, drawn by priority (what few have seen and what tells groups
// apart comes oftener); the same `seed` draws the same. Some may be voted on meanwhile: whoever shows one asks again.
std::vector<StatementId> next(Live&, db::Connection&, DialogueId, std::optional<people::ParticipantId>,
                              std::uint64_t seed, int at_most);

// On the dialogue's own page: a small map with me in it, and the way to the whole.
page::Html part_of_dialogue(Live&, const http::Request&, db::Connection&, const people::Needs&,
                            const dialogue::Dialogue&);

struct Slip {
    std::string kind_key, link;
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);

}  // namespace opinion_map

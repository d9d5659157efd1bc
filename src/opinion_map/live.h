// The matrices of votes of dialogues that ask, and the maps drawn from them.
#pragma once
#include <array>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include <dialogue/votes.h>
#include <opinion/blocs.h>
#include <opinion/placement.h>
#include <opinion/stability.h>

#include "opinion_map.h"

namespace db {
class Database;
}

namespace opinion_map {

// What a reader is shown; it never changes once it is there.
struct Map {
    DialogueId dialogue;
    opinion::Picture picture;
    std::vector<StatementId> statements;  // of each column
    std::unordered_map<std::int64_t, opinion::Statement> columns;
    std::vector<opinion::Counts> counts;
    std::vector<bool> hidden;
    std::size_t people = 0, votes = 0, shown_columns = 0, hidden_columns = 0;
    std::int64_t at = 0;                 // entries of the ledger it takes account of
    std::optional<std::int64_t> frozen;  // the entry that froze it
};

// How far a map can be trusted. It takes longer than the map and is computed less often.
struct Sure {
    std::int64_t at = 0;                               // as of the map it was computed for
    std::vector<std::array<std::uint32_t, 3>> placed;  // of each group, people by opinion::Certainty
    opinion::Stability stability;
    std::vector<std::int64_t> blocs;  // people in each set whose votes are so alike that chance does not explain it
};
// What a page is made of.
struct Shown {
    std::shared_ptr<const Map> map;  // nothing: nobody voted, or
    bool drawing = false;            // it is being drawn
    std::shared_ptr<const Sure> sure;
};
std::shared_ptr<const Sure> sure_of(const opinion::Votes&, const opinion::Picture&, std::int64_t at);

struct PublicMatrix;
// The map of a frozen matrix, drawn from nothing but it.
struct Final {
    std::shared_ptr<Map> map;
    std::shared_ptr<const Sure> sure;
};
Final final_of(const PublicMatrix&, DialogueId, std::int64_t entry);
// Nothing where it was not frozen.
std::optional<Final> frozen_map(db::Database&, DialogueId);

class Live {
public:
    // Without rests every sync draws what changed: for tests.
    explicit Live(bool rests = true) : rests_(rests) {}
    // Reads what entered the ledger since the last time and draws anew what changed, each dialogue at most a third of
    // the time. One thread. `go_on` is asked between dialogues and now and then within one.
    void sync(db::Database&, const std::function<bool()>& go_on);
    // The newest map; nothing where nobody voted yet. Where there is none in memory it is asked for, and waited for as
    // long as this says: the task draws it.
    std::shared_ptr<const Map> map(DialogueId, std::chrono::milliseconds wait = std::chrono::milliseconds(0));
    // How far the newest map, or one shortly before it, can be trusted; nothing until it was computed.
    std::shared_ptr<const Sure> sure(DialogueId);
    // A frozen map: what is shown from now on.
    void put(std::shared_ptr<const Map>, std::shared_ptr<const Sure>);

private:
    struct Matrix {
        opinion::Votes votes;
        std::vector<StatementId> statements;
        std::unordered_map<std::int64_t, opinion::Statement> columns;
        std::unordered_map<std::int64_t, opinion::Person> rows;
        bool dirty = true, states_changed = true, unjudged = false;
        std::chrono::steady_clock::time_point rests_until{}, touched{}, judged{};
        std::shared_ptr<const Map> drawn;
    };
    void load(db::Database&, DialogueId, const std::function<bool()>& go_on);
    void follow(db::Database&, const std::function<bool()>& go_on);
    void take(db::Connection&, const dialogue::Cast&);
    void read_states(db::Connection&, DialogueId, Matrix&);
    void draw(db::Database&, DialogueId, Matrix&);
    void judge(DialogueId, Matrix&);

    const bool rests_;
    // The task's alone.
    std::map<DialogueId, Matrix> matrices_;
    std::set<DialogueId> seen_;  // in entries, and not in memory
    std::int64_t next_ = -1;     // the entry to read next; -1: nothing was read yet

    std::mutex mutex_;  // of what is below
    std::condition_variable drawn_;
    std::map<DialogueId, std::shared_ptr<const Map>> maps_;  // null: nobody voted
    std::map<DialogueId, std::shared_ptr<const Sure>> sure_;
    std::set<DialogueId> wanted_;
    int waiting_ = 0;
};

}  // namespace opinion_map

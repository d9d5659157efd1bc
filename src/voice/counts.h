// What is counted of voices: figures of units by the day of receipt, counters of a cycle. All kept incrementally.
// Reads: any connection.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <kernel/time.h>
#include <people/ground.h>
#include <people/people.h>

namespace db {
class Connection;
}

namespace voice {

using people::Ground;

// What a unit's figures count, of what was received on the days of a period: messages by staff in their own name and
// imported ones are not in it. A case counts for the unit that has it (0: none) until it is known how it came out: a
// first answer, late, or withdrawn; then that stands, whoever has it later.
enum class Figure {
    received,   // all
    settled,    // in_time, late and withdrawn
    running,    // the others: still within their time
    in_time,    // first answered in time
    late,       // not answered in time, answered meanwhile or not
    withdrawn,  // before any answer, within its time
    solved,     // as the author says now; a reopened case waits for the next word
    unsolved,
    silent,     // settled, and the author says neither
    rated,      // 1 to 5 by the author
    satisfied,  // 4 or 5
    hidden,     // now
    typed,      // by staff for a caller, who has no code and cannot rate
    by_staff,   // besides those received: by staff in their own name
    // Taken over from another register (taken_over.h), by the day they were said there; in none of those above.
    before,
    before_answered,  // with a term: in time or late
    before_in_time,
    before_late,
    before_replied,  // in no time that could be told
    before_unanswered,
    before_rated,
    before_satisfied,
    called_back,  // of those rated: asked by telephone by another unit, for who has no code
    // Of those received: an agreement was offered and it is known what became of it, or its day is still to come. What
    // was denied or not kept stays so, whatever is agreed on later.
    agreed_over,
    agreed_kept,
    agreed_broken,
    agreed_denied,
    agreed_unsaid,
    agreed_open,
    contracted,  // typed by a contractor's people
};
std::string_view name(Figure);
std::optional<Figure> parse_figure(std::string_view);
using Counting = people::Counting<Figure>;  // days of receipt; unit 0: what no unit has yet

// Kept incrementally, of one cycle.
struct Counts {
    std::int64_t voices = 0, open_to_public = 0, hidden = 0, answered = 0, late = 0, reopened = 0, withdrawn = 0,
                 noted = 0;
    std::int64_t held = 0, rated = 0, silent = 0;  // rated by the author; silent: the term went by without a rating
    std::int64_t called_back = 0;                  // of those rated: asked by telephone by another unit
    std::int64_t by_staff = 0, typed = 0;          // said by staff in their own name; typed by staff for a caller
    // `voices` are messages, each counted once; what became of them counts cases: a message that is split is its parts.
    std::int64_t split = 0, parts = 0;
    std::int64_t cases() const { return voices - split + parts; }
};
Counts counts(db::Connection&, people::CycleId);

// How many are hidden now, by ground and by the unit that had the case when it was hidden. Kept incrementally.
struct HiddenCount {
    std::optional<people::UnitId> unit;
    Ground ground = Ground::personal_data;
    std::int64_t n = 0;
};
std::vector<HiddenCount> hidden_counts(db::Connection&, people::CycleId);
// Sums of counters kept by day; the names are those of Figure.
struct UnitCounts {
    std::int64_t received = 0, in_time = 0, late = 0, withdrawn = 0, solved = 0, unsolved = 0, rated = 0, satisfied = 0,
                 hidden = 0;
    std::int64_t typed = 0;        // of those received: by staff for a caller, who has no code and cannot rate
    std::int64_t by_staff = 0;     // besides those received: by staff in their own name
    std::int64_t sample = 0;       // of both: of a rehearsal
    std::int64_t called_back = 0;  // of those rated: asked by telephone by another unit
    std::int64_t contracted = 0;   // of those typed: by a contractor's people
    std::int64_t agreed = 0, agreed_kept = 0, agreed_broken = 0, agreed_denied = 0, agreed_unsaid = 0;  // of `agreed`
};
UnitCounts unit_counts(db::Connection&, const std::vector<people::UnitId>&, kernel::Day from, kernel::Day to);
// Of UnitCounts::hidden, by ground; without unit.
std::vector<HiddenCount> hidden_counts(db::Connection&, const std::vector<people::UnitId>&, kernel::Day from,
                                       kernel::Day to);

}  // namespace voice

// Spot checks (抽查): some of what a unit says it has closed, drawn by a lot that anybody can draw again, is looked at
// by somebody of another unit or of the one above; what they saw stands beside what the unit said. States: README.md.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <kernel/bytes.h>
#include <kernel/id.h>
#include <kernel/result.h>
#include <kernel/time.h>
#include <measure/measure.h>
#include <people/people.h>
#include <voice/voice.h>

namespace jobs {
struct Task;
}

namespace spotcheck {

using CheckId = kernel::Id<struct CheckTag>;  // the entry that announced it
using Once = std::optional<kernel::Hash>;

inline constexpr std::size_t max_seen = 2000;  // code points

// The numbers of both are stored.
enum class Matter { voice, measure };
enum class Outcome { as_said, not_as_said, could_not_see };
inline constexpr Outcome all_outcomes[] = {Outcome::as_said, Outcome::not_as_said, Outcome::could_not_see};
std::string_view name(Matter);  // "voice", "measure": as in facts and the API
std::string_view name(Outcome);
std::optional<Matter> parse_matter(std::string_view);
std::optional<Outcome> parse_outcome(std::string_view);

struct Check {
    CheckId id;
    people::UnitId unit;                  // whose matters they are
    std::optional<people::OfficerId> by;  // who ordered it; nobody: the clock, once in a quarter
    kernel::Day announced;
    kernel::Instant minute;
    std::int64_t from = 0, to = 0;  // drawn from what entries in [from, to) closed
    int n = 0;                      // how many are drawn, at most
    int look_days = 0;              // working days in which they are to be looked at
    std::optional<std::int64_t> drawn_entry;
    kernel::Hash root{};  // of the log's first `to + 1` entries: what decides the lot
    std::int64_t population = 0;
    std::optional<kernel::Day> due;  // the last day to look, once drawn
    std::optional<std::int64_t> overdue_entry;
    int drawn = 0, looked = 0;  // of how many matters
    bool sample = false;
};
// One matter of it, and what was seen.
struct Drawn {
    CheckId check;
    int nth = 0;  // in the order of the lot, from 1
    Matter kind = Matter::voice;
    std::int64_t matter = 0;
    bool overdue = false;  // nobody had looked when its last day was over
    struct Look {
        std::int64_t entry = 0;
        Outcome outcome = Outcome::as_said;
        kernel::Day day;
        bool on_site = false;
        people::OfficerId by;
        people::UnitId unit;    // theirs
        std::string seen;       // "" once erased
        bool reopened = false;  // the same act opened it again
    };
    std::optional<Look> look;
};
std::optional<Check> check(db::Connection&, CheckId);
std::vector<Drawn> drawn(db::Connection&, CheckId);                         // in the order of the lot
std::vector<Drawn> looks_of(db::Connection&, Matter, std::int64_t matter);  // those it was drawn for, newest first
struct Filter {
    std::optional<people::UnitId> unit;
    std::optional<people::Counting<std::string>> counted;  // announced within, by these units
    std::optional<CheckId> before;
    bool open_only = false;  // something is still to be looked at
    int at_most = 20;
};
std::vector<Check> checks(db::Connection&, const Filter&);  // newest first

// Of whole months, by the day of the announcement. Kept incrementally.
struct UnitCounts {
    std::int64_t drawn = 0, looked = 0, as_said = 0, not_as_said = 0, could_not_see = 0, on_site = 0;
    std::int64_t overdue = 0;  // not looked at in time, looked at later or not
    std::int64_t sample = 0;   // of those drawn: of a rehearsal
};
UnitCounts unit_counts(db::Connection&, const std::vector<people::UnitId>&, kernel::Day from, kernel::Day to);

// ---- the lot -------------------------------------------------------------------------------------------------------
struct Candidate {
    Matter kind = Matter::voice;
    std::int64_t matter = 0;
    friend bool operator==(const Candidate&, const Candidate&) = default;
};
// The first n by HMAC-SHA-256(seed, matter's number in decimal digits), where seed = SHA-256("huiyin spot check\n" ||
// root || "\n" || unit's number in decimal digits); all of them where there are no more than n.
std::vector<Candidate> lot(const kernel::Hash& root, people::UnitId, std::vector<Candidate>, int n);

// ---- acts ----------------------------------------------------------------------------------------------------------
// A check besides those of the clock: by an inspector, or a head of a unit above. It is drawn at once. Refuses
// spotcheck.may_not_order, forbidden; at "unit" spotcheck.unit_unknown, spotcheck.nothing_closed (since the last check
// of it), spotcheck.off (the setting says 0), spotcheck.still_open (something of the last one is to be looked at).
kernel::Result<CheckId> order(const people::Needs&, const people::Actor&, people::UnitId, Once = {});
struct Look {
    Outcome outcome = Outcome::as_said;
    kernel::Day day;  // not before the draw, not in the future
    bool on_site = false;
    std::string seen;  // 1..2,000 code points
};
// By an officer, head, clerk or inspector of the own staff, of a unit that is neither the matter's nor under it, who
// had no hand in the matter. What is not as said is opened again in the same act, if it is still closed. Refuses
// spotcheck.unknown, spotcheck.not_drawn (not_found); people.sign_in_first, people.contractor_may_not,
// spotcheck.may_not_look, spotcheck.unit_concerned, spotcheck.had_a_hand; spotcheck.looked_before (conflict); at its
// fields.
kernel::Checked look(const people::Needs&, const people::Actor&, CheckId, std::int64_t matter, const Look&, Once = {});

// ---- wiring --------------------------------------------------------------------------------------------------------
struct Hooks {
    people::PartOfMatter words;
};
struct Slip {
    std::string kind_key, link;
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);
// Whether the entry is about a look at a matter of the actor's unit or one above it, or by the actor.
bool concerns(db::Connection&, const people::Actor&, std::int64_t entry);
void add_kinds(std::vector<ledger::Kind>&);
void add_routes(http::Router&, const people::Needs&, Hooks = {});
// Announces, draws, and says what nobody looked at. Restartable after each entry.
std::vector<jobs::Task> tasks(const people::Needs&);
// That it was drawn and what was seen: parts of the matter's page and of the unit's.
page::Html part_of_voice(const http::Request&, db::Connection&, const voice::Voice&);
page::Html part_of_measure(const http::Request&, db::Connection&, const measure::Measure&);
page::Html part_of_unit(const http::Request&, db::Connection&, people::UnitId);

}  // namespace spotcheck

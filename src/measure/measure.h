// Measures (措施): what was promised, by whom, with which target, until when; what became of it; who checked; and what
// those concerned say. States and who may do what: README.md.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <cycle/cycle.h>
#include <issue/issue.h>
#include <kernel/id.h>
#include <kernel/result.h>
#include <kernel/time.h>
#include <people/people.h>
#include <voice/voice.h>

namespace jobs {
struct Task;
}
namespace ledger {
class Writing;
}

namespace measure {

using MeasureId = kernel::Id<struct MeasureTag>;
using Once = std::optional<kernel::Hash>;

enum class Kind { fix, rule, goal, pledge };  // 整改/改善 制度 目标 承诺; numbers are stored
// Numbers are stored; judged is accepted or returned.
enum class State { adopted, under_way, reported, verified, accepted, returned, closed };
inline constexpr Kind all_kinds[] = {Kind::fix, Kind::rule, Kind::goal, Kind::pledge};
inline constexpr State all_states[] = {State::adopted,  State::under_way, State::reported, State::verified,
                                       State::accepted, State::returned,  State::closed};
std::string_view name(Kind);
std::string_view name(State);
std::optional<Kind> parse_kind(std::string_view);
std::optional<State> parse_state(std::string_view);

// A decimal as an integer: value 125, decimals 1 means 12.5. At most 12 digits, 0..6 of them after the point.
struct Decimal {
    std::int64_t value = 0;
    int decimals = 0;
    std::string text() const;                               // "12.5", as parse() reads it
    static std::optional<Decimal> parse(std::string_view);  // digits, one point, a minus in front; nothing else
    friend bool operator==(const Decimal&, const Decimal&) = default;  // as written: 1.0 is not 1
};
std::strong_ordering compare(const Decimal&, const Decimal&);  // as numbers
// How far `now` has come on the way from baseline to target, in whole percent, rounded towards zero, 0..100; exact.
int percent_of_way(const Decimal& baseline, const Decimal& target, const Decimal& now);

struct Indicator {
    std::string name, unit;    // "complaints about late buses", "per month"
    Decimal baseline, target;  // mandatory and different: else nobody can tell which way is better
    friend bool operator==(const Indicator&, const Indicator&) = default;
};

// In code points, of admitted text.
inline constexpr std::size_t max_title = 120, max_text = 3000, max_concerned = 500, max_indicator = 120,
                             max_unit_of = 40;
inline constexpr std::size_t max_words = 2000, max_evidence = 500, max_reason = 1000;

struct Draft {
    people::CycleId cycle;
    std::optional<issue::IssueId> issue;
    cycle::CriterionId criterion;  // published, it serves this one; none at the standing desk, which has no criteria
    Kind kind = Kind::fix;
    std::string title, text, lang;
    people::UnitId owner_unit;
    people::OfficerId owner;  // an officer or head of that unit
    Indicator indicator;
    kernel::Day due;
    std::string beneficiaries, worse_off, remedy;  // who may be worse off is optional, but then with the remedy
    bool sample = false;
    // The message whose answer promised it: a pledge without a title and figures of its own (0 not done, 1 done).
    std::optional<voice::VoiceId> voice = {};
    friend bool operator==(const Draft&, const Draft&) = default;
};
struct Measure {
    MeasureId id;
    Draft promised;  // as it stands now; what changed is in its history
    State state = State::adopted;
    std::optional<std::int64_t> motion;  // none: a pledge by its owner
    std::optional<int> percent;          // last progress
    std::optional<Decimal> last_value;
    int late_days = 0;                   // working days, as the clock entered them or the done report found them
    int returned = 0;                    // how often those concerned sent it back
    std::optional<kernel::Day> done_on;  // reported as done
    bool nobody_independent = false;     // no unit could check
    kernel::Day first_due;               // as promised; promised.due is the one in force
    bool extended = false;
    bool accounted = false;                // has a report, a recorded absence or an entry of the clock that it is late
    int reopened = 0;                      // by a rebound after closing
    std::optional<kernel::Day> look_back;  // closed: when it is looked at again; nothing when that was done
    std::optional<std::int64_t> review;    // the last that judged it
};

std::optional<Measure> measure(db::Connection&, MeasureId);
// What a unit's figures count (see UnitCounts): due, settled (done in time or late), running (due but not settled),
// done_in_time, late, judged, returned (at least once), not_judged (of those due).
enum class Figure { due, settled, running, done_in_time, late, judged, returned, not_judged };
std::string_view name(Figure);
std::optional<Figure> parse_figure(std::string_view);
using Counting = people::Counting<Figure>;  // whole months, as in unit_counts
struct Filter {
    std::optional<people::CycleId> cycle;
    std::optional<issue::IssueId> issue;
    std::optional<people::UnitId> unit;
    std::optional<State> state;
    bool late_only = false;  // ever entered as late, as Counts::late counts them
    std::optional<MeasureId> before;
    int at_most = 20;
    std::optional<MeasureId> after;       // newer than this one; still newest first
    std::optional<Counting> counted;      // exactly what stands behind a figure
    bool open_only = false;               // neither accepted nor closed
    std::optional<voice::VoiceId> voice;  // promised in the answer to this message
};
std::vector<Measure> measures(db::Connection&, const Filter&);  // newest first
// Of what a motion would adopt. Refusals stand at the field ("due", "indicator_baseline" …), prefixed by `prefix`; a
// pledge is refused at "kind": it needs no motion.
kernel::Checked check(db::Connection&, const Draft&, kernel::Day today, std::string_view prefix = "");

// By state now; late: ever entered as late by the clock or reported as done too late. Kept incrementally.
struct Counts {
    std::int64_t adopted = 0, under_way = 0, reported = 0, verified = 0, accepted = 0, returned = 0, closed = 0,
                 late = 0;
};
Counts counts(db::Connection&, people::CycleId);
// What is overdue now: owed, and its day has passed, as the clock entered it; far: by voice::far_overdue working days
// and more. Kept incrementally, by the unit that owns it.
struct Overdue {
    people::UnitId unit;
    std::int64_t n = 0, far = 0;  // far: of n
    kernel::Day oldest;           // the earliest day that has passed
};
std::vector<Overdue> overdue(db::Connection&);  // only units that have some; by number
// Those of one unit, the longest overdue first, after the one with this last day.
struct Place {
    kernel::Day day;
    MeasureId measure;
};
std::vector<Measure> overdue_of(db::Connection&, people::UnitId, std::optional<Place> after, int at_most);

// Of whole months, by the month of the due day, from that of `from` to that of `to`. A measure counts in one month and
// for one unit: those of its due day, once it is known whether it was done in time; a new owner or day then changes
// nothing. done_in_time + late <= due. judged counts judgements, returned those of them that sent it back.
struct UnitCounts {
    std::int64_t due = 0, done_in_time = 0, late = 0, extended = 0, judged = 0, returned = 0;
    std::int64_t measures_judged = 0, measures_returned = 0;  // each measure once
};
UnitCounts unit_counts(db::Connection&, people::UnitId, kernel::Day from, kernel::Day to);
UnitCounts unit_counts(db::Connection&, const std::vector<people::UnitId>&, kernel::Day from, kernel::Day to);
// Whether one of those due belongs to a rehearsal.
bool any_sample(db::Connection&, const std::vector<people::UnitId>&, kernel::Day from, kernel::Day to);

// ---- acts ----------------------------------------------------------------------------------------------------------
// By the head of the owner's unit, who is the owner; Draft::kind is pledge.
kernel::Result<MeasureId> pledge(const people::Needs&, const people::Actor&, const Draft&, Once = {});
// By the owner or the head of the owner's unit. percent 0..100; evidence: one piece, what shows it and where it can be
// seen; when done, also the indicator's value.
struct Progress {
    int percent = 0;
    std::optional<Decimal> value;
    std::string text, evidence;
};
kernel::Checked progress(const people::Needs&, const people::Actor&, MeasureId, const Progress&, Once = {});
kernel::Checked report_done(const people::Needs&, const people::Actor&, MeasureId, const Progress&, Once = {});
// By an officer or head of a unit that is neither the owner's nor under it. Not confirmed: it is under way again.
kernel::Checked verify(const people::Needs&, const people::Actor&, MeasureId, bool confirmed, std::string_view words,
                       Once = {});
// These change what was promised: by a head of a unit above the owner's, or a clerk; never by who answers for it.
kernel::Checked extend(const people::Needs&, const people::Actor&, MeasureId, kernel::Day due, std::string_view reason,
                       Once = {});  // once, before the due day
kernel::Checked retarget(const people::Needs&, const people::Actor&, MeasureId, const Decimal& target,
                         std::string_view reason, Once = {});
kernel::Checked reassign(const people::Needs&, const people::Actor&, MeasureId, people::OfficerId owner,
                         std::string_view reason, Once = {});
struct Wording {
    std::string title, text, beneficiaries, worse_off, remedy;
    friend bool operator==(const Wording&, const Wording&) = default;
};
kernel::Checked reword(const people::Needs&, const people::Actor&, MeasureId, const Wording&, std::string_view reason,
                       Once = {});
// That there is no report, and why: by a clerk.
kernel::Checked record_absence(const people::Needs&, const people::Actor&, MeasureId, std::string_view reason,
                               Once = {});
// What was accepted: by a clerk, or an officer or head of an independent unit. Sets the day for looking back.
kernel::Checked close(const people::Needs&, const people::Actor&, MeasureId, std::string_view words, Once = {});
// After closing, by who may verify: it held (from the recorded day on), or a rebound, which reopens the measure.
kernel::Checked look_back(const people::Needs&, const people::Actor&, MeasureId, bool held, std::string_view words,
                          Once = {});

// ---- for the acts of higher features --------------------------------------------------------------------------------
std::int64_t adopt(ledger::Writing&, const Draft&, std::int64_t motion);  // the draft was checked
// For voice::set_promised. Nothing while an earlier promise to the same message is still being kept.
void adopt_promise(ledger::Writing&, const voice::Promise&);
std::optional<Measure> measure_of_voice(db::Connection&, voice::VoiceId);  // the newest
// May those concerned judge it now: verified, or reported where nobody independent exists. Refuses measure.wrong_state,
// measure.not_verified; conflict.
kernel::Checked may_judge(db::Connection&, const Measure&);
// Accepting the last open measure of an issue also resolves the issue. Returning it gives its owner a new term.
kernel::Checked judge(ledger::Writing&, MeasureId, std::int64_t review, bool accepted);

// ---- wiring ---------------------------------------------------------------------------------------------------------
struct Hooks {
    std::vector<std::function<page::Html(const http::Request&, db::Connection&, const Measure&)>> parts;  // reviews
    // What those concerned say, for "both verdicts": percent accepted, or nothing yet.
    std::function<std::optional<int>(db::Connection&, MeasureId)> judged_percent;
    // Where the motion that adopted it can be read; without it, its entry in the log.
    std::function<std::string(db::Connection&, std::int64_t motion)> motion_link;
    people::PartOfMatter words;
};
struct Slip {
    std::string kind_key, link;
};  // what stands on the slip of an entry of this feature
std::optional<Slip> slip(db::Connection&, std::int64_t entry);
// Whether the entry is about a measure that the actor or their unit answers for now.
bool concerns(db::Connection&, const people::Actor&, std::int64_t entry);
void add_kinds(std::vector<ledger::Kind>&);
void add_routes(http::Router&, const people::Needs&, Hooks);
std::vector<jobs::Task> tasks(const people::Needs&);     // overdue is an entry made by the clock
cycle::Gate gate();                                      // report: each measure's report or its recorded absence
kernel::Checked guard(db::Connection&, people::UnitId);  // a unit that owns an open measure is not closed
// The measure of a round that shows best what becomes of a promise: judged and late before judged before late before
// any other; of equals the newest.
std::optional<Measure> most_telling(db::Connection&, people::CycleId);
// It in a few lines, for a page of something else: whose it is and until when, loop bar, both verdicts.
page::Html card(const http::Request&, db::Connection&, const Measure&, const Hooks&, kernel::Day today);
page::Html part(const http::Request&, db::Connection&, const cycle::Cycle&);
// The open ones of the rounds before.
page::Html part_inherited(const http::Request&, db::Connection&, const cycle::Cycle&);
page::Html part_of_issue(const http::Request&, db::Connection&, const issue::Issue&);
std::string title_of(page::Lang, const Measure&);
page::Html part_of_voice(const http::Request&, db::Connection&, const voice::Voice&);
page::Html part_of_unit(const http::Request&, db::Connection&, people::UnitId);

}  // namespace measure

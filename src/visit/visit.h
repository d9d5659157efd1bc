// Visits (走访): going to see. Who of which post went, where, when, how, whom they met by count, what was heard, and
// whether they may decide; tied to an issue where there is one yet. Names of people met are never taken.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <cycle/cycle.h>
#include <issue/issue.h>
#include <kernel/id.h>
#include <kernel/result.h>
#include <kernel/time.h>
#include <measure/measure.h>
#include <people/people.h>
#include <voice/voice.h>

namespace visit {

using VisitId = kernel::Id<struct VisitTag>;
using PlanId = kernel::Id<struct PlanTag>;
using Once = std::optional<kernel::Hash>;

// In code points, of admitted text.
inline constexpr std::size_t max_posts = 200, max_where = 200, max_heard = 3000, max_promised = 1000;
inline constexpr std::size_t max_told = 2000, max_reason = 1000;
inline constexpr std::int64_t max_met = 100'000;
inline constexpr std::size_t max_linked = 50;  // messages, or measures, of one visit
inline constexpr int longest_stay = 92;        // days from the first to the last

// The numbers of both are stored.
enum class Mode { walk, stay, spot, talk };  // 走访 蹲点 现场查看 座谈
// In which capacity those met were there: roles, nothing personal.
enum class Group { residents, users, employees, businesses, students, associations, others };
inline constexpr Mode all_modes[] = {Mode::walk, Mode::stay, Mode::spot, Mode::talk};
inline constexpr Group all_groups[] = {Group::residents, Group::users,        Group::employees, Group::businesses,
                                       Group::students,  Group::associations, Group::others};
std::string_view name(Mode);  // "walk" …: as in facts, the API and message keys visit.mode_…
std::string_view name(Group);
std::optional<Mode> parse_mode(std::string_view);
std::optional<Group> parse_group(std::string_view);
struct Met {
    Group group = Group::residents;
    std::int64_t n = 0;
    friend bool operator==(const Met&, const Met&) = default;
};

struct Visit {
    VisitId id;
    std::optional<issue::IssueId> issue;
    people::CycleId cycle;    // the issue's round; the standing desk where there is no issue
    people::UnitId unit;      // of whoever entered it
    std::string posts;        // "head of the road section, engineer": posts, no names
    bool may_decide = false;  // somebody went who may decide
    std::string where, heard, promised;
    std::string lang;  // BCP 47 of these texts
    kernel::Day day;
    std::int64_t met = 0;                      // people met, a count
    std::optional<kernel::Day> reported_back;  // told those met what came of it
    std::string told;                          // what they were told
    bool sample = false;
    std::optional<kernel::Day> until;  // the last day, of a visit of several
    std::optional<Mode> mode;          // not told of those entered before it was asked for; so is `planned`
    std::optional<bool> planned;       // published beforehand, as `plan`
    std::optional<PlanId> plan;
    std::vector<Met> groups;                   // of `met`, by group in the order of the enum; the rest was not told
    std::vector<voice::VoiceId> voices;        // heard there: filled by visit() alone, not in lists
    std::vector<measure::MeasureId> measures;  // promised there: the same
};
std::optional<Visit> visit(db::Connection&, VisitId);
std::vector<Visit> visits(db::Connection&, issue::IssueId);  // newest first, the newest 100
struct Filter {
    std::optional<issue::IssueId> issue;
    std::optional<people::CycleId> cycle;
    std::optional<people::UnitId> unit;
    std::optional<VisitId> before;
    int at_most = 20;
};
std::vector<Visit> visits(db::Connection&, const Filter&);  // newest first
// Kept incrementally, as the newest corrections say.
struct Counts {
    std::int64_t visits = 0;
    std::int64_t issues_seen = 0;  // distinct issues
    std::int64_t met = 0;          // people met, added up: who was met twice counts twice
    std::int64_t by_deciders = 0;  // visits on which somebody went who may decide
};
Counts counts(db::Connection&, people::CycleId);
Counts counts(db::Connection&, issue::IssueId);  // issues_seen is 0 or 1
// How many of these issues somebody went to see.
std::int64_t seen_of(db::Connection&, const std::vector<issue::IssueId>&);
// Of whole months, by the day of the visit or plan, from the month of `from` to that of `to`; the unit is that of
// whoever entered it. Kept incrementally, as the newest corrections say.
struct UnitCounts {
    std::int64_t visits = 0, by_deciders = 0, met = 0;
    std::int64_t planned = 0, unplanned = 0;  // together fewer than visits where some were entered before it was asked
    std::int64_t issues_seen = 0;             // distinct within each unit and month
    std::int64_t plans = 0, called_off = 0;   // plans for the month, and how many of these were called off
    std::int64_t sample = 0;                  // of the visits: of a rehearsal
};
UnitCounts unit_counts(db::Connection&, const std::vector<people::UnitId>&, kernel::Day from, kernel::Day to);
std::vector<VisitId> visits_of(db::Connection&, voice::VoiceId);      // on which it was heard, newest first
std::vector<VisitId> visits_of(db::Connection&, measure::MeasureId);  // on which it was promised, newest first

// A visit that was published before anybody went.
struct Plan {
    PlanId id;
    std::optional<issue::IssueId> issue;
    people::CycleId cycle;
    people::UnitId unit;
    kernel::Day made;        // on which it was published
    kernel::Day day;         // on which they go
    bool announced = false;  // those who live or work there are told beforehand
    std::string posts, where, why, lang;
    std::optional<VisitId> visit;  // kept: they went
    bool called_off = false;
    std::string reason;  // why it was called off
    bool sample = false;
    bool open() const { return !visit && !called_off; }
};
std::optional<Plan> plan(db::Connection&, PlanId);
struct PlanFilter {
    std::optional<people::UnitId> unit;
    std::optional<PlanId> before;
    bool open_only = false;  // those nobody has kept or called off
    int at_most = 20;
};
std::vector<Plan> plans(db::Connection&, const PlanFilter&);  // newest first

// ---- acts ----------------------------------------------------------------------------------------------------------
struct Draft {
    std::optional<issue::IssueId> issue;
    std::string posts, where, heard, promised;  // posts and where 1..200, heard 1..3,000, promised <= 1,000 code points
    bool may_decide = false;
    kernel::Day day;       // not in the future, not more than a year ago
    std::int64_t met = 0;  // 0..100,000
    bool sample = false;
    std::string lang;
    std::optional<kernel::Day> until;  // not before `day`, not in the future, at most 92 days later
    std::optional<Mode> mode;          // left out only by what was written before it was asked for
    std::optional<PlanId> plan;        // published on `day` or before, of the actor's unit, not kept or called off yet
    std::vector<Met> groups;           // each once and > 0, together <= met
    std::vector<voice::VoiceId> voices;        // public ones, <= 50
    std::vector<measure::MeasureId> measures;  // <= 50
    // 32 lower-case hexadecimal digits, random, made where the form was opened: whoever sends the same again, after
    // however long a time, gets the entry of the first time.
    std::optional<std::string> origin;
};
// By officers, heads and clerks, of an issue that was not dismissed, or of none. Refusals stand at the Draft's fields,
// except issue.unknown (not_found) and visit.issue_dismissed (conflict). `receipt`: of the entry; repeated when this
// origin was there before.
kernel::Result<VisitId> record(const people::Needs&, const people::Actor&, const Draft&, Once = {},
                               ledger::Receipt* receipt = nullptr);
// The messages heard and the measures promised there, all of them anew: by who may report back. The reason is needed
// when one that stands is left out.
struct Links {
    std::vector<voice::VoiceId> voices;
    std::vector<measure::MeasureId> measures;
    friend bool operator==(const Links&, const Links&) = default;
};
kernel::Checked link(const people::Needs&, const people::Actor&, VisitId, const Links&, std::string_view reason,
                     Once = {});
struct PlanDraft {
    std::optional<issue::IssueId> issue;
    kernel::Day day;  // today or later, within a year
    bool announced = false;
    std::string posts, where, why, lang;  // posts and where 1..200, why 1..1,000 code points
    bool sample = false;
};
kernel::Result<PlanId> plan(const people::Needs&, const people::Actor&, const PlanDraft&, Once = {});
// By an officer or head of the plan's unit or a clerk, while it is open.
kernel::Checked call_off(const people::Needs&, const people::Actor&, PlanId, std::string_view reason, Once = {});
// Those met were told what came of it: by an officer or head of the visit's unit or a clerk, once. `day` lies between
// the visit and today; `what` 1..2,000 code points, in the language of the visit.
kernel::Checked report_back(const people::Needs&, const people::Actor&, VisitId, kernel::Day, std::string_view what,
                            Once = {});
// 更正: facts that were recorded wrongly, with the reason; by who may report back. What stood before stays in the
// history; counts follow the newer.
struct Correction {
    kernel::Day day;  // as in Draft, and not after the day on which those met were told
    std::int64_t met = 0;
    bool may_decide = false;
    friend bool operator==(const Correction&, const Correction&) = default;
};
kernel::Checked correct(const people::Needs&, const people::Actor&, VisitId, const Correction&, std::string_view reason,
                        Once = {});

// ---- wiring --------------------------------------------------------------------------------------------------------
struct Slip {
    std::string kind_key, link;
};
std::optional<Slip> slip(db::Connection&, std::int64_t entry);
void add_kinds(std::vector<ledger::Kind>&);
struct Hooks {
    people::PartOfMatter words;
};
page::Html part_of_voice(const http::Request&, db::Connection&, const voice::Voice&);
page::Html part_of_measure(const http::Request&, db::Connection&, const measure::Measure&);
void add_routes(http::Router&, const people::Needs&, Hooks = {});
// "Nobody has gone to see", or who went and whether they may decide: a part of the issue's page.
page::Html part(const http::Request&, db::Connection&, const issue::Issue&);
// How often somebody went to see, in numbers: a part of the round's page.
page::Html part_of_cycle(const http::Request&, db::Connection&, const cycle::Cycle&);

}  // namespace visit

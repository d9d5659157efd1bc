// Visits (走访): going to see. Who of which post went, where, when, whom they met by count, what was heard, and whether
// they may decide; tied to an issue. Names of people met are never taken.
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
#include <people/people.h>

namespace visit {

using VisitId = kernel::Id<struct VisitTag>;
using Once = std::optional<kernel::Hash>;

// In code points, of admitted text.
inline constexpr std::size_t max_posts = 200, max_where = 200, max_heard = 3000, max_promised = 1000;
inline constexpr std::size_t max_told = 2000, max_reason = 1000;
inline constexpr std::int64_t max_met = 100'000;

struct Visit {
    VisitId id;
    issue::IssueId issue;
    people::CycleId cycle;    // the issue's round
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
};
std::optional<Visit> visit(db::Connection&, VisitId);
std::vector<Visit> visits(db::Connection&, issue::IssueId);  // newest first, the newest 100
struct Filter {
    std::optional<issue::IssueId> issue;
    std::optional<people::CycleId> cycle;
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

// ---- acts ----------------------------------------------------------------------------------------------------------
struct Draft {
    issue::IssueId issue;
    std::string posts, where, heard, promised;  // posts and where 1..200, heard 1..3,000, promised <= 1,000 code points
    bool may_decide = false;
    kernel::Day day;       // not in the future, not more than a year ago
    std::int64_t met = 0;  // 0..100,000
    bool sample = false;
    std::string lang;
};
// By officers, heads and clerks, of an issue that was not dismissed. Refusals stand at the Draft's fields, except
// issue.unknown (not_found) and visit.issue_dismissed (conflict).
kernel::Result<VisitId> record(const people::Needs&, const people::Actor&, const Draft&, Once = {});
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
void add_routes(http::Router&, const people::Needs&, Hooks = {});
// "Nobody has gone to see", or who went and whether they may decide: a part of the issue's page.
page::Html part(const http::Request&, db::Connection&, const issue::Issue&);
// How often somebody went to see, in numbers: a part of the round's page.
page::Html part_of_cycle(const http::Request&, db::Connection&, const cycle::Cycle&);

}  // namespace visit

// Decisions: bodies with members and rules of procedure, sittings with roll and quorum, motions voted by named or
// secret count, minutes. Thresholds are exact fractions with base and strictness, frozen when the sitting is called.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <issue/issue.h>
#include <kernel/id.h>
#include <kernel/result.h>
#include <kernel/time.h>
#include <measure/measure.h>
#include <people/people.h>

namespace decision {

using BodyId = kernel::Id<struct BodyTag>;
using SittingId = kernel::Id<struct SittingTag>;
using MotionId = kernel::Id<struct MotionTag>;
using Once = std::optional<kernel::Hash>;

enum class Base { seats, filled, present, cast };  // cast = yes + no; numbers are stored
enum class Tie { fails, chair_casts };
struct Fraction {
    std::int64_t numerator = 1, denominator = 2;
    bool strict = true;  // > or >=
    Base base = Base::cast;
    bool reached(std::int64_t part,
                 std::int64_t whole) const;         // integers only, never floats
    std::int64_t needed(std::int64_t whole) const;  // the least part that reaches it
    friend bool operator==(const Fraction&, const Fraction&) = default;
};
struct Rules {
    std::string preset,
        source;  // "uk.council", where its figures are from; "" for own rules
    Fraction quorum{1, 2, false, Base::filled};
    Fraction majority{1, 2, true, Base::cast};
    Tie tie = Tie::fails;
    int notice_days = 3;  // calendar days between the call and the sitting
    std::string tag;      // how sure the figures are: "P" read in the source, "S"
                          // second hand, "K" from memory
    friend bool operator==(const Rules&, const Rules&) = default;
};
std::vector<Rules> presets();  // each with its source and tag

struct Tally {
    std::int64_t yes = 0, no = 0, abstain = 0;
    friend bool operator==(const Tally&, const Tally&) = default;
};
// base and needed: of the majority. Nothing is carried without a yes.
struct Outcome {
    bool quorum = false, carried = false;
    std::int64_t base = 0, needed = 0;
    friend bool operator==(const Outcome&, const Outcome&) = default;
};
// chair_yes: how the chair voted, where that is known; it decides a tie where the rules say so. In a secret count it is
// not known: a tie is lost.
Outcome outcome(const Rules&, std::int64_t seats, std::int64_t filled, std::int64_t present, const Tally&,
                std::optional<bool> chair_yes);

struct Body {
    BodyId id;
    std::string name;
    people::UnitId unit;
    std::int64_t seats = 0, filled = 0;
    Rules rules;
    bool sample = false;
    std::vector<people::OfficerId> clerks;  // who keeps it, by officer; none: the clerks of its unit and of those above
};
enum class SittingState { called, agenda, open, voted, minutes, signed_ };  // 召开通知 … 签署
struct Sitting {
    SittingId id;
    BodyId body;
    people::CycleId cycle;
    SittingState state = SittingState::called;
    kernel::Day day;
    std::string where;
    Rules frozen;
    std::int64_t seats = 0, roll = 0, present = 0;
    bool quorum = false;
    bool sample = false;
    std::string minutes;  // "" before they are published
};
enum class MotionKind { adopt_measures, refuse };  // a motion adopts measures for an issue, or refuses it with a reason
enum class MotionState { tabled, voting, carried, lost, no_quorum };
struct Motion {
    MotionId id;
    SittingId sitting;
    issue::IssueId issue;
    MotionKind kind = MotionKind::adopt_measures;
    std::string title, reason, lang;
    bool secret = false;
    MotionState state = MotionState::tabled;
    std::vector<measure::Draft> measures;
    Tally tally;
    Outcome outcome;
    bool sample = false;
};

std::string_view name(SittingState);
std::string_view name(MotionState);
std::string_view name(MotionKind);
std::string_view name(Base);

std::optional<Body> body(db::Connection&, BodyId);
std::optional<Sitting> sitting(db::Connection&, SittingId);
std::optional<Motion> motion(db::Connection&, MotionId);
std::vector<Body> bodies(db::Connection&, BodyId after, int at_most);  // by id
std::vector<Sitting> sittings(db::Connection&, std::optional<BodyId>, std::optional<people::CycleId>,
                              std::optional<SittingId> before,
                              int at_most);  // newest first
std::vector<Motion> motions(db::Connection&, SittingId);
std::vector<Motion> motions_of(db::Connection&, issue::IssueId);

// ---- acts ----------------------------------------------------------------------------------------------------------
// By an administrator: set_up, set_rules, seat, unseat, name_clerks. By a clerk who keeps the body: call, table,
// publish_agenda, open, put, count, publish_minutes. By members on the roll: attend, leave, vote. All of them take the
// day from the ledger's clock. What belongs to a body set up as sample is marked so: its sittings, motions and
// measures.
kernel::Result<BodyId> set_up(const people::Needs&, const people::Actor&, std::string_view name, people::UnitId,
                              std::int64_t seats, const Rules&, bool sample, Once = {});
// For sittings called from now on; the reason is public.
kernel::Checked set_rules(const people::Needs&, const people::Actor&, BodyId, const Rules&, std::string_view reason,
                          Once = {});
kernel::Checked seat(const people::Needs&, const people::Actor&, BodyId, people::OfficerId member,
                     std::string_view shown_name, bool chair, Once = {});
kernel::Checked unseat(const people::Needs&, const people::Actor&, BodyId, people::OfficerId member,
                       std::string_view reason, Once = {});
// Who keeps the body from now on, instead of those named before: officers with the role of a clerk, at most 20. None:
// the clerks of its unit and of those above.
kernel::Checked name_clerks(const people::Needs&, const people::Actor&, BodyId, const std::vector<people::OfficerId>&,
                            std::string_view reason, Once = {});
// For a day at least the rules' notice and at most a year away; opened on that day alone.
kernel::Result<SittingId> call(const people::Needs&, const people::Actor&, BodyId, people::CycleId, kernel::Day,
                               std::string_view where, Once = {});
struct MotionDraft {
    issue::IssueId issue;
    MotionKind kind = MotionKind::adopt_measures;
    std::string title, reason, lang;
    bool secret = false;
    std::vector<measure::Draft> measures;
};
kernel::Result<MotionId> table(const people::Needs&, const people::Actor&, SittingId, const MotionDraft&, Once = {});
kernel::Checked publish_agenda(const people::Needs&, const people::Actor&, SittingId, Once = {});
kernel::Checked open(const people::Needs&, const people::Actor&, SittingId, Once = {});
kernel::Checked attend(const people::Needs&, const people::Actor&, SittingId, people::OfficerId member,
                       Once = {});  // by the member or the clerk
// Gone again, by the member or the clerk; not while a motion is being voted on. It counts for the quorum of later
// motions.
kernel::Checked leave(const people::Needs&, const people::Actor&, SittingId, people::OfficerId member, Once = {});
// Voting begins: in an open sitting, once the round decides (the desk always does), while the measures can still be
// adopted.
kernel::Checked put(const people::Needs&, const people::Actor&, MotionId, Once = {});
// A named vote can be changed until it is counted; it is an entry of its own. A secret one is neither: it lies in the
// ballot box until the count, cannot be changed, and is not in the ledger singly; `once` is not kept for it.
enum class Vote { yes, no, abstain };
kernel::Checked vote(const people::Needs&, const people::Actor&, MotionId, Vote, std::string_view remark, Once = {});
kernel::Checked count(const people::Needs&, const people::Actor&, MotionId,
                      Once = {});  // voting ends; a carried motion adopts its measures
kernel::Checked publish_minutes(const people::Needs&, const people::Actor&, SittingId, std::string_view text,
                                Once = {});
kernel::Checked sign(const people::Needs&, const people::Actor&, SittingId, Once = {});  // by the chair

// ---- wiring --------------------------------------------------------------------------------------------------------
struct Slip {
    std::string kind_key, link;
};  // what stands on the slip of an entry of this feature
std::optional<Slip> slip(db::Connection&, std::int64_t entry);
void add_kinds(std::vector<ledger::Kind>&);
struct Hooks {
    people::PartOfMatter words;
    // What higher features show on a body's page.
    std::vector<std::function<page::Html(const http::Request&, db::Connection&, BodyId)>> body = {};
};
void add_routes(http::Router&, const people::Needs&, Hooks = {});
cycle::Gate gate();  // act: an adopted measure or a reasoned refusal for every confirmed issue
page::Html part(const http::Request&, db::Connection&, const cycle::Cycle&);
page::Html part_of_issue(const http::Request&, db::Connection&, const issue::Issue&);

}  // namespace decision

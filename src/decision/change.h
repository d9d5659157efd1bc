// What can happen to bodies, sittings and motions, as typed values, and its permanent encoding in the ledger. Facts
// hold ids, states, figures and rules; words hold names, places, titles, texts, reasons and remarks.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <ledger/ledger.h>

#include "decision.h"

namespace decision {

struct Member {  // of a body now, or on a sitting's roll
    people::OfficerId officer;
    std::string name;
    bool chair = false;
    bool present = false;  // on a roll
    friend bool operator==(const Member&, const Member&) = default;
};
struct Cast {  // voter 0: out of the ballot box
    people::OfficerId voter;
    Vote vote = Vote::abstain;
    std::string remark;
    friend bool operator==(const Cast&, const Cast&) = default;
};
std::string_view name(Vote);
std::optional<Vote> parse_vote(std::string_view);
std::optional<Base> parse_base(std::string_view);
kernel::Json as_json(const Rules&);
Rules rules_of(const kernel::Json&);  // of what as_json() wrote; throws std::runtime_error
// The measures of a motion: figures and ids, and the texts in the same order.
kernel::Json measure_facts(const std::vector<measure::Draft>&);
kernel::Json measure_words(const std::vector<measure::Draft>&);
std::vector<measure::Draft> measures_of(const kernel::Json& facts, const kernel::Json* words);

namespace change {

struct SetUp {
    std::string name;
    people::UnitId unit;
    std::int64_t seats = 0;
    Rules rules;
    bool sample = false;
    people::OfficerId by;
};
struct RulesSet {
    BodyId body;
    Rules rules;
    std::string reason;
    people::OfficerId by;
};
struct Seated {
    BodyId body;
    Member member;
    people::OfficerId by;
};
struct Unseated {
    BodyId body;
    people::OfficerId member;
    std::string reason;
    people::OfficerId by;
};
struct ClerksNamed {
    BodyId body;
    std::vector<people::OfficerId> clerks;  // all of them, by officer
    std::string reason;
    people::OfficerId by;
};
struct Called {
    BodyId body;
    people::CycleId cycle;
    kernel::Day day;
    std::string where;
    std::int64_t seats = 0;
    Rules frozen;
    std::vector<Member> roll;  // by officer
    bool sample = false;
    people::OfficerId by;
};
struct Tabled {
    SittingId sitting;
    MotionDraft draft;
    bool sample = false;
    people::OfficerId by;
};
enum class Step { agenda, open, signed_ };
struct Stepped {
    SittingId sitting;
    Step step = Step::agenda;
    people::OfficerId by;
};
struct Attended {
    SittingId sitting;
    people::OfficerId member;
    bool here = true;
    people::OfficerId by;
};
struct Put {
    MotionId motion;
    people::OfficerId by;
};
struct Voted {
    MotionId motion;
    Vote vote = Vote::abstain;
    std::string remark;
    people::OfficerId by;
};
struct Counted {
    MotionId motion;
    Tally tally;
    Outcome outcome;
    MotionState state = MotionState::lost;
    std::vector<people::OfficerId> voters;  // of a secret count, by officer; beside them the ballots, sorted:
                                            // nothing else is known
    people::OfficerId by;
};
struct Minuted {
    SittingId sitting;
    std::string text;
    people::OfficerId by;
};
using Change = std::variant<SetUp, RulesSet, Seated, Unseated, Called, Tabled, Stepped, Attended, Put, Voted, Counted,
                            Minuted, ClerksNamed>;

inline constexpr std::string_view set_up_kind = "decision.body_set_up";
inline constexpr std::string_view rules_set_kind = "decision.rules_set";
inline constexpr std::string_view seated_kind = "decision.member_seated";
inline constexpr std::string_view unseated_kind = "decision.member_unseated";
inline constexpr std::string_view clerks_named_kind = "decision.clerks_named";
inline constexpr std::string_view called_kind = "decision.sitting_called";
inline constexpr std::string_view tabled_kind = "decision.motion_tabled";
inline constexpr std::string_view stepped_kind = "decision.sitting_moved";
inline constexpr std::string_view attended_kind = "decision.attended";
inline constexpr std::string_view put_kind = "decision.motion_put";
inline constexpr std::string_view voted_kind = "decision.voted";
inline constexpr std::string_view counted_kind = "decision.counted";
inline constexpr std::string_view minuted_kind = "decision.minutes_published";

ledger::Draft encode(const Change&, std::int64_t index);
// Reads every version ever written; texts are empty where the words are gone.
// Throws std::runtime_error when the facts are not what some version wrote.
Change decode(const ledger::Entry&);

}  // namespace change
}  // namespace decision
